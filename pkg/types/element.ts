// element.d.ts, held to what a page may and may not write. That it is true of the
// element is checked where the element is, in www. Nothing here runs.

import { GoodsRankElement } from 'goodsrank/element';
import type { CategoryNames, ErrorDetail } from 'goodsrank/element';
import { GoodsRankElement as OnServer } from '../element.server.js';
import type { Ranking } from '../index.d.ts';

export function page(): void {
  const element: GoodsRankElement = document.createElement('goods-rank');
  const found: GoodsRankElement | null = document.querySelector('goods-rank');
  const names: CategoryNames = { 'food/tea': { 'zh-CN': '茶', en: 'Tea' } };
  Object.assign(element, { src: '/shards/manifest.json', lang: 'en', shop: 'S1', theme: 'dark' });
  element.categoryNames = names;
  element.addEventListener('goods-rank-ranked', ({ detail }) => {
    const ranking: Ranking = detail.ranking;
    const first: number | undefined = detail.rows[0]?.score;
    void [ranking, first];
  });
  const failed = ({ detail }: CustomEvent<ErrorDetail>) => void (detail.code === 'spreadsheet');
  element.addEventListener('goods-rank-error', failed, { once: true });
  element.removeEventListener('goods-rank-error', failed);
  element.addEventListener('goods-rank-select', function ({ detail }) {
    const id: string = detail.good.id + this.shop;
    void id;
  });
  element.addEventListener('click', (event) => event.preventDefault());
  customElements.get('goods-rank');
  void [found, new OnServer()];

  // @ts-expect-error names are by language
  element.categoryNames = { 'food/tea': 'Tea' };
  // @ts-expect-error an address is its text
  element.src = new URL('https://example.org/manifest.json');
  // @ts-expect-error a ranking has no code
  element.addEventListener('goods-rank-ranked', ({ detail }) => detail.code);
  // @ts-expect-error nor an error such a code
  element.addEventListener('goods-rank-error', ({ detail }) => detail.code === 'fire');
  // @ts-expect-error nor a merchant's file a field
  void element.sales;
}
