// What is closed gives its memory back: opening again and again stays flat.
// tests/bench/memory.mjs does it 10,000 times.

import assert from 'node:assert/strict';
import test from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { cycle, memory } from './cycle.mjs';
import { fixture } from './fixture.mjs';

const { bytes } = fixture();

test('a thousand catalogs, one after the other, take the memory of one', async () => {
  for (let i = 0; i < 20; i++) await cycle(bytes);
  const before = await memory();
  for (let i = 0; i < 1000; i++) await cycle(bytes);
  assert.equal(await memory(), before);
});

test('what is held is seen to grow', async () => {
  const before = await memory();
  const held = [];
  for (let i = 0; i < 40; i++) held.push(await GoodsRank.open(bytes));
  assert.ok((await memory()) > before + 20 * bytes.length);
  for (const catalog of held) catalog.close();
});
