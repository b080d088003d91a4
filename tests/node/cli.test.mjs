// `npx goodsrank rank` beside the native command: the same arguments, the same
// bytes.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture, native, npm, root } from './fixture.mjs';
import { SALES } from './queries.mjs';

const { catalog, shards, shard, everyShop, noShop } = fixture();
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

const goods = readFileSync(join(catalog, 'goods.csv'), 'utf8').split('\n').slice(1, 101);
const goodIds = goods.map((line) => line.split(',')[0]);

writeFileSync(inFolder('sales.csv'), SALES);
writeFileSync(inFolder('goods.csv'), `good_id,note\n${goodIds.map((id) => `${id},any\n`).join('')}`);
writeFileSync(inFolder('no-goods.csv'), 'good_id\n');

test('rankings of many shops are the same bytes', () => {
  const rules = JSON.stringify({ categories: ['baby', 'food'], priceMax: 20_000, includeSold: true });
  for (const args of [
    [],
    ['--policy', 'fit'],
    ['--limit', '1'],
    ['--policy', 'fit', '--limit', '10000'],
    ['--policy', 'profit', '--channel', 'live'],
    ['--policy', '{"fit":1,"trend":0.5,"risk":1}'],
    ['--channel', '{"markup":0.6,"shipping":500}'],
    ['--rules', rules],
    ['--policy', '1688', '--diversity', '{"perSupplier":2,"explore":0.1,"seed":3}'],
    ['--rules', '{"notCategories":["baby"],"moqMax":24,"withoutRisks":["cooling"]}'],
  ]) {
    const files = ['--profiles', events, '--queries', truth];
    const [expected, found] = both('rank', shards, ...files, ...args);
    assert.ok(found.startsWith('query_id,rank,item_id,score\n'));
    assert.ok(found.length > 1000);
    assert.ok(found === expected, args.join(' '));
  }
});

test('rankings of shops for many goods are the same bytes', () => {
  for (const args of [[], ['--limit', '1'], ['--limit', '10000', '--policy', 'fit']]) {
    const [expected, found] = both('rank', everyShop, '--queries', inFolder('goods.csv'), ...args);
    const [header, first, ...rest] = found.trimEnd().split('\n');
    assert.equal(header, 'query_id,rank,item_id,score');
    assert.match(first, /^G0000001,1,S\d{7},-\d\.\d{6}$/);
    assert.ok(rest.length + 1 >= goodIds.length);
    assert.ok(found === expected, args.join(' '));
  }
  const [expected, found] = both('rank', everyShop, '--queries', inFolder('no-goods.csv'));
  assert.deepEqual([expected, found], ['query_id,rank,item_id,score\n', 'query_id,rank,item_id,score\n']);
});

test('rankings of shops for many goods need no profiles, and say so', () => {
  const out = inFolder('for-goods.csv');
  const args = ['rank', everyShop, '--queries', inFolder('goods.csv'), '--profiles', events];
  const [expected, found] = both(...args, '--json', '--out', out);
  assert.equal(found, expected);
  assert.equal(found, '{"queries":100,"skipped":[0,0,0]}\n');
  const { stdout, stderr } = ofNpm(...args);
  assert.equal(stderr, "--profiles is not used: goods are ranked by the shard's public shops\n");
  assert.equal(stdout, readFileSync(out, 'utf8'));
});

test('shops for one good are the same bytes', () => {
  for (const args of [[], ['--limit', '3'], ['--json'], ['--json', '--limit', '1']]) {
    const [expected, found] = both('rank', everyShop, '--good', goodIds[0], ...args);
    assert.ok(found.length > 40);
    assert.equal(found, expected);
  }
  const { good, ranking } = JSON.parse(ofNpm('rank', everyShop, '--good', goodIds[0], '--json').stdout);
  assert.equal(good, goodIds[0]);
  assert.deepEqual(Object.keys(ranking[0]), ['rank', 'id', 'name', 'score']);
});

test('an allow-list leaves its goods, for one shop and for many', () => {
  const only = ['--only', inFolder('goods.csv')];
  const files = ['--profiles', events, '--queries', truth];
  for (const [who, column] of [[['--shop', publicShop], 1], [files, 2]]) {
    const args = ['rank', everyShop, ...who, '--limit', '10000'];
    const [expected, found] = both(...args, ...only, '--rules', '{"only":["none"],"includeSold":true}');
    assert.equal(found, expected);
    const rows = found.split('\n').map((line) => line.split(/,| +/).filter(Boolean));
    const ids = new Set(rows.map((row) => row[column]).filter((id) => /^G\d{7}$/.test(id)));
    assert.deepEqual([...ids].sort(), goodIds);
    const [none, nothing] = both(...args, '--only', inFolder('no-goods.csv'));
    assert.equal(nothing, none);
    assert.doesNotMatch(nothing, /G\d{7}/);
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
    ['--shop', publicShop, '--policy', 'newcomer', '--channel', 'marketplace'],
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
    assert.deepEqual(Object.keys(rest), ['policy', 'candidates', 'known', 'removed', 'relax', 'ranking']);
    assert.deepEqual(found, expected);
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
    [['rank', shards], 'one of --shop, --sales, --good and --queries is required'],
    [['rank', shards, 'more', '--shop', 'a'], "unexpected argument 'more'"],
    [['rank', shards, '--shop', 'a', '--sales', 'b'], '--shop cannot be used with --sales'],
    [['rank', shards, '--shop', 'a', ...files], '--shop cannot be used with --queries'],
    [['rank', shards, '--good', 'a', '--queries', truth], '--good cannot be used with --queries'],
    [['rank', shards, '--shop', 'a', '--good', 'b'], '--shop cannot be used with --good'],
    [['rank', shards, '--good', 'a', '--only', truth], '--good cannot be used with --only'],
    [['rank', shards, '--good', 'a', '--feedback', truth], '--good cannot be used with --feedback'],
    [['rank', shards, ...files, '--feedback', truth], '--queries cannot be used with --feedback'],
    [['rank', shards, '--shop', 'a', '--limit', 'x'], "invalid value 'x' for --limit: expected a whole number"],
    [['rank', shards, '--shop', 'a', '--limit', '1.5'], "invalid value '1.5' for --limit: expected a whole number"],
  ]) {
    const { status, stderr, stdout } = ofNpm(...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.ok(stderr.startsWith(`error: ${message}\n\nRank goods for a shop, shops for a good`), stderr);
    assert.equal(ofNative(...args).status, 2, `native: ${args.join(' ')}`);
  }
  const alone = ofNpm('rank', shards, '--shop', 'a', '--profiles', events);
  assert.equal(alone.status, 2);
  assert.match(alone.stderr, /^error: --profiles requires --queries\n/);
  const unknown = ofNpm('rank', shards, '--shop', 'a', '--top', '5');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /^error: Unknown option '--top'/);
});

test('feedback of a file moves the policy, and what is wrong with it names its line', () => {
  const said = inFolder('feedback.csv');
  const [refused, listed] = goodIds;
  writeFileSync(said, `good_id,title,action,reason\n${refused},"a, b",notForMe,moq\n${listed},,listed,\n`);
  for (const who of [['--shop', publicShop], ['--sales', inFolder('sales.csv')]]) {
    const args = ['rank', shards, ...who, '--limit', '10000', '--feedback', said];
    const [expected, found] = [ofNative(...args), ofNpm(...args)];
    assert.equal(found.stdout, expected.stdout);
    assert.ok(!found.stdout.includes(refused) && !found.stdout.includes(` ${listed} `));
    const [json, same] = [ofNative(...args, '--json'), ofNpm(...args, '--json')].map((r) => JSON.parse(r.stdout));
    assert.deepEqual(same, json);
    assert.notEqual(json.policy.moq, 0.1);
    assert.deepEqual(json.removed[0], { rule: 'exclude', goods: 2 });
  }
  writeFileSync(said, `good_id,action\n${refused},saved\n${listed},bought\n`);
  const [, found] = both('rank', shards, '--shop', publicShop, '--feedback', said);
  assert.equal(found, '');
  assert.equal(
    ofNpm('rank', shards, '--shop', publicShop, '--feedback', said).stderr,
    `error: ${said}: bad CSV: line 3, column action: expected listed, saved or notForMe, found "bought"\n`,
  );
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

test('queries of goods fail in the same words', () => {
  const noShops =
    'bad query: good: expected a shard with public shops, as build --publish-shops makes, found none';
  for (const [args, message] of [
    [[shards, '--good', 'none'], 'unknown good "none": the shard has no good of this id'],
    [
      [shards, '--good', goodIds[0], '--limit', '0'],
      'bad query: limit: expected a whole number from 1 to 10000, found 0',
    ],
    [[noShop, '--good', goodIds[0]], noShops],
    [[noShop, '--queries', inFolder('goods.csv')], noShops],
    [
      [shards, '--queries', truth],
      "bad query: --profiles: expected a CSV of events that the queries' shops are ranked from, found none",
    ],
    [
      [shards, '--shop', publicShop, '--only', truth],
      `${truth}: bad CSV: line 1, the header: expected good_id as the first column, found shop_id`,
    ],
    [
      [shards, '--queries', inFolder('sales.csv'), '--profiles', events],
      `${inFolder('sales.csv')}: bad CSV: line 3, column good_id: expected an id, found ""`,
    ],
  ]) {
    for (const ranked of [ofNative('rank', ...args), ofNpm('rank', ...args)]) {
      assert.deepEqual([ranked.status, ranked.stderr], [1, `error: ${message}\n`]);
    }
  }
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
      `${events}: bad CSV: line 1, the header: expected shop_id or good_id as the first column, found at`,
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
      ['rank', shards, '--shop', publicShop, '--policy', 'cheap'],
      'bad query: policy: expected balanced, profit, trend, niche, newcomer, plain, 1688, fit or an object of ' +
        'weights by term, found "cheap"',
    ],
    [
      ['rank', shards, '--shop', publicShop, '--channel', 'street'],
      'bad query: channel: expected own, marketplace, live or an object with the fields markup, ' +
        'commission, payment, landing, shipping, insurance and returnCost at most, found "street"',
    ],
  ]) {
    const { status, stderr } = ofNpm(...args, ...rest);
    assert.equal(stderr, `error: ${message}\n`);
    assert.equal(status, 1);
    assert.equal(ofNative(...args, ...rest).status, 1, `native: ${args.join(' ')}`);
  }
  const ofRules = (rules) => ofNpm('rank', shards, '--shop', publicShop, '--rules', rules).stderr;
  assert.match(ofRules('{'), /^error: bad query: rules: expected a JSON object of rules, found /);
  assert.equal(ofRules('5'), 'error: bad query: rules: expected a JSON object of rules, found 5\n');
  assert.equal(ofRules('null'), 'error: bad query: rules: expected a JSON object of rules, found null\n');
  assert.match(ofRules('{"pricemax":1}'), /^error: bad query: rules: .* found the field pricemax\n$/);
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

test('what would move a good up is the same in JavaScript', async () => {
  const catalog = await GoodsRank.open(new Uint8Array(readFileSync(shard)));
  const query = { shop: publicShop, policy: 'profit', rules: { moqMax: 50 }, limit: 5 };
  const rules = JSON.stringify(query.rules);
  const args = ['--shop', publicShop, '--policy', 'profit', '--rules', rules, '--limit', '5', '--json'];
  const levers = new Set();
  for (const good of goodIds.slice(0, 40)) {
    const { stdout } = ofNative('what-if', shards, '--good', good, ...args);
    const expected = JSON.parse(stdout);
    assert.deepEqual(catalog.whatIf(good, query), expected, good);
    for (const { lever } of expected.moves) levers.add(lever);
  }
  assert.ok(levers.has('price'));
  assert.throws(() => catalog.whatIf('G9'), { code: 'unknown_good' });
  assert.throws(() => catalog.whatIf(5), { code: 'bad_query' });
  catalog.close();
});
