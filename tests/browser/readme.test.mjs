// What pkg/README.md shows for pages is run in one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { codeOf } from '../node/readme.mjs';
import { shown } from './installed.mjs';

const done = async (page) => page.waitForFunction(() => window.done);
const ended = (code) => `${code}\nwindow.done = true;`;

test('in a browser', async () => {
  const [code] = codeOf('js', 'In a browser');
  const { said, asked } = await shown('', ended(code), done);
  assert.deepEqual(said.filter((line) => !line.startsWith('log: ')), []);
  assert.match(said[0], /^log: \d+ \d+$/);
  assert.equal(said.filter((line) => /^log: \d+ \D.* -?\d+ \{/.test(line)).length, 20);
  assert.deepEqual(asked.filter((path) => path.endsWith('.wasm')), ['dist/goodsrank_wasm_bg.wasm']);
});

test('in a worker', async () => {
  const [code] = codeOf('js', 'In a worker');
  const { said, asked } = await shown('', ended(code), done);
  assert.match(said[0], /^log: Float64Array\(20\) \{/);
  assert.match(said[20], /^log: 20 /);
  assert.equal(said.length, 21);
  assert.ok(asked.includes('lib/worker/main.js'));
});

test('loading, once with nothing kept and once with what is', async () => {
  const [code] = codeOf('js', 'Loading');
  const twice = `import { GoodsRank } from 'goodsrank';\n{ ${code} catalog.close(); }\n{ ${code} catalog.close(); }`;
  const { said } = await shown('', ended(twice), done);
  assert.deepEqual(said, []);
});

test('the element', async () => {
  const [[body], [code]] = [codeOf('html', 'The element'), codeOf('js', 'The element')];
  const { said } = await shown(body, code, async (page) => {
    await page.getByRole('button', { name: /^Show details/ }).first().click();
    await page.locator('goods-rank [part=detail]').first().waitFor();
  });
  assert.equal(said.length, 1);
  assert.match(said[0], /^log: G\d{7}$/);
});
