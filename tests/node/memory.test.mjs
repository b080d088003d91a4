// What is closed gives its memory back: opening again and again stays flat.
// tests/bench/memory.mjs does it 10,000 times.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import wasm from '../../pkg/dist/goodsrank_wasm.js';
import { GoodsRank } from '../../pkg/node.js';
import { cycle, memory } from './cycle.mjs';
import { fixture } from './fixture.mjs';

const { bytes, shard } = fixture();
/** What the module keeps for the next catalog. */
const KEPT = 16 * 2 ** 20;

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

test('three hundred catalogs, one after the other, take the memory of one', async () => {
  for (let i = 0; i < 20; i++) await cycle(bytes);
  const before = await memory();
  for (let i = 0; i < 300; i++) await cycle(bytes);
  assert.equal(await memory(), before);
});

/** Catalogs that take more than is kept: those of a file are copied whole. */
const many = () => Promise.all(Array.from({ length: 150 }, () => GoodsRank.open(shard)));
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

test('what is held grows the memory, and the last that closes gives it back', async () => {
  const held = await many();
  const first = new WeakRef((await wasm()).memory);
  assert.ok((await memory()) > KEPT);
  const [last, ...others] = held;
  for (const catalog of others) catalog.close();
  await soon();
  assert.ok((await memory()) > KEPT, 'one is open');
  const ranking = last.rank();
  const sales = last.matchSales('good_id\nG0000001\n');
  last.close();
  await soon();
  assert.ok((await memory()) > KEPT, 'a file is open');
  sales.close();
  await soon();
  assert.ok((await memory()) < 4 * 2 ** 20);
  gc();
  assert.equal(first.deref(), undefined, 'nothing keeps the old memory');
  assert.equal(ranking.length, 20);
  assert.throws(() => last.rank(), { message: /it was closed; open it again$/ });
  last.close();
  const next = await GoodsRank.open(bytes);
  assert.deepEqual(next.rank().scores, ranking.scores);
  next.close();
});

test('a catalog that opens while the last closes is not lost', async () => {
  for (let i = 0; i < 3; i++) {
    const held = await many();
    const opening = GoodsRank.open(bytes);
    const failing = GoodsRank.open(bytes.subarray(0, 1000)).catch((error) => error);
    for (const catalog of held) catalog.close();
    const opened = await opening;
    await failing;
    await soon();
    assert.equal(opened.rank().length, 20);
    opened.close();
    await soon();
  }
});
