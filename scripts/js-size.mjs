// Bundles the entries as a page gets them, and holds each to its budget.
// rolldown is there already: the page's vite brings it.

import { createRequire } from 'node:module';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Bytes of brotli; the raw size is what a phone has to parse. */
const BUDGET = 12_000;

/**
 * That of the element without the engine: under half of the module that loads beside
 * it, so that it is never what a merchant waits for.
 */
const ELEMENT = 36_000;

/** What a language adds to it. */
const TEXTS = 7_000;

/** Budgets by entry, and what of the entry is another's to answer for. */
const ENTRIES = {
  'browser.js': { budget: BUDGET },
  'slim.js': { budget: BUDGET },
  'worker.js': { budget: BUDGET },
  'dist/element/element.js': { budget: ELEMENT, external: [/full\.js$/] },
  'dist/element/en.js': { budget: TEXTS },
  'dist/element/zh-CN.js': { budget: TEXTS },
};

const root = new URL('../', import.meta.url);
const require = createRequire(new URL('www/node_modules/vite/package.json', root));
const { rolldown } = await import(require.resolve('rolldown'));

/** What an entry loads at once; what it may load later is of other chunks. */
async function bundled(entry, external = []) {
  const input = new URL(`pkg/${entry}`, root).pathname;
  const bundle = await rolldown({ input, external, platform: 'browser', logLevel: 'warn' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const seen = new Set();
  const code = (name) => {
    if (seen.has(name)) return '';
    seen.add(name);
    const chunk = chunks.get(name);
    if (!chunk) return '';
    return chunk.imports.map(code).join('') + chunk.code;
  };
  return Buffer.from(code(output.find(({ isEntry }) => isEntry).fileName));
}

for (const [entry, { budget, external }] of Object.entries(ENTRIES)) {
  const code = await bundled(entry, external);
  const [gzip, brotli] = [gzipSync(code, { level: 9 }).length, brotliCompressSync(code).length];
  console.log(`size: pkg/${entry} has ${code.length} bytes minified, ${gzip} gzip, ${brotli} brotli of ${budget}`);
  if (brotli <= budget) continue;
  console.error(`error: pkg/${entry} is over its budget
  expected at most ${budget} bytes brotli, found ${brotli} (${brotli - budget} too many)
  take out what grew; raise the budget in scripts/js-size.mjs only with a reason in the commit`);
  process.exit(1);
}
