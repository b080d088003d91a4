// Each example of pkg/examples, built by its own bundler against the package as
// npm packs it, and run in Chromium: the same ten titles as in Node.

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { extname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { promisify } from 'node:util';

import { GoodsRank } from '../../pkg/node.js';
import { launch } from '../browser/chromium.mjs';
import { fixture, root } from '../node/fixture.mjs';
import { serving } from '../node/server.mjs';
import { install, tarball } from '../node/tarball.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const SHOP = [{ good: 'G0000017', quantity: 12 }, { good: 'G0000231' }];

const { shards, bytes } = fixture();
const work = join(root, 'target/test/examples');
let browser;
let expected;
let firstShop;

before(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
  install(tarball(), work);
  browser = await launch();
  const catalog = await GoodsRank.open(bytes);
  expected = Array.from(catalog.rank({ shop: SHOP, limit: 10 }), ({ titles }) => titles.title);
  const [{ id }] = catalog.info.shops;
  firstShop = Array.from(catalog.rank({ shop: id, limit: 10 }), ({ titles }) => titles.title_en);
  catalog.close();
  assert.equal(expected.length, 10);
});

after(() => browser?.close());

/** Builds a copy of an example, in which the package is no link to its sources. */
async function built(name) {
  const folder = join(work, name);
  // Hard links: the packages of one of them are a third of a gigabyte.
  execFileSync('cp', ['-RPl', join(root, 'pkg/examples', name), folder]);
  for (const made of ['dist', '.next', 'node_modules/goodsrank']) {
    rmSync(join(folder, made), { recursive: true, force: true });
  }
  cpSync(join(work, 'node_modules/goodsrank'), join(folder, 'node_modules/goodsrank'), { recursive: true });
  cpSync(shards, join(folder, 'public/shards'), { recursive: true });
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  await promisify(execFile)('npm', ['run', 'build'], { cwd: folder, env });
  return folder;
}

/** The first ten titles that a page shows, once it shows them. */
async function titles(address, selector = 'li') {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const failed = new Promise((_, reject) => page.on('pageerror', reject));
    await page.goto(address);
    await Promise.race([page.locator(selector).nth(9).waitFor(), failed]);
    return (await page.locator(selector).allTextContents()).slice(0, 10);
  } finally {
    await context.close();
  }
}

/** Serves the first file found in any of the folders. */
function files(...folders) {
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    const path = pathname === '/' ? '/index.html' : pathname;
    for (const folder of folders) {
      const body = await readFile(join(folder, path)).catch(() => null);
      if (!body) continue;
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
      return response.end(body);
    }
    response.writeHead(404).end();
  };
  return new Proxy({}, { get: () => answer });
}

// Vite writes its own index.html; the others' names what is in dist.
for (const [name, from] of [['vite', 'dist'], ['esbuild', '.'], ['rollup', '.'], ['webpack', '.'], ['rspack', '.']]) {
  test(name, async () => {
    const folder = await built(name);
    await serving(files(join(folder, from), join(folder, 'public')), async (address) => {
      assert.deepEqual(await titles(`${address}/`), expected);
      if (name !== 'vite') return;
      assert.deepEqual(await titles(`${address}/element.html`, 'goods-rank .good .title'), firstShop);
    });
  });
}

test('next, in a client component and in route handlers of Node and of the edge', async () => {
  const folder = await built('next');
  await started(folder, async (address) => {
    assert.deepEqual(await titles(`${address}/`), expected);
    for (const route of ['rank', 'edge']) {
      const response = await fetch(`${address}/${route}`, { method: 'POST', body: JSON.stringify(SHOP) });
      assert.deepEqual(await response.json(), expected, route);
    }
  });
});

/** Runs Next's own server while `use` runs. */
async function started(folder, use) {
  const port = await freePort();
  const program = join(folder, 'node_modules/next/dist/bin/next');
  const args = [program, 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  const server = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const said of server.stdout.iterator({ destroyOnReturn: false })) {
      if (String(said).includes('Ready')) break;
    }
    server.stdout.resume();
    await use(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
