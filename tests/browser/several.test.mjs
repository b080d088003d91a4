// Several shards in a real Chromium: the same answers as of one in Node, byte for
// byte, and again from what the browser kept.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from '../node/fixture.mjs';
import { SALES, queries } from '../node/queries.mjs';
import { several } from '../node/several.mjs';
import { inBrowser } from './shop.mjs';

const { folder: catalog, entries } = several();

test('several shards in a page answer as one does in Node', async () => {
  const asked = [];
  const found = await inBrowser(
    async () => {
      const { GoodsRank } = await import('/pkg/full.js');
      const { SALES, queries } = await import('/tests/node/queries.mjs');
      const opened = await GoodsRank.open('/catalog/manifest.json');
      const sales = opened.matchSales(SALES);
      const all = queries(opened.info).filter(({ diversity, feedback }) => !diversity?.explore && !feedback);
      const rankings = [...all, { shop: sales, limit: 100 }].map((query) => [...opened.rank(query)]);
      opened.close();
      // The store names the manifest once all of its shards are kept.
      for (let i = 0; i < 100 && !(await caches.match(new URL('/catalog/manifest.json', location.href))); i++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const again = await GoodsRank.open('/catalog/manifest.json', { onUpdate() {} });
      return JSON.stringify([rankings, [...again.rank({ limit: 40 })]]);
    },
    { catalog, asked },
  );
  const one = await GoodsRank.open(fixture().bytes);
  const all = queries(one.info).filter(({ diversity, feedback }) => !diversity?.explore && !feedback);
  const rankings = [...all, { shop: one.matchSales(SALES), limit: 100 }].map((query) => [...one.rank(query)]);
  assert.ok(found === JSON.stringify([rankings, [...one.rank({ limit: 40 })]]), 'Chromium and Node differ');
  const shards = asked.filter((path) => path.endsWith('.grs'));
  assert.equal(shards.length, entries.length, 'each is downloaded once');
});

test('the small module of a page says which one has several shards', async () => {
  const found = await inBrowser(
    async () => {
      const { GoodsRank } = await import('/pkg/browser.js');
      const { code, message } = await GoodsRank.open('/catalog/manifest.json').catch((error) => error);
      return { code, message };
    },
    { catalog },
  );
  assert.equal(found.code, 'unsupported');
  assert.match(found.message, /^unsupported: a catalog of several shards needs the full module: import 'goodsrank\/full'/);
});
