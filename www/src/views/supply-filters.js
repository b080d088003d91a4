// Limits on supply and risk. A good whose data is missing breaks its limit, so
// these stand behind a disclosure of their own.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { field } from '../page.js';
import { NUMBERS, RISKS, activeFilters, numberOf } from '../query.js';
import { chevron } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../query.js').NumberName} NumberName
 * @typedef {import('goodsrank').RiskName} RiskName
 */

/** @param {Page} page */
export function supplyFilters(page) {
  const { t, ui, show, model } = page;
  const here = [...NUMBERS, 'inStock', 'withoutRisks'];
  const active = activeFilters(model.filters, model.info.exponent);
  const count = active.filter((name) => here.includes(name)).length;
  return html`<div class="more">
    <button
      type="button"
      class="disclosure"
      aria-expanded=${ui.moreOpen}
      aria-controls="more"
      @click=${() => show({ moreOpen: !ui.moreOpen })}
    >
      ${chevron}${t.filters.more(count)}
    </button>
    <div id="more" class="more-body" ?hidden=${!ui.moreOpen}>
      ${ui.moreOpen ? body(page) : nothing}
    </div>
  </div>`;
}

/** @param {Page} page */
function body(page) {
  const { t, model } = page;
  const shown = model.info.currency === '' ? NUMBERS.filter((n) => n !== 'marginMin') : NUMBERS;
  const faults = shown.filter((name) => isFault(page, name));
  const inStock = (/** @type {Event} */ event) => model.filter({ inStock: field(event).checked });
  return html`${shown.map((name) => number(page, name, faults.includes(name)))}
    <p id="number-fault" class="fault" role="status">
      ${faults.length > 0 ? t.filters.numberInvalid : nothing}
    </p>
    <label class="toggle">
      <input
        type="checkbox"
        role="switch"
        .checked=${live(model.filters.inStock)}
        @change=${inStock}
      /><span>${t.filters.inStock}</span>
    </label>
    <fieldset class="field">
      <legend>${t.filters.withoutRisks}</legend>
      <div class="checks">${RISKS.map((risk) => check(page, risk))}</div>
    </fieldset>`;
}

/** @param {Page} page @param {NumberName} name */
function isFault({ model: { filters } }, name) {
  return filters[name].trim() !== '' && numberOf(filters, name) === null;
}

/** @param {Page} page @param {NumberName} name @param {boolean} fault */
function number({ t, model }, name, fault) {
  return html`<label class="number">
    <span>${t.filters.numbers[name]}</span>
    <input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      placeholder=${t.filters.any}
      aria-invalid=${fault}
      aria-describedby="number-fault"
      .value=${live(model.filters[name])}
      @input=${(/** @type {Event} */ event) => model.filter({ [name]: field(event).value })}
    />
    <small>${t.filters.units[name]}</small>
  </label>`;
}

/** @param {Page} page @param {RiskName} risk */
function check({ t, model }, risk) {
  const { withoutRisks } = model.filters;
  const change = (/** @type {Event} */ event) => {
    const others = withoutRisks.filter((other) => other !== risk);
    model.filter({ withoutRisks: field(event).checked ? [...others, risk] : others });
  };
  return html`<label title=${t.risks[`${risk}Hint`]}>
    <input type="checkbox" .checked=${live(withoutRisks.includes(risk))} @change=${change} /><span
      >${t.risks[risk]}</span
    >
  </label>`;
}
