// Queries whose answers must be the same bytes in every runtime, and those
// bytes. Plain JavaScript without imports: the browser test loads it too.

/** The first shop and first categories of the catalog's own lists. */
export function queries(info) {
  const shop = info.shops[0].id;
  const [category] = info.categories;
  const [supplier] = info.suppliers;
  return [
    {},
    { shop },
    { shop, policy: 'fit', limit: 50 },
    { shop, policy: { temperature: 1 }, limit: 50 },
    { shop, policy: { fit: 0.1, temperature: 0.7, priceFit: 3.3 }, limit: 10_000 },
    ...['profit', 'trend', 'niche', 'newcomer', 'plain', '1688'].map((policy) => ({ shop, policy })),
    { shop, policy: 'profit', channel: 'live' },
    { policy: { margin: 1, risk: 0.3 }, channel: { markup: 0.4, shipping: 300, returnCost: 900 }, limit: 50 },
    { shop, rules: { categories: [category], includeSold: true } },
    { shop, rules: { suppliers: [supplier.id], priceMin: 1000, priceMax: 20_000 } },
    { shop, rules: { text: '装' } },
    { shop, rules: { notCategories: [category], notSuppliers: [supplier.id], moqMax: 24, leadTimeMax: 10 } },
    { shop, channel: 'marketplace', rules: { marginMin: 0.3, withoutRisks: ['cooling', 'singleSource'] } },
    { shop, rules: { inStock: true, reviewsMin: 10, newWithinDays: 400, priceMax: 90_000 } },
    { shop, rules: { text: 'qqqq', priceMax: 5000 } },
    { shop, diversity: { perCategory: 2, perSupplier: 1, collapse: true, explore: 0.2, seed: 7 } },
    {
      shop,
      rules: { exclude: ['G0000001'] },
      feedback: [
        { good: 'G0000004', action: 'notForMe', reason: 'returns' },
        { good: 'G0000005', action: 'listed' },
        { good: 'G0000006', action: 'saved' },
      ],
    },
    { shop: [{ good: 'G0000003', quantity: 4, at: info.tRef - 86_400 * 40, kind: 'list' }, { good: 'G0000007' }] },
  ];
}

/** A sales file that is matched in every way, and not at all. */
export const SALES = [
  'good_id,gtin,sku,supplier_id,title,quantity,date,category,price_minor',
  'G0000009,,,,,3,2026-05-01,,',
  ',2000160000009,,,,1,,,',
  ',,NAP-0001,P00007,,2,,,',
  ',,,,Gentle face lotion 80 ml gift box,1,,,',
  'unknown,,,,,1,,care/skincare,9900',
  'G0000011,,,,,none,,,',
].join('\n');

/** Orders and customers with whatever may be in them: a hot user, a silent one, a refused row. */
const ORDERS = [
  'Name,Email,Created at,Lineitem quantity,Lineitem name,Lineitem sku,good_id,Source',
  ...[1, 2, 3, 4].map((n) => `#${n},a@example.com,2026-06-0${n} 08:00:00 +0800,2,,,G0000009,kol`),
  '#4,,,1,,,G0000011,',
  '#5,b@example.com,2026-05-01,1,,,G0000003,wechat',
  '#6,b@example.com,soon,1,,,G0000003,wechat',
  '#7,,2026-05-02,1,unknown,,,',
].join('\n');
const CUSTOMERS = 'Email,Accepts Email Marketing\na@example.com,yes\nb@example.com,\n';

/** What is measured of users, with who would want two of the goods. */
function measured(catalog) {
  const layers = { kol: { visits: 400, cost: 0.1 } };
  const users = catalog.matchUsers(ORDERS, { customers: CUSTOMERS, layers, thresholds: { clarity: 0.1 } });
  const wants = ['G0000003', 'G0000020'].map((good) => users.wants(good));
  const found = { report: users.report, hot: users.hot(), wants, csv: users.csv() };
  return { ...found, ranking: ranking(catalog.rank({ shop: users, limit: 50 })) };
}

/** Everything that a catalog answers, as text; the lean module measures no users. */
export function answers(catalog, { users = true } = {}) {
  const sales = catalog.matchSales(SALES);
  const asked = [...queries(catalog.info), { shop: sales, limit: 100 }];
  return JSON.stringify({
    info: catalog.info,
    sales: { matched: sales.matched, unmatched: sales.unmatched, goods: sales.goods },
    ...(users ? { users: measured(catalog) } : {}),
    rankings: asked.map((query) => ranking(catalog.rank(query))),
  });
}

/** As `answers`, of a catalog in a worker. */
export async function remoteAnswers(catalog, { users = true } = {}) {
  const sales = await catalog.matchSales(SALES);
  const asked = [...queries(catalog.info), { shop: sales, limit: 100 }];
  const { matched, unmatched, goods } = sales;
  return JSON.stringify({
    info: catalog.info,
    sales: { matched, unmatched, goods },
    ...(users ? { users: await remotelyMeasured(catalog) } : {}),
    rankings: await Promise.all(asked.map(async (query) => remoteRanking(await catalog.rank(query)))),
  });
}

async function remotelyMeasured(catalog) {
  const layers = { kol: { visits: 400, cost: 0.1 } };
  const options = { customers: CUSTOMERS, layers, thresholds: { clarity: 0.1 } };
  const users = await catalog.matchUsers(ORDERS, options);
  const wants = await Promise.all(['G0000003', 'G0000020'].map((good) => users.wants(good)));
  const found = { report: users.report, hot: await users.hot(), wants, csv: await users.csv() };
  return { ...found, ranking: await remoteRanking(await catalog.rank({ shop: users, limit: 50 })) };
}

async function remoteRanking(made) {
  return { ...columns(made), rows: await Promise.all(rows(made, 20)) };
}

function ranking(made) {
  return { ...columns(made), rows: rows(made, 20) };
}

function columns(made) {
  const { policy, candidates, known, removed, relax, goods, scores, terms } = made;
  const columns = [goods, scores, ...Object.values(terms)].map((column) => Array.from(column));
  return { policy, candidates, known, removed, relax, columns };
}

function rows(made, count) {
  return Array.from({ length: Math.min(count, made.length) }, (_, i) => made.row(i));
}
