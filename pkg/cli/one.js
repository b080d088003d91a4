// One shop: a table, or its rows as JSON.

import { readFile } from 'node:fs/promises';

import { GoodsRankError } from '../lib/error.js';
import { Ranking } from '../lib/ranking.js';
import { ofFile, reading } from './input.js';
import { openCatalog } from './open.js';
import { deliver } from './output.js';
import { queryOf } from './query.js';
import { goodsTable } from './table.js';

/**
 * @typedef {import('./args.js').RankOptions} RankOptions
 * @typedef {import('../index.d.ts').CatalogInfo} CatalogInfo
 * @typedef {import('../index.d.ts').UnmatchedRow} UnmatchedRow
 * @typedef {import('../dist/goodsrank_wasm.js').Engine} Engine
 * @typedef {import('../lib/handle.js').Handle<Engine>} EngineHandle
 */

/** @param {RankOptions} options */
export async function rankOne(options) {
  const engine = await openCatalog(options.shards);
  const rules = await queryOf(options);
  const sales = options.sales === undefined ? null : await match(engine, options.sales);
  const feedback = await feedbackOf(options);
  const query = { ...rules, ...feedback, ...(sales ? {} : { shop: options.shop }) };
  const made = ofFeedback(options, () =>
    engine.use((engine) => engine.rank(query, sales ? sales.shop() : engine.shop(query))),
  );
  const ranking = new Ranking(engine, made, performance.now());
  const catalog = engine.use((engine) => engine.info());
  const text = options.json ? asJson(ranking, catalog) : goodsTable(ranking, catalog);
  await deliver(options.out, (write) => write(text));
}

/** @param {RankOptions} options */
async function feedbackOf({ feedback }) {
  if (feedback === undefined) return {};
  return { feedback: (await reading(feedback, readFile(feedback))).toString() };
}

/**
 * The sales were read before, so what is wrong with a CSV now is wrong with the
 * feedback's.
 *
 * @template T
 * @param {RankOptions} options @param {() => T} call
 */
function ofFeedback({ feedback = '' }, call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof GoodsRankError) || error.code !== 'bad_csv') throw error;
    return ofFile(feedback, () => {
      throw error;
    });
  }
}

/**
 * @param {EngineHandle} engine
 * @param {string} path
 */
async function match(engine, path) {
  const csv = await reading(path, readFile(path));
  const sales = ofFile(path, () => engine.use((engine) => engine.matchSales(csv)));
  /** @type {{ unmatched: UnmatchedRow[], unmatchedTotal: number }} */
  const { unmatched, unmatchedTotal } = sales.report();
  for (const { line, label, status, reason } of unmatched) {
    process.stderr.write(`line ${line}: ${JSON.stringify(label)} ${status} ${reason}`.trimEnd() + '\n');
  }
  const more = unmatchedTotal - unmatched.length;
  if (more > 0) process.stderr.write(`and ${more} more\n`);
  return sales;
}

/**
 * @param {Ranking} ranking
 * @param {CatalogInfo} catalog
 */
function asJson(ranking, catalog) {
  const { policy, candidates, known, removed, relax } = ranking;
  const rows = [...ranking];
  return `${JSON.stringify({ catalog, policy, candidates, known, removed, relax, ranking: rows })}\n`;
}
