// `goodsrank/element` on a server, which has no element to define: importing it
// there does nothing, so that a page's modules can be rendered.

import { GoodsRankError } from './lib/error.js';

/** Stands for the class of the same name in a browser. */
export class GoodsRankElement {
  constructor() {
    throw new GoodsRankError(
      'unsupported',
      'unsupported: <goods-rank> needs a browser, or a bundler with the condition `browser`',
    );
  }
}
