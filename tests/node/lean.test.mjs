// The module of pages beside the full one, on the JavaScript that both share.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { fixture, root } from './fixture.mjs';
import { fresh } from './run.mjs';
import { several } from './several.mjs';

const { shard } = fixture();
const script = `
  import { readFileSync } from 'node:fs';
  import { GoodsRank, init } from '${join(root, 'pkg/node.js')}';
  const [, wasm, shard] = process.argv;
  await init(readFileSync(wasm));
  const catalog = await GoodsRank.open(new Uint8Array(readFileSync(shard)));
  const shop = [{ good: 'G0000017', quantity: 12 }, { good: 'G0000231' }];
  const rules = { priceMax: 20000, withoutRisks: ['brand'] };
  const ranking = catalog.rank({ shop, policy: 'newcomer', rules, diversity: { collapse: true } });
  const sales = catalog.matchSales('good_id\\nG0000005\\nnone\\n');
  const rows = [...ranking, ...catalog.rank({ shop: sales, limit: 5 })];
  const orders = 'customer_id,good_id,at\\nu1,G0000005,2026-01-01\\n';
  const asked = [
    () => catalog.matchUsers(orders),
    () => catalog.whatIf('G0000005', { shop }),
    () => catalog.rankJson({ shop }),
    () => catalog.keepTexts(0),
  ];
  const said = asked.map((ask) => {
    try {
      ask();
      return 'answered';
    } catch ({ code, message }) {
      return code + ' ' + message;
    }
  });
  const { removed, relax, candidates } = ranking;
  const shops = catalog.shopsFor('G0000005');
  const { info } = catalog;
  console.log(JSON.stringify([said, { removed, relax, candidates, rows, shops, sales: sales.unmatched, info }]));
`;

function answers(wasm) {
  const args = ['--input-type=module', '-e', script, join(root, 'pkg/dist', wasm), shard];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 }));
}

test('both modules answer alike, but for what pages do not need', () => {
  const [answered, full] = answers('goodsrank_full_bg.wasm');
  const [refused, lean] = answers('goodsrank_wasm_bg.wasm');
  assert.deepEqual(lean, full);
  assert.ok(full.rows.length > 20 && full.shops.length > 0);
  assert.deepEqual(answered, Array(4).fill('answered'));
  const needs = (what) =>
    `unsupported unsupported: ${what} needs the full module: import 'goodsrank/full', or give ` +
    "init() the address of 'goodsrank/goodsrank-full.wasm'";
  assert.deepEqual(refused, ['matchUsers', 'whatIf', 'rankJson', 'keepTexts'].map(needs));
});

test('what the smaller module asks of JavaScript the larger one asks too', () => {
  const imports = (wasm) => {
    const module = new WebAssembly.Module(readFileSync(join(root, 'pkg/dist', wasm)));
    return WebAssembly.Module.imports(module).map(({ name }) => name);
  };
  const full = new Set(imports('goodsrank_full_bg.wasm'));
  assert.deepEqual(imports('goodsrank_wasm_bg.wasm').filter((name) => !full.has(name)), []);
});

test('several shards need the full module, and one of several too', () => {
  const { folder, manifest, entries } = several();
  const given = { wasm: join(root, 'pkg/dist/goodsrank_wasm_bg.wasm'), manifest, one: join(folder, entries[0].file) };
  const { printed } = fresh(
    `await init(readFileSync(given.wasm));
     for (const source of [given.manifest, given.one]) print(await caught(() => GoodsRank.open(source)));`,
    given,
  );
  assert.deepEqual(printed, [
    {
      code: 'unsupported',
      message:
        "unsupported: a catalog of several shards needs the full module: import 'goodsrank/full', or give " +
        "init() the address of 'goodsrank/goodsrank-full.wasm'",
    },
    {
      code: 'unsupported',
      message:
        'unsupported shard: critical section: this version reads catalogs of one shard (goodsrank/full those ' +
        'of several), found speaks; update goodsrank, or build the shard with this version',
    },
  ]);
});
