import assert from 'node:assert/strict';
import { test } from 'node:test';

import { TERMS } from '../src/policy.js';
import { Rows } from '../src/rows.js';
import { rankedGood } from './good.mjs';

/** A ranking of shard rows by their fit, that counts what it unpacks. */
function ranking(fits, behind = []) {
  const entries = Object.entries(fits).sort(([, a], [, b]) => b - a);
  const column = entries.map(([, fit]) => fit);
  const none = column.map(() => 0);
  return {
    length: entries.length,
    goods: entries.map(([row]) => Number(row)),
    scores: column,
    behind,
    probabilities: [],
    terms: { ...Object.fromEntries(TERMS.map((term) => [term, none])), fit: column },
    unpacked: 0,
    row(i) {
      this.unpacked += 1;
      const [id, fit] = entries[i];
      return rankedGood({ rank: i + 1, id, score: fit, terms: { fit } });
    },
  };
}

test('a good that was seen is not unpacked again, and has its new place and figures', () => {
  const rows = new Rows();
  rows.of(ranking({ 7: -1, 8: -2 }), ['shop']);
  const again = ranking({ 7: -5, 8: -2, 9: -3 });
  const expected = [0, 1, 2].map((i) => ranking({ 7: -5, 8: -2, 9: -3 }).row(i));
  assert.deepEqual(rows.of(again, ['shop']), expected);
  assert.equal(again.unpacked, 1, 'only the new one');
});

test('for another shop all are unpacked', () => {
  const rows = new Rows();
  rows.of(ranking({ 7: -1 }), ['shop', 1]);
  const other = ranking({ 7: -1 });
  rows.of(other, ['shop', 2]);
  assert.equal(other.unpacked, 1);
});

test('a good that stands for others than before is unpacked again', () => {
  const rows = new Rows();
  rows.of(ranking({ 7: -1 }, [new Uint32Array([8])]), ['shop']);
  const same = ranking({ 7: -1 }, [new Uint32Array([8])]);
  const other = ranking({ 7: -1 }, [new Uint32Array([8, 9])]);
  rows.of(same, ['shop']);
  rows.of(other, ['shop']);
  assert.deepEqual([same.unpacked, other.unpacked], [0, 1]);
});

test('a row says how probable it was in this ranking', () => {
  const rows = new Rows();
  const drawn = { ...ranking({ 7: -1 }), probabilities: [0.1] };
  rows.of(ranking({ 7: -1 }), ['shop']);
  assert.equal(rows.of(drawn, ['shop'])[0].probability, 0.1);
});
