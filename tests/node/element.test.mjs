// `goodsrank/element` where there is no element, and what its types say of it. In a
// page it is tests/browser/element.test.mjs.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { root } from './fixture.mjs';

const types = readFileSync(join(root, 'pkg/element.d.ts'), 'utf8');
const readme = readFileSync(join(root, 'www/README.md'), 'utf8');
const sources = readdirSync(join(root, 'www/src'), { recursive: true }).filter((name) => name.endsWith('.js'));

/** What a pattern's first group finds, each once. */
const all = (text, pattern) => [...new Set(Array.from(text.matchAll(pattern), ([, found]) => found))].sort();

const code = sources
  // The combobox is inside another shadow: its parts are not the element's.
  .filter((name) => name !== join('elements', 'combobox.js'))
  .map((name) => readFileSync(join(root, 'www/src', name), 'utf8'))
  .join('\n');

for (const condition of ['node', 'workerd', 'edge-light']) {
  test(`on a server, as ${condition}, it is imported, defines nothing and says so when made`, () => {
    const body = `
      const before = Reflect.ownKeys(globalThis);
      const { GoodsRankElement } = await import('goodsrank/element');
      const added = Reflect.ownKeys(globalThis).filter((key) => !before.includes(key));
      try { new GoodsRankElement(); } catch ({ code, message }) { console.log(JSON.stringify({ added, code, message })); }`;
    const args = [`--conditions=${condition}`, '--input-type=module', '--eval', body];
    const printed = execFileSync(process.execPath, args, { cwd: join(root, 'pkg'), encoding: 'utf8' });
    assert.deepEqual(JSON.parse(printed), {
      added: [],
      code: 'unsupported',
      message: 'unsupported: <goods-rank> needs a browser, or a bundler with the condition `browser`',
    });
  });
}

test('every part is documented, and no other', () => {
  const parts = all(code, /\bpart="([a-z-]+)"/g);
  assert.ok(parts.includes('shop-field'));
  const [, listed] = types.match(/for `::part\(\)`:([^.]+)\./);
  assert.deepEqual(all(listed, /`([a-z-]+)`/g), parts);
  const [, again] = readme.match(/Parts: ([^.]+)\./);
  assert.deepEqual(all(again, /`([a-z-]+)`/g), parts);
});

test('every design token is documented, and no other', () => {
  const tokens = all(code, /var\(\s*(--gr-[a-z0-9-]+)/g);
  assert.ok(tokens.includes('--gr-ink-2'));
  for (const text of [types, readme]) assert.deepEqual(all(text, /`(--gr-[a-z0-9-]+)`/g), tokens);
});
