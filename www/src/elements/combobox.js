// A text field with a list under it: type to narrow down, arrows and Enter to
// choose. The pattern is WAI-ARIA's editable combobox with list autocomplete;
// focus stays in the field, and `aria-activedescendant` walks the list.

import { LitElement, html, nothing } from 'lit';

import { combobox } from '../styles/combobox.js';

/**
 * @typedef {object} Option
 * @property {string} value
 * @property {string} label
 * @property {string} [hint] shown behind the label, and searched too
 *
 * @typedef {(typed: string) => { options: Option[], more: number }} Suggest
 */

/** How many options are drawn; more are told by number. */
const DRAWN = 50;

/**
 * Suggestions from a list that is all there.
 *
 * @param {Option[]} options
 * @returns {Suggest}
 */
export function suggestFrom(options) {
  const plain = (/** @type {string} */ text) => text.normalize('NFKC').toLowerCase();
  const searched = options.map(({ value, label, hint = '' }) => plain(`${label} ${hint} ${value}`));
  return (typed) => {
    const words = plain(typed).split(/\s+/);
    const found = options.filter((_, i) => words.every((word) => searched[i].includes(word)));
    return { options: found.slice(0, DRAWN), more: Math.max(0, found.length - DRAWN) };
  };
}

/**
 * @fires change a CustomEvent whose detail is `{ value }`
 */
export class Combobox extends LitElement {
  static styles = combobox;

  static properties = {
    label: { type: String },
    placeholder: { type: String },
    hideLabel: { type: Boolean, attribute: 'hide-label' },
    clearable: { type: Boolean },
    selected: { attribute: false },
    suggest: { attribute: false },
    texts: { attribute: false },
    _open: { state: true },
    _typed: { state: true },
    _active: { state: true },
  };

  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  constructor() {
    super();
    this.label = '';
    this.placeholder = '';
    this.hideLabel = false;
    this.clearable = false;
    /** @type {Option | null} */
    this.selected = null;
    /** @type {Suggest} */
    this.suggest = () => ({ options: [], more: 0 });
    /** @type {{ none: string, clear: string, more: (n: number) => string }} */
    this.texts = { none: '', clear: '', more: String };
    this._open = false;
    /** @type {string | null} null while nothing was typed */
    this._typed = null;
    this._active = -1;
  }

  render() {
    const list = this._open ? this.suggest(this._typed ?? '') : { options: [], more: 0 };
    return html`
      <label for="field" class=${this.hideLabel ? 'hidden' : ''}>${this.label}</label>
      <div class="box">
        ${this.#field(list.options)} ${this.clearable && this.selected ? this.#clear() : nothing}
        <span class="caret" aria-hidden="true"></span>
      </div>
      ${this._open ? this.#list(list) : nothing}
    `;
  }

  /** @param {Option[]} options */
  #field(options) {
    return html`<input
      id="field"
      part="field"
      type="text"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      aria-autocomplete="list"
      aria-expanded=${this._open}
      aria-controls="list"
      aria-activedescendant=${this._active >= 0 ? `option-${this._active}` : nothing}
      placeholder=${this.placeholder}
      .value=${this._typed ?? this.selected?.label ?? ''}
      @focus=${this.#focused}
      @click=${this.#show}
      @input=${this.#input}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, options)}
      @blur=${this.#close}
    />`;
  }

  #clear() {
    return html`<button
      type="button"
      class="clear"
      aria-label="${this.texts.clear}: ${this.label}"
      @click=${() => this.#choose('')}
    ></button>`;
  }

  /** @param {{ options: Option[], more: number }} list */
  #list({ options, more }) {
    return html`<div class="popup" @pointerdown=${keepFocus}>
      <ul id="list" role="listbox" aria-label=${this.label}>
        ${options.map((option, i) => this.#option(option, i))}
      </ul>
      ${options.length === 0 ? html`<p>${this.texts.none}</p>` : nothing}
      ${more > 0 ? html`<p>${this.texts.more(more)}</p>` : nothing}
    </div>`;
  }

  /** @param {Option} option @param {number} i */
  #option({ value, label, hint }, i) {
    return html`<li
      id="option-${i}"
      role="option"
      aria-selected=${value === this.selected?.value}
      class=${i === this._active ? 'active' : ''}
      @click=${() => this.#choose(value)}
    >
      <span>${label}</span>${hint ? html`<small>${hint}</small>` : nothing}
    </li>`;
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    /** @type {HTMLInputElement} */ (event.target).select();
  }

  #show() {
    this._open = true;
  }

  /** @param {InputEvent} event */
  #input(event) {
    this._typed = /** @type {HTMLInputElement} */ (event.target).value;
    this._open = true;
    this._active = this._typed === '' ? -1 : 0;
  }

  #close() {
    this._open = false;
    this._typed = null;
    this._active = -1;
  }

  /** @param {KeyboardEvent} event @param {Option[]} options */
  #key(event, options) {
    // Enter and arrows belong to the input method while it composes.
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) this.#walk(step, options.length);
    else if (event.key === 'Enter' && this._open) this.#enter(options);
    else if (event.key === 'Escape' && this._open) this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} step @param {number} count */
  #walk(step, count) {
    if (!this._open) this._open = true;
    else if (count > 0)
      this._active = (this._active + step + count + (this._active < 0 && step < 0 ? 1 : 0)) % count;
  }

  /** @param {Option[]} options */
  #enter(options) {
    const option = options[this._active];
    if (option) this.#choose(option.value);
  }

  /** @param {string} value */
  #choose(value) {
    this.#close();
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const popup = this.renderRoot.querySelector('.popup');
    if (changed.has('_open') && popup) popup.scrollIntoView({ block: 'nearest' });
    if (changed.has('_active')) {
      this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
    }
  }
}

/** @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}

if (!customElements.get('goods-rank-combobox')) customElements.define('goods-rank-combobox', Combobox);
