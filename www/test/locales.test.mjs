import assert from 'node:assert/strict';
import { test } from 'node:test';

import { localeFor } from '../src/locale.js';
import en from '../src/locales/en.js';
import zhCN from '../src/locales/zh-CN.js';

/** Every path of a locale with what is there: `shop.count/2` is a function of two. */
function shape(texts, path = '') {
  return Object.entries(texts).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'function') return [`${here}()`];
    return typeof value === 'string' ? [here] : shape(value, here);
  });
}

test('both languages say the same things', () => {
  assert.deepEqual(shape(zhCN).sort(), shape(en).sort());
});

test('no text is empty', () => {
  const empty = (texts) =>
    Object.values(texts).some((value) => (typeof value === 'object' ? empty(value) : value === ''));
  assert.equal(empty(en), false);
  assert.equal(empty(zhCN), false);
});

test('Chinese text has Chinese punctuation', () => {
  const strings = (texts) =>
    Object.values(texts).flatMap((value) => {
      if (typeof value === 'object') return strings(value);
      return typeof value === 'function' ? [value.toString()] : [value];
    });
  for (const text of strings(zhCN)) {
    assert.doesNotMatch(text, /[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]/u);
  }
});

test('every error the package can throw has a remedy', async () => {
  const { readFile } = await import('node:fs/promises');
  const types = await readFile(new URL('../../pkg/index.d.ts', import.meta.url), 'utf8');
  const codes = [...types.slice(types.indexOf('GoodsRankErrorCode =')).matchAll(/\| '(\w+)'/g)];
  assert.ok(codes.length > 10);
  for (const [, code] of codes) assert.ok(en.errors.remedies[code], code);
});

test('a language tag leads to the locale that speaks it', () => {
  assert.equal(localeFor('zh'), 'zh-CN');
  assert.equal(localeFor('zh-Hant-TW'), 'zh-CN');
  assert.equal(localeFor('en-GB'), 'en');
  assert.equal(localeFor('de'), null);
});
