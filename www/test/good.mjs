// A ranked good with nothing special about it, for tests to vary.

/** @returns {import('goodsrank').RankedGood} */
export function rankedGood(change = {}) {
  return {
    rank: 1,
    id: 'g1',
    titles: { title: 'Tea', title_zh: '茶', title_en: 'Tea' },
    price: 1200,
    category: 'food/tea',
    supplier: { id: 's1', name: 'Tea House' },
    moq: 10,
    leadTimeDays: 3,
    score: -3_000_000,
    terms: { fit: -3_000_000, temperature: 0, priceFit: 0 },
    unknown: [],
    because: [],
    details: {},
    ...change,
  };
}
