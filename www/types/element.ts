// The package's types of the element, held to the element. Nothing here runs.

import type { GoodsRankElement as Declared, GoodsRankEventMap } from 'goodsrank/element';

import type { GoodsRankElement } from '../src/goods-rank.js';
import type { Notice } from '../src/state.js';

export const declared: (element: GoodsRankElement) => Pick<Declared, keyof GoodsRankElement & keyof Declared> = (
  element,
) => element;
export const properties: (keyof GoodsRankElement)[] = ['src', 'lang', 'shop', 'theme', 'categoryNames'];
export const events: (notice: Notice) => keyof GoodsRankEventMap = (notice) => `goods-rank-${notice}`;
