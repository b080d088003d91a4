import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createFormat, exactNats, nats, parsePrice, parts } from '../src/format.js';

const yuan = { currency: 'CNY', exponent: 2 };

test('prices have the catalog’s own number of decimals', () => {
  assert.equal(createFormat('zh-CN', yuan).money(123456), '¥1,234.56');
  assert.equal(createFormat('en', yuan).money(1200), '¥12.00');
  assert.equal(createFormat('en', { currency: 'JPY', exponent: 0 }).money(1200), '¥1,200');
  assert.equal(
    createFormat('en', { currency: 'KWD', exponent: 3 }).money(1200).replace(/\s/, ' '),
    'KWD 1.200',
  );
});

test('a price is a plain number without a currency, and nothing when unknown', () => {
  assert.equal(createFormat('en', { currency: '', exponent: 2 }).money(1200), '12.00');
  assert.equal(createFormat('en', yuan).money(null), '');
});

test('dates are days of UTC, and nothing when the catalog has no times', () => {
  assert.equal(createFormat('en', yuan).date(1782777600), 'Jun 30, 2026');
  assert.equal(createFormat('zh-CN', yuan).date(1782777600), '2026年6月30日');
  assert.equal(createFormat('en', yuan).date(0), '');
});

test('a time that a browser’s clock rounds to nothing is not shown as nothing', () => {
  const { time } = createFormat('en', yuan);
  assert.equal(time(0), '< 1 ms');
  assert.equal(time(0.84), '0.8 ms');
  assert.equal(time(12.6), '13 ms');
});

test('six decimals show every micro-nat', () => {
  assert.equal(exactNats(-3_219_508), '−3.219508');
  assert.equal(exactNats(7), '0.000007');
  assert.equal(exactNats(0), '0.000000');
});

test('three decimals round half away from zero', () => {
  assert.equal(nats(-2_500), '−0.003');
  assert.equal(nats(2_499), '0.002');
  assert.equal(nats(-400), '0.000', 'no minus before a zero');
});

test('terms shown with three decimals sum to the score shown', () => {
  const terms = { fit: -1_400, temperature: -1_400, priceFit: -1_400 };
  assert.equal(nats(-4_200), '−0.004');
  assert.deepEqual(parts(terms), { fit: '−0.001', temperature: '−0.001', priceFit: '−0.002' });
});

test('terms sum to the score shown whatever they are', () => {
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) % 9_000_000;
  for (let i = 0; i < 2000; i++) {
    const terms = { fit: -random(), temperature: random() - 4_500_000, priceFit: random() };
    const shown = Object.values(parts(terms)).map((text) => Number(text.replace('−', '-')));
    const score = terms.fit + terms.temperature + terms.priceFit;
    const sum = Math.round(1000 * shown.reduce((a, b) => a + b, 0));
    assert.equal(
      sum,
      Math.round(1000 * Number(nats(score).replace('−', '-'))),
      JSON.stringify(terms),
    );
    Object.values(terms).forEach((micro, term) => {
      assert.ok(Math.abs(micro / 1e6 - shown[term]) < 0.001, `${micro} shown as ${shown[term]}`);
    });
  }
});

test('typed prices become minor units', () => {
  assert.equal(parsePrice('12.5', 2), 1250);
  assert.equal(parsePrice('1,200', 2), 120000);
  assert.equal(parsePrice('１２．５', 2), 1250, 'full-width digits');
  assert.equal(parsePrice('¥ 8', 0), 8);
  assert.equal(parsePrice('0.29', 2), 29, 'not 28.999…');
});

test('what is no price is none', () => {
  for (const typed of ['', 'abc', '-5', '1.2.3', '.', '1e9', '99999999999999999']) {
    assert.equal(parsePrice(typed, 2), null, typed);
  }
});
