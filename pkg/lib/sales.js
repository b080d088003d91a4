import { dispose } from './dispose.js';
import { badQuery, shown } from './error.js';
import { Handle } from './handle.js';

/**
 * @typedef {import('../index.d.ts').UnmatchedRow} UnmatchedRow
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../dist/goodsrank_wasm.js').Sales} Sales
 *
 * @typedef {object} Report
 * @property {number} rows
 * @property {{ id: number, gtin: number, sku: number, title: number }} matched
 * @property {UnmatchedRow[]} unmatched
 * @property {number} unmatchedTotal
 * @property {number} goods
 */

/** A merchant's sales file, matched to the catalog of `engine`. */
export class SalesMatch {
  #engine;
  #handle;
  /** @type {Report} */
  #report;

  /**
   * @param {Handle<Engine>} engine
   * @param {Sales} sales
   */
  constructor(engine, sales) {
    this.#engine = engine;
    this.#handle = new Handle('the sales file', sales, engine.cold);
    this.#report = this.#handle.use((sales) => sales.report());
  }

  get rows() {
    return this.#report.rows;
  }

  get matched() {
    return this.#report.matched;
  }

  get unmatched() {
    return this.#report.unmatched;
  }

  get unmatchedTotal() {
    return this.#report.unmatchedTotal;
  }

  get goods() {
    return this.#report.goods;
  }

  /**
   * @param {number} line
   * @param {string} goodId
   */
  assign(line, goodId) {
    if (!Number.isSafeInteger(line) || line < 1) {
      throw badQuery('line', 'a line of the file', shown(line));
    }
    if (typeof goodId !== 'string') throw badQuery('goodId', "a good's id", shown(goodId));
    this.#report = this.#handle.use((sales) => {
      sales.assign(this.#engine.object, line, goodId);
      return sales.report();
    });
  }

  close() {
    this.#handle.close();
  }

  [dispose]() {
    this.close();
  }

  /**
   * The match in wasm memory, if `engine` made it: its rows mean nothing to
   * another catalog.
   *
   * @param {SalesMatch} match
   * @param {Handle<Engine>} engine
   */
  static handle(match, engine) {
    return match.#engine === engine ? match.#handle : null;
  }
}
