// What of a shard is not in wasm memory, and is brought when a call misses it.

/**
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 *
 * @typedef {object} Cold
 * @property {() => boolean} bring brings what the last call missed; whether to call again
 * @property {() => Missed} [collect] from now on what is missed is noted and is no error
 *
 * @typedef {object} Missed
 * @property {() => void} stop
 * @property {(signal?: AbortSignal) => Promise<boolean>} load fetches what was noted; whether that was anything
 */

/**
 * Calls when all that the call needs is here.
 *
 * @template R
 * @param {Cold | null} cold
 * @param {() => R} call
 * @param {AbortSignal} [signal]
 */
export async function complete(cold, call, signal) {
  signal?.throwIfAborted();
  for (;;) {
    const missed = cold?.collect?.();
    let made;
    try {
      made = call();
    } finally {
      missed?.stop();
    }
    if (!(await missed?.load(signal))) return made;
  }
}

/**
 * A shard whose bytes the caller holds.
 *
 * @param {Engine} engine
 * @param {Uint8Array} bytes
 * @returns {Cold}
 */
export function inMemory(engine, bytes) {
  return {
    bring() {
      const missing = engine.takeMissing();
      for (const [start, length] of pairs(missing)) {
        engine.put(start, bytes.subarray(start, start + length));
      }
      return missing.length > 0;
    },
  };
}

/**
 * Starts and lengths, each pair once.
 *
 * @param {Float64Array} missing
 * @returns {Map<number, number>}
 */
export function pairs(missing) {
  const pairs = new Map();
  for (let i = 0; i + 1 < missing.length; i += 2) pairs.set(missing[i], missing[i + 1]);
  return pairs;
}
