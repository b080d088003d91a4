// The package as `npm install` would bring it: packed, and not the sources.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './fixture.mjs';

/** Packs it into a folder, and gives the file. */
export function tarball(folder = join(root, 'target/test/package')) {
  mkdirSync(folder, { recursive: true });
  const [{ filename }] = JSON.parse(npm(join(root, 'pkg'), 'pack', '--json', '--pack-destination', folder));
  return join(folder, filename);
}

/** Puts it into the node_modules of a folder, whose package.json it leaves alone. */
export function install(file, folder) {
  npm(folder, 'install', '--no-save', '--no-package-lock', '--offline', '--ignore-scripts', file);
}

function npm(cwd, ...args) {
  return execFileSync('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund'], { cwd, encoding: 'utf8' });
}
