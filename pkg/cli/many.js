// Many shops: a rankings file, from files that stream through.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import { Queries } from '../dist/goodsrank_wasm.js';
import { guard } from '../lib/module.js';
import { openCatalog, ofFile, queryOf, reading } from './open.js';
import { deliver } from './output.js';
import { Step } from './progress.js';

/**
 * @typedef {import('./args.js').RankOptions} RankOptions
 * @typedef {import('../dist/goodsrank_wasm.js').Rankings} Rankings
 */

const CHUNK = 1 << 20;

/** In the order of the core's counts. */
const SKIPS = ['unknown kind', 'quantity not above 0', 'unknown good'];

/** @param {RankOptions} options */
export async function rankMany(options) {
  const { queries = '', profiles = '', out, json } = options;
  const engine = await openCatalog(options.shards);
  const shops = guard(() => new Queries());
  await pour(queries, 'reading queries', (chunk) => shops.push(chunk));
  const reader = ofFile(queries, () => guard(() => shops.finish(engine.object)));
  await pour(profiles, 'reading profiles', (chunk) => reader.push(chunk));
  const rankings = ofFile(profiles, () => guard(() => reader.finish(queryOf(options))));
  const skipped = [...rankings.skipped];
  reportSkipped(skipped);
  await deliver(out, (write) => rank(rankings, write));
  if (json && out) process.stdout.write(`${JSON.stringify({ queries: rankings.shops, skipped })}\n`);
}

/**
 * Pushes a file in pieces.
 *
 * @param {string} path
 * @param {string} name
 * @param {(chunk: Uint8Array) => void} push
 */
async function pour(path, name, push) {
  const { size } = await reading(path, stat(path));
  const step = new Step(name);
  let done = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      ofFile(path, () => guard(() => push(chunk)));
      done += chunk.length;
      step.at(done, size);
    }
  } finally {
    step.end();
  }
}

/**
 * @param {Rankings} rankings
 * @param {(piece: Uint8Array) => Promise<void>} write
 */
async function rank(rankings, write) {
  const step = new Step('ranking');
  try {
    for (let piece; (piece = guard(() => rankings.next())); ) {
      await write(piece);
      step.at(rankings.shops - rankings.left, rankings.shops);
    }
  } finally {
    step.end();
  }
}

/** @param {number[]} skipped */
function reportSkipped(skipped) {
  SKIPS.forEach((reason, i) => {
    if (skipped[i]) process.stderr.write(`skipped ${skipped[i]} events: ${reason}\n`);
  });
}
