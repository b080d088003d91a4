// One shop: a table, or its rows as JSON.

import { readFile } from 'node:fs/promises';

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
  const query = { ...rules, ...(sales ? {} : { shop: options.shop }) };
  const made = engine.use((engine) => {
    const shop = sales ? sales.shop() : engine.shop(query);
    return engine.rank(query, shop);
  });
  const ranking = new Ranking(engine, made, performance.now());
  const catalog = engine.use((engine) => engine.info());
  const text = options.json ? asJson(ranking, catalog) : goodsTable(ranking, catalog);
  await deliver(options.out, (write) => write(text));
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
  const { candidates, known, removed, relax } = ranking;
  return `${JSON.stringify({ catalog, candidates, known, removed, relax, ranking: [...ranking] })}\n`;
}
