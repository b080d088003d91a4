// What pkg/README.md shows is run: here what is for Node and the command line, in
// tests/browser what is for pages. Its figures are those of what is built.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { fixture, npm, root } from './fixture.mjs';
import { RUNS, blocks, codeOf, readme } from './readme.mjs';

const { shards, catalog } = fixture();

/** A project that has the package, a catalog and the files that the examples name. */
const folder = mkdtempSync(join(tmpdir(), 'goodsrank-readme-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(join(root, 'pkg'), join(folder, 'node_modules/goodsrank'));
symlinkSync(shards, join(folder, 'shards'));
symlinkSync(join(catalog, 'events.csv'), join(folder, 'events.csv'));
writeFileSync(join(folder, 'sales.csv'), 'good_id,quantity\nG0000017,3\nG0000231,1\nnobody,1\n');
writeFileSync(join(folder, 'in-stock.csv'), 'good_id\nG0000001\nG0000002\n');
writeFileSync(join(folder, 'shops.csv'), 'shop_id\nS0000001\n');
writeFileSync(join(folder, 'goods.csv'), 'good_id\nG0000017\n');

after(() => rmSync(folder, { recursive: true }));

test('every piece of code is run somewhere', () => {
  const headings = [...new Set(blocks().map(({ heading }) => heading))];
  assert.deepEqual(headings, Object.keys(RUNS));
  for (const { code } of blocks().filter(({ heading }) => /^In /.test(heading))) {
    assert.ok(code.split('\n').filter(Boolean).length <= 12, 'short enough to be read');
  }
});

test('the sections stand in the order in which they are needed', () => {
  const order = ['In a browser', 'In a worker', 'In Node', 'Entries', 'Content security policy', 'Bundlers', 'Limits'];
  const found = Array.from(readme.matchAll(/^## (.+)$/gm), ([, title]) => title);
  assert.deepEqual(found.slice(0, order.length), order);
});

test('the code for Node runs', () => {
  const code = codeOf('js', 'In Node', 'More of it').join('\n');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  assert.equal(stderr, 'line 4: no good for nobody\n');
  assert.match(stdout, /^\{\n {2}rank: 1,/);
  assert.match(stdout, /^returns weighs [\d.]+ now$/m);
  assert.match(stdout, /^1 S\d+ .+$/m);
});

test('the commands run', () => {
  const [commands] = codeOf('sh', 'More of it');
  for (const command of commands.trim().split('\n')) {
    const [npx, name, ...args] = command.split(' ');
    assert.deepEqual([npx, name], ['npx', 'goodsrank']);
    const { status, stdout, stderr } = spawnSync(npm, args, { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, `${command}: ${stderr}`);
    assert.ok(command.includes('--out') || stdout.split('\n').length > 2, command);
  }
});

test('the code for bundlers is that of the example for esbuild, which its test runs', () => {
  const example = readFileSync(join(root, 'pkg/examples/esbuild/src/main.js'), 'utf8').split('\n');
  for (const line of codeOf('js', 'Bundlers').join('').split('\n')) assert.ok(example.includes(line), line);
});

test('sizes are those of what is built, within a tenth', () => {
  const sizes = execFileSync(process.execPath, [join(root, 'scripts/js-size.mjs')], { encoding: 'utf8' });
  const measured = (file) =>
    sizes.match(new RegExp(`pkg/${file} has (\\d+) bytes minified, (\\d+) gzip, (\\d+) brotli`)).slice(1).map(Number);
  const moduleOf = (name) => {
    const bytes = readFileSync(join(root, `pkg/dist/${name}.wasm`));
    return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
  };
  const [en, zh] = [measured('dist/element/en.js'), measured('dist/element/zh-CN.js')];
  const actual = [
    measured('browser.js'),
    moduleOf('goodsrank_wasm_bg'),
    moduleOf('goodsrank_full_bg'),
    measured('slim.js'),
    measured('worker.js'),
    measured('dist/element/element.js'),
    en.map((size, i) => Math.max(size, zh[i])),
  ];
  const [, table] = readme.match(/^## Entries\n([^]*?)^## /m);
  const rows = Array.from(table.matchAll(/\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$/gm), (row) =>
    row.slice(1).map((figure) => Number(figure.replaceAll(',', ''))),
  );
  assert.equal(rows.length, actual.length);
  rows.flat().forEach((said, i) => {
    const is = actual.flat()[i];
    assert.ok(Math.abs(said - is) <= is / 10, `README.md says ${said} bytes where there are ${is}: ${actual.join(' | ')}`);
  });
});
