// A page that has the package, from a server on this machine.

import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { after, before } from 'node:test';

import { fixture, root } from '../node/fixture.mjs';
import { serving } from '../node/server.mjs';
import { launch } from './chromium.mjs';

const TYPES = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const { shards } = fixture();
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/** The repository and the shards, under a Content-Security-Policy. */
async function answer(request, response, { csp, wasm, catalog, asked }) {
  const path = normalize(new URL(request.url, 'http://x').pathname);
  response.setHeader('content-security-policy', csp);
  if (path === '/') {
    response.setHeader('content-type', 'text/html');
    return response.end('<!doctype html><title>shop</title>');
  }
  if (path.endsWith('.wasm') && wasm) return wasm(response);
  asked?.push(path);
  const file = fileOf(path, catalog);
  const body = await readFile(file).catch(() => null);
  const part = body && partOf(body, request.headers.range);
  response.writeHead(part ? 206 : body ? 200 : 404, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
  });
  response.end(part ?? body ?? '');
}

/** @param {Buffer} body @param {string} [range] as `bytes=0-99` */
function partOf(body, range) {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  return from && body.subarray(Number(from), Number(to) + 1);
}

/** @param {string} path @param {string} [catalog] the folder behind /catalog */
function fileOf(path, catalog) {
  if (path.startsWith('/shards/')) return join(shards, path.slice(8));
  if (catalog && path.startsWith('/catalog/')) return join(catalog, path.slice(9));
  return join(root, path);
}

/**
 * Runs `inPage` in a page of that server, and gives what it returns. `driven` gets
 * hold of the page before, `then` after it; `asked` gets the paths it asks for.
 */
export async function inBrowser(inPage, { csp = CSP, driven, then, ...served } = {}) {
  const serve = (request, response) => answer(request, response, { csp, ...served });
  const all = new Proxy({}, { get: () => serve });
  let result;
  await serving(all, async (address) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await driven?.(page, address);
    await page.goto(`${address}/`);
    result = await page.evaluate(inPage);
    await then?.(page, address);
    await context.close();
  });
  return result;
}
