import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  activeFilters,
  noFilters,
  priceRange,
  relaxations,
  toQuery,
  withPolicy,
  without,
  withoutAny,
} from '../src/query.js';

const filters = (change) => ({ ...noFilters(), ...change });

test('no filter makes the plain query', () => {
  assert.deepEqual(toQuery(noFilters(), undefined, 2), {
    rules: {},
    policy: 'balanced',
    limit: 20,
  });
});

test('every filter becomes its rule', () => {
  const all = filters({
    text: 'tea',
    category: 'food/tea',
    supplier: 's1',
    priceMin: '5',
    priceMax: '12.50',
    includeSold: true,
    limit: 50,
  });
  assert.deepEqual(toQuery(all, 'shop1', 2), {
    shop: 'shop1',
    rules: {
      text: 'tea',
      categories: ['food/tea'],
      suppliers: ['s1'],
      priceMin: 500,
      priceMax: 1250,
      includeSold: true,
    },
    policy: 'balanced',
    limit: 50,
  });
});

test('prices that cross do not filter: half a number is no number yet', () => {
  assert.deepEqual(priceRange({ priceMin: '50', priceMax: '1' }, 2), {
    min: null,
    max: null,
    fault: 'crossed',
  });
  assert.deepEqual(priceRange({ priceMin: 'x', priceMax: '1' }, 2), {
    min: null,
    max: 100,
    fault: 'invalid',
  });
  assert.deepEqual(activeFilters(filters({ priceMin: '50', priceMax: '1' }), 2), []);
});

test('moving a weight makes the policy a custom one', () => {
  const moved = withPolicy(noFilters(), { temperature: 0.5 });
  assert.deepEqual(toQuery(moved, undefined, 2).policy, {
    fit: 1,
    temperature: 0.5,
    priceFit: 0.25,
  });
  assert.deepEqual(withPolicy(moved, 'fit').weights, { fit: 1, temperature: 0, priceFit: 0 });
  assert.deepEqual(withPolicy(moved, 'custom').weights, moved.weights);
});

test('a filter is taken away alone, or all of them with what counts kept', () => {
  const some = withPolicy(filters({ text: 'tea', priceMax: '3', limit: 50 }), { fit: 2 });
  assert.deepEqual(without(some, 'text'), { ...some, text: '' });
  assert.equal(without(some, 'sold').includeSold, true);
  assert.deepEqual(withoutAny(some), { ...some, text: '', priceMax: '' });
});

test('an empty ranking says which filter would help most', () => {
  const counts = { 'text=|max=3': 40, 'text=tea|max=': 7, 'text=tea|max=3': 0 };
  const candidates = ({ text, priceMax }) => counts[`text=${text}|max=${priceMax}`];
  assert.deepEqual(relaxations(filters({ text: 'tea', priceMax: '3' }), 2, candidates), [
    { name: 'text', candidates: 40 },
    { name: 'priceMax', candidates: 7 },
  ]);
});
