// A ranking's rows, unpacked once.
//
// Unpacking a row inflates the texts of its good and of those behind it: about
// a millisecond, so twenty rows would cost a slider its smoothness. But what a
// row says besides place and figures depends on the good, the shop and which
// terms are weighed at all; it stays as filters and weights move.

import { TERMS } from './policy.js';

/**
 * @typedef {import('goodsrank').Ranking} Ranking
 * @typedef {import('goodsrank').RankedGood} RankedGood
 */

/** Goods that are kept; a merchant who has seen more starts anew. */
const MOST = 2000;

export class Rows {
  /** @type {Map<string, RankedGood>} by row of the shard, and of those behind it */
  #known = new Map();
  /** @type {unknown[]} */
  #key = [];

  /**
   * All rows of a ranking.
   *
   * @param {Ranking} ranking
   * @param {unknown[]} key what the rest of a row depends on, compared by `===`
   * @returns {RankedGood[]}
   */
  of(ranking, key) {
    const same = key.length === this.#key.length && key.every((part, i) => part === this.#key[i]);
    if (!same || this.#known.size > MOST) this.#known.clear();
    this.#key = key;
    return Array.from({ length: ranking.length }, (_, i) => this.#row(ranking, i));
  }

  /** @param {Ranking} ranking @param {number} i */
  #row(ranking, i) {
    const behind = ranking.behind[i]?.join() ?? '';
    const key = `${ranking.goods[i]} ${behind}`;
    const known = this.#known.get(key);
    const good = known ? { ...known, ...figures(ranking, i) } : ranking.row(i);
    this.#known.set(key, good);
    return good;
  }

  clear() {
    this.#known.clear();
    this.#key = [];
  }
}

/** @param {Ranking} ranking @param {number} i */
function figures({ scores, terms, probabilities }, i) {
  const now = Object.fromEntries(TERMS.map((term) => [term, terms[term][i]]));
  const probability = probabilities[i] ?? 1;
  const all = /** @type {RankedGood['terms']} */ (now);
  return { rank: i + 1, score: scores[i], terms: all, probability };
}
