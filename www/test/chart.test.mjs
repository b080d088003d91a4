import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chartOf } from '../src/chart.js';
import { PRESETS } from '../src/policy.js';
import { rankedGood } from './good.mjs';

const rows = (...terms) => terms.map((terms) => rankedGood({ terms }));

test('a few terms all have bars, on one scale that holds 0', () => {
  const chart = chartOf(rows({ fit: -5, margin: 2 }, { fit: -3, margin: -9 }), PRESETS.profit);
  assert.deepEqual(chart, {
    ...{ bars: ['fit', 'margin'], figures: [], lacking: [] },
    scale: { low: -9, high: 2 },
  });
});

test('of many terms fit and the four that move the list most have bars, in their own order', () => {
  const list = rows(
    { fit: -1, temperature: 10, priceFit: 20, trend: 5, margin: 40 },
    { fit: -1, moq: -30, risk: -50, reviews: 15 },
  );
  const { bars, figures } = chartOf(list, PRESETS.balanced);
  assert.deepEqual(bars, ['fit', 'priceFit', 'margin', 'moq', 'risk']);
  assert.ok(figures.includes('temperature') && figures.includes('returns'));
  assert.equal(bars.length + figures.length, 13, 'all that are weighed');
});

test('of many terms one that is 0 throughout has no bar, though there were room', () => {
  const { bars, figures } = chartOf(rows({ fit: -1 }, { fit: -2, moq: 1 }), PRESETS.newcomer);
  assert.deepEqual(bars, ['fit', 'moq']);
  assert.equal(figures.length, 7);
});

test('what every good lacks is lacking; what one lacks is said in its row', () => {
  const list = rows({ fit: -1, margin: 7 }, { fit: -2 });
  list[0].unknown = ['rivals', 'fit'];
  list[1].unknown = ['rivals', 'margin', 'fit'];
  const { bars, lacking } = chartOf(list, PRESETS.niche);
  assert.deepEqual(lacking, ['rivals']);
  assert.ok(bars.includes('margin'));
  assert.ok(bars.includes('fit'), 'it is of the shop, not of the catalog');
});

test('for a new shop the heat that fit’s weight went to is shown, weighed or not', () => {
  const { bars } = chartOf(rows({ fit: 0, temperature: 900 }), PRESETS.fit);
  assert.deepEqual(bars, ['fit', 'temperature']);
});
