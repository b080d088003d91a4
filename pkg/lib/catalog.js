import { complete } from './cold.js';
import { dispose } from './dispose.js';
import { another, badQuery, shown } from './error.js';
import { withFeedback } from './feedback.js';
import { Handle } from './handle.js';
import { need } from './module.js';
import { Ranking } from './ranking.js';
import { SalesMatch } from './sales.js';
import { openShard } from './shard.js';
import { Users, numbers } from './users.js';

/**
 * @typedef {import('../index.d.ts').CatalogInfo} CatalogInfo
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../index.d.ts').Query} Query
 * @typedef {import('../index.d.ts').RankedShop} RankedShop
 * @typedef {import('../index.d.ts').ShardSource} ShardSource
 * @typedef {import('../index.d.ts').ShopsOptions} ShopsOptions
 * @typedef {import('../index.d.ts').WhatIf} WhatIf
 * @typedef {import('../index.d.ts').UsersOptions} UsersOptions
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../dist/goodsrank_wasm.js').Shop} Shop
 */

/** Half of what WebAssembly can address. */
const MAX_TEXTS = 2 ** 31;

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
   * @param {import('./shard.js').Opened} shard
   */
  constructor(opened, shard) {
    if (opened !== OPENED) throw badQuery('GoodsRank', 'GoodsRank.open()', 'new GoodsRank()');
    this.#engine = new Handle('the catalog', shard.engine, shard.cold);
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
    return new Ranking(this.#engine, GoodsRank.made(this, query), started);
  }

  /**
   * @param {Query} [query]
   * @returns {Uint8Array<ArrayBuffer>}
   */
  rankJson(query = {}) {
    need('engine_rankJson', 'rankJson');
    const json = this.#forShop(query, (engine, query, shop) => engine.rankJson(query, shop));
    return /** @type {Uint8Array<ArrayBuffer>} */ (json);
  }

  /** @param {number} bytes */
  keepTexts(bytes) {
    need('engine_keepTexts', 'keepTexts');
    if (!Number.isInteger(bytes) || bytes < 0 || bytes > MAX_TEXTS) {
      throw badQuery('bytes', `a whole number from 0 to ${MAX_TEXTS}`, shown(bytes));
    }
    this.#engine.use((engine) => engine.keepTexts(bytes));
  }

  /**
   * A ranking's columns, for who sends them on.
   *
   * @param {GoodsRank} catalog
   * @param {Query} query
   * @returns {import('./ranking.js').MadeRanking}
   */
  static made(catalog, query) {
    return catalog.#forShop(query, (engine, query, shop) => engine.rank(query, shop));
  }

  /** @param {GoodsRank} catalog */
  static engine(catalog) {
    return catalog.#engine;
  }

  /**
   * @param {string} goodId
   * @param {Query} [query]
   * @returns {WhatIf}
   */
  whatIf(goodId, query = {}) {
    if (typeof goodId !== 'string') throw badQuery('goodId', "a good's id", shown(goodId));
    need('engine_whatIf', 'whatIf');
    return this.#forShop(query, (engine, query, shop) => engine.whatIf(goodId, query, shop));
  }

  /**
   * Asks on behalf of a query's shop.
   *
   * @template R
   * @param {Query} query
   * @param {(engine: Engine, query: Query, shop: Shop) => R} ask
   */
  #forShop(query, ask) {
    const heard = withFeedback(query);
    const handle = new Handle('the shop', this.#shop(query), this.#engine.cold);
    try {
      return this.#engine.use((engine) => handle.use((shop) => ask(engine, heard, shop)));
    } finally {
      handle.close();
    }
  }

  /** @param {Query} query */
  #shop(query) {
    const shop = query?.shop;
    if (shop instanceof SalesMatch) {
      const sales = SalesMatch.handle(shop, this.#engine);
      if (!sales) throw another('a sales file that this catalog matched');
      return sales.use((sales) => sales.shop());
    }
    if (shop instanceof Users) {
      const users = Users.handle(shop, this.#engine);
      if (!users) throw another('users that this catalog matched');
      return users.use((users) => users.shop());
    }
    return this.#engine.use((engine) => engine.shop(query));
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
    const bytes = bytesOf('csv', csv);
    return new SalesMatch(
      this.#engine,
      this.#engine.use((engine) => engine.matchSales(bytes)),
    );
  }

  /**
   * @param {string | Uint8Array} orders
   * @param {UsersOptions} [options]
   */
  matchUsers(orders, options = {}) {
    need('engine_matchUsers', 'matchUsers');
    const told = numbers(options);
    const bytes = bytesOf('orders', orders);
    const { customers = null } = options;
    const people = customers === null ? null : bytesOf('customers', customers);
    return new Users(
      this.#engine,
      this.#engine.use((engine) => engine.matchUsers(bytes, people, told)),
    );
  }

  /** @param {string} id */
  good(id) {
    if (typeof id !== 'string') throw badQuery('id', "a good's id", shown(id));
    return this.#engine.use((engine) => engine.good(id));
  }

  /**
   * @template R
   * @param {() => R} call
   * @param {{ signal?: AbortSignal }} [options]
   */
  withTexts(call, { signal } = {}) {
    return complete(this.#engine.cold, call, signal);
  }

  close() {
    this.#info = null;
    this.#engine.close();
  }

  [dispose]() {
    this.close();
  }
}

/**
 * @param {string} field
 * @param {unknown} file
 */
function bytesOf(field, file) {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  if (!(bytes instanceof Uint8Array)) throw badQuery(field, 'a text or a Uint8Array', shown(file));
  return bytes;
}
