import { dispose } from './dispose.js';
import { badQuery, shown } from './error.js';
import { Handle } from './handle.js';

/**
 * @typedef {import('../index.d.ts').UsersOptions} UsersOptions
 * @typedef {import('../index.d.ts').UsersReport} UsersReport
 * @typedef {import('../index.d.ts').User} User
 * @typedef {import('../index.d.ts').UserWant} UserWant
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../dist/goodsrank_wasm.js').Users} Wasm
 */

const LIMIT = 'a whole number from 1 to 10000';

/** The options but `customers`, as the core takes them: in this order. */
const THRESHOLDS = ['temperature', 'clarity', 'reach'];
const LAYERS = ['kol', 'privateDomain', 'publicContent', 'platform'];
const TRAFFIC = ['visits', 'cost'];

/** A merchant's own users, measured against the catalog of `engine`. */
export class Users {
  #engine;
  #handle;
  /** @type {UsersReport} */
  #report;

  /**
   * @param {Handle<Engine>} engine
   * @param {Wasm} users
   */
  constructor(engine, users) {
    this.#engine = engine;
    this.#handle = new Handle('the users', users, engine.cold);
    this.#report = this.#handle.use((users) => users.report());
  }

  get report() {
    return this.#report;
  }

  get asset() {
    return this.#report.asset;
  }

  get layers() {
    return this.#report.layers;
  }

  /**
   * @param {{ limit?: number }} [options]
   * @returns {User[]}
   */
  hot(options) {
    const limit = limitOf(options);
    return this.#handle.use((users) => users.hot(this.#engine.object, limit));
  }

  /**
   * @param {string} goodId
   * @param {{ limit?: number }} [options]
   * @returns {UserWant[]}
   */
  wants(goodId, options) {
    if (typeof goodId !== 'string') throw badQuery('goodId', "a good's id", shown(goodId));
    const limit = limitOf(options);
    return this.#handle.use((users) => users.wants(this.#engine.object, goodId, limit));
  }

  csv() {
    return this.#handle.use((users) => users.csv(this.#engine.object));
  }

  close() {
    this.#handle.close();
  }

  [dispose]() {
    this.close();
  }

  /**
   * The users in wasm memory, if `engine` measured them.
   *
   * @param {Users} users
   * @param {Handle<Engine>} engine
   */
  static handle(users, engine) {
    return users.#engine === engine ? users.#handle : null;
  }
}

/** @param {{ limit?: number }} [options] */
function limitOf(options = {}) {
  const { limit = 20 } = fields('options', options, ['limit']);
  const whole = Number.isInteger(limit) && limit >= 1 && limit <= 10_000;
  if (!whole) throw badQuery('limit', LIMIT, shown(limit));
  return /** @type {number} */ (limit);
}

/**
 * The options as numbers, NaN for those left out.
 *
 * @param {UsersOptions} options
 */
export function numbers(options) {
  const given = fields('options', options, ['customers', 'tRef', 'thresholds', 'decay', 'layers']);
  const thresholds = fields('thresholds', given.thresholds ?? {}, THRESHOLDS);
  const layers = fields('layers', given.layers ?? {}, LAYERS);
  const traffic = LAYERS.flatMap((layer) => {
    const told = fields(`layers.${layer}`, layers[layer] ?? {}, TRAFFIC);
    return TRAFFIC.map((name) => number(`layers.${layer}.${name}`, told[name]));
  });
  return Float64Array.of(
    number('tRef', given.tRef),
    ...THRESHOLDS.map((name) => number(`thresholds.${name}`, thresholds[name])),
    number('decay', given.decay),
    ...traffic,
  );
}

/**
 * @param {string} field
 * @param {unknown} value
 */
function number(field, value) {
  if (value === undefined || value === null) return NaN;
  if (typeof value !== 'number' || Number.isNaN(value)) throw badQuery(field, 'a number', shown(value));
  return value;
}

/**
 * An object that has these fields at most.
 *
 * @param {string} field
 * @param {unknown} value
 * @param {string[]} names
 * @returns {{ [name: string]: any }}
 */
function fields(field, value, names) {
  const expected = `an object with the fields ${names.join(', ')} at most`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badQuery(field, expected, shown(value));
  }
  const other = Object.keys(value).find((name) => !names.includes(name));
  if (other !== undefined) throw badQuery(field, expected, `the field ${other}`);
  return value;
}
