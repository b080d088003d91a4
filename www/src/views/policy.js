// What counts: a preset, or a weight for each term.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { field } from '../page.js';
import { GROUPS, POLICIES } from '../policy.js';
import { chevron } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {import('../query.js').Filters['policy']} Policy
 * @typedef {keyof typeof GROUPS} Group
 */

/** The weights that sliders reach. The engine takes up to 100. */
const MOST = 2;

/** @param {Page} page */
export function policyPanel(page) {
  const { t, ui, show } = page;
  return html`<div class="policy" part="policy">
    <h2 id="policy">${t.policy.title}</h2>
    ${presets(page)}
    <button
      type="button"
      class="disclosure"
      aria-expanded=${ui.weightsOpen}
      aria-controls="weights"
      @click=${() => show({ weightsOpen: !ui.weightsOpen })}
    >
      ${chevron}${t.policy.weights}
    </button>
    <div id="weights" class="weights" ?hidden=${!ui.weightsOpen}>
      ${ui.weightsOpen ? groups(page) : nothing}
    </div>
  </div>`;
}

/** @param {Page} page */
function presets(page) {
  /** @type {Policy[]} */
  const all = [...POLICIES, 'custom'];
  return html`<fieldset class="choices" aria-labelledby="policy">
    ${all.map((policy) => preset(page, policy))}
  </fieldset>`;
}

/** @param {Page} page @param {Policy} policy */
function preset({ t, model, ui, show }, policy) {
  const choose = () => {
    model.weigh(policy);
    // Who wants weights of their own wants to see them.
    show({ weightsOpen: ui.weightsOpen || policy === 'custom' });
  };
  return html`<label title=${t.policy.hints[policy]}>
    <input
      type="radio"
      name="policy"
      value=${policy}
      aria-label=${t.policy.presets[policy]}
      aria-describedby="policy-${policy}"
      .checked=${live(model.filters.policy === policy)}
      @change=${choose}
    /><span>${t.policy.presets[policy]}</span
    ><small id="policy-${policy}">${t.policy.hints[policy]}</small>
  </label>`;
}

/** @param {Page} page */
function groups(page) {
  const all = /** @type {[Group, TermName[]][]} */ (Object.entries(GROUPS));
  return all.map(
    ([group, terms]) => html`<fieldset>
      <legend>${page.t.policy.groups[group]}</legend>
      ${terms.map((term) => weight(page, term))}
    </fieldset>`,
  );
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
