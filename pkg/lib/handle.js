import { closed } from './error.js';
import { guard, hold, instance, release } from './module.js';

/** @typedef {import('./cold.js').Cold} Cold */

/**
 * Owns an object in wasm memory: no call reaches it after it was closed, nor
 * after its instance was given up.
 *
 * @template {{ free(): void }} T
 */
export class Handle {
  /** @type {T | null} */
  #object;
  #name;
  #instance = instance();

  /**
   * @param {string} name what it is, in errors
   * @param {T} object
   * @param {Cold | null} [cold] of the shard, where not all of it is in wasm memory
   */
  constructor(name, object, cold = null) {
    this.#name = name;
    this.#object = object;
    this.cold = cold;
    hold();
  }

  /**
   * @template R
   * @param {(object: T) => R} call
   * @returns {R}
   */
  use(call) {
    for (;;) {
      try {
        const made = guard(() => call(this.object));
        if (!this.#bring()) return made;
      } catch (error) {
        if (/** @type {any} */ (error).code !== 'not_loaded' || !this.#bring()) throw error;
      }
    }
  }

  /** Whether the call missed something that is here now. */
  #bring() {
    const { cold } = this;
    return cold !== null && guard(() => cold.bring());
  }

  get object() {
    if (this.#object !== null && this.#instance === instance()) return this.#object;
    throw closed(this.#name, this.#object === null ? undefined : 'an internal error closed it');
  }

  close() {
    this.#end((object) => guard(() => object.free()));
  }

  /** As `close`, of an object that its last call took. */
  spent() {
    this.#end(() => {});
  }

  /** @param {(object: T) => void} free */
  #end(free) {
    const object = this.#object;
    this.#object = null;
    // Memory of a given-up instance went with it.
    if (object === null || this.#instance !== instance()) return;
    free(object);
    release();
  }
}
