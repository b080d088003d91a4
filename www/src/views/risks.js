// What could go wrong with a good, as badges.

import { html, nothing } from 'lit';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').RiskName} RiskName
 */

/**
 * How loud a badge is: grave for what alone is a reason not to sell a good,
 * mild for what most goods of some catalogs have.
 *
 * @type {Partial<Record<RiskName, 'grave' | 'mild'>>}
 */
const LEVELS = { brand: 'grave', outOfStock: 'grave', thinEvidence: 'mild', singleSource: 'mild' };

/** @param {Page} page @param {RankedGood} good */
export function riskBadges({ t }, good) {
  if (good.risks.length === 0) return nothing;
  return html`<ul class="risks" aria-label=${t.risks.label}>
    ${good.risks.map(
      (risk) =>
        html`<li class=${LEVELS[risk] ?? ''} title=${t.risks[`${risk}Hint`]}>
          ${t.risks[risk]}
        </li>`,
    )}
  </ul>`;
}
