// From an earlier shard that is kept to a newer one, by what changed. A delta comes
// from the network: it reads within the old shard, writes within the new one, and what
// it makes is checked by the shard's hash as any download is.

import { GoodsRankError, messageOf } from './error.js';
import { chunks, request } from './http.js';

/**
 * @typedef {import('./manifest.js').Entry} Entry
 * @typedef {import('./store.js').Store} Store
 *
 * @typedef {object} Delta as a manifest names it
 * @property {string} from hash of the shard that it starts from
 * @property {string} file beside the manifest
 * @property {number} bytes
 *
 * @typedef {import('./http.js').Asking & { onWarning?: (warning: any) => void }} Asking
 */

const MAGIC = [0x89, 0x47, 0x52, 0x44, 0x0d, 0x0a, 0x1a, 0x0a];
const VERSION = 1;
const HEADER = 104;
const CONTROL = 24;

/**
 * The shard, made of one that is kept; null where there is none.
 *
 * @param {Store} store
 * @param {Entry} entry
 * @param {string} base of the manifest
 * @param {Asking} asking
 * @returns {Promise<Response | null>}
 */
export async function patched(store, entry, base, { signal }) {
  for (const delta of deltasOf(entry)) {
    const kept = await store.shard(delta.from);
    if (!kept) continue;
    try {
      const { response, url } = await request(new URL(delta.file, base), { signal });
      const bytes = await whole(chunks(response, url, signal), delta);
      const old = new Uint8Array(await kept.arrayBuffer());
      return new Response(once(await apply(old, bytes, delta, entry, signal)));
    } catch (cause) {
      if (cause instanceof GoodsRankError) throw cause;
      // No room for as much as a manifest says, for one.
      throw damaged(delta, 'to apply it', messageOf(cause));
    }
  }
  return null;
}

/**
 * Those that this version can use; there may be others one day.
 *
 * @param {Entry} entry
 * @returns {Delta[]}
 */
function deltasOf({ deltas, bytes: most }) {
  if (!Array.isArray(deltas)) return [];
  return deltas.filter(
    ({ from, file, bytes } = {}) =>
      /^[0-9a-f]{64}$/.test(from) &&
      /^[\w.-]+\.grd$/.test(file) &&
      Number.isSafeInteger(bytes) &&
      bytes >= HEADER &&
      bytes < most,
  );
}

/**
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {Delta} delta
 */
async function whole(chunks, delta) {
  const bytes = new Uint8Array(delta.bytes);
  let at = 0;
  for await (const chunk of chunks) {
    if (at + chunk.length > bytes.length) throw damaged(delta, `${delta.bytes} bytes`, 'more');
    bytes.set(chunk, at);
    at += chunk.length;
  }
  if (at < bytes.length) throw damaged(delta, `${delta.bytes} bytes`, String(at));
  return bytes;
}

/**
 * @param {Uint8Array} old
 * @param {Uint8Array<ArrayBuffer>} bytes of the delta
 * @param {Delta} delta
 * @param {Entry} entry what it is to make
 * @param {AbortSignal} [signal]
 */
export async function apply(old, bytes, delta, entry, signal) {
  const length = checkHeader(old, bytes, delta, entry);
  const patch = new Patch(old, new Uint8Array(entry.bytes), delta);
  const stream = new Blob([bytes.subarray(HEADER)]).stream();
  const reader = stream.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let left = length;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => {
        throw damaged(delta, 'a deflated stream', messageOf(cause));
      });
      signal?.throwIfAborted();
      if (done) break;
      left -= value.length;
      if (left < 0) throw damaged(delta, `${length} bytes inflated`, 'more');
      patch.push(value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  return patch.finish();
}

/**
 * What its header says of both shards has to be so. Gives how long it is inflated.
 *
 * @param {Uint8Array} old
 * @param {Uint8Array} bytes
 * @param {Delta} delta
 * @param {Entry} entry
 */
function checkHeader(old, bytes, delta, entry) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || !MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw damaged(delta, 'the magic \\x89GRD\\r\\n\\x1a\\n', 'another');
  }
  const version = view.getUint32(8, true);
  if (version !== VERSION) throw damaged(delta, `version ${VERSION}`, String(version));
  const lengths = [16, 24, 32].map((at) => number(view, at));
  const said = [lengths[0], hex(bytes.subarray(40, 72)), lengths[1], hex(bytes.subarray(72, 104))];
  const is = [old.length, delta.from, entry.bytes, entry.hash];
  if (said.join() !== is.join()) throw damaged(delta, 'the shards that its manifest names', 'others');
  const inflated = lengths[2] ?? 0;
  // A bound that no delta of ours reaches, so that nothing inflates for ever.
  const most = 4 * entry.bytes + 1024;
  if (inflated > most) throw damaged(delta, `at most ${most} bytes inflated`, String(inflated));
  return inflated;
}

/** bsdiff's control stream, as it arrives: bytes to add to old ones, bytes as they are, a step. */
class Patch {
  #old;
  #made;
  #delta;
  /** Where it reads and writes next. */
  #from = 0;
  #to = 0;
  #control = new Uint8Array(CONTROL);
  #filled = 0;
  /** What is left of the step. */
  #mix = 0;
  #copy = 0;
  #seek = 0;

  /**
   * @param {Uint8Array} old
   * @param {Uint8Array<ArrayBuffer>} made
   * @param {Delta} delta for errors
   */
  constructor(old, made, delta) {
    this.#old = old;
    this.#made = made;
    this.#delta = delta;
  }

  /** @param {Uint8Array} chunk */
  push(chunk) {
    for (let at = 0; at < chunk.length; ) {
      const rest = chunk.subarray(at);
      at += this.#mix > 0 ? this.#add(rest) : this.#copy > 0 ? this.#set(rest) : this.#step(rest);
    }
  }

  /** @param {Uint8Array} rest */
  #add(rest) {
    const [old, made, from, to] = [this.#old, this.#made, this.#from, this.#to];
    const count = Math.min(this.#mix, rest.length);
    for (let i = 0; i < count; i++) {
      made[to + i] = /** @type {number} */ (rest[i]) + /** @type {number} */ (old[from + i]);
    }
    this.#from += count;
    this.#to += count;
    this.#mix -= count;
    this.#stepped();
    return count;
  }

  /** @param {Uint8Array} rest */
  #set(rest) {
    const count = Math.min(this.#copy, rest.length);
    this.#made.set(rest.subarray(0, count), this.#to);
    this.#to += count;
    this.#copy -= count;
    this.#stepped();
    return count;
  }

  /** @param {Uint8Array} rest */
  #step(rest) {
    const count = Math.min(CONTROL - this.#filled, rest.length);
    this.#control.set(rest.subarray(0, count), this.#filled);
    this.#filled += count;
    if (this.#filled < CONTROL) return count;
    this.#filled = 0;
    const view = new DataView(this.#control.buffer);
    [this.#mix, this.#copy] = [number(view, 0), number(view, 8)];
    this.#seek = signed(view, 16);
    const fits = this.#from >= 0 && this.#from + this.#mix <= this.#old.length;
    if (!fits || this.#to + this.#mix + this.#copy > this.#made.length) {
      throw damaged(this.#delta, 'steps within both shards', 'one beyond');
    }
    this.#stepped();
    return count;
  }

  #stepped() {
    if (this.#mix > 0 || this.#copy > 0) return;
    this.#from += this.#seek;
    this.#seek = 0;
  }

  finish() {
    const whole = this.#filled === 0 && this.#mix === 0 && this.#copy === 0;
    if (whole && this.#to === this.#made.length) return this.#made;
    throw damaged(this.#delta, `a shard of ${this.#made.length} bytes`, `${this.#to} and no end`);
  }
}

/** Above 2^53 it is not exact, and far beyond any shard. @param {DataView} view @param {number} at */
function number(view, at) {
  return view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true);
}

/** Sign and size. @param {DataView} view @param {number} at */
function signed(view, at) {
  const size = view.getUint32(at, true) + 2 ** 32 * (view.getUint32(at + 4, true) & 0x7fffffff);
  return view.getUint8(at + 7) & 0x80 ? -size : size;
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Without the copy that a Response makes of bytes.
 *
 * @param {Uint8Array} bytes
 */
function once(bytes) {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** @param {Delta} delta @param {string} expected @param {string} found */
function damaged({ file }, expected, found) {
  return new GoodsRankError(
    'damaged',
    `damaged delta: ${file}: expected ${expected}, found ${found}; the whole shard is downloaded ` +
      'instead',
  );
}
