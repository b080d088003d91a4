// Bundles worker.mjs for workerd, posts it the shard of the path given, and
// prints what it answers.

import { readFile } from 'node:fs/promises';

import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

const [, , entry, outdir, shard] = process.argv;
await build({
  entryPoints: [entry],
  outdir,
  bundle: true,
  format: 'esm',
  conditions: ['workerd'],
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
