// Bundles worker.mjs for workerd with one of the package's entries, posts it the
// shard of the path given, and prints what it answers.

import { readFile } from 'node:fs/promises';

import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

const [, , worker, outdir, shard, entry] = process.argv;
await build({
  entryPoints: { worker },
  outdir,
  bundle: true,
  format: 'esm',
  conditions: ['workerd'],
  alias: { goodsrank: entry },
  define: { FULL: String(entry.endsWith('/full')) },
  loader: { '.wasm': 'copy' },
  logLevel: 'warning',
});
const runtime = new Miniflare({
  modules: true,
  modulesRoot: outdir,
  modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
  scriptPath: `${outdir}/worker.js`,
  compatibilityDate: '2026-07-01',
  cf: false,
});
try {
  const response = await runtime.dispatchFetch('http://worker/', { method: 'POST', body: await readFile(shard) });
  console.log(await response.text());
} finally {
  await runtime.dispose();
}
