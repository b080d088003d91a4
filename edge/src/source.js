// Where shards lie: an R2 bucket, static assets, or an address.

/**
 * @typedef {import('./config.js').Config} Config
 * @typedef {{ waitUntil(promise: Promise<unknown>): void }} Context
 * @typedef {{ get(key: string): Promise<{ body: ReadableStream<Uint8Array> } | null> }} Bucket
 * @typedef {{ fetch(url: URL): Promise<Response> }} Assets
 */

/** A file's name has its hash in it. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const CACHE = 'goodsrank';

/**
 * The file of this key as it lies there; status 404 where none does.
 *
 * @param {Config} config
 * @param {string} key
 * @returns {Promise<Response>}
 */
export async function read({ shards }, key) {
  if (typeof shards === 'string') return fetch(new URL(key, shards));
  // Assets first: to a binding of theirs every method seems to be there.
  if (isAssets(shards)) return shards.fetch(new URL(key, 'https://assets.invalid/'));
  const object = await /** @type {Bucket} */ (shards).get(key);
  return object ? new Response(object.body) : new Response(null, { status: 404 });
}

/** @param {unknown} shards @returns {shards is Assets} */
function isAssets(shards) {
  return typeof (/** @type {Assets} */ (shards).fetch) === 'function';
}

/** The data centre's cache of one file, which is written beside its reading. */
export class CachedFile {
  #key;
  #request;
  /** @type {Promise<unknown>} */
  #written = Promise.resolve();

  /** @param {string} key */
  constructor(key) {
    this.#key = key;
    this.#request = new Request(`https://shards.invalid/${encodeURI(key)}`);
  }

  /** @param {Config} config @param {Context} context */
  async read(config, context) {
    const cache = await openCache();
    const kept = await cache?.match(this.#request);
    if (kept) return kept;
    const response = await read(config, this.#key);
    if (!cache || !response.ok || !response.body) return response;
    const [body, copy] = response.body.tee();
    const headers = { 'cache-control': FOR_EVER, 'content-type': 'application/octet-stream' };
    // A cache that is full or absent costs a download, and no answer.
    this.#written = cache.put(this.#request, new Response(copy, { headers })).catch(() => {});
    context.waitUntil(this.#written);
    return new Response(body, response);
  }

  /** What was no good shard is not kept. */
  async forget() {
    await this.#written;
    await (await openCache())?.delete(this.#request);
  }
}

/** @returns {Promise<Cache | null>} */
async function openCache() {
  const caches = /** @type {(CacheStorage & { default?: Cache }) | undefined} */ (globalThis.caches);
  return caches?.default ?? (await caches?.open(CACHE)) ?? null;
}
