// With a public key: no catalog that it did not sign, and the last that it did keeps
// serving.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { fixture, native } from '../../tests/node/fixture.mjs';
import { configOf } from '../src/config.js';
import { SHARDS, running, shardsIn, tenant, token } from './worker.mjs';

const folder = mkdtempSync(join(tmpdir(), 'goodsrank-'));
after(() => rmSync(folder, { recursive: true }));

const run = (...args) => execFileSync(native, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const key = join(folder, 'key');
const { publicKey: PUBLIC_KEY } = JSON.parse(run('keygen', '--out', key, '--json'));
const shards = join(folder, 'shards');
cpSync(fixture().shards, shards, { recursive: true });
run('sign', shards, '--key', key);
const signed = shardsIn(shards);
const file = Object.keys(SHARDS).find((name) => name.endsWith('.grs'));

const as = async (name) => ({ headers: { authorization: `Bearer ${await token({ claims: { tenant: name } })}` } });

test('a signed catalog is served, another is a problem and its shard is not asked for', async () => {
  const asked = [];
  const files = { ...tenant('signed', signed), ...tenant('bare') };
  files['other/manifest.json'] = `${readFileSync(join(shards, 'manifest.json'))} `;
  files['other/manifest.json.sig'] = signed['manifest.json.sig'];
  const serve = (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname).slice(1);
    asked.push(path);
    return new Response(files[path] ?? null, { status: path in files ? 200 : 404 });
  };
  const options = { r2Buckets: ['OTHER'], serviceBindings: { SHARDS: serve } };
  await running({ env: { PUBLIC_KEY }, options, files: {} }, async (worker) => {
    assert.equal((await worker.post('/v1/rank', {}, await as('signed'))).status, 200);
    for (const name of ['bare', 'other']) {
      const problem = await (await worker.post('/v1/rank', {}, await as(name))).json();
      assert.deepEqual([problem.status, problem.code], [502, 'bad_signature'], problem.detail);
    }
    assert.deepEqual(asked.filter((path) => path.endsWith('.grs')), [`signed/${file}`]);
  });
});

test('goods that are withdrawn go with the next manifest, if that is signed', () =>
  running({ env: { PUBLIC_KEY, REFRESH_SECONDS: '0' }, files: tenant('acme', signed) }, async (worker) => {
    const withdrawn = async () => (await (await worker.ask('/v1/catalog')).json()).withdrawn;
    assert.equal(await withdrawn(), 0);
    run('withdraw', shards, 'G0000003', 'G0000004');
    await worker.put({ 'acme/manifest.json': shardsIn(shards)['manifest.json'] });
    const refused = () => worker.logged.some(({ event, code }) => event === 'shard' && code === 'bad_signature');
    for (let i = 0; i < 200 && !refused(); i++) {
      assert.equal(await withdrawn(), 0, 'the last good one keeps serving');
      await wait(25);
    }
    assert.ok(refused());
    run('sign', shards, '--key', key);
    await worker.put({ 'acme/manifest.json.sig': shardsIn(shards)['manifest.json.sig'] });
    let found = 0;
    for (let i = 0; i < 400 && found === 0; i++) {
      await wait(25);
      found = await withdrawn();
    }
    assert.equal(found, 2);
    const { removed } = await (await worker.post('/v1/rank', {})).json();
    assert.deepEqual(removed, [{ rule: 'withdrawn', goods: 2 }]);
  }));

test('a key that is none is a fault of the deployment', () => {
  const env = { SHARDS: 'https://cdn.example/', AUTH: 'none' };
  assert.equal(configOf({ ...env, PUBLIC_KEY }).publicKey, PUBLIC_KEY);
  assert.equal(configOf({ ...env, PUBLIC_KEY: '' }).publicKey, undefined);
  assert.throws(() => configOf({ ...env, PUBLIC_KEY: 'AAAA' }), {
    code: 'misconfigured',
    message: 'misconfigured: PUBLIC_KEY: expected the line that `goodsrank keygen` prints, found another text',
  });
});
