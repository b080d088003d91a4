import { dispose } from '../dispose.js';
import { another, badQuery, shown } from '../error.js';
import { host } from '../host.js';
import { Client } from './client.js';
import { SalesMatch, Users } from './matches.js';
import { Ranking } from './ranking.js';
import { startInPage, startWorker, workers } from './workers.js';

/**
 * @typedef {import('../../index.d.ts').CatalogInfo} CatalogInfo
 * @typedef {import('../../index.d.ts').ShardSource} ShardSource
 * @typedef {import('../../index.d.ts').ShopsOptions} ShopsOptions
 * @typedef {import('../../index.d.ts').UsersOptions} UsersOptions
 * @typedef {import('../../worker.d.ts').CallOptions} CallOptions
 * @typedef {import('../../worker.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../../worker.d.ts').Query} Query
 */

/** What `open` alone can give the constructor. */
const OPENED = Symbol('opened');

/** A catalog that a worker holds. */
export class GoodsRank {
  #client;

  /**
   * @param {symbol} opened
   * @param {Client} client
   * @param {CatalogInfo} info
   * @param {'worker' | 'page'} where
   */
  constructor(opened, client, info, where) {
    if (opened !== OPENED) throw badQuery('GoodsRank', 'GoodsRank.open()', 'new GoodsRank()');
    this.#client = client;
    this.info = info;
    this.where = where;
  }

  /**
   * @param {ShardSource} source
   * @param {OpenOptions} [options]
   */
  static async open(source, options = {}) {
    const { signal, createWorker = workers.create, wasm, ...others } = options;
    signal?.throwIfAborted();
    const worker = await startWorker(createWorker, signal);
    const { told, copied } = apart(others);
    const client = new Client(worker ?? (await startInPage()), told);
    try {
      const opening = { wasm: sendable(wasm), options: copied, tells: Object.keys(told) };
      const info = await client.call('open', [sendable(source), opening], { signal });
      return new GoodsRank(OPENED, client, info, worker ? 'worker' : 'page');
    } catch (error) {
      client.end();
      throw error;
    }
  }

  /**
   * @param {Query} [query]
   * @param {CallOptions} [options]
   */
  async rank(query = {}, options) {
    const started = performance.now();
    const made = await this.#client.call('rank', [this.#asked(query)], options);
    return new Ranking(this.#client, made, started);
  }

  /**
   * @param {string} goodId
   * @param {Query} [query]
   * @param {CallOptions} [options]
   */
  async whatIf(goodId, query = {}, options) {
    return this.#client.call('whatIf', [goodId, this.#asked(query)], options);
  }

  /**
   * The query, its shop by number where it is a match.
   *
   * @param {Query} query
   */
  #asked(query) {
    const shop = query?.shop;
    const sales = shop instanceof SalesMatch;
    if (!sales && !(shop instanceof Users)) return { query };
    const match = SalesMatch.number(shop, this.#client);
    if (match === null) {
      throw another(`${sales ? 'a sales file' : 'users'} that this catalog matched`);
    }
    return { query: { ...query, shop: undefined }, match };
  }

  /**
   * @param {string} goodId
   * @param {ShopsOptions & CallOptions} [options]
   */
  async shopsFor(goodId, { signal, ...options } = {}) {
    return this.#client.call('shopsFor', [goodId, options], { signal });
  }

  /**
   * @param {string | Uint8Array} csv
   * @param {CallOptions} [options]
   */
  async matchSales(csv, options) {
    return new SalesMatch(this.#client, await this.#client.call('matchSales', [csv], options));
  }

  /**
   * @param {string | Uint8Array} orders
   * @param {UsersOptions & CallOptions} [options]
   */
  async matchUsers(orders, { signal, ...options } = {}) {
    const made = await this.#client.call('matchUsers', [orders, options], { signal });
    return new Users(this.#client, made);
  }

  /**
   * @param {string} id
   * @param {CallOptions} [options]
   */
  async good(id, options) {
    return this.#client.call('good', [id], options);
  }

  close() {
    this.#client.end();
  }

  [dispose]() {
    this.close();
  }
}

/**
 * Callbacks stay here and are told of; the rest is copied.
 *
 * @param {Record<string, any>} options
 */
function apart(options) {
  const of = (/** @type {boolean} */ told) =>
    Object.fromEntries(
      Object.entries(options).filter(([, value]) => (typeof value === 'function') === told),
    );
  return { told: of(true), copied: of(false) };
}

/**
 * Addresses are the page's: a worker has another base, and a URL cannot be sent.
 *
 * @template T
 * @param {T} source
 */
function sendable(source) {
  if (typeof source !== 'string' && !(source instanceof URL)) return source;
  try {
    return host.resolve(source).href;
  } catch {
    throw badQuery('source', 'an address', shown(source));
  }
}
