// The package as installed, in every runtime that it is for: the same answers,
// byte for byte, as this Node has. Chromium is in tests/browser.

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { promisify } from 'node:util';

import { GoodsRank } from '../../pkg/node.js';
import { fixture, native, root } from '../node/fixture.mjs';
import { install, tarball } from '../node/tarball.mjs';
import { firefox, posted, webkit } from './browsers.mjs';

const here = join(root, 'tests/runtimes');
const work = join(root, 'target/test/runtimes');
const { shards, shard, bytes } = fixture();
const expected = {};
/** Who signs the catalog that is opened by its manifest. */
let publicKey;

/** Where npm put a program. */
const node = (major) => join(here, `node_modules/node${major}-${process.platform}-${process.arch}/bin/node`);
const npm = (name) => join(here, 'node_modules/.bin', name);

before(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{ "type": "module" }\n');
  install(tarball(), work);
  const files = ['command.mjs', 'digest.mjs', 'worker.mjs', 'page.html', 'page.mjs', 'element.html', 'element.mjs'];
  for (const file of files) {
    cpSync(join(here, file), join(work, file));
  }
  cpSync(join(root, 'tests/node/queries.mjs'), join(work, 'queries.mjs'));
  cpSync(shards, join(work, 'shards'), { recursive: true });
  const key = join(work, 'key');
  ({ publicKey } = JSON.parse(execFileSync(native, ['keygen', '--out', key, '--json'])));
  execFileSync(native, ['sign', join(work, 'shards'), '--key', key], { stdio: 'ignore' });

  const { digest } = await import(join(work, 'digest.mjs'));
  const catalog = await GoodsRank.open(bytes);
  expected.full = await digest(catalog);
  expected.lean = await digest(catalog, { users: false });
  const [{ id }] = catalog.info.shops;
  expected.titles = Array.from(catalog.rank({ shop: id }), ({ titles }) => titles.title_en);
});

/** What a program prints, as a value. */
async function printed(program, ...args) {
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1' };
  const { stdout } = await promisify(execFile)(program, args, { cwd: work, env, timeout: 60_000 });
  return JSON.parse(stdout);
}

const COMMANDS = {
  'Node 20': [node(20)],
  'Node 22': [node(22)],
  'Node 24': [node(24)],
  // Of files the shards alone may be read: the module needs no permission.
  'Deno 2': [npm('deno'), 'run', '--quiet', '--no-prompt', '--allow-read=shards'],
  'Bun 1': [npm('bun'), 'run'],
};

for (const [name, command] of Object.entries(COMMANDS)) {
  test(name, async () => {
    const { runtime, entry, digest } = await printed(...command, 'command.mjs', 'shards/manifest.json', publicKey);
    assert.equal(runtime.split('.')[0], name);
    assert.equal(entry, name === 'Deno 2' ? 'deno.js' : 'node.js');
    assert.equal(digest, expected.full, `${runtime} and Node ${process.versions.node} differ`);
  });
}

for (const [entry, module] of [['goodsrank', 'lean'], ['goodsrank/full', 'full']]) {
  test(`workerd, ${entry}`, async () => {
    const run = [join(here, 'workerd.mjs'), join(work, 'worker.mjs'), join(work, `worker-${module}`), shard, entry];
    const { runtime, digest } = await printed(node(22), ...run);
    assert.equal(runtime, 'Cloudflare-Workers');
    assert.equal(digest, expected[module], 'workerd and Node differ');
  });
}

const BROWSERS = [
  ['Firefox', firefox, / Gecko\/.* Firefox\//],
  ['WebKit', webkit, / AppleWebKit\/(?!.* Chrome\/)/],
];

for (const [name, browser, agent] of BROWSERS) {
  for (const [entry, module] of [['goodsrank', 'lean'], ['goodsrank/full', 'full']]) {
    test(`${name}, ${entry}`, async () => {
      const asked = new URLSearchParams({ entry, publicKey });
      const { runtime, digest, error } = JSON.parse(await posted(browser, work, `page.html?${asked}`));
      assert.equal(error, undefined);
      assert.match(runtime, agent);
      assert.equal(digest, expected[module], `${runtime} and Node differ`);
    });
  }

  test(`${name}, goodsrank/element`, async () => {
    const { runtime, titles, styled, error } = JSON.parse(await posted(browser, work, 'element.html'));
    assert.equal(error, undefined);
    assert.match(runtime, agent);
    assert.deepEqual([titles, styled], [expected.titles, true]);
  });
}

test('the digest tells answers apart', () => {
  assert.notEqual(expected.full, expected.lean);
});
