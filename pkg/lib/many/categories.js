/** @param {string} path @param {string} above */
export const isBelow = (path, above) => path.startsWith(`${above}/`);

/**
 * Whether a shard may have goods of a category, or of what lies below it.
 *
 * @param {import('../manifest.js').Entry} entry
 * @param {string} path
 */
export function touches({ categories }, path) {
  return categories.some((own) => own === path || isBelow(own, path) || isBelow(path, own));
}
