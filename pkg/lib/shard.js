// From an address or bytes to an engine: chunks go into wasm memory as they
// arrive, and nothing holds the whole file beside it.

import { ShardLoader } from '../dist/goodsrank_wasm.js';
import { receive } from './download.js';
import { GoodsRankError, badQuery, shown } from './error.js';
import { Handle } from './handle.js';
import { guard, init } from './module.js';
import { find, revalidate } from './source.js';

/**
 * @typedef {import('../index.d.ts').ShardSource} ShardSource
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('./source.js').Found} Found
 */

/** More than wasm memory can hold; a loader takes 32 bits. */
const MAX_BYTES = 2 ** 32 - 1;

/**
 * @param {ShardSource} source
 * @param {OpenOptions} [options]
 * @returns {Promise<Engine>}
 */
export async function openShard(source, options = {}) {
  options.signal?.throwIfAborted();
  if (source instanceof ArrayBuffer) return openBytes(new Uint8Array(source), options);
  if (source instanceof Uint8Array) return openBytes(source, options);
  if (typeof source !== 'string' && !(source instanceof URL)) {
    throw badQuery('source', 'an address or bytes', shown(source));
  }
  // The module is fetched beside the shard. Its failure is reported below.
  const ready = init();
  ready.catch(() => {});
  const found = await find(source, options);
  try {
    await abortable(ready, options.signal);
  } catch (error) {
    if ('download' in found) found.download.response.body?.cancel().catch(() => {});
    throw error;
  }
  const engine = await ('parts' in found ? several(found, options) : openFound(found, options));
  if (found.stale) look(found.stale, options);
  return engine;
}

/**
 * Loaded for catalogs of several shards alone.
 *
 * @param {import('./source.js').Several} found
 * @param {OpenOptions} options
 */
async function several(found, options) {
  const { openSeveral } = await import('./many/open.js');
  return openSeveral(found, options, openFound);
}

/**
 * What the store has may be damaged; then the network is asked.
 *
 * @param {Found} found
 * @param {OpenOptions} options
 */
async function openFound(found, options) {
  try {
    return await stream(found, options);
  } catch (error) {
    if (!found.again || !(error instanceof GoodsRankError)) throw error;
    return stream(await found.again(), options);
  }
}

/**
 * Looks for a newer catalog than the one that was opened, and takes it into the
 * store whole before it says so.
 *
 * @param {import('./source.js').Place} place
 * @param {OpenOptions} options
 */
async function look(place, { signal, onUpdate, onWarning }) {
  let entry;
  try {
    entry = await revalidate(place, signal, async (newer) => {
      // At once in a handle: what none holds may be given back.
      new Handle('the newer catalog', await stream(newer, { signal })).close();
    });
  } catch (error) {
    if (!signal?.aborted) onWarning?.(/** @type {GoodsRankError} */ (error));
    return;
  }
  if (entry) onUpdate?.(entry);
}

/**
 * @param {Uint8Array} bytes
 * @param {OpenOptions} options
 */
async function openBytes(bytes, { signal, onProgress }) {
  await abortable(init(), signal);
  return load(bytes.length, undefined, (file) => {
    file.push(bytes);
    onProgress?.({ loaded: bytes.length, total: bytes.length });
  });
}

/**
 * @param {Found} found
 * @param {OpenOptions} options
 */
async function stream({ download, keep, kept }, { signal, onProgress }) {
  const { total, entry } = download;
  let keeper = keep?.();
  try {
    const engine = await load(total ?? 0, entry?.hash, async (file) => {
      const push = async (/** @type {Uint8Array} */ chunk) => {
        file.push(chunk);
        const { loaded } = file;
        if (entry && loaded > entry.bytes) throw longer(entry);
        await keeper?.push(chunk);
        onProgress?.({ loaded, total: total !== null && loaded <= total ? total : null });
      };
      const restart = () => {
        file.restart();
        keeper = keeper?.anew();
      };
      await receive(download, { push, restart }, signal);
    });
    kept?.(keeper);
    return engine;
  } catch (error) {
    keeper?.drop();
    throw error;
  }
}

/**
 * Makes an engine of what `fill` pushes; what was pushed goes when it fails.
 *
 * @param {number} total bytes to make room for
 * @param {string | undefined} hash that the file must have
 * @param {(file: Incoming) => void | Promise<void>} fill
 */
async function load(total, hash, fill) {
  const file = new Incoming(Math.min(total, MAX_BYTES));
  try {
    await fill(file);
  } catch (error) {
    file.close();
    throw error;
  }
  return file.finish(hash);
}

/** A file in wasm memory, as far as it has arrived. */
class Incoming {
  #capacity;
  /** @type {Handle<ShardLoader>} */
  #loader;
  loaded = 0;

  /** @param {number} capacity */
  constructor(capacity) {
    this.#capacity = capacity;
    this.#loader = loaderOf(capacity);
  }

  /** @param {Uint8Array} bytes */
  push(bytes) {
    this.#loader.use((loader) => loader.push(bytes));
    this.loaded += bytes.length;
  }

  restart() {
    this.close();
    this.#loader = loaderOf(this.#capacity);
    this.loaded = 0;
  }

  /** @param {string | undefined} hash */
  finish(hash) {
    try {
      return this.#loader.use((loader) => loader.finish(hash));
    } finally {
      this.#loader.spent();
    }
  }

  close() {
    this.#loader.close();
  }
}

/** @param {number} capacity */
const loaderOf = (capacity) =>
  new Handle('the loader', guard(() => ShardLoader.withCapacity(capacity)));

/** @param {import('./manifest.js').Entry} entry */
function longer({ file, bytes }) {
  return new GoodsRankError(
    'damaged',
    `damaged shard: ${file}: expected ${bytes} bytes, found more; download the shard again, or ` +
      'build it anew',
  );
}

/**
 * What comes first: the promise, or the signal's reason.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
function abortable(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
