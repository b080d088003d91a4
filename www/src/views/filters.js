// What may be ranked, and what counts. Everything here re-ranks as it moves.

import { html, nothing } from 'lit';

import { categoryLevels, levelName } from '../goods.js';
import { field } from '../page.js';
import { activeFilters, priceRange } from '../query.js';
import { channelPanel } from './channel.js';
import { diversityPanel } from './diversity.js';
import { chevron, search, sliders } from './icons.js';
import { chosen, comboboxTexts, namedOption, suggestNamed } from './named.js';
import { policyPanel } from './policy.js';
import { supplyFilters } from './supply-filters.js';

/**
 * @typedef {import('../page.js').Page} Page
 */

/** @param {Page} page */
export function filters(page) {
  const { t, ui, show, model } = page;
  const active = activeFilters(model.filters, model.info.exponent).length;
  return html`<aside
    class="card filters ${ui.filtersOpen ? 'open' : ''}"
    part="filters"
    aria-label=${t.filters.title}
  >
    <button
      type="button"
      class="filters-toggle"
      aria-expanded=${ui.filtersOpen}
      aria-controls="filters"
      @click=${() => show({ filtersOpen: !ui.filtersOpen })}
    >
      ${sliders}<span>${t.filters.show(active)}</span>${chevron}
    </button>
    <div id="filters" class="filters-body">
      ${policyPanel(page)} ${model.info.currency === '' ? nothing : channelPanel(page)}
      <div class="filters-head">
        <h2>${t.filters.title}</h2>
        ${
          active > 0
            ? html`<button type="button" class="link" @click=${() => model.clearFilters()}>
                ${t.filters.reset}
              </button>`
            : nothing
        }
      </div>
      ${model.info.searchable ? textField(page) : nothing} ${categoryFields(page)}
      ${model.info.currency === '' ? nothing : priceFields(page)}
      ${supplierField(page)} ${brandField(page)} ${shipsToField(page)} ${soldField(page)} ${supplyFilters(page)} ${diversityPanel(page)}
    </div>
  </aside>`;
}

/** @param {Page} page */
function textField({ t, model }) {
  // Half an input method's syllable is no word yet.
  const typed = (/** @type {InputEvent | CompositionEvent} */ event) => {
    if (!('isComposing' in event && event.isComposing)) model.filter({ text: field(event).value });
  };
  return html`<div class="field">
    <label for="text">${t.filters.text}</label>
    <div class="with-icon">
      ${search}
      <input
        id="text"
        type="search"
        autocomplete="off"
        spellcheck="false"
        placeholder=${t.filters.textPlaceholder}
        .value=${model.filters.text}
        @input=${typed}
        @compositionend=${typed}
      />
    </div>
  </div>`;
}

/** @param {Page} page */
function categoryFields(page) {
  const { t, model } = page;
  const levels = categoryLevels(model.info.categories, model.filters.category);
  if (levels.length === 0) return nothing;
  return html`<fieldset class="field">
    <legend>${t.filters.category}</legend>
    ${levels.map((level) => categorySelect(page, level))}
  </fieldset>`;
}

/** @param {Page} page @param {ReturnType<typeof categoryLevels>[number]} level */
function categorySelect({ t, lang, format, categoryNames, model }, { parent, options, chosen }) {
  const name = (/** @type {string} */ path) => levelName(path, lang, categoryNames);
  const sorted = [...options].sort((a, b) => format.compare(name(a), name(b)));
  const all = parent === '' ? t.filters.allCategories : t.filters.within(name(parent));
  return html`<select
    aria-label="${t.filters.category}: ${all}"
    @change=${(/** @type {Event} */ event) => model.filter({ category: field(event).value })}
  >
    <option value=${parent} .selected=${chosen === ''}>${all}</option>
    ${sorted.map(
      (path) => html`<option value=${path} .selected=${path === chosen}>${name(path)}</option>`,
    )}
  </select>`;
}

/** @param {Page} page */
function priceFields(page) {
  const { t, model } = page;
  const { fault } = priceRange(model.filters, model.info.exponent);
  const faults = { '': nothing, crossed: t.filters.priceCrossed, invalid: t.filters.priceInvalid };
  return html`<fieldset class="field">
    <legend>${t.filters.price(model.info.currency)}</legend>
    <div class="range">
      ${priceField(page, 'priceMin', t.filters.from)}
      <span aria-hidden="true">–</span>
      ${priceField(page, 'priceMax', t.filters.to)}
    </div>
    <p id="price-fault" class="fault" role="status">${faults[fault]}</p>
  </fieldset>`;
}

/** @param {Page} page @param {'priceMin' | 'priceMax'} name @param {string} placeholder */
function priceField({ t, model }, name, placeholder) {
  return html`<input
    type="text"
    inputmode="decimal"
    autocomplete="off"
    aria-label=${t.filters[name]}
    aria-describedby="price-fault"
    placeholder=${placeholder}
    .value=${model.filters[name]}
    @input=${(/** @type {Event} */ event) => model.filter({ [name]: field(event).value })}
  />`;
}

/** @param {Page} page */
function supplierField(page) {
  const { t, model } = page;
  const { suppliers } = model.info;
  if (suppliers.length === 0) return nothing;
  const supplier = suppliers.find(({ id }) => id === model.filters.supplier);
  return html`<goods-rank-combobox
    clearable
    label=${t.filters.supplier}
    placeholder=${t.filters.anySupplier}
    .selected=${supplier ? namedOption(supplier) : null}
    .suggest=${suggestNamed(suppliers)}
    .texts=${comboboxTexts(page)}
    @change=${chosen((id) => model.filter({ supplier: id }))}
  ></goods-rank-combobox>`;
}

/** @param {Page} page */
function brandField(page) {
  const { t, model } = page;
  const brands = model.info.brands.map((brand) => ({ id: brand, name: brand }));
  if (brands.length === 0) return nothing;
  const brand = brands.find(({ id }) => id === model.filters.brand);
  return html`<goods-rank-combobox
    clearable
    label=${t.filters.brand}
    placeholder=${t.filters.anyBrand}
    .selected=${brand ? namedOption(brand) : null}
    .suggest=${suggestNamed(brands)}
    .texts=${comboboxTexts(page)}
    @change=${chosen((id) => model.filter({ brand: id }))}
  ></goods-rank-combobox>`;
}

/** @param {Page} page */
function shipsToField({ t, format, model }) {
  const { destinations } = model.info;
  if (destinations.length === 0) return nothing;
  return html`<label class="field">
    <span>${t.filters.shipsTo}</span>
    <select @change=${(/** @type {Event} */ event) => model.filter({ shipsTo: field(event).value })}>
      <option value="" .selected=${model.filters.shipsTo === ''}>${t.filters.anywhere}</option>
      ${destinations.map(
        (code) => html`<option value=${code} .selected=${code === model.filters.shipsTo}>
          ${format.place(code)}
        </option>`,
      )}
    </select>
  </label>`;
}

/** @param {Page} page */
function soldField({ t, model }) {
  return html`<label class="toggle">
    <input
      type="checkbox"
      role="switch"
      .checked=${model.filters.includeSold}
      @change=${(/** @type {Event} */ event) => model.filter({ includeSold: field(event).checked })}
    /><span>${t.filters.includeSold}</span>
  </label>`;
}
