import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withChannel } from '../src/channel.js';
import { withPolicy } from '../src/policy.js';
import {
  RISKS,
  activeFilters,
  noFilters,
  priceRange,
  relaxations,
  ruleOf,
  toQuery,
  without,
  withoutAny,
} from '../src/query.js';
import { core } from './core.mjs';

const filters = (change) => ({ ...noFilters(), ...change });

test('risks are those of the core', async () => {
  const risks = [...(await core('risk.rs')).matchAll(/^    \w+ = "(\w+)", \d+;$/gm)];
  assert.deepEqual(risks.map(([, name]) => name), RISKS);
});

test('no filter makes the plain query', () => {
  assert.deepEqual(toQuery(noFilters(), undefined, 2), {
    rules: {},
    policy: 'balanced',
    channel: 'own',
    limit: 20,
  });
});

test('every filter becomes its rule', () => {
  const all = filters({
    text: 'tea',
    category: 'food/tea',
    supplier: 's1',
    brand: 'b1',
    shipsTo: 'HK',
    priceMin: '5',
    priceMax: '12.50',
    marginMin: '12.5 %',
    moqMax: '24',
    leadTimeMax: '１０',
    reviewsMin: '5',
    newWithinDays: '90',
    inStock: true,
    withoutRisks: ['brand', 'cooling'],
    includeSold: true,
    limit: 50,
  });
  assert.deepEqual(toQuery(all, 'shop1', 2), {
    shop: 'shop1',
    rules: {
      text: 'tea',
      categories: ['food/tea'],
      suppliers: ['s1'],
      brands: ['b1'],
      shipsTo: 'HK',
      priceMin: 500,
      priceMax: 1250,
      marginMin: 0.125,
      moqMax: 24,
      leadTimeMax: 10,
      reviewsMin: 5,
      newWithinDays: 90,
      inStock: true,
      withoutRisks: ['brand', 'cooling'],
      includeSold: true,
    },
    policy: 'balanced',
    channel: 'own',
    limit: 50,
  });
});

test('variety is asked for only where there is some', () => {
  const asked = (change) => toQuery(filters(change), undefined, 2).diversity;
  const none = { collapse: false, explore: 0, seed: 0, perCategory: 0, perSupplier: 0 };
  assert.equal(asked({ perCategory: '0', perSupplier: 'few', seed: 3 }), undefined);
  assert.deepEqual(asked({ collapse: true }), { ...none, collapse: true });
  assert.deepEqual(asked({ perSupplier: '２', explore: 0.1, seed: 3 }), {
    ...{ ...none, perSupplier: 2, explore: 0.1, seed: 3 },
  });
  const some = filters({ perCategory: '3', text: 'tea' });
  assert.deepEqual(withoutAny(some), { ...some, text: '' }, 'it takes no goods away');
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

test('a number that cannot be does not filter', () => {
  const some = filters({ marginMin: '100', moqMax: 'few', leadTimeMax: '-1', reviewsMin: ' ' });
  assert.deepEqual(toQuery(some, undefined, 2).rules, {});
  assert.deepEqual(activeFilters(some, 2), []);
});

test('a filter is taken away alone, or all of them with what counts kept', () => {
  const custom = withPolicy(filters({ text: 'tea', priceMax: '3', limit: 50 }), { fit: 2 });
  const some = withChannel(custom, { markup: '80' });
  assert.deepEqual(without(some, 'text'), { ...some, text: '' });
  assert.equal(without(some, 'sold').includeSold, true);
  assert.equal(without(filters({ inStock: true }), 'inStock').inStock, false);
  assert.deepEqual(without(filters({ withoutRisks: ['brand'] }), 'withoutRisks').withoutRisks, []);
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

test('a filter is found in what the engine says of its rules', () => {
  const names = ['category', 'supplier', 'brand', 'shipsTo', 'priceMin', 'sold', 'moqMax'];
  assert.deepEqual(names.map(ruleOf), [
    ...['categories', 'suppliers', 'brands', 'shipsTo', 'price', 'includeSold', 'moqMax'],
  ]);
});
