import { badQuery, messageOf, shown } from '../lib/error.js';
import { guard } from '../lib/module.js';
import { ofFile, readIds } from './input.js';

/**
 * @typedef {import('./args.js').RankOptions} RankOptions
 * @typedef {import('../index.d.ts').Query} Query
 */

// As the core says them.
const POLICY =
  'balanced, profit, trend, niche, newcomer, plain, 1688, fit or an object of weights by term';
const CHANNEL =
  'own, marketplace, live or an object with the fields markup, commission, payment, landing, shipping, insurance and returnCost at most';

/**
 * The query of the arguments, its shop left out.
 *
 * @param {RankOptions} options
 * @returns {Promise<Query>}
 */
export async function queryOf({ rules, only, policy, channel, diversity, limit }) {
  return {
    policy: /** @type {Query['policy']} */ (orJson(policy, 'policy', POLICY)),
    channel: /** @type {Query['channel']} */ (orJson(channel, 'channel', CHANNEL)),
    ...(diversity === undefined
      ? {}
      : { diversity: parseObject(diversity, 'diversity', 'a JSON object of limits') }),
    limit,
    rules: {
      ...(rules === undefined ? {} : parseObject(rules, 'rules', 'a JSON object of rules')),
      ...(only === undefined ? {} : { only: await readOnly(only) }),
    },
  };
}

/**
 * A preset's name as it is, an object parsed.
 *
 * @param {string} text @param {string} field @param {string} expected
 */
function orJson(text, field, expected) {
  return text.startsWith('{') ? parseObject(text, field, expected) : text;
}

/** @param {string} json @param {string} field @param {string} expected */
function parseObject(json, field, expected) {
  const value = parse(json, field, expected);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw badQuery(field, expected, shown(value));
}

/** @param {string} json @param {string} field @param {string} expected */
function parse(json, field, expected) {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw badQuery(field, expected, messageOf(error));
  }
}

/**
 * The goods of an allow-list.
 *
 * @param {string} path
 */
async function readOnly(path) {
  const ids = await readIds(path, 'reading the allow-list');
  return ofFile(path, () => guard(() => ids.goods()));
}
