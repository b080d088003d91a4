// Why a good stands where it does, as one sentence. It is made from the terms
// of the score and from `because`, so it never says what the bars do not.

import { titleOf } from './goods.js';
import { TERMS } from './policy.js';

/**
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').Because} Because
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {typeof import('./locales/en.js').default} Texts
 * @typedef {import('./format.js').Format} Format
 */

/** Below this many micro-nats a term moves the odds by less than two percent. */
const MATTERS = 20_000;

/** How many terms besides fit a sentence speaks of. */
const SPOKEN = 3;

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
 * @param {TermName[]} [page.lacking] terms that no good of the list has: said once, elsewhere
 */
export function sentence(good, { t, format, lookUp, lacking = [] }) {
  const name = (/** @type {Because} */ because) => cut(nameOf(because, format.lang, lookUp));
  const clauses = [
    ...fitClauses(good, t, format, name),
    ...termClauses(good, t),
    ...unknownClauses(good, t, format, lacking),
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

/**
 * The terms that move the odds most, in their own order. Risk is on the badges.
 *
 * @param {RankedGood} good @param {Texts} t
 */
function termClauses({ terms, unknown }, t) {
  const speaking = Object.keys(t.why.terms).filter((name) => {
    const term = /** @type {TermName} */ (name);
    return !unknown.includes(term) && Math.abs(terms[term]) > MATTERS;
  });
  const names = /** @type {(keyof Texts['why']['terms'])[]} */ (speaking);
  const loudest = [...names].sort((a, b) => Math.abs(terms[b]) - Math.abs(terms[a]));
  const spoken = names.filter((term) => loudest.indexOf(term) < SPOKEN);
  return spoken.map((term) => t.why.terms[term][terms[term] > 0 ? 'up' : 'down']);
}

/** What the price is needed for, and unknown where it is. */
const OF_PRICE = ['margin', 'priceAdvantage'];

/**
 * Supply that is weighed and unknown; of a shop that is new the page says so
 * itself.
 *
 * @param {RankedGood} good @param {Texts} t @param {Format} format @param {TermName[]} lacking
 */
function unknownClauses({ unknown, price }, t, format, lacking) {
  const known = [...lacking, ...(price === null ? OF_PRICE : [])];
  const supply = TERMS.slice(TERMS.indexOf('trend'));
  const names = supply.filter((term) => unknown.includes(term) && !known.includes(term));
  return [
    ...(price === null ? [t.why.noPrice] : []),
    ...(names.length > 0 ? [t.why.unknown(format.list(names.map((term) => t.terms[term])))] : []),
  ];
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
