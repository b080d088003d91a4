// A ranked good with nothing special about it, for tests to vary.

import { TERMS } from '../src/policy.js';

/** Every term, 0 but for those given. */
export function termsOf(some) {
  return { ...Object.fromEntries(TERMS.map((term) => [term, 0])), ...some };
}

/** @returns {import('goodsrank').RankedGood} */
export function rankedGood({ terms = { fit: -3_000_000 }, ...change } = {}) {
  return {
    rank: 1,
    id: 'g1',
    titles: { title: 'Tea', title_zh: '茶', title_en: 'Tea' },
    price: 1200,
    category: 'food/tea',
    supplier: { id: 's1', name: 'Tea House' },
    moq: 10,
    leadTimeDays: 3,
    spread: null,
    score: -3_000_000,
    terms: termsOf(terms),
    unknown: [],
    risks: [],
    behind: [],
    probability: 1,
    because: [],
    details: {},
    ...change,
  };
}
