import { GoodsRankError, badQuery, closed, messageOf } from '../error.js';
import { arrived } from './protocol.js';

/**
 * @typedef {import('./protocol.js').Answer} Answer
 * @typedef {import('./protocol.js').Calls} Calls
 * @typedef {import('./protocol.js').Name} Name
 * @typedef {import('./protocol.js').WorkerLike} WorkerLike
 *
 * @typedef {object} Options
 * @property {AbortSignal} [signal]
 *
 * @typedef {object} Job
 * @property {Name} call
 * @property {unknown[]} args
 * @property {(value: any) => void} resolve
 * @property {(error: unknown) => void} reject
 */

/** Asks a worker one thing after the other. */
export class Client {
  #worker;
  #told;
  /** @type {Job[]} */
  #waiting = [];
  /** @type {Job | null} */
  #running = null;
  #id = 0;
  /** @type {GoodsRankError | null} */
  #ended = null;

  /**
   * @param {WorkerLike} worker
   * @param {Record<string, (what: any) => void>} told callbacks by name
   */
  constructor(worker, told) {
    this.#worker = worker;
    this.#told = told;
    worker.onmessage = ({ data }) => this.#answered(data);
    worker.onerror = (event) => {
      event?.preventDefault?.();
      this.end(gone(event?.message || 'it ended'));
    };
  }

  /**
   * @template {Name} N
   * @param {N} call
   * @param {unknown[]} args
   * @param {Options} [options]
   * @returns {Promise<Awaited<ReturnType<Calls[N]>>>}
   */
  call(call, args, { signal } = {}) {
    return new Promise((resolve, reject) => {
      if (this.#ended) throw this.#ended;
      signal?.throwIfAborted();
      /** @type {Job} */
      const job = { call, args, resolve, reject };
      if (signal) this.#abortable(job, signal);
      this.#waiting.push(job);
      this.#next();
    });
  }

  /**
   * A job that waits is dropped. The answer of one that runs is.
   *
   * @param {Job} job
   * @param {AbortSignal} signal
   */
  #abortable(job, signal) {
    const { resolve, reject } = job;
    const abort = () => {
      this.#waiting = this.#waiting.filter((other) => other !== job);
      reject(signal.reason);
    };
    const over = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort, { once: true });
    job.resolve = (value) => (over(), resolve(value));
    job.reject = (error) => (over(), reject(error));
  }

  #next() {
    if (this.#running || this.#ended) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running = job;
    try {
      this.#worker.postMessage({ id: ++this.#id, call: job.call, args: job.args }, []);
    } catch (error) {
      // Functions, for one, cannot be copied.
      this.#over(() => job.reject(badQuery(job.call, 'what can be copied', messageOf(error))));
    }
  }

  /** @param {Answer} answer */
  #answered(answer) {
    if ('told' in answer) return this.#tell(answer);
    const job = this.#running;
    if (!job || !('id' in answer) || answer.id !== this.#id) return;
    this.#over(() =>
      'error' in answer ? job.reject(arrived(answer.error)) : job.resolve(answer.value),
    );
  }

  /** @param {import('./protocol.js').Told} answer */
  #tell({ told, what, error }) {
    try {
      this.#told[told]?.(error ? arrived(error) : what);
    } catch (thrown) {
      // Of an opening it is the end; later nobody waits for it.
      if (this.#running?.call !== 'open') throw thrown;
      this.#running.reject(thrown);
    }
  }

  /** @param {() => void} settle */
  #over(settle) {
    this.#running = null;
    settle();
    this.#next();
  }

  /**
   * Ends the worker. What was not answered fails.
   *
   * @param {GoodsRankError} [why]
   */
  end(why = closed('the catalog')) {
    if (this.#ended) return;
    this.#ended = why;
    this.#worker.terminate();
    for (const job of [this.#running, ...this.#waiting]) job?.reject(why);
    this.#waiting = [];
  }
}

/** @param {string} why */
function gone(why) {
  return new GoodsRankError(
    'internal',
    `internal error: the worker is gone: ${why}; open the catalog again, and please report it`,
  );
}
