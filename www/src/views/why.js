// The parts of a score as bars: signed, from a common zero, all rows of the
// list on one scale. A part that is unknown is said to be so and has no bar.
// Bars are SVG, whose lengths are attributes and not styles, so that a page may
// forbid inline styles.

import { html, nothing, svg } from 'lit';

import { exactNats, parts } from '../format.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {import('../chart.js').Chart} Chart
 * @typedef {import('../chart.js').Scale} Scale
 */

/** @param {Page} page @param {RankedGood} good @param {Chart} chart */
export function whyBars(page, good, { bars, figures, scale }) {
  const shown = parts(good.terms);
  return html`<div class="why" part="why">
    <dl class="bars">${bars.map((term) => whyBar(page, good, term, shown[term], scale))}</dl>
    ${
      figures.length === 0
        ? nothing
        : html`<dl class="figures">
            ${figures.map((term) => whyFigure(page, good, term, shown[term]))}
          </dl>`
    }
  </div>`;
}

/** @param {Page} page @param {RankedGood} good @param {TermName} term @param {string} shown */
function whyFigure({ t }, good, term, shown) {
  const unknown = good.unknown.includes(term);
  return html`<div class="part ${term} ${unknown ? 'unknown' : ''}" title=${exactNats(good.terms[term])}>
    <dt>${t.terms[term]}</dt>
    <dd class=${unknown ? 'unknown-text' : 'figure'}>${unknown ? t.terms.unknown : shown}</dd>
  </div>`;
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
