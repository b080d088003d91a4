import { GoodsRankError } from '../error.js';

/**
 * What several shards cannot do together.
 *
 * @param {string} what
 * @param {string} remedy
 */
export function unsupported(what, remedy) {
  return new GoodsRankError('unsupported', `unsupported over several shards: ${what}; ${remedy}`);
}
