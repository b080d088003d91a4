// The catalog in a Web Worker of a real Chromium, and in the page where the
// browser refuses one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from '../node/fixture.mjs';
import { answers } from '../node/queries.mjs';
import { inBrowser } from './shop.mjs';

const { bytes } = fixture();

const PAGE = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** Policies that refuse a worker: by name, and because its address is a string. */
const REFUSED = [`${PAGE}; worker-src 'none'`, `${PAGE}; require-trusted-types-for 'script'`];

const answersInWorker = async () => {
  const { GoodsRank } = await import('/pkg/worker.js');
  const { remoteAnswers } = await import('/tests/node/queries.mjs');
  const catalog = await GoodsRank.open('/shards/manifest.json', {
    wasm: '/pkg/dist/goodsrank_full_bg.wasm',
  });
  return { where: catalog.where, answers: await remoteAnswers(catalog) };
};

test('the same answers as in Node, byte for byte, in a worker and without one', async () => {
  const catalog = await GoodsRank.open(bytes);
  const expected = answers(catalog);
  catalog.close();
  for (const [where, csp] of [['worker'], ...REFUSED.map((csp) => ['page', csp])]) {
    const found = await inBrowser(answersInWorker, { csp });
    assert.equal(found.where, where);
    assert.ok(found.answers === expected, `${where} and Node differ`);
  }
});

test('where no worker can be made the page answers', async () => {
  const found = await inBrowser(async () => {
    const { GoodsRank } = await import('/pkg/worker.js');
    const tries = {
      thrown: () => {
        throw new DOMException('another origin', 'SecurityError');
      },
      missing: () => new Worker('/nowhere.js', { type: 'module' }),
      broken: () => new Worker('/shards/manifest.json', { type: 'module' }),
    };
    const where = {};
    for (const [name, createWorker] of Object.entries(tries)) {
      const catalog = await GoodsRank.open('/shards/manifest.json', { createWorker });
      where[name] = [catalog.where, (await catalog.rank()).length];
      catalog.close();
    }
    return where;
  });
  const page = ['page', 20];
  assert.deepEqual(found, { thrown: page, missing: page, broken: page });
});

test('a call that waits is dropped, and closing ends the worker', async () => {
  const workers = [];
  const found = await inBrowser(
    async () => {
      const { GoodsRank } = await import('/pkg/worker.js');
      const steps = [];
      const catalog = await GoodsRank.open('/shards/manifest.json', {
        onProgress: (step) => steps.push(step),
      });
      const stop = new AbortController();
      const calls = [
        catalog.rank(),
        catalog.rank({}, { signal: stop.signal }),
        catalog.rank({ limit: 3 }),
        catalog.rank({ limit: 0 }),
      ];
      stop.abort();
      const settled = await Promise.allSettled(calls);
      catalog.close();
      const after = await catalog.rank().catch((error) => error.code);
      const ends = settled.map(({ value, reason }) => value?.length ?? reason.code ?? reason.name);
      return { ends, after, last: steps.at(-1), error: settled[3].reason.message };
    },
    { driven: (page) => page.on('worker', (worker) => worker.on('close', () => workers.push('ended'))) },
  );
  assert.deepEqual(found, {
    ends: [20, DOMException.ABORT_ERR, 3, 'bad_query'],
    after: 'closed',
    last: { loaded: bytes.length, total: bytes.length },
    error: 'bad query: limit: expected a whole number from 1 to 10000, found 0',
  });
  assert.deepEqual(workers, ['ended']);
});

test('three hundred rankings in turn are the same in a worker', async () => {
  const { direct, worker, same } = await inBrowser(async () => {
    const here = await (await import('/pkg/browser.js')).GoodsRank.open('/shards/manifest.json');
    const there = await (await import('/pkg/worker.js')).GoodsRank.open('/shards/manifest.json');
    const times = { direct: [], worker: [] };
    let same = 0;
    for (let i = 0; i < 300; i++) {
      const query = { shop: here.info.shops[i % here.info.shops.length].id };
      const started = performance.now();
      const direct = here.rank(query);
      const middle = performance.now();
      const ranking = await there.rank(query);
      times.direct.push(middle - started);
      times.worker.push(performance.now() - middle);
      same += ranking.goods.join() === direct.goods.join() ? 1 : 0;
    }
    there.close();
    const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
    return { direct: median(times.direct), worker: median(times.worker), same };
  });
  console.log(`rank: ${direct.toFixed(2)} ms in the page, ${worker.toFixed(2)} ms in a worker`);
  assert.equal(same, 300);
});
