// What was downloaded, in the Cache API: shards by their hash, manifests by their
// address. It may be full or forbidden: that is a warning and never an error.

import { GoodsRankError, messageOf } from './error.js';
import { readManifest } from './manifest.js';

/**
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 *
 * @typedef {object} Manifest
 * @property {string} text
 * @property {string} base where it came from in the end; its shard lies beside
 * @property {string} [signature] where somebody asked for it: one and more in base64
 */

const NAME = 'goodsrank';
const BASE = 'x-goodsrank-base';
const SIGNATURE = 'x-goodsrank-signature';

/** An address that no server has. @param {string} hash */
const shardKey = (hash) => `https://goodsrank.invalid/${hash}`;

/** @param {string} hash @param {number} start */
const blockKey = (hash, start) => shardKey(`${hash}/${start}`);

export class Store {
  #cache;
  #warn;

  /**
   * @param {Cache} cache
   * @param {(error: unknown) => void} warn
   */
  constructor(cache, warn) {
    this.#cache = cache;
    this.#warn = warn;
  }

  /**
   * The store for what an address gives, or null: there is none here.
   *
   * @param {URL} url
   * @param {OpenOptions} options
   */
  static async open(url, { cache = true, onWarning }) {
    if (!cache || !('caches' in globalThis) || !/^https?:$/.test(url.protocol)) return null;
    const warn = (/** @type {unknown} */ cause) => onWarning?.(failed(cause));
    try {
      return new Store(await caches.open(NAME), warn);
    } catch (cause) {
      warn(cause);
      return null;
    }
  }

  /**
   * @param {URL} url
   * @returns {Promise<Manifest | null>}
   */
  async manifest(url) {
    const response = await this.#match(url.href);
    if (!response) return null;
    const { headers } = response;
    const signature = headers.get(SIGNATURE) ?? undefined;
    return { text: await response.text(), base: headers.get(BASE) ?? url.href, signature };
  }

  /** @param {string} hash */
  shard(hash) {
    return this.#match(shardKey(hash));
  }

  /**
   * Takes a shard as it arrives.
   *
   * @param {string} hash
   */
  keep(hash) {
    return new Keeper((body) => this.#cache.put(shardKey(hash), new Response(body)), this.#warn);
  }

  /**
   * Names what is kept; the shards that the manifest named before go.
   *
   * @param {URL} url
   * @param {Manifest} manifest
   */
  async name(url, { text, base, signature }) {
    try {
      const before = await this.manifest(url);
      if (before?.text === text && (!signature || before.signature === signature)) return;
      const headers = { [BASE]: base, ...(signature && { [SIGNATURE]: signature }) };
      await this.#cache.put(url.href, new Response(text, { headers }));
      if (!before) return;
      const named = new Set(readManifest(text, base).map(({ hash }) => hash));
      const old = readManifest(before.text, base).filter(({ hash }) => !named.has(hash));
      for (const { hash } of old) await this.forget(hash);
    } catch (cause) {
      this.#warn(cause);
    }
  }

  /**
   * A block of a shard's texts.
   *
   * @param {string} hash
   * @param {number} start
   */
  block(hash, start) {
    return this.#match(blockKey(hash, start));
  }

  /**
   * @param {string} hash
   * @param {number} start
   * @param {Uint8Array<ArrayBuffer>} block
   */
  async keepBlock(hash, start, block) {
    await this.#cache.put(blockKey(hash, start), new Response(block)).catch(this.#warn);
  }

  /**
   * @param {string} hash
   * @param {number} start
   */
  async forgetBlock(hash, start) {
    await this.#cache.delete(blockKey(hash, start)).catch(this.#warn);
  }

  /** @param {string | URL} what a hash, or a manifest's address */
  async forget(what) {
    const first = what instanceof URL ? what.href : shardKey(what);
    try {
      const kept = await this.#cache.keys();
      const its = kept.filter(({ url }) => url === first || url.startsWith(`${first}/`));
      await Promise.all(its.map((request) => this.#cache.delete(request)));
    } catch (cause) {
      this.#warn(cause);
    }
  }

  /** @param {string} key */
  async #match(key) {
    try {
      return (await this.#cache.match(key)) ?? null;
    } catch (cause) {
      this.#warn(cause);
      return null;
    }
  }
}

/** A download on its way into the store: there when it is whole, and not before. */
class Keeper {
  #put;
  #warn;
  #dropped = false;
  /** @type {WritableStreamDefaultWriter<Uint8Array>} */
  #writer;
  /** @type {Promise<boolean>} */
  #kept;

  /**
   * @param {(body: ReadableStream) => Promise<void>} put
   * @param {(error: unknown) => void} warn
   */
  constructor(put, warn) {
    this.#put = put;
    this.#warn = warn;
    const room = new ByteLengthQueuingStrategy({ highWaterMark: 1 << 20 });
    const { readable, writable } = new TransformStream(undefined, room);
    this.#writer = writable.getWriter();
    // A put that fails cancels its body: what is written then goes nowhere.
    this.#writer.closed.catch(() => {});
    this.#kept = put(readable).then(
      () => true,
      (cause) => {
        if (!this.#dropped) warn(cause);
        return false;
      },
    );
  }

  /**
   * No faster than the disk.
   *
   * @param {Uint8Array} chunk
   */
  async push(chunk) {
    await Promise.race([this.#writer.ready.catch(() => {}), this.#kept]);
    this.#writer.write(chunk).catch(() => {});
  }

  /** Whether all of it was kept. */
  async done() {
    await this.#writer.close().catch(() => {});
    return this.#kept;
  }

  drop() {
    this.#dropped = true;
    this.#writer.abort().catch(() => {});
  }

  /** Another, for a download that starts anew. */
  anew() {
    this.drop();
    return new Keeper(this.#put, this.#warn);
  }
}

/** @param {unknown} cause */
function failed(cause) {
  return new GoodsRankError(
    'cache_failed',
    `cache failed: ${messageOf(cause)}; nothing is kept for when the network is away: free some ` +
      'room, or open with cache: false',
    { cause },
  );
}
