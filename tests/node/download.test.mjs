// Downloads that break, and servers that are busy: what is asked again, how, and
// when it is given up.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from './fixture.mjs';
import { serving } from './server.mjs';

const { bytes, manifest } = fixture();
const manifestText = readFileSync(manifest, 'utf8');
const name = `/${JSON.parse(manifestText).shards[0].file}`;
const HALF = bytes.length >> 1;

/**
 * Serves the shard, breaking off at half the first `breaks` times. `ranges` are
 * answered if the server is to have them; `asked` gets what it was asked.
 */
function breaking({ breaks = 1, ranges = true, headers = () => ({}), asked = [], at = HALF } = {}) {
  return (request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    asked.push({ range, ifRange });
    const sent = headers(asked.length);
    const same = ifRange === undefined || Object.values(sent).includes(ifRange);
    const from = ranges && range && same ? Number(range.match(/^bytes=(\d+)-$/)[1]) : 0;
    const body = bytes.subarray(from);
    response.writeHead(from ? 206 : 200, {
      ...sent,
      'content-length': body.length,
      ...(from ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    if (asked.length > breaks) return response.end(body);
    response.write(body.subarray(0, at), () => setTimeout(() => response.destroy(), 20));
  };
}

/** Opens while a server answers so, and gives the progress. */
async function opened(path, answers, options = {}) {
  const progress = [];
  await serving(answers, async (address) => {
    const onProgress = ({ loaded }) => progress.push(loaded);
    const catalog = await GoodsRank.open(address + path, { onProgress, ...options });
    assert.equal(catalog.rank().length, 20);
    catalog.close();
  });
  return progress;
}

const rising = (list) => list.every((value, i) => i === 0 || value > list[i - 1]);

test('a shard that a manifest names goes on where it broke, as its hash proves it whole', async () => {
  const asked = [];
  const answers = { '/manifest.json': manifestText, [name]: breaking({ breaks: 2, asked, at: 30_000 }) };
  const progress = await opened('/manifest.json', answers);
  const expected = [undefined, 'bytes=30000-', 'bytes=60000-'];
  assert.deepEqual(asked, expected.map((range) => ({ range, ifRange: undefined })));
  assert.ok(rising(progress));
  assert.equal(progress.at(-1), bytes.length);
});

test('a bare shard goes on if it is still the same, by its ETag or its date', async () => {
  const validators = { etag: '"a"', 'last-modified': 'Tue, 03 Nov 2026 08:00:00 GMT' };
  for (const [header, value] of Object.entries(validators)) {
    const asked = [];
    const answer = breaking({ asked, headers: () => ({ [header]: value }) });
    const progress = await opened('/x.grs', { '/x.grs': answer });
    assert.deepEqual(asked[1], { range: `bytes=${HALF}-`, ifRange: value });
    assert.ok(rising(progress), header);
  }
});

test('it starts anew where it changed, without a validator, and without ranges', async () => {
  const etag = '"a"';
  const cases = {
    changed: [{ headers: (n) => ({ etag: `"${n}"` }) }, { range: `bytes=${HALF}-`, ifRange: '"1"' }],
    'no ranges': [{ ranges: false, headers: () => ({ etag }) }, { range: `bytes=${HALF}-`, ifRange: etag }],
    'weak validator': [{ headers: () => ({ etag: 'W/"a"' }) }, { range: undefined, ifRange: undefined }],
    'ranges refused': [
      { headers: () => ({ etag, 'accept-ranges': 'none' }) },
      { range: undefined, ifRange: undefined },
    ],
  };
  for (const [title, [how, second]] of Object.entries(cases)) {
    const asked = [];
    const progress = await opened('/x.grs', { '/x.grs': breaking({ ...how, asked }) });
    assert.deepEqual(asked, [{ range: undefined, ifRange: undefined }, second], title);
    assert.ok(!rising(progress), `${title}: progress starts anew`);
    assert.equal(progress.at(-1), bytes.length, title);
  }
});

test('a range of another place is not taken for the rest', async () => {
  const asked = [];
  const right = breaking({ asked });
  const wrong = (request, response) => {
    if (!request.headers.range) return right(request, response);
    response.writeHead(206, { 'content-range': `bytes 5-${bytes.length - 1}/${bytes.length}` });
    response.end(bytes.subarray(5));
  };
  const progress = await opened('/manifest.json', { '/manifest.json': manifestText, [name]: wrong });
  assert.equal(asked.length, 2);
  assert.ok(!rising(progress));
  assert.equal(progress.at(-1), bytes.length);
});

test('it breaks three times, and is given up', () => {
  const asked = [];
  const answers = { '/manifest.json': manifestText, [name]: breaking({ breaks: 9, asked, at: 1000 }) };
  return serving(answers, async (address) => {
    const error = await GoodsRank.open(`${address}/manifest.json`).catch((error) => error);
    assert.equal(error.code, 'fetch_failed');
    assert.equal(error.message, `fetch failed: ${address}${name}: other side closed`);
    assert.equal(asked.length, 3);
  });
});

/** A server that is busy the first `times`; what it was asked is counted. */
function busy(status, times, headers, seen) {
  return (_, response) => {
    seen.push(performance.now());
    if (seen.length > times) return response.end(bytes);
    response.writeHead(status, headers).end('busy');
  };
}

test('429 and 5xx are asked again, as late as Retry-After says', async () => {
  const cases = [
    [503, {}, 1, 250],
    [500, { 'retry-after': 'soon' }, 2, 1250],
    [429, { 'retry-after': '1' }, 1, 1000],
    [429, { 'retry-after': new Date(Date.now() - 60_000).toUTCString() }, 1, 250],
  ];
  await Promise.all(
    cases.map(async ([status, headers, times, least]) => {
      const seen = [];
      await opened('/x.grs', { '/x.grs': busy(status, times, headers, seen) });
      const waited = seen.at(-1) - seen[0];
      assert.ok(waited >= least - 5, `${status}: ${waited} ms, not ${least}`);
      assert.equal(seen.length, times + 1);
    }),
  );
});

test('what does not pass is not asked again, nor what wants a long wait', async () => {
  for (const [status, headers] of [[404, {}], [403, {}], [503, { 'retry-after': '31' }]]) {
    const seen = [];
    await serving({ '/x.grs': busy(status, 9, headers, seen) }, async (address) => {
      await assert.rejects(GoodsRank.open(`${address}/x.grs`), {
        code: 'fetch_failed',
        message: `fetch failed: ${address}/x.grs: expected status 200, found ${status}`,
      });
    });
    assert.equal(seen.length, 1, `${status}`);
  }
  const html = [];
  const page = (_, response) => response.end('<!doctype html>', () => html.push(0));
  await serving({ '/x.grs': page }, async (address) => {
    await assert.rejects(GoodsRank.open(`${address}/x.grs`), { code: 'not_a_shard' });
  });
  assert.equal(html.length, 1, 'HTML in place of a shard');
});

test('a signal ends the wait for the next try', () => {
  const seen = [];
  return serving({ '/x.grs': busy(503, 9, { 'retry-after': '20' }, seen) }, async (address) => {
    const reason = new Error('enough');
    const stop = new AbortController();
    const opening = GoodsRank.open(`${address}/x.grs`, { signal: stop.signal });
    setTimeout(() => stop.abort(reason), 100);
    assert.equal(await opening.catch((error) => error), reason);
    assert.equal(seen.length, 1);
  });
});
