// Something went wrong: what, what to do about it, and what to tell us.

import { html, nothing } from 'lit';

import { warning } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../state.js').Failure} Failure
 */

/**
 * @param {Page} page
 * @param {import('../state.js').Place} where
 * @param {Failure} failure
 */
export function failure(page, where, { code, message }) {
  const { t } = page;
  return html`<div class="failure ${where}" part="error" role="alert">
    ${warning}
    <div>
      <h2>${t.errors.titles[where]}</h2>
      <p>${remedy(t, where === 'users' && code === 'bad_csv' ? 'bad_users' : code)} ${code === 'bad_csv' ? atLine(t, message) : nothing}</p>
      ${action(page, where, code)}
      <details>
        <summary>${t.errors.details}</summary>
        <p><code>${t.errors.code(code)}</code></p>
        <p><code lang="en">${message}</code></p>
      </details>
    </div>
  </div>`;
}

/** @param {Page['t']} t @param {string} code */
function remedy(t, code) {
  const remedies = /** @type {Record<string, string>} */ (t.errors.remedies);
  return remedies[code] ?? t.errors.remedies.internal;
}

/**
 * The line that a message about a CSV names.
 *
 * @param {Page['t']} t @param {string} message
 */
function atLine(t, message) {
  const line = message.match(/\bline (\d+)/)?.[1];
  return line === undefined ? nothing : t.errors.line(line);
}

/** Errors that a second try with the same page cannot mend. */
const RELOAD = new Set(['unsupported', 'internal']);

/** @param {Page} page @param {import('../state.js').Place} where @param {string} code */
function action({ t, model, reload }, where, code) {
  if (where === 'sales' || where === 'users' || where === 'feedback' || code === 'unknown_shop') return '';
  if (RELOAD.has(code)) return button(t.errors.reload, () => location.reload());
  if (where === 'load' || code === 'closed') return button(t.errors.retry, reload);
  return button(t.errors.reset, () => model.resetFilters());
}

/** @param {string} label @param {() => void} act */
function button(label, act) {
  return html`<button type="button" class="button primary" @click=${act}>${label}</button>`;
}
