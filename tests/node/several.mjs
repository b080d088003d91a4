// The sample catalog as several shards, made once for the tests that need it.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { fixture, native } from './fixture.mjs';

/** The most goods of a shard. */
const SHARD_GOODS = 120;

/** The folder, its manifest, and its files by name. */
export function several() {
  const { catalog } = fixture();
  const folder = join(dirname(catalog), 'several');
  if (!existsSync(folder)) make(catalog, folder);
  const manifest = join(folder, 'manifest.json');
  const files = Object.fromEntries(
    readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
  );
  return { folder, manifest, files, entries: JSON.parse(readFileSync(manifest, 'utf8')).shards };
}

/** Test files run side by side: the first to move its own into place wins. */
function make(catalog, folder) {
  const aside = `${folder}.partial-${process.pid}`;
  execFileSync(native, ['build', catalog, '--out', aside, '--shard-goods', String(SHARD_GOODS)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    renameSync(aside, folder);
  } catch {
    rmSync(aside, { recursive: true });
  }
}
