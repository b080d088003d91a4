// What a real browser keeps of a catalog, and what it does when the network is
// away, the catalog is newer, or there is no room.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixture } from '../node/fixture.mjs';
import { keptBoth, open, withCatalog } from './kept.mjs';

const { bytes, shards, everyShop } = fixture();
const named = (folder) => {
  const { file, bytes, hash } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).shards[0];
  return { file, bytes, hash };
};
const [first, second] = [named(shards), named(everyShop)];

const manifest = '/catalog/manifest.json';
const shardKey = ({ hash }) => `https://goodsrank.invalid/${hash}`;

test('after the first load it opens without the network, and says so', () =>
  withCatalog(async ({ page, address, asked }) => {
    const { shops } = await open(page);
    await keptBoth(page);
    assert.deepEqual(await page.evaluate(() => shop.kept()), [`${address}${manifest}`, shardKey(first)]);
    asked.length = 0;
    assert.deepEqual(await open(page), { shops, warnings: [] });
    assert.deepEqual(asked, [manifest], 'the shard is there already');
    await page.context().setOffline(true);
    assert.deepEqual(await open(page), {
      shops,
      warnings: [
        { code: 'fetch_failed', message: `fetch failed: ${address}${manifest}: Failed to fetch` },
      ],
    });
    const without = await open(page, { cache: false });
    assert.equal(without.code, 'fetch_failed');
  }));

test('of a catalog without its texts those that were shown are there offline', () =>
  withCatalog(async ({ page, address }) => {
    /** Titles of some rows, or what came instead. */
    const titles = (from, to) =>
      page.evaluate(async ([from, to]) => {
        const { GoodsRank } = await import('/pkg/browser.js');
        const catalog = await GoodsRank.open('/catalog/manifest.json', { texts: 'shown' });
        try {
          const rows = await catalog.rank({ policy: 'trend', limit: 300 }).rows(from, to);
          return rows.map(({ titles }) => titles.title);
        } catch ({ code }) {
          return code;
        } finally {
          catalog.close();
        }
      }, [from, to]);
    const shown = await titles(0, 1);
    assert.equal(shown.length, 1);
    await page.evaluate(() => shop.until(async () => (await shop.kept()).length === 3));
    const [named, block, hot] = await page.evaluate(() => shop.kept());
    assert.match(block, new RegExp(`^${shardKey(first)}/\\d+$`));
    assert.deepEqual([named, hot], [`${address}${manifest}`, `${shardKey(first)}/hot`]);
    await page.context().setOffline(true);
    assert.deepEqual(await titles(0, 1), shown);
    assert.equal(await titles(0, 300), 'fetch_failed');
    await page.context().setOffline(false);
    assert.equal((await titles(0, 300)).length, 300);
    await open(page);
    await page.evaluate(() => shop.until(async () => (await shop.kept()).length > 3));
  }));

test('offline at the first load is fetch_failed', () =>
  withCatalog(async ({ page, address }) => {
    await page.context().setOffline(true);
    assert.deepEqual(await open(page), {
      code: 'fetch_failed',
      message: `fetch failed: ${address}${manifest}: Failed to fetch`,
      warnings: [],
    });
  }));

/** Replaces what the server has by the catalog with every shop. */
function publish(folder, change = (bytes) => bytes) {
  cpSync(everyShop, folder, { recursive: true });
  const file = join(folder, second.file);
  writeFileSync(file, change(readFileSync(file)));
}

test('a kept catalog is opened at once, and a newer one told of when it has arrived', () =>
  withCatalog(async ({ page, address, folder, asked }) => {
    const { shops } = await open(page);
    await keptBoth(page);
    publish(folder);
    asked.length = 0;
    const [stale, update, next, last] = await page.evaluate(async () => {
      let told;
      const newer = new Promise((resolve) => (told = resolve));
      const stale = await shop.open({ onUpdate: told });
      const update = await newer;
      let again = 0;
      const next = await shop.open({ onUpdate: () => again++ });
      return [stale, update, next, again];
    });
    assert.deepEqual(stale, { shops, warnings: [] });
    assert.deepEqual(update, second);
    assert.ok(next.shops > shops, 'the next open has the newer one');
    assert.equal(last, 0);
    assert.deepEqual(asked.filter((path) => path.endsWith('.grs')), [`/catalog/${second.file}`]);
    assert.deepEqual(
      await page.evaluate(() => shop.kept()),
      [`${address}${manifest}`, shardKey(second)].sort(),
      'the older shard is gone',
    );
  }));

test('a newer catalog that is damaged leaves the old one serving', () =>
  withCatalog(async ({ page, address, folder }) => {
    const { shops } = await open(page);
    await keptBoth(page);
    publish(folder, (file) => file.fill(7, file.length - 100));
    const [stale, warning] = await page.evaluate(async () => {
      let warned;
      const warning = new Promise((resolve) => (warned = resolve));
      const stale = await shop.open({
        onUpdate: () => warned({ code: 'none' }),
        onWarning: ({ code }) => warned({ code }),
      });
      return [stale, await warning];
    });
    assert.equal(stale.shops, shops);
    assert.equal(warning.code, 'damaged');
    await page.context().setOffline(true);
    assert.equal((await open(page)).shops, shops);
    assert.deepEqual(await page.evaluate(() => shop.kept()), [`${address}${manifest}`, shardKey(first)]);
  }));

test('a shard that is damaged where it is kept is fetched again', () =>
  withCatalog(async ({ page, asked }) => {
    const { shops } = await open(page);
    await keptBoth(page);
    await page.evaluate(async (key) => {
      await (await caches.open('goodsrank')).put(key, new Response('<!doctype html>'));
    }, shardKey(first));
    asked.length = 0;
    assert.deepEqual(await open(page), { shops, warnings: [] });
    assert.deepEqual(asked, [manifest, `/catalog/${first.file}`]);
    await page.context().setOffline(true);
    assert.equal((await open(page)).shops, shops);
  }));

test('no room to keep it is a warning', () =>
  withCatalog(async ({ page, address }) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: address, quotaSize: 1000 });
    const { shops, warnings } = await page.evaluate(async () => {
      const found = await shop.open();
      await shop.until(() => found.warnings.length > 0);
      return found;
    });
    assert.ok(shops > 0);
    assert.equal(warnings.length, 1);
    assert.equal(warnings[0].code, 'cache_failed');
    assert.match(
      warnings[0].message,
      /^cache failed: .*[Qq]uota.*; nothing is kept for when the network is away: free some room, or open with cache: false$/,
    );
    await page.context().setOffline(true);
    assert.equal((await open(page)).code, 'fetch_failed');
  }));

test('aborted in the middle nothing is kept, nor of what is wrong', () =>
  withCatalog(async ({ page, folder }) => {
    const aborted = await page.evaluate(async () => {
      const stop = new AbortController();
      return shop.open({ signal: stop.signal, onProgress: () => stop.abort() });
    });
    assert.equal(aborted.message, 'signal is aborted without reason');
    publish(folder, (file) => file.fill(7, file.length - 100));
    const damaged = await open(page);
    assert.equal(damaged.code, 'damaged');
    assert.deepEqual(damaged.warnings, []);
    assert.deepEqual(await page.evaluate(() => shop.kept()), []);
  }));

test('the same in a worker', () =>
  withCatalog(async ({ page, folder }) => {
    const found = await page.evaluate(async () => {
      const { GoodsRank } = await import('/pkg/worker.js');
      const [steps, warnings] = [[], []];
      const catalog = await GoodsRank.open('/catalog/manifest.json', {
        onProgress: ({ loaded }) => steps.push(loaded),
        onWarning: (warning) => warnings.push(warning),
      });
      await shop.until(async () => (await shop.kept()).length === 2);
      catalog.close();
      return { where: catalog.where, last: steps.at(-1), warnings };
    });
    assert.deepEqual(found, { where: 'worker', last: bytes.length, warnings: [] });
    publish(folder);
    const update = await page.evaluate(async () => {
      const { GoodsRank } = await import('/pkg/worker.js');
      return new Promise((resolve) => GoodsRank.open('/catalog/manifest.json', { onUpdate: resolve }));
    });
    assert.deepEqual(update, second);
  }));
