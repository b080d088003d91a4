import { closed } from './error.js';
import { guard, hold, instance, release } from './module.js';

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
   */
  constructor(name, object) {
    this.#name = name;
    this.#object = object;
    hold();
  }

  /**
   * @template R
   * @param {(object: T) => R} call
   * @returns {R}
   */
  use(call) {
    return guard(() => call(this.object));
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
