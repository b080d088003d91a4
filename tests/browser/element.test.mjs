// `goodsrank/element` as npm packs it, in a plain page of Chromium: no bundler, one
// import map, and the policy that README.md names.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture, root } from '../node/fixture.mjs';
import { serving } from '../node/server.mjs';
import { install, tarball } from '../node/tarball.mjs';
import { launch } from './chromium.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const work = join(root, 'target/test/element');
const { shards, bytes } = fixture();

const entry = (name, path) => [name, `/node_modules/goodsrank/${path}`];
const MAP = JSON.stringify({
  imports: Object.fromEntries([entry('goodsrank', 'browser.js'), entry('goodsrank/element', 'dist/element/element.js')]),
});
const hash = createHash('sha256').update(MAP).digest('base64');
const CSP =
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'; ` +
  "connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

const page = (body) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>shop</title>
<script type="importmap">${MAP}</script>
<script type="module" src="/page.js"></script>
${body}</html>`;

/** Imports it twice, and the package before and after it: who comes last must not matter. */
const SCRIPT = `
  import { Ranking } from 'goodsrank';
  import { GoodsRankElement } from 'goodsrank/element';
  await import('goodsrank/element');
  window.seen = new Promise((resolve) => addEventListener('goods-rank-ranked', ({ target, detail }) =>
    resolve([target instanceof GoodsRankElement, detail.ranking instanceof Ranking, detail.rows.length])));
`;

let browser;

before(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
  install(tarball(), work);
  browser = await launch();
});

after(() => browser?.close());

/** Opens a page with that body; gives what `use` makes of it, what was asked for and complained of. */
async function shown(body, use) {
  const [asked, complaints] = [[], []];
  let found;
  const answer = async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    response.setHeader('content-security-policy', CSP);
    response.setHeader('content-type', TYPES[extname(path) || '.html'] ?? 'application/octet-stream');
    if (path === '/') return response.end(page(body));
    if (path === '/page.js') return response.end(SCRIPT);
    if (path === '/favicon.ico') return response.end();
    asked.push(path.replace('/node_modules/goodsrank/', ''));
    const file = path.startsWith('/shards/') ? join(shards, path.slice(8)) : join(work, path);
    const bytes = await readFile(file).catch(() => null);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  };
  await serving(new Proxy({}, { get: () => answer }), async (address) => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${address}/`);
    found = await use(page);
    await context.close();
  });
  return { found, asked, complaints };
}

const ELEMENT = '<goods-rank src="/shards/manifest.json"></goods-rank>';

test('a plain page shows the ranking that Node has, and loads no more than it needs', async () => {
  const catalog = await GoodsRank.open(bytes);
  const shop = catalog.info.shops[2].id;
  const expected = Array.from(catalog.rank({ shop }), ({ titles }) => titles.title_en);
  catalog.close();

  const { found, asked, complaints } = await shown(ELEMENT.replace('></', ` shop="${shop}"></`), async (page) => {
    const titles = page.locator('goods-rank .good .title');
    await titles.nth(19).waitFor();
    return { titles: await titles.allTextContents(), seen: await page.evaluate(() => window.seen) };
  });
  assert.deepEqual(complaints, []);
  assert.deepEqual(found, { titles: expected, seen: [true, true, 20] });
  const loaded = asked.filter((path) => /element|\.wasm$/.test(path)).sort();
  assert.deepEqual(loaded, ['dist/element/element.js', 'dist/element/en.js', 'dist/goodsrank_full_bg.wasm']);
});

test('attributes, properties, parts, tokens and the slot are as the types say', async () => {
  const { found, complaints } = await shown(
    ELEMENT.replace('></', ' lang="zh-CN" theme="dark"><h1 slot="header">My shop</h1></'),
    async (page) => {
      await page.locator('goods-rank .good').first().waitFor();
      return page.evaluate(async () => {
        const element = document.querySelector('goods-rank');
        element.style.setProperty('--gr-ink', 'rgb(1, 2, 3)');
        element.categoryNames = { food: { 'zh-CN': '吃的' } };
        await element.updateComplete;
        const main = element.shadowRoot.querySelector('[part=page]');
        return {
          header: element.shadowRoot.querySelector('slot[name=header]').assignedElements()[0].textContent,
          ink: getComputedStyle(main).color,
          scheme: getComputedStyle(element).colorScheme,
          lang: main.lang,
          named: main.textContent.includes('吃的'),
        };
      });
    },
  );
  assert.deepEqual(complaints, []);
  assert.deepEqual(found, { header: 'My shop', ink: 'rgb(1, 2, 3)', scheme: 'dark', lang: 'zh-CN', named: true });
});

test('what cannot be loaded is an event with its code, and is shown', async () => {
  const { found } = await shown('<goods-rank lang="en"></goods-rank>', (page) =>
    page.evaluate(async () => {
      const detail = await new Promise((resolve) => {
        addEventListener('goods-rank-error', (event) => resolve(event.detail));
        // Asks again: the first answer may have been heard by nobody.
        document.querySelector('goods-rank').src = '/nowhere/manifest.json';
      });
      const element = document.querySelector('goods-rank');
      await element.updateComplete;
      return [detail.code, detail.message, Boolean(element.shadowRoot.querySelector('[part=error]'))];
    }),
  );
  assert.equal(found[0], 'fetch_failed');
  assert.match(found[1], /^fetch failed: http:\S+: expected status 200, found 404$/);
  assert.equal(found[2], true);
});
