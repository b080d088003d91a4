// What a real browser takes of a newer catalog: a delta in place of the shard, a list of
// withdrawn goods, and nothing that nobody signed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';

import { fixture, native } from '../node/fixture.mjs';
import { keptBoth, open, withCatalog } from './kept.mjs';

const { shards, everyShop } = fixture();
const work = mkdtempSync(join(tmpdir(), 'goodsrank-'));
after(() => rmSync(work, { recursive: true }));

const run = (...args) => execFileSync(native, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const copy = (from, name) => {
  cpSync(from, join(work, name), { recursive: true });
  return join(work, name);
};
const entryOf = (folder) => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).shards[0];
const key = join(work, 'key');
const { publicKey } = JSON.parse(run('keygen', '--out', key, '--json'));

/** The next build of the catalog in `shards`, with a delta from there. */
const next = copy(everyShop, 'next');
run('delta', shards, next);
const [first, second] = [entryOf(shards), entryOf(next)];
const [delta] = second.deltas;
const shardKey = ({ hash }) => `https://goodsrank.invalid/${hash}`;
const catalogOnly = (asked) => asked.filter((path) => path.startsWith('/catalog/')).map((path) => path.slice(9)).sort();

/** Opens what is kept, and waits for what comes of looking for newer. */
const updating = (page, options = {}) =>
  page.evaluate(async (options) => {
    let settled;
    const outcome = new Promise((resolve) => (settled = resolve));
    const warnings = [];
    const stale = await shop.open({
      ...options,
      onUpdate: (update) => settled({ update }),
      onWarning: ({ code, message }) => {
        warnings.push({ code, message });
        // A delta that is no good is not the end of it.
        if (code !== 'damaged' || !message.includes('delta')) settled({});
      },
    });
    return { stale, ...(await outcome), warnings };
  }, options);

test('a delta takes the place of the shard, and the shard that it makes is kept', () =>
  withCatalog(async ({ page, address, folder, asked }) => {
    const { shops } = await open(page);
    await keptBoth(page);
    cpSync(next, folder, { recursive: true });
    asked.length = 0;
    const { stale, update, warnings } = await updating(page);
    assert.deepEqual([stale.shops, warnings], [shops, []]);
    assert.deepEqual(update, { file: second.file, bytes: second.bytes, hash: second.hash });
    assert.deepEqual(catalogOnly(asked), [delta.file, 'manifest.json'].sort());
    assert.deepEqual(
      await page.evaluate(() => shop.kept()),
      [`${address}/catalog/manifest.json`, shardKey(second)].sort(),
      'the older shard is gone',
    );
    await page.context().setOffline(true);
    assert.equal((await open(page)).shops, 60);
  }));

test('so it is without onUpdate, and who has nothing yet downloads the shard', () =>
  withCatalog(async ({ page, folder, asked }) => {
    await open(page);
    await keptBoth(page);
    cpSync(next, folder, { recursive: true });
    asked.length = 0;
    assert.deepEqual(await open(page), { shops: 60, warnings: [] });
    assert.deepEqual(catalogOnly(asked), [delta.file, 'manifest.json'].sort());
    await page.evaluate(() => caches.delete('goodsrank'));
    asked.length = 0;
    assert.deepEqual(await open(page), { shops: 60, warnings: [] });
    assert.deepEqual(catalogOnly(asked), [second.file, 'manifest.json'].sort());
  }));

/** What may become of a delta's file, and the warning that follows. */
const FAULTS = {
  missing: [(path) => unlinkSync(path), 'fetch_failed', /\.grd: expected status 200, found 404$/],
  cut: [(path, bytes) => writeFileSync(path, bytes.subarray(0, -9)), 'damaged', /^damaged delta: [0-9a-f]{16}\.grd: expected \d+ bytes, found \d+; the whole shard is downloaded instead$/],
  html: [(path) => writeFileSync(path, '<!doctype html>'), 'damaged', /^damaged delta: .*: expected \d+ bytes, found 15; /],
  'not deflated': [(path, bytes) => writeFileSync(path, Buffer.from(bytes).fill(0xff, 104)), 'damaged', /^damaged delta: .*: expected a deflated stream, found .*; the whole shard/],
  // What no header tells is seen by the hash of the shard, without a word.
  forged: [forge, null],
};

/** A delta whose stream makes a shard of zeros, and a manifest that says how long it is. */
function forge(path, bytes) {
  const stream = Buffer.alloc(24 + second.bytes);
  stream.writeBigUInt64LE(BigInt(second.bytes), 8);
  const head = Buffer.from(bytes.subarray(0, 104));
  head.writeBigUInt64LE(BigInt(stream.length), 32);
  const forged = Buffer.concat([head, deflateRawSync(stream)]);
  writeFileSync(path, forged);
  const manifest = join(path, '../manifest.json');
  const text = readFileSync(manifest, 'utf8').replace(`"bytes": ${delta.bytes},`, `"bytes": ${forged.length},`);
  writeFileSync(manifest, text);
}

for (const [name, [spoil, code, message]] of Object.entries(FAULTS)) {
  test(`a delta that is no good costs the whole shard, and no more: ${name}`, () =>
    withCatalog(async ({ page, folder, asked }) => {
      await open(page);
      await keptBoth(page);
      cpSync(next, folder, { recursive: true });
      const path = join(folder, delta.file);
      spoil(path, readFileSync(path));
      asked.length = 0;
      const found = await open(page);
      assert.equal(found.shops, 60);
      assert.deepEqual(found.warnings.map((warning) => warning.code), code ? [code] : []);
      if (code) assert.match(found.warnings[0].message, message);
      assert.deepEqual(catalogOnly(asked), [delta.file, second.file, 'manifest.json'].sort());
      await page.evaluate((key) => shop.until(async () => (await shop.kept()).includes(key)), shardKey(second));
    }));
}

test('a forged delta behind an open catalog does not take its place', () =>
  withCatalog(async ({ page, address, folder }) => {
    const { shops } = await open(page);
    await keptBoth(page);
    cpSync(next, folder, { recursive: true });
    const path = join(folder, delta.file);
    forge(path, readFileSync(path));
    writeFileSync(join(folder, second.file), 'no shard');
    const { stale, update, warnings } = await updating(page);
    assert.deepEqual([stale.shops, update, warnings.map(({ code }) => code)], [shops, undefined, ['not_a_shard']]);
    assert.deepEqual(await page.evaluate(() => shop.kept()), [`${address}/catalog/manifest.json`, shardKey(first)]);
    cpSync(next, folder, { recursive: true });
    forge(path, readFileSync(path));
    const again = await updating(page);
    assert.equal(again.update.hash, second.hash);
    assert.deepEqual(
      await page.evaluate(() => shop.kept()),
      [`${address}/catalog/manifest.json`, shardKey(second)].sort(),
    );
    await page.context().setOffline(true);
    assert.equal((await open(page)).shops, 60);
  }));

test('goods that are withdrawn are an update, and no shard is asked for', () =>
  withCatalog(async ({ page, folder, asked }) => {
    await open(page);
    await keptBoth(page);
    run('withdraw', folder, 'G0000003');
    asked.length = 0;
    const { update } = await updating(page);
    assert.equal(update.hash, first.hash);
    assert.deepEqual(catalogOnly(asked), ['manifest.json']);
    await page.context().setOffline(true);
    const withdrawn = await page.evaluate(async () => {
      const { GoodsRank } = await import('/pkg/browser.js');
      const catalog = await GoodsRank.open('/catalog/manifest.json');
      const { withdrawn } = catalog.info;
      catalog.close();
      return withdrawn;
    });
    assert.equal(withdrawn, 1);
  }));

const signedCatalog = copy(shards, 'signed');
run('sign', signedCatalog, '--key', key);

test('a signature is kept with the manifest, and opens it without the network', () =>
  withCatalog(async ({ page, asked }) => {
    const { shops, warnings } = await open(page, { publicKey });
    assert.deepEqual(warnings, []);
    await keptBoth(page);
    await page.context().setOffline(true);
    const offline = await open(page, { publicKey });
    assert.deepEqual([offline.shops, offline.warnings.length], [shops, 1]);
    assert.equal(offline.warnings[0].code, 'fetch_failed');
    assert.deepEqual(catalogOnly(asked), [first.file, 'manifest.json', 'manifest.json.sig'].sort());
  }, signedCatalog));

test('what was kept without its signature, or with another, is not vouched for', () =>
  withCatalog(async ({ page, address }) => {
    const { shops } = await open(page);
    await keptBoth(page);
    await page.context().setOffline(true);
    const unsigned = await open(page, { publicKey });
    assert.equal(unsigned.code, 'fetch_failed');
    assert.match(unsigned.message, /^fetch failed: a part of goodsrank: .*; is the package served whole\?$/);
    await page.context().setOffline(false);
    await page.evaluate(() => import('/pkg/lib/signature.js'));
    await page.context().setOffline(true);
    const { code, message } = await open(page, { publicKey });
    assert.deepEqual([code, message], ['fetch_failed', `fetch failed: ${address}/catalog/manifest.json: Failed to fetch`]);
    await page.context().setOffline(false);
    assert.equal((await open(page, { publicKey })).shops, shops);
    const headers = () =>
      page.evaluate(async () => {
        const kept = await (await caches.open('goodsrank')).match('/catalog/manifest.json');
        return kept.headers.get('x-goodsrank-signature');
      });
    await page.evaluate(() =>
      shop.until(async () => {
        const kept = await (await caches.open('goodsrank')).match('/catalog/manifest.json');
        return kept.headers.has('x-goodsrank-signature');
      }),
    );
    assert.match(await headers(), /^[\w+/]{86}==$/);
    // Whoever can write to the store cannot sign.
    await page.evaluate(async () => {
      const cache = await caches.open('goodsrank');
      const kept = await cache.match('/catalog/manifest.json');
      const text = (await kept.text()).replace('"schema"', ' "schema"');
      await cache.put('/catalog/manifest.json', new Response(text, { headers: kept.headers }));
    });
    await page.context().setOffline(true);
    assert.equal((await open(page, { publicKey })).code, 'fetch_failed');
    assert.equal((await open(page)).shops, shops);
  }, signedCatalog));

test('a newer manifest that nobody signed leaves the signed one serving', () =>
  withCatalog(async ({ page, folder, asked }) => {
    const { shops } = await open(page, { publicKey });
    await keptBoth(page);
    cpSync(next, folder, { recursive: true });
    asked.length = 0;
    const { stale, update, warnings } = await updating(page, { publicKey });
    assert.deepEqual([stale.shops, update, warnings.map(({ code }) => code)], [shops, undefined, ['bad_signature']]);
    const found = await open(page, { publicKey });
    assert.deepEqual([found.shops, found.warnings.map(({ code }) => code)], [shops, ['bad_signature']]);
    assert.ok(!asked.includes(`/catalog/${second.file}`) && !asked.includes(`/catalog/${delta.file}`));
    run('sign', folder, '--key', key);
    const signed = await updating(page, { publicKey });
    assert.deepEqual([signed.update.hash, signed.warnings], [second.hash, []]);
    await page.context().setOffline(true);
    assert.equal((await open(page, { publicKey })).shops, 60);
  }, signedCatalog));

test('the same in a worker', () =>
  withCatalog(async ({ page }) => {
    const open = (publicKey) =>
      page.evaluate(async (publicKey) => {
        const { GoodsRank } = await import('/pkg/worker.js');
        try {
          const catalog = await GoodsRank.open('/catalog/manifest.json', { publicKey });
          catalog.close();
          return catalog.where;
        } catch ({ code }) {
          return code;
        }
      }, publicKey);
    assert.equal(await open(publicKey), 'worker');
    assert.equal(await open(Buffer.alloc(32, 9).toString('base64')), 'bad_signature');
  }, signedCatalog));
