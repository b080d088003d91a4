// A merchant's own users: the same figures in JavaScript as from the native command.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';

import { GoodsRank, Users } from '../../pkg/node.js';
import { fixture, native } from './fixture.mjs';

const files = fixture();
const catalog = await GoodsRank.open(files.bytes);
const orders = readFileSync(join(files.catalog, 'orders.csv'));
const customers = readFileSync(join(files.catalog, 'customers.csv'));
const folder = mkdtempSync(join(tmpdir(), 'goodsrank-users-'));
after(() => rmSync(folder, { recursive: true }));

function ask(...args) {
  const paths = [join(files.catalog, 'orders.csv'), '--customers', join(files.catalog, 'customers.csv')];
  return execFileSync(native, ['users', ...paths, '--shards', files.shards, ...args], { encoding: 'utf8' });
}

/** What the shop of the orders sells most, by line. */
const goods = [...new Set(String(orders).trim().split('\n').slice(1).map((line) => line.split(',')[3]))];

test('native and wasm measure the same users', () => {
  const options = { thresholds: { clarity: 0.3 }, layers: { kol: { visits: 5000, cost: 0.2 } } };
  const users = catalog.matchUsers(orders, { customers, ...options });
  const { report, hot } = JSON.parse(ask('--json', '--limit', '10000', '--options', JSON.stringify(options)));
  assert.deepEqual(users.report, report);
  assert.deepEqual(users.hot({ limit: 10_000 }), hot);
  assert.ok(hot.length > 5 && hot.length === report.hotUsers);
  assert.equal(users.asset, report.asset);
  assert.ok(users.layers[0].value > 0 && users.layers[1].value === null);
  assert.equal(report.matched.id, report.rows);
  users.close();
});

test('native and wasm find the same users for a good', () => {
  const users = catalog.matchUsers(orders, { customers });
  const outside = catalog.rank({ shop: users, policy: 'fit', limit: 3 }).row(0).id;
  for (const good of [goods[0], goods[1], outside]) {
    const { wants } = JSON.parse(ask('--json', '--good', good, '--limit', '50'));
    assert.deepEqual(users.wants(good, { limit: 50 }), wants);
    assert.ok(wants.length > 0);
    const bought = new Set();
    for (const line of String(orders).split('\n')) {
      const [, user, , id] = line.split(',');
      if (id === good) bought.add(user);
    }
    assert.ok(wants.every(({ id }) => !bought.has(id)), 'who bought it is not asked');
  }
  users.close();
});

test('native and wasm write the same file of hot users', () => {
  const users = catalog.matchUsers(orders, { customers });
  const path = join(folder, 'hot.csv');
  ask('--hot', path);
  assert.equal(users.csv(), readFileSync(path, 'utf8'));
  assert.equal(users.csv().trim().split('\n').length, 1 + users.report.hotUsers);
});

test('a shop is ranked by what its hot users buy', () => {
  const users = catalog.matchUsers(orders, { customers });
  assert.ok(users instanceof Users);
  assert.equal(users.report.profileOf, 'hot');
  const ranking = catalog.rank({ shop: users, limit: 50 });
  assert.equal(ranking.known, users.report.goods);
  assert.ok(ranking.row(0).because.length > 0);
  for (const { id } of ranking) assert.ok(!goods.includes(id), `${id} is sold already`);
});

test('texts and bytes are read alike, and what is left out has its default', () => {
  const users = catalog.matchUsers(String(orders), { customers: String(customers), tRef: undefined });
  assert.deepEqual(users.report, catalog.matchUsers(orders, { customers }).report);
  assert.deepEqual(users.hot().length, 20);
  const alone = catalog.matchUsers(orders);
  assert.equal(alone.report.consentKnown, false);
  assert.equal(alone.report.customers, 0);
  assert.ok(alone.hot().every(({ reach }) => reach === null), 'unknown, and not consent');
  assert.equal(alone.asset, 0);
  assert.ok(alone.report.assetUnknown > 0);
});

test('an export of Shopify is carried down, and refused rows are named by line', () => {
  const file = [
    'Name,Email,Accepts Marketing,Created at,Lineitem quantity,Lineitem sku,Lineitem name',
    `#1,a@example.com,yes,2026-06-01 08:00:00 +0800,1,,${goods[0]}`,
    `#1,,,,2,,${goods[0]}`,
    '#2,b@example.com,yes,2099-01-01,1,,x',
  ].join('\n');
  const users = catalog.matchUsers(file, { tRef: Date.UTC(2026, 5, 1) / 1000, thresholds: { clarity: 0 } });
  const { report } = users;
  assert.deepEqual([report.users, report.refused, report.unmatchedTotal], [1, 1, 3]);
  assert.equal(users.hot()[0].temperature, 2);
  assert.deepEqual(report.unmatched[2], {
    ...{ line: 4, label: '', status: 'invalid', candidates: [] },
    reason: 'at: it is after the time of reference',
  });
  assert.ok(!JSON.stringify(report).includes('b@example.com'));
});

test('half a million rows are read', () => {
  const rows = Array.from({ length: 500_000 }, (_, i) => {
    const user = (i * 2_654_435_761) % 100_003;
    return `${i},u${user},u${user}@example.com,${1_782_000_000 - i * 60},${goods[i % goods.length]},wechat`;
  });
  const file = new TextEncoder().encode(`order_id,customer_id,email,at,good_id,source\n${rows.join('\n')}`);
  const started = performance.now();
  const users = catalog.matchUsers(file);
  const read = performance.now();
  const wants = users.wants(goods[0]);
  console.log(`read in ${Math.round(read - started)} ms, asked in ${Math.round(performance.now() - read)} ms`);
  assert.equal(users.report.rows, 500_000);
  assert.equal(wants.length, 20);
  users.close();
});

test('what is wrong is named', async () => {
  const users = catalog.matchUsers('email,good_id\n');
  const wrong = (call, message, code = 'bad_query') =>
    assert.throws(call, { name: 'GoodsRankError', code, message });
  const limit = 'bad query: limit: expected a whole number from 1 to 10000, found';
  wrong(() => users.hot({ limit: 0 }), `${limit} 0`);
  wrong(() => users.wants('G0000001', { limit: '5' }), `${limit} "5"`);
  wrong(
    () => users.hot({ top: 5 }),
    'bad query: options: expected an object with the fields limit at most, found the field top',
  );
  wrong(() => users.wants(5), "bad query: goodId: expected a good's id, found 5");
  wrong(() => catalog.matchUsers(5), 'bad query: orders: expected a text or a Uint8Array, found 5');
  wrong(
    () => catalog.matchUsers('', { customers: 5 }),
    'bad query: customers: expected a text or a Uint8Array, found 5',
  );
  wrong(
    () => catalog.matchUsers('', { layers: { kol: { clicks: 5 } } }),
    'bad query: layers.kol: expected an object with the fields visits, cost at most, found the field clicks',
  );
  wrong(() => catalog.matchUsers('', { tRef: '5' }), 'bad query: tRef: expected a number, found "5"');
  wrong(
    () => catalog.matchUsers('email,good_id\n', { thresholds: { reach: 2 } }),
    'bad query: thresholds.reach: expected a number from 0 to 1, found 2',
  );
  wrong(
    () => catalog.matchUsers('good_id\n1\n'),
    'bad CSV: line 1, the header: expected a column customer_id, email or phone, found others',
    'bad_csv',
  );
  const unknown = 'unknown good "nothing": the shard has no good of this id';
  wrong(() => users.wants('nothing'), unknown, 'unknown_good');
  const other = await GoodsRank.open(files.bytes);
  wrong(
    () => other.rank({ shop: users }),
    'bad query: shop: expected users that this catalog matched, found one of another catalog',
  );
  other.close();
  users[Symbol.dispose]();
  assert.equal(users.report.rows, 0, 'what was read of the files stays readable');
  const closed = 'closed: the users cannot be used: it was closed; open it again';
  for (const call of [() => users.hot(), () => users.csv(), () => catalog.rank({ shop: users })]) {
    wrong(call, closed, 'closed');
  }
});
