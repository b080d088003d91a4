// A newer catalog than the one that was opened from the store; loaded for those who ask
// to be told of one.

import { Handle } from './handle.js';
import { request } from './http.js';
import { readManifest, withdrawnBy } from './manifest.js';
import { asking, shardOf, textOf } from './source.js';

/**
 * @typedef {import('../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('./shard.js').Opened} Opened
 * @typedef {import('./source.js').Found} Found
 * @typedef {ReturnType<import('./store.js').Store['keep']>} Keeper
 */

/**
 * What is new of a newer manifest, once it is open and in the store whole; null where
 * there is none.
 *
 * @param {import('./source.js').Place} place
 * @param {OpenOptions} options
 * @param {(found: Found, options: OpenOptions) => Promise<Opened>} open
 */
export async function updated({ store, url, manifest, signed }, options, open) {
  const { signal } = options;
  const { response, url: base } = await request(url, { signal });
  const asked = await textOf(response, base, signal);
  if (asked.text === manifest.text) return null;
  const newer = signed ? await signed.fetched(asked, asking(options)) : asked;
  const [entries = [], old = []] = [newer, manifest].map(({ text, base }) => readManifest(text, base));
  const [gone, before] = [newer, manifest].map(({ text, base }) => withdrawnBy(text, base));
  const had = new Set(old.map(({ hash }) => hash));
  const added = entries.filter(({ hash }) => !had.has(hash));
  const found = await shardOf(store, url, newer, asking(options));
  /** @type {(Promise<boolean> | undefined)[]} */
  const kept = [];
  const take = async (/** @type {Found} */ newer) => {
    const { engine } = await open(newer, { signal });
    // At once in a handle: what none holds may be given back.
    new Handle('the newer catalog', engine).close();
  };
  const waited = (/** @type {Found} */ found) => ({
    ...found,
    kept: (/** @type {Keeper | undefined} */ keeper) => void kept.push(keeper?.done()),
  });
  const whole = (/** @type {Found} */ found) => {
    const { again } = found;
    return { ...waited(found), again: again && (async () => waited(await again())) };
  };
  if (!('parts' in found)) await take(whole(found));
  else {
    const parts = found.parts.filter(({ entry }) => !had.has(entry.hash));
    for (const { find } of parts) await take(whole(await find(signal)));
  }
  // What cannot be kept is asked for the next time.
  await ((await Promise.all(kept)).includes(false) ? store.forget(url) : store.name(url, newer));
  const same = added.length === 0 && entries.length === old.length && JSON.stringify(gone) === JSON.stringify(before);
  if (same) return null;
  const { file, bytes, hash } = /** @type {import('./manifest.js').Entry} */ (added[0] ?? entries[0]);
  return { file, bytes, hash };
}
