import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createFormat } from '../src/format.js';
import en from '../src/locales/en.js';
import zhCN from '../src/locales/zh-CN.js';
import { sentence } from '../src/sentence.js';
import { rankedGood } from './good.mjs';

const catalog = { currency: 'CNY', exponent: 2 };
const titles = {
  b1: { title: 'Teapot', title_zh: '茶壶' },
  b2: { title: 'Cup', title_zh: '茶杯' },
};
const lookUp = (id) => (titles[id] ? { id, titles: titles[id] } : null);
const english = { t: en, format: createFormat('en', catalog), lookUp };
const chinese = { t: zhCN, format: createFormat('zh-CN', catalog), lookUp };

const because = [
  { id: 'b1', title: 'Teapot', share: 0.42 },
  { id: 'b2', title: 'Cup', share: 0.17 },
  { id: 'b3', title: 'Tray', share: 0.11 },
];

test('names the two goods that speak loudest, then heat and price', () => {
  const terms = { fit: -3_000_000, temperature: 300_000, priceFit: 100_000 };
  const good = rankedGood({ because, terms });
  assert.equal(
    sentence(good, english),
    'Because you sell “Teapot” (42%) and “Cup” (17%); hotter than average; at your usual price.',
  );
  assert.equal(
    sentence(good, chinese),
    '因为您在卖“茶壶”（42%）和“茶杯”（17%）；近期热度高于平均；价位是您常卖的。',
  );
});

test('says what speaks against, apart from the shares', () => {
  const good = rankedGood({
    because: [...because.slice(0, 1), { id: 'b2', title: 'Cup', share: -0.3 }],
  });
  assert.equal(
    sentence(good, english),
    'Because you sell “Teapot” (42%); though “Cup” speaks against it.',
  );
});

test('a term that hardly moves the odds is not mentioned', () => {
  const terms = { fit: -3_000_000, temperature: 19_999, priceFit: -19_999 };
  assert.equal(sentence(rankedGood({ terms }), english), 'Its fit rests on shops in general.');
});

test('cool goods and unusual prices are said to be so', () => {
  const terms = { fit: -3_000_000, temperature: -50_000, priceFit: -800_000 };
  assert.equal(
    sentence(rankedGood({ because: because.slice(0, 1), terms }), english),
    'Because you sell “Teapot” (42%); cooler than average; not at your usual price.',
  );
});

test('of many terms the three that move the odds most are said, in their own order', () => {
  const terms = {
    ...{ fit: -3_000_000, temperature: 50_000, margin: 400_000, priceAdvantage: 30_000 },
    ...{ moq: -90_000, returns: -250_000, risk: -1_000_000 },
  };
  const good = rankedGood({ because: because.slice(0, 1), terms });
  assert.equal(
    sentence(good, english),
    'Because you sell “Teapot” (42%); leaves more than a usual sale; ' +
      'its smallest order takes over a month to sell; sent back more than usual.',
  );
  assert.equal(
    sentence(good, chinese),
    '因为您在卖“茶壶”（42%）；每件利润高于通常；起订量一个月内卖不完；退货多于通常。',
  );
});

test('supply that is unknown is said to be so, but for what the whole list lacks', () => {
  const unknown = ['margin', 'reviews', 'returns', 'fillRate'];
  const good = rankedGood({ because: because.slice(0, 1), unknown });
  const lacking = ['margin', 'fillRate'];
  assert.equal(
    sentence(good, { ...english, lacking }),
    'Because you sell “Teapot” (42%); unknown: Reviews and Kept.',
  );
  assert.equal(sentence(good, { ...chinese, lacking: unknown }), '因为您在卖“茶壶”（42%）。');
});

test('an unknown term says nothing, whatever its number', () => {
  const terms = { fit: -6_000_000, temperature: 300_000, priceFit: 0 };
  const good = rankedGood({ terms, unknown: ['fit', 'priceFit'] });
  assert.equal(sentence(good, english), 'Hotter than average.');
});

test('an unknown price is said to be unknown', () => {
  const unknown = ['priceFit', 'margin', 'priceAdvantage'];
  const good = rankedGood({ price: null, unknown, because: because.slice(0, 1) });
  assert.equal(sentence(good, english), 'Because you sell “Teapot” (42%); its price is unknown.');
});

test('there is always a sentence', () => {
  const good = rankedGood({
    terms: {},
    unknown: ['fit', 'priceFit'],
  });
  assert.equal(sentence(good, english), 'Nothing speaks clearly for or against it.');
  assert.equal(sentence(good, chinese), '没有明显的支持或反对理由。');
});

test('long titles are cut, between words if there are any, a CJK character counting as two', () => {
  const of = (title) => {
    const because = [{ id: 'x', title, share: 1 }];
    return sentence(rankedGood({ because }), english).match(/“(.*)”/)[1];
  };
  assert.equal(of('x'.repeat(30)), 'x'.repeat(30));
  assert.equal(of('x'.repeat(31)), `${'x'.repeat(29)}…`);
  assert.equal(of('茶'.repeat(15)), '茶'.repeat(15));
  assert.equal(of('茶'.repeat(16)), `${'茶'.repeat(14)}…`);
  assert.equal(of('Cotton sweater size XL off-white'), 'Cotton sweater size XL…');
  assert.equal(of(`Tea ${'x'.repeat(40)}`), `Tea ${'x'.repeat(25)}…`);
});
