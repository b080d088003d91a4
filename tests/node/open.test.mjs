// Opening over a network: a server on this machine misbehaves in every way.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';

import { GoodsRank } from '../../pkg/node.js';
import { fixture, native } from './fixture.mjs';
import { serving } from './server.mjs';

const { bytes, manifest, shard, catalog, noShop } = fixture();
const manifestText = readFileSync(manifest, 'utf8');
const entry = JSON.parse(manifestText).shards[0];
const name = `/${entry.file}`;

/** The manifest with some of it changed. */
function manifestWith(change) {
  const copy = JSON.parse(manifestText);
  change(copy);
  return JSON.stringify(copy);
}

/** Sends the shard piece by piece, at most as fast as the client reads. */
function slowly(_, response) {
  response.setHeader('content-length', bytes.length);
  let at = 0;
  const next = () => {
    if (response.destroyed) return;
    response.write(bytes.subarray(at, (at += 10_000)));
    if (at < bytes.length) setTimeout(next, 5);
    else response.end();
  };
  next();
}

/** What `open` rejects with. */
const failure = (source, options) =>
  GoodsRank.open(source, options).then(
    () => assert.fail(`expected ${source} to fail`),
    (error) => error,
  );

test('a shard is streamed, and says how far it is', () =>
  serving({ '/x.grs': slowly }, async (address) => {
    const progress = [];
    const opened = await GoodsRank.open(`${address}/x.grs`, { onProgress: (p) => progress.push(p) });
    assert.equal(opened.info.goods, 500);
    assert.ok(progress.length > 3, `${progress.length} steps`);
    assert.ok(progress.every(({ total }) => total === bytes.length));
    assert.ok(progress.every(({ loaded }, i) => i === 0 || loaded > progress[i - 1].loaded));
    assert.equal(progress.at(-1).loaded, bytes.length);
    opened.close();
  }));

test('a manifest leads to its shard, from where it was redirected to', () =>
  serving(
    {
      '/catalog': (_, response) => response.writeHead(302, { location: '/deep/manifest.json' }).end(),
      '/deep/manifest.json': manifestText,
      [`/deep${name}`]: bytes,
    },
    async (address) => {
      const totals = new Set();
      const onProgress = ({ total }) => totals.add(total);
      const opened = await GoodsRank.open(new URL(`${address}/catalog`), { onProgress });
      assert.equal(opened.info.goods, 500);
      assert.deepEqual([...totals], [entry.bytes]);
      opened.close();
    },
  ));

test('total is null where the server does not say, or says that of a compressed body', () => {
  const gzipped = gzipSync(bytes);
  const answers = {
    '/chunked.grs': (_, response) => response.write(bytes, () => response.end()),
    '/gzip.grs': (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': gzipped.length });
      response.end(gzipped);
    },
  };
  return serving(answers, async (address) => {
    for (const path of Object.keys(answers)) {
      const totals = new Set();
      const onProgress = ({ total }) => totals.add(total);
      (await GoodsRank.open(address + path, { onProgress })).close();
      assert.deepEqual([...totals], [null], path);
    }
  });
});

test('a fetch of one’s own is asked for the manifest and the shard', async () => {
  const files = { '/in/manifest.json': manifestText, [`/in${name}`]: bytes };
  const asked = [];
  const fetch = async (url) => {
    asked.push(url.href);
    return new Response(files[url.pathname], { status: url.pathname in files ? 200 : 404 });
  };
  const opened = await GoodsRank.open('bucket://a/in/manifest.json', { fetch });
  assert.equal(opened.info.goods, 500);
  opened.close();
  assert.deepEqual(asked, ['bucket://a/in/manifest.json', `bucket://a/in${name}`]);
  const missing = await failure('bucket://a/none.grs', { fetch });
  assert.equal(missing.message, 'fetch failed: bucket://a/none.grs: expected status 200, found 404');
});

test('aborted before it began, it does nothing', async () => {
  const reason = new Error('changed my mind');
  assert.equal(await failure(bytes, { signal: AbortSignal.abort(reason) }), reason);
  await serving({}, async (address) => {
    assert.equal(await failure(`${address}/x.grs`, { signal: AbortSignal.abort(reason) }), reason);
  });
});

test('aborted while bytes arrive, it ends the download', async () => {
  let ended;
  const closed = new Promise((resolve) => (ended = resolve));
  const answer = (request, response) => {
    response.on('close', () => ended(response.writableFinished));
    slowly(request, response);
  };
  await serving({ '/x.grs': answer }, async (address) => {
    const stop = new AbortController();
    const reason = { why: 'any value at all' };
    const onProgress = ({ loaded }) => loaded > 20_000 && stop.abort(reason);
    assert.equal(await failure(`${address}/x.grs`, { signal: stop.signal, onProgress }), reason);
    assert.equal(await closed, false, 'the server could not finish');
  });
});

test('aborted while the server hesitates, it does not wait', () =>
  serving({ '/x.grs': () => {} }, async (address) => {
    const error = await failure(`${address}/x.grs`, { signal: AbortSignal.timeout(50) });
    assert.equal(error.name, 'TimeoutError');
  }));

test('an error of onProgress is the caller’s, and ends the download', () =>
  serving({ '/x.grs': slowly }, async (address) => {
    const mine = new Error('mine');
    const onProgress = () => {
      throw mine;
    };
    assert.equal(await failure(`${address}/x.grs`, { onProgress }), mine);
  }));

test('fetch_failed: a status, a refused connection, a missing file, a cut connection', async () => {
  await serving(
    {
      '/cut.grs': (_, response) => {
        response.setHeader('content-length', bytes.length);
        response.write(bytes.subarray(0, 1000), () => response.destroy());
      },
      '/manifest.json': manifestText,
    },
    async (address) => {
      const missing = await failure(`${address}/none.grs`);
      assert.equal(missing.code, 'fetch_failed');
      assert.equal(missing.message, `fetch failed: ${address}/none.grs: expected status 200, found 404`);
      const shardMissing = await failure(`${address}/manifest.json`);
      assert.equal(shardMissing.message, `fetch failed: ${address}${name}: expected status 200, found 404`);
      const cut = await failure(`${address}/cut.grs`);
      assert.equal(cut.code, 'fetch_failed');
      assert.equal(cut.message, `fetch failed: ${address}/cut.grs: other side closed`);
      assert.ok(cut.cause instanceof Error);
    },
  );
  const refused = await failure('http://127.0.0.1:9/x.grs');
  assert.equal(refused.code, 'fetch_failed');
  const file = await failure('/nowhere/x.grs');
  assert.equal(
    file.message,
    "fetch failed: file:///nowhere/x.grs: ENOENT: no such file or directory, open '/nowhere/x.grs'",
  );
});

test('HTML in place of a shard is no shard', () =>
  serving({ '/x.grs': '<!doctype html><title>My shop</title>' }, async (address) => {
    const error = await failure(`${address}/x.grs`);
    assert.equal(error.code, 'not_a_shard');
    assert.match(error.message, /found 3c 21 64 6f 63 74 79 70; .* see that the server sends it as it is$/);
  }));

test('a file that is not the one the manifest names is damaged or truncated', async () => {
  const wrong = {
    damaged: [
      [
        new Uint8Array([...bytes, 0]),
        new RegExp(`^damaged shard: ${entry.file}: expected ${entry.bytes} bytes, found more; download`),
      ],
    ],
    truncated: [
      [
        bytes.subarray(0, -1),
        new RegExp(`^truncated shard: file needs ${entry.bytes} bytes, found ${entry.bytes - 1}; download`),
      ],
    ],
  };
  for (const [code, cases] of Object.entries(wrong)) {
    for (const [body, message] of cases) {
      await serving({ '/manifest.json': manifestText, [name]: body }, async (address) => {
        const error = await failure(`${address}/manifest.json`);
        assert.match(error.message, message);
        assert.equal(error.code, code);
      });
    }
  }
});

test('another shard than the one that the manifest names is damaged', async () => {
  const [file] = readdirSync(noShop).filter((file) => file.endsWith('.grs'));
  const other = readFileSync(join(noShop, file));
  const named = manifestWith(({ shards: [shard] }) => (shard.bytes = other.length));
  await serving({ '/manifest.json': named, [name]: other }, async (address) => {
    const error = await failure(`${address}/manifest.json`);
    const head = other.subarray(64, 96).toString('hex');
    assert.equal(
      error.message,
      `damaged shard: header: expected hash ${entry.head}, found hash ${head}; download the shard again, or build it anew`,
    );
    assert.equal(error.code, 'damaged');
  });
});

test('bad_manifest and unsupported, by what is wrong with a manifest', async () => {
  const advice = 'give the manifest.json that `goodsrank build` wrote';
  const update = 'update goodsrank, or name one of its .grs files';
  const cases = [
    ['bad_manifest', '<!doctype html>', `expected JSON, found HTML; ${advice}`],
    ['bad_manifest', '{', `expected JSON, found another text; ${advice}`],
    ['bad_manifest', 'null', `expected an object, found another value; ${advice}`],
    ['bad_manifest', '{}', `expected "schema": 1, found none; ${advice}`],
    ['bad_manifest', manifestWith((m) => (m.shards = [])), `expected a list of shards, found none; ${advice}`],
    [
      'bad_manifest',
      manifestWith((m) => (m.shards[0].file = '../x.grs')),
      `expected a file name that ends in .grs, found "../x.grs"; ${advice}`,
    ],
    [
      'bad_manifest',
      manifestWith((m) => delete m.shards[0].bytes),
      `expected the bytes of ${entry.file}, found none; ${advice}`,
    ],
    [
      'bad_manifest',
      manifestWith((m) => (m.shards[0].hash = 'x')),
      `expected the hash of ${entry.file}, found none; ${advice}`,
    ],
    ['unsupported', manifestWith((m) => (m.schema = 2)), `this version reads schema 1, found schema 2; ${update}`],
    [
      'bad_manifest',
      manifestWith((m) => m.shards.push(m.shards[0])),
      `expected the categories of ${entry.file}, found none; ${advice}`,
    ],
  ];
  for (const [code, text, rest] of cases) {
    await serving({ '/manifest.json': text }, async (address) => {
      const error = await failure(`${address}/manifest.json`);
      const kind = code === 'unsupported' ? 'unsupported manifest' : 'bad manifest';
      assert.equal(error.message, `${kind}: ${address}/manifest.json: ${rest}`);
      assert.equal(error.code, code);
    });
  }
});

test('not_searchable: a text rule on a shard without postings', async () => {
  const out = mkdtempSync(join(tmpdir(), 'goodsrank-'));
  execFileSync(native, ['build', catalog, '--out', out, '--no-search'], { stdio: 'ignore' });
  const opened = await GoodsRank.open(join(out, 'manifest.json'));
  assert.equal(opened.info.searchable, false);
  assert.throws(() => opened.rank({ rules: { text: 'tea' } }), {
    code: 'not_searchable',
    message:
      'not searchable: the shard has no search postings, which the text rule needs; build it ' +
      'without --no-search',
  });
  opened.close();
  rmSync(out, { recursive: true });
});

test('many open at once, and none disturbs another', () =>
  serving({ '/x.grs': slowly }, async (address) => {
    const opening = Array.from({ length: 8 }, (_, i) =>
      GoodsRank.open(i % 2 ? bytes : `${address}/x.grs`),
    );
    const opened = await Promise.all(opening);
    const scores = opened.map((one) => [...one.rank().scores]);
    scores.forEach((list) => assert.deepEqual(list, scores[0]));
    opened.forEach((one) => one.close());
  }));

test('the file is named by its hash', () => {
  assert.equal(basename(shard), `${entry.hash.slice(0, 16)}.grs`);
  assert.equal(readdirSync(join(shard, '..')).length, 2);
});
