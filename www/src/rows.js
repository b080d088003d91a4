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
  /** @type {Map<number, RankedGood>} by row of the shard */
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
    const known = this.#known.get(ranking.goods[i]);
    const good = known ? { ...known, ...figures(ranking, i) } : ranking.row(i);
    this.#known.set(ranking.goods[i], good);
    return good;
  }

  clear() {
    this.#known.clear();
    this.#key = [];
  }
}

/** @param {Ranking} ranking @param {number} i */
function figures({ scores, terms }, i) {
  const now = Object.fromEntries(TERMS.map((term) => [term, terms[term][i]]));
  return { rank: i + 1, score: scores[i], terms: /** @type {RankedGood['terms']} */ (now) };
}
