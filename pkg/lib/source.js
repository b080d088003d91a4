// Where an address leads: to a shard, or by a manifest to one; over the network, or
// to what the store kept of it.

import { request, resolve, text } from './http.js';
import { readManifest } from './manifest.js';
import { Retries, passes } from './retry.js';
import { Store } from './store.js';

/**
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('./download.js').Download} Download
 * @typedef {import('./store.js').Manifest} Manifest
 * @typedef {ReturnType<Store['keep']>} Keeper
 * @typedef {import('./http.js').Asking & Pick<OpenOptions, 'texts'>} Asking
 *
 * @typedef {object} Found
 * @property {Download} download
 * @property {import('./texts.js').Shard} [cold] where its texts stay until they are shown
 * @property {() => Keeper} [keep] where the store may take it
 * @property {(keeper: Keeper | undefined) => void} [kept] when it is open, and not waited for
 * @property {() => Promise<Found>} [again] from the network, where this is the store's
 * @property {Place} [stale] nobody has asked whether there is a newer one
 *
 * @typedef {{ store: Store, url: URL, manifest: Manifest }} Place
 */

/**
 * @param {string | URL} source
 * @param {OpenOptions} options
 * @returns {Promise<Found>}
 */
export async function find(source, options) {
  const url = resolve(source);
  // What a caller fetches by other means is not ours to keep.
  const store = options.fetch ? null : await Store.open(url, options);
  const kept = (await store?.manifest(url)) ?? null;
  options.signal?.throwIfAborted();
  if (store && kept && options.onUpdate) {
    const found = await shardOf(store, url, kept, asking(options));
    return found.again ? { ...found, stale: { store, url, manifest: kept } } : found;
  }
  try {
    return await ask(store, url, kept !== null, options);
  } catch (error) {
    if (!store || !kept || !passes(error)) throw error;
    const found = await shardOf(store, url, kept, asking(options));
    options.onWarning?.(/** @type {any} */ (error));
    return found;
  }
}

/**
 * @param {OpenOptions} options
 * @returns {Asking}
 */
const asking = ({ signal, fetch, texts }) => ({ signal, fetch, texts });

/**
 * @param {Store | null} store
 * @param {URL} url
 * @param {boolean} once whether something else is there if it fails
 * @param {OpenOptions} options
 * @returns {Promise<Found>}
 */
async function ask(store, url, once, options) {
  const { signal, fetch } = options;
  const { response, url: base } = await request(url, {
    signal,
    fetch,
    retries: new Retries(once ? [] : undefined),
  });
  if (!isJson(response, base)) {
    return { download: { response, url: base, total: contentLength(response), fetch } };
  }
  const private_ = /\bno-store\b/.test(response.headers.get('cache-control') ?? '');
  const manifest = { text: await text(response, base, signal), base: base.href };
  return shardOf(private_ ? null : store, url, manifest, asking(options));
}

/**
 * The shard of a manifest: the store's, if it has it.
 *
 * @param {Store | null} store
 * @param {URL} url of the manifest
 * @param {Manifest} manifest
 * @param {Asking} asking
 * @returns {Promise<Found>}
 */
async function shardOf(store, url, manifest, { texts, ...asking }) {
  const entry = readManifest(manifest.text, manifest.base);
  const at = new URL(entry.file, manifest.base);
  const { fetch } = asking;
  const shown = texts === 'shown' && entry.textStart < entry.bytes;
  const total = shown ? entry.textStart : entry.bytes;
  const hot = shown ? { headers: { range: `bytes=0-${total - 1}` } } : {};
  const cold = shown ? { url: at, entry, fetch, store } : undefined;
  const fetched = async () => {
    const { response, url: from } = await request(at, { ...asking, ...hot });
    return { response, url: from, total, entry, fetch };
  };
  if (!store) return { download: await fetched(), cold };
  /** @param {Keeper | undefined} keeper */
  const name = async (keeper) => {
    if (!keeper || (await keeper.done())) await store.name(url, manifest);
  };
  /** @returns {Promise<Found>} */
  const again = async () => ({
    download: await fetched(),
    cold,
    keep: () => store.keep(shown ? hotOf(entry) : entry.hash),
    kept: (keeper) => void name(keeper),
  });
  const whole = await store.shard(entry.hash);
  const response = whole ?? (shown ? await store.shard(hotOf(entry)) : null);
  if (!response) return again();
  return {
    download: { response, url: at, total: whole ? entry.bytes : total, entry },
    cold: whole ? undefined : cold,
    kept: () => void name(undefined),
    again: async () => {
      await store.forget(entry.hash);
      return again();
    },
  };
}

/**
 * Under what a shard without its texts is kept.
 *
 * @param {import('./manifest.js').Entry} entry
 */
const hotOf = ({ hash }) => `${hash}/hot`;

/**
 * What a newer manifest names, once `take` has it; null where there is none.
 *
 * @param {Place} place
 * @param {OpenOptions} options
 * @param {(found: Found) => Promise<void>} take
 */
export async function revalidate({ store, url, manifest }, options, take) {
  const { signal } = options;
  const { response, url: base } = await request(url, { signal });
  const newer = { text: await text(response, base, signal), base: base.href };
  if (newer.text === manifest.text) return null;
  const [entry, old] = [newer, manifest].map(({ text, base }) => readManifest(text, base));
  const found = await shardOf(store, url, newer, asking(options));
  /** @type {Promise<boolean> | undefined} */
  let kept;
  await take({ ...found, kept: (keeper) => (kept = keeper?.done()) });
  // What cannot be kept is asked for the next time.
  await (((await kept) ?? true) ? store.name(url, newer) : store.forget(url));
  return entry?.hash === old?.hash ? null : entry;
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
