// Why a good stands where it does, as one sentence. It is made from the terms
// of the score and from `because`, so it never says what the bars do not.

import { titleOf } from './goods.js';

/**
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').Because} Because
 * @typedef {typeof import('./locales/en.js').default} Texts
 * @typedef {import('./format.js').Format} Format
 */

/** Below this many micro-nats a term moves the odds by less than two percent. */
const MATTERS = 20_000;

/** How many goods a sentence names; the details name the others. */
const NAMED = 2;

/** Titles wider than this are cut in a sentence; a CJK character counts as two. */
const TITLE_WIDTH = 30;

/**
 * @param {RankedGood} good
 * @param {object} page
 * @param {Texts} page.t
 * @param {Format} page.format
 * @param {(id: string) => { id: string, titles: Record<string, string> } | null} page.lookUp
 */
export function sentence(good, { t, format, lookUp }) {
  const name = (/** @type {Because} */ because) => cut(nameOf(because, format.lang, lookUp));
  const clauses = [
    ...fitClauses(good, t, format, name),
    ...temperatureClauses(good, t),
    ...priceClauses(good, t),
  ];
  const text = (clauses.length > 0 ? clauses : [t.why.nothing]).join(t.why.join);
  return text.charAt(0).toLocaleUpperCase(format.lang) + text.slice(1) + t.why.end;
}

/**
 * @param {RankedGood} good @param {Texts} t @param {Format} format
 * @param {(because: Because) => string} name
 */
function fitClauses(good, t, format, name) {
  if (good.unknown.includes('fit') || good.terms.fit === 0) return [];
  const clauses = [];
  const speakFor = good.because.filter((because) => because.share > 0).slice(0, NAMED);
  const against = good.because.filter((because) => because.share < 0).slice(0, 1);
  if (speakFor.length > 0) {
    const items = speakFor.map((b) => t.why.item(name(b), format.percent(b.share)));
    clauses.push(t.why.because(format.list(items)));
  } else {
    clauses.push(t.why.popular);
  }
  for (const because of against) clauses.push(t.why.against(name(because)));
  return clauses;
}

/** @param {RankedGood} good @param {Texts} t */
function temperatureClauses({ terms, unknown }, t) {
  if (unknown.includes('temperature')) return [];
  if (terms.temperature > MATTERS) return [t.why.hot];
  if (terms.temperature < -MATTERS) return [t.why.cold];
  return [];
}

/** @param {RankedGood} good @param {Texts} t */
function priceClauses({ terms, unknown, price }, t) {
  if (price === null) return [t.why.noPrice];
  if (unknown.includes('priceFit')) return [];
  if (terms.priceFit > MATTERS) return [t.why.usual];
  if (terms.priceFit < -MATTERS) return [t.why.unusual];
  return [];
}

/**
 * The engine gives a shop's good by its plain title; the page knows the others.
 *
 * @param {Because} because @param {string} lang
 * @param {(id: string) => { id: string, titles: Record<string, string> } | null} lookUp
 */
export function nameOf(because, lang, lookUp) {
  const good = lookUp(because.id);
  return good ? titleOf(good, lang) : because.title || because.id;
}

/**
 * A title no wider than TITLE_WIDTH; cut between words where that costs less
 * than half of it.
 *
 * @param {string} title
 */
function cut(title) {
  let [width, end, space] = [0, 0, 0];
  for (const letter of title) {
    width += /[\u2e80-\uffef]/.test(letter) ? 2 : 1;
    if (width > TITLE_WIDTH) return `${title.slice(0, space > end / 2 ? space : end)}…`;
    if (letter === ' ') space = end;
    if (width < TITLE_WIDTH) end += letter.length;
  }
  return title;
}
