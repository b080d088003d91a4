// The worker, and an address at which its engine traps.

import { handle } from '../src/app.js';
import { configOf } from '../src/config.js';
import { Store } from '../src/store.js';

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
    const { catalog } = await new Store().get('acme', configOf(env), context);
    try {
      return Response.json(catalog.matchSales(new Liar(1000)).rows);
    } catch ({ code }) {
      return Response.json(code);
    }
  },
};
