// Goods that a manifest withdraws: the same answers from the native command, the
// package and its command.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { GoodsRank as Remote } from '../../pkg/worker.node.js';
import { fixture, native, npm } from './fixture.mjs';

const { everyShop } = fixture();
const folder = mkdtempSync(join(tmpdir(), 'goodsrank-'));
after(() => rmSync(folder, { recursive: true }));

const withdrawn = ['G0000002', 'G0000005', 'G0000400'];
cpSync(everyShop, folder, { recursive: true });
execFileSync(native, ['withdraw', folder, ...withdrawn], { stdio: 'ignore' });
const place = join(folder, 'manifest.json');

const catalog = await GoodsRank.open(place);
const before = await GoodsRank.open(join(everyShop, 'manifest.json'));
after(() => [catalog, before].forEach((one) => one.close()));

test('what is withdrawn is in no ranking, and the rest stands as before', () => {
  assert.deepEqual([catalog.info.goods, catalog.info.withdrawn, before.info.withdrawn], [500, 3, 0]);
  for (const query of [
    {},
    { shop: 'S0000001', rules: { includeSold: true } },
    { shop: [{ good: 'G0000002' }], rules: { priceMin: 1 } },
    { shop: 'S0000002', rules: { only: [...withdrawn, 'G0000001'] } },
  ]) {
    const rows = (from) => [...from.rank({ ...query, limit: 500 })].map(({ id, score }) => ({ id, score }));
    const expected = rows(before).filter(({ id }) => !withdrawn.includes(id));
    assert.deepEqual(rows(catalog), expected);
    const [first] = catalog.rank(query).removed;
    assert.deepEqual(first, { rule: 'withdrawn', goods: 3 });
  }
  const all = catalog.rank({ diversity: { collapse: true }, limit: 500 });
  const behind = [...all].flatMap((row) => row.behind);
  assert.ok(behind.length > 0 && !behind.some((id) => withdrawn.includes(id)));
});

test('it speaks for others, and is known by its id', () => {
  const shop = [{ good: withdrawn[0] }];
  assert.equal(catalog.rank({ shop }).known, 1);
  assert.ok(catalog.rank({ shop }).row(0).because.some(({ id }) => id === withdrawn[0]));
  assert.equal(catalog.good(withdrawn[0]).withdrawn, true);
  assert.equal(catalog.good('G0000001').withdrawn, false);
  assert.equal(catalog.matchSales(`good_id\n${withdrawn[0]}\n`).matched.id, 1);
});

test('no shop is named for it, and what-if says what keeps it out', () => {
  assert.deepEqual(catalog.shopsFor(withdrawn[0]), []);
  assert.ok(before.shopsFor(withdrawn[0]).length > 0);
  const { blocked, goods } = catalog.whatIf(withdrawn[0], {});
  assert.deepEqual([blocked, goods], [['withdrawn'], 498]);
});

test('it is no rule to give up', () => {
  const ranking = catalog.rank({ rules: { only: withdrawn } });
  assert.deepEqual([ranking.length, ranking.relax], [0, { rule: 'only', goods: 497 }]);
});

test('a worker and both commands give the same', async () => {
  const remote = await Remote.open(place);
  const query = { shop: 'S0000001', limit: 30 };
  assert.deepEqual([...(await remote.rank(query)).scores], [...catalog.rank(query).scores]);
  assert.equal((await remote.good(withdrawn[1])).withdrawn, true);
  remote.close();
  for (const more of [['--json'], [], ['--rules', '{"only":["G0000002"]}'], ['--policy', 'trend', '--json']]) {
    const args = ['rank', folder, '--shop', 'S0000001', '--limit', '30', ...more];
    const [a, b] = [[native, args], [process.execPath, [npm, ...args]]].map(([command, args]) =>
      execFileSync(command, args, { encoding: 'utf8' }),
    );
    // Fractions are written with a point by the one and without by the other.
    const json = more.includes('--json');
    assert.deepEqual(...(json ? [b, a].map((text) => JSON.parse(text)) : [b, a]));
  }
  const args = ['rank', folder, '--good', withdrawn[0]];
  const table = execFileSync(native, args, { encoding: 'utf8' });
  assert.match(table, /every public shop has the good, or it was withdrawn\n$/);
  assert.equal(execFileSync(process.execPath, [npm, ...args], { encoding: 'utf8' }), table);
});

test('an id that the shard lacks is passed over, a list that is none refused', async () => {
  const manifest = JSON.parse(readFileSync(place, 'utf8'));
  const opened = (withdrawn) => {
    writeFileSync(place, JSON.stringify({ ...manifest, withdrawn }));
    return GoodsRank.open(place);
  };
  const one = await opened(['G0000001', 'dropped since']);
  assert.equal(one.info.withdrawn, 1);
  one.close();
  for (const wrong of ['G0000001', [1], {}, null]) {
    const error = await opened(wrong).catch((error) => error);
    assert.equal(error.code, 'bad_manifest');
    assert.match(error.message, /: expected a list of withdrawn ids, found another value; give the manifest\.json that `goodsrank build` wrote$/);
  }
  writeFileSync(place, JSON.stringify(manifest));
});
