// From an address or bytes to an engine: chunks go into wasm memory as they
// arrive, and nothing holds the whole file beside it.

import { ShardLoader } from '../dist/goodsrank_wasm.js';
import { GoodsRankError, badQuery, shown } from './error.js';
import { Handle } from './handle.js';
import { chunks, request, text } from './http.js';
import { readManifest } from './manifest.js';
import { guard, init } from './module.js';

/**
 * @typedef {import('../index.d.ts').ShardSource} ShardSource
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 *
 * @typedef {object} Download
 * @property {Response} response
 * @property {URL} url
 * @property {number | null} total bytes, null when nobody knows
 * @property {import('./manifest.js').Entry} [entry] of the manifest that named it
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
  const download = await start(source, options);
  try {
    await abortable(ready, options.signal);
  } catch (error) {
    download.response.body?.cancel().catch(() => {});
    throw error;
  }
  return stream(download, options);
}

/**
 * @param {Uint8Array} bytes
 * @param {OpenOptions} options
 */
async function openBytes(bytes, { signal, onProgress }) {
  await abortable(init(), signal);
  return load(bytes.length, undefined, (push) => {
    push(bytes);
    onProgress?.({ loaded: bytes.length, total: bytes.length });
  });
}

/**
 * @param {string | URL} source
 * @param {OpenOptions} options
 * @returns {Promise<Download>}
 */
async function start(source, { signal, fetch }) {
  const { response, url } = await request(source, signal, fetch);
  if (!isJson(response, url)) return { response, url, total: contentLength(response) };
  const entry = readManifest(await text(response, url, signal), String(url));
  const shard = await request(new URL(entry.file, url), signal, fetch);
  return { ...shard, total: entry.bytes, entry };
}

/**
 * @param {Response} response
 * @param {URL} url
 */
function isJson(response, url) {
  const type = response.headers.get('content-type') ?? '';
  return url.pathname.endsWith('.json') || type.startsWith('application/json');
}

/**
 * The length that a server gives, unless it is that of a compressed body.
 *
 * @param {Response} response
 */
function contentLength(response) {
  const length = response.headers.get('content-length');
  const encoding = response.headers.get('content-encoding') ?? 'identity';
  return length !== null && encoding === 'identity' ? Number(length) : null;
}

/**
 * @param {Download} download
 * @param {OpenOptions} options
 */
function stream({ response, url, total, entry }, { signal, onProgress }) {
  return load(total ?? 0, entry?.hash, async (push) => {
    let loaded = 0;
    for await (const chunk of chunks(response, url, signal)) {
      loaded += chunk.length;
      if (entry && loaded > entry.bytes) throw longer(entry);
      push(chunk);
      onProgress?.({ loaded, total: total !== null && loaded <= total ? total : null });
    }
  });
}

/**
 * Makes an engine of what `fill` pushes; what was pushed goes when it fails.
 *
 * @param {number} total bytes to make room for
 * @param {string | undefined} hash that the file must have
 * @param {(push: (bytes: Uint8Array) => void) => void | Promise<void>} fill
 */
async function load(total, hash, fill) {
  const capacity = Math.min(total, MAX_BYTES);
  const loader = new Handle('the loader', guard(() => ShardLoader.withCapacity(capacity)));
  try {
    await fill((bytes) => loader.use((loader) => loader.push(bytes)));
  } catch (error) {
    loader.close();
    throw error;
  }
  return loader.use((loader) => loader.finish(hash));
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
