// For whom is ranked: a sample shop, the merchant's own sales, or nobody yet.

import { html, nothing } from 'lit';

import { chosen, comboboxTexts, namedOption, suggestNamed } from './named.js';
import { salesPanel } from './sales-panel.js';
import { usersPanel } from './users-panel.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../state.js').ShopKind} ShopKind
 */

/** @param {Page} page */
export function shopPanel(page) {
  const { t, model } = page;
  const bodies = { public: publicShop, sales: salesPanel, users: usersPanel, new: newShop };
  return html`<section class="card shop" part="shop" aria-labelledby="shop-title">
    <div class="shop-head">
      <h2 id="shop-title">${t.shop.title}</h2>
      ${kinds(page)}
    </div>
    <div class="shop-body ${model.kind}">${bodies[model.kind](page)}</div>
  </section>`;
}

/** @param {Page} page */
function kinds({ t, model }) {
  /** @type {ShopKind[]} */
  const all = ['public', 'sales', 'users', 'new'];
  return html`<fieldset class="segments">
    <legend class="hidden">${t.shop.kind}</legend>
    ${all.map(
      (kind) =>
        html`<label>
          <input
            type="radio"
            name="shop-kind"
            value=${kind}
            .checked=${model.kind === kind}
            @change=${() => model.chooseKind(kind)}
          /><span>${t.shop[kind]}</span>
        </label>`,
    )}
  </fieldset>`;
}

/** @param {Page} page */
function publicShop(page) {
  const { t, format, model } = page;
  const { shops } = model.info;
  if (shops.length === 0) return html`<p class="note">${t.shop.none}</p>`;
  const shop = shops.find((shop) => shop.id === model.shopId) ?? null;
  const known = model.result?.ranking.known ?? 0;
  return html`<goods-rank-combobox
      part="shop-field"
      hide-label
      label=${t.shop.choose}
      placeholder=${t.shop.placeholder}
      .selected=${shop && namedOption(shop)}
      .suggest=${suggestNamed(shops)}
      .texts=${comboboxTexts(page)}
      @change=${chosen((id) => model.chooseShop(id))}
    ></goods-rank-combobox>
    <p class="note">
      ${known > 0 ? html`<b>${t.shop.known(known, format.count(known))}</b>` : nothing}
      <span>${t.shop.count(shops.length, format.count(shops.length))}</span>
    </p>`;
}

/** @param {Page} page */
function newShop({ t }) {
  return html`<p class="note">${t.shop.newShop}</p>`;
}
