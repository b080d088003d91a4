// How figures are shown. Everything here is pure: a language and a catalog's
// currency in, strings out.
//
// Scores and terms are whole micro-nats. Six decimals show them exactly; with
// three decimals each part may move by less than one unit of the last digit so
// that the parts shown still sum to the score shown (see `parts`).

const MINUS = '\u2212';

/**
 * @typedef {object} Format
 * @property {string} lang
 * @property {(n: number) => string} count with a true minus sign
 * @property {(minor: number | null) => string} money "" for an unknown price.
 * @property {(share: number) => string} percent
 * @property {(weight: number) => string} weight
 * @property {(seconds: number) => string} date "" for an unknown time.
 * @property {(milliseconds: number) => string} time
 * @property {(bytes: number) => string} bytes
 * @property {(items: string[]) => string} list
 * @property {(code: string) => string} place a region's name; the code itself for others
 * @property {(a: string, b: string) => number} compare
 */

/**
 * @param {string} lang
 * @param {{ currency: string, exponent: number }} catalog
 * @returns {Format}
 */
export function createFormat(lang, { currency, exponent }) {
  const count = new Intl.NumberFormat(lang);
  const money = moneyFormat(lang, currency, exponent);
  const percent = new Intl.NumberFormat(lang, { style: 'percent' });
  const weight = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 3 });
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' });
  const list = new Intl.ListFormat(lang, { type: 'conjunction' });
  const places = new Intl.DisplayNames(lang, { type: 'region' });
  const collator = new Intl.Collator(lang, { numeric: true });
  return {
    lang,
    count: (n) => count.format(n).replace('-', MINUS),
    money: (minor) => (minor === null ? '' : money.format(toMajor(minor, exponent))),
    percent: (share) => percent.format(share),
    weight: (n) => weight.format(n),
    date: (seconds) => (seconds === 0 ? '' : date.format(new Date(seconds * 1000))),
    time: (milliseconds) => showTime(lang, milliseconds),
    bytes: (bytes) => showBytes(lang, bytes),
    list: (items) => list.format(items),
    place: (code) => (/^([A-Z]{2}|\d{3})$/.test(code) ? (places.of(code) ?? code) : code),
    compare: collator.compare,
  };
}

/** @param {string} lang @param {string} currency @param {number} exponent */
function moneyFormat(lang, currency, exponent) {
  const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
  if (currency === '') return new Intl.NumberFormat(lang, digits);
  /** @type {Intl.NumberFormatOptions} */
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits };
  return new Intl.NumberFormat(lang, style);
}

/**
 * A price as a number of major units, for showing it.
 *
 * @param {number} minor @param {number} exponent
 */
export function toMajor(minor, exponent) {
  return minor / 10 ** exponent;
}

/**
 * What somebody typed as a price, in minor units; null when it is not one.
 * Takes full-width digits and group commas, as Chinese keyboards and
 * spreadsheets write them.
 *
 * @param {string} typed @param {number} exponent
 * @returns {number | null}
 */
export function parsePrice(typed, exponent) {
  const plain = typed.normalize('NFKC').replace(/[,\s¥$€£]/g, '');
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(plain)) return null;
  const minor = Math.round(Number(plain) * 10 ** exponent);
  return Number.isSafeInteger(minor) ? minor : null;
}

/**
 * What somebody typed as percent, as a share, with two decimals of a percent;
 * null when it is none.
 *
 * @param {string} typed
 */
export function parsePercent(typed) {
  const hundredths = parsePrice(typed.replace(/[%％]/g, ''), 2);
  return hundredths === null ? null : hundredths / 10_000;
}

/** @param {string} lang @param {number} milliseconds */
function showTime(lang, milliseconds) {
  // Browsers round their clocks: Chromium to 0.1 ms, Firefox to 1 ms.
  if (milliseconds === 0) return '< 1 ms';
  const digits = milliseconds < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(lang, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number.format(milliseconds)} ms`;
}

/** @param {string} lang @param {number} bytes */
function showBytes(lang, bytes) {
  const small = bytes < 1e6;
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: small ? 0 : 1 });
  return `${number.format(bytes / (small ? 1e3 : 1e6))} ${small ? 'kB' : 'MB'}`;
}

/**
 * Micro-nats as nats with six decimals: every digit there is.
 *
 * @param {number} micro
 */
export function exactNats(micro) {
  return fixed(micro, 6);
}

/**
 * Micro-nats as nats with three decimals, half away from zero.
 *
 * @param {number} micro
 */
export function nats(micro) {
  return fixed(milli(micro), 3);
}

/** @param {number} micro */
function milli(micro) {
  return Math.sign(micro) * Math.round(Math.abs(micro) / 1000);
}

/** @param {number} units @param {number} digits */
function fixed(units, digits) {
  const text = Math.abs(units)
    .toString()
    .padStart(digits + 1, '0');
  const split = text.length - digits;
  return `${units < 0 ? MINUS : ''}${text.slice(0, split)}.${text.slice(split)}`;
}

/**
 * Terms as nats with three decimals that sum to `nats` of their sum. Each is
 * rounded down, and the units that are then missing go to the terms that lost
 * most, so none is off by a whole unit.
 *
 * @template {string} K
 * @param {Record<K, number>} terms micro-nats
 * @returns {Record<K, string>}
 */
export function parts(terms) {
  const keys = /** @type {K[]} */ (Object.keys(terms));
  const sum = keys.reduce((total, key) => total + terms[key], 0);
  const floors = new Map(keys.map((key) => [key, Math.floor(terms[key] / 1000)]));
  const lost = (/** @type {K} */ key) => terms[key] - 1000 * (floors.get(key) ?? 0);
  let missing = milli(sum) - [...floors.values()].reduce((a, b) => a + b, 0);
  for (const key of [...keys].sort((a, b) => lost(b) - lost(a))) {
    if (missing === 0) break;
    floors.set(key, (floors.get(key) ?? 0) + 1);
    missing -= 1;
  }
  const shown = keys.map((key) => [key, fixed(floors.get(key) ?? 0, 3)]);
  return /** @type {Record<K, string>} */ (Object.fromEntries(shown));
}
