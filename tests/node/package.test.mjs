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
    ...['index.d.ts', 'script.d.ts', 'wasm.d.ts', 'worker.d.ts'],
    ...['index.js', 'browser.js', 'full.js', 'node.js', 'slim.js', 'workerd.js', 'workerd.full.js', 'worker.js', 'worker.node.js', 'bin/goodsrank.js'],
    ...['args', 'input', 'main', 'many', 'one', 'open'].map((name) => `cli/${name}.js`),
    ...['output', 'progress', 'query', 'shops', 'table'].map((name) => `cli/${name}.js`),
    ...['catalog', 'dispose', 'error', 'feedback', 'handle', 'host', 'http', 'manifest', 'module'].map((name) => `lib/${name}.js`),
    ...['download', 'ranking', 'retry', 'sales', 'shard', 'source', 'store', 'users'].map((name) => `lib/${name}.js`),
    ...['bytes', 'categories', 'many', 'merge', 'open', 'rows', 'sales', 'shop', 'unsupported'].map(
      (name) => `lib/many/${name}.js`,
    ),
    ...['catalog', 'client', 'main', 'matches', 'protocol', 'ranking', 'serve', 'service', 'thread', 'workers'].map(
      (name) => `lib/worker/${name}.js`,
    ),
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

test('every entry is imported by its name', () => {
  const catalog = ['GoodsRank', 'GoodsRankError', 'Ranking', 'SalesMatch', 'Users'];
  const whole = [...catalog, 'init', 'initSync'];
  const entries = { '': whole, '/full': whole, '/slim': whole, '/worker': catalog };
  const conditions = [[], ['--conditions=browser']];
  for (const [entry, names] of Object.entries(entries)) {
    const code = `console.log(JSON.stringify(Object.keys(await import('goodsrank${entry}'))))`;
    for (const options of conditions) {
      const args = [...options, '--input-type=module', '--eval', code];
      const found = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      assert.deepEqual(JSON.parse(found), names, `goodsrank${entry} ${options}`);
    }
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
