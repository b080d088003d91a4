// Who signed a catalog: the native command signs, WebCrypto looks, and without a
// right signature no shard is asked for.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test, { after } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { GoodsRank as Remote } from '../../pkg/worker.node.js';
import { fixture, native } from './fixture.mjs';
import { fresh } from './run.mjs';
import { serving } from './server.mjs';

const { bytes, shards } = fixture();
const folder = mkdtempSync(join(tmpdir(), 'goodsrank-'));
after(() => rmSync(folder, { recursive: true }));

const signed = join(folder, 'shards');
cpSync(shards, signed, { recursive: true });
const keygen = (name) => {
  const args = ['keygen', '--out', join(folder, name), '--json'];
  return JSON.parse(execFileSync(native, args)).publicKey;
};
const [publicKey, another] = [keygen('a'), keygen('b')];
execFileSync(native, ['sign', signed, '--key', join(folder, 'a')], { stdio: 'ignore' });

const manifest = readFileSync(join(signed, 'manifest.json'));
const signature = readFileSync(join(signed, 'manifest.json.sig'), 'utf8');
const entry = JSON.parse(manifest).shards[0];

/** Opens what a server has, and says what it was asked for. */
async function opening(files, options, use) {
  const asked = [];
  const all = { '/in/manifest.json': manifest, '/in/manifest.json.sig': signature, [`/in/${entry.file}`]: bytes, ...files };
  const answers = new Proxy(all, {
    get: (_, path) => (asked.push(path), typeof all[path] === 'function' ? all[path] : all[path] ?? undefined),
  });
  await serving(answers, async (address) => {
    const source = `${address}/in/manifest.json`;
    const result = await GoodsRank.open(source, options).then(
      (catalog) => (catalog.close(), null),
      (error) => error,
    );
    await use({ error: result, asked, address });
  });
}

const SIGN = 'sign the catalog again with `goodsrank sign`';

test('a catalog that the key signed is opened, the key as base64 or bytes', async () => {
  const raw = new Uint8Array(Buffer.from(publicKey, 'base64'));
  for (const key of [publicKey, raw]) {
    await opening({}, { publicKey: key }, async ({ error, asked }) => {
      assert.equal(error, null);
      assert.deepEqual(asked, ['/in/manifest.json', '/in/manifest.json.sig', `/in/${entry.file}`]);
    });
    for (const source of [join(signed, 'manifest.json'), pathToFileURL(join(signed, 'manifest.json'))]) {
      (await GoodsRank.open(source, { publicKey: key })).close();
      (await Remote.open(source, { publicKey: key })).close();
    }
  }
});

test('keys and signatures are those of every other tool', () => {
  const [secret, open] = ['a', 'a.pub'].map((name) => readFileSync(join(folder, name)));
  const message = Buffer.concat([Buffer.from('goodsrank manifest 1\n'), manifest]);
  // Ed25519 has no randomness: who signs the same gets the same.
  assert.equal(sign(null, message, createPrivateKey(secret)).toString('base64'), signature.trim());
  const spki = createPublicKey(open).export({ format: 'der', type: 'spki' });
  assert.equal(spki.subarray(-32).toString('base64'), publicKey);
});

test('without a key nobody asks for a signature', () =>
  opening({}, {}, async ({ error, asked }) => {
    assert.equal(error, null);
    assert.deepEqual(asked, ['/in/manifest.json', `/in/${entry.file}`]);
  }));

test('bad_signature, by what is wrong; no shard is asked for', async () => {
  const lines = `expected 64 bytes in base64 a line, 1 to 8 lines, found`;
  const of = (key) =>
    `expected a signature of this manifest by the key ${key}, found another key's or of another ` +
    `manifest; ${SIGN}, or open with the key that it is signed by`;
  const other = manifest.toString().replace('"schema": 1', '"schema":  1');
  const cases = [
    [{ '/in/manifest.json.sig': null }, publicKey, 'expected the signature of the manifest, found none; sign the catalog with `goodsrank sign`, and publish manifest.json.sig beside it'],
    [{ '/in/manifest.json.sig': '' }, publicKey, `${lines} nothing; ${SIGN}`],
    [{ '/in/manifest.json.sig': '<!doctype html>' }, publicKey, `${lines} HTML; ${SIGN}`],
    [{ '/in/manifest.json.sig': 'ä' }, publicKey, `${lines} another text; ${SIGN}`],
    [{ '/in/manifest.json.sig': signature.slice(4) }, publicKey, `${lines} another text; ${SIGN}`],
    [{ '/in/manifest.json.sig': signature.repeat(9) }, publicKey, `${lines} another text; ${SIGN}`],
    [{}, another, of(another)],
    [{ '/in/manifest.json': other }, publicKey, of(publicKey)],
  ];
  for (const [files, key, rest] of cases) {
    await opening(files, { publicKey: key }, async ({ error, asked, address }) => {
      assert.equal(error?.message, `bad signature: ${address}/in/manifest.json.sig: ${rest}`);
      assert.equal(error.code, 'bad_signature');
      assert.ok(!asked.includes(`/in/${entry.file}`));
    });
  }
  const error = await GoodsRank.open(join(shards, 'manifest.json'), { publicKey }).catch((error) => error);
  const place = pathToFileURL(join(shards, 'manifest.json.sig'));
  assert.equal(error.message, `bad signature: ${place}: ${cases[0][2]}`);
  const remote = await Remote.open(join(signed, 'manifest.json'), { publicKey: another }).catch((error) => error);
  assert.equal(remote.code, 'bad_signature');
});

test('a signature that cannot be fetched is no forgery', () => {
  const busy = (_, response) => response.writeHead(503, { 'retry-after': '60' }).end();
  return opening({ '/in/manifest.json.sig': busy }, { publicKey }, async ({ error, address }) => {
    assert.equal(error.code, 'fetch_failed');
    assert.equal(error.message, `fetch failed: ${address}/in/manifest.json.sig: expected status 200, found 503`);
  });
});

test('one of several signatures is enough, as while one key follows another', async () => {
  execFileSync(native, ['sign', signed, '--key', join(folder, 'b'), '--add'], { stdio: 'ignore' });
  const both = readFileSync(join(signed, 'manifest.json.sig'), 'utf8');
  writeFileSync(join(signed, 'manifest.json.sig'), signature);
  assert.equal(both.trim().split('\n').length, 2);
  for (const key of [publicKey, another]) {
    await opening({ '/in/manifest.json.sig': both }, { publicKey: key }, async ({ error }) => assert.equal(error, null));
  }
});

test('the signature lies beside the manifest, where that was redirected to, under the same query', () => {
  const files = {
    '/catalog': (_, response) => response.writeHead(302, { location: '/in/manifest.json?v=2' }).end(),
    '/in/manifest.json.sig': (request, response) => response.end(request.url.endsWith('?v=2') ? signature : ''),
  };
  return opening(files, { publicKey }, async ({ address }) => {
    (await GoodsRank.open(`${address}/catalog`, { publicKey })).close();
  });
});

test('a key that is none, and a source that nobody can vouch for, are bad queries', async () => {
  const expected = 'an Ed25519 public key: 32 bytes, or as base64, which `goodsrank keygen` prints';
  for (const [key, found] of [
    ['', '""'],
    ['not base64!', '"not base64!"'],
    [publicKey.slice(0, 40), JSON.stringify(publicKey.slice(0, 40))],
    [new Uint8Array(31), '31 bytes'],
    [null, 'null'],
    [7, '7'],
  ]) {
    const error = await GoodsRank.open(join(signed, 'manifest.json'), { publicKey: key }).catch((error) => error);
    assert.equal(error.message, `bad query: publicKey: expected ${expected}, found ${found}`);
    assert.equal(error.code, 'bad_query');
  }
  const source = 'bad query: source: expected a manifest, which is what publicKey vouches for, found';
  for (const given of [bytes, bytes.buffer]) {
    const error = await GoodsRank.open(given, { publicKey }).catch((error) => error);
    assert.equal(error.message, `${source} bytes`);
  }
  await opening({ '/x.grs': bytes, '/x': bytes }, { publicKey }, async ({ asked, address }) => {
    asked.length = 0;
    for (const path of ['/x.grs', '/x']) {
      const error = await GoodsRank.open(address + path, { publicKey }).catch((error) => error);
      assert.equal(error.message, `${source} "${address}${path}"`);
    }
    assert.deepEqual(asked, ['/x'], 'what is called a shard is not even asked for');
  });
});

test('a runtime without Ed25519 refuses, and never passes', () => {
  const refuse = `
    const open = () => caught(() => GoodsRank.open(given.path, { publicKey: given.publicKey }));
    crypto.subtle.importKey = async () => { throw new DOMException('Unrecognized name', 'NotSupportedError'); };
    print(await open());
    Object.defineProperty(globalThis, 'crypto', { value: undefined });
    print(await open());`;
  const { printed } = fresh(refuse, { path: join(signed, 'manifest.json'), publicKey });
  const needs = 'unsupported: publicKey needs a WebCrypto with Ed25519, found';
  assert.deepEqual(printed, [
    { code: 'unsupported', message: `${needs} one without it; update the browser or runtime` },
    { code: 'unsupported', message: `${needs} none; serve the page by https` },
  ]);
});
