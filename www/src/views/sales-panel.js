// The merchant's own sales: how the file comes in, and what of it was matched.

import { html, nothing } from 'lit';

import { templateCsv } from '../csv-export.js';
import { UNMATCHED_FIRST, field, save } from '../page.js';
import { failure } from './failure.js';
import { check, download, lock, upload } from './icons.js';
import { unmatchedList } from './unmatched.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../state.js').Sales} Sales
 */

/** @param {Page} page */
export function salesPanel(page) {
  const { t, model } = page;
  const { sales, reading, failures } = model;
  return html`
    ${failures.sales ? failure(page, 'sales', failures.sales) : nothing}
    ${reading ? html`<p class="note" role="status">${t.sales.working}</p>` : nothing}
    ${sales ? summary(page, sales) : intake(page)}
    <p class="private">${lock}<span>${t.privacyLong}</span></p>
  `;
}

/** @param {Page} page */
function intake(page) {
  const { t, ui } = page;
  return html`
    <div class="intake">
      <div class="drop" part="drop">
        ${upload}
        <b>${t.sales.drop}</b>
        <span class="drop-actions">
          ${t.sales.or} ${picker(page)}
          <button
            type="button"
            class="button"
            aria-expanded=${ui.pasting}
            @click=${() => page.show({ pasting: !ui.pasting })}
          >
            ${t.sales.paste}
          </button>
        </span>
      </div>
      <div class="columns">
        <h3>${t.sales.columns}</h3>
        <p>${t.sales.columnsLong}</p>
        <button type="button" class="link" @click=${() => saveTemplate(page)}>
          ${download}${t.sales.template}
        </button>
      </div>
    </div>
    ${ui.pasting ? pasteField(page) : nothing}
  `;
}

/** @param {Page} page */
function picker({ t, model }) {
  return html`<label class="button primary file">
    <input
      type="file"
      accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
      @change=${(/** @type {Event} */ event) => {
        const input = field(event);
        const file = input.files?.[0];
        input.value = '';
        if (file) model.readFile(file);
      }}
    />${t.sales.pick}
  </label>`;
}

/** @param {Page} page */
function pasteField({ t, ui, show, model }) {
  const read = (/** @type {string} */ text) => {
    if (text.trim() !== '') model.readText(text);
  };
  return html`<div class="paste">
    <label for="pasted">${t.sales.pasteLabel}</label>
    <textarea
      id="pasted"
      rows="6"
      spellcheck="false"
      placeholder=${t.sales.pasteHint}
      .value=${ui.pasted}
      @input=${(/** @type {Event} */ event) => show({ pasted: field(event).value })}
    ></textarea>
    <button
      type="button"
      class="button primary"
      ?disabled=${ui.pasted.trim() === ''}
      @click=${() => read(ui.pasted)}
    >
      ${t.sales.read}
    </button>
  </div>`;
}

/** @param {Page} page */
function saveTemplate({ model, lang }) {
  save(templateCsv(model.exampleGoods(), lang), 'goodsrank-template.csv');
}

/** @param {Page} page @param {Sales} sales */
function summary(page, sales) {
  const { t, format, model, show } = page;
  const { match, name, encoding } = sales;
  return html`
    <div class="summary">
      <div>
        <h3>${check}${t.sales.title(name || t.sales.pasted)}</h3>
        <p>
          ${t.sales.rows(match.rows, format.count(match.rows))} ·
          ${t.sales.goods(match.goods, format.count(match.goods))}
          ${encoding ? html`· ${t.sales.encoding(encoding)}` : nothing}
        </p>
      </div>
      <button
        type="button"
        class="button"
        @click=${() => {
          show({ mending: null, unmatchedShown: UNMATCHED_FIRST });
          model.forgetSales();
        }}
      >
        ${t.sales.replace}
      </button>
    </div>
    ${counts(page, sales)} ${unmatchedList(page, sales)}
  `;
}

/** @param {Page} page @param {Sales} sales */
function counts({ t, format }, sales) {
  const { match, mended, unmatched } = sales;
  const of = (/** @type {string} */ status) =>
    unmatched.filter((row) => row.status === status).length;
  const more = unmatched.length < match.unmatchedTotal ? '+' : '';
  const { id, gtin, sku, title } = match.matched;
  const all = [
    { label: t.sales.by.id, n: id, kind: 'good' },
    { label: t.sales.by.gtin, n: gtin, kind: 'good' },
    { label: t.sales.by.sku, n: sku, kind: 'good' },
    { label: t.sales.by.title, n: title, kind: 'good' },
    { label: t.sales.mended, n: mended.size, kind: 'good' },
    { label: t.sales.ambiguous, n: of('ambiguous'), kind: 'warn', more },
    { label: t.sales.unmatched, n: of('unmatched'), kind: 'warn', more },
    { label: t.sales.invalid, n: of('invalid'), kind: 'bad', more },
  ];
  return html`<ul class="counts">
    ${all
      .filter(({ n }) => n > 0)
      .map(
        ({ label, n, kind, more = '' }) =>
          html`<li class=${kind}><b>${format.count(n)}${more}</b> ${label}</li>`,
      )}
  </ul>`;
}
