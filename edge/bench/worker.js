// The worker, and beside it one ranking without its rows' texts, by the engine
// and by plain JavaScript: fit, temperature and price fit of a public shop. And
// what an isolate's first answer takes once it has the shard's bytes.

import { GoodsRank } from 'goodsrank/full';

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

/** By path: what it answers. */
const ANSWERS = {
  async '/engine'(body, config, context) {
    const { catalog } = await store.get('bench', config, context);
    return { goods: [...catalog.rank(body).goods] };
  },
  async '/plain'({ place, limit }, config, _, { SHARD }) {
    plain ??= load(config, SHARD);
    return { goods: [...(await plain).rank(place, limit)] };
  },
  /** Only the first time it is asked: then the engine is there. */
  async '/cold'(body, config, _, { SHARD }) {
    const bytes = new Uint8Array(await (await read(config, `bench/${SHARD}`)).arrayBuffer());
    const started = performance.now();
    const catalog = await GoodsRank.open(bytes);
    const opened = performance.now();
    catalog.rankJson(body);
    const answered = performance.now();
    catalog.close();
    return { opened: opened - started, answered: answered - opened };
  },
};

async function answered(answer, request, env, context) {
  const config = configOf(env);
  await authenticate(request, config, ['rank']);
  const body = await readBody(request, config);
  return Response.json(await answer(body, config, context, env));
}

export default {
  fetch(request, env, context) {
    const answer = ANSWERS[new URL(request.url).pathname];
    return answer ? answered(answer, request, env, context) : handle(request, env, context);
  },
};
