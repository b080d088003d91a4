import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GROUPS, POLICIES, PRESETS, TERMS, withPolicy } from '../src/policy.js';
import { noFilters, toQuery } from '../src/query.js';
import { core } from './core.mjs';

test('terms and weights of presets are those of the core', async () => {
  const source = await core('policy.rs');
  const terms = [...source.matchAll(/^    (\w+) = "(\w+)";$/gm)];
  assert.deepEqual(terms.map(([, , name]) => name), TERMS);
  const names = Object.fromEntries(terms.map(([, variant, name]) => [variant, name]));
  const presets = Object.fromEntries(
    [...source.matchAll(/^        \("(\w+)", Policy::(\w+)\),$/gm)].map(([, name, policy]) => [policy, name]),
  );
  assert.deepEqual(Object.values(presets), POLICIES);
  const policies = [...source.matchAll(/pub const (\w+): Policy =\s+Policy::of\(&\[(.*?)\]\);/gs)];
  const weights = policies.map(([, policy, list]) => {
    const pairs = [...list.matchAll(/Term::(\w+), ([\d.]+)/g)];
    const given = Object.fromEntries(pairs.map(([, term, weight]) => [names[term], Number(weight)]));
    return [presets[policy], Object.fromEntries(TERMS.map((term) => [term, given[term] ?? 0]))];
  });
  assert.deepEqual(Object.fromEntries(weights), PRESETS);
});

test('every term has its slider', () => {
  assert.deepEqual(Object.values(GROUPS).flat().sort(), [...TERMS].sort());
});

test('moving a weight makes the policy a custom one', () => {
  const moved = withPolicy(noFilters(), { temperature: 0.5 });
  const expected = { ...PRESETS.balanced, temperature: 0.5 };
  assert.deepEqual(toQuery(moved, undefined, 2).policy, expected);
  assert.deepEqual(withPolicy(moved, 'fit').weights, PRESETS.fit);
  assert.deepEqual(withPolicy(moved, 'custom').weights, moved.weights);
});
