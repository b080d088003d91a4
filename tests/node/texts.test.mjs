// Texts that stay where the shard lies until they are shown.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { GoodsRank as InWorker } from '../../pkg/worker.node.js';
import { fixture } from './fixture.mjs';
import { serving } from './server.mjs';

const { bytes, manifest } = fixture();
const manifestText = readFileSync(manifest, 'utf8');
const entry = JSON.parse(manifestText).shards[0];
const name = `/${entry.file}`;
const start = entry.text_start;

/** Serves a file by ranges, and notes what was asked. */
const ranged = (asked, file = bytes) => (request, response) => {
  const { range } = request.headers;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? 'bytes=0-') ?? [];
  const last = to === '' ? file.length - 1 : Number(to);
  asked.push([Number(from), last]);
  response.writeHead(range ? 206 : 200, { 'content-range': `bytes ${from}-${last}/${file.length}` });
  response.end(file.subarray(Number(from), last + 1));
};

/** A catalog of a server, whose texts are there when they are shown. */
async function withTexts(answer, use, open = GoodsRank) {
  await serving({ '/manifest.json': manifestText, [name]: answer }, async (address) => {
    const catalog = await open.open(`${address}/manifest.json`, { texts: 'shown' });
    await use(catalog, address);
    catalog.close();
  });
}

/** The rows as a catalog gives them that has everything. */
async function expected(query) {
  const whole = await GoodsRank.open(bytes);
  const rows = [...whole.rank(query)];
  whole.close();
  return rows;
}

const QUERY = { policy: 'trend', limit: 40 };
const NOT_LOADED = {
  code: 'not_loaded',
  message:
    'not loaded: the texts of these goods are not here; await ranking.rows(), put await ' +
    "catalog.withTexts() around the call, or open with texts: 'all'",
};

test('only what a ranking needs is downloaded, and texts for the rows that are shown', async () => {
  const asked = [];
  await withTexts(ranged(asked), async (catalog) => {
    assert.deepEqual(asked.splice(0), [[0, start - 1]]);
    const ranking = catalog.rank(QUERY);
    assert.equal(ranking.length, 40);
    assert.deepEqual(asked, [], 'a ranking needs no text');
    assert.throws(() => ranking.row(0), NOT_LOADED);
    assert.throws(() => catalog.good('G0000001'), NOT_LOADED);
    const rows = await expected(QUERY);
    assert.deepEqual(await ranking.rows(0, 2), rows.slice(0, 2));
    assert.ok(asked.length >= 1 && asked.every(([from, to]) => from >= start && to < bytes.length));
    assert.deepEqual(await ranking.rows(), rows);
    assert.deepEqual([...ranking], rows, 'what was shown is here');
    const before = asked.length;
    assert.deepEqual(await ranking.rows(), rows);
    assert.equal(asked.length, before, 'nothing is fetched twice');
  });
});

test('neighbours are one request', async () => {
  const asked = [];
  await withTexts(ranged(asked), async (catalog) => {
    asked.length = 0;
    await catalog.rank({ limit: 500, policy: 'trend' }).rows();
    assert.equal(asked.length, 1, 'all blocks of a small shard lie together');
  });
});

test('a good, and what a call may need, are waited for', () =>
  withTexts(ranged([]), async (catalog) => {
    const good = await catalog.withTexts(() => catalog.good('G0000007'));
    assert.equal(good.id, 'G0000007');
    assert.ok(good.titles.title);
    assert.deepEqual(catalog.good('G0000007'), good);
    const stop = AbortSignal.abort(new Error('no longer'));
    await assert.rejects(catalog.withTexts(() => 1, { signal: stop }), { message: 'no longer' });
  }));

test('a worker waits for them by itself', async () => {
  const rows = await expected(QUERY);
  await withTexts(
    ranged([]),
    async (catalog) => {
      const ranking = await catalog.rank(QUERY);
      assert.deepEqual(await ranking.row(3), rows[3]);
      assert.deepEqual(await ranking.rows(0, 5), rows.slice(0, 5));
      assert.deepEqual(await ranking.rows(), rows);
      assert.deepEqual((await catalog.good(rows[0].id)).titles, rows[0].titles);
    },
    InWorker,
  );
});

test('a server without ranges is cut off, and asked for the whole file for texts', async () => {
  const rows = await expected({ limit: 3 });
  await withTexts(
    (_, response) => response.end(bytes),
    async (catalog) => assert.deepEqual(await catalog.rank({ limit: 3 }).rows(), rows),
  );
});

test('a block that is another is damaged, and the next try may have it', async () => {
  const other = bytes.slice();
  for (let i = start; i < other.length; i += 50) other[i] ^= 1;
  let file = bytes;
  const answer = (request, response) => ranged([], file)(request, response);
  await withTexts(answer, async (catalog) => {
    file = other;
    const ranking = catalog.rank({ limit: 3 });
    const failed = { code: 'damaged', message: /^damaged shard: text block \d+: expected bytes that match their hash/ };
    await assert.rejects(ranking.rows(), failed);
    file = bytes;
    assert.deepEqual(await ranking.rows(), await expected({ limit: 3 }));
  });
});

test('texts that end too soon are truncated, and a shard that ends before them is', async () => {
  const short = bytes.subarray(0, start + 10);
  await withTexts(ranged([], short), async (catalog) => {
    await assert.rejects(catalog.rank({ limit: 3 }).rows(), {
      code: 'truncated',
      message: /^truncated shard: http:.*\.grs: expected \d+ bytes of texts, found \d+; download the shard again$/,
    });
  });
  await assert.rejects(withTexts((_, response) => response.end(bytes.subarray(0, start - 5)), () => {}), {
    code: 'truncated',
    message: `truncated shard: file needs ${bytes.length} bytes, found ${start - 5}; download the shard again`,
  });
});

test('texts are all or shown', () =>
  assert.rejects(GoodsRank.open('/x.json', { texts: 'some' }), {
    code: 'bad_query',
    message: 'bad query: texts: expected "all" or "shown", found "some"',
  }));
