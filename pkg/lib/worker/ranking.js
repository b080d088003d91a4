import { Columns } from '../ranking.js';

/** A ranking whose rows are made in a worker; its columns are here. */
export class Ranking extends Columns {
  #client;

  /**
   * @param {import('./client.js').Client} client
   * @param {import('../ranking.js').MadeRanking} made
   * @param {number} started
   */
  constructor(client, made, started) {
    super(made, started);
    this.#client = client;
  }

  /**
   * @param {number} i
   * @param {import('../../worker.d.ts').CallOptions} [options]
   */
  async row(i, options) {
    return this.#client.call('row', Columns.row(this, i), options);
  }

  /**
   * @param {number} [from]
   * @param {number} [to]
   * @param {import('../../worker.d.ts').CallOptions} [options]
   */
  async rows(from = 0, to = this.length, options) {
    const numbers = [...this.goods.keys()].slice(from, to);
    return this.#client.call('rows', [numbers.map((i) => Columns.row(this, i))], options);
  }

  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < this.length; i++) yield await this.row(i);
  }
}
