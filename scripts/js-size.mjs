// Bundles the entries as a page gets them, and holds the browser's to its budget.
// rolldown is there already: the page's vite brings it.

import { createRequire } from 'node:module';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Bytes of brotli; the raw size is what a phone has to parse. */
const BUDGET = 12_000;
const ENTRIES = ['browser.js', 'slim.js', 'worker.js'];

const root = new URL('../', import.meta.url);
const require = createRequire(new URL('www/node_modules/vite/package.json', root));
const { rolldown } = await import(require.resolve('rolldown'));

/** What an entry loads at once; what it may load later is of other chunks. */
async function bundled(entry) {
  const input = new URL(`pkg/${entry}`, root).pathname;
  const bundle = await rolldown({ input, platform: 'browser', logLevel: 'warn' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const seen = new Set();
  const code = (name) => {
    if (seen.has(name)) return '';
    seen.add(name);
    const chunk = chunks.get(name);
    return chunk.imports.map(code).join('') + chunk.code;
  };
  return Buffer.from(code(output.find(({ isEntry }) => isEntry).fileName));
}

for (const entry of ENTRIES) {
  const code = await bundled(entry);
  const [gzip, brotli] = [gzipSync(code, { level: 9 }).length, brotliCompressSync(code).length];
  console.log(`size: pkg/${entry} has ${code.length} bytes minified, ${gzip} gzip, ${brotli} brotli of ${BUDGET}`);
  if (brotli <= BUDGET) continue;
  console.error(`error: pkg/${entry} is over its budget
  expected at most ${BUDGET} bytes brotli, found ${brotli} (${brotli - BUDGET} too many)
  take out what grew; raise the budget in scripts/js-size.mjs only with a reason in the commit`);
  process.exit(1);
}
