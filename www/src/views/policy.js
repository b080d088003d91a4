// What counts: a preset, or a weight for each term.

import { html } from 'lit';
import { live } from 'lit/directives/live.js';

import { field } from '../page.js';
import { TERMS } from '../query.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('goodsrank').TermName} TermName
 */

/** The weights that sliders reach. The engine takes up to 100. */
const MOST = 2;

/** @param {Page} page */
export function policyPanel(page) {
  const { t } = page;
  return html`<div class="policy" part="policy">
    <h2 id="policy">${t.policy.title}</h2>
    ${presets(page)}
    <div class="weights">${TERMS.map((term) => weight(page, term))}</div>
  </div>`;
}

/** @param {Page} page */
function presets({ t, model }) {
  /** @type {('balanced' | 'fit' | 'custom')[]} */
  const all = ['balanced', 'fit', 'custom'];
  return html`<fieldset class="segments wide" aria-labelledby="policy">
    ${all.map(
      (policy) =>
        html`<label title=${policy === 'custom' ? '' : t.policy[`${policy}Hint`]}>
          <input
            type="radio"
            name="policy"
            value=${policy}
            .checked=${live(model.filters.policy === policy)}
            @change=${() => model.weigh(policy)}
          /><span>${t.policy[policy]}</span>
        </label>`,
    )}
  </fieldset>`;
}

/** @param {Page} page @param {TermName} term */
function weight({ t, model }, term) {
  const value = model.filters.weights[term];
  return html`<label class="weight ${term}" title=${t.terms[`${term}Hint`]}>
    <span class="swatch" aria-hidden="true"></span>
    <span>${t.terms[term]}</span>
    <input
      type="range"
      min="0"
      max=${MOST}
      step="0.05"
      aria-label=${t.policy.weight(t.terms[term])}
      .value=${live(String(value))}
      @input=${(/** @type {Event} */ event) => model.weigh({ [term]: Number(field(event).value) })}
    />
    <output>${value.toFixed(2)}</output>
  </label>`;
}
