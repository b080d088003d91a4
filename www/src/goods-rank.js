// `<goods-rank>`: the merchant's page as a custom element. Importing this module
// registers it.
//
//     <goods-rank src="./shards/manifest.json"></goods-rank>
//
// README.md lists its attributes, events, parts, slots and design tokens.

import { LitElement, html, nothing } from 'lit';

import { createFormat } from './format.js';
import { LOCALES, localeFor, preferredLocale, remember } from './locale.js';
import { initialUi } from './page.js';
import { Model } from './state.js';
import { styles } from './styles/index.js';
import { failure } from './views/failure.js';
import { filters } from './views/filters.js';
import { loading } from './views/loading.js';
import { masthead } from './views/masthead.js';
import { results } from './views/results.js';
import { shopPanel } from './views/shop-panel.js';

/**
 * @typedef {import('./locale.js').Locale} Locale
 * @typedef {import('./locale.js').Texts} Texts
 * @typedef {import('./page.js').Page} Page
 */

/** How long the ranking stands still before it is read out. */
const ANNOUNCE_AFTER = 600;

/** Longer than any browser waits before it repeats `dragover`, in ms. */
const DRAG_REPEATS = 600;

/** Before a catalog is open there is no price to show. */
const NO_CATALOG = { currency: '', exponent: 0 };

/**
 * @fires goods-rank-ranked detail `{ ranking, rows }`
 * @fires goods-rank-error detail `{ code, message, error }`
 * @fires goods-rank-select detail `{ good }`
 */
export class GoodsRankElement extends LitElement {
  static styles = styles;

  static properties = {
    src: { type: String },
    lang: { type: String },
    shop: { type: String },
    theme: { type: String },
    categoryNames: { attribute: false },
    _texts: { state: true },
    _lost: { state: true },
    _announcement: { state: true },
  };

  #model = new Model(
    () => this.requestUpdate(),
    (notice, detail) => this.#notify(notice, detail),
  );
  #ui = initialUi();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #dragEnd;
  /** @type {{ key: string, format: import('./format.js').Format } | null} */
  #format = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #announcing;

  constructor() {
    super();
    this.src = './shards/manifest.json';
    this.lang = '';
    this.shop = '';
    this.theme = '';
    /** @type {import('./goods.js').CategoryNames} */
    this.categoryNames = {};
    /** @type {{ locale: Locale, t: Texts } | null} */
    this._texts = null;
    /** Whether the texts of the first language could not be had. */
    this._lost = false;
    this._announcement = '';
  }

  connectedCallback() {
    super.connectedCallback();
    for (const [name, handle] of this.#drags) this.addEventListener(name, handle);
    if (this.hasUpdated) this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const [name, handle] of this.#drags) this.removeEventListener(name, handle);
    clearTimeout(this.#announcing);
    this.#model.close();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('shop') && this.shop !== '') this.#model.chooseShop(this.shop);
    if (changed.has('src')) this.#load();
    if (changed.has('lang')) this.#speak(localeFor(this.lang) ?? preferredLocale());
  }

  #load() {
    this.#model.load(this.src);
  }

  /** @param {Locale} locale */
  async #speak(locale) {
    const wanted = this.lang;
    try {
      const { default: t } = await LOCALES[locale].load();
      if (wanted === this.lang) this._texts = { locale, t };
      this._lost = false;
    } catch (error) {
      this._lost = this._texts === null;
      const message = error instanceof Error ? error.message : String(error);
      this.#notify('error', { code: 'fetch_failed', message, error });
    }
  }

  render() {
    if (this._texts === null) return this._lost ? this.#lost() : nothing;
    const page = this.#page(this._texts);
    return html`<div class="page" part="page" lang=${page.lang}>
      ${masthead(page)}
      <main>${this.#body(page)}</main>
      ${this.#ui.dragging ? html`<div class="veil"><p>${page.t.sales.dropNow}</p></div>` : nothing}
      <p class="hidden" role="status" aria-live="polite">${this._announcement}</p>
    </div>`;
  }

  /** The one text that cannot be fetched. */
  #lost() {
    const again = () => this.#speak(localeFor(this.lang) ?? preferredLocale());
    return html`<div class="page" role="alert">
      <p>页面文字加载失败。The page’s texts could not be loaded.</p>
      <button type="button" class="button primary" @click=${again}>重试 Try again</button>
    </div>`;
  }

  /** @param {Page} page */
  #body(page) {
    const { phase, failures } = this.#model;
    if (failures.load) return failure(page, 'load', failures.load);
    if (phase !== 'ready') return loading(page);
    return html`${shopPanel(page)}
      <div class="columns-2">${filters(page)} ${results(page)}</div>`;
  }

  /**
   * @param {{ locale: Locale, t: Texts }} texts
   * @returns {Page}
   */
  #page({ locale, t }) {
    const model = this.#model;
    return {
      model,
      ui: this.#ui,
      show: (change) => this.#show(change),
      t,
      lang: locale,
      format: this.#formatFor(locale),
      categoryNames: this.categoryNames,
      speak: (locale) => {
        remember(locale);
        this.lang = locale;
      },
      reload: () => this.#load(),
    };
  }

  /**
   * Formatters are dear to make, and are drawn with at every frame.
   *
   * @param {Locale} locale
   */
  #formatFor(locale) {
    const catalog = this.#model.phase === 'ready' ? this.#model.info : NO_CATALOG;
    const { lang, currency, exponent } = { lang: locale, ...catalog };
    const key = `${lang} ${currency} ${exponent}`;
    if (this.#format?.key !== key) this.#format = { key, format: createFormat(lang, catalog) };
    return this.#format.format;
  }

  /** @param {Partial<import('./page.js').Ui>} change */
  #show(change) {
    Object.assign(this.#ui, change);
    this.requestUpdate();
  }

  /** @param {import('./state.js').Notice} notice @param {object} detail */
  #notify(notice, detail) {
    if (notice === 'ranked') this.#announceSoon();
    this.dispatchEvent(
      new CustomEvent(`goods-rank-${notice}`, { detail, bubbles: true, composed: true }),
    );
  }

  /** Reads the count out once it stands still, not at every step of a slider. */
  #announceSoon() {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      const { result } = this.#model;
      if (this._texts === null || result === null) return;
      const { t, format } = this.#page(this._texts);
      const { rows, ranking } = result;
      this._announcement = t.results.announce(
        format.count(rows.length),
        format.count(ranking.candidates),
      );
    }, ANNOUNCE_AFTER);
  }

  /** A file may be dropped anywhere on the element. */
  /** @type {[string, EventListener][]} */
  #drags = [
    ['dragover', (event) => this.#drag(/** @type {DragEvent} */ (event))],
    ['drop', (event) => this.#drop(/** @type {DragEvent} */ (event))],
  ];

  /**
   * Browsers repeat `dragover` while a file is over the page; once they stop,
   * it has left. What they say of leaving itself differs between them.
   *
   * @param {DragEvent} event
   */
  #drag(event) {
    if (!event.dataTransfer?.types.includes('Files') || this.#model.phase !== 'ready') return;
    event.preventDefault();
    clearTimeout(this.#dragEnd);
    this.#dragEnd = setTimeout(() => this.#show({ dragging: false }), DRAG_REPEATS);
    if (!this.#ui.dragging) this.#show({ dragging: true });
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const file = event.dataTransfer?.files[0];
    clearTimeout(this.#dragEnd);
    this.#show({ dragging: false });
    if (!file || this.#model.phase !== 'ready') return;
    event.preventDefault();
    if (this.#model.kind === 'users') this.#model.readUsers('orders', file);
    else this.#model.readFile(file);
  }
}

// A page may hold a second copy of this module.
if (!customElements.get('goods-rank')) customElements.define('goods-rank', GoodsRankElement);
