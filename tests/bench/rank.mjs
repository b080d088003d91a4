// Ranking one shop against 100,000 goods in Node: the engine beside the same
// score in plain JavaScript, and every term with six rules beside fit alone,
// shop by shop in the same run, so that the ratios mean something on a noisy
// machine.

import { readFile } from 'node:fs/promises';
import { GoodsRank, init } from '../../pkg/node.js';
import { POLICY, PlainRanker } from './plain.mjs';

const SHARDS = process.argv[2] ?? 'target/bench/shards';
const SHOPS = 200;
const LIMIT = 20;
/** How long compiling and opening may take, ms. */
const OPEN_MS = 20;
/** How often as long as fit alone all terms with six rules may take. */
const MOST = 2;

const manifest = JSON.parse(await readFile(`${SHARDS}/manifest.json`, 'utf8'));
const file = `${SHARDS}/${manifest.shards[0].file}`;
const bytes = new Uint8Array(await readFile(file));

const opening = performance.now();
await init();
const engine = await GoodsRank.open(bytes);
const opened = performance.now() - opening;
// It brings and checks the columns that it needs, and adds up what all others share.
engine.rank({ limit: LIMIT });
const first = performance.now() - opening - opened;

// From a file all is copied and checked on the way in.
const verifying = performance.now();
(await GoodsRank.open(file)).close();
const verified = performance.now() - verifying;
const plain = new PlainRanker(bytes.slice());
const shops = engine.info.shops.slice(0, SHOPS).map((shop) => shop.id);

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const timed = (work) => {
  const started = performance.now();
  const result = work();
  return [performance.now() - started, result];
};

// Of columns that every catalog has; the widest limits that still take goods.
const rules = {
  notCategories: engine.info.categories.slice(0, 1),
  notSuppliers: engine.info.suppliers.slice(0, 1).map(({ id }) => id),
  priceMax: 50_000,
  moqMax: 500,
  leadTimeMax: 60,
  withoutRisks: ['brand', 'cooling'],
};
const ALL = { policy: 'balanced', rules, limit: LIMIT };

// The first query of a policy makes the columns that all others share.
const BALANCED = engine.rank(ALL).policy;

const [wasm, js, ratios, fit, all, anew] = [[], [], [], [], [], []];
let [same, rows] = [0, 0];
shops.forEach((shop, i) => {
  const [a, ranking] = timed(() => engine.rank({ shop, policy: POLICY, limit: LIMIT }));
  const [b, peer] = timed(() => plain.rank(i, LIMIT));
  wasm.push(a);
  js.push(b);
  ratios.push(b / a);
  fit.push(timed(() => engine.rank({ shop, policy: 'fit', limit: LIMIT }))[0]);
  all.push(timed(() => engine.rank({ shop, ...ALL }))[0]);
  same += ranking.goods.filter((row, place) => row === peer[place]).length;
  rows += ranking.length;
});

// A rule and a weight that no query had before: nothing of it is kept.
shops.forEach((shop, i) => {
  const policy = { ...BALANCED, margin: 0.3 + i / 1000 };
  const query = { shop, policy, rules: { ...rules, priceMax: 40_000 + i }, limit: LIMIT };
  anew.push(timed(() => engine.rank(query))[0]);
});

const ms = (value) => `${value.toFixed(2)} ms`;
const speed = bytes.length / 1e6 / (verified / 1e3);
console.log(`${engine.info.goods} goods, ${shops.length} shops, ${LIMIT} rows each, Node ${process.versions.node}`);
console.log(`compile and open         ${ms(opened)}  (at most ${OPEN_MS}; ${(bytes.length / 1e6).toFixed(1)} MB in memory)`);
console.log(`first ranking            ${ms(first)}`);
console.log(`open a file and verify   ${ms(verified)}  (${speed.toFixed(0)} MB/s)`);
console.log(`goodsrank, median        ${ms(median(wasm))}`);
console.log(`plain JavaScript, median ${ms(median(js))}`);
console.log(`plain / goodsrank        ${median(ratios).toFixed(2)}`);
console.log(`the same good in the same place: ${same} of ${rows}`);
console.log(`fit alone, median        ${ms(median(fit))}`);
console.log(`all terms, six rules     ${ms(median(all))}`);
console.log(`all / fit                ${(median(all) / median(fit)).toFixed(2)}  (at most ${MOST})`);
console.log(`with another rule and weight each time ${ms(median(anew))}, ${(median(anew) / median(fit)).toFixed(2)}`);
if (same < 0.99 * rows) throw new Error('the two do not rank alike: one of them is wrong');
