// Every code of GoodsRankErrorCode, with its message word for word.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';

import { GoodsRank, GoodsRankError } from '../../pkg/node.js';
import { fixture } from './fixture.mjs';
import { serving } from './server.mjs';

const { bytes, catalog: files, noShop } = fixture();
const catalog = await GoodsRank.open(bytes);
const sold = catalog.matchSales('good_id\nunknown\n');

const reached = new Set();

/** Checks what `call` throws, and that it is a real error. */
async function fails(call, code, message) {
  const error = await Promise.resolve()
    .then(call)
    .then(() => assert.fail(`expected ${code}`), (error) => error);
  assert.equal(error.message, message);
  assert.equal(error.code, code);
  assert.ok(error instanceof GoodsRankError && error instanceof Error);
  assert.equal(error.name, 'GoodsRankError');
  assert.match(error.stack, /errors\.test\.mjs|pkg\/lib/);
  reached.add(code);
}

/** A copy of the shard with some bytes changed. */
function changed(offset, ...values) {
  const copy = bytes.slice();
  copy.set(values, offset);
  return copy;
}

const QUERY = 'an object with the fields shop, rules, policy, channel, diversity, feedback and limit at most';
const RULES =
  'an object with at most the fields categories notCategories suppliers notSuppliers brands ' +
  'notBrands shipsTo priceMin priceMax marginMin moqMax leadTimeMax reviewsMin newWithinDays inStock withoutRisks text only ' +
  'exclude includeSold';
const RISKS = 'brand, outOfStock, returns, priceOutlier, cooling, thinEvidence or singleSource';
const POLICY = 'balanced, profit, trend, niche, newcomer, plain, 1688, fit or an object of weights by term';
const DIVERSITY =
  'an object with the fields perCategory, perSupplier, collapse, explore and seed at most';
const CHANNEL =
  'own, marketplace, live or an object with the fields markup, commission, payment, landing, ' +
  'shipping, insurance and returnCost at most';
const SHOP = 'the id of a public shop, a list of sales, a matched sales file or users';
const SALE = 'objects with the fields good, quantity, at and kind at most';
const ENTRY = 'objects with the fields good, action and reason at most';
const ACTION = 'listed, saved or notForMe';
const REASON =
  'with notForMe price, margin, tooManySellers, moq, leadTime, quality, returns, risk, ' +
  'notMyCustomers or other, and none with the others';
const LIMIT = 'a whole number from 1 to 10000';

const badQueries = [
  ['fit', 'query', QUERY, '"fit"'],
  [[], 'query', QUERY, 'a list'],
  [{ top: 5 }, 'query', QUERY, 'the field top'],
  [{ limit: 0 }, 'limit', LIMIT, '0'],
  [{ limit: 1e9 }, 'limit', LIMIT, '1000000000'],
  [{ limit: 1e300 }, 'limit', LIMIT, 'more than 1e12'],
  [{ limit: 1.5 }, 'limit', LIMIT, '1.5'],
  [{ limit: -1 }, 'limit', LIMIT, '-1'],
  [{ limit: NaN }, 'limit', LIMIT, 'NaN'],
  [{ limit: '20' }, 'limit', LIMIT, '"20"'],
  [{ feedback: 5 }, 'feedback', 'a list of feedback or the text of a CSV file', '5'],
  [{ feedback: [{ id: 'a' }] }, 'feedback', ENTRY, 'the field id at index 0'],
  [{ feedback: [null] }, 'feedback[].good', 'an id', 'undefined at index 0'],
  [{ feedback: [{ good: 'a', action: 'bought' }] }, 'feedback[].action', ACTION, '"bought" at index 0'],
  [
    { feedback: [{ good: 'a', action: 'notForMe', reason: 'ugly' }] },
    ...['feedback[].reason', REASON, '"ugly" at index 0'],
  ],
  [
    { feedback: [{ good: 'a', action: 'saved', reason: 'price' }] },
    ...['feedback[].reason', REASON, '"price" at index 0'],
  ],
  [{ shop: 5 }, 'shop', SHOP, '5'],
  [{ shop: {} }, 'shop', SHOP, 'object'],
  [{ shop: [{}] }, 'shop[].good', 'an id', 'undefined at index 0'],
  [{ shop: [{ good: 'a' }, { good: 7 }] }, 'shop[].good', 'an id', '7 at index 1'],
  [{ shop: ['a'] }, 'shop', SALE, '"a" at index 0'],
  [{ shop: [{ good: 'a', qty: 1 }] }, 'shop', SALE, 'the field qty at index 0'],
  [{ shop: [{ good: 'a', quantity: 0 }] }, 'shop[].quantity', 'a number above 0, at most 1e12', '0 at index 0'],
  [{ shop: [{ good: 'a', at: -1 }] }, 'shop[].at', 'seconds since 1970 UTC', '-1 at index 0'],
  [
    { shop: [{ good: 'a', kind: 'stolen' }] },
    ...['shop[].kind', 'purchase, return, view, save, list, share or referral', '"stolen" at index 0'],
  ],
  [{ rules: [] }, 'rules', RULES, 'a list'],
  [{ rules: { pricemax: 1 } }, 'rules', RULES, 'the field pricemax'],
  [{ rules: { categories: 'food' } }, 'rules.categories', 'a list of strings', '"food"'],
  [{ rules: { categories: ['fod'] } }, 'rules.categories', 'category paths of the shard', '"fod"'],
  [{ rules: { suppliers: ['x'] } }, 'rules.suppliers', 'supplier ids of the shard', '"x"'],
  [{ rules: { only: [1] } }, 'rules.only', 'a list of strings', '1'],
  [{ rules: { text: true } }, 'rules.text', 'a text', 'true'],
  [{ rules: { includeSold: 1 } }, 'rules.includeSold', 'true or false', '1'],
  [{ rules: { notCategories: ['fod'] } }, 'rules.notCategories', 'category paths of the shard', '"fod"'],
  [{ rules: { brands: ['x'] } }, 'rules.brands', 'brands of the shard', '"x"'],
  [{ rules: { shipsTo: 'US-XX' } }, 'rules.shipsTo', 'a destination of the shard', '"US-XX"'],
  [{ rules: { notSuppliers: ['x'] } }, 'rules.notSuppliers', 'supplier ids of the shard', '"x"'],
  [{ rules: { inStock: 1 } }, 'rules.inStock', 'true or false', '1'],
  [{ rules: { withoutRisks: 'brand' } }, 'rules.withoutRisks', 'a list of strings', '"brand"'],
  [{ rules: { withoutRisks: ['fire'] } }, 'rules.withoutRisks', RISKS, '"fire"'],
  [{ rules: { moqMax: '1' } }, 'rules.moqMax', 'a number', '"1"'],
  [{ rules: { marginMin: 1 } }, 'rules.marginMin', 'a share of the retail price, below 1', '1'],
  [{ rules: { priceMin: '1' } }, 'rules.priceMin', 'a number', '"1"'],
  [{ rules: { priceMin: NaN } }, 'rules.priceMin', 'minor units, 0 or more', 'NaN'],
  [{ rules: { priceMax: -1 } }, 'rules.priceMax', 'minor units, 0 or more', '-1'],
  [
    { rules: { priceMin: 9, priceMax: 5 } },
    ...['rules.priceMin', 'a price that is not above rules.priceMax', '9 above 5'],
  ],
  [{ policy: 'cheap' }, 'policy', POLICY, '"cheap"'],
  [{ policy: 1 }, 'policy', POLICY, '1'],
  [{ policy: { profit: 1 } }, 'policy', POLICY, 'the field profit'],
  [{ channel: 'street' }, 'channel', CHANNEL, '"street"'],
  [{ channel: 1 }, 'channel', CHANNEL, '1'],
  [{ channel: { rent: 1 } }, 'channel', CHANNEL, 'the field rent'],
  [{ channel: { markup: '1' } }, 'channel', CHANNEL, '"1"'],
  [{ channel: { commission: 1.5 } }, 'channel.commission', 'a share from 0 to 1', '1.5'],
  [{ channel: { landing: -1 } }, 'channel.landing', 'a share of the supply price from 0 to 100', '-1'],
  [{ diversity: { perShop: 1 } }, 'diversity', DIVERSITY, 'the field perShop'],
  [
    { diversity: { perSupplier: 0.5 } },
    ...['diversity.perSupplier', 'a whole number from 0 to 4294967295', '0.5'],
  ],
  [{ diversity: { collapse: 1 } }, 'diversity.collapse', 'true or false', '1'],
  [{ diversity: { explore: 1 } }, 'diversity.explore', 'a share of the rows from 0 to 0.5', '1'],
  [{ rules: { moqMax: -1 } }, 'rules.moqMax', 'a number, 0 or more', '-1'],
  [{ channel: { shipping: NaN } }, 'channel.shipping', 'minor units, 0 or more', 'NaN'],
];

for (const [query, field, expected, found] of badQueries) {
  test(`bad_query: ${JSON.stringify(query)}`, () =>
    fails(
      () => catalog.rank(query),
      'bad_query',
      `bad query: ${field}: expected ${expected}, found ${found}`,
    ));
}

for (const [weight, found] of [
  [NaN, 'NaN'],
  [-0.5, '-0.5'],
  [Infinity, 'inf'],
  [101, '101'],
  ['1', '"1"'],
]) {
  test(`bad_policy: ${found}`, () =>
    fails(
      () => catalog.rank({ policy: { fit: 1, priceFit: weight } }),
      'bad_policy',
      `bad policy: weight priceFit: expected a finite number from 0 to 100, found ${found}`,
    ));
}

test('bad_query: arguments that are not queries', async () => {
  const message = (text) => `bad query: ${text}`;
  await fails(() => GoodsRank.open(5), 'bad_query', message('source: expected an address or bytes, found 5'));
  await fails(() => GoodsRank.open({}), 'bad_query', message('source: expected an address or bytes, found a Object'));
  await fails(() => catalog.good(7), 'bad_query', message("id: expected a good's id, found 7"));
  await fails(() => catalog.matchSales([]), 'bad_query', message('csv: expected a text or a Uint8Array, found a list'));
  const ranking = catalog.rank({ limit: 2 });
  for (const i of [2, -1, 0.5]) {
    const text = `row: expected a whole number from 0 to 1, found ${i}`;
    await fails(() => ranking.row(i), 'bad_query', message(text));
  }
  const lines = 'a line of the file whose quantity and time can be read';
  await fails(() => sold.assign(99, 'G0000001'), 'bad_query', message(`line: expected ${lines}, found 99`));
});

test('bad_query: shops for a good', async () => {
  const message = (text) => `bad query: ${text}`;
  const shopsFor = (options, text) =>
    fails(() => catalog.shopsFor('G0000001', options), 'bad_query', message(text));
  await shopsFor({ limit: 0 }, `limit: expected ${LIMIT}, found 0`);
  await shopsFor({ limit: '5' }, `limit: expected ${LIMIT}, found "5"`);
  await shopsFor(5, 'options: expected an object with the field limit at most, found 5');
  await shopsFor({ rules: {} }, 'options: expected an object with the field limit at most, found the field rules');
  await fails(() => catalog.shopsFor(), 'bad_query', message("goodId: expected a good's id, found undefined"));
  const none = await GoodsRank.open(`${noShop}/manifest.json`);
  const shops = 'a shard with public shops, as build --publish-shops makes';
  await fails(() => none.shopsFor('G0000001'), 'bad_query', message(`good: expected ${shops}, found none`));
  none.close();
});

test('bad_query: the sales of another catalog', async () => {
  const other = await GoodsRank.open(bytes);
  await fails(
    () => other.rank({ shop: sold }),
    'bad_query',
    'bad query: shop: expected a sales file that this catalog matched, found one of another catalog',
  );
  other.close();
});

test('bad_csv', async () => {
  const csv = (text, message) => fails(() => catalog.matchSales(text), 'bad_csv', `bad CSV: ${message}`);
  await csv('', 'line 1, the header: expected a row of column names, found an empty file');
  await csv(
    'shop,count\na,1\n',
    'line 1, the header: expected a column good_id, gtin, sku or title, found the columns shop, count',
  );
  await csv('good_id,title\na\n', 'line 2, the row: expected 2 fields, as the header has, found 1');
  await csv(
    new Uint8Array([...new TextEncoder().encode('title\n'), 0xc9, 0xcc, 0x0a]),
    'line 2, column title: expected UTF-8 (save the file as CSV UTF-8), found other bytes',
  );
});

test('unknown_shop and unknown_good', async () => {
  await fails(
    () => catalog.rank({ shop: 'nobody' }),
    'unknown_shop',
    'unknown shop "nobody": it is not among the shard\'s public shops; give its sales instead, or ' +
      'build with --publish-shops',
  );
  await fails(
    () => sold.assign(2, 'nothing'),
    'unknown_good',
    'unknown good "nothing": the shard has no good of this id',
  );
  await fails(
    () => catalog.shopsFor('nothing'),
    'unknown_good',
    'unknown good "nothing": the shard has no good of this id',
  );
});

test('closed', async () => {
  const other = await GoodsRank.open(bytes);
  other.close();
  await fails(
    () => other.rank(),
    'closed',
    'closed: the catalog cannot be used: it was closed; open it again',
  );
});

test('not_a_shard', async () => {
  const advice =
    'give a .grs file that `goodsrank build` wrote, and see that the server sends it as it is';
  const magic = 'not a shard: expected the magic \\x89GRS\\r\\n\\x1a\\n, found';
  const html = new TextEncoder().encode('<!doctype html>');
  await fails(() => GoodsRank.open(html), 'not_a_shard', `${magic} 3c 21 64 6f 63 74 79 70; ${advice}`);
  await fails(() => GoodsRank.open(new Uint8Array()), 'not_a_shard', `${magic} no bytes; ${advice}`);
});

test('truncated, wherever the file ends', async () => {
  const text = (what, need, found) =>
    `truncated shard: ${what} needs ${need} bytes, found ${found}; download the shard again`;
  await fails(() => GoodsRank.open(bytes.subarray(0, 100)), 'truncated', text('header', 128, 100));
  const half = bytes.length >> 1;
  await fails(() => GoodsRank.open(bytes.subarray(0, half)), 'truncated', text('file', bytes.length, half));
});

test('damaged: a byte that changed in the header or in a section', async () => {
  const again = '; download the shard again, or build it anew';
  await fails(
    () => GoodsRank.open(changed(40, 1)),
    'damaged',
    `damaged shard: header: expected a header that matches its hash, found another${again}`,
  );
  const directory = new DataView(bytes.buffer);
  const first = Number(directory.getBigUint64(128 + 8, true));
  await fails(
    () => GoodsRank.open(changed(first, bytes[first] ^ 1)),
    'damaged',
    `damaged shard: model: expected bytes that match their hash, found other bytes${again}`,
  );
});

/** For each section its number and the shard with a byte in its middle changed. */
function* changedSections() {
  const directory = new DataView(bytes.buffer);
  for (let entry = 128; entry < 128 + 64 * directory.getUint32(20, true); entry += 64) {
    const middle = Number(directory.getBigUint64(entry + 8, true) + directory.getBigUint64(entry + 16, true) / 2n);
    yield [directory.getUint16(entry, true), changed(middle, bytes[middle] ^ 0x10)];
  }
}

test('damaged: no section can change unnoticed on its way', async () => {
  for (const [number, shard] of changedSections()) {
    const fetch = async () => new Response(shard);
    const opening = GoodsRank.open('bucket://a/x.grs', { fetch });
    await assert.rejects(opening, { code: 'damaged' }, `section ${number}`);
  }
});

test('damaged: of bytes in memory each section is checked when it is first used', async () => {
  const sales = readFileSync(join(files, 'events.csv'));
  const ask = (opened) => {
    const shop = opened.info.shops[0].id;
    opened.matchSales(sales).close();
    opened.matchSales('supplier_id,sku,title,gtin\nX,Y,Z,4006381333931\n').close();
    opened.shopsFor(opened.rank({ shop, rules: { text: 'tea' } }).row(0)?.id ?? 'G0000001');
    for (const policy of ['balanced', 'profit', 'trend', { season: 1, spread: 1 }]) {
      void [...opened.rank({ shop, policy, limit: 500, diversity: { collapse: true, explore: 0.1 } })];
    }
    opened.rank({ rules: { notBrands: [opened.info.brands[0]], shipsTo: 'CN', newWithinDays: 30 } });
  };
  const unnoticed = [];
  for (const [number, shard] of changedSections()) {
    try {
      const opened = await GoodsRank.open(shard);
      ask(opened);
      opened.close();
      unnoticed.push(number);
    } catch (error) {
      assert.equal(error.code, 'damaged', `section ${number}: ${error.stack}`);
    }
  }
  assert.deepEqual(unnoticed, [], 'sections that no call needs');
});

test('unsupported: a later version', () =>
  fails(
    () => GoodsRank.open(changed(8, 2, 0, 0, 0)),
    'unsupported',
    'unsupported shard: version: this version reads version 1, found version 2.0; update goodsrank, ' +
      'or build the shard with this version',
  ));

test('limit: more bytes than there is memory for', () =>
  serving(
    {
      '/huge.grs': (_, response) => {
        response.setHeader('content-length', 3_000_000_000);
        response.write(bytes);
      },
    },
    (address) =>
      fails(
        () => GoodsRank.open(`${address}/huge.grs`),
        'limit',
        'limit: at most 2147483647 bytes of WebAssembly memory, or less where the host has less, found ' +
          '3000000000',
      ),
  ));

// Those of other files, which reach what this one cannot.
const ELSEWHERE = {
  fetch_failed: 'open.test.mjs',
  bad_manifest: 'open.test.mjs',
  bad_signature: 'signature.test.mjs',
  not_searchable: 'open.test.mjs',
  wasm_failed: 'module.test.mjs',
  cache_failed: '../browser/offline.test.mjs',
  internal: 'trap.test.mjs',
  not_loaded: 'texts.test.mjs',
};

after(() => {
  const types = readFileSync(new URL('../../pkg/index.d.ts', import.meta.url), 'utf8');
  const [, union] = types.split('export type GoodsRankErrorCode =');
  const codes = union.match(/'\w+'/g).map((code) => code.slice(1, -1));
  for (const [code, file] of Object.entries(ELSEWHERE)) {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    assert.ok(text.includes(`'${code}'`), `${file} reaches ${code}`);
  }
  const missing = codes.filter((code) => !reached.has(code) && !(code in ELSEWHERE));
  assert.deepEqual(missing, [], 'codes that no test reaches');
});
