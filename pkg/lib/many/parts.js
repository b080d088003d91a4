// How to find each of a catalog's shards.

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
  /** @type {Promise<boolean>[]} */
  const kept = [];
  const parts = entries.map((entry) => ({
    entry,
    find: (/** @type {AbortSignal | undefined} */ signal) =>
      findOne(entry, signal, (keeper) => {
        if (keeper) kept.push(keeper.done());
      }),
  }));
  return { parts, place, named: async () => name(!(await Promise.all(kept)).includes(false)) };
}
