// How the parts of the scores of a list are drawn. Where many terms are weighed,
// those that move this list most have bars and the others figures, the same in
// all rows. What is unknown for the whole list is said to be so once, below it.

import { TERMS } from './policy.js';

/**
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {import('./policy.js').Weights} Weights
 * @typedef {{ low: number, high: number }} Scale micro-nats; holds 0
 *
 * @typedef {object} Chart
 * @property {TermName[]} bars
 * @property {TermName[]} figures
 * @property {TermName[]} lacking weighed, and unknown for every good
 * @property {Scale} scale
 */

/** How many terms have a bar. */
const BARS = 5;

/** What the catalog may lack; that the shop is unknown is said in each row. */
const OF_CATALOG = TERMS.slice(TERMS.indexOf('trend'));

/**
 * @param {RankedGood[]} rows @param {Weights} weights
 * @returns {Chart}
 */
export function chartOf(rows, weights) {
  const reach = (/** @type {TermName} */ term) =>
    Math.max(...rows.map((good) => Math.abs(good.terms[term])));
  // Without a profile the weight of fit goes to temperature.
  const counted = TERMS.filter((term) => weights[term] > 0 || reach(term) > 0);
  const lacks = (/** @type {TermName} */ term) =>
    OF_CATALOG.includes(term) && rows.every((good) => good.unknown.includes(term));
  const lacking = counted.filter(lacks);
  const known = counted.filter((term) => !lacking.includes(term));
  const others = known.slice(1).sort((a, b) => reach(b) - reach(a));
  const moving = others.filter((term) => known.length <= BARS || reach(term) > 0);
  const drawn = [...known.slice(0, 1), ...moving].slice(0, BARS);
  const bars = known.filter((term) => drawn.includes(term));
  const figures = known.filter((term) => !bars.includes(term));
  return { bars, figures, lacking, scale: scaleOf(rows, bars) };
}

/**
 * @param {RankedGood[]} rows @param {TermName[]} terms
 * @returns {Scale}
 */
function scaleOf(rows, terms) {
  const values = rows.flatMap((good) => terms.map((term) => good.terms[term]));
  return { low: Math.min(0, ...values), high: Math.max(0, ...values) };
}
