import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';

import { GoodsRank, Ranking, SalesMatch } from '../../pkg/node.js';
import { fixture } from './fixture.mjs';
import { SALES, answers, queries } from './queries.mjs';

const { bytes, manifest, shard, shards, everyShop } = fixture();
const catalog = await GoodsRank.open(bytes);
const { info } = catalog;
const shop = info.shops[0].id;

const TERMS = [
  ...['fit', 'temperature', 'priceFit', 'trend', 'margin', 'priceAdvantage', 'rivals', 'moq'],
  ...['leadTime', 'reviews', 'returns', 'fillRate', 'risk', 'selection', 'spread', 'season'],
];

test('a shard is opened from wherever it is', async () => {
  const expected = answers(catalog);
  const sources = [bytes.slice().buffer, shard, manifest, pathToFileURL(shard), pathToFileURL(manifest).href];
  for (const source of sources) {
    const other = await GoodsRank.open(source);
    assert.equal(answers(other), expected);
    other.close();
  }
});

test('a catalog says what it is', () => {
  const { model, goods } = JSON.parse(readFileSync(manifest, 'utf8'));
  assert.equal(info.goods, goods);
  assert.equal(info.goods, 500);
  assert.equal(info.currency, 'CNY');
  assert.equal(info.exponent, 2);
  assert.equal(info.tRef, model.t_ref);
  assert.equal(info.minShops, 5);
  assert.equal(info.publishable, true);
  assert.equal(info.searchable, true);
  assert.match(info.kernel, /^(hybrid λ=[\d.]+|linear)$/);
  assert.ok(info.categories.includes('baby/nappies'));
  assert.deepEqual(Object.keys(info.suppliers[0]), ['id', 'name']);
  assert.ok(info.shops.length > 0);
  for (const [rows, heat] of [
    [info.categories, info.categoryHeat],
    [info.shops, info.shopHeat],
  ]) {
    assert.equal(heat.length, rows.length);
    const known = heat.filter((row) => row !== null);
    assert.ok(known.length > 0);
    const trends = ['heating', 'cooling', 'steady'];
    assert.ok(known.every((row) => Number.isFinite(row.temperature) && trends.includes(row.trend)));
  }
  const { spread } = catalog.good('G0000001');
  assert.ok(spread >= 1 && spread < 255);
  assert.equal(catalog.info, info, 'made once');
});

test('columns are copies whose terms add up to the scores', () => {
  for (const query of queries(info)) {
    const { goods, scores, terms, length } = catalog.rank(query);
    // What is drawn stands where the draw put it.
    const drawn = (query.diversity?.explore ?? 0) > 0;
    assert.ok(goods instanceof Uint32Array && goods.length === length);
    assert.ok(scores instanceof Float64Array && scores.length === length);
    assert.deepEqual(Object.keys(terms), TERMS);
    for (const term of Object.values(terms)) {
      assert.ok(term instanceof Int32Array && term.length === length);
    }
    for (let i = 0; i < length; i++) {
      const sum = Object.values(terms).reduce((sum, term) => sum + term[i], 0);
      assert.equal(scores[i], sum);
      assert.ok(drawn || i === 0 || scores[i - 1] >= scores[i], 'best first');
    }
  }
});

test('rows are the columns with what the catalog says of a good', () => {
  const ranking = catalog.rank({ shop, limit: 30 });
  const rows = [...ranking];
  assert.equal(rows.length, 30);
  rows.forEach((row, i) => {
    assert.equal(row.rank, i + 1);
    assert.equal(row.score, ranking.scores[i]);
    assert.equal(row.terms.fit, ranking.terms.fit[i]);
    const { rank, score, terms, unknown, risks, behind, probability, because, ...good } = row;
    assert.deepEqual(catalog.good(row.id), { ...good, withdrawn: false });
    const shares = because.map((b) => Math.abs(b.share));
    assert.ok(because.length <= 5 && shares.every((share, k) => k === 0 || share <= shares[k - 1]));
  });
  assert.deepEqual(Object.keys(rows[0]), [
    ...['rank', 'id', 'titles', 'price', 'category', 'supplier', 'moq', 'leadTimeDays'],
    ...['spread', 'details'],
    ...['score', 'terms', 'unknown', 'risks', 'behind', 'probability', 'because'],
  ]);
  assert.equal(typeof rows[0].titles.title, 'string');
  assert.deepEqual(Object.keys(rows[0].terms), TERMS);
});

test('a policy is its weights by name', () => {
  const profit = catalog.rank({ shop, policy: 'profit', limit: 500 });
  const weights = catalog.rank({ shop, policy: { fit: 1, margin: 0.5 }, limit: 500 });
  assert.deepEqual(profit.goods, weights.goods);
  assert.deepEqual(profit.terms, weights.terms);
});

test('plain ranks the same goods first for every shop', () => {
  const rules = { includeSold: true };
  const forAll = catalog.rank({ policy: 'plain', rules });
  assert.deepEqual(catalog.rank({ shop, policy: 'plain', rules }).goods, forAll.goods);
});

test('a term that is unknown is 0, and one that is not weighed is not unknown', () => {
  const ranking = catalog.rank({ shop, limit: 500 });
  for (const { terms, unknown } of ranking) {
    for (const term of unknown) assert.equal(terms[term], 0, term);
  }
  for (const { terms, unknown } of catalog.rank({ shop, policy: 'fit' })) {
    assert.deepEqual(unknown, []);
    for (const term of TERMS.slice(1)) assert.equal(terms[term], 0, term);
  }
});

test('a risk takes from the score what its policy says', () => {
  const ranking = catalog.rank({ shop, limit: 500 });
  const severity = { brand: 1500, outOfStock: 1000, returns: 400, priceOutlier: 300 };
  Object.assign(severity, { cooling: 200, thinEvidence: 200, singleSource: 100 });
  const rows = [...ranking];
  assert.ok(rows.some(({ risks }) => risks.length > 0));
  for (const { risks, terms } of rows) {
    assert.equal(terms.risk, risks.reduce((sum, risk) => sum - 500 * severity[risk], 0));
  }
});

test('of a kind no more are shown than asked for', () => {
  const most = (rows, key) => {
    const counts = new Map();
    const known = rows.map(key).filter((kind) => kind !== undefined && kind !== null);
    for (const kind of known) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return Math.max(...counts.values());
  };
  const all = catalog.rank({ shop, limit: 500 });
  const some = [...catalog.rank({ shop, limit: 30, diversity: { perCategory: 2, perSupplier: 1 } })];
  assert.ok(most([...all], ({ category }) => category) > 2);
  assert.equal(most(some, ({ category }) => category), 2);
  assert.equal(most(some, ({ supplier }) => supplier?.id), 1);
  assert.ok(some.every(({ behind, probability }) => behind.length === 0 && probability === 1));
  assert.deepEqual([all.behind, all.probabilities], [[], new Float64Array()]);
});

test('feedback moves the policy, leaves goods out, and undone was never said', () => {
  const before = catalog.rank({ shop, limit: 500 });
  const [first, second, third] = [...before].map(({ id }) => id);
  const feedback = [
    { good: first, action: 'notForMe', reason: 'returns' },
    { good: second, action: 'listed' },
    { good: third, action: 'saved' },
  ];
  const heard = catalog.rank({ shop, feedback, limit: 500 });
  const ids = new Set([...heard].map(({ id }) => id));
  assert.deepEqual([first, second, third].map((id) => ids.has(id)), [false, false, true]);
  assert.equal(heard.known, before.known + 1, 'what is listed speaks for others');
  assert.equal(before.policy.fit, 1);
  assert.deepEqual(Object.keys(before.policy), TERMS);
  assert.notDeepEqual(heard.policy, before.policy);
  assert.equal(heard.policy.fit, 1);
  const csv = `good_id,action,reason\n${feedback.map((f) => `${f.good},${f.action},${f.reason ?? ''}\n`).join('')}`;
  const read = catalog.rank({ shop, feedback: csv, limit: 500 });
  assert.deepEqual([read.scores, read.policy], [heard.scores, heard.policy]);
  const undone = catalog.rank({ shop, feedback: [], limit: 500 });
  assert.deepEqual([undone.goods, undone.scores], [before.goods, before.scores]);
  const odd = [{ good: '"a,\n', action: 'listed' }];
  assert.deepEqual(catalog.rank({ shop, feedback: odd, limit: 500 }).scores, before.scores);
});

test('reasons are those of the core', () => {
  const core = readFileSync(new URL('../../src/feedback.rs', import.meta.url), 'utf8');
  const [, list] = core.match(/reasons! \{\n([\s\S]*?)\n\}/);
  const names = [...list.matchAll(/= "(\w+)"/g)].map(([, name]) => name);
  assert.equal(names.length, 10);
  for (const reason of names) {
    const good = 'G0000001';
    assert.ok(catalog.rank({ feedback: [{ good, action: 'notForMe', reason }] }).length > 0);
  }
});

test('a channel changes margin and nothing else', () => {
  const [own, live] = ['own', 'live'].map((channel) => {
    return catalog.rank({ shop, channel, policy: 'niche', rules: { only: ['G0000001'] } }).terms;
  });
  for (const term of TERMS) {
    if (term !== 'margin') assert.deepEqual(own[term], live[term], term);
  }
  const named = catalog.rank({ channel: 'own' });
  const spelled = catalog.rank({ channel: { markup: 1, payment: 0.03 } });
  assert.deepEqual(named.scores, spelled.scores, 'a cost left out is that of own');
});

test('an empty query ranks for a shop that sells nothing yet', () => {
  const ranking = catalog.rank();
  assert.equal(ranking.length, 20);
  assert.equal(ranking.known, 0);
  assert.equal(ranking.candidates, 500);
  assert.deepEqual(ranking.row(0).because, []);
  assert.ok(ranking.row(0).unknown.includes('fit'));
  assert.deepEqual(catalog.rank({ shop: [], rules: undefined, limit: null }).goods, ranking.goods);
});

test('goods of a shop that the catalog does not know are counted out, not refused', () => {
  const sales = [{ good: 'G0000003' }, { good: 'nobody-has-this' }, { good: 'G0000003', quantity: 2 }];
  const ranking = catalog.rank({ shop: sales });
  assert.equal(ranking.known, 1);
  assert.equal(ranking.candidates, 499, 'what is sold already is left out');
});

test('a ranking is as long as its limit and its candidates allow', () => {
  assert.equal(catalog.rank({ limit: 1 }).length, 1);
  assert.equal(catalog.rank({ limit: 10_000 }).length, 500);
  assert.equal(catalog.rank({ rules: { only: [] } }).length, 0);
  assert.deepEqual([...catalog.rank({ rules: { only: [] } })], []);
});

test('rules hold', () => {
  const rows = (rules) => [...catalog.rank({ rules, limit: 500 })];
  const cheap = rows({ priceMin: 2000, priceMax: 5000 });
  assert.ok(cheap.length > 0 && cheap.every(({ price }) => price >= 2000 && price <= 5000));
  const baby = rows({ categories: ['baby'] });
  assert.ok(baby.length > 0 && baby.every(({ category }) => category.startsWith('baby/')));
  const { id } = info.suppliers[0];
  assert.ok(rows({ suppliers: [id] }).every(({ supplier }) => supplier.id === id));
  const tea = rows({ text: 'TEA' });
  assert.ok(tea.length > 0 && tea.every(({ titles }) => /\btea/i.test(Object.values(titles).join(' '))));
  const only = rows({ only: ['G0000004', 'G0000001', 'none'] }).map((row) => row.id);
  assert.deepEqual(only.sort(), ['G0000001', 'G0000004']);
  assert.ok(rows({ notCategories: ['baby'] }).every(({ category }) => !category?.startsWith('baby/')));
  assert.equal(rows({ notCategories: ['baby'] }).length, 500 - baby.length);
  const [brand] = catalog.info.brands;
  const branded = rows({ brands: [brand] });
  assert.ok(branded.length > 0 && branded.every(({ details }) => details.brand === brand));
  assert.ok(rows({ notBrands: [brand] }).every(({ details }) => details.brand !== brand));
  assert.deepEqual(catalog.info.destinations, ['CN', 'HK', 'MO', 'SG', 'US']);
  assert.ok(rows({ shipsTo: 'MO' }).every(({ details }) => details.ships_to === 'CN HK MO'));
  assert.ok(rows({ notSuppliers: [id] }).every(({ supplier }) => supplier?.id !== id));
  const few = rows({ moqMax: 10, leadTimeMax: 7 });
  assert.ok(few.length > 0 && few.every(({ moq, leadTimeDays }) => moq <= 10 && leadTimeDays <= 7));
  const risky = rows({}).filter(({ risks }) => risks.includes('cooling'));
  const steady = rows({ withoutRisks: ['cooling'] });
  assert.equal(steady.length, 500 - risky.length);
  assert.ok(risky.length > 0 && steady.every(({ risks }) => !risks.includes('cooling')));
});

test('a ranking says what each rule took out, and an empty one which to give up', () => {
  const left = (rules) => catalog.rank({ rules }).candidates;
  const found = catalog.rank({ rules: { categories: ['baby'], priceMin: 900, priceMax: 5000 } });
  assert.deepEqual(found.removed, [
    { rule: 'categories', goods: 500 - left({ categories: ['baby'] }) },
    { rule: 'price', goods: 500 - left({ priceMin: 900, priceMax: 5000 }) },
  ]);
  assert.equal(found.relax, null);
  assert.deepEqual(catalog.rank().removed, []);
  const none = catalog.rank({ rules: { text: 'qqqq', categories: ['baby'] } });
  assert.deepEqual(none.relax, { rule: 'text', goods: left({ categories: ['baby'] }) });
  const neither = catalog.rank({ rules: { text: 'qqqq', only: [] } });
  assert.equal(neither.relax, null, 'no rule helps by itself');
});

test('shops for a good are the public ones that do not have it, best first', async () => {
  const other = await GoodsRank.open(join(everyShop, 'manifest.json'));
  const names = new Map(other.info.shops.map(({ id, name }) => [id, name]));
  assert.equal(names.size, 60);
  const good = 'G0000003';
  const all = other.shopsFor(good, { limit: 10_000 });
  assert.ok(all.length > 20 && all.length < 60);
  all.forEach((shop, i) => {
    assert.deepEqual(Object.keys(shop), ['rank', 'id', 'name', 'score']);
    assert.equal(shop.rank, i + 1);
    assert.equal(shop.name, names.get(shop.id));
    assert.ok(Number.isInteger(shop.score) && shop.score < 0, 'the logarithm of a probability');
    assert.ok(i === 0 || shop.score <= all[i - 1].score);
  });
  const rules = { only: [good] };
  const lacking = [...names.keys()].filter((shop) => other.rank({ shop, rules }).length === 1);
  assert.deepEqual(all.map(({ id }) => id).sort(), lacking);
  assert.deepEqual(other.shopsFor(good), all.slice(0, 20));
  assert.deepEqual(other.shopsFor(good, { limit: undefined }), all.slice(0, 20));
  assert.deepEqual(other.shopsFor(good, { limit: 1 }), all.slice(0, 1));
  other.close();
  assert.throws(() => other.shopsFor(good), { code: 'closed' });
});

test('a sales file is matched, mended and ranked', () => {
  const match = catalog.matchSales(SALES);
  assert.ok(match instanceof SalesMatch);
  assert.equal(match.rows, 6);
  assert.deepEqual(match.matched, { id: 1, gtin: 1, sku: 1, title: 1 });
  assert.equal(match.unmatchedTotal, 2);
  assert.deepEqual(match.unmatched, [
    { line: 6, label: 'unknown', status: 'unmatched', candidates: [], reason: '' },
    {
      ...{ line: 7, label: 'G0000011', status: 'invalid', candidates: [] },
      reason: 'quantity: expected a number above 0, found "none"',
    },
  ]);
  const before = match.goods;
  match.assign(6, 'G0000020');
  assert.equal(match.goods, before + 1);
  assert.equal(match.unmatchedTotal, 1);
  const ranking = catalog.rank({ shop: match, limit: 10 });
  assert.equal(ranking.known, match.goods);
  assert.ok(ranking.row(0).because.length > 0);
  assert.deepEqual(catalog.matchSales(new TextEncoder().encode(SALES)).matched, match.matched);
});

test('of many unmatched rows the first thousand are named', () => {
  const match = catalog.matchSales(`good_id\n${'nobody\n'.repeat(1500)}`);
  assert.equal(match.unmatched.length, 1000);
  assert.equal(match.unmatchedTotal, 1500);
});

test('a sales file of several megabytes is read in pieces', () => {
  const line = `${'x'.repeat(90)}茶,G0000001\n`;
  const match = catalog.matchSales(`note,good_id\n${line.repeat(40_000)}`);
  assert.deepEqual([match.rows, match.matched.id, match.goods], [40_000, 40_000, 1]);
});

test('what was asked before changes nothing', () => {
  const expected = answers(catalog);
  catalog.rank({ shop, policy: { fit: 100 }, limit: 10_000 });
  assert.equal(answers(catalog), expected);
});

test('columns outlive their catalog, rows do not', async () => {
  const other = await GoodsRank.open(bytes);
  const ranking = other.rank({ shop });
  const [goods] = [[...ranking.goods]];
  const match = other.matchSales('good_id\nG0000001\n');
  other.close();
  other.close();
  assert.deepEqual([...ranking.goods], goods);
  assert.equal(match.rows, 1);
  const closed = { name: 'GoodsRankError', code: 'closed' };
  const calls = [
    ...[() => other.rank(), () => other.info, () => other.good('G0000001'), () => other.matchSales('')],
    ...[() => ranking.row(0), () => match.assign(2, 'G0000001')],
  ];
  for (const call of calls) assert.throws(call, closed);
});

test('what `using` calls closes', async () => {
  const other = await GoodsRank.open(bytes);
  const match = other.matchSales('good_id\nG0000001\n');
  match[Symbol.dispose]();
  assert.throws(() => other.rank({ shop: match }), {
    code: 'closed',
    message: 'closed: the sales file cannot be used: it was closed; open it again',
  });
  other[Symbol.dispose]();
  assert.throws(() => other.rank(), {
    code: 'closed',
    message: 'closed: the catalog cannot be used: it was closed; open it again',
  });
});

test('a runtime without Symbol.dispose gets the symbol that polyfills agree on', () => {
  const source = readFileSync(new URL('../../pkg/lib/dispose.js', import.meta.url), 'utf8');
  const code = `globalThis.Symbol = { for: Symbol.for }; ${source.replace('export ', '')}; dispose`;
  assert.equal(runInNewContext(code), Symbol.for('Symbol.dispose'));
});

test('closing gives memory back', async () => {
  const memoryAfter = async (times) => {
    for (let i = 0; i < times; i++) (await GoodsRank.open(bytes)).close();
    return process.memoryUsage().external;
  };
  const grown = -(await memoryAfter(5)) + (await memoryAfter(100));
  assert.ok(grown < 20 * bytes.length, `${grown} bytes kept of 100 catalogs`);
});

test('classes are exported for instanceof, not for new', () => {
  assert.ok(catalog instanceof GoodsRank && catalog.rank() instanceof Ranking);
  assert.throws(() => new GoodsRank(), {
    code: 'bad_query',
    message: 'bad query: GoodsRank: expected GoodsRank.open(), found new GoodsRank()',
  });
});
