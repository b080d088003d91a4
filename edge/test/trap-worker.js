// The worker, and an address at which its engine traps.

import { GoodsRank } from 'goodsrank/full';

import { handle } from '../src/app.js';

/** Bytes whose length changes between two looks: the core's copy panics. */
class Liar extends Uint8Array {
  #looks = 0;
  get length() {
    return 1000 + (this.#looks++ % 7);
  }
}

export default {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== '/trap') return handle(request, env, context);
    return Response.json(await GoodsRank.open(new Liar(1000)).catch(({ code }) => code));
  },
};
