// As worker.js, over a thread.

import { Worker } from 'node:worker_threads';

import './node.js';
import { workers } from './lib/worker/workers.js';

workers.create = () => {
  const thread = new Worker(new URL('./lib/worker/thread.js', import.meta.url));
  /** @type {import('./lib/worker/protocol.js').WorkerLike} */
  const worker = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => thread.postMessage(message),
    terminate: () => thread.terminate(),
  };
  thread.on('message', (data) => worker.onmessage?.(/** @type {any} */ ({ data })));
  thread.on('error', (error) => worker.onerror?.(error));
  thread.on('exit', (code) => worker.onerror?.({ message: `its thread ended with ${code}` }));
  return worker;
};

export { GoodsRankError } from './lib/error.js';
export { GoodsRank } from './lib/worker/catalog.js';
export { SalesMatch, Users } from './lib/worker/matches.js';
export { Ranking } from './lib/worker/ranking.js';
