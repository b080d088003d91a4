// GoodsRank over a Web Worker, so that a page never waits for a ranking.

import { workers } from './lib/worker/workers.js';

// Written out, because this is the form that bundlers find and bundle.
workers.create = () =>
  /** @type {any} */ (new Worker(new URL('./lib/worker/main.js', import.meta.url), { type: 'module' }));
workers.entry = () => import('./browser.js');

export { GoodsRankError } from './lib/error.js';
export { GoodsRank } from './lib/worker/catalog.js';
export { SalesMatch, Users } from './lib/worker/matches.js';
export { Ranking } from './lib/worker/ranking.js';
