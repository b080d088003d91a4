// `goodsrank/element` in a plain page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from '../node/fixture.mjs';
import { shown } from './installed.mjs';

const { bytes } = fixture();

/** Imports it twice, and the package before and after it: who comes last must not matter. */
const SCRIPT = `
  import { Ranking } from 'goodsrank';
  import { GoodsRankElement } from 'goodsrank/element';
  await import('goodsrank/element');
  window.seen = new Promise((resolve) => addEventListener('goods-rank-ranked', ({ target, detail }) =>
    resolve([target instanceof GoodsRankElement, detail.ranking instanceof Ranking, detail.rows.length])));
`;

const ELEMENT = '<goods-rank src="/shards/manifest.json"></goods-rank>';

test('a plain page shows the ranking that Node has, and loads no more than it needs', async () => {
  const catalog = await GoodsRank.open(bytes);
  const shop = catalog.info.shops[2].id;
  const expected = Array.from(catalog.rank({ shop }), ({ titles }) => titles.title_en);
  catalog.close();

  const { found, asked, said } = await shown(ELEMENT.replace('></', ` shop="${shop}"></`), SCRIPT, async (page) => {
    const titles = page.locator('goods-rank .good .title');
    await titles.nth(19).waitFor();
    return { titles: await titles.allTextContents(), seen: await page.evaluate(() => window.seen) };
  });
  assert.deepEqual(said, []);
  assert.deepEqual(found, { titles: expected, seen: [true, true, 20] });
  const loaded = asked.filter((path) => /element|\.wasm$/.test(path)).sort();
  assert.deepEqual(loaded, ['dist/element/element.js', 'dist/element/en.js', 'dist/goodsrank_full_bg.wasm']);
});

test('attributes, properties, parts, tokens and the slot are as the types say', async () => {
  const { found, said } = await shown(
    ELEMENT.replace('></', ' lang="zh-CN" theme="dark"><h1 slot="header">My shop</h1></'),
    SCRIPT,
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
  assert.deepEqual(said, []);
  assert.deepEqual(found, { header: 'My shop', ink: 'rgb(1, 2, 3)', scheme: 'dark', lang: 'zh-CN', named: true });
});

test('what cannot be loaded is an event with its code, and is shown', async () => {
  const { found } = await shown('<goods-rank lang="en"></goods-rank>', SCRIPT, (page) =>
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
