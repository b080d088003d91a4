// A sales file matched in every shard: a row means what it would in one shard of
// all goods, so the first column that finds something in any shard decides.

import { byBytes } from './bytes.js';

/**
 * @typedef {import('../../index.d.ts').UnmatchedRow} UnmatchedRow
 * @typedef {import('../../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../../dist/goodsrank_wasm.js').Sales} Sales
 * @typedef {import('../../dist/goodsrank_wasm.js').Shop} Shop
 * @typedef {import('./shop.js').ManyShop} ManyShop
 *
 * What a row may mean: by which column, and which goods.
 * @typedef {{ label: string, by: number, goods: Set<string> }} Finding
 */

/** In the order of the core's. */
const BY = /** @type {const} */ (['id', 'gtin', 'sku', 'title']);
/** As the core names so many. */
const MAX_CANDIDATES = 10;
const MAX_UNMATCHED = 1000;

export class ManySales {
  #many;
  #engines;
  #sales;
  #unite;
  /** What rows mean, by line. @type {Map<number, string>} */
  #goods = new Map();
  #matched = { id: 0, gtin: 0, sku: 0, title: 0 };
  /** @type {UnmatchedRow[]} */
  #unmatched;
  #rows;

  /**
   * @param {{ good(id: string): unknown }} many
   * @param {() => Engine[]} engines
   * @param {Sales[]} sales
   * @param {(shops: Shop[]) => ManyShop} unite
   */
  constructor(many, engines, sales, unite) {
    this.#many = many;
    this.#engines = engines;
    this.#sales = sales;
    this.#unite = unite;
    const reports = sales.map((one, i) => one.found(/** @type {Engine} */ (engines()[i])));
    const findings = united(reports.map(([findings]) => findings));
    for (const [line, { by, goods }] of findings) {
      const [one] = goods;
      const name = BY[by];
      if (goods.size !== 1 || one === undefined || !name) continue;
      this.#goods.set(line, one);
      this.#matched[name] += 1;
    }
    this.#rows = reports[0]?.[1].rows ?? 0;
    this.#unmatched = unmatched(reports[0]?.[1].unmatched ?? [], findings);
    this.#settle();
  }

  #settle() {
    const lines = Float64Array.from(this.#goods.keys());
    const goods = [...this.#goods.values()];
    const engines = this.#engines();
    this.#sales.forEach((one, i) => one.settle(/** @type {Engine} */ (engines[i]), lines, goods));
  }

  report() {
    const shop = this.shop();
    const goods = shop.known;
    shop.free();
    return {
      rows: this.#rows,
      matched: this.#matched,
      unmatched: this.#unmatched.slice(0, MAX_UNMATCHED),
      unmatchedTotal: this.#unmatched.length,
      goods,
    };
  }

  /**
   * @param {unknown} _
   * @param {number} line
   * @param {string} id
   */
  assign(_, line, id) {
    const engines = this.#engines();
    const own = Math.max(engines.findIndex((engine) => engine.good(id) !== null), 0);
    // It refuses what it does not know, be it the good or the line.
    this.#sales[own]?.assign(/** @type {Engine} */ (engines[own]), line, id);
    this.#goods.set(line, id);
    this.#unmatched = this.#unmatched.filter((row) => row.line !== line);
    this.#settle();
  }

  shop() {
    return this.#unite(this.#sales.map((one) => one.shop()));
  }

  free() {
    for (const one of this.#sales) one.free();
  }
}

/**
 * @param {[number, string, number, string[]][][]} shards
 * @returns {Map<number, Finding>}
 */
function united(shards) {
  /** @type {Map<number, Finding>} */
  const all = new Map();
  for (const [line, label, by, goods] of shards.flat()) {
    const other = all.get(line);
    if (!other || by < other.by) all.set(line, { label, by, goods: new Set(goods) });
    else if (by === other.by) for (const good of goods) other.goods.add(good);
  }
  return all;
}

/**
 * The rows that mean no good, or several, in the order of the file.
 *
 * @param {UnmatchedRow[]} rows of one shard
 * @param {Map<number, Finding>} findings of all
 */
function unmatched(rows, findings) {
  /** @type {UnmatchedRow[]} */
  const ambiguous = [];
  for (const [line, { label, goods }] of findings) {
    if (goods.size < 2) continue;
    const candidates = [...goods].sort(byBytes).slice(0, MAX_CANDIDATES);
    ambiguous.push({ line, label, status: 'ambiguous', candidates, reason: '' });
  }
  const others = rows.filter(({ line }) => !findings.has(line));
  return [...others, ...ambiguous].sort((a, b) => a.line - b.line);
}
