// What is HTTP's own: addresses, methods, pages of other origins, answers that
// the caller has already.

import assert from 'node:assert/strict';
import { get } from 'node:http';
import test from 'node:test';

import { running } from './worker.mjs';

const ORIGIN = 'https://shop.example';

/** As a page asks: fetch would not let a test set Origin. */
function asPage(worker, path, method, headers) {
  return new Promise((resolve, reject) => {
    const request = get(new URL(path, worker.address), { method, headers, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response));
    });
    request.on('error', reject);
  });
}

test('addresses and methods', () =>
  running({}, async (worker) => {
    const ask = async (path, method) => {
      const response = await worker.ask(path, { method });
      return [response.status, (await response.json()).code, response.headers.get('allow')];
    };
    assert.deepEqual(await ask('/', 'GET'), [404, 'not_found', null]);
    assert.deepEqual(await ask('/v1/rank/', 'POST'), [404, 'not_found', null]);
    assert.deepEqual(await ask('/v1/rank', 'GET'), [405, 'bad_method', 'POST']);
    assert.deepEqual(await ask('/v1/catalog', 'DELETE'), [405, 'bad_method', 'GET, HEAD']);
    const head = await worker.ask('/v1/catalog', { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
    const health = await fetch(new URL('/v1/healthz', worker.address));
    assert.deepEqual(await health.json(), { status: 'ok', version: '0.1.0' });
    assert.equal(health.headers.get('cache-control'), 'no-store');
    assert.equal(health.headers.get('x-content-type-options'), 'nosniff');
    const ranked = await worker.post('/v1/rank', {});
    assert.match(
      ranked.headers.get('server-timing'),
      /^auth;dur=[\d.]+, body;dur=[\d.]+, shard;dur=[\d.]+;desc="hit", answer;dur=[\d.]+, total;dur=[\d.]+$/,
    );
  }));

test('pages of the allowed origins may read, and no others', () =>
  running({ env: { CORS_ORIGINS: `https://other.example, ${ORIGIN}` } }, async (worker) => {
    const before = { origin: ORIGIN, 'access-control-request-method': 'POST' };
    const { statusCode, headers } = await asPage(worker, '/v1/rank', 'OPTIONS', before);
    assert.equal(statusCode, 204);
    assert.equal(headers['access-control-allow-origin'], ORIGIN);
    assert.equal(headers['access-control-allow-methods'], 'POST');
    assert.equal(headers['access-control-allow-headers'], 'authorization, content-type, if-none-match');
    assert.equal(headers.vary, 'origin');

    const refused = await asPage(worker, '/v1/rank', 'OPTIONS', { ...before, origin: 'https://evil.example' });
    assert.equal(refused.statusCode, 403);
    assert.equal(refused.headers['access-control-allow-origin'], undefined);

    // A page may read why it was refused.
    const unauthorised = await asPage(worker, '/v1/catalog', 'GET', { origin: ORIGIN });
    assert.equal(unauthorised.statusCode, 401);
    assert.equal(unauthorised.headers['access-control-allow-origin'], ORIGIN);
    for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`]) {
      const foreign = await asPage(worker, '/v1/healthz', 'GET', { origin });
      assert.equal(foreign.headers['access-control-allow-origin'], undefined, origin);
      assert.equal(foreign.headers.vary, 'origin');
    }
  }));

test('an answer to a GET has a tag, and is not sent twice', () =>
  running({}, async (worker) => {
    for (const path of ['/v1/catalog', '/openapi.json']) {
      const first = await worker.ask(path);
      const etag = first.headers.get('etag');
      assert.match(etag, /^"[\w+/]{20}"$/);
      assert.ok((await first.text()).length > 100);
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const again = await worker.ask(path, { headers: { 'if-none-match': tag } });
        assert.deepEqual([again.status, await again.text(), again.headers.get('etag')], [304, '', etag]);
      }
      const other = await worker.ask(path, { headers: { 'if-none-match': '"other"' } });
      assert.equal(other.status, 200);
    }
    assert.equal((await worker.ask('/v1/catalog')).headers.get('cache-control'), 'private, no-cache');
  }));
