// Several shards of one catalog, asked as if they were one engine: what the
// wasm module's Engine does, for the classes that own one. The native command does
// the same (`src/many.rs`).
//
// A good's number says which shard it is of and which row there.

import { badQuery, shown } from '../error.js';
import { Columns } from '../ranking.js';
import { isBelow, touches } from './categories.js';
import { merged } from './merge.js';
import { rowOf, shardOf } from './rows.js';
import { ManySales } from './sales.js';
import { ManyShop, ofEach } from './shop.js';
import { unsupported } from './unsupported.js';

/**
 * @typedef {import('../../index.d.ts').CatalogInfo} CatalogInfo
 * @typedef {import('../../index.d.ts').Query} Query
 * @typedef {import('../../index.d.ts').ShopsOptions} ShopsOptions
 * @typedef {import('../../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../manifest.js').Entry} Entry
 * @typedef {import('../ranking.js').MadeRanking} MadeRanking
 * @typedef {import('../ranking.js').Pair} Pair
 *
 * @typedef {{ entry: Entry, engine: import('../handle.js').Handle<Engine> }} Part
 */

const LIMIT = 20;
/** The most rows that a shard gives. */
const MOST = 10_000;
/** How many times as many rows are asked for where limits left too few. */
const MORE = 4;

export class Many {
  #parts;
  /** @type {string[] | null} of the whole catalog */
  #categories = null;

  /** @param {Part[]} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** In the order of the manifest. */
  get engines() {
    return this.#parts.map(({ engine }) => engine.object);
  }

  /** The first, which knows as much as any of what is the catalog's. */
  get #first() {
    return /** @type {Part} */ (this.#parts[0]).engine.object;
  }

  free() {
    for (const { engine } of this.#parts) engine.close();
  }

  /**
   * Refuses a category that the catalog does not have.
   *
   * @param {string[]} paths
   */
  check(paths) {
    const unknown = paths.find((path) => !this.#isCategory(path));
    if (unknown === undefined) return;
    throw badQuery('categories', 'category paths of the catalog', shown(unknown));
  }

  /** @param {string} path */
  #isCategory(path) {
    this.#categories ??= /** @type {CatalogInfo} */ (this.#first.info()).categories;
    return this.#categories.some((known) => known === path || isBelow(known, path));
  }

  /** @returns {CatalogInfo} */
  info() {
    /** @type {CatalogInfo[]} */
    const infos = this.engines.map((engine) => engine.info());
    const info = /** @type {CatalogInfo} */ (infos[0]);
    const goods = infos.reduce((sum, { goods }) => sum + goods, 0);
    const withdrawn = infos.reduce((sum, { withdrawn }) => sum + withdrawn, 0);
    return { ...info, goods, withdrawn };
  }

  /** @param {Query} query */
  shop(query) {
    const engines = this.engines;
    return this.#united(ofEach(engines, (engine) => engine.shop(query)));
  }

  /** @param {import('../../dist/goodsrank_wasm.js').Shop[]} shops */
  #united(shops) {
    try {
      return new ManyShop(this.engines, shops);
    } catch (error) {
      for (const shop of shops) shop.free();
      throw error;
    }
  }

  /**
   * @param {Query} query
   * @param {ManyShop} shop
   * @returns {MadeRanking}
   */
  rank(query, shop) {
    checkDraws(query);
    refuseFeedback(query);
    const asked = this.#asked(query);
    const [apart, caps] = withoutCaps(query);
    for (let limit = query?.limit ?? LIMIT; ; limit = Math.min(MORE * limit, MOST)) {
      const rankings = asked.map((i) => this.#rank(i, { ...apart, limit }, shop));
      const { made, dry } = merged(rankings, { limit: query?.limit ?? LIMIT, ...caps });
      const full = made.goods.length === (query?.limit ?? LIMIT);
      if ((caps.perCategory || caps.perSupplier) && dry && !full && limit < MOST) continue;
      made.known = shop.known;
      this.#count(made, rankings);
      if (made.candidates === 0) made.relax = this.#relax(query, shop, made.removed);
      return made;
    }
  }

  /**
   * @param {number} i
   * @param {Query} query
   * @param {ManyShop} shop
   */
  #rank(i, query, shop) {
    const engine = this.#engine(i);
    const asked = /** @type {any} */ (shop.shops[i]);
    /** @type {MadeRanking} */
    const made = engine.rank(query, asked);
    const [ids, categories, suppliers] = engine.about(made.goods);
    return { shard: i, made, ids, categories, suppliers, limit: query.limit ?? LIMIT };
  }

  /** @param {number} i */
  #engine(i) {
    return /** @type {Part} */ (this.#parts[i]).engine.object;
  }

  /** The shards that the rule of categories can touch. @param {Query} query */
  #asked(query) {
    const all = [...this.#parts.keys()];
    const paths = query?.rules?.categories;
    // What is no category is an error, which every shard can tell.
    if (!Array.isArray(paths) || !paths.every((path) => this.#isCategory(path))) return all;
    const asked = all.filter((i) =>
      paths.some((path) => touches(/** @type {Part} */ (this.#parts[i]).entry, path)),
    );
    return asked.length > 0 ? asked : all;
  }

  /**
   * Adds up what the rules left and took out. Of a shard that was not asked all
   * goods break the rule of categories.
   *
   * @param {MadeRanking} made
   * @param {{ shard: number, made: MadeRanking }[]} rankings
   */
  #count(made, rankings) {
    /** @type {Map<Pair[0], number>} */
    const removed = new Map();
    for (const { made: one } of rankings) {
      made.candidates += one.candidates;
      for (const [rule, goods] of one.removed) removed.set(rule, (removed.get(rule) ?? 0) + goods);
    }
    const asked = new Set(rankings.map(({ shard }) => shard));
    const spared = this.#parts.filter((_, i) => !asked.has(i));
    const goods = spared.reduce((sum, { entry }) => sum + entry.goods, 0);
    const categories = removed.get('categories');
    if (categories !== undefined) removed.set('categories', categories + goods);
    made.removed = [...removed];
  }

  /**
   * The rule without which most goods would be left.
   *
   * @param {Query} query
   * @param {ManyShop} shop
   * @param {Pair[]} removed
   * @returns {Pair[]}
   */
  #relax(query, shop, removed) {
    /** @type {Pair[]} */
    let best = [];
    for (const [rule] of removed) {
      const without = { ...query, rules: withoutRule(query.rules, rule), limit: 1 };
      const counts = this.#parts.map((_, i) => this.#rank(i, without, shop).made.candidates);
      const goods = counts.reduce((sum, count) => sum + count, 0);
      if (goods > (best[0]?.[1] ?? 0)) best = [[rule, goods]];
    }
    return best;
  }

  /**
   * @param {number} rank
   * @param {number} good
   * @param {Int32Array} terms
   * @param {number} unknown
   * @param {Uint32Array} behind
   * @param {number} probability
   * @param {Uint32Array} shopGoods
   * @param {Float32Array} shopWeights
   * @param {number} mass
   */
  row(rank, good, terms, unknown, behind, probability, shopGoods, shopWeights, mass) {
    const shard = shardOf(good);
    const isThere = (/** @type {number} */ other) => shardOf(other) === shard;
    const goods = shopGoods.filter(isThere).map(rowOf);
    const weights = shopWeights.filter((_, i) => isThere(shopGoods[i] ?? 0));
    return this.#engine(shard).row(
      rank,
      rowOf(good),
      terms,
      unknown,
      behind.map(rowOf),
      probability,
      goods,
      weights,
      mass,
    );
  }

  /**
   * @param {Query} query
   * @param {ManyShop} shop
   */
  rankJson(query, shop) {
    const columns = new Columns(this.rank(query, shop), performance.now());
    const { policy, candidates, known, removed, relax } = columns;
    const goods = [...columns.goods.keys()].map((i) => this.row(.../** @type {Parameters<Many['row']>} */ (Columns.row(columns, i))));
    return new TextEncoder().encode(JSON.stringify({ policy, candidates, known, removed, relax, goods }));
  }

  /** @param {number} bytes */
  keepTexts(bytes) {
    for (const engine of this.engines) engine.keepTexts(Math.floor(bytes / this.#parts.length));
  }

  /** @param {string} id */
  good(id) {
    for (const engine of this.engines) {
      const good = engine.good(id);
      if (good !== null) return good;
    }
    return null;
  }

  /**
   * The good's own shard knows of every public shop.
   *
   * @param {string} id
   * @param {ShopsOptions} [options]
   */
  shopsFor(id, options) {
    const own = this.engines.find((engine) => engine.good(id) !== null);
    return (own ?? this.#first).shopsFor(id, options);
  }

  /** @param {Uint8Array} csv */
  matchSales(csv) {
    const sales = ofEach(this.engines, (engine) => engine.matchSales(csv));
    return new ManySales(this, () => this.engines, sales, (shops) => this.#united(shops));
  }

  matchUsers() {
    throw unsupported('matchUsers', 'open one shard of it with { categories: [...] }, or build with a greater --shard-goods');
  }

  /**
   * @param {string} id
   * @param {Query} query
   * @param {ManyShop} shop
   */
  whatIf(id, query, shop) {
    refuseFeedback(query);
    const engines = this.engines;
    const of = (/** @type {number} */ i) => /** @type {any} */ (shop.shops[i]);
    const own = Math.max(engines.findIndex((engine) => engine.good(id) !== null), 0);
    const rivals = engines.flatMap((engine, i) =>
      i === own ? [] : [/** @type {Float64Array[]} */ (engine.rivals(id, query, of(i)))],
    );
    const column = (/** @type {number} */ i) =>
      Float64Array.from(rivals.flatMap((columns) => [...(columns[i] ?? [])]));
    return this.#engine(own).whatIfAmong(id, query, of(own), column(0), column(1));
  }
}

/**
 * What it moves is the sum over all goods that were spoken of. A list has become a
 * CSV by now, of which the header alone says nothing.
 *
 * @param {Query} query
 */
function refuseFeedback(query) {
  const { feedback } = query ?? {};
  if (typeof feedback !== 'string' || !feedback.trim().includes('\n')) return;
  throw unsupported('feedback', 'open the one shard that it is of with { categories: [...] }');
}

/** Draws of shards apart are not one draw. @param {Query} query */
function checkDraws(query) {
  const explore = query?.diversity?.explore;
  if (typeof explore !== 'number' || explore === 0) return;
  const expected = '0 over several shards; open one of them for draws';
  throw badQuery('diversity.explore', expected, shown(explore));
}

/**
 * The query as each shard is asked: of categories and suppliers so many rows in all
 * shards, not in each.
 *
 * @param {Query} query
 * @returns {[Query, { perCategory: number, perSupplier: number }]}
 */
function withoutCaps(query) {
  const { perCategory, perSupplier } = query?.diversity ?? {};
  const caps = { perCategory: whole(perCategory), perSupplier: whole(perSupplier) };
  if (!caps.perCategory && !caps.perSupplier) return [query, caps];
  const diversity = { ...query.diversity };
  if (caps.perCategory) diversity.perCategory = 0;
  if (caps.perSupplier) diversity.perSupplier = 0;
  return [{ ...query, diversity }, caps];
}

/** What is no number of rows is left to the core to refuse. @param {unknown} rows */
function whole(rows) {
  return typeof rows === 'number' && Number.isInteger(rows) && rows > 0 && rows < 2 ** 32 ? rows : 0;
}

/**
 * @param {Query['rules']} rules
 * @param {Pair[0]} name
 */
function withoutRule(rules = {}, name) {
  if (name === 'includeSold') return { ...rules, includeSold: true };
  const names = name === 'price' ? ['priceMin', 'priceMax'] : [name];
  return Object.fromEntries(Object.entries(rules).filter(([rule]) => !names.includes(rule)));
}
