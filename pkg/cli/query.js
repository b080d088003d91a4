import { badQuery, messageOf, shown } from '../lib/error.js';
import { guard } from '../lib/module.js';
import { ofFile, readIds } from './input.js';

/**
 * @typedef {import('./args.js').RankOptions} RankOptions
 * @typedef {import('../index.d.ts').Query} Query
 */

/**
 * The query of the arguments, its shop left out.
 *
 * @param {RankOptions} options
 * @returns {Promise<Query>}
 */
export async function queryOf({ rules, only, policy, limit }) {
  return {
    policy: /** @type {Query['policy']} */ (policy),
    limit,
    rules: {
      ...(rules === undefined ? {} : parseRules(rules)),
      ...(only === undefined ? {} : { only: await readOnly(only) }),
    },
  };
}

/** @param {string} json */
function parseRules(json) {
  const rules = parse(json);
  if (typeof rules === 'object' && rules !== null && !Array.isArray(rules)) return rules;
  throw badRules(shown(rules));
}

/** @param {string} json */
function parse(json) {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw badRules(messageOf(error));
  }
}

/** @param {string} found */
function badRules(found) {
  return badQuery('rules', 'a JSON object of rules', found);
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
