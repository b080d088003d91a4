import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import '../node.js';
import { GoodsRankError, badQuery, messageOf } from '../lib/error.js';
import { Handle } from '../lib/handle.js';
import { openShard } from '../lib/shard.js';
import { Step } from './progress.js';

/**
 * @typedef {import('./args.js').RankOptions} RankOptions
 * @typedef {import('../index.d.ts').Query} Query
 */

/**
 * Opens a folder with a manifest, or a .grs file.
 *
 * @param {string} shards
 */
export async function openCatalog(shards) {
  const folder = (await reading(shards, stat(shards))).isDirectory();
  const url = pathToFileURL(folder ? join(shards, 'manifest.json') : shards);
  const step = new Step('reading the shard');
  try {
    const engine = await openShard(url, {
      onProgress: ({ loaded, total }) => step.at(loaded, total ?? 0),
    });
    return new Handle('the catalog', engine);
  } finally {
    step.end();
  }
}

/**
 * The query of the arguments, its shop left out.
 *
 * @param {RankOptions} options
 * @returns {Query}
 */
export function queryOf({ rules, policy, limit }) {
  const query = { policy: /** @type {Query['policy']} */ (policy), limit };
  return rules === undefined ? query : { ...query, rules: parseRules(rules) };
}

/** @param {string} json */
function parseRules(json) {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw badQuery('rules', 'a JSON object of rules', messageOf(error));
  }
}

/**
 * What a file gives, its name in the error if it gives none.
 *
 * @template T
 * @param {string} path
 * @param {Promise<T>} promise
 */
export async function reading(path, promise) {
  try {
    return await promise;
  } catch (error) {
    throw new Error(`cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Calls what reads a file's content, with the file's name in its error.
 *
 * @template T
 * @param {string} path
 * @param {() => T} call
 */
export function ofFile(path, call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof GoodsRankError)) throw error;
    throw new GoodsRankError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}
