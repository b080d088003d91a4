// The package in a real Chromium, from its browser entry and without a bundler:
// the same answers as in Node, byte for byte, and what only a browser can refuse.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture, root } from '../node/fixture.mjs';
import { answers } from '../node/queries.mjs';
import { inBrowser } from './shop.mjs';

const { bytes } = fixture();

test('the same answers as in Node, byte for byte', async () => {
  const catalog = await GoodsRank.open(bytes);
  const [full, lean] = [answers(catalog), answers(catalog, { users: false })];
  catalog.close();
  const fullFound = await inBrowser(async () => {
    const { GoodsRank } = await import('/pkg/full.js');
    const { answers } = await import('/tests/node/queries.mjs');
    return answers(await GoodsRank.open('/shards/manifest.json'));
  });
  const leanFound = await inBrowser(async () => {
    const { GoodsRank } = await import('/pkg/browser.js');
    const { answers } = await import('/tests/node/queries.mjs');
    return answers(await GoodsRank.open('/shards/manifest.json'), { users: false });
  });
  assert.ok(lean.length > 100_000);
  assert.ok(fullFound === full, 'Chromium and Node differ');
  assert.ok(leanFound === lean, 'the lean module and the full one differ');
});

test('a shard is streamed, and the download can be stopped', async () => {
  const found = await inBrowser(async () => {
    const { GoodsRank } = await import('/pkg/browser.js');
    const last = {};
    const catalog = await GoodsRank.open(new URL('/shards/manifest.json', location.href), {
      onProgress: (progress) => Object.assign(last, progress),
    });
    const stop = new AbortController();
    const opening = GoodsRank.open('/shards/manifest.json', { signal: stop.signal });
    stop.abort();
    const stopped = await opening.catch((error) => error.name);
    return { last, goods: catalog.info.goods, stopped };
  });
  assert.deepEqual(found, {
    last: { loaded: bytes.length, total: bytes.length },
    goods: 500,
    stopped: 'AbortError',
  });
});

test('it compiles where the server gives the module no type', async () => {
  const wasm = async (response) => {
    response.setHeader('content-type', 'application/octet-stream');
    response.end(await readFile(join(root, 'pkg/dist/goodsrank_wasm_bg.wasm')));
  };
  const found = await inBrowser(
    async () => {
      const { GoodsRank } = await import('/pkg/browser.js');
      return (await GoodsRank.open('/shards/manifest.json')).rank().length;
    },
    { wasm },
  );
  assert.equal(found, 20);
});

/** What `init` rejects with, and whether trying again with bytes helps. */
const initFails = async () => {
  const { init } = await import('/pkg/browser.js');
  const { code, message } = await init().catch((error) => error);
  return { code, message };
};

test('HTML in place of the module names what to do with Vite', async () => {
  const wasm = (response) => response.setHeader('content-type', 'text/html').end('<!doctype html>');
  const { code, message } = await inBrowser(initFails, { wasm });
  assert.equal(code, 'wasm_failed');
  assert.match(
    message,
    /^wasm failed: expected a WebAssembly module \(00 61 73 6d\), found HTML at http:\S+\/pkg\/dist\/goodsrank_wasm_bg\.wasm; with Vite, put 'goodsrank' into optimizeDeps\.exclude; or give init\(\) the address of 'goodsrank\/goodsrank\.wasm'$/,
  );
});

test('a missing module says where it was looked for', async () => {
  const wasm = (response) => response.writeHead(404).end();
  const { code, message } = await inBrowser(initFails, { wasm });
  assert.equal(code, 'fetch_failed');
  assert.match(message, /^fetch failed: http:\S+_bg\.wasm: expected status 200, found 404$/);
});

test('a Content-Security-Policy without wasm-unsafe-eval is named', async () => {
  const { code, message } = await inBrowser(initFails, { csp: "script-src 'self' 'unsafe-inline'" });
  assert.equal(code, 'wasm_failed');
  assert.match(message, /^wasm failed: .*Content.Security.Policy.*; is the module whole, and does the page's Content-Security-Policy have 'wasm-unsafe-eval' in script-src\?$/);
});

test('after a panic the next catalog gets a fresh instance', async () => {
  const found = await inBrowser(async () => {
    const { GoodsRank } = await import('/pkg/browser.js');
    class Liar extends Uint8Array {
      #looks = 0;
      get length() {
        return 1000 + (this.#looks++ % 7);
      }
    }
    const codes = [];
    const failing = async (call) => {
      try {
        await call();
      } catch (error) {
        codes.push(error.code);
      }
    };
    const old = await GoodsRank.open('/shards/manifest.json');
    await failing(() => old.matchSales(new Liar(1000)));
    await failing(() => old.rank());
    const next = await GoodsRank.open('/shards/manifest.json');
    return { codes, rows: next.rank().length };
  });
  assert.deepEqual(found, { codes: ['internal', 'closed'], rows: 20 });
});
