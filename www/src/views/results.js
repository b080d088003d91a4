// The ranking: how it was made, and its rows.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { chartOf } from '../chart.js';
import { rankingCsv } from '../csv-export.js';
import { categoryName, titleOf } from '../goods.js';
import { exactNats, nats } from '../format.js';
import { field, save } from '../page.js';
import { LIMITS } from '../query.js';
import { sentence } from '../sentence.js';
import { behind, drawn } from './diversity.js';
import { chips, emptyResult } from './relax.js';
import { feedbackButtons, feedbackPanel } from './feedback.js';
import { failure } from './failure.js';
import { goodDetail, picture } from './good-detail.js';
import { bolt, chevron, download } from './icons.js';
import { riskBadges } from './risks.js';
import { whyBars } from './why.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../state.js').Result} Result
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('../chart.js').Chart} Chart
 */

/** @param {Page} page */
export function results(page) {
  const { model } = page;
  return html`<section class="results" part="results" aria-labelledby="results-title">
    ${model.failures.rank ? failure(page, 'rank', model.failures.rank) : nothing}
    ${model.result ? ranked(page, model.result) : nothing}
  </section>`;
}

/** @param {Page} page @param {Result} result */
function ranked(page, result) {
  return html`${head(page, result)} ${chips(page)} ${feedbackPanel(page)} ${notice(page, result)}
  ${result.rows.length > 0 ? list(page, result.rows) : emptyResult(page, result)}`;
}

/** @param {Page} page @param {Result} result */
function head(page, { ranking, rows }) {
  const { t, format, model } = page;
  const { candidates, elapsed } = ranking;
  const limit = (/** @type {Event} */ event) => model.filter({ limit: Number(field(event).value) });
  return html`<div class="results-head">
    <div>
      <h2 id="results-title">${t.results.title(rows.length, format.count(rows.length))}</h2>
      <p class="time">
        ${bolt}${t.results.ranked(candidates, format.count(candidates), format.time(elapsed))}
      </p>
    </div>
    <label class="limit">
      <span>${t.filters.limit}</span>
      <select @change=${limit}>
        ${LIMITS.map(
          (n) =>
            html`<option value=${n} .selected=${n === model.filters.limit}>${format.count(n)}</option>`,
        )}
      </select>
    </label>
    <button
      type="button"
      class="button"
      ?disabled=${rows.length === 0}
      @click=${() => exportCsv(page, rows)}
    >
      ${download}${t.results.export}
    </button>
  </div>`;
}

/** @param {Page} page @param {RankedGood[]} rows */
function exportCsv(page, rows) {
  const { t, lang, format, model } = page;
  const { lacking } = chartOf(rows, weightsOf(page));
  const why = (/** @type {RankedGood} */ good) =>
    sentence(good, { t, format, lookUp: lookUp(page), lacking });
  save(rankingCsv(rows, { lang, catalog: model.info, why }), `goodsrank-${t.results.file}.csv`);
}

/**
 * The weights of the ranking that is shown.
 *
 * @param {Page} page
 */
function weightsOf({ model }) {
  return model.result?.ranking.policy ?? model.filters.weights;
}

/** @param {Page} page */
function lookUp({ model }) {
  return (/** @type {string} */ id) => model.good(id);
}

/** @param {Page} page @param {Result} result */
function notice({ t, model }, { ranking }) {
  if (ranking.known > 0 || model.kind === 'new') return nothing;
  const { kind, sales, users } = model;
  const waiting = (kind === 'sales' && sales === null) || (kind === 'users' && users === null);
  return html`<p class="notice">${waiting ? t.shop.noFile : t.shop.nothingKnown}</p>`;
}

/** @param {Page} page @param {RankedGood[]} rows */
function list(page, rows) {
  const { t, format } = page;
  const chart = chartOf(rows, weightsOf(page));
  const lacking = format.list(chart.lacking.map((term) => t.terms[term]));
  return html`
    <div class="list-head" aria-hidden="true">
      <span></span><span>${t.results.good}</span><span class="end">${t.results.price}</span>
      <span>${t.results.why}</span><span class="end">${t.results.score}</span><span></span>
    </div>
    <ol class="list" part="list">
      ${repeat(
        rows,
        (good) => good.id,
        (good) => listRow(page, good, chart),
      )}
    </ol>
    <p class="legend">${t.results.legend}</p>
    ${lacking === '' ? nothing : html`<p class="legend">${t.results.lacking(lacking)}</p>`}
  `;
}

/** @param {Page} page @param {RankedGood} good @param {Chart} chart */
function listRow(page, good, chart) {
  const { t, lang, format, ui } = page;
  const open = ui.expanded.has(good.id);
  return html`<li class="good ${open ? 'open' : ''}" part="good">
    <div class="row" @click=${(/** @type {MouseEvent} */ event) => rowClicked(page, good, event)}>
      <span class="rank"><span class="hidden">${t.results.rank} </span>${good.rank}</span>
      <div class="what">
        ${picture(good, 'thumb')}
        <div>
          <h3 class="title" part="title">${titleOf(good, lang)}</h3>
          ${meta(page, good)} ${riskBadges(page, good)} ${drawn(page, good)}
          <p class="sentence">
            ${sentence(good, { t, format, lookUp: lookUp(page), lacking: chart.lacking })}
          </p>
          ${behind(page, good)} ${feedbackButtons(page, good)}
        </div>
      </div>
      <p class="price figure">
        <span class="hidden">${t.results.price} </span>${
          good.price === null ? html`<small>${t.results.noPrice}</small>` : format.money(good.price)
        }
      </p>
      ${whyBars(page, good, chart)}
      <p class="score figure" title=${exactNats(good.score)}>
        <span class="score-label">${t.results.score} </span><b>${nats(good.score)}</b>
      </p>
      <button
        type="button"
        class="expand"
        aria-expanded=${open}
        aria-label="${open ? t.results.collapse : t.results.expand}: ${titleOf(good, lang)}"
      >
        ${chevron}
      </button>
    </div>
    ${open ? goodDetail(page, good) : nothing}
  </li>`;
}

/** @param {Page} page @param {RankedGood} good */
function meta({ t, lang, format, categoryNames }, good) {
  const { category, supplier, moq, leadTimeDays: lead } = good;
  return html`<ul class="meta">
    ${category === null ? nothing : html`<li>${categoryName(category, lang, categoryNames)}</li>`}
    ${supplier === null ? nothing : html`<li>${supplier.name || supplier.id}</li>`}
    ${moq === null ? nothing : html`<li>${t.results.moq(format.count(moq))}</li>`}
    ${
      lead === null
        ? nothing
        : html`<li title=${t.results.leadLong}>${t.results.lead(lead, format.count(lead))}</li>`
    }
  </ul>`;
}

/**
 * The whole row opens the details, but for who selects text to copy it.
 *
 * @param {Page} page @param {RankedGood} good @param {MouseEvent} event
 */
function rowClicked({ ui, show, model }, good, event) {
  const onButton = /** @type {Element} */ (event.target).closest('button') !== null;
  if (!onButton && getSelection()?.isCollapsed === false) return;
  const expanded = new Set(ui.expanded);
  if (!expanded.delete(good.id)) {
    expanded.add(good.id);
    model.select(good);
  }
  show({ expanded });
}
