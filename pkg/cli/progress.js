const QUIET_MS = 1000;
const EVERY_MS = 100;
const CLEAR_LINE = '\r\x1b[2K';

/** A step of the command: silent for its first second and away from terminals. */
export class Step {
  #name;
  #next = performance.now() + QUIET_MS;
  #shown = false;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
  }

  /**
   * Says how much is done.
   *
   * @param {number} done
   * @param {number} total 0 when nobody knows
   */
  at(done, total) {
    const now = performance.now();
    if (!process.stderr.isTTY || now < this.#next) return;
    this.#next = now + EVERY_MS;
    this.#shown = true;
    const share = total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
    process.stderr.write(`${CLEAR_LINE}${this.#name}  ${share}`);
  }

  end() {
    if (this.#shown) process.stderr.write(CLEAR_LINE);
  }
}
