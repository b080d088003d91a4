// A shop as each shard sees it, and told to each what it comes to in all.

import { byBytes } from './bytes.js';

/**
 * @typedef {import('../../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../../dist/goodsrank_wasm.js').Shop} Shop
 */

/**
 * Of each shard the same, in their order; what was made is given back if one fails.
 *
 * @template {{ free(): void }} T
 * @param {Engine[]} engines
 * @param {(engine: Engine, i: number) => T} make
 */
export function ofEach(engines, make) {
  /** @type {T[]} */
  const made = [];
  try {
    engines.forEach((engine, i) => made.push(make(engine, i)));
    return made;
  } catch (error) {
    for (const one of made) one.free();
    throw error;
  }
}

export class ManyShop {
  /** Goods that any shard knows. */
  known = 0;

  /**
   * @param {Engine[]} engines
   * @param {Shop[]} shops
   */
  constructor(engines, shops) {
    this.shops = shops;
    /** @type {Map<string, number[]>} */
    const goods = new Map();
    /** @type {number[][]} */
    let unknown = [];
    engines.forEach((engine, i) => {
      const [ids, ...columns] = engine.told(/** @type {Shop} */ (shops[i]));
      const told = (/** @type {number} */ row) => columns.map((column) => column[row]);
      /** @type {string[]} */ (ids).forEach((id, row) => goods.set(id, told(row)));
      // Of what no shard knows each says the same.
      const more = columns[0].length - ids.length;
      unknown = Array.from({ length: more }, (_, j) => told(ids.length + j));
    });
    this.known = goods.size;
    // As the rows of one shard would lie, for a sum depends on its order.
    const sorted = [...goods].sort(([a], [b]) => byBytes(a, b)).map(([, told]) => told);
    const mass = sorted.reduce((sum, [, weight = 0]) => sum + weight, 0);
    const all = [...sorted, ...unknown];
    const column = (/** @type {number} */ i) => Float64Array.from(all, (told) => told[i] ?? NaN);
    for (const shop of shops) shop.within(mass, column(0), column(1), column(2));
  }

  free() {
    for (const shop of this.shops) shop.free();
  }
}
