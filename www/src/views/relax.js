// The filters that are on, to take them off again: as chips over the list, and
// as what to relax when nothing is left.

import { html, nothing } from 'lit';

import { categoryName } from '../goods.js';
import { activeFilters, numberOf, priceRange, ruleOf } from '../query.js';
import { cross } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../query.js').FilterName} FilterName
 * @typedef {import('../state.js').Result} Result
 */

/** @param {Page} page */
export function chips(page) {
  const { t, model } = page;
  const active = activeFilters(model.filters, model.info.exponent);
  if (active.length === 0) return nothing;
  return html`<ul class="chips" aria-label=${t.filters.title}>
    ${active.map((name) => {
      const label = describe(page, name);
      return html`<li>
        <button
          type="button"
          class="chip"
          aria-label=${t.empty.remove(label)}
          @click=${() => model.drop(name)}
        >
          ${label}${cross}
        </button>
      </li>`;
    })}
  </ul>`;
}

/** @param {Page} page @param {Result} result */
export function emptyResult(page, { relaxations, ranking }) {
  const { t, format, model } = page;
  if (relaxations.length === 0)
    return html`<div class="card empty" part="empty">
      <h3>${model.said.length > 0 ? t.feedback.allOut : t.empty.nothing}</h3>
    </div>`;
  return html`<div class="card empty" part="empty">
    <p>${ranking.relax ? t.empty.relax : t.empty.none}</p>
    <ul>
      ${relaxations.map(
        ({ name, candidates }) =>
          html`<li>
            <button type="button" class="button" @click=${() => model.drop(name)}>
              ${t.empty.without(describe(page, name))}
            </button>
            <span class=${candidates > 0 ? 'gives' : 'gives none'}>
              ${
                ranking.relax
                  ? t.empty.gives(candidates, format.count(candidates))
                  : takes(page, ranking, name)
              }
            </span>
          </li>`,
      )}
    </ul>
    <button type="button" class="button primary" @click=${() => model.clearFilters()}>
      ${t.empty.clear}
    </button>
  </div>`;
}

/**
 * How many goods break the rule that a filter makes.
 *
 * @param {Page} page @param {Result['ranking']} ranking @param {FilterName} name
 */
function takes({ t, format }, { removed }, name) {
  const goods = removed.find(({ rule }) => rule === ruleOf(name))?.goods ?? 0;
  return t.empty.takes(goods, format.count(goods));
}

/** @param {Page} page @param {FilterName} name */
function describe({ t, lang, format, categoryNames, model }, name) {
  const { filters, info } = model;
  const { min, max } = priceRange(filters, info.exponent);
  const supplier = info.suppliers.find(({ id }) => id === filters.supplier);
  const typed = (/** @type {import('../query.js').NumberName} */ number) =>
    format.count(numberOf(filters, number) ?? 0);
  const risks = filters.withoutRisks.map((risk) => t.risks[risk]);
  /** @type {Record<FilterName, () => string>} */
  const texts = {
    text: () => t.empty.text(filters.text.trim()),
    category: () => t.empty.category(categoryName(filters.category, lang, categoryNames)),
    supplier: () => t.empty.supplier(supplier?.name || filters.supplier),
    brand: () => t.empty.brand(filters.brand),
    shipsTo: () => t.empty.shipsTo(format.place(filters.shipsTo)),
    priceMin: () => t.empty.priceMin(format.money(min)),
    priceMax: () => t.empty.priceMax(format.money(max)),
    marginMin: () => t.empty.marginMin(format.percent(numberOf(filters, 'marginMin') ?? 0)),
    moqMax: () => t.empty.moqMax(typed('moqMax')),
    leadTimeMax: () => t.empty.leadTimeMax(typed('leadTimeMax')),
    reviewsMin: () => t.empty.reviewsMin(typed('reviewsMin')),
    newWithinDays: () => t.empty.newWithinDays(typed('newWithinDays')),
    inStock: () => t.empty.inStock,
    withoutRisks: () => t.empty.withoutRisks(format.list(risks)),
    sold: () => t.empty.sold,
  };
  return texts[name]();
}
