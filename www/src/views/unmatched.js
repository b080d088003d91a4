// The rows of a sales file that were not matched, and the means to mend them.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { titleOf } from '../goods.js';
import { chevron } from './icons.js';
import { chosen, comboboxTexts } from './named.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../state.js').Sales} Sales
 * @typedef {import('../state.js').Good} Good
 * @typedef {import('goodsrank').UnmatchedRow} UnmatchedRow
 */

/** How many rows a wish for more brings. */
const MORE = 25;

/** How many goods are suggested for what was typed. */
const SUGGESTED = 12;

/** @param {Page} page @param {Sales} sales */
export function unmatchedList(page, sales) {
  const { t, format, ui, show } = page;
  const { unmatched, match } = sales;
  if (unmatched.length === 0) return html`<p class="note">${t.sales.all}</p>`;
  const total = Math.max(match.unmatchedTotal, unmatched.length);
  return html`<div class="unmatched" part="unmatched">
    <button
      type="button"
      class="disclosure"
      aria-expanded=${ui.unmatchedOpen}
      aria-controls="unmatched"
      @click=${() => show({ unmatchedOpen: !ui.unmatchedOpen })}
    >
      ${chevron}${t.sales.show(total, format.count(total))}
    </button>
    <div id="unmatched" ?hidden=${!ui.unmatchedOpen}>
      ${ui.unmatchedOpen ? table(page, unmatched, total) : nothing}
    </div>
  </div>`;
}

/** @param {Page} page @param {UnmatchedRow[]} rows @param {number} total */
function table(page, rows, total) {
  const { t, format, ui, show } = page;
  const left = rows.length - ui.unmatchedShown;
  const beyond = total - rows.length;
  return html`
    <table>
      <thead>
        <tr>
          <th scope="col" class="line">${t.sales.line}</th>
          <th scope="col">${t.sales.label}</th>
          <th scope="col">${t.sales.reason}</th>
          <th scope="col">${t.sales.mend}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows.slice(0, ui.unmatchedShown),
          (row) => row.line,
          (row) => tableRow(page, row),
        )}
      </tbody>
    </table>
    ${
      left > 0
        ? html`<button
          type="button"
          class="link"
          @click=${() => show({ unmatchedShown: ui.unmatchedShown + MORE })}
        >
          ${t.sales.more(format.count(Math.min(left, MORE)))}
        </button>`
        : nothing
    }
    ${
      left <= 0 && beyond > 0
        ? html`<p class="note">${t.sales.beyond(format.count(beyond))}</p>`
        : nothing
    }
  `;
}

/** @param {Page} page @param {UnmatchedRow} row */
function tableRow(page, row) {
  const { t } = page;
  const reason =
    row.status === 'ambiguous'
      ? t.sales.reasons.ambiguous(row.candidates.length)
      : t.sales.reasons[row.status];
  return html`<tr class=${row.status}>
    <td class="line">${row.line}</td>
    <td class="label">${row.label || '—'}</td>
    <td class="reason">
      ${reason}${row.reason ? html` <small lang="en">${row.reason}</small>` : nothing}
    </td>
    <td class="mend">${row.status === 'invalid' ? '—' : mend(page, row)}</td>
  </tr>`;
}

/** @param {Page} page @param {UnmatchedRow} row */
function mend(page, row) {
  const { t, ui, show } = page;
  if (ui.mending === row.line) return chooser(page, row);
  return html`<button
    type="button"
    class="button small"
    aria-label=${t.sales.chooseFor(row.label)}
    @click=${() => show({ mending: row.line })}
  >
    ${t.sales.choose}
  </button>`;
}

/** @param {Page} page @param {UnmatchedRow} row */
function chooser(page, row) {
  const { t, model, show } = page;
  return html`<span class="chooser">
    <goods-rank-combobox
      autofocus
      hide-label
      label=${t.sales.chooseFor(row.label)}
      placeholder=${t.sales.searchGood}
      .suggest=${(/** @type {string} */ typed) => suggestGoods(page, row, typed)}
      .texts=${comboboxTexts(page)}
      @change=${chosen((id) => {
        if (model.mend(row.line, id)) show({ mending: null });
      })}
    ></goods-rank-combobox>
    <button type="button" class="link" @click=${() => show({ mending: null })}>
      ${t.sales.cancel}
    </button>
  </span>`;
}

/** @param {Page} page @param {UnmatchedRow} row @param {string} typed */
function suggestGoods(page, row, typed) {
  const { model } = page;
  const goods =
    typed.trim() === ''
      ? row.candidates.flatMap((id) => model.good(id) ?? [])
      : model.findGoods(typed, SUGGESTED);
  return { options: goods.map((good) => goodOption(page, good)), more: 0 };
}

/** @param {Page} page @param {Good} good */
function goodOption({ lang, format }, good) {
  const facts = [good.supplier?.name, format.money(good.price), good.id];
  return { value: good.id, label: titleOf(good, lang), hint: facts.filter(Boolean).join(' · ') };
}
