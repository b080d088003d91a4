// How to find each of a catalog's shards.

import { bad } from '../manifest.js';

/**
 * @typedef {import('../manifest.js').Entry} Entry
 * @typedef {import('../source.js').FindOne} FindOne
 * @typedef {import('../source.js').Name} Name
 * @typedef {import('../source.js').Several} Several
 */

/**
 * @param {Entry[]} entries
 * @param {string} place of the manifest, for errors
 * @param {FindOne} findOne
 * @param {Name} name names the manifest in the store, if all shards are kept
 * @returns {Several}
 */
export function several(entries, place, findOne, name) {
  const twice = entries.find(({ file }, i) => entries.findIndex((other) => other.file === file) < i);
  if (twice) throw bad(place, 'each shard once', `${twice.file} twice`);
  const apart = entries.find(({ categories }) => categories.length === 0);
  if (apart) throw bad(place, `the categories of ${apart.file}`, 'none');
  /** @type {Promise<boolean>[]} */
  const kept = [];
  const parts = entries.map((entry) => ({
    entry,
    find: (/** @type {AbortSignal | undefined} */ signal) =>
      findOne(entry, signal, (keeper) => {
        if (keeper) kept.push(keeper.done());
      }),
  }));
  return { parts, named: async () => name(!(await Promise.all(kept)).includes(false)) };
}
