// What the worker answers is what the package answers in Node.

import assert from 'node:assert/strict';
import test from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from '../../tests/node/fixture.mjs';
import { queries } from '../../tests/node/queries.mjs';
import { answerOf, running } from './worker.mjs';

const catalog = await GoodsRank.open(fixture().bytes);

test('the golden queries, as JSON, and the other direction', () =>
  running({ env: { MAX_LIMIT: '10000' } }, async (worker) => {
    const asked = queries(catalog.info);
    assert.ok(asked.length > 15);
    for (const query of asked) {
      const response = await worker.post('/v1/rank', query);
      assert.equal(await response.text(), answerOf(catalog.rank(query)), JSON.stringify(query));
      assert.equal(response.status, 200);
    }
    const info = await worker.ask('/v1/catalog');
    assert.equal(await info.text(), JSON.stringify(catalog.info));
    const shops = await worker.post('/v1/shops-for-good', { good: 'G0000017', limit: 5 });
    assert.equal(await shops.text(), JSON.stringify({ shops: catalog.shopsFor('G0000017', { limit: 5 }) }));
  }));
