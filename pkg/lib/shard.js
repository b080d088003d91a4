// From an address or bytes to an engine: chunks go into wasm memory as they
// arrive, and nothing holds the whole file beside it.

import { ShardLoader } from '../dist/goodsrank_wasm.js';
import { inMemory } from './cold.js';
import { receive } from './download.js';
import { GoodsRankError, badQuery, shown } from './error.js';
import { Handle } from './handle.js';
import { guard, init } from './module.js';
import { find, part, signatures } from './source.js';

/**
 * @typedef {import('../index.d.ts').ShardSource} ShardSource
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('./cold.js').Cold} Cold
 * @typedef {import('./source.js').Found} Found
 *
 * @typedef {object} Opened
 * @property {Engine} engine
 * @property {Cold | null} cold what brings the rest of the shard
 */

/** More than a piece of wasm memory can be. */
const MAX_BYTES = 2 ** 31 - 1;

/** Of a file in memory: header, directory and model are before it. */
const HEAD = 1 << 15;

/**
 * @param {ShardSource} source
 * @param {OpenOptions} [options]
 * @returns {Promise<Opened>}
 */
export async function openShard(source, options = {}) {
  options.signal?.throwIfAborted();
  if (source instanceof ArrayBuffer || source instanceof Uint8Array) {
    await signatures(options, source);
    return openBytes(source instanceof Uint8Array ? source : new Uint8Array(source), options);
  }
  if (typeof source !== 'string' && !(source instanceof URL)) {
    throw badQuery('source', 'an address or bytes', shown(source));
  }
  if (![undefined, 'all', 'shown'].includes(options.texts)) {
    throw badQuery('texts', '"all" or "shown"', shown(options.texts));
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
  const opened = await ('parts' in found ? several(found, options) : openFound(found, options));
  if (found.stale) look(found.stale, options);
  return opened;
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
 * Looks for a newer catalog than the one that was opened, and says so.
 *
 * @param {import('./source.js').Place} place
 * @param {OpenOptions} options
 */
async function look(place, options) {
  let newer;
  try {
    const { updated } = await part(import('./updates.js'));
    newer = await updated(place, options, openFound);
  } catch (error) {
    if (!options.signal?.aborted) options.onWarning?.(/** @type {GoodsRankError} */ (error));
  }
  if (newer) options.onUpdate?.(newer);
}

/**
 * Nothing is copied until a call needs it, nor checked.
 *
 * @param {Uint8Array} bytes
 * @param {OpenOptions} options
 * @returns {Promise<Opened>}
 */
async function openBytes(bytes, { signal, onProgress }) {
  await abortable(init(), signal);
  const engine = await load((file) => {
    file.push(bytes.subarray(0, HEAD));
    return { total: bytes.length };
  });
  onProgress?.({ loaded: bytes.length, total: bytes.length });
  return { engine, cold: inMemory(engine, bytes) };
}

/**
 * @param {Found} found
 * @param {OpenOptions} options
 * @returns {Promise<Opened>}
 */
async function stream({ download, cold, keep, kept }, { signal, onProgress }) {
  const { total, entry, withdrawn = [] } = download;
  if (total !== null && total > MAX_BYTES) throw tooLarge(total);
  let keeper = keep?.();
  try {
    const engine = await load(async (file) => {
      const push = async (/** @type {Uint8Array} */ arrived) => {
        const chunk = cold ? arrived.subarray(0, (total ?? 0) - file.loaded) : arrived;
        file.push(chunk);
        const { loaded } = file;
        if (entry && loaded > entry.bytes) throw longer(entry);
        await keeper?.push(chunk);
        onProgress?.({ loaded, total: total !== null && loaded <= total ? total : null });
        return cold !== undefined && loaded === total;
      };
      const restart = () => {
        file.restart();
        keeper = keeper?.anew();
      };
      await receive(download, { push, restart }, signal);
      const elsewhere = cold && file.loaded === total ? entry?.bytes : undefined;
      return { head: entry?.head, total: elsewhere };
    });
    guard(() => withdrawn.forEach((id) => engine.withdraw(id)));
    kept?.(keeper);
    return { engine, cold: cold ? new (await import('./texts.js')).Texts(engine, cold) : null };
  } catch (error) {
    keeper?.drop();
    throw error;
  }
}

/**
 * Makes an engine of what `fill` pushes; what was pushed goes when it fails.
 *
 * @param {(file: Incoming) => End | Promise<End>} fill
 */
async function load(fill) {
  const file = new Incoming();
  try {
    return file.finish(await fill(file));
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * @typedef {object} End of a file
 * @property {string} [head] the hash that its header must have
 * @property {number} [total] its bytes, if they are not all to be here
 */

/** A file in wasm memory, as far as it has arrived. */
class Incoming {
  #loader = loader();
  loaded = 0;

  /** @param {Uint8Array} bytes */
  push(bytes) {
    this.#loader.use((loader) => loader.push(bytes));
    this.loaded += bytes.length;
  }

  restart() {
    this.close();
    this.#loader = loader();
    this.loaded = 0;
  }

  /** @param {End} end */
  finish({ head, total }) {
    try {
      return this.#loader.use((loader) => loader.finish(head, total));
    } finally {
      this.#loader.spent();
    }
  }

  close() {
    this.#loader.close();
  }
}

const loader = () => new Handle('the loader', guard(() => new ShardLoader()));

/** @param {number} found */
function tooLarge(found) {
  return new GoodsRankError(
    'limit',
    `limit: at most ${MAX_BYTES} bytes of WebAssembly memory, or less where the host has less, ` +
      `found ${found}`,
  );
}

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
