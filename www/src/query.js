// The filters as they stand in the page, and the query they make.

import { parsePrice } from './format.js';

/**
 * @typedef {import('goodsrank').Query} Query
 * @typedef {import('goodsrank').Rules} Rules
 * @typedef {import('goodsrank').Shop} Shop
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {Record<TermName, number>} Weights
 */

/**
 * Prices stay as they were typed: half a number is no number yet.
 *
 * @typedef {object} Filters
 * @property {string} text
 * @property {string} category "" for all
 * @property {string} supplier an id; "" for any
 * @property {string} priceMin major units
 * @property {string} priceMax major units
 * @property {boolean} includeSold
 * @property {'balanced' | 'fit' | 'custom'} policy
 * @property {Weights} weights what the sliders show
 * @property {number} limit
 */

/** A filter that takes goods away, as it can be removed again. */
/** @typedef {'text' | 'category' | 'supplier' | 'priceMin' | 'priceMax' | 'sold'} FilterName */

/** @type {TermName[]} */
export const TERMS = ['fit', 'temperature', 'priceFit'];

/**
 * Where the sliders stand for a preset. The engine has these weights itself;
 * the browser test holds the two to be the same.
 *
 * @type {Record<'balanced' | 'fit', Weights>}
 */
export const PRESETS = {
  balanced: { fit: 1, temperature: 0.25, priceFit: 0.25 },
  fit: { fit: 1, temperature: 0, priceFit: 0 },
};

export const LIMITS = [20, 50, 100];

/** @returns {Filters} */
export function noFilters() {
  return {
    text: '',
    category: '',
    supplier: '',
    priceMin: '',
    priceMax: '',
    includeSold: false,
    policy: 'balanced',
    weights: { ...PRESETS.balanced },
    limit: LIMITS[0],
  };
}

/**
 * @param {Filters} filters
 * @param {Shop | undefined} shop
 * @param {number} exponent
 * @returns {Query}
 */
export function toQuery(filters, shop, exponent) {
  const { policy, weights, limit } = filters;
  /** @type {Query} */
  const query = {
    rules: toRules(filters, exponent),
    policy: policy === 'custom' ? { ...weights } : policy,
    limit,
  };
  if (shop !== undefined) query.shop = shop;
  return query;
}

/** @param {Filters} filters @param {number} exponent */
function toRules(filters, exponent) {
  const { min, max } = priceRange(filters, exponent);
  /** @type {Rules} */
  const rules = {};
  if (filters.text.trim() !== '') rules.text = filters.text;
  if (filters.category !== '') rules.categories = [filters.category];
  if (filters.supplier !== '') rules.suppliers = [filters.supplier];
  if (min !== null) rules.priceMin = min;
  if (max !== null) rules.priceMax = max;
  if (filters.includeSold) rules.includeSold = true;
  return rules;
}

/**
 * The price limits in minor units, null where there is none. Limits that cross
 * are none: while somebody types 120, the field holds 1 and then 12.
 *
 * @param {Pick<Filters, 'priceMin' | 'priceMax'>} filters
 * @param {number} exponent
 * @returns {{ min: number | null, max: number | null, fault: '' | 'invalid' | 'crossed' }}
 */
export function priceRange({ priceMin, priceMax }, exponent) {
  const min = parsePrice(priceMin, exponent);
  const max = parsePrice(priceMax, exponent);
  if (min !== null && max !== null && min > max) return { min: null, max: null, fault: 'crossed' };
  const invalid =
    (min === null && priceMin.trim() !== '') || (max === null && priceMax.trim() !== '');
  return { min, max, fault: invalid ? 'invalid' : '' };
}

/**
 * The filters that take goods away now. That what is sold is left out counts
 * only where somebody might not know it: in `relaxations`.
 *
 * @param {Filters} filters @param {number} exponent
 * @returns {FilterName[]}
 */
export function activeFilters(filters, exponent) {
  const { min, max } = priceRange(filters, exponent);
  /** @type {[FilterName, boolean][]} */
  const states = [
    ['text', filters.text.trim() !== ''],
    ['category', filters.category !== ''],
    ['supplier', filters.supplier !== ''],
    ['priceMin', min !== null],
    ['priceMax', max !== null],
  ];
  return states.filter(([, active]) => active).map(([name]) => name);
}

/**
 * The filters without one of them.
 *
 * @param {Filters} filters @param {FilterName} name
 * @returns {Filters}
 */
export function without(filters, name) {
  return name === 'sold' ? { ...filters, includeSold: true } : { ...filters, [name]: '' };
}

/**
 * The filters with none that takes goods away; what counts and how many rows
 * are shown stay.
 *
 * @param {Filters} filters
 * @returns {Filters}
 */
export function withoutAny(filters) {
  const { policy, weights, limit, includeSold } = filters;
  return { ...noFilters(), policy, weights, limit, includeSold };
}

/**
 * For an empty ranking: each filter that could be taken away, with the number
 * of goods that pass without it, the most helpful first.
 *
 * @param {Filters} filters @param {number} exponent
 * @param {(filters: Filters) => number} candidates
 * @returns {{ name: FilterName, candidates: number }[]}
 */
export function relaxations(filters, exponent, candidates) {
  /** @type {FilterName[]} */
  const names = activeFilters(filters, exponent);
  if (!filters.includeSold) names.push('sold');
  return names
    .map((name) => ({ name, candidates: candidates(without(filters, name)) }))
    .filter(({ name, candidates }) => name !== 'sold' || candidates > 0)
    .sort((a, b) => b.candidates - a.candidates);
}

/**
 * Chooses a preset, or a weight, which makes the policy a custom one.
 *
 * @param {Filters} filters
 * @param {'balanced' | 'fit' | 'custom' | Partial<Weights>} choice
 * @returns {Filters}
 */
export function withPolicy(filters, choice) {
  if (typeof choice === 'object') {
    return { ...filters, policy: 'custom', weights: { ...filters.weights, ...choice } };
  }
  const weights = choice === 'custom' ? filters.weights : { ...PRESETS[choice] };
  return { ...filters, policy: choice, weights };
}
