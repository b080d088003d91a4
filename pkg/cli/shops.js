// One good: the shops for it, as a table or as JSON.

import { openCatalog } from './open.js';
import { deliver } from './output.js';
import { shopsTable } from './table.js';

/**
 * @typedef {import('./args.js').RankOptions} RankOptions
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 */

/** @param {RankOptions} options */
export async function rankShops(options) {
  const engine = await openCatalog(options.shards);
  const text = engine.use((engine) => (options.json ? asJson : asTable)(engine, options));
  await deliver(options.out, (write) => write(text));
}

/**
 * @param {Engine} engine
 * @param {RankOptions} options
 */
function asTable(engine, { good = '', limit }) {
  return shopsTable(engine.shopsFor(good, { limit }));
}

/**
 * @param {Engine} engine
 * @param {RankOptions} options
 */
function asJson(engine, { good = '', limit }) {
  const ranking = engine.shopsFor(good, { limit });
  return `${JSON.stringify({ catalog: engine.info(), good, ranking })}\n`;
}
