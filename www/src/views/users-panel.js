// The merchant's own users: the two files they are measured from, who is hot, and
// who of them would want a good.

import { html, nothing } from 'lit';

import { field, save } from '../page.js';
import { nameOf } from '../sentence.js';
import { failure } from './failure.js';
import { check, download, lock } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../state.js').UserFiles} UserFiles
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').User} User
 * @typedef {import('goodsrank').UserWant} UserWant
 */

/** Hot users that are listed; the file has them all. */
const LISTED = 10;

/** @param {Page} page */
export function usersPanel(page) {
  const { t, model } = page;
  const { users, reading, failures } = model;
  return html`
    ${failures.users ? failure(page, 'users', failures.users) : nothing}
    ${reading ? html`<p class="note" role="status">${t.sales.working}</p>` : nothing}
    ${users ? measured(page, users) : intake(page)}
    <p class="private">${lock}<span>${t.users.private}</span></p>
  `;
}

/** @param {Page} page */
function intake(page) {
  const { t, model } = page;
  return html`<div class="intake">
    <div class="drop" part="drop">
      <b>${t.users.intake}</b>
      <span class="drop-actions">${picker(page, 'orders')} ${picker(page, 'customers')}</span>
      ${
        model.waitingCustomers
          ? html`<p class="note">${t.users.waiting(model.waitingCustomers)}</p>`
          : nothing
      }
    </div>
    <div class="columns">
      <h3>${t.sales.columns}</h3>
      <p>${t.users.columns}</p>
    </div>
  </div>`;
}

/** @param {Page} page @param {'orders' | 'customers'} part */
function picker({ t, model }, part) {
  return html`<label class="button file ${part === 'orders' ? 'primary' : ''}">
    <input
      type="file"
      aria-label=${t.users[part]}
      accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
      @change=${(/** @type {Event} */ event) => {
        const input = field(event);
        const file = input.files?.[0];
        input.value = '';
        if (file) model.readUsers(part, file);
      }}
    />${t.users[part]}
  </label>`;
}

/** @param {Page} page @param {UserFiles} files */
function measured(page, files) {
  const { t, format, model } = page;
  const { report } = files.users;
  return html`
    <div class="summary">
      <div>
        <h3>${check}${t.users.title([files.orders, files.customers].filter(Boolean).join(' + '))}</h3>
        <p>
          ${t.sales.rows(report.rows, format.count(report.rows))} ·
          ${t.users.count(format.count(report.users), format.count(report.hotUsers))}
          ${report.tRef === 0 ? nothing : html`· ${t.users.at(format.date(report.tRef))}`}
        </p>
      </div>
      <span class="drop-actions">
        ${files.customers === '' ? picker(page, 'customers') : nothing}
        <button type="button" class="button" @click=${() => model.forgetUsers()}>
          ${t.sales.replace}
        </button>
      </span>
    </div>
    ${counts(page, files)} ${asset(page, files)}
    <div class="tables">${hot(page, files)} ${layers(page, files)}</div>
  `;
}

/** @param {Page} page @param {UserFiles} files */
function counts({ t, format }, { users: { report } }) {
  const all = [
    { label: t.users.unmatched, n: report.unmatchedTotal - report.refused },
    { label: t.sales.invalid, n: report.refused },
    { label: t.users.calledOff, n: report.calledOff },
    { label: t.users.nameless, n: report.nameless },
    { label: t.users.undated, n: report.undated },
  ];
  const refused = report.unmatched.filter((row) => row.status === 'invalid').slice(0, LISTED);
  return html`<ul class="counts">
      ${all
        .filter(({ n }) => n > 0)
        .map(({ label, n }) => html`<li class="warn"><b>${format.count(n)}</b> ${label}</li>`)}
    </ul>
    ${
      refused.length === 0
        ? nothing
        : html`<p class="note">${t.users.lines(refused.map((row) => String(row.line)).join(', '))}</p>`
    }`;
}

/** @param {Page} page @param {UserFiles} files */
function asset({ t, lang }, { users: { report } }) {
  const shown = (/** @type {number} */ n) => figure(lang, n);
  const profile = report.profileOf === 'hot' ? t.users.byHot : t.users.byAll;
  return html`<p class="asset">
    <b>${t.users.asset(shown(report.asset))}</b>
    ${report.assetUnknown > 0 ? t.users.assetUnknown(shown(report.assetUnknown)) : nothing}
    ${profile}
  </p>`;
}

/** @param {Page} page @param {UserFiles} files */
function hot(page, { users }) {
  const { t } = page;
  const list = users.hot({ limit: LISTED });
  if (list.length === 0) return html`<p class="note">${t.users.none}</p>`;
  return html`<section>
    <h4>${t.users.hot}</h4>
    <table class="users">
      <thead>
        <tr>
          <th scope="col">${t.users.user}</th>
          ${figureHeads(page)}
        </tr>
      </thead>
      <tbody>
        ${list.map((user) => html`<tr><th scope="row">${user.id}</th>${figures(page, user)}</tr>`)}
      </tbody>
    </table>
    <button type="button" class="link" @click=${() => save(`\ufeff${users.csv()}`, 'hot-users.csv')}>
      ${download}${t.users.export}
    </button>
  </section>`;
}

/** @param {Page} page */
function figureHeads({ t }) {
  const heads = /** @type {const} */ (['temperature', 'clarity', 'reach', 'orders']);
  return heads.map(
    (name) => html`<th scope="col" title=${t.users.hints[name]}>${t.users.heads[name]}</th>`,
  );
}

/** @param {Page} page @param {User} user */
function figures({ t, lang, format }, user) {
  const direction = user.trend >= 0 ? '↑' : '↓';
  return html`<td>${figure(lang, user.temperature)} ${direction}</td>
    <td>${figure(lang, user.clarity)}</td>
    <td>${user.reach === null ? t.terms.unknown : format.percent(user.reach)}</td>
    <td>${format.count(user.orders)}</td>`;
}

/** @param {Page} page @param {UserFiles} files */
function layers({ t, lang, format }, { users }) {
  const shown = users.layers.filter(({ orders }) => orders > 0);
  return html`<section>
    <h4>${t.users.layers}</h4>
    <table class="users">
      <thead>
        <tr>
          <th scope="col">${t.users.layer}</th>
          <th scope="col">${t.users.heads.orders}</th>
          <th scope="col" title=${t.users.hints.again}>${t.users.heads.again}</th>
          <th scope="col" title=${t.users.hints.worth}>${t.users.heads.worth}</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ layer, orders, r, worth }) =>
            html`<tr>
              <th scope="row">${t.users.names[layer]}</th>
              <td>${format.count(orders)}</td>
              <td>${format.percent(r)}</td>
              <td>${worth === null ? t.terms.unknown : figure(lang, worth)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/**
 * Who would want a good, where there are users.
 *
 * @param {Page} page @param {RankedGood} good
 */
export function usersFor(page, good) {
  const { t, model } = page;
  if (model.users === null) return nothing;
  const wants = model.wants(good.id);
  return html`<section class="wants">
    <h4>${t.users.wants}</h4>
    ${
      wants.length === 0
        ? html`<p class="note">${t.users.nobody}</p>`
        : html`<table class="users">
          <thead>
            <tr>
              <th scope="col">${t.users.user}</th>
              ${figureHeads(page)}
              <th scope="col">${t.users.because}</th>
            </tr>
          </thead>
          <tbody>
            ${wants.map(
              (want) =>
                html`<tr>
                  <th scope="row">${want.id}</th>
                  ${figures(page, want)}
                  <td>${because(page, want)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`
    }
  </section>`;
}

/** @param {Page} page @param {UserWant} want */
function because({ format, model }, { because: [loudest] }) {
  if (loudest === undefined || loudest.share <= 0) return '–';
  const name = nameOf(loudest, format.lang, (id) => model.good(id));
  return `${name} (${format.percent(loudest.share)})`;
}

/** @param {string} lang @param {number} value */
function figure(lang, value) {
  return value.toLocaleString(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
