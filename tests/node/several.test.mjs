// A catalog of several shards answers as the same catalog in one does: good by
// good, micro-nat by micro-nat.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'node:test';

import { GoodsRank, Ranking, SalesMatch } from '../../pkg/node.js';
import * as remote from '../../pkg/worker.node.js';
import { byBytes } from '../../pkg/lib/many/bytes.js';
import { fixture, native, npm } from './fixture.mjs';
import { SALES, queries } from './queries.mjs';
import { serving } from './server.mjs';
import { several } from './several.mjs';

const { manifest, entries, files } = several();
const one = await GoodsRank.open(fixture().bytes);
const many = await GoodsRank.open(manifest);
const { info } = one;

/** Of the golden queries those that several shards answer. */
const ASKED = queries(info).filter(({ diversity, feedback }) => !diversity?.explore && !feedback);

/** What is said of a ranking but for the numbers of goods and the time it took. */
function said(ranking, query) {
  const { policy, candidates, known, relax, scores, terms, probabilities } = ranking;
  const routed = query.rules?.categories !== undefined;
  const removed = ranking.removed.filter(({ rule }) => !routed || rule === 'categories');
  return { policy, candidates, known, removed, relax, scores, terms, probabilities, rows: [...ranking] };
}

function alike(query, [mine, ours] = [query, query]) {
  const [found, expected] = [many.rank(ours), one.rank(mine)];
  assert.deepEqual(said(found, query), said(expected, query), JSON.stringify(query));
  return found;
}

/** Files by address, and which were asked for. */
function routes(asked, change = {}) {
  const all = { ...files, ...change };
  return Object.fromEntries(
    Object.entries(all).map(([name, bytes]) => [
      `/${name}`,
      (_, response) => {
        asked.push(name);
        if (bytes === null) response.statusCode = 404;
        response.setHeader('content-type', name.endsWith('.json') ? 'application/json' : 'application/octet-stream');
        response.end(bytes ?? undefined);
      },
    ]),
  );
}

test('the shards hold every good once, and others that speak', () => {
  assert.ok(entries.length > 3, `${entries.length} shards`);
  assert.equal(entries.reduce((sum, { goods }) => sum + goods, 0), info.goods);
  assert.ok(entries.every(({ speakers, goods }) => speakers > 0 && goods <= 120));
});

test('the golden queries, as one shard answers them', () => {
  assert.ok(ASKED.length > 15);
  for (const query of ASKED) alike(query);
});

test('limits of categories and suppliers hold over all shards', () => {
  const [shop] = info.shops;
  for (const diversity of [
    { perCategory: 1 },
    { perSupplier: 1 },
    { perCategory: 2, perSupplier: 3 },
    { collapse: true },
  ]) {
    alike({ shop: shop.id, diversity, limit: 40 });
    alike({ diversity, limit: 10_000 });
  }
});

test('a catalog says of itself what it says in one shard, and so of goods and shops', () => {
  assert.ok(many instanceof GoodsRank);
  assert.deepEqual(many.info, info);
  for (const id of ['G0000001', 'G0000123', 'G0000400', 'none']) assert.deepEqual(many.good(id), one.good(id));
  for (const id of ['G0000017', 'G0000200', 'G0000333']) {
    assert.deepEqual(many.shopsFor(id, { limit: 9 }), one.shopsFor(id, { limit: 9 }));
  }
  assert.throws(() => many.shopsFor('none'), { code: 'unknown_good', message: /^unknown good "none"/ });
});

test('what would move a good up is told beside the goods of all shards', () => {
  const shop = info.shops[1].id;
  for (const id of ['G0000017', 'G0000200', 'G0000333', 'G0000450']) {
    for (const query of [{ shop }, { shop, limit: 3, policy: 'profit' }, { limit: 10, rules: { priceMax: 9000 } }]) {
      assert.deepEqual(many.whatIf(id, query), one.whatIf(id, query), `${id} ${JSON.stringify(query)}`);
    }
  }
  assert.throws(() => many.whatIf('none'), { code: 'unknown_good', message: /^unknown good "none"/ });
});

test('a number of a good says which shard it is of; rows stay when the page goes on', () => {
  const ranking = many.rank({ limit: 50 });
  assert.ok(ranking instanceof Ranking);
  assert.equal(new Set(ranking.goods).size, 50);
  assert.ok(new Set([...ranking.goods].map((good) => Math.floor(good / 2 ** 24))).size > 1);
  assert.deepEqual(ranking.row(7), [...ranking][7]);
  assert.throws(() => ranking.row(50), { code: 'bad_query' });
});

test('a sales file is matched where its goods are', () => {
  const [mine, ours] = [one.matchSales(SALES), many.matchSales(SALES)];
  const report = ({ rows, matched, unmatched, unmatchedTotal, goods }) => ({ rows, matched, unmatched, unmatchedTotal, goods });
  assert.ok(ours instanceof SalesMatch);
  assert.deepEqual(report(ours), report(mine));
  assert.ok(ours.goods >= 3);
  alike({}, [{ shop: mine, limit: 100 }, { shop: ours, limit: 100 }]);
  for (const sales of [mine, ours]) {
    sales.assign(6, 'G0000400');
    assert.throws(() => sales.assign(6, 'none'), { code: 'unknown_good' });
    assert.throws(() => sales.assign(700, 'G0000400'), { code: 'bad_query' });
  }
  assert.deepEqual(report(ours), report(mine));
  alike({}, [{ shop: mine, limit: 100 }, { shop: ours, limit: 100 }]);
  for (const sales of [mine, ours]) sales.close();
});

test('a title of goods in two shards is ambiguous, its candidates in byte order', () => {
  const titles = new Map();
  for (let n = 1; n <= 500; n++) {
    const good = one.good(`G${String(n).padStart(7, '0')}`);
    for (const title of Object.values(good.titles)) titles.set(title, (titles.get(title) ?? new Set()).add(good.id));
  }
  const csv = ['title', ...[...titles.keys()].map((title) => `"${title}"`)].join('\n');
  const [mine, ours] = [one.matchSales(csv), many.matchSales(csv)];
  assert.deepEqual(ours.unmatched, mine.unmatched);
  assert.deepEqual(ours.matched, mine.matched);
  assert.ok(ours.matched.title > 300);
  alike({}, [{ shop: mine, limit: 100 }, { shop: ours, limit: 100 }]);
});

test('every row of what the catalog does not know counts by its price alone', () => {
  const csv = 'title,category,price_minor\nnothing like it,care/skincare,9900\nnor this,tea/green,100\n';
  const [mine, ours] = [one.matchSales(csv), many.matchSales(csv)];
  assert.equal(ours.goods, 0);
  alike({}, [{ shop: mine, policy: { priceFit: 1, temperature: 1 } }, { shop: ours, policy: { priceFit: 1, temperature: 1 } }]);
});

test('wrong queries are refused in the words of one shard', () => {
  for (const query of [
    { limit: 0 },
    { limit: 'x' },
    { shop: 'nobody' },
    { shop: [{ good: 5 }] },
    { rules: { categories: ['no/such'] } },
    { rules: { categories: ['food', 'no/such'] } },
    { rules: { suppliers: ['none'] } },
    { rules: { text: 5 } },
    { diversity: { perCategory: -1 } },
    { diversity: { perSupplier: 'x' } },
    { policy: 'cheap' },
    { colour: 'red' },
    5,
  ]) {
    const expected = (() => {
      try {
        one.rank(query);
      } catch (error) {
        return error;
      }
    })();
    assert.ok(expected, JSON.stringify(query));
    assert.throws(() => many.rank(query), { code: expected.code, message: expected.message });
  }
});

test('what several shards cannot do together says so, and what to do', () => {
  const asks = {
    matchUsers: () => many.matchUsers('email\na@example.com\n'),
    feedback: () => many.rank({ feedback: [{ good: 'G0000001', action: 'saved' }] }),
  };
  for (const [what, ask] of Object.entries(asks)) {
    assert.throws(ask, { code: 'unsupported', message: new RegExp(`^unsupported over several shards: ${what}; open `) });
  }
  assert.throws(() => many.rank({ diversity: { explore: 0.1 } }), {
    code: 'bad_query',
    message: 'bad query: diversity.explore: expected 0 over several shards; open one of them for draws, found 0.1',
  });
});

test('a shop is routed to the shards of its categories', async () => {
  const asked = [];
  await serving(routes(asked), async (address) => {
    const category = info.categories.find((path) => path.includes('/'));
    const part = await GoodsRank.open(`${address}/manifest.json`, { categories: [category] });
    const shards = asked.filter((name) => name.endsWith('.grs'));
    assert.ok(shards.length < entries.length, `${shards.length} of ${entries.length} shards`);
    assert.ok(part.info.goods < info.goods);
    assert.deepEqual({ ...part.info, goods: info.goods }, info, 'all else is of the catalog');
    // Of a shop of this category alone the others know nothing more.
    const rules = { categories: [category] };
    assert.deepEqual([...part.rank({ rules })], [...one.rank({ rules })]);
    const [good] = part.rank({ rules, limit: 1 });
    assert.equal(shards.length, 1);
    assert.equal(part.whatIf(good.id, { rules }).place, 1, 'what several cannot do, one can');
    assert.equal(part.rank({ diversity: { explore: 0.1 } }).length, 20);
    part.close();
    const two = entries.slice(0, 2).flatMap(({ categories }) => categories.filter(Boolean).slice(0, 1));
    const both = await GoodsRank.open(`${address}/manifest.json`, { categories: two });
    assert.equal(both.info.goods, entries[0].goods + entries[1].goods);
    assert.equal(both.rank({ rules: { categories: two }, feedback: [] }).length, 20);
    both.close();
    for (const [categories, expected] of [
      [['nothing'], /^bad query: categories: expected a list of categories within .*\w+, .*, found "nothing"$/],
      [[], /^bad query: categories: expected a list of categories within .*, found none$/],
      ['tea', /^bad query: categories: expected a list of categories within .*, found "tea"$/],
      [[`${category}/none`], `bad query: categories: expected category paths of the catalog, found "${category}/none"`],
    ]) {
      await assert.rejects(GoodsRank.open(`${address}/manifest.json`, { categories }), { code: 'bad_query', message: expected });
    }
  });
});

test('all shards are opened or none, and progress is of all', async () => {
  const asked = [];
  const [, , third] = entries;
  await serving(routes(asked), async (address) => {
    const progress = [];
    const opened = await GoodsRank.open(`${address}/manifest.json`, { onProgress: (p) => progress.push(p) });
    const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.deepEqual(progress.at(-1), { loaded: total, total });
    assert.ok(progress.every(({ loaded }, i) => i === 0 || loaded >= progress[i - 1].loaded));
    opened.close();
    assert.throws(() => opened.rank(), { code: 'closed' });
    const stop = new AbortController();
    const reason = new Error('changed their mind');
    const onProgress = () => stop.abort(reason);
    await assert.rejects(GoodsRank.open(`${address}/manifest.json`, { signal: stop.signal, onProgress }), (error) => error === reason);
  });
  await serving(routes(asked, { [third.file]: null }), async (address) => {
    await assert.rejects(GoodsRank.open(`${address}/manifest.json`), { code: 'fetch_failed', message: new RegExp(third.file) });
  });
  const wrong = files[third.file].slice();
  wrong[wrong.length >> 1] ^= 1;
  await serving(routes(asked, { [third.file]: wrong }), async (address) => {
    await assert.rejects(GoodsRank.open(`${address}/manifest.json`), { code: 'damaged' });
  });
  alike({ limit: 5 });
});

test('a manifest that names a shard twice, or shards that were built apart, is refused', async () => {
  const text = new TextDecoder().decode(files['manifest.json']);
  const changed = (change) => {
    const copy = JSON.parse(text);
    change(copy.shards);
    return new TextEncoder().encode(JSON.stringify(copy));
  };
  for (const [change, message] of [
    [(shards) => shards.push(shards[0]), /expected each shard once, found \w+\.grs twice/],
    [(shards) => shards.forEach((shard) => delete shard.categories), /expected the categories of \w+\.grs, found none/],
    [(shards) => (shards[0].categories = [5]), /expected the categories of \w+\.grs, found another value/],
  ]) {
    await serving(routes([], { 'manifest.json': changed(change) }), async (address) => {
      await assert.rejects(GoodsRank.open(`${address}/manifest.json`), { code: 'bad_manifest', message });
    });
  }
});

test('a worker holds several shards as it holds one', async () => {
  const there = await remote.GoodsRank.open(manifest);
  const [shop] = info.shops;
  const query = { shop: shop.id, limit: 30 };
  const ranking = await there.rank(query);
  const rows = [];
  for await (const row of ranking) rows.push(row);
  assert.deepEqual(rows, [...one.rank(query)]);
  const sales = await there.matchSales(SALES);
  const [mine] = [one.matchSales(SALES)];
  assert.deepEqual(sales.unmatched, mine.unmatched);
  const found = await there.rank({ shop: sales });
  assert.deepEqual(await found.row(0), one.rank({ shop: mine }).row(0));
  assert.deepEqual(await there.whatIf('G0000001', query), one.whatIf('G0000001', query));
  await assert.rejects(there.matchUsers('email\na@example.com\n'), { code: 'unsupported' });
  there.close();
});

test('both commands rank over several shards as over one', () => {
  const { catalog, shards } = fixture();
  const { folder } = several();
  const aside = mkdtempSync(join(tmpdir(), 'goodsrank-'));
  const [sales, goods] = ['sales.csv', 'goods.csv'].map((name) => join(aside, name));
  writeFileSync(sales, SALES);
  writeFileSync(goods, 'good_id\nG0000017\nG0000200\nG0000333\n');
  const files = ['--profiles', join(catalog, 'events.csv'), '--queries', join(catalog, 'truth.csv')];
  const shop = info.shops[0].id;
  const run = (command, ...args) => {
    const { status, stdout, stderr } = spawnSync(...command(args), { encoding: 'utf8', maxBuffer: 1 << 28 });
    return { status, stdout, stderr };
  };
  const ofNative = (args) => [native, args];
  const ofNpm = (args) => [process.execPath, [npm, ...args]];
  for (const args of [
    ['--shop', shop, '--json'],
    ['--shop', shop, '--policy', 'fit', '--limit', '60'],
    ['--sales', sales],
    ['--good', 'G0000017'],
    ['--queries', goods],
    files,
    [...files, '--policy', 'fit', '--diversity', '{"perSupplier":2}', '--limit', '40'],
    ['--shop', shop, '--rules', '{"text":"qqqq","priceMax":5000}'],
  ]) {
    const expected = run(ofNative, 'rank', shards, ...args);
    assert.equal(expected.status, 0, expected.stderr);
    assert.deepEqual(run(ofNative, 'rank', folder, ...args), expected, args.join(' '));
    const found = run(ofNpm, 'rank', folder, ...args);
    assert.equal(found.status, 0, found.stderr);
    // Rust writes a float that is whole with its point.
    const read = args.includes('--json') ? JSON.parse : String;
    assert.deepEqual(read(found.stdout), read(expected.stdout), args.join(' '));
  }
  const verified = run(ofNative, 'verify', folder);
  assert.match(verified.stdout, /: sound, 500 goods in /, verified.stderr);
  const inspected = JSON.parse(run(ofNative, 'inspect', folder, '--json').stdout);
  assert.deepEqual(inspected.map(({ goods }) => goods), entries.map(({ goods }) => goods));
  const moved = ['--shop', shop, '--good', 'G0000017', '--limit', '5'];
  assert.deepEqual(run(ofNative, 'what-if', folder, ...moved), run(ofNative, 'what-if', shards, ...moved));
  for (const args of [
    ['users', join(catalog, 'orders.csv'), '--shards', folder],
    ['rank', folder, '--shop', shop, '--feedback', goods],
  ]) {
    const { status, stderr } = run(ofNative, ...args);
    assert.equal(status, 1);
    assert.match(stderr, /: (users|feedback) needs a catalog of one shard, found \d+; name one of its \.grs files, or build with a greater --shard-goods\n$/);
  }
  rmSync(aside, { recursive: true });
});

test('ids are told apart by their bytes in UTF-8', () => {
  const ids = ['a', 'ab', 'b', '\uffee', '\u{1f375}', '茶', '茶1', '', 'é', '\ue000', '\u{10ffff}'];
  const expected = [...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  assert.deepEqual([...ids].sort(byBytes), expected);
  assert.notDeepEqual([...ids].sort(), expected, 'UTF-16 has another order');
});

test('closing gives everything back', async () => {
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 15; i++) (await GoodsRank.open(manifest)).close();
  const more = (process.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(more < 100, `${more.toFixed(0)} MiB more after 15 cycles of ${basename(manifest)}`);
});
