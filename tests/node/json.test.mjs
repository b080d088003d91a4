// A ranking as JSON from the engine, beside what JavaScript makes of its rows.

import assert from 'node:assert/strict';
import test from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from './fixture.mjs';
import { queries } from './queries.mjs';

const catalog = await GoodsRank.open(fixture().bytes);
const text = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** What JavaScript says of a query. */
function stringified(query) {
  const ranking = catalog.rank(query);
  const { policy, candidates, known, removed, relax } = ranking;
  return JSON.stringify({ policy, candidates, known, removed, relax, goods: [...ranking] });
}

test('the bytes are those of JSON.stringify', () => {
  const asked = queries(catalog.info);
  assert.ok(asked.length > 15);
  for (const query of asked) assert.equal(text(catalog.rankJson(query)), stringified(query));
  assert.equal(text(catalog.rankJson()), stringified({}));
});

test('numbers are written as JavaScript writes them', () => {
  const weights = [0.1 + 0.2, 1 / 3, 1e-6, 1e-7, 1.5e-10, 5e-324, 99.99999999999999, 100, -0, 12.5];
  for (const margin of weights) {
    const query = { policy: { fit: 1, margin }, limit: 1 };
    const found = text(catalog.rankJson(query));
    assert.equal(found, stringified(query));
    assert.ok(found.includes(`"margin":${JSON.stringify(margin)},`), found.slice(0, 200));
  }
});

test('what is wrong is refused alike', () => {
  for (const query of [{ limit: 0 }, { colour: 1 }, { policy: { fit: NaN } }, { shop: 'nobody' }]) {
    const refused = (ask) => {
      try {
        ask();
      } catch ({ code, message }) {
        return [code, message];
      }
      return null;
    };
    const found = refused(() => catalog.rankJson(query));
    assert.deepEqual(found, refused(() => catalog.rank(query)));
    assert.notEqual(found, null);
  }
});

test('texts are the same however many are kept', () => {
  const query = queries(catalog.info)[1];
  const before = text(catalog.rankJson(query));
  for (const bytes of [0, 20_000, 2 ** 31, 4 << 20]) {
    catalog.keepTexts(bytes);
    for (let i = 0; i < 2; i++) assert.equal(text(catalog.rankJson(query)), before);
  }
  for (const bytes of [-1, 0.5, NaN, 2 ** 31 + 1, '4']) {
    const found = typeof bytes === 'string' ? `"${bytes}"` : bytes;
    assert.throws(() => catalog.keepTexts(bytes), {
      code: 'bad_query',
      message: `bad query: bytes: expected a whole number from 0 to 2147483648, found ${found}`,
    });
  }
});
