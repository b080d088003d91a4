// The head of the page: whose it is, what it ranks, and what it never does.

import { html, nothing } from 'lit';

import { LOCALES } from '../locale.js';
import { lock, mark } from './icons.js';

/** @typedef {import('../page.js').Page} Page */

/** @param {Page} page */
export function masthead(page) {
  const { t, model } = page;
  return html`<header class="masthead" part="header">
    <slot name="header">
      <div class="brand">
        ${mark}
        <div>
          <h1>${t.name}</h1>
          <p>${t.tagline}</p>
        </div>
      </div>
    </slot>
    <p class="privacy" title=${t.privacyLong}>${lock}<span>${t.privacy}</span></p>
    ${languages(page)} ${model.phase === 'ready' ? facts(page) : nothing}
  </header>`;
}

/** @param {Page} page */
function languages({ t, lang, speak }) {
  const entries = /** @type {[Page['lang'], { name: string }][]} */ (Object.entries(LOCALES));
  return html`<div class="languages segments" role="group" aria-label=${t.language}>
    ${entries.map(
      ([locale, { name }]) =>
        html`<button
          type="button"
          lang=${locale}
          aria-pressed=${locale === lang}
          @click=${() => speak(locale)}
        >
          ${name}
        </button>`,
    )}
  </div>`;
}

/** @param {Page} page */
function facts({ t, format, model: { info } }) {
  const until = format.date(info.tRef);
  return html`<ul class="facts" aria-label=${t.facts.label}>
    <li><b>${t.facts.goods(info.goods, format.count(info.goods))}</b></li>
    <li>${info.currency === '' ? t.facts.noPrices : t.facts.currency(info.currency)}</li>
    ${until === '' ? nothing : html`<li>${t.facts.until(until)}</li>`}
    <li>${info.publishable ? t.facts.minShops(info.minShops) : unpublishable(t)}</li>
  </ul>`;
}

/** @param {Page['t']} t */
function unpublishable(t) {
  return html`<span class="flag" title=${t.facts.notPublishableLong}>${t.facts.notPublishable}</span>`;
}
