// What the tests rank: a sample catalog and its shards, made by the native
// command once and kept in target/test.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');

/** The native command. */
export const native = join(target, 'release/goodsrank');

/** The npm package's command. */
export const npm = join(root, 'pkg/bin/goodsrank.js');

/**
 * Makes the catalog if it is missing: `catalog` holds CSV, `shards` shards, with
 * the shops that consented public, `everyShop` with all, `noShop` with none.
 */
export function fixture() {
  const { size, mtimeMs } = statSync(native);
  // Another build of the command makes another catalog.
  const folder = join(root, 'target/test', `sample-${size}-${Math.round(mtimeMs)}`);
  if (!existsSync(folder)) make(folder);
  const shards = join(folder, 'shards');
  const shard = readdirSync(shards).find((file) => file.endsWith('.grs'));
  return {
    catalog: join(folder, 'catalog'),
    shards,
    everyShop: join(folder, 'every-shop'),
    noShop: join(folder, 'no-shop'),
    manifest: join(shards, 'manifest.json'),
    shard: join(shards, shard),
    bytes: new Uint8Array(readFileSync(join(shards, shard))),
  };
}

/**
 * Test files run side by side and may all find it missing. Each then makes its
 * own and moves it into place; the first to move wins, and all are the same.
 */
function make(folder) {
  const aside = `${folder}.partial-${process.pid}`;
  mkdirSync(aside, { recursive: true });
  run('sample', join(aside, 'catalog'), '--goods', '500', '--shops', '60');
  for (const [shards, whose] of [['shards', 'consented'], ['every-shop', 'all'], ['no-shop', 'none']]) {
    run('build', join(aside, 'catalog'), '--out', join(aside, shards), '--publish-shops', whose);
  }
  try {
    renameSync(aside, folder);
  } catch {
    rmSync(aside, { recursive: true });
  }
}

function run(...args) {
  execFileSync(native, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
