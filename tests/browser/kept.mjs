// A page that keeps a catalog, from a folder that a test may change.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fixture } from '../node/fixture.mjs';
import { inBrowser } from './shop.mjs';

const { shards } = fixture();

/** What every page here has: how to open, and what is kept. */
const prelude = async () => {
  const { GoodsRank, init } = await import('/pkg/browser.js');
  await init();
  const kept = async () => (await (await caches.open('goodsrank')).keys()).map(({ url }) => url).sort();
  const until = async (true_) => {
    for (let i = 0; i < 200; i++) {
      if (await true_()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`never: ${true_}`);
  };
  /** Opens, and says what came of it. */
  const open = async (options = {}, source = '/catalog/manifest.json') => {
    const warnings = [];
    const onWarning = ({ code, message }) => warnings.push({ code, message });
    try {
      const catalog = await GoodsRank.open(source, { onWarning, ...options });
      const shops = catalog.info.shops.length;
      catalog.close();
      return { shops, warnings };
    } catch (error) {
      return { code: error.code ?? error.name, message: error.message, warnings };
    }
  };
  globalThis.shop = { open, kept, until };
};

/** A folder that a test may change, a copy of `catalog`, and the switches of its page. */
export async function withCatalog(use, catalog = shards) {
  const folder = mkdtempSync(join(tmpdir(), 'goodsrank-'));
  cpSync(catalog, folder, { recursive: true });
  const asked = [];
  try {
    await inBrowser(prelude, {
      catalog: folder,
      asked,
      then: (page, address) => use({ page, address, folder, asked }),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const open = (page, options) => page.evaluate((options) => shop.open(options), options);
export const keptBoth = (page) => page.evaluate(() => shop.until(async () => (await shop.kept()).length === 2));
