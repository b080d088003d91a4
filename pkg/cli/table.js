// Rankings as tables for a terminal, as the native command prints them. Here and
// not in the module: a merchant's page does not download what only a terminal shows.

/**
 * @typedef {import('../index.d.ts').CatalogInfo} CatalogInfo
 * @typedef {import('../index.d.ts').RankedGood} RankedGood
 * @typedef {import('../index.d.ts').RankedShop} RankedShop
 * @typedef {import('../index.d.ts').TermName} TermName
 * @typedef {import('../lib/ranking.js').Ranking} Ranking
 */

/** Terms of a column each; the rest are supply. @type {TermName[]} */
const OWN = ['fit', 'temperature', 'priceFit'];

/**
 * A line a good, titles last because their width is not known, then why the
 * first stands where it does.
 *
 * @param {Ranking} ranking
 * @param {CatalogInfo} catalog
 */
export function goodsTable(ranking, catalog) {
  const goods = [...ranking];
  const width = widest(goods.map(({ id }) => id));
  const head = line(width, ['rank', 'good', 'score', 'fit', 'temperature', 'price fit', 'supply', 'price'], 'title');
  const rows = goods.map((good) => {
    const own = OWN.map((term) => (good.unknown.includes(term) ? 'unknown' : nats(good.terms[term])));
    const supply = OWN.reduce((rest, term) => rest - good.terms[term], good.score);
    const cells = [String(good.rank), good.id, nats(good.score), ...own, nats(supply), price(good.price, catalog)];
    return line(width, cells, titleOf(good));
  });
  return [head, ...rows, ...summary(ranking, goods[0])].map((text) => `${text}\n`).join('');
}

/**
 * Names last, because their width is not known.
 *
 * @param {RankedShop[]} shops
 */
export function shopsTable(shops) {
  const width = widest(shops.map(({ id }) => id));
  /** @param {string} rank @param {string} id @param {string} fit @param {string} name */
  const line = (rank, id, fit, name) =>
    `${rank.padStart(4)}  ${padEnd(id, width)}  ${fit.padStart(10)}  ${name}\n`;
  const rows = shops.map(({ rank, id, name, score }) => line(String(rank), id, nats(score), name));
  const none = shops.length === 0 ? 'every public shop has the good, or it was withdrawn\n' : '';
  return line('rank', 'shop', 'fit', 'name') + rows.join('') + none;
}

/**
 * @param {number} width of ids
 * @param {string[]} cells
 * @param {string} title
 */
function line(width, [rank = '', id = '', ...cells], title) {
  const widths = [10, 10, 11, 10, 10, 12];
  const padded = cells.map((cell, i) => cell.padStart(widths[i] ?? 0));
  return [rank.padStart(4), padEnd(id, width), ...padded, title].join('  ');
}

/**
 * @param {Ranking} ranking
 * @param {RankedGood | undefined} first
 */
function summary({ length, candidates, known, relax }, first) {
  if (!first) {
    return relax
      ? [`no good passes the rules: without ${relax.rule} ${relax.goods} would`]
      : ['no good passes the rules: relax several of them'];
  }
  const count = `${length} of ${candidates} goods`;
  if (known === 0) {
    return [count, 'the shop sells nothing that the shard knows: ranked by temperature and price alone'];
  }
  const reasons = first.because
    .filter(({ share }) => share > 0)
    .slice(0, 3)
    .map(({ id, title, share }) => `${title || id} (${evenly(100 * share)} %)`);
  if (reasons.length === 0) return [count];
  return [count, `${first.id} is first because the shop sells ${reasons.join(', ')}`];
}

/** @param {RankedGood} good */
const titleOf = ({ titles }) => titles.title ?? Object.values(titles)[0] ?? '';

/** @param {string[]} ids */
const widest = (ids) => Math.max(4, ...ids.map((id) => [...id].length));

/** By code points, as the core counts. @param {string} id @param {number} width */
const padEnd = (id, width) => id + ' '.repeat(Math.max(0, width - [...id].length));

/** Micro-nats as nats, all six digits. @param {number} micro */
function nats(micro) {
  const size = Math.abs(micro);
  const fraction = String(size % 1e6).padStart(6, '0');
  return `${micro < 0 ? '-' : ''}${Math.floor(size / 1e6)}.${fraction}`;
}

/** Rounded, half-way cases to the even neighbour. @param {number} value */
function evenly(value) {
  const below = Math.floor(value);
  const half = value - below === 0.5;
  return half ? below + (below % 2) : Math.round(value);
}

/**
 * In major units, as `CNY 12.50`; "" when unknown.
 *
 * @param {number | null} minor
 * @param {CatalogInfo} catalog
 */
function price(minor, { currency, exponent }) {
  if (minor === null) return '';
  if (exponent === 0) return `${currency} ${minor}`;
  const digits = String(minor).padStart(exponent + 1, '0');
  return `${currency} ${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
