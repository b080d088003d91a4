// What `npm publish` would send.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { fixture, root } from './fixture.mjs';

const { shard } = fixture();
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
    ...['element.d.ts', 'index.d.ts', 'script.d.ts', 'wasm.d.ts', 'worker.d.ts'],
    ...['index.js', 'browser.js', 'full.js', 'node.js', 'slim.js', 'worker.js', 'worker.node.js', 'bin/goodsrank.js'],
    ...['deno.js', 'edge-light.js', 'element.server.js', 'full.edge-light.js', 'full.workerd.js', 'workerd.js'],
    ...['args', 'input', 'main', 'many', 'one', 'open'].map((name) => `cli/${name}.js`),
    ...['output', 'progress', 'query', 'shops', 'table'].map((name) => `cli/${name}.js`),
    ...['catalog', 'cold', 'delta', 'dispose', 'error', 'feedback', 'handle', 'host', 'http', 'manifest', 'module'].map((name) => `lib/${name}.js`),
    ...['download', 'ranking', 'retry', 'sales', 'shard', 'signature', 'source', 'store', 'texts', 'updates', 'users'].map((name) => `lib/${name}.js`),
    ...['bytes', 'categories', 'many', 'merge', 'open', 'parts', 'rows', 'sales', 'shop', 'unsupported'].map(
      (name) => `lib/many/${name}.js`,
    ),
    ...['catalog', 'client', 'main', 'matches', 'protocol', 'ranking', 'serve', 'service', 'thread', 'workers'].map(
      (name) => `lib/worker/${name}.js`,
    ),
    ...['LICENSES.md', 'element.js', 'en.js', 'zh-CN.js'].map((name) => `dist/element/${name}`),
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

/** The first that a runtime knows is taken: workerd knows `browser`, Deno knows `node`. */
const ORDER = ['types', 'workerd', 'edge-light', 'deno', 'browser', 'node', 'default'];

test('conditions stand in the order in which they must be tried', () => {
  assert.deepEqual(Object.keys(manifest.exports['.']), ORDER);
  assert.deepEqual(Object.keys(manifest.exports['./full']), ORDER);
  for (const [entry, conditions] of Object.entries(manifest.exports)) {
    if (typeof conditions === 'string') continue;
    const names = Object.keys(conditions);
    assert.deepEqual(names, ORDER.filter((name) => names.includes(name)), entry);
    assert.equal(names.at(-1), 'default', entry);
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

test('where no bytes are compiled each entry has its own module, compiled', () => {
  const hooks = new URL('compiled.mjs', import.meta.url);
  for (const condition of ['workerd', 'edge-light']) {
    for (const [entry, full] of [['goodsrank', false], ['goodsrank/full', true]]) {
      const code = `
        const { register } = await import('node:module');
        register(${JSON.stringify(hooks)});
        const { GoodsRank } = await import('${entry}');
        const { readFileSync } = await import('node:fs');
        const catalog = await GoodsRank.open(readFileSync(${JSON.stringify(shard)}));
        let full = true;
        try { catalog.matchUsers('email,good_id\\na@b.example,G0000001\\n'); } catch ({ code }) { full = code !== 'unsupported'; }
        console.log(JSON.stringify([catalog.rank().length, full]));`;
      const args = [`--conditions=${condition}`, '--no-warnings', '--input-type=module', '--eval', code];
      const found = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      assert.deepEqual(JSON.parse(found), [20, full], `${entry}, ${condition}`);
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
