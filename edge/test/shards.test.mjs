// Shards that are not what they should be: each a typed problem, and the last
// good one keeps serving.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from '../../tests/node/fixture.mjs';
import { queries } from '../../tests/node/queries.mjs';
import { several } from '../../tests/node/several.mjs';
import { SHARDS, running, shardsIn, tenant, token } from './worker.mjs';

const OTHER = shardsIn(fixture().everyShop);
const FILE = Object.keys(SHARDS).find((name) => name.endsWith('.grs'));
const HTML = '<!doctype html><title>Not here</title>';
const manifest = new TextDecoder().decode(SHARDS['manifest.json']);
const changed = (change) => {
  const copy = JSON.parse(manifest);
  change(copy.shards);
  return JSON.stringify(copy);
};

/** A folder of shards, and what is said of it. */
const FAULTS = [
  ['html', { ...SHARDS, [FILE]: HTML }, 502, 'not_a_shard'],
  ['html-manifest', { ...SHARDS, 'manifest.json': HTML }, 502, 'bad_manifest'],
  ['missing', { 'manifest.json': SHARDS['manifest.json'] }, 502, 'fetch_failed'],
  ['cut', { ...SHARDS, [FILE]: SHARDS[FILE].subarray(0, SHARDS[FILE].length >> 1) }, 502, 'truncated'],
  ['longer', { ...SHARDS, [FILE]: new Uint8Array([...SHARDS[FILE], 7]) }, 502, 'damaged'],
  ['another', { ...SHARDS, [FILE]: Object.entries(OTHER).find(([name]) => name.endsWith('.grs'))[1] }, 502, 'damaged'],
  ['two', { ...SHARDS, 'manifest.json': changed((list) => list.push(list[0])) }, 502, 'bad_manifest'],
  ['none', {}, 404, 'no_catalog'],
];

const as = async (name) => ({ headers: { authorization: `Bearer ${await token({ claims: { tenant: name } })}` } });

test('each fault is a problem of its own', () =>
  running({ files: Object.assign({}, ...FAULTS.map(([name, files]) => tenant(name, files))) }, async (worker) => {
    for (const [name, , status, code] of FAULTS) {
      const response = await worker.post('/v1/rank', {}, await as(name));
      const problem = await response.json();
      assert.deepEqual([response.status, problem.status, problem.code], [status, status, code], problem.detail);
    }
  }));

test('the last good shard keeps serving, until there is a better one', () =>
  running({ env: { REFRESH_SECONDS: '0' }, files: tenant('acme') }, async (worker) => {
    const good = await (await worker.post('/v1/rank', {})).text();
    const bucket = await worker.miniflare.getR2Bucket('SHARDS');
    const { default: cache } = await worker.miniflare.getCaches();
    for (const [i, [name, files, , code]] of FAULTS.entries()) {
      const seen = () => worker.logged.filter((line) => line.event === 'shard' && line.code === code).length;
      const before = seen();
      await bucket.delete([`acme/${FILE}`, 'acme/manifest.json']);
      await cache.delete(`https://shards.invalid/acme/${FILE}`);
      // Where the manifest is not at fault it is another text, or nobody would look at the shard.
      const own = files['manifest.json'] === SHARDS['manifest.json'] ? manifest + ' '.repeat(i + 1) : files['manifest.json'];
      await worker.put(tenant('acme', own === undefined ? {} : { ...files, 'manifest.json': own }));
      for (let i = 0; i < 200 && seen() === before; i++) {
        const response = await worker.post('/v1/rank', {});
        assert.equal(response.status, 200, name);
        assert.equal(await response.text(), good);
        await wait(25);
      }
      assert.ok(seen() > before, `${name}: ${code} is in the log`);
    }
    const version = (await worker.post('/v1/rank', {})).headers.get('goodsrank-catalog');
    await worker.put(tenant('acme', OTHER));
    let shops = 0;
    for (let i = 0; i < 200 && shops === 0; i++) {
      const response = await worker.ask('/v1/catalog');
      if (response.headers.get('goodsrank-catalog') !== version) shops = (await response.json()).shops.length;
      await wait(25);
    }
    assert.equal(shops, 60);
  }));

test('the least recently used goes when the budget is spent', () => {
  const size = SHARDS[FILE].length;
  const env = { SHARD_BYTES: String(Math.floor(2.5 * size)) };
  const files = { ...tenant('a'), ...tenant('b'), ...tenant('c') };
  return running({ env, files }, async (worker) => {
    const found = async (name) => {
      const response = await worker.post('/v1/rank', {}, await as(name));
      assert.equal(response.status, 200);
      return /shard;dur=[\d.]+;desc="(\w+)"/.exec(response.headers.get('server-timing'))[1];
    };
    const seen = [];
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) seen.push(`${name} ${await found(name)}`);
    assert.deepEqual(seen, ['a miss', 'b miss', 'a hit', 'c miss', 'a hit', 'b miss']);
  });
});

test('a shard over the whole budget is refused before it is fetched', () =>
  running({ env: { SHARD_BYTES: '1000' } }, async (worker) => {
    const response = await worker.post('/v1/rank', {});
    const { status, code, detail } = await response.json();
    assert.deepEqual([status, code], [503, 'shard_too_large']);
    assert.equal(detail, `expected a shard of 1000 bytes at most, found ${SHARDS[FILE].length}; raise SHARD_BYTES`);
  }));

test('several shards answer as one does, and count against the budget together', () => {
  const { files, entries } = several();
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const tenants = { ...tenant('one'), ...tenant('many', files) };
  return running({ env: { MAX_LIMIT: '10000', SHARD_BYTES: String(bytes + SHARDS[FILE].length) }, files: tenants }, async (worker) => {
    const catalog = await GoodsRank.open(fixture().bytes);
    const asked = queries(catalog.info).filter(({ diversity, feedback }) => !diversity?.explore && !feedback);
    for (const query of asked) {
      const [one, many] = await Promise.all(
        ['one', 'many'].map(async (name) => (await worker.post('/v1/rank', query, await as(name))).json()),
      );
      // Of the shards that were not asked no other rule is counted.
      if (query.rules?.categories) [one, many].forEach((answer) => delete answer.removed);
      assert.equal(JSON.stringify(many), JSON.stringify(one), JSON.stringify(query));
    }
    for (const [path, body] of [['/v1/shops-for-good', { good: 'G0000017', limit: 5 }], ['/v1/rank', { limit: 0 }]]) {
      const texts = ['one', 'many'].map(async (name) => (await worker.post(path, body, await as(name))).text());
      const [one, many] = await Promise.all(texts);
      assert.equal(many, one);
    }
    const info = await worker.ask('/v1/catalog', await as('many'));
    assert.deepEqual(await info.json(), catalog.info);
    const whatIsNot = await worker.post('/v1/rank', { diversity: { explore: 0.1 } }, await as('many'));
    assert.deepEqual([whatIsNot.status, (await whatIsNot.json()).code], [400, 'bad_query']);
    catalog.close();
  });
});

test('several shards over the budget are refused by their sum', () => {
  const { files, entries } = several();
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  return running({ env: { SHARD_BYTES: String(bytes - 1) }, files: tenant('acme', files) }, async (worker) => {
    const { status, detail } = await (await worker.post('/v1/rank', {})).json();
    assert.equal(status, 503);
    assert.equal(detail, `expected a shard of ${bytes - 1} bytes at most, found ${bytes}; raise SHARD_BYTES`);
  });
});

test('requests that come together load once', () =>
  running({}, async (worker) => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => worker.post('/v1/rank', {})));
    assert.ok(answers.every(({ status }) => status === 200));
    assert.equal(worker.logged.filter(({ event }) => event === 'shard').length, 1);
  }));

test('static assets and an address serve as a bucket does; each file is fetched once', async () => {
  const files = tenant('acme');
  const asked = [];
  const serve = (request) => {
    const key = decodeURIComponent(new URL(request.url).pathname).slice(1);
    asked.push(key);
    return new Response(files[key] ?? null, { status: key in files ? 200 : 404 });
  };
  await running({ options: { r2Buckets: ['OTHER'], serviceBindings: { SHARDS: serve } }, files: {} }, async (worker) => {
    assert.equal((await worker.post('/v1/rank', {})).status, 200);
    assert.deepEqual(asked.sort(), [`acme/${FILE}`, 'acme/manifest.json'].sort());
  });
  const env = { SHARDS: 'https://cdn.example/', SHARDS_PREFIX: 'in/' };
  const outboundService = (request) => serve(new Request(request.url.replace('/in/', '/')));
  await running({ env, options: { r2Buckets: ['OTHER'], outboundService }, files: {} }, async (worker) => {
    assert.equal((await worker.post('/v1/rank', {})).status, 200);
  });
});

test('the cache keeps a shard that was let go, and none that was broken', async () => {
  const asked = [];
  let broken = true;
  const serve = (request) => {
    const [folder, name] = request.url.split('/').slice(-2);
    asked.push(`${folder}/${name}`);
    return new Response(broken && name === FILE ? HTML : SHARDS[name]);
  };
  const env = { SHARD_BYTES: String(Math.floor(1.5 * SHARDS[FILE].length)) };
  await running({ env, options: { r2Buckets: ['OTHER'], serviceBindings: { SHARDS: serve } }, files: {} }, async (worker) => {
    assert.equal((await worker.post('/v1/rank', {}, await as('a'))).status, 502);
    broken = false;
    await wait(2100);
    for (const name of ['a', 'b', 'a', 'b']) {
      const response = await worker.post('/v1/rank', {}, await as(name));
      assert.equal(response.status, 200);
      assert.match(response.headers.get('server-timing'), /desc="miss"/);
    }
    const shards = asked.filter((key) => key.endsWith(FILE));
    assert.deepEqual(shards, [`a/${FILE}`, `a/${FILE}`, `b/${FILE}`]);
  });
});

test('a source that hesitates, and one that is asked again', async () => {
  for (const slow of ['manifest.json', FILE]) {
    let asked = 0;
    const serve = async (request) => {
      const name = request.url.split('/').at(-1);
      if (name === slow && asked++ === 0) await wait(20_000, null, { ref: false });
      return new Response(SHARDS[name]);
    };
    const options = { r2Buckets: ['OTHER'], serviceBindings: { SHARDS: serve } };
    await running({ env: { MAX_MS: '400' }, options, files: {} }, async (worker) => {
      const response = await worker.post('/v1/rank', {});
      const { status, code, detail } = await response.json();
      assert.deepEqual([status, code, detail], [504, 'timeout', 'expected the shard within 400 ms; try again']);
      const soon = await worker.post('/v1/rank', {});
      assert.deepEqual([soon.status, asked], [504, 1], 'a failure stands for a moment');
      await wait(2100);
      assert.equal((await worker.post('/v1/rank', {})).status, 200);
    });
  }
});

test('after a trap of the engine the next request is answered by a new one', () =>
  running({ entry: 'test/trap-worker.js' }, async (worker) => {
    const before = await (await worker.post('/v1/rank', {})).text();
    assert.equal(await (await worker.ask('/trap')).json(), 'internal');
    const after = await worker.post('/v1/rank', {});
    assert.equal(after.status, 200);
    assert.match(after.headers.get('server-timing'), /desc="miss"/);
    assert.equal(await after.text(), before);
  }));
