// Where the engine runs: in a worker, or, where none can be made, in the page.

/**
 * @typedef {import('./protocol.js').WorkerLike} WorkerLike
 *
 * @typedef {object} Workers
 * @property {() => WorkerLike} create
 * @property {() => Promise<unknown>} entry what a page without workers loads
 */

/** Filled in by the entries, worker.js and worker.node.js. @type {Workers} */
export const workers = {
  create() {
    throw new Error('no entry has said how to make a worker');
  },
  entry: () => Promise.resolve(),
};

/**
 * A worker whose script runs, or null: the browser, its policy or the network
 * refuse one.
 *
 * @param {() => WorkerLike} create
 * @param {AbortSignal} [signal]
 * @returns {Promise<WorkerLike | null>}
 */
export async function startWorker(create, signal) {
  /** @type {WorkerLike} */
  let worker;
  try {
    worker = create();
  } catch {
    return null;
  }
  const runs = await new Promise((resolve) => {
    const stop = () => resolve(false);
    signal?.addEventListener('abort', stop, { once: true });
    worker.onerror = (event) => {
      event?.preventDefault?.();
      resolve(false);
    };
    worker.onmessage = () => {
      signal?.removeEventListener('abort', stop);
      resolve(true);
    };
  });
  if (runs) return worker;
  worker.terminate();
  signal?.throwIfAborted();
  return null;
}

/**
 * The same over a channel that stays here, loaded only where it is needed.
 *
 * @returns {Promise<WorkerLike>}
 */
export async function startInPage() {
  const [{ serve }] = await Promise.all([import('./serve.js'), workers.entry()]);
  const { port1, port2 } = new MessageChannel();
  const end = serve(port2);
  return Object.assign(port1, {
    onerror: null,
    terminate() {
      port1.close();
      end();
    },
  });
}
