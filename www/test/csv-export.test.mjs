import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cell, rankingCsv, templateCsv } from '../src/csv-export.js';
import { rankedGood } from './good.mjs';

const page = { lang: 'en', catalog: { currency: 'CNY', exponent: 2 }, why: () => 'Because.' };

test('a row holds every part of the score in whole micro-nats', () => {
  const terms = { fit: -3_250_234, temperature: 462_250, priceFit: 94_965 };
  const csv = rankingCsv([rankedGood({ score: -2_693_019, terms })], page);
  assert.equal(
    csv,
    '\ufeffrank,good_id,title,category,supplier_id,supplier,price,currency,moq,lead_time_days,' +
      'score_micronats,fit_micronats,temperature_micronats,price_fit_micronats,unknown_terms,why\r\n' +
      '1,g1,Tea,food/tea,s1,Tea House,12,CNY,10,3,-2693019,-3250234,462250,94965,,Because.\r\n',
  );
});

test('what is unknown is empty, and named where it is a term', () => {
  const good = rankedGood({
    price: null,
    category: null,
    supplier: null,
    moq: null,
    leadTimeDays: null,
    unknown: ['fit', 'priceFit'],
  });
  const [, row] = rankingCsv([good], page).split('\r\n');
  assert.equal(row, '1,g1,Tea,,,,,CNY,,,-3000000,-3000000,0,0,fit priceFit,Because.');
});

test('the title is the one of the page’s language', () => {
  const [, row] = rankingCsv([rankedGood()], { ...page, lang: 'zh-CN' }).split('\r\n');
  assert.match(row, /^1,g1,茶,/);
});

test('texts that a spreadsheet would run get an apostrophe, numbers do not', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) {
    assert.ok(cell(`${start}cmd`).replace('"', '').startsWith(`'${start}`), JSON.stringify(start));
  }
  assert.equal(cell('=HYPERLINK("http://x","y")'), `"'=HYPERLINK(""http://x"",""y"")"`);
  assert.equal(cell(-5), '-5');
  assert.equal(cell('5-6'), '5-6', 'a minus within is harmless');
});

test('commas, quotes and line breaks are quoted', () => {
  assert.equal(cell('a,b'), '"a,b"');
  assert.equal(cell('6" pan'), '"6"" pan"');
  assert.equal(cell('a\nb'), '"a\nb"');
});

test('the template names the columns and shows goods of the catalog', () => {
  assert.equal(
    templateCsv([rankedGood()], 'zh-CN'),
    '\ufeffgood_id,title,quantity,at\r\ng1,茶,10,2026-01-31\r\n',
  );
});
