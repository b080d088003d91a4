// Variety: what is shown of the best, and the offers that stand behind a row.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { nats } from '../format.js';
import { titleOf } from '../goods.js';
import { field } from '../page.js';
import { CAPS, EXPLORE, countOf } from '../query.js';
import { chevron } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../query.js').CapName} CapName
 * @typedef {import('goodsrank').RankedGood} RankedGood
 */

/** @param {Page} page */
export function diversityPanel(page) {
  const { t, model } = page;
  const { collapse, explore, seed } = model.filters;
  const faults = CAPS.filter((name) => isFault(page, name));
  return html`<fieldset class="field diversity" part="diversity">
    <legend>${t.diversity.title}</legend>
    <label class="toggle" title=${t.diversity.collapseHint}>
      <input
        type="checkbox"
        role="switch"
        .checked=${live(collapse)}
        @change=${(/** @type {Event} */ event) => model.filter({ collapse: field(event).checked })}
      /><span>${t.diversity.collapse}</span>
    </label>
    ${CAPS.map((name) => cap(page, name, faults.includes(name)))}
    <p id="cap-fault" class="fault" role="status">${
      faults.length > 0 ? t.filters.numberInvalid : nothing
    }</p>
    <label class="number explore" title=${t.diversity.exploreHint}>
      <span>${t.diversity.explore}</span>
      <select
        @change=${(/** @type {Event} */ event) => model.filter({ explore: Number(field(event).value) })}
      >
        ${EXPLORE.map(
          (share) =>
            html`<option value=${share} .selected=${share === explore}>
              ${share === 0 ? t.diversity.none : page.format.percent(share)}
            </option>`,
        )}
      </select>
    </label>
    ${
      explore === 0
        ? nothing
        : html`<button type="button" class="link" @click=${() => model.filter({ seed: seed + 1 })}>
            ${t.diversity.again}
          </button>`
    }
  </fieldset>`;
}

/** @param {Page} page @param {CapName} name */
function isFault({ model: { filters } }, name) {
  return filters[name].trim() !== '' && countOf(filters, name) === null;
}

/** @param {Page} page @param {CapName} name @param {boolean} fault */
function cap({ t, model }, name, fault) {
  return html`<label class="number">
    <span>${t.diversity[name]}</span>
    <input
      type="text"
      inputmode="numeric"
      autocomplete="off"
      placeholder=${t.filters.any}
      aria-invalid=${fault}
      aria-describedby="cap-fault"
      .value=${live(model.filters[name])}
      @input=${(/** @type {Event} */ event) => model.filter({ [name]: field(event).value })}
    />
    <small></small>
  </label>`;
}

/**
 * That a row was drawn to learn of it, and how probable that was.
 *
 * @param {Page} page @param {RankedGood} good
 */
export function drawn({ t, format }, { probability }) {
  if (probability === 1) return nothing;
  return html`<p class="drawn" title=${t.diversity.exploreHint}>
    ${t.diversity.drawn(format.percent(probability))}
  </p>`;
}

/**
 * The offers that a row stands for, each with its price and score.
 *
 * @param {Page} page @param {RankedGood} good
 */
export function behind(page, good) {
  const { t, format, lang, ui, show, model } = page;
  if (good.behind.length === 0) return nothing;
  const open = ui.stacked.has(good.id);
  const toggle = (/** @type {Event} */ event) => {
    event.stopPropagation();
    const stacked = new Set(ui.stacked);
    if (!stacked.delete(good.id)) stacked.add(good.id);
    show({ stacked });
  };
  const offers = open ? model.offersBehind(good) : [];
  const count = good.behind.length;
  return html`<button
      type="button"
      class="disclosure stack"
      aria-expanded=${open}
      @click=${toggle}
    >
      ${chevron}${t.diversity.behind(count, format.count(count))}
    </button>
    ${
      open
        ? html`<ul class="offers">
            ${offers.map(
              (offer) =>
                html`<li>
                  <span>${titleOf(offer, lang)}<small>${offer.supplier?.name || offer.supplier?.id}</small></span>
                  <span class="figure">${
                    offer.price === null ? t.results.noPrice : format.money(offer.price)
                  }</span>
                  <span class="figure" title=${t.results.score}>${nats(offer.score)}</span>
                </li>`,
            )}
          </ul>`
        : nothing
    }`;
}
