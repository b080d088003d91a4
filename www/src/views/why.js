// The parts of a score as bars: signed, from a common zero, all rows of the
// list on one scale. A part that is unknown is said to be so and has no bar; if
// the engine puts an average in its place, that is shown beside it.
// Bars are SVG, whose lengths are attributes and not styles, so that a page may
// forbid inline styles.

import { html, svg } from 'lit';

import { exactNats, parts } from '../format.js';
import { TERMS } from '../query.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {{ low: number, high: number }} Scale micro-nats; holds 0
 */

/**
 * @param {RankedGood[]} rows
 * @returns {Scale}
 */
export function scaleOf(rows) {
  const drawn = (/** @type {RankedGood} */ good) =>
    TERMS.filter((term) => !good.unknown.includes(term));
  const values = rows.flatMap((good) => drawn(good).map((term) => good.terms[term]));
  return values.reduce(
    ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }),
    { low: 0, high: 0 },
  );
}

/** @param {Page} page @param {RankedGood} good @param {Scale} scale */
export function whyBars(page, good, scale) {
  const shown = parts(good.terms);
  return html`<dl class="why" part="why">
    ${TERMS.map((term) => whyBar(page, good, term, shown[term], scale))}
  </dl>`;
}

/**
 * @param {Page} page @param {RankedGood} good @param {TermName} term
 * @param {string} shown @param {Scale} scale
 */
function whyBar({ t }, good, term, shown, scale) {
  const micro = good.terms[term];
  const unknown = good.unknown.includes(term);
  if (unknown) {
    return html`<div class="part ${term} unknown" title=${exactNats(micro)}>
      <dt>${t.terms[term]}</dt>
      <dd class="unknown-text">${t.terms.unknown}</dd>
      <dd class="figure">${micro === 0 ? '–' : shown}</dd>
    </div>`;
  }
  return html`<div class="part ${term}" title=${exactNats(micro)}>
    <dt>${t.terms[term]}</dt>
    <dd class="bar" aria-hidden="true">${bar(micro, scale)}</dd>
    <dd class="figure">${shown}</dd>
  </div>`;
}

/**
 * @param {number} micro @param {Scale} scale
 */
export function bar(micro, { low, high }) {
  const length = Math.max(high - low, 1);
  const at = (/** @type {number} */ value) => (100 * (value - low)) / length;
  const percent = (/** @type {number} */ value) => `${value.toFixed(3)}%`;
  const [from, to] = micro < 0 ? [at(micro), at(0)] : [at(0), at(micro)];
  return svg`<svg part="bar" width="100%" height="8" aria-hidden="true">
    <rect class="track" width="100%" height="8" rx="2" />
    <rect class="value" x=${percent(from)} width=${percent(to - from)} height="8" rx="2" />
    <rect class="zero" x=${percent(at(0))} width="1" height="8" />
  </svg>`;
}
