// Fields that choose one of many things with an id and a name.

import { suggestFrom } from '../elements/combobox.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../elements/combobox.js').Suggest} Suggest
 * @typedef {{ id: string, name: string }} Named
 */

/** @param {Named} named */
export function namedOption({ id, name }) {
  return { value: id, label: name || id, hint: name ? id : '' };
}

/** @type {WeakMap<Named[], Suggest>} */
const suggestions = new WeakMap();

/**
 * Suggestions of a list; the same function for the same list, for a new one
 * would redraw the field.
 *
 * @param {Named[]} list
 */
export function suggestNamed(list) {
  const suggest = suggestions.get(list) ?? suggestFrom(list.map(namedOption));
  suggestions.set(list, suggest);
  return suggest;
}

/** @param {Page} page */
export function comboboxTexts({ t, format }) {
  const more = (/** @type {number} */ n) => t.combobox.more(format.count(n));
  return { none: t.combobox.none, clear: t.combobox.clear, more };
}

/**
 * @param {(value: string) => void} choose
 * @returns {(event: CustomEvent<{ value: string }>) => void}
 */
export function chosen(choose) {
  return (event) => choose(event.detail.value);
}
