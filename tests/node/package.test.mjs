// What `npm publish` would send.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { root } from './fixture.mjs';

const folder = join(root, 'pkg');
const read = (name) => readFileSync(join(folder, name), 'utf8');
const manifest = JSON.parse(read('package.json'));

function packed() {
  const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return JSON.parse(json)[0].files.map(({ path }) => path).sort();
}

test('the package holds what it needs and nothing else', () => {
  const files = packed();
  const expected = [
    'LICENSE',
    'README.md',
    'package.json',
    ...['index.d.ts', 'wasm.d.ts'],
    ...['index.js', 'browser.js', 'full.js', 'node.js', 'workerd.js', 'bin/goodsrank.js'],
    ...['args', 'input', 'main', 'many', 'one', 'open'].map((name) => `cli/${name}.js`),
    ...['output', 'progress', 'query', 'shops', 'table'].map((name) => `cli/${name}.js`),
    ...['catalog', 'dispose', 'error', 'feedback', 'handle', 'host', 'http', 'manifest', 'module'].map((name) => `lib/${name}.js`),
    ...['ranking', 'sales', 'shard', 'users'].map((name) => `lib/${name}.js`),
    'dist/goodsrank_full_bg.wasm',
    'dist/goodsrank_wasm.d.ts',
    'dist/goodsrank_wasm.js',
    'dist/goodsrank_wasm_bg.wasm',
    'dist/goodsrank_wasm_bg.wasm.d.ts',
  ].sort();
  assert.deepEqual(files, expected);
});

test('every exported file is there', () => {
  const paths = JSON.stringify(Object.values(manifest.exports)).match(/\.\/[\w./-]+/g);
  for (const path of [...paths, manifest.bin.goodsrank, manifest.types]) {
    assert.ok(existsSync(join(folder, path)), path);
  }
});

test('no lock file names a registry, by address or as where a package came from', () => {
  const locks = execFileSync('git', ['ls-files', '*package-lock.json'], { cwd: root, encoding: 'utf8' });
  assert.ok(locks.includes('pkg/package-lock.json'));
  for (const lock of locks.trim().split('\n')) {
    const text = readFileSync(join(root, lock), 'utf8');
    assert.doesNotMatch(text, /https?:\/\/[^"/]*(registry|npm)|"resolved": "http/, lock);
  }
});

test('the version is that of the crates', () => {
  const [, version] = readFileSync(join(root, 'Cargo.toml'), 'utf8').match(/^version = "(.*)"$/m);
  assert.equal(manifest.version, version);
});
