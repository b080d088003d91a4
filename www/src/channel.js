// Where the shop sells, and what that costs.

import { parsePercent, parsePrice } from './format.js';

/**
 * @typedef {import('goodsrank').Channel} Channel
 * @typedef {import('goodsrank').ChannelName} ChannelName
 * @typedef {import('./query.js').Filters} Filters
 */

/**
 * What selling costs, as it was typed: shares in percent, amounts in major
 * units.
 *
 * @typedef {Record<keyof Channel, string>} Costs
 */

/** Costs that are a share, with the greatest that the engine takes. */
export const SHARES = { markup: 100, commission: 1, payment: 1, landing: 100 };

/** The greatest amount that it takes, in minor units. */
const MOST = 1e12;

/** @type {(keyof Channel)[]} */
export const COSTS = [
  'markup',
  'commission',
  'payment',
  'landing',
  'shipping',
  'insurance',
  'returnCost',
];

const OWN = {
  markup: '100',
  commission: '0',
  payment: '3',
  landing: '5',
  shipping: '0',
  insurance: '0',
  returnCost: '0',
};

/**
 * What the fields show for a preset; the engine has these costs itself.
 *
 * @type {Record<ChannelName, Costs>}
 */
export const CHANNELS = {
  own: OWN,
  marketplace: { ...OWN, commission: '5', payment: '0.6' },
  live: { ...OWN, commission: '20', payment: '0.6' },
};

/**
 * Chooses a preset channel, or a cost, which makes the channel a custom one.
 *
 * @param {Filters} filters
 * @param {ChannelName | Partial<Costs>} choice
 * @returns {Filters}
 */
export function withChannel(filters, choice) {
  if (typeof choice === 'string') {
    return { ...filters, channel: choice, costs: { ...CHANNELS[choice] } };
  }
  return { ...filters, channel: 'custom', costs: { ...filters.costs, ...choice } };
}

/**
 * The costs that were typed, and the names of those that are none: the engine
 * then takes what a shop of one's own has.
 *
 * @param {Costs} costs @param {number} exponent
 * @returns {{ channel: Channel, faults: (keyof Channel)[] }}
 */
export function toChannel(costs, exponent) {
  /** @type {Channel} */
  const channel = {};
  /** @type {(keyof Channel)[]} */
  const faults = [];
  for (const name of COSTS) {
    const cost = name in SHARES ? parsePercent(costs[name]) : parsePrice(costs[name], exponent);
    const most = SHARES[/** @type {keyof typeof SHARES} */ (name)] ?? MOST;
    if (cost === null || cost > most) faults.push(name);
    else channel[name] = cost;
  }
  return { channel, faults };
}
