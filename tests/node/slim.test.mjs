// The entry without a module: it is given one, or says that it was not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixture } from './fixture.mjs';
import { fresh } from './run.mjs';

const { shard } = fixture();
const wasm = new URL('../../pkg/dist/goodsrank_wasm_bg.wasm', import.meta.url).pathname;

test('without init open says what to do, and works after it', () => {
  const { printed } = fresh(
    `const bytes = new Uint8Array(readFileSync(given.shard));
     print(await caught(() => GoodsRank.open(bytes)));
     await init(await WebAssembly.compile(readFileSync(given.wasm)));
     print((await GoodsRank.open(bytes)).rank().length);`,
    { shard, wasm },
    'slim',
  );
  assert.deepEqual(printed, [
    {
      code: 'wasm_failed',
      message:
        "wasm failed: 'goodsrank/slim' has no WebAssembly module of its own: expected init(source) " +
        "before the first open, found none; give it 'goodsrank/goodsrank.wasm', or import 'goodsrank'",
    },
    20,
  ]);
});

test('initSync serves as well', () => {
  const { printed } = fresh(
    `initSync(readFileSync(given.wasm));
     print((await GoodsRank.open(readFileSync(given.shard))).rank().length);`,
    { shard, wasm },
    'slim',
  );
  assert.deepEqual(printed, [20]);
});
