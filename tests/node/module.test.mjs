// How the WebAssembly module is found, compiled and kept.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

import { fixture, root } from './fixture.mjs';
import { fresh } from './run.mjs';

const { shard } = fixture();
const wasm = join(root, 'pkg/dist/goodsrank_wasm_bg.wasm');
const given = { shard, wasm };

test('importing does no work', () => {
  const { printed } = fresh(`
    const before = process.memoryUsage().arrayBuffers;
    print(Object.keys(goodsrank).sort());
    print(performance.getEntriesByType('resource').length);
  `);
  assert.deepEqual(printed, [
    ['GoodsRank', 'GoodsRankError', 'Ranking', 'SalesMatch', 'Users', 'init', 'initSync'],
    0,
  ]);
});

test('it can be imported where the module is missing, and says so when used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'goodsrank-'));
  for (const part of ['node.js', 'index.js', 'lib', 'package.json', 'dist/goodsrank_wasm.js']) {
    cpSync(join(root, 'pkg', part), join(folder, part), { recursive: true });
  }
  const { printed } = fresh(
    `const other = await import(given.entry);
     print(await caught(() => other.init()));`,
    { entry: pathToFileURL(join(folder, 'node.js')).href },
  );
  rmSync(folder, { recursive: true });
  assert.equal(printed[0].code, 'wasm_failed');
  assert.match(printed[0].message, /^wasm failed: ENOENT: no such file or directory/);
});

test('init is idempotent', () => {
  const { printed } = fresh(`
    const first = init();
    print(first === init() && first instanceof Promise);
    await first;
    print(first === init('https://never.fetched/'));
    print(await first === undefined);
  `);
  assert.deepEqual(printed, [true, true, true]);
});

test('init forgets a failure', () => {
  const { printed } = fresh(
    `print(await caught(() => init(new Uint8Array([1, 2, 3, 4, 5]))));
     print(await caught(() => init(Promise.reject(new Error('no luck')))));
     await init();
     print((await GoodsRank.open(given.shard)).info.goods);`,
    given,
  );
  assert.equal(printed[0].code, 'wasm_failed');
  assert.equal(
    printed[0].message,
    'wasm failed: expected a WebAssembly module (00 61 73 6d), found 01 02 03 04 at the given bytes; ' +
      'see that the server sends goodsrank_wasm_bg.wasm as it is',
  );
  assert.equal(printed[1].message, 'no luck');
  assert.equal(printed[2], 500);
});

const SOURCES = {
  'a path': 'given.wasm',
  'a URL': `new URL('file://' + given.wasm)`,
  bytes: 'readFileSync(given.wasm)',
  'an ArrayBuffer': 'new Uint8Array(readFileSync(given.wasm)).buffer',
  'a Response': `new Response(readFileSync(given.wasm), { headers: { 'content-type': 'application/wasm' } })`,
  'a Response of no type': 'new Response(readFileSync(given.wasm))',
  'a Module': 'new WebAssembly.Module(readFileSync(given.wasm))',
  'a promise of bytes': 'Promise.resolve(readFileSync(given.wasm))',
};

for (const [name, source] of Object.entries(SOURCES)) {
  test(`init takes ${name}`, () => {
    const { printed } = fresh(
      `await init(${source}); print((await GoodsRank.open(given.shard)).rank().length);`,
      given,
    );
    assert.deepEqual(printed, [20]);
  });
}

test('initSync takes bytes or a Module and does not wait', () => {
  for (const source of ['readFileSync(given.wasm)', 'new WebAssembly.Module(readFileSync(given.wasm))']) {
    const { printed } = fresh(
      `initSync(${source});
       initSync(${source});
       await init('https://never.fetched/');
       print((await GoodsRank.open(given.shard)).rank().length);`,
      given,
    );
    assert.deepEqual(printed, [20]);
  }
  const { printed } = fresh(`print(await caught(() => initSync(new Uint8Array(3))));`);
  assert.equal(printed[0].code, 'wasm_failed');
});

const VITE =
  "with Vite, put 'goodsrank' into optimizeDeps.exclude; or give init() the address of " +
  "'goodsrank/goodsrank.wasm'";
const DAMAGED =
  "is the module whole, and does the page's Content-Security-Policy have 'wasm-unsafe-eval' in " +
  'script-src?';

test('wasm_failed and fetch_failed, by what came in place of the module', () => {
  const { printed } = fresh(
    `const served = (body, options) => caught(() => init(new Response(body, options)));
     print(await served('<!doctype html>'));
     print(await served('<!DOCTYPE html>', { headers: { 'content-type': 'text/html' } }));
     print(await served(''));
     print(await served('{}'));
     print(await served('nothing here', { status: 404 }));
     print(await served(readFileSync(given.wasm).subarray(0, 5000)));
     const headers = { 'content-type': 'application/wasm' };
     print(await served(readFileSync(given.wasm).subarray(0, 5000), { headers }));
     print(await caught(() => init(5)));
     print(await caught(() => init('http://127.0.0.1:9/x.wasm')));`,
    given,
  );
  const [html, typed, empty, json, missing, cut, streamed, number, refused] = printed;
  const expected = 'wasm failed: expected a WebAssembly module (00 61 73 6d), found';
  assert.deepEqual(html, { code: 'wasm_failed', message: `${expected} HTML at ; ${VITE}` });
  assert.deepEqual(typed, html);
  assert.equal(
    empty.message,
    `${expected} no bytes at ; see that the server sends goodsrank_wasm_bg.wasm as it is`,
  );
  assert.match(json.message, /found 7b 7d at/);
  assert.deepEqual(missing, {
    code: 'fetch_failed',
    message: 'fetch failed: : expected status 200, found 404',
  });
  for (const { code, message } of [cut, streamed]) {
    assert.equal(code, 'wasm_failed');
    assert.ok(message.startsWith('wasm failed: WebAssembly.') && message.endsWith(DAMAGED), message);
  }
  assert.deepEqual(number, {
    code: 'bad_query',
    message: 'bad query: source: expected an address, a Response, bytes or a WebAssembly.Module, found 5',
  });
  assert.equal(refused.code, 'fetch_failed');
});
