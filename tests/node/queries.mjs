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

/** Everything that a catalog answers, as text. */
export function answers(catalog) {
  const sales = catalog.matchSales(SALES);
  const asked = [...queries(catalog.info), { shop: sales, limit: 100 }];
  return JSON.stringify({
    info: catalog.info,
    sales: { matched: sales.matched, unmatched: sales.unmatched, goods: sales.goods },
    rankings: asked.map((query) => ranking(catalog.rank(query))),
  });
}

function ranking(made) {
  const { policy, candidates, known, removed, relax, goods, scores, terms } = made;
  const columns = [goods, scores, ...Object.values(terms)].map((column) => Array.from(column));
  return { policy, candidates, known, removed, relax, columns, rows: rows(made, 20) };
}

function rows(made, count) {
  return Array.from({ length: Math.min(count, made.length) }, (_, i) => made.row(i));
}
