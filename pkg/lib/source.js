// Where an address leads: to a shard, or by a manifest to one; over the network, or
// to what the store kept of it.

import { GoodsRankError, messageOf } from './error.js';
import { request, resolve, text } from './http.js';
import { readManifest, withdrawnBy } from './manifest.js';
import { Retries, passes } from './retry.js';
import { Store } from './store.js';

/**
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('./download.js').Download} Download
 * @typedef {import('./store.js').Manifest} Manifest
 * @typedef {import('./signature.js').Signatures} Signatures
 * @typedef {import('./delta.js').Asking} Asking
 * @typedef {ReturnType<Store['keep']>} Keeper
 *
 * @typedef {object} Found
 * @property {Download} download
 * @property {() => Keeper} [keep] where the store may take it
 * @property {(keeper: Keeper | undefined) => void} [kept] when it is open, and not waited for
 * @property {() => Promise<Found>} [again] from the network, where this is the store's or a delta's
 * @property {Place} [stale] nobody has asked whether there is a newer one
 *
 * @typedef {object} Place
 * @property {Store} store
 * @property {URL} url
 * @property {Manifest} manifest
 * @property {Signatures | null} signed
 * @property {Asking} asking
 */

/**
 * @param {string | URL} source
 * @param {OpenOptions} options
 * @returns {Promise<Found>}
 */
export async function find(source, options) {
  const url = resolve(source);
  const signed = await signatures(options, url);
  // What a caller fetches by other means is not ours to keep.
  const store = options.fetch ? null : await Store.open(url, options);
  const kept = await keptBy(store, url, signed);
  options.signal?.throwIfAborted();
  const { signal, onWarning } = options;
  if (store && kept && options.onUpdate) {
    const asking = { signal, onWarning };
    const found = await shardOf(store, url, kept, asking);
    return found.again ? { ...found, stale: { store, url, manifest: kept, signed, asking } } : found;
  }
  try {
    return await ask(store, url, kept !== null, options, signed);
  } catch (error) {
    if (!store || !kept || !(passes(error) || isForged(error))) throw error;
    const found = await shardOf(store, url, kept, { signal });
    onWarning?.(/** @type {any} */ (error));
    return found;
  }
}

/**
 * @param {OpenOptions} options
 * @param {import('../index.d.ts').ShardSource} source
 */
export async function signatures({ publicKey }, source) {
  if (publicKey === undefined) return null;
  const { Signatures } = await part(import('./signature.js'));
  return Signatures.by(publicKey, source);
}

/**
 * What not everybody needs of this package is loaded when somebody does.
 *
 * @template T
 * @param {Promise<T>} module
 * @returns {Promise<T>}
 */
async function part(module) {
  try {
    return await module;
  } catch (cause) {
    const message = `fetch failed: a part of goodsrank: ${messageOf(cause)}; is the package served whole?`;
    throw new GoodsRankError('fetch_failed', message, { cause });
  }
}

/**
 * What the store has of a manifest: nothing, where a key is given that did not sign it.
 *
 * @param {Store | null} store
 * @param {URL} url
 * @param {Signatures | null} signed
 */
async function keptBy(store, url, signed) {
  const kept = (await store?.manifest(url)) ?? null;
  return !kept || !signed || (await signed.holds(kept)) ? kept : null;
}

/** What nobody signed is no reason to give up what somebody did. @param {any} error */
const isForged = (error) => error?.code === 'bad_signature';

/**
 * @param {Store | null} store
 * @param {URL} url
 * @param {boolean} once whether something else is there if it fails
 * @param {OpenOptions} options
 * @param {Signatures | null} signed
 * @returns {Promise<Found>}
 */
async function ask(store, url, once, { signal, fetch, onWarning }, signed) {
  const { response, url: base } = await request(url, {
    signal,
    fetch,
    retries: new Retries(once ? [] : undefined),
  });
  if (!isJson(response, base)) {
    signed?.refuse(response, url);
    return { download: { response, url: base, total: contentLength(response), fetch } };
  }
  const private_ = /\bno-store\b/.test(response.headers.get('cache-control') ?? '');
  const asked = await textOf(response, base, signal);
  const manifest = signed ? await signed.fetched(asked, { signal, fetch }) : asked;
  return shardOf(private_ ? null : store, url, manifest, { signal, fetch, onWarning });
}

/**
 * @param {Response} response
 * @param {URL} url
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Manifest>}
 */
async function textOf(response, url, signal) {
  return { text: await text(response, url, signal), base: url.href };
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
async function shardOf(store, url, manifest, { signal, fetch, onWarning }) {
  const asking = { signal, fetch };
  const entry = readManifest(manifest.text, manifest.base);
  const withdrawn = withdrawnBy(manifest.text, manifest.base);
  const at = new URL(entry.file, manifest.base);
  const fetched = async () => {
    const { response, url: from } = await request(at, asking);
    return { response, url: from, total: entry.bytes, entry, withdrawn, fetch };
  };
  if (!store) return { download: await fetched() };
  /** @param {Keeper | undefined} keeper */
  const name = async (keeper) => {
    if (!keeper || (await keeper.done())) await store.name(url, manifest);
  };
  /** @returns {Promise<Found>} */
  const again = async () => arriving(await fetched());
  const arriving = (/** @type {Download} */ download) => ({
    download,
    keep: () => store.keep(entry.hash),
    kept: (/** @type {Keeper | undefined} */ keeper) => void name(keeper),
  });
  const response = await store.shard(entry.hash);
  const here = { url: at, total: entry.bytes, entry, withdrawn };
  if (!response) {
    const made = await patchedBy(store, entry, manifest.base, { signal, onWarning });
    return made ? { ...arriving({ ...here, response: made }), again } : again();
  }
  return {
    download: { ...here, response },
    kept: () => void name(undefined),
    again: async () => {
      await store.forget(entry.hash);
      return again();
    },
  };
}

/**
 * The shard, where a delta leads to it from one that is kept. What goes wrong with one
 * is a warning, for the whole shard is there as well.
 *
 * @param {Store} store
 * @param {import('./manifest.js').Entry} entry
 * @param {string} base
 * @param {Asking} asking
 */
async function patchedBy(store, entry, base, asking) {
  if (!entry.deltas) return null;
  try {
    const { patched } = await part(import('./delta.js'));
    return await patched(store, entry, base, asking);
  } catch (error) {
    asking.signal?.throwIfAborted();
    asking.onWarning?.(error);
    return null;
  }
}

/**
 * What a newer manifest names, once `take` has it; null where there is none.
 *
 * @param {Place} place
 * @param {AbortSignal | undefined} signal
 * @param {(found: Found) => Promise<void>} take
 */
export async function revalidate({ store, url, manifest, signed, asking }, signal, take) {
  const { response, url: base } = await request(url, { signal });
  const asked = await textOf(response, base, signal);
  if (asked.text === manifest.text) return null;
  const newer = signed ? await signed.fetched(asked, asking) : asked;
  const [entry, old] = [newer, manifest].map(({ text, base }) => readManifest(text, base));
  const [gone, before] = [newer, manifest].map(({ text, base }) => withdrawnBy(text, base));
  const found = await shardOf(store, url, newer, asking);
  /** @type {Promise<boolean> | undefined} */
  let kept;
  const waited = (/** @type {Found} */ found) => ({
    ...found,
    kept: (/** @type {Keeper | undefined} */ keeper) => void (kept = keeper?.done()),
  });
  const { again } = found;
  await take({ ...waited(found), again: again && (async () => waited(await again())) });
  // What cannot be kept is asked for the next time.
  await (((await kept) ?? true) ? store.name(url, newer) : store.forget(url));
  const same = entry?.hash === old?.hash && JSON.stringify(gone) === JSON.stringify(before);
  return same ? null : entry;
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
