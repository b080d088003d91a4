// Texts of goods that stay where the shard lies until somebody looks at them: blocks
// are fetched by range, neighbours in one piece, and kept in the Cache API.

import { GoodsRankError } from './error.js';
import { pairs } from './cold.js';
import { chunks, request } from './http.js';

/**
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 *
 * @typedef {object} Shard where it lies
 * @property {URL} url
 * @property {import('./manifest.js').Entry} entry
 * @property {import('./http.js').Asking['fetch']} [fetch]
 * @property {import('./store.js').Store | null} store
 */

/** Bytes between two blocks for which no second request is made. */
const GAP = 1 << 15;

export class Texts {
  #engine;
  #shard;
  /** Blocks that are here, by where they start. @type {Map<number, Uint8Array<ArrayBuffer>>} */
  #here = new Map();
  /** Of those the ones that nobody has looked at yet. @type {Set<number>} */
  #fetched = new Set();
  /** Where and how long blocks are that somebody waits for. @type {Map<number, number> | null} */
  #wanted = null;

  /**
   * @param {Engine} engine
   * @param {Shard} shard
   */
  constructor(engine, shard) {
    this.#engine = engine;
    this.#shard = shard;
  }

  /** As `Cold` has it: what is not here is noted for who waits, or is an error. */
  bring() {
    const missing = pairs(this.#engine.takeMissing());
    for (const [start, length] of missing) {
      const block = this.#here.get(start);
      if (block) this.#put(start, block);
      else if (this.#wanted) this.#wanted.set(start, length);
      else throw notHere();
    }
    return missing.size > 0 && !this.#wanted?.size;
  }

  /**
   * A block that is checked now and kept then, or forgotten.
   *
   * @param {number} start
   * @param {Uint8Array<ArrayBuffer>} block
   */
  #put(start, block) {
    const { store, entry } = this.#shard;
    try {
      this.#engine.put(start, block);
    } catch (error) {
      // What came with it may be another file's too.
      for (const other of [start, ...this.#fetched]) this.#here.delete(other);
      this.#fetched.clear();
      store?.forgetBlock(entry.hash, start);
      throw error;
    }
    if (this.#fetched.delete(start)) store?.keepBlock(entry.hash, start, block);
  }

  /** @returns {import('./cold.js').Missed} */
  collect() {
    const wanted = (this.#wanted = new Map());
    return {
      stop: () => (this.#wanted = null),
      load: async (signal) => {
        if (wanted.size > 0) await this.#load(wanted, signal);
        return wanted.size > 0;
      },
    };
  }

  /**
   * @param {Map<number, number>} wanted
   * @param {AbortSignal} [signal]
   */
  async #load(wanted, signal) {
    const { store, entry } = this.#shard;
    const kept = async (/** @type {[number, number]} */ [start]) => {
      const response = await store?.block(entry.hash, start);
      if (response) this.#here.set(start, new Uint8Array(await response.arrayBuffer()));
    };
    await Promise.all([...wanted].map(kept));
    const left = [...wanted].filter(([start]) => !this.#here.has(start));
    await Promise.all(runs(left).map((run) => this.#fetch(run, signal)));
  }

  /**
   * Fetches blocks that lie together.
   *
   * @param {[number, number][]} run
   * @param {AbortSignal} [signal]
   */
  async #fetch(run, signal) {
    const { url, fetch } = this.#shard;
    const [from, to] = [run[0]?.[0] ?? 0, end(run)];
    const asked = { signal, fetch, headers: { range: `bytes=${from}-${to - 1}` } };
    const { response } = await request(url, asked);
    const bytes = await bodyOf(response, url, signal);
    // A server without ranges sends the whole file.
    const at = response.status === 206 ? from : 0;
    if (bytes.length < to - at) throw short(url, to - at, bytes.length);
    for (const [start, length] of run) {
      const block = bytes.slice(start - at, start - at + length);
      this.#here.set(start, block);
      this.#fetched.add(start);
    }
  }
}

/**
 * Blocks in the order of the file, those that lie close together.
 *
 * @param {[number, number][]} blocks starts and lengths
 */
function runs(blocks) {
  /** @type {[number, number][][]} */
  const runs = [];
  for (const block of blocks.sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last && block[0] - end(last) <= GAP) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

/** @param {[number, number][]} run */
function end(run) {
  const [start, length] = run.at(-1) ?? [0, 0];
  return start + length;
}

/**
 * @param {Response} response
 * @param {URL} url
 * @param {AbortSignal} [signal]
 */
async function bodyOf(response, url, signal) {
  const parts = [];
  for await (const chunk of chunks(response, url, signal)) parts.push(chunk);
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
}

function notHere() {
  return new GoodsRankError(
    'not_loaded',
    'not loaded: the texts of these goods are not here; await ranking.rows(), put await ' +
      "catalog.withTexts() around the call, or open with texts: 'all'",
  );
}

/**
 * @param {URL} url
 * @param {number} expected
 * @param {number} found
 */
function short(url, expected, found) {
  return new GoodsRankError(
    'truncated',
    `truncated shard: ${url}: expected ${expected} bytes of texts, found ${found}; download the shard again`,
  );
}
