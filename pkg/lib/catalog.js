import { dispose } from './dispose.js';
import { badQuery, shown } from './error.js';
import { withFeedback } from './feedback.js';
import { Handle } from './handle.js';
import { Ranking } from './ranking.js';
import { SalesMatch } from './sales.js';
import { openShard } from './shard.js';

/**
 * @typedef {import('../index.d.ts').CatalogInfo} CatalogInfo
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../index.d.ts').Query} Query
 * @typedef {import('../index.d.ts').RankedShop} RankedShop
 * @typedef {import('../index.d.ts').ShardSource} ShardSource
 * @typedef {import('../index.d.ts').ShopsOptions} ShopsOptions
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 */

/** What `open` alone can give the constructor. */
const OPENED = Symbol('opened');

/** An open catalog. */
export class GoodsRank {
  /** @type {Handle<Engine>} */
  #engine;
  /** @type {CatalogInfo | null} */
  #info = null;

  /**
   * @param {symbol} opened
   * @param {Engine} engine
   */
  constructor(opened, engine) {
    if (opened !== OPENED) throw badQuery('GoodsRank', 'GoodsRank.open()', 'new GoodsRank()');
    this.#engine = new Handle('the catalog', engine);
  }

  /**
   * @param {ShardSource} source
   * @param {OpenOptions} [options]
   */
  static async open(source, options) {
    return new GoodsRank(OPENED, await openShard(source, options));
  }

  /** @returns {CatalogInfo} */
  get info() {
    this.#info ??= this.#engine.use((engine) => engine.info());
    return /** @type {CatalogInfo} */ (this.#info);
  }

  /** @param {Query} [query] */
  rank(query = {}) {
    const started = performance.now();
    const made = new Handle('the ranking', this.#rank(withFeedback(query)));
    try {
      return made.use((made) => new Ranking(this.#engine, made, started));
    } finally {
      made.close();
    }
  }

  /** @param {Query} query */
  #rank(query) {
    const shop = query?.shop;
    if (!(shop instanceof SalesMatch)) return this.#engine.use((engine) => engine.rank(query));
    const sales = SalesMatch.handle(shop, this.#engine);
    if (!sales) {
      throw badQuery('shop', 'a sales file that this catalog matched', 'one of another catalog');
    }
    return this.#engine.use((engine) => engine.rankSales(query, sales.object));
  }

  /**
   * The other direction: public shops for a good.
   *
   * @param {string} goodId
   * @param {ShopsOptions} [options]
   * @returns {RankedShop[]}
   */
  shopsFor(goodId, options) {
    if (typeof goodId !== 'string') throw badQuery('goodId', "a good's id", shown(goodId));
    return this.#engine.use((engine) => engine.shopsFor(goodId, options));
  }

  /** @param {string | Uint8Array} csv */
  matchSales(csv) {
    const bytes = typeof csv === 'string' ? new TextEncoder().encode(csv) : csv;
    if (!(bytes instanceof Uint8Array)) {
      throw badQuery('csv', 'a text or a Uint8Array', shown(csv));
    }
    return new SalesMatch(
      this.#engine,
      this.#engine.use((engine) => engine.matchSales(bytes)),
    );
  }

  /** @param {string} id */
  good(id) {
    if (typeof id !== 'string') throw badQuery('id', "a good's id", shown(id));
    return this.#engine.use((engine) => engine.good(id));
  }

  close() {
    this.#info = null;
    this.#engine.close();
  }

  [dispose]() {
    this.close();
  }
}
