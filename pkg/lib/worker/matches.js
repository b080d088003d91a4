// A merchant's files, matched to a catalog that a worker holds.

import { dispose } from '../dispose.js';
import { closed } from '../error.js';

/**
 * @typedef {import('../../worker.d.ts').CallOptions} CallOptions
 * @typedef {import('./client.js').Client} Client
 * @typedef {import('../sales.js').Report} Report
 * @typedef {import('../../index.d.ts').UsersReport} UsersReport
 */

/** What a worker keeps, by its number. */
class Match {
  #client;
  #name;
  /** @type {number | null} */
  #number;

  /**
   * @param {Client} client
   * @param {string} name in errors
   * @param {number} number
   */
  constructor(client, name, number) {
    this.#client = client;
    this.#name = name;
    this.#number = number;
  }

  /**
   * The number, if `client` gave it.
   *
   * @param {Match} match
   * @param {Client} client
   */
  static number(match, client) {
    if (match.#client !== client) return null;
    if (match.#number === null) throw closed(match.#name);
    return match.#number;
  }

  close() {
    const number = this.#number;
    this.#number = null;
    // A worker that ended has nothing left to give back.
    if (number !== null) this.#client.call('release', [number]).catch(() => {});
  }

  [dispose]() {
    this.close();
  }
}

/** The number of a match, as its own methods send it. */
const { number } = Match;

export class SalesMatch extends Match {
  #client;
  /** @type {Report} */
  #report;

  /**
   * @param {Client} client
   * @param {{ match: number, report: Report }} made
   */
  constructor(client, { match, report }) {
    super(client, 'the sales file', match);
    this.#client = client;
    this.#report = report;
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
   * @param {CallOptions} [options]
   */
  async assign(line, goodId, options) {
    const args = [number(this, this.#client), line, goodId];
    this.#report = await this.#client.call('assign', args, options);
  }
}

export class Users extends Match {
  #client;

  /**
   * @param {Client} client
   * @param {{ match: number, report: UsersReport }} made
   */
  constructor(client, { match, report }) {
    super(client, 'the users', match);
    this.#client = client;
    this.report = report;
  }

  get asset() {
    return this.report.asset;
  }

  get layers() {
    return this.report.layers;
  }

  /** @param {{ limit?: number } & CallOptions} [options] */
  async hot({ signal, ...options } = {}) {
    return this.#client.call('hot', [number(this, this.#client), options], { signal });
  }

  /**
   * @param {string} goodId
   * @param {{ limit?: number } & CallOptions} [options]
   */
  async wants(goodId, { signal, ...options } = {}) {
    return this.#client.call('wants', [number(this, this.#client), goodId, options], { signal });
  }

  /** @param {CallOptions} [options] */
  async csv(options) {
    return this.#client.call('csv', [number(this, this.#client)], options);
  }
}
