// `npx goodsrank rank` beside the native command: the same arguments, the same
// bytes.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';

import { fixture, native, npm, root } from './fixture.mjs';
import { SALES } from './queries.mjs';

const { catalog, shards, shard } = fixture();
const events = join(catalog, 'events.csv');
const truth = join(catalog, 'truth.csv');
const folder = mkdtempSync(join(tmpdir(), 'goodsrank-cli-'));
after(() => rmSync(folder, { recursive: true }));

const inFolder = (name) => join(folder, name);

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command[0], [...command.slice(1), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

const ofNative = (...args) => run([native], args);
const ofNpm = (...args) => run([process.execPath, npm], args);

/** Both commands' answers to the same arguments, which must agree. */
function both(...args) {
  const [expected, found] = [ofNative(...args), ofNpm(...args)];
  assert.equal(found.stderr, expected.stderr);
  assert.equal(found.status, expected.status);
  return [expected.stdout, found.stdout];
}

const shops = readFileSync(join(catalog, 'shops.csv'), 'utf8').split('\n').slice(1);
const publicShop = shops.find((line) => line.endsWith(',1')).split(',')[0];

writeFileSync(inFolder('sales.csv'), SALES);

test('rankings of many shops are the same bytes', () => {
  const rules = JSON.stringify({ categories: ['baby', 'food'], priceMax: 20_000, includeSold: true });
  for (const args of [
    [],
    ['--policy', 'fit'],
    ['--limit', '1'],
    ['--policy', 'fit', '--limit', '10000'],
    ['--rules', rules],
  ]) {
    const files = ['--profiles', events, '--queries', truth];
    const [expected, found] = both('rank', shards, ...files, ...args);
    assert.ok(found.startsWith('query_id,rank,item_id,score\n'));
    assert.ok(found.length > 1000);
    assert.ok(found === expected, args.join(' '));
  }
});

test('a rankings file is written whole', () => {
  const out = (name) => join(folder, 'new/folder', name);
  const args = ['rank', shard, '--profiles', events, '--queries', truth, '--json'];
  const expected = ofNative(...args, '--out', out('native.csv'));
  const found = ofNpm(...args, '--out', out('npm.csv'));
  assert.equal(found.stdout, expected.stdout);
  assert.equal(found.status, 0);
  assert.ok(readFileSync(out('npm.csv')).equals(readFileSync(out('native.csv'))));
  assert.deepEqual(readdirSync(join(folder, 'new/folder')).sort(), ['native.csv', 'npm.csv']);
});

test('events that are left out are counted', () => {
  const odd = inFolder('odd.csv');
  const lines = ['at,shop_id,good_id,kind,quantity', '1,a,G0000001,stolen,1', '1,a,G0000001,,0', '1,a,none,,1'];
  writeFileSync(odd, `${lines.join('\n')}\n`);
  writeFileSync(inFolder('who.csv'), 'shop_id\na\n');
  const files = ['--profiles', odd, '--queries', inFolder('who.csv')];
  const [expected, found] = both('rank', shards, ...files, '--json', '--out', inFolder('odd-out.csv'));
  assert.equal(found, expected);
  assert.equal(found, '{"queries":1,"skipped":[1,1,1]}\n');
  const [csv] = both('rank', shards, ...files, '--json');
  assert.ok(!csv.includes('{'), 'rankings and report never share standard output');
});

test('the table of one shop is the same bytes', () => {
  for (const args of [
    ['--shop', publicShop],
    ['--shop', publicShop, '--limit', '3', '--policy', 'fit'],
    ['--shop', publicShop, '--rules', '{"priceMin":900000000}'],
    ['--shop', publicShop, '--rules', '{"text":"tea"}'],
  ]) {
    const [expected, found] = both('rank', shards, ...args);
    assert.ok(found.length > 40);
    assert.equal(found, expected);
  }
});

test('the table of a sales file is the same bytes', () => {
  const args = ['rank', shards, '--sales', inFolder('sales.csv')];
  const [expected, found] = [ofNative(...args), ofNpm(...args)];
  assert.equal(found.stdout, expected.stdout);
  assert.match(found.stdout, /is first because the shop sells/);
  assert.equal(
    found.stderr,
    'line 6: "unknown" unmatched\n' +
      'line 7: "G0000011" invalid quantity: expected a number above 0, found "none"\n',
  );
});

test('the JSON of one shop says the same', () => {
  for (const who of [['--shop', publicShop], ['--sales', inFolder('sales.csv')]]) {
    const args = ['rank', shards, ...who, '--limit', '7', '--json'];
    const [expected, found] = [ofNative(...args), ofNpm(...args)].map(({ stdout }) => JSON.parse(stdout));
    const { catalog, ...rest } = found;
    assert.deepEqual(rest, { candidates: expected.candidates, known: expected.known, ranking: expected.ranking });
    if (expected.catalog) assert.deepEqual(catalog, expected.catalog);
    assert.equal(catalog.goods, 500);
    assert.equal(rest.ranking.length, 7);
  }
});

test('the two take the same arguments', () => {
  const [expected, found] = both('rank', '--help');
  assert.equal(found, expected);
});

test('arguments that make no sense exit with 2 and print the usage', () => {
  const files = ['--profiles', events, '--queries', truth];
  for (const [args, message] of [
    [['rank'], '<SHARDS> is missing'],
    [['rank', shards], 'one of --shop, --sales and --queries is required'],
    [['rank', shards, 'more', '--shop', 'a'], "unexpected argument 'more'"],
    [['rank', shards, '--shop', 'a', '--sales', 'b'], '--shop cannot be used with --sales'],
    [['rank', shards, '--shop', 'a', ...files], '--shop cannot be used with --queries'],
    [['rank', shards, '--queries', truth], '--queries requires --profiles'],
    [['rank', shards, '--shop', 'a', '--limit', 'x'], "invalid value 'x' for --limit: expected a whole number"],
    [['rank', shards, '--shop', 'a', '--limit', '1.5'], "invalid value '1.5' for --limit: expected a whole number"],
  ]) {
    const { status, stderr, stdout } = ofNpm(...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.ok(stderr.startsWith(`error: ${message}\n\nRank goods for one shop`), stderr);
    assert.equal(ofNative(...args).status, 2, `native: ${args.join(' ')}`);
  }
  const alone = ofNpm('rank', shards, '--shop', 'a', '--profiles', events);
  assert.equal(alone.status, 2);
  assert.match(alone.stderr, /^error: --profiles requires --queries\n/);
  const unknown = ofNpm('rank', shards, '--shop', 'a', '--top', '5');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /^error: Unknown option '--top'/);
});

test('a subcommand that is not here says where it is', () => {
  const build = ofNpm('build', catalog);
  assert.equal(build.status, 2);
  assert.match(
    build.stderr,
    /^error: 'build' is a subcommand of the native goodsrank; the npm package carries 'rank'\n/,
  );
  assert.match(ofNpm('rnak').stderr, /^error: unrecognized subcommand 'rnak'\n/);
  assert.match(ofNpm().stderr, /^error: a subcommand is missing\n/);
  const help = ofNpm('--help');
  assert.equal(help.status, 0);
  assert.match(help.stdout, /Usage: goodsrank rank/);
});

test('failures exit with 1, say which file and leave nothing behind', () => {
  const out = join(folder, 'failed/out.csv');
  const bad = inFolder('bad.csv');
  writeFileSync(bad, 'at,shop_id,good_id\nsoon,a,b\n');
  const rest = ['--out', out];
  for (const [args, message] of [
    [
      ['rank', '/nowhere', '--shop', 'a'],
      "cannot read /nowhere: ENOENT: no such file or directory, stat '/nowhere'",
    ],
    [
      ['rank', shards, '--profiles', bad, '--queries', truth],
      `${bad}: bad CSV: line 2, column at: expected UTC seconds or a date such as 2026-06-30, found "soon"`,
    ],
    [
      ['rank', shards, '--profiles', events, '--queries', events],
      `${events}: bad CSV: line 1, the header: expected shop_id as the first column, found at`,
    ],
    [
      ['rank', shards, '--shop', 'nobody'],
      'unknown shop "nobody": it is not among the shard\'s public shops; give its sales instead, or ' +
        'build with --publish-shops',
    ],
    [
      ['rank', shards, '--shop', publicShop, '--limit', '0'],
      'bad query: limit: expected a whole number from 1 to 10000, found 0',
    ],
    [
      ['rank', shards, '--shop', publicShop, '--policy', 'profit'],
      'bad query: policy: expected balanced, fit or an object of weights, found "profit"',
    ],
  ]) {
    const { status, stderr } = ofNpm(...args, ...rest);
    assert.equal(stderr, `error: ${message}\n`);
    assert.equal(status, 1);
    assert.equal(ofNative(...args, ...rest).status, 1, `native: ${args.join(' ')}`);
  }
  assert.match(ofNpm('rank', shards, '--shop', publicShop, '--rules', '{').stderr, /^error: bad query: rules: /);
  assert.match(
    ofNpm('rank', shards, '--shop', publicShop, '--rules', '{"pricemax":1}').stderr,
    /^error: bad query: rules: .* found the field pricemax\n$/,
  );
  assert.deepEqual(readdirSync(folder).filter((name) => name.includes('partial') || name === 'failed'), []);
});

test('who stops reading gets no complaint', async () => {
  const args = [npm, 'rank', shards, '--profiles', events, '--queries', truth, '--limit', '10000'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += text));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on('exit', resolve));
  assert.deepEqual([status, stderr], [0, '']);
});

test('it runs from a folder that is not the package’s', () => {
  const { status, stdout } = spawnSync(npm, ['rank', 'pkg/../target', '--shop', 'a'], { cwd: root });
  assert.equal(status, 1);
  assert.equal(String(stdout), '');
});
