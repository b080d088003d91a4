// The shards of a catalog, a few at a time, all or none.

import { badQuery, shown } from '../error.js';
import { Handle } from '../handle.js';
import { bad } from '../manifest.js';
import { need } from '../module.js';
import { touches } from './categories.js';
import { Many } from './many.js';
import { SHARDS } from './rows.js';
import { unsupported } from './unsupported.js';

/**
 * @typedef {import('../../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../manifest.js').Entry} Entry
 * @typedef {import('../source.js').Found} Found
 * @typedef {import('../source.js').Several} Several
 * @typedef {import('../shard.js').Opened} Opened
 * @typedef {import('./many.js').Part} Part
 */

/** Downloads at once. */
const AT_ONCE = 3;

/**
 * @param {Several} several
 * @param {OpenOptions} options
 * @param {(found: Found, options: OpenOptions) => Promise<Opened>} open one shard
 * @returns {Promise<Opened>} what asks all of them
 */
export async function openSeveral({ parts, named, place }, options, open) {
  need('engine_told', 'a catalog of several shards');
  checkEntries(
    parts.map(({ entry }) => entry),
    place,
  );
  const wanted = parts.filter(({ entry }) => isWanted(entry, options.categories));
  checkWanted(
    options.categories,
    parts.map(({ entry }) => entry),
  );
  if (parts.length > SHARDS) {
    throw unsupported(`${parts.length} of them`, `build ${SHARDS} at most: raise --shard-goods`);
  }
  const progress = summed(wanted, options);
  const stop = new AbortController();
  const abort = () => stop.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', abort, { once: true });
  if (options.signal?.aborted) abort();
  /** @type {Part[]} */
  const opened = [];
  const left = [...wanted.entries()];
  const load = async () => {
    for (let next; (next = left.shift()); ) {
      const [i, { entry, find }] = next;
      stop.signal.throwIfAborted();
      const { engine, cold } = await open(await find(stop.signal), {
        ...options,
        signal: stop.signal,
        onProgress: progress(i),
      });
      opened[i] = { entry, engine: new Handle('a shard', engine, cold) };
    }
  };
  const loads = Array.from({ length: AT_ONCE }, () =>
    load().catch((error) => {
      stop.abort(error);
      throw error;
    }),
  );
  try {
    await Promise.all(loads);
    await Promise.allSettled(loads);
    const many = new Many(opened);
    many.check(options.categories ?? []);
    named();
    const [one, ...others] = opened;
    // What several cannot do together, one can.
    if (one && others.length === 0) return { engine: given(one.engine), cold: one.engine.cold };
    return { engine: /** @type {Engine} */ (/** @type {unknown} */ (many)), cold: coldOf(opened) };
  } catch (error) {
    await Promise.allSettled(loads);
    for (const part of opened) part?.engine.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

/**
 * What brings the rest of every shard; null where all of it is here.
 *
 * @param {Part[]} parts
 * @returns {import('../cold.js').Cold | null}
 */
function coldOf(parts) {
  const cold = parts.flatMap(({ engine }) => engine.cold ?? []);
  if (cold.length === 0) return null;
  return {
    bring: () => cold.map((one) => one.bring()).includes(true),
    collect() {
      const missed = cold.flatMap((one) => one.collect?.() ?? []);
      return {
        stop: () => missed.forEach((one) => one.stop()),
        load: async (signal) => (await Promise.all(missed.map((one) => one.load(signal)))).includes(true),
      };
    },
  };
}

/** What a handle owned, for who makes another at once. @param {Handle<Engine>} handle */
function given(handle) {
  const engine = handle.object;
  handle.spent();
  return engine;
}

/** @param {Entry[]} entries @param {string} place of the manifest */
function checkEntries(entries, place) {
  const files = new Set();
  for (const { file, goods, categories } of entries) {
    if (files.has(file)) throw bad(place, 'each shard once', `${file} twice`);
    files.add(file);
    if (!Number.isSafeInteger(goods) || goods < 0) throw bad(place, `the goods of ${file}`, 'none');
    const found = Array.isArray(categories) && categories.length > 0 ? 'another value' : 'none';
    if (found === 'none' || !categories.every((path) => typeof path === 'string')) {
      throw bad(place, `the categories of ${file}`, found);
    }
  }
}

/** @param {Entry} entry @param {string[]} [categories] */
function isWanted(entry, categories) {
  if (categories === undefined || !Array.isArray(categories)) return true;
  return categories.some((path) => touches(entry, path));
}

/** @param {string[] | undefined} categories @param {Entry[]} entries */
function checkWanted(categories, entries) {
  if (categories === undefined) return;
  const expected = `a list of categories within ${within(entries)}`;
  if (!Array.isArray(categories) || categories.length === 0) {
    throw badQuery('categories', expected, Array.isArray(categories) ? 'none' : shown(categories));
  }
  for (const path of categories) {
    const known = typeof path === 'string' && entries.some((entry) => touches(entry, path));
    if (!known) throw badQuery('categories', expected, shown(path));
  }
}

/** What there is, in short. @param {Entry[]} entries */
function within(entries) {
  const paths = entries.flatMap(({ categories }) => categories).filter((path) => path !== '');
  return [...new Set(paths.map((path) => path.split('/')[0]))].join(', ');
}

/**
 * Progress over the sum of all bytes.
 *
 * @param {Several['parts']} parts
 * @param {OpenOptions} options
 */
function summed(parts, { onProgress, texts }) {
  const shown = texts === 'shown';
  const total = parts.reduce((sum, { entry }) => sum + (shown ? entry.textStart : entry.bytes), 0);
  const loaded = parts.map(() => 0);
  return (/** @type {number} */ i) => (/** @type {{ loaded: number }} */ progress) => {
    loaded[i] = progress.loaded;
    onProgress?.({ loaded: loaded.reduce((sum, bytes) => sum + bytes, 0), total });
  };
}
