// What counts: the score's terms, and the weights that a policy gives them.

/**
 * @typedef {import('goodsrank').PolicyName} PolicyName
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {import('./query.js').Filters} Filters
 * @typedef {Record<TermName, number>} Weights
 */

/**
 * Terms by what they tell of, as the sliders are grouped.
 *
 * @type {Record<'match' | 'earnings' | 'supply' | 'trust', TermName[]>}
 */
export const GROUPS = {
  match: ['fit', 'temperature', 'trend', 'spread', 'season', 'priceFit'],
  earnings: ['margin', 'priceAdvantage', 'rivals'],
  supply: ['moq', 'leadTime', 'fillRate'],
  trust: ['reviews', 'returns', 'risk', 'selection'],
};

/** @type {TermName[]} in the order of the engine's columns */
export const TERMS = [
  'fit',
  'temperature',
  'priceFit',
  'trend',
  'margin',
  'priceAdvantage',
  'rivals',
  'moq',
  'leadTime',
  'reviews',
  'returns',
  'fillRate',
  'risk',
  'selection',
  'spread',
  'season',
];

/**
 * Where the sliders stand for a preset. The engine has these weights itself; a
 * test holds the two to be the same.
 *
 * @type {Record<PolicyName, Weights>}
 */
export const PRESETS = {
  balanced: weights({
    fit: 1,
    temperature: 0.25,
    priceFit: 0.1,
    trend: 0.1,
    margin: 0.3,
    priceAdvantage: 0.25,
    rivals: 0.05,
    moq: 0.1,
    leadTime: 0.1,
    reviews: 0.25,
    returns: 0.25,
    fillRate: 0.1,
    risk: 0.5,
  }),
  profit: weights({ fit: 1, margin: 0.5 }),
  trend: weights({ fit: 1, temperature: 0.5, trend: 1, risk: 0.5, spread: 0.25 }),
  niche: weights({ fit: 1, priceFit: 0.25, margin: 0.5, rivals: 0.5, risk: 0.5 }),
  newcomer: weights({
    fit: 1,
    temperature: 0.5,
    margin: 0.5,
    moq: 0.5,
    leadTime: 0.25,
    reviews: 1,
    returns: 1,
    fillRate: 0.5,
    risk: 1,
  }),
  plain: weights({ temperature: 1, reviews: 0.5, returns: 0.5, risk: 1 }),
  1688: weights({ temperature: 0.01, selection: 1 }),
  fit: weights({ fit: 1 }),
};

/** The presets as they are offered. @type {PolicyName[]} */
export const POLICIES = [
  'balanced',
  'profit',
  'trend',
  'niche',
  'newcomer',
  'plain',
  '1688',
  'fit',
];

/** @param {Partial<Weights>} some @returns {Weights} */
function weights(some) {
  return /** @type {Weights} */ (Object.fromEntries(TERMS.map((term) => [term, some[term] ?? 0])));
}

/**
 * Chooses a preset, or a weight, which makes the policy a custom one.
 *
 * @param {Filters} filters
 * @param {PolicyName | 'custom' | Partial<Weights>} choice
 * @returns {Filters}
 */
export function withPolicy(filters, choice) {
  if (typeof choice === 'object') {
    return { ...filters, policy: 'custom', weights: { ...filters.weights, ...choice } };
  }
  const weights = choice === 'custom' ? filters.weights : { ...PRESETS[choice] };
  return { ...filters, policy: choice, weights };
}
