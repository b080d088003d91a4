// What the page knows and what can be done to it. Views read a Model and call
// its methods; the element draws it again whenever it says that it changed.
//
// Ranking is synchronous and takes about a millisecond, so a change is ranked in
// the next frame, once for all changes of a frame, and no result is ever late.

import { GoodsRank } from 'goodsrank/full';

import { FileError, decodeCsv } from './csv-bytes.js';
import { withChannel } from './channel.js';
import { keep, recall } from './feedback.js';
import { TERMS, withPolicy } from './policy.js';
import { noFilters, relaxations, toQuery, without, withoutAny } from './query.js';
import { Rows } from './rows.js';

/**
 * @typedef {import('goodsrank').CatalogInfo} CatalogInfo
 * @typedef {import('goodsrank').Ranking} Ranking
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').SalesMatch} SalesMatch
 * @typedef {import('goodsrank').UnmatchedRow} UnmatchedRow
 * @typedef {import('goodsrank').Users} Users
 * @typedef {import('goodsrank').UserWant} UserWant
 * @typedef {import('goodsrank').Feedback} Feedback
 * @typedef {import('./query.js').Filters} Filters
 * @typedef {import('./query.js').FilterName} FilterName
 * @typedef {import('./channel.js').Costs} Costs
 * @typedef {import('./policy.js').Weights} Weights
 * @typedef {'public' | 'sales' | 'users' | 'new'} ShopKind
 * @typedef {import('goodsrank').Good} Good
 *
 * @typedef {object} Failure
 * @property {string} code
 * @property {string} message for the technical details
 * @property {unknown} error
 *
 * @typedef {object} Sales
 * @property {SalesMatch} match
 * @property {string} name of the file; "" for pasted rows
 * @property {string} encoding
 * @property {UnmatchedRow[]} unmatched those not mended
 * @property {Map<number, string>} mended good ids by line
 *
 * @typedef {object} UserFiles
 * @property {Users} users
 * @property {string} orders name of the file
 * @property {string} customers likewise; "" for none
 *
 * @typedef {object} Result
 * @property {Ranking} ranking
 * @property {RankedGood[]} rows
 * @property {{ name: FilterName, candidates: number }[]} relaxations of an empty ranking
 */

/** What may fail. @typedef {'load' | 'rank' | 'sales' | 'users' | 'feedback'} Place */

/** How many users are asked for a good. */
const WANTED = 10;

/** What a page tells its host. */
/** @typedef {'ranked' | 'error' | 'select'} Notice */

export class Model {
  /** @type {'loading' | 'ready' | 'failed'} */
  phase = 'loading';
  /** @type {{ loaded: number, total: number | null }} */
  progress = { loaded: 0, total: null };
  /** @type {Record<Place, Failure | null>} */
  failures = noFailures();
  /** @type {Feedback[]} what the merchant said of this catalog's goods */
  said = [];
  /** @type {ShopKind} */
  kind = 'public';
  shopId = '';
  /** @type {Sales | null} */
  sales = null;
  /** @type {UserFiles | null} */
  users = null;
  reading = false;
  filters = noFilters();
  /** @type {Result | null} */
  result = null;

  /** @type {GoodsRank | null} */
  #engine = null;
  /** @type {CatalogInfo | null} */
  #info = null;
  /** @type {AbortController | null} */
  #loading = null;
  #readings = 0;
  /** Where the device keeps what was said. */
  #kept = '';
  #frame = 0;
  /** @type {Map<string, Good | null>} */
  #goods = new Map();
  /** What was read of users, so that the second file joins the first. */
  #files = noFiles();
  /** @type {Map<string, UserWant[]>} by good */
  #wants = new Map();
  #rows = new Rows();
  #changed;
  #notify;

  /**
   * @param {() => void} changed
   * @param {(notice: Notice, detail: object) => void} notify
   */
  constructor(changed, notify) {
    this.#changed = changed;
    this.#notify = notify;
  }

  /** The catalog's facts. Only to be asked for when `phase` is `ready`. */
  get info() {
    if (this.#info === null) throw new Error('no catalog is open');
    return this.#info;
  }

  /**
   * Opens a catalog in place of the one before.
   *
   * @param {string} source
   */
  async load(source) {
    this.close();
    const loading = new AbortController();
    this.#loading = loading;
    const url = new URL(source, document.baseURI);
    this.#kept = `goods-rank-feedback ${url.origin}${url.pathname}`;
    this.#set({ phase: 'loading', progress: { loaded: 0, total: null } });
    try {
      const engine = await GoodsRank.open(url, {
        signal: loading.signal,
        onProgress: (progress) => {
          if (!loading.signal.aborted) this.#set({ progress });
        },
      });
      if (loading.signal.aborted) engine.close();
      else this.#open(engine);
    } catch (error) {
      if (!loading.signal.aborted) this.#fail('load', error, { phase: 'failed' });
    }
  }

  /** @param {GoodsRank} engine */
  #open(engine) {
    // The first ranking derives what all others share; no merchant waits for it.
    engine.rank({ limit: 1 });
    this.#engine = engine;
    this.#info = engine.info;
    const { shops } = this.#info;
    const shopId = this.shopId === '' && shops.length > 0 ? shops[0].id : this.shopId;
    const kind = shopId === '' ? 'sales' : 'public';
    const said = recall(() => localStorage, this.#kept);
    this.#set({ phase: 'ready', shopId, kind, said });
    this.#rankSoon();
  }

  /** Stops what is under way and gives the memory back. */
  close() {
    this.#loading?.abort();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#readings += 1;
    this.users?.users.close();
    this.#engine?.close();
    this.#engine = null;
    this.#info = null;
    this.#goods.clear();
    this.#rows.clear();
    this.#files = noFiles();
    this.#wants.clear();
    const empty = { sales: null, users: null, reading: false, result: null };
    this.#set({ phase: 'loading', failures: noFailures(), said: [], ...empty });
  }

  /** @param {ShopKind} kind */
  chooseKind(kind) {
    this.#set({ kind });
    this.#rankSoon();
  }

  /** @param {string} shopId */
  chooseShop(shopId) {
    this.#set({ shopId, kind: 'public' });
    this.#rankSoon();
  }

  /** @param {Partial<Filters>} change */
  filter(change) {
    this.#set({ filters: { ...this.filters, ...change } });
    this.#rankSoon();
  }

  /** @param {import('./query.js').Filters['policy'] | Partial<Weights>} choice */
  weigh(choice) {
    this.filter(withPolicy(this.filters, choice));
  }

  /** @param {import('goodsrank').ChannelName | Partial<Costs>} choice */
  sellAt(choice) {
    this.filter(withChannel(this.filters, choice));
  }

  /** @param {FilterName} name */
  drop(name) {
    this.filter(without(this.filters, name));
  }

  clearFilters() {
    this.filter(withoutAny(this.filters));
  }

  resetFilters() {
    this.filter(noFilters());
  }

  /**
   * Reads a file that was dropped or chosen. It is not kept; what is kept is
   * the match.
   *
   * @param {File} file
   */
  async readFile(file) {
    await this.#read(file.name, async () => decodeCsv(new Uint8Array(await bytesOf(file))));
  }

  /** @param {string} text */
  async readText(text) {
    await this.#read('', async () => ({ text, encoding: '' }));
  }

  /**
   * @param {string} name
   * @param {() => Promise<{ text: string, encoding: string }>} read
   */
  async #read(name, read) {
    const reading = ++this.#readings;
    this.#set({ reading: true, kind: 'sales', failures: { ...this.failures, sales: null } });
    try {
      const { text, encoding } = await read();
      if (reading !== this.#readings || this.#engine === null) return;
      const match = this.#engine.matchSales(text);
      const sales = { match, name, encoding, unmatched: match.unmatched, mended: new Map() };
      this.#set({ reading: false, sales });
    } catch (error) {
      if (reading === this.#readings) this.#fail('sales', error, { reading: false, sales: null });
    }
    this.#rankSoon();
  }

  forgetSales() {
    this.#readings += 1;
    this.#set({ sales: null, reading: false, failures: { ...this.failures, sales: null } });
    this.#rankSoon();
  }

  /**
   * Reads a file of orders, or of customers. Its text is kept until the other one
   * is there or both are forgotten.
   *
   * @param {'orders' | 'customers'} part @param {File} file
   */
  async readUsers(part, file) {
    const reading = ++this.#readings;
    this.#set({ reading: true, kind: 'users', failures: { ...this.failures, users: null } });
    try {
      const { text } = decodeCsv(new Uint8Array(await bytesOf(file)));
      if (reading !== this.#readings || this.#engine === null) return;
      const files = { ...this.#files, [part]: { name: file.name, text } };
      const users = this.#measure(this.#engine, files);
      this.#files = files;
      this.#replaceUsers(users);
      this.#set({ reading: false });
    } catch (error) {
      if (reading === this.#readings) this.#fail('users', error, { reading: false });
    }
    this.#rankSoon();
  }

  /**
   * @param {GoodsRank} engine @param {ReturnType<typeof noFiles>} files
   * @returns {UserFiles | null} nothing while there are only customers
   */
  #measure(engine, { orders, customers }) {
    if (orders === null) return null;
    const users = engine.matchUsers(orders.text, customers ? { customers: customers.text } : {});
    return { users, orders: orders.name, customers: customers?.name ?? '' };
  }

  /** @param {UserFiles | null} users */
  #replaceUsers(users) {
    this.users?.users.close();
    this.#wants.clear();
    this.#set({ users });
  }

  /** The file of customers that waits for orders; "" for none. */
  get waitingCustomers() {
    return this.users === null ? (this.#files.customers?.name ?? '') : '';
  }

  forgetUsers() {
    this.#readings += 1;
    this.#files = noFiles();
    this.#replaceUsers(null);
    this.#set({ reading: false, failures: { ...this.failures, users: null } });
    this.#rankSoon();
  }

  /**
   * The users who would want a good, likeliest first.
   *
   * @param {string} goodId
   * @returns {UserWant[]}
   */
  wants(goodId) {
    const known = this.#wants.get(goodId);
    if (known !== undefined || this.users === null) return known ?? [];
    const wants = this.users.users.wants(goodId, { limit: WANTED });
    this.#wants.set(goodId, wants);
    return wants;
  }

  /**
   * Says which good a row of the file means.
   *
   * @param {number} line @param {string} goodId
   * @returns {boolean} whether the catalog has such a good
   */
  mend(line, goodId) {
    const { sales } = this;
    if (sales === null || this.good(goodId) === null) return false;
    sales.match.assign(line, goodId);
    const mended = new Map(sales.mended).set(line, goodId);
    const unmatched = sales.unmatched.filter((row) => row.line !== line);
    this.#set({ sales: { ...sales, mended, unmatched } });
    this.#rankSoon();
    return true;
  }

  /**
   * What the catalog says of a good, or null.
   *
   * @param {string} id
   * @returns {Good | null}
   */
  good(id) {
    const known = this.#goods.get(id);
    if (known !== undefined) return known;
    const good = this.#engine?.good(id) ?? null;
    this.#goods.set(id, good);
    return good;
  }

  /**
   * Goods whose titles hold the words, for the lists that suggest goods; and
   * the good of that id.
   *
   * @param {string} text @param {number} limit
   * @returns {Good[]}
   */
  findGoods(text, limit) {
    const exact = this.good(text.trim());
    if (!this.info.searchable || text.trim() === '' || this.#engine === null)
      return exact ? [exact] : [];
    const found = this.#engine.rank({ rules: { text, includeSold: true }, policy: 'fit', limit });
    const others = [...found].filter((good) => good.id !== exact?.id);
    return exact ? [exact, ...others] : others;
  }

  /** Goods to show as examples in a template. */
  exampleGoods() {
    return (this.result?.rows ?? []).slice(0, 2);
  }

  /** @param {Feedback} entry */
  say(entry) {
    this.#hear((said) => [...said, entry]);
  }

  /** @param {string} good of which nothing shall have been said */
  unsay(good) {
    this.#hear((said) => said.filter((entry) => entry.good !== good));
  }

  undoFeedback() {
    this.#hear((said) => said.slice(0, -1));
  }

  forgetFeedback() {
    this.#hear(() => []);
  }

  /**
   * What another page of this catalog said meanwhile is not lost.
   *
   * @param {(said: Feedback[]) => Feedback[]} change
   */
  #hear(change) {
    const storage = () => localStorage;
    const { failures } = this;
    const said = change(failures.feedback ? this.said : recall(storage, this.#kept));
    this.#set({ said, failures: { ...failures, feedback: null } });
    try {
      keep(storage, this.#kept, said);
    } catch (error) {
      this.#fail('feedback', error, {});
    }
    this.#rankSoon();
  }

  /**
   * The offers that a row stands for, best first, with their scores.
   *
   * @param {RankedGood} good
   * @returns {RankedGood[]}
   */
  offersBehind({ behind }) {
    if (this.#engine === null) return [];
    const { diversity, ...query } = this.#query(this.filters);
    const rules = { ...query.rules, only: behind };
    return [...this.#engine.rank({ ...query, rules, limit: behind.length })];
  }

  /** @param {RankedGood} good */
  select(good) {
    this.#notify('select', { good });
  }

  #rankSoon() {
    if (this.#engine === null || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#rank();
    });
  }

  #rank() {
    const engine = this.#engine;
    if (engine === null) return;
    try {
      const ranking = engine.rank(this.#query(this.filters));
      const relaxed = ranking.length > 0 ? [] : this.#relaxations(engine);
      const rows = this.#rows.of(ranking, this.#rowsDependOn(ranking));
      const failures = { ...this.failures, rank: null };
      this.#set({ failures, result: { ranking, rows, relaxations: relaxed } });
      this.#notify('ranked', { ranking, rows });
    } catch (error) {
      this.#fail('rank', error, { result: null });
    }
  }

  /** @param {Ranking} ranking */
  #rowsDependOn({ policy }) {
    const weighed = TERMS.map((term) => policy[term] > 0);
    const sells = this.said.filter(({ action }) => action !== 'notForMe');
    return [this.#shop(), this.sales?.mended.size, JSON.stringify(sells), ...weighed];
  }

  /** @param {GoodsRank} engine */
  #relaxations(engine) {
    return relaxations(this.filters, this.info.exponent, (filters) => {
      return engine.rank({ ...this.#query(filters), limit: 1 }).candidates;
    });
  }

  /** @param {Filters} filters */
  #query(filters) {
    const query = toQuery(filters, this.#shop(), this.info.exponent);
    return this.said.length === 0 ? query : { ...query, feedback: this.said };
  }

  #shop() {
    if (this.kind === 'public') return this.shopId === '' ? undefined : this.shopId;
    if (this.kind === 'users') return this.users?.users;
    return this.kind === 'sales' ? this.sales?.match : undefined;
  }

  /**
   * @param {Place} where
   * @param {unknown} error
   * @param {Partial<Model>} rest
   */
  #fail(where, error, rest) {
    const failure = describe(error);
    this.#set({ ...rest, failures: { ...this.failures, [where]: failure } });
    this.#notify('error', failure);
  }

  /** @param {Partial<Model>} change */
  #set(change) {
    Object.assign(this, change);
    this.#changed();
  }
}

/** @returns {Record<Place, Failure | null>} */
function noFailures() {
  return { load: null, rank: null, sales: null, users: null, feedback: null };
}

/** @returns {Record<'orders' | 'customers', { name: string, text: string } | null>} */
function noFiles() {
  return { orders: null, customers: null };
}

/** @param {File} file */
async function bytesOf(file) {
  try {
    return await file.arrayBuffer();
  } catch (error) {
    throw new FileError('unreadable', describe(error).message);
  }
}

/**
 * @param {unknown} error
 * @returns {Failure}
 */
function describe(error) {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
  return { code, message, error };
}
