import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cell, rankingCsv, templateCsv } from '../src/csv-export.js';
import { rankedGood } from './good.mjs';

const page = { lang: 'en', catalog: { currency: 'CNY', exponent: 2 }, why: () => 'Because.' };

test('a row holds every part of the score in whole micro-nats', () => {
  const terms = { fit: -3_250_234, temperature: 462_250, priceFit: 94_965, fillRate: 7, risk: -200_000 };
  const good = rankedGood({ score: -2_893_012, terms, risks: ['outOfStock', 'cooling'] });
  assert.equal(
    rankingCsv([good], page),
    '\ufeffrank,good_id,title,category,supplier_id,supplier,price,currency,moq,lead_time_days,' +
      'score_micronats,fit_micronats,temperature_micronats,price_fit_micronats,trend_micronats,' +
      'margin_micronats,price_advantage_micronats,rivals_micronats,moq_micronats,' +
      'lead_time_micronats,reviews_micronats,returns_micronats,fill_rate_micronats,' +
      'risk_micronats,selection_micronats,spread_micronats,season_micronats,unknown_terms,risks,why\r\n' +
      '1,g1,Tea,food/tea,s1,Tea House,12,CNY,10,3,-2893012,-3250234,462250,94965,' +
      '0,0,0,0,0,0,0,0,7,-200000,0,0,0,,outOfStock cooling,Because.\r\n',
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
  const terms = `-3000000${',0'.repeat(15)}`;
  assert.equal(row, `1,g1,Tea,,,,,CNY,,,-3000000,${terms},fit priceFit,,Because.`);
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
