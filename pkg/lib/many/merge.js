// Rankings of shards as one: the best heads first, ties by id.

import { byBytes } from './bytes.js';
import { numberOf } from './rows.js';

/**
 * @typedef {import('../ranking.js').MadeRanking} MadeRanking
 *
 * @typedef {object} One
 * @property {number} shard
 * @property {MadeRanking} made
 * @property {string[]} ids of its goods
 * @property {Uint32Array} categories rows of the table, which all shards have
 * @property {Uint32Array} suppliers
 * @property {number} limit that it was asked for
 */

/**
 * What is to be counted over the shards is left at 0. `dry` says whether one of
 * them gave all that it was asked for and may have more.
 *
 * @param {One[]} rankings
 * @param {{ limit: number, perCategory: number, perSupplier: number }} caps
 */
export function merged(rankings, { limit, perCategory, perSupplier }) {
  const heads = rankings.map(() => 0);
  const categories = new Counts(perCategory);
  const suppliers = new Counts(perSupplier);
  /** @type {[One, number][]} */
  const rows = [];
  while (rows.length < limit) {
    const next = best(rankings, heads);
    if (next < 0) break;
    const one = /** @type {One} */ (rankings[next]);
    const at = heads[next] ?? 0;
    heads[next] = at + 1;
    const [category, supplier] = [one.categories[at] ?? 0, one.suppliers[at] ?? 0];
    if (categories.isFull(category) || suppliers.isFull(supplier)) continue;
    categories.add(category);
    suppliers.add(supplier);
    rows.push([one, at]);
  }
  const dry = rankings.some(
    ({ made, limit }, i) => made.goods.length === heads[i] && made.goods.length === limit,
  );
  return { made: columns(rankings, rows, perCategory > 0 || perSupplier > 0), dry };
}

/**
 * The ranking whose head is next; -1 where none is left.
 *
 * @param {One[]} rankings
 * @param {number[]} heads
 */
function best(rankings, heads) {
  let best = -1;
  rankings.forEach(({ made, ids }, i) => {
    const [head, score] = [heads[i] ?? 0, made.scores[heads[i] ?? 0]];
    if (score === undefined) return;
    const other = rankings[best];
    const at = heads[best] ?? 0;
    const first = other?.made.scores[at];
    if (first === undefined || score > first) best = i;
    else if (score === first && byBytes(ids[head] ?? '', other?.ids[at] ?? '') < 0) best = i;
  });
  return best;
}

/** Rows that a kind has had; 0 is no kind. */
class Counts {
  #most;
  /** @type {Map<number, number>} */
  #had = new Map();

  /** @param {number} most 0 for any number */
  constructor(most) {
    this.#most = most;
  }

  /** @param {number} kind */
  isFull(kind) {
    return this.#most > 0 && kind > 0 && (this.#had.get(kind) ?? 0) >= this.#most;
  }

  /** @param {number} kind */
  add(kind) {
    this.#had.set(kind, (this.#had.get(kind) ?? 0) + 1);
  }
}

/**
 * @param {One[]} rankings
 * @param {[One, number][]} rows
 * @param {boolean} capped
 * @returns {MadeRanking}
 */
function columns(rankings, rows, capped) {
  const made = rankings.map(({ made }) => made);
  const [first] = made;
  const numbered = (/** @type {number} */ shard, /** @type {Uint32Array} */ goods) =>
    goods.map((row) => numberOf(shard, row));
  /** @param {(made: MadeRanking) => ArrayLike<number> | undefined} of */
  const column = (of) => rows.map(([{ made }, at]) => of(made)?.[at] ?? 0);
  // As one shard has them, whichever of the ways to be diverse is asked for.
  const diverse = capped || made.some(({ behind }) => behind.length > 0);
  return {
    goods: Uint32Array.from(rows, ([{ shard, made }, at]) => numberOf(shard, made.goods[at] ?? 0)),
    scores: Float64Array.from(column((made) => made.scores)),
    terms: (first?.terms ?? []).map((_, i) => Int32Array.from(column((made) => made.terms[i]))),
    unknown: Uint16Array.from(column((made) => made.unknown)),
    policy: first?.policy ?? new Float64Array(),
    candidates: 0,
    known: 0,
    behind: diverse
      ? rows.map(([{ shard, made }, at]) => numbered(shard, made.behind[at] ?? new Uint32Array()))
      : [],
    probabilities: new Float64Array(diverse ? rows.length : 0).fill(1),
    removed: [],
    relax: [],
    shopGoods: joined(rankings.map(({ shard, made }) => numbered(shard, made.shopGoods))),
    shopWeights: Float32Array.from(made.flatMap(({ shopWeights }) => [...shopWeights])),
    shopMass: first?.shopMass ?? 0,
  };
}

/** @param {Uint32Array[]} parts */
const joined = (parts) => Uint32Array.from(parts.flatMap((part) => [...part]));
