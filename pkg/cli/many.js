// Many shops, or goods: a rankings file, from files that stream through.

import { Shards } from '../dist/goodsrank_wasm.js';
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

/** @param {Engine | Many} engine */
function shardsOf(engine) {
  const shards = guard(() => new Shards());
  for (const one of engine instanceof Many ? engine.engines : [engine]) guard(() => shards.add(one));
  return shards;
}

/**
 * @param {Shards} shards
 * @param {Ids} goods
 * @param {Query} query
 * @param {string} [profiles]
 */
function shopsForEach(shards, goods, query, profiles) {
  if (profiles !== undefined) {
    process.stderr.write("--profiles is not used: goods are ranked by the shard's public shops\n");
  }
  return guard(() => goods.shops(shards, query));
}

/**
 * @param {Shards} shards
 * @param {Ids} shops
 * @param {Query} query
 * @param {string} [profiles]
 */
async function goodsForEach(shards, shops, query, profiles) {
  if (profiles === undefined) {
    throw badQuery('--profiles', "a CSV of events that the queries' shops are ranked from", 'none');
  }
  const reader = guard(() => shops.profiles(shards));
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
