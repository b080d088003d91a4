// Many shops, or goods: a rankings file, from files that stream through.

import { badQuery } from '../lib/error.js';
import { Many } from '../lib/many/many.js';
import { guard } from '../lib/module.js';
import { ofFile, pour, readIds } from './input.js';
import { openCatalog } from './open.js';
import { deliver } from './output.js';
import { Step } from './progress.js';
import { queryOf } from './query.js';

/**
 * @typedef {import('./args.js').RankOptions} RankOptions
 * @typedef {import('../index.d.ts').Query} Query
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../dist/goodsrank_wasm.js').Ids} Ids
 * @typedef {import('../dist/goodsrank_wasm.js').Rankings} Rankings
 */

/** In the order of the core's counts. */
const SKIPS = ['unknown kind', 'quantity not above 0', 'unknown good'];

/** @param {RankOptions} options */
export async function rankMany(options) {
  const { queries = '', profiles, out, json } = options;
  const engine = await openCatalog(options.shards);
  const query = await queryOf(options);
  const ids = await readIds(queries, 'reading queries');
  const rank = ids.ofGoods ? shopsForEach : goodsForEach;
  const rankings = await rank(shardsOf(engine.object), ids, query, profiles);
  const skipped = [...rankings.skipped];
  await deliver(out, (write) => writeAll(rankings, write));
  if (json && out) process.stdout.write(`${JSON.stringify({ queries: rankings.queries, skipped })}\n`);
}

/**
 * The first shard of a catalog, and the others.
 *
 * @param {Engine | Many} engine
 * @returns {[Engine, ...Engine[]]}
 */
function shardsOf(engine) {
  const engines = engine instanceof Many ? engine.engines : [engine];
  return /** @type {[Engine, ...Engine[]]} */ (engines);
}

/**
 * @param {[Engine, ...Engine[]]} shards
 * @param {Ids} goods
 * @param {Query} query
 * @param {string} [profiles]
 */
function shopsForEach([first, ...others], goods, query, profiles) {
  if (profiles !== undefined) {
    process.stderr.write("--profiles is not used: goods are ranked by the shard's public shops\n");
  }
  const rankings = guard(() => goods.shops(first, query));
  for (const engine of others) guard(() => rankings.beside(engine));
  return rankings;
}

/**
 * @param {[Engine, ...Engine[]]} shards
 * @param {Ids} shops
 * @param {Query} query
 * @param {string} [profiles]
 */
async function goodsForEach([first, ...others], shops, query, profiles) {
  if (profiles === undefined) {
    throw badQuery('--profiles', "a CSV of events that the queries' shops are ranked from", 'none');
  }
  const reader = guard(() => shops.profiles(first));
  for (const engine of others) guard(() => reader.beside(engine));
  await pour(profiles, 'reading profiles', (chunk) => reader.push(chunk));
  const rankings = ofFile(profiles, () => guard(() => reader.finish(query)));
  reportSkipped(rankings.skipped);
  return rankings;
}

/**
 * @param {Rankings} rankings
 * @param {(piece: Uint8Array) => Promise<void>} write
 */
async function writeAll(rankings, write) {
  const step = new Step('ranking');
  try {
    for (let piece; (piece = guard(() => rankings.next())); ) {
      await write(piece);
      step.at(rankings.queries - rankings.left, rankings.queries);
    }
  } finally {
    step.end();
  }
}

/** @param {Float64Array} skipped */
function reportSkipped(skipped) {
  SKIPS.forEach((reason, i) => {
    if (skipped[i]) process.stderr.write(`skipped ${skipped[i]} events: ${reason}\n`);
  });
}
