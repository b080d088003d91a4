// The filters as they stand in the page, and the query they make.

import { CHANNELS, toChannel } from './channel.js';
import { parsePercent, parsePrice } from './format.js';
import { PRESETS } from './policy.js';

/**
 * @typedef {import('goodsrank').ChannelName} ChannelName
 * @typedef {import('goodsrank').PolicyName} PolicyName
 * @typedef {import('goodsrank').Query} Query
 * @typedef {import('goodsrank').RiskName} RiskName
 * @typedef {import('goodsrank').Rules} Rules
 * @typedef {import('goodsrank').Shop} Shop
 * @typedef {import('./channel.js').Costs} Costs
 * @typedef {import('./policy.js').Weights} Weights
 */

/**
 * Prices and numbers stay as they were typed: half a number is no number yet.
 *
 * @typedef {object} Filters
 * @property {string} text
 * @property {string} category "" for all
 * @property {string} supplier an id; "" for any
 * @property {string} brand "" for any
 * @property {string} shipsTo a destination; "" for any
 * @property {string} priceMin major units
 * @property {string} priceMax major units
 * @property {string} marginMin percent of the retail price
 * @property {string} moqMax pieces
 * @property {string} leadTimeMax days
 * @property {string} reviewsMin
 * @property {string} newWithinDays
 * @property {boolean} inStock
 * @property {RiskName[]} withoutRisks
 * @property {boolean} includeSold
 * @property {boolean} collapse near-duplicates are one row
 * @property {string} perCategory rows
 * @property {string} perSupplier rows
 * @property {number} explore share of the rows
 * @property {number} seed
 * @property {PolicyName | 'custom'} policy
 * @property {Weights} weights what the sliders show
 * @property {ChannelName | 'custom'} channel
 * @property {Costs} costs what the fields show
 * @property {number} limit
 */

/** @typedef {'marginMin' | 'moqMax' | 'leadTimeMax' | 'reviewsMin' | 'newWithinDays'} NumberName */

/** What limits the rows of a kind. @typedef {'perCategory' | 'perSupplier'} CapName */

/**
 * A filter that takes goods away, as it can be removed again.
 *
 * @typedef {'text' | 'category' | 'supplier' | 'brand' | 'shipsTo' | 'priceMin' | 'priceMax' | 'sold' | 'inStock'
 *   | 'withoutRisks' | NumberName} FilterName
 */

/** Gravest first. @type {RiskName[]} */
export const RISKS = [
  'brand',
  'outOfStock',
  'returns',
  'priceOutlier',
  'cooling',
  'thinEvidence',
  'singleSource',
];

/** @type {NumberName[]} */
export const NUMBERS = ['marginMin', 'moqMax', 'leadTimeMax', 'reviewsMin', 'newWithinDays'];

/** @type {CapName[]} */
export const CAPS = ['perCategory', 'perSupplier'];

/** Shares of the rows for goods of which little is known. */
export const EXPLORE = [0, 0.05, 0.1, 0.2];

export const LIMITS = [20, 50, 100];

/** @returns {Filters} */
export function noFilters() {
  return {
    text: '',
    category: '',
    supplier: '',
    brand: '',
    shipsTo: '',
    priceMin: '',
    priceMax: '',
    marginMin: '',
    moqMax: '',
    leadTimeMax: '',
    reviewsMin: '',
    newWithinDays: '',
    inStock: false,
    withoutRisks: [],
    includeSold: false,
    collapse: false,
    perCategory: '',
    perSupplier: '',
    explore: 0,
    seed: 0,
    policy: 'balanced',
    weights: { ...PRESETS.balanced },
    channel: 'own',
    costs: { ...CHANNELS.own },
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
  const { policy, weights, channel, costs, limit } = filters;
  /** @type {Query} */
  const query = {
    rules: toRules(filters, exponent),
    policy: policy === 'custom' ? { ...weights } : policy,
    channel: channel === 'custom' ? toChannel(costs, exponent).channel : channel,
    limit,
  };
  if (shop !== undefined) query.shop = shop;
  const diversity = toDiversity(filters);
  if (diversity !== null) query.diversity = diversity;
  return query;
}

/**
 * What is shown of the best; null where the best are simply shown.
 *
 * @param {Filters} filters
 */
function toDiversity(filters) {
  const { collapse, explore, seed } = filters;
  const [perCategory, perSupplier] = CAPS.map((name) => countOf(filters, name) ?? 0);
  if (!collapse && explore === 0 && perCategory === 0 && perSupplier === 0) return null;
  return { collapse, explore, seed, perCategory, perSupplier };
}

/**
 * A number of rows that was typed; null where it is none.
 *
 * @param {Pick<Filters, CapName>} filters @param {CapName} name
 */
export function countOf(filters, name) {
  const count = parsePrice(filters[name], 0);
  return count !== null && count > 0 && count < 2 ** 32 ? count : null;
}

/** @param {Filters} filters @param {number} exponent */
function toRules(filters, exponent) {
  const { min, max } = priceRange(filters, exponent);
  /** @type {Rules} */
  const rules = {};
  if (filters.text.trim() !== '') rules.text = filters.text;
  if (filters.category !== '') rules.categories = [filters.category];
  if (filters.supplier !== '') rules.suppliers = [filters.supplier];
  if (filters.brand !== '') rules.brands = [filters.brand];
  if (filters.shipsTo !== '') rules.shipsTo = filters.shipsTo;
  if (min !== null) rules.priceMin = min;
  if (max !== null) rules.priceMax = max;
  for (const name of NUMBERS) {
    const value = numberOf(filters, name);
    if (value !== null) rules[name] = value;
  }
  if (filters.inStock) rules.inStock = true;
  if (filters.withoutRisks.length > 0) rules.withoutRisks = [...filters.withoutRisks];
  if (filters.includeSold) rules.includeSold = true;
  return rules;
}

/**
 * A number that was typed, as its rule takes it; null where it is none.
 *
 * @param {Pick<Filters, NumberName>} filters @param {NumberName} name
 */
export function numberOf(filters, name) {
  if (name !== 'marginMin') return parsePrice(filters[name], 0);
  const share = parsePercent(filters.marginMin);
  return share !== null && share < 1 ? share : null;
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
    ['brand', filters.brand !== ''],
    ['shipsTo', filters.shipsTo !== ''],
    ['priceMin', min !== null],
    ['priceMax', max !== null],
    ...NUMBERS.map((name) => {
      return /** @type {[FilterName, boolean]} */ ([name, numberOf(filters, name) !== null]);
    }),
    ['inStock', filters.inStock],
    ['withoutRisks', filters.withoutRisks.length > 0],
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
  if (name === 'sold') return { ...filters, includeSold: true };
  if (name === 'inStock') return { ...filters, inStock: false };
  return { ...filters, [name]: name === 'withoutRisks' ? [] : '' };
}

/**
 * The filters with none that takes goods away; what counts and how many rows
 * are shown stay.
 *
 * @param {Filters} filters
 * @returns {Filters}
 */
export function withoutAny(filters) {
  const { policy, weights, channel, costs, limit, includeSold } = filters;
  const { collapse, perCategory, perSupplier, explore, seed } = filters;
  const variety = { collapse, perCategory, perSupplier, explore, seed };
  return { ...noFilters(), policy, weights, channel, costs, limit, includeSold, ...variety };
}

/**
 * The engine's name for the rule that a filter makes.
 *
 * @param {FilterName} name
 * @returns {import('goodsrank').Removed['rule']}
 */
export function ruleOf(name) {
  if (name === 'category') return 'categories';
  if (name === 'supplier') return 'suppliers';
  if (name === 'brand') return 'brands';
  if (name === 'priceMin' || name === 'priceMax') return 'price';
  return name === 'sold' ? 'includeSold' : name;
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
