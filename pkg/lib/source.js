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
 *
 * @typedef {object} Found
 * @property {Download} download
 * @property {() => Keeper} [keep] where the store may take it
 * @property {(keeper: Keeper | undefined) => void} [kept] when it is open, and not waited for
 * @property {() => Promise<Found>} [again] from the network, where this is the store's
 * @property {Place} [stale] nobody has asked whether there is a newer one
 *
 * @typedef {{ store: Store, url: URL, manifest: Manifest }} Place
 *
 * What a manifest of several shards leads to.
 *
 * @typedef {object} Several
 * @property {{ entry: import('./manifest.js').Entry, find: (signal?: AbortSignal) => Promise<Found> }[]} parts
 * @property {string} place of the manifest, for errors
 * @property {() => Promise<void>} named when all are open, and not waited for
 * @property {Place} [stale]
 */

/**
 * @param {string | URL} source
 * @param {OpenOptions} options
 * @returns {Promise<Found | Several>}
 */
export async function find(source, options) {
  const url = resolve(source);
  // What a caller fetches by other means is not ours to keep.
  const store = options.fetch ? null : await Store.open(url, options);
  const kept = (await store?.manifest(url)) ?? null;
  options.signal?.throwIfAborted();
  if (store && kept && options.onUpdate) {
    const found = await shardOf(store, url, kept, { signal: options.signal });
    return 'parts' in found || found.again ? { ...found, stale: { store, url, manifest: kept } } : found;
  }
  try {
    return await ask(store, url, kept !== null, options);
  } catch (error) {
    if (!store || !kept || !passes(error)) throw error;
    const found = await shardOf(store, url, kept, { signal: options.signal });
    options.onWarning?.(/** @type {any} */ (error));
    return found;
  }
}

/**
 * @param {Store | null} store
 * @param {URL} url
 * @param {boolean} once whether something else is there if it fails
 * @param {OpenOptions} options
 * @returns {Promise<Found | Several>}
 */
async function ask(store, url, once, { signal, fetch }) {
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
  return shardOf(private_ ? null : store, url, manifest, { signal, fetch });
}

/**
 * The shard of a manifest: the store's, if it has it. Of a manifest of several, how
 * to find each.
 *
 * @param {Store | null} store
 * @param {URL} url of the manifest
 * @param {Manifest} manifest
 * @param {import('./http.js').Asking} asking
 * @returns {Promise<Found | Several>}
 */
async function shardOf(store, url, manifest, asking) {
  const [entry, ...others] = readManifest(manifest.text, manifest.base);
  if (!entry) throw new TypeError('a manifest that was read names a shard');
  /** @param {boolean | undefined} isKept */
  const name = async (isKept) => {
    if (isKept ?? true) await store?.name(url, manifest);
  };
  if (others.length === 0) {
    return placed(store, entry, manifest, asking, async (keeper) => name(await keeper?.done()));
  }
  /** @type {Promise<boolean>[]} */
  const kept = [];
  const parts = [entry, ...others].map((entry) => ({
    entry,
    find: (/** @type {AbortSignal | undefined} */ signal) =>
      placed(store, entry, manifest, { ...asking, signal }, (keeper) => {
        if (keeper) kept.push(keeper.done());
      }),
  }));
  const named = async () => name(!(await Promise.all(kept)).includes(false));
  return { parts, named, place: manifest.base };
}

/**
 * @param {Store | null} store
 * @param {import('./manifest.js').Entry} entry
 * @param {Manifest} manifest
 * @param {import('./http.js').Asking} asking
 * @param {(keeper: Keeper | undefined) => void} kept
 * @returns {Promise<Found>}
 */
async function placed(store, entry, manifest, asking, kept) {
  const at = new URL(entry.file, manifest.base);
  const fetched = async () => {
    const { response, url: from } = await request(at, asking);
    return { response, url: from, total: entry.bytes, entry, fetch: asking.fetch };
  };
  if (!store) return { download: await fetched() };
  /** @returns {Promise<Found>} */
  const again = async () => ({
    download: await fetched(),
    keep: () => store.keep(entry.hash),
    kept,
  });
  const response = await store.shard(entry.hash);
  if (!response) return again();
  return {
    download: { response, url: at, total: entry.bytes, entry },
    kept: () => kept(undefined),
    again: async () => {
      await store.forget(entry.hash);
      return again();
    },
  };
}

/**
 * What a newer manifest names, once `take` has it; null where there is none.
 *
 * @param {Place} place
 * @param {AbortSignal | undefined} signal
 * @param {(found: Found) => Promise<void>} take
 */
export async function revalidate({ store, url, manifest }, signal, take) {
  const { response, url: base } = await request(url, { signal });
  const newer = { text: await text(response, base, signal), base: base.href };
  if (newer.text === manifest.text) return null;
  const [entries, old] = [newer, manifest].map(({ text, base }) => readManifest(text, base));
  const had = new Set(old?.map(({ hash }) => hash));
  const entry = entries?.find(({ hash }) => !had.has(hash)) ?? null;
  const found = await shardOf(store, url, newer, { signal });
  /** @type {(Promise<boolean> | undefined)[]} */
  const kept = [];
  const kept_ = (/** @type {Keeper | undefined} */ keeper) => void kept.push(keeper?.done());
  const parts = 'parts' in found ? found.parts.filter(({ entry }) => !had.has(entry.hash)) : [];
  if (!('parts' in found)) await take({ ...found, kept: kept_ });
  for (const { find } of parts) await take({ ...(await find(signal)), kept: kept_ });
  // What cannot be kept is asked for the next time.
  await ((await Promise.all(kept)).includes(false) ? store.forget(url) : store.name(url, newer));
  return entry;
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
