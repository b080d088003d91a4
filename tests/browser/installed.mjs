// A plain page of Chromium that has the package as npm packs it: no bundler, one import
// map, and the policy that README.md names.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before } from 'node:test';

import { fixture, root } from '../node/fixture.mjs';
import { serving } from '../node/server.mjs';
import { install, tarball } from '../node/tarball.mjs';
import { launch } from './chromium.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const { exports } = JSON.parse(readFileSync(join(root, 'pkg/package.json'), 'utf8'));
const { shards } = fixture();

const MAP = JSON.stringify({
  imports: Object.fromEntries(
    ['.', './full', './worker', './element'].map((entry) => [
      join('goodsrank', entry),
      join('/node_modules/goodsrank', exports[entry].browser),
    ]),
  ),
});
const hash = createHash('sha256').update(MAP).digest('base64');
const CSP =
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'; connect-src 'self'; ` +
  "img-src 'self'; worker-src 'self'";

/** What the element, unlike a worker, runs under as well. */
const TRUSTED = "; require-trusted-types-for 'script'; trusted-types lit-html";

const page = (body) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>shop</title>
<script type="importmap">${MAP}</script>
${body}
<script type="module" src="/page.js"></script>
</html>`;

let browser;
let work;

before(async () => {
  // Test files run side by side: each has its own.
  work = mkdtempSync(join(tmpdir(), 'goodsrank-installed-'));
  writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
  install(tarball(work), work);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true });
});

/**
 * Opens a page with a body and a module's code; gives what `use` makes of it, which files
 * were asked for, and what was said on the console.
 */
export async function shown(body, code, use) {
  const [asked, said] = [[], []];
  let found;
  const answer = async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    response.setHeader('content-security-policy', body.includes('<goods-rank') ? CSP + TRUSTED : CSP);
    response.setHeader('content-type', TYPES[extname(path) || '.html'] ?? 'application/octet-stream');
    if (path === '/') return response.end(page(body));
    if (path === '/page.js') return response.end(code);
    if (path === '/favicon.ico') return response.end();
    asked.push(path.replace('/node_modules/goodsrank/', ''));
    const file = path.startsWith('/shards/') ? join(shards, path.slice(8)) : join(work, path);
    const bytes = await readFile(file).catch(() => null);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  };
  await serving(new Proxy({}, { get: () => answer }), async (address) => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    page.on('pageerror', (error) => said.push(`error: ${error}`));
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    await page.goto(`${address}/`);
    found = await use(page);
    await context.close();
  });
  return { found, asked, said };
}
