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
 * @typedef {ReturnType<Store['keep']>} Keeper
 * @typedef {import('./http.js').Asking & Pick<OpenOptions, 'texts' | 'onWarning'>} Asking
 *
 * @typedef {object} Found
 * @property {Download} download
 * @property {import('./texts.js').Shard} [cold] where its texts stay until they are shown
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
 *
 * @typedef {(isKept?: boolean) => Promise<void>} Name
 * @typedef {(entry: import('./manifest.js').Entry, signal: AbortSignal | undefined, kept: (keeper?: Keeper) => void) => Promise<Found>} FindOne
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
  const signed = await signatures(options, url);
  // What a caller fetches by other means is not ours to keep.
  const store = options.fetch ? null : await Store.open(url, options);
  const kept = await keptBy(store, url, signed);
  options.signal?.throwIfAborted();
  const { signal, onWarning } = options;
  if (store && kept && options.onUpdate) {
    const found = await shardOf(store, url, kept, asking(options));
    const here = 'parts' in found || found.again;
    return here ? { ...found, stale: { store, url, manifest: kept, signed } } : found;
  }
  try {
    return await ask(store, url, kept !== null, options, signed);
  } catch (error) {
    if (!store || !kept || !(passes(error) || isForged(error))) throw error;
    const found = await shardOf(store, url, kept, { signal, texts: options.texts });
    onWarning?.(/** @type {any} */ (error));
    return found;
  }
}

/**
 * @param {OpenOptions} options
 * @returns {Asking}
 */
export const asking = ({ signal, fetch, texts, onWarning }) => ({ signal, fetch, texts, onWarning });

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
export async function part(module) {
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
 * @returns {Promise<Found | Several>}
 */
async function ask(store, url, once, options, signed) {
  const { signal, fetch } = options;
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
  return shardOf(private_ ? null : store, url, manifest, asking(options));
}

/**
 * @param {Response} response
 * @param {URL} url
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Manifest>}
 */
export async function textOf(response, url, signal) {
  return { text: await text(response, url, signal), base: url.href };
}

/**
 * The shard of a manifest: the store's, if it has it. Of a manifest of several, how
 * to find each.
 *
 * @param {Store | null} store
 * @param {URL} url of the manifest
 * @param {Manifest} manifest
 * @param {Asking} asking
 * @returns {Promise<Found | Several>}
 */
export async function shardOf(store, url, manifest, asking) {
  const entries = readManifest(manifest.text, manifest.base);
  /** @type {Name} */
  const name = async (isKept = true) => {
    if (isKept) await store?.name(url, manifest);
  };
  /** @type {FindOne} */
  const find = (entry, signal, kept) => placed(store, entry, manifest, { ...asking, signal }, kept);
  const [entry] = entries;
  if (entry && entries.length === 1) {
    return find(entry, asking.signal, async (keeper) => name(await keeper?.done()));
  }
  const { several } = await part(import('./many/parts.js'));
  return several(entries, manifest.base, find, name);
}

/**
 * @param {Store | null} store
 * @param {import('./manifest.js').Entry} entry
 * @param {Manifest} manifest
 * @param {Asking} asking
 * @param {(keeper: Keeper | undefined) => void} kept
 * @returns {Promise<Found>}
 */
async function placed(store, entry, manifest, { signal, fetch, texts, onWarning }, kept) {
  const withdrawn = withdrawnBy(manifest.text, manifest.base);
  const at = new URL(entry.file, manifest.base);
  const shown = texts === 'shown' && entry.textStart < entry.bytes;
  const total = shown ? entry.textStart : entry.bytes;
  const hot = shown ? { headers: { range: `bytes=0-${total - 1}` } } : {};
  const cold = shown ? { url: at, entry, fetch, store } : undefined;
  const fetched = async () => {
    const { response, url: from } = await request(at, { signal, fetch, ...hot });
    return { response, url: from, total, entry, withdrawn, fetch };
  };
  if (!store) return { download: await fetched(), cold };
  /** @returns {Promise<Found>} */
  const again = async () => arriving(await fetched());
  const arriving = (/** @type {Download} */ download) => ({
    download,
    cold,
    keep: () => store.keep(shown ? hotOf(entry) : entry.hash),
    kept,
  });
  const whole = await store.shard(entry.hash);
  const response = whole ?? (shown ? await store.shard(hotOf(entry)) : null);
  const here = { url: at, entry, withdrawn };
  if (!response) {
    // A delta leads from a whole shard to a whole one.
    const made = shown ? null : await patchedBy(store, entry, manifest.base, { signal, onWarning });
    return made ? { ...arriving({ ...here, total: entry.bytes, response: made }), again } : again();
  }
  return {
    download: { ...here, response, total: whole ? entry.bytes : total },
    cold: whole ? undefined : cold,
    kept: () => kept(undefined),
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
    asking.onWarning?.(/** @type {any} */ (error));
    return null;
  }
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
