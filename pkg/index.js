// What every entry exports. An entry adds where the WebAssembly module lies.

export { GoodsRank } from './lib/catalog.js';
export { GoodsRankError } from './lib/error.js';
export { init, initSync } from './lib/module.js';
export { Ranking } from './lib/ranking.js';
export { SalesMatch } from './lib/sales.js';
export { Users } from './lib/users.js';
