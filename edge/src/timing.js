/**
 * What took how long, as a Server-Timing header. Cloudflare stops the clock
 * between one wait and the next, so what only computes shows as 0 there.
 */
export class Timing {
  #started = performance.now();
  #last = this.#started;
  /** @type {string[]} */
  #entries = [];

  /**
   * Ends a stage; the next begins.
   *
   * @param {string} name
   * @param {string} [description]
   */
  mark(name, description) {
    const now = performance.now();
    this.#entries.push(entry(name, now - this.#last, description));
    this.#last = now;
  }

  /** Milliseconds since it was made. */
  get total() {
    return performance.now() - this.#started;
  }

  get header() {
    return [...this.#entries, entry('total', this.total)].join(', ');
  }
}

/** @param {string} name @param {number} ms @param {string} [description] */
function entry(name, ms, description) {
  return `${name};dur=${ms.toFixed(2)}${description ? `;desc="${description}"` : ''}`;
}
