import { complete } from './cold.js';
import { badQuery, shown } from './error.js';

/**
 * @typedef {import('../index.d.ts').RankedGood} RankedGood
 * @typedef {import('../index.d.ts').TermName} TermName
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('./handle.js').Handle<Engine>} EngineHandle
 * @typedef {[import('../index.d.ts').Removed['rule'], number]} Pair
 *
 * What the module makes of a query: columns.
 *
 * @typedef {object} MadeRanking
 * @property {Uint32Array} goods
 * @property {Float64Array} scores
 * @property {Int32Array[]} terms
 * @property {Uint16Array} unknown
 * @property {Float64Array} policy
 * @property {number} candidates
 * @property {number} known
 * @property {Uint32Array[]} behind
 * @property {Float64Array} probabilities
 * @property {Pair[]} removed
 * @property {Pair[]} relax
 * @property {Uint32Array} shopGoods
 * @property {Float32Array} shopWeights
 * @property {number} shopMass sum of the weights, in all shards
 */

/** In the order of the core's columns. @type {TermName[]} */
const TERMS = [
  'fit',
  'temperature',
  'priceFit',
  'trend',
  'margin',
  'priceAdvantage',
  'rivals',
  'moq',
  'leadTime',
  'reviews',
  'returns',
  'fillRate',
  'risk',
  'selection',
  'spread',
  'season',
];

/**
 * @param {Pair} pair
 * @returns {import('../index.d.ts').Removed}
 */
const asRemoved = ([rule, goods]) => ({ rule, goods });

/**
 * The best goods of one query. Everything but the texts of a row was copied
 * out of wasm memory, so a ranking needs no closing and outlives its catalog.
 */
export class Columns {
  #unknown;
  #shopGoods;
  #shopWeights;
  #shopMass;

  /**
   * @param {MadeRanking} made
   * @param {number} started when the query came in, of performance.now()
   */
  constructor(made, started) {
    this.#unknown = made.unknown;
    this.#shopGoods = made.shopGoods;
    this.#shopWeights = made.shopWeights;
    this.#shopMass = made.shopMass;
    this.goods = made.goods;
    this.scores = made.scores;
    this.terms = /** @type {Record<TermName, Int32Array>} */ (
      Object.fromEntries(TERMS.map((name, i) => [name, made.terms[i]]))
    );
    this.policy = /** @type {Record<TermName, number>} */ (
      Object.fromEntries(TERMS.map((name, i) => [name, made.policy[i]]))
    );
    this.candidates = made.candidates;
    this.known = made.known;
    this.behind = made.behind;
    this.probabilities = made.probabilities;
    this.removed = made.removed.map(asRemoved);
    this.relax = made.relax.map(asRemoved)[0] ?? null;
    this.length = this.goods.length;
    this.elapsed = performance.now() - started;
  }

  /**
   * What the core makes a row of.
   *
   * @param {Columns} columns
   * @param {number} i
   * @returns {Parameters<Engine['row']>}
   */
  static row(columns, i) {
    const good = columns.goods[i];
    const unknown = columns.#unknown[i];
    if (good === undefined || unknown === undefined) {
      throw badQuery('row', `a whole number from 0 to ${columns.length - 1}`, shown(i));
    }
    return [
      i + 1,
      good,
      Int32Array.from(TERMS, (name) => columns.terms[name][i] ?? 0),
      unknown,
      columns.behind[i] ?? new Uint32Array(),
      columns.probabilities[i] ?? 1,
      columns.#shopGoods,
      columns.#shopWeights,
      columns.#shopMass,
    ];
  }
}

/** With an engine that makes its rows. */
export class Ranking extends Columns {
  #engine;

  /**
   * @param {EngineHandle} engine
   * @param {MadeRanking} made
   * @param {number} started
   */
  constructor(engine, made, started) {
    super(made, started);
    this.#engine = engine;
  }

  /**
   * @param {number} i
   * @returns {RankedGood}
   */
  row(i) {
    const columns = Columns.row(this, i);
    return this.#engine.use((engine) => engine.row(...columns));
  }

  /**
   * @param {number} [from]
   * @param {number} [to]
   * @param {{ signal?: AbortSignal }} [options]
   */
  async rows(from = 0, to = this.length, { signal } = {}) {
    const numbers = [...this.goods.keys()].slice(from, to);
    return complete(this.#engine.cold, () => numbers.map((i) => this.row(i)), signal);
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.length; i++) yield this.row(i);
  }
}
