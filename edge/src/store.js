// Open catalogs, one a tenant, in the isolate's memory: the least recently used
// go when the budget is spent, and one that cannot be renewed keeps serving.

import { GoodsRank } from 'goodsrank/full';

import { log } from './log.js';
import { Problem, problemOf } from './problem.js';
import { CachedFile, read } from './source.js';

/**
 * @typedef {import('./config.js').Config} Config
 * @typedef {import('./source.js').Context} Context
 *
 * @typedef {object} Held
 * @property {GoodsRank} catalog
 * @property {string} version of its manifest
 * @property {number} bytes
 * @property {number} checked when its manifest was last asked for, of Date.now()
 */

const MANIFEST = 'manifest.json';
const SIGNATURE = `${MANIFEST}.sig`;

/** How long a first load's failure stands for later requests' too, so that none hammers the source. */
const RETRY_MS = 2000;

export class Store {
  /** Least recently used first. @type {Map<string, Held>} */
  #held = new Map();
  /** Bytes on their way in. @type {Map<string, number>} */
  #coming = new Map();
  /** @type {Map<string, Promise<Held>>} */
  #loading = new Map();
  /** @type {Map<string, { until: number, problem: Problem }>} */
  #failed = new Map();

  /** Bytes of shards that are open. */
  get bytes() {
    return sum([...this.#held.values()].map(({ bytes }) => bytes));
  }

  /** Catalogs that are open. */
  get size() {
    return this.#held.size;
  }

  /**
   * The tenant's catalog. Ask it before the next `await`: after that it may be
   * closed.
   *
   * @param {string} tenant
   * @param {Config} config
   * @param {Context} context
   * @returns {Promise<Held & { found: 'hit' | 'miss' }>}
   */
  async get(tenant, config, context) {
    const held = this.#held.get(tenant);
    if (!held) {
      const failed = this.#failed.get(tenant);
      if (failed && failed.until > Date.now()) throw failed.problem;
      return { ...(await within(config.maxMs, this.#load(tenant, config, context))), found: 'miss' };
    }
    this.#held.delete(tenant);
    this.#held.set(tenant, held);
    if (Date.now() - held.checked >= config.refreshMs) {
      held.checked = Date.now();
      // Its failure is in the log; who asks is served by what is there.
      context.waitUntil(this.#load(tenant, config, context).catch(() => {}));
    }
    return { ...held, found: 'hit' };
  }

  /** Lets go of everything: after a trap of the engine all catalogs are closed. */
  clear() {
    for (const { catalog } of this.#held.values()) catalog.close();
    this.#held.clear();
  }

  /**
   * One load a tenant at a time, whoever asks for it; it outlives the request
   * that began it.
   *
   * @param {string} tenant
   * @param {Config} config
   * @param {Context} context
   */
  #load(tenant, config, context) {
    const loading = this.#loading.get(tenant) ?? this.#start(tenant, config, context);
    this.#loading.set(tenant, loading);
    return loading;
  }

  /** @param {string} tenant @param {Config} config @param {Context} context */
  #start(tenant, config, context) {
    // A source that never answers must not keep later requests from asking it anew.
    const loading = within(config.maxMs, this.#renewed(tenant, config, context))
      .catch((error) => {
        const problem = problemOf(error);
        const { code, message } = problem;
        log({ event: 'shard', tenant, code, message, serving: this.#held.get(tenant)?.version ?? null });
        this.#remember(tenant, problem);
        throw problem;
      })
      .finally(() => {
        this.#loading.delete(tenant);
        this.#coming.delete(tenant);
      });
    context.waitUntil(loading.catch(() => {}));
    return loading;
  }

  /** @param {string} tenant @param {Problem} problem */
  #remember(tenant, problem) {
    const now = Date.now();
    for (const [other, { until }] of this.#failed) if (until <= now) this.#failed.delete(other);
    this.#failed.set(tenant, { until: now + RETRY_MS, problem });
  }

  /** @param {string} tenant @param {Config} config @param {Context} context @returns {Promise<Held>} */
  async #renewed(tenant, config, context) {
    const started = Date.now();
    const folder = `${config.prefix}${tenant}/`;
    const manifest = await manifestOf(config, folder);
    const version = await versionOf(manifest);
    const before = this.#held.get(tenant);
    if (before?.version === version) return before;
    const bytes = bytesIn(manifest);
    this.#makeRoom(tenant, bytes, config.budget);
    const catalog = await open(manifest, folder, config, context);
    const held = { catalog, version, bytes, checked: Date.now() };
    this.#held.get(tenant)?.catalog.close();
    this.#held.delete(tenant);
    this.#held.set(tenant, held);
    this.#shareTexts(config.texts);
    log({ event: 'shard', tenant, version, bytes, ms: Date.now() - started });
    return held;
  }

  /** Of unpacked texts all catalogs may keep alike. @param {number} bytes */
  #shareTexts(bytes) {
    for (const { catalog } of this.#held.values()) catalog.keepTexts(Math.floor(bytes / this.#held.size));
  }

  /**
   * The tenant's own earlier catalog stays, for it serves until the new one does.
   *
   * @param {string} tenant
   * @param {number} bytes
   * @param {number} budget
   */
  #makeRoom(tenant, bytes, budget) {
    if (bytes > budget) {
      throw new Problem('shard_too_large', `expected a shard of ${budget} bytes at most, found ${bytes}; raise SHARD_BYTES`);
    }
    this.#coming.set(tenant, bytes);
    const coming = sum([...this.#coming.values()]);
    for (const [other, { catalog }] of this.#held) {
      if (this.bytes + coming <= budget) return;
      if (other === tenant) continue;
      catalog.close();
      this.#held.delete(other);
    }
  }
}

/** @param {Config} config @param {string} folder */
async function manifestOf(config, folder) {
  let response;
  try {
    response = await read(config, folder + MANIFEST);
  } catch (cause) {
    throw new Problem('fetch_failed', 'fetch failed: the manifest: the source cannot be reached', { cause });
  }
  if (response.ok) return response.text();
  await response.body?.cancel();
  if (response.status === 404) {
    throw new Problem('no_catalog', 'expected a manifest.json in the folder of the tenant, found none');
  }
  throw new Problem('fetch_failed', `fetch failed: the manifest: expected status 200, found ${response.status}`);
}

/**
 * What the manifest says that is to come, known before room is made for it. The
 * engine checks it, and everything else.
 *
 * @param {string} manifest
 */
function bytesIn(manifest) {
  try {
    /** @type {{ bytes: unknown }[]} */
    const shards = JSON.parse(manifest).shards;
    return sum(shards.map(({ bytes }) => (Number.isSafeInteger(bytes) ? Number(bytes) : 0)));
  } catch {
    return 0;
  }
}

/** @param {string} manifest @param {string} folder @param {Config} config @param {Context} context */
async function open(manifest, folder, config, context) {
  /** @type {CachedFile[]} */
  const files = [];
  /** @param {URL} url */
  const fetch = (url) => {
    const name = url.pathname.split('/').at(-1);
    if (name === MANIFEST) return Promise.resolve(new Response(manifest));
    if (name === SIGNATURE) return read(config, folder + name);
    const file = new CachedFile(folder + name);
    files.push(file);
    return file.read(config, context);
  };
  const signal = AbortSignal.timeout(config.maxMs);
  try {
    const { publicKey } = config;
    const options = { signal, fetch, ...(publicKey && { publicKey }) };
    return await GoodsRank.open(`shards:/${folder}${MANIFEST}`, options);
  } catch (error) {
    for (const file of files) context.waitUntil(file.forget().catch(() => {}));
    throw signal.aborted ? tooSlow(config.maxMs) : error;
  }
}

/**
 * The first 16 bytes of the manifest's SHA-256, in hex.
 *
 * @param {string} manifest
 */
async function versionOf(manifest) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(manifest));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Waits so long and no longer: the request that loads may have been cancelled.
 *
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function within(ms, promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(ms)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** @param {number} ms */
function tooSlow(ms) {
  return new Problem('timeout', `expected the shard within ${ms} ms; try again`);
}

/** @param {number[]} list */
function sum(list) {
  return list.reduce((all, one) => all + one, 0);
}
