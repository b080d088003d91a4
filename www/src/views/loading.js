// The catalog is on its way.

import { html } from 'lit';

/** @typedef {import('../page.js').Page} Page */

/** @param {Page} page */
export function loading({ t, format, model: { progress } }) {
  const { loaded, total } = progress;
  const shown =
    total === null ? format.bytes(loaded) : t.loading.of(format.bytes(loaded), format.bytes(total));
  return html`<section class="card loading" aria-busy="true">
      <p>
        <span id="loading">${t.loading.title}</span>
        <span class="figure">${loaded > 0 ? shown : ''}</span>
      </p>
      ${
        total === null
          ? html`<progress aria-labelledby="loading"></progress>`
          : html`<progress aria-labelledby="loading" max=${total} .value=${loaded}></progress>`
      }
    </section>
    <div class="skeleton" aria-hidden="true">${Array.from({ length: 6 }, () => html`<div></div>`)}</div>`;
}
