// The worker, and beside it one ranking without its rows' texts, by the engine
// and by plain JavaScript: fit, temperature and price fit of a public shop.

import { handle } from '../src/app.js';
import { authenticate } from '../src/auth.js';
import { readBody } from '../src/body.js';
import { configOf } from '../src/config.js';
import { read } from '../src/source.js';
import { Store } from '../src/store.js';
import { PlainRanker } from '../../tests/bench/plain.mjs';

const store = new Store();

/** @type {Promise<PlainRanker> | undefined} */
let plain;

async function load(config, file) {
  const response = await read(config, `bench/${file}`);
  return new PlainRanker(new Uint8Array(await response.arrayBuffer()));
}

/** By path: the row numbers of the best. */
const RANKERS = {
  async '/engine'(body, config, context) {
    const { catalog } = await store.get('bench', config, context);
    return catalog.rank(body).goods;
  },
  async '/plain'({ place, limit }, config, _, { SHARD }) {
    plain ??= load(config, SHARD);
    return (await plain).rank(place, limit);
  },
};

async function rank(ranker, request, env, context) {
  const config = configOf(env);
  await authenticate(request, config, ['rank']);
  const body = await readBody(request, config);
  return Response.json({ goods: [...(await ranker(body, config, context, env))] });
}

export default {
  fetch(request, env, context) {
    const ranker = RANKERS[new URL(request.url).pathname];
    return ranker ? rank(ranker, request, env, context) : handle(request, env, context);
  },
};
