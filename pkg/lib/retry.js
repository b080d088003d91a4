// What may pass is tried three times. The waits are the same each time: one page
// asks one server, and a test can tell them.

/** Milliseconds before the second try and the third. */
const WAITS = [250, 1000];

/** A server that asks for more is not waited for, milliseconds. */
const LONGEST = 30_000;

/** What may pass, and how long its server asks to wait. @type {WeakMap<WeakKey, number>} */
const passing = new WeakMap();

/**
 * Marks an error as one that may pass.
 *
 * @template {Error} E
 * @param {E} error
 * @param {number} [wait] milliseconds
 */
export function mayPass(error, wait = 0) {
  passing.set(error, wait);
  return error;
}

/** @param {unknown} error */
export const passes = (error) => passing.has(/** @type {WeakKey} */ (error));

/** The tries of one download. */
export class Retries {
  #waits;

  /** @param {number[]} [waits] none for a single try */
  constructor(waits = WAITS) {
    this.#waits = waits.values();
  }

  /**
   * Waits for the next try; what ended the last is thrown where there is none.
   *
   * @param {unknown} error
   * @param {AbortSignal} [signal]
   */
  async after(error, signal) {
    if (!passes(error)) throw error;
    const wait = this.#waits.next().value;
    const asked = passing.get(/** @type {WeakKey} */ (error)) ?? 0;
    if (wait === undefined || asked > LONGEST) throw error;
    await sleep(Math.max(wait, asked), signal);
  }
}

/**
 * Milliseconds that an answer asks to wait: `Retry-After`, in seconds or a date.
 *
 * @param {Response} response
 */
export function retryAfter(response) {
  const value = response.headers.get('retry-after');
  if (value === null) return 0;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return wait > 0 ? wait : 0;
}

/**
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
