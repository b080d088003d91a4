// The catalog in a worker: a real thread, asked by messages. What it answers is
// what a catalog of this thread answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as direct from '../../pkg/node.js';
import { GoodsRank, GoodsRankError } from '../../pkg/worker.node.js';
import { fixture } from './fixture.mjs';
import { SALES, answers, queries, remoteAnswers } from './queries.mjs';
import { serving } from './server.mjs';

const { bytes, manifest } = fixture();
/** A file that takes a while to match. */
const LONG = `good_id\n${'G0000001\n'.repeat(200_000)}`;
const refused = () => {
  throw new Error('no workers here');
};

/** Both ways of running: each test holds for a thread and for the page. */
const ways = { worker: {}, page: { createWorker: refused } };

for (const [where, options] of Object.entries(ways)) {
  test(`in a ${where}: the same answers, byte for byte`, async () => {
    const here = await direct.GoodsRank.open(bytes);
    const there = await GoodsRank.open(manifest, options);
    assert.equal(there.where, where);
    assert.equal(await remoteAnswers(there), answers(here));
    here.close();
    there.close();
  });

  test(`in a ${where}: errors cross with code and message`, async () => {
    const here = await direct.GoodsRank.open(bytes);
    const there = await GoodsRank.open(bytes, options);
    const [sales, others] = [await there.matchSales(SALES), await GoodsRank.open(bytes, options)];
    const strange = await others.matchSales(SALES);
    const ranking = await there.rank();
    const both = [
      ['bad_query', (catalog) => catalog.rank({ limit: 0 })],
      ['unknown_shop', (catalog) => catalog.rank({ shop: 'nobody' })],
      ['unknown_good', (catalog) => catalog.shopsFor('nothing')],
      ['bad_query', (catalog) => catalog.good(5)],
      ['bad_csv', (catalog) => catalog.matchSales('x\n1\n')],
    ];
    for (const [code, ask] of both) {
      const found = await ask(there).catch((error) => error);
      assert.ok(found instanceof GoodsRankError, code);
      assert.equal(found.code, code);
      assert.throws(() => ask(here), { code, message: found.message });
    }
    await assert.rejects(ranking.row(20), {
      code: 'bad_query',
      message: 'bad query: row: expected a whole number from 0 to 19, found 20',
    });
    await assert.rejects(there.rank({ shop: strange }), {
      code: 'bad_query',
      message: 'bad query: shop: expected a sales file that this catalog matched, found one of another catalog',
    });
    await assert.rejects(there.rank({ limit: () => 5 }), { code: 'bad_query' });
    assert.equal((await there.rank({ limit: 3 })).length, 3, 'the next call works');
    sales.close();
    await assert.rejects(sales.assign(2, 'G0000001'), {
      code: 'closed',
      message: 'closed: the sales file cannot be used: it was closed; open it again',
    });
    here.close();
    there.close();
    others.close();
  });

  test(`in a ${where}: what waits is dropped, what runs is discarded, and what comes after is right`, async () => {
    const there = await GoodsRank.open(bytes, options);
    const [stopRunning, stopWaiting] = [new AbortController(), new AbortController()];
    const slow = there.matchSales(LONG, { signal: stopRunning.signal });
    const waiting = there.rank({ limit: 1 }, { signal: stopWaiting.signal });
    const after = there.rank({ limit: 7 });
    const reason = { why: 'any value' };
    stopWaiting.abort(reason);
    stopRunning.abort();
    assert.equal(await waiting.catch((error) => error), reason);
    assert.equal((await slow.catch((error) => error)).name, 'AbortError');
    assert.equal((await after).length, 7);
    const early = { signal: AbortSignal.abort(reason) };
    assert.equal(await there.rank({}, early).catch((error) => error), reason);
    there.close();
  });

  test(`in a ${where}: closing ends it, and what was asked fails`, async () => {
    const there = await GoodsRank.open(bytes, options);
    const asked = [there.rank(), there.rank()];
    there.close();
    there.close();
    const message = 'closed: the catalog cannot be used: it was closed; open it again';
    for (const call of [...asked, there.rank()]) await assert.rejects(call, { code: 'closed', message });
  });

  test(`in a ${where}: opening tells how far it is, and can be stopped`, () => {
    let hesitates;
    const pending = new Promise((resolve) => (hesitates = resolve));
    const served = { '/x.grs': bytes, '/never.grs': () => hesitates() };
    return serving(served, async (address) => {
      const progress = [];
      const opened = await GoodsRank.open(`${address}/x.grs`, {
        ...options,
        onProgress: (step) => progress.push(step),
      });
      assert.deepEqual(progress.at(-1), { loaded: bytes.length, total: bytes.length });
      opened.close();
      const stop = new AbortController();
      const opening = GoodsRank.open(`${address}/never.grs`, { ...options, signal: stop.signal });
      await pending;
      stop.abort();
      assert.equal((await opening.catch((error) => error)).name, 'AbortError');
      const mine = new Error('mine');
      const onProgress = () => {
        throw mine;
      };
      const failing = GoodsRank.open(`${address}/x.grs`, { ...options, onProgress });
      assert.equal(await failing.catch((error) => error), mine);
    });
  });
}

test('a worker that dies says so, and is not waited for', async () => {
  let worker;
  const { workers } = await import('../../pkg/lib/worker/workers.js');
  const there = await GoodsRank.open(bytes, { createWorker: () => (worker = workers.create()) });
  const [running, waiting] = [there.matchSales(LONG), there.rank()];
  const ended = Promise.allSettled([running, waiting]);
  worker.terminate();
  const message =
    'internal error: the worker is gone: its thread ended with 1; open the catalog again, and please report it';
  for (const { reason } of [...(await ended), ...(await Promise.allSettled([there.rank()]))]) {
    assert.deepEqual([reason.code, reason.message], ['internal', message]);
  }
});

test('bad sources are refused as they are without a worker', async () => {
  for (const source of [5, null, '/nowhere/x.grs', new Uint8Array(10)]) {
    const here = await direct.GoodsRank.open(source).catch((error) => error);
    const there = await GoodsRank.open(source).catch((error) => error);
    assert.deepEqual([there.code, there.message], [here.code, here.message]);
  }
});

test('the module that the worker is given is the one it uses', async () => {
  const lean = new URL('../../pkg/dist/goodsrank_wasm_bg.wasm', import.meta.url);
  const { readFile } = await import('node:fs/promises');
  const module = await WebAssembly.compile(await readFile(lean));
  const there = await GoodsRank.open(bytes, { wasm: module });
  const { shops } = there.info;
  assert.equal((await there.rank({ shop: shops[0].id })).length, 20);
  await assert.rejects(there.whatIf('G0000001', queries(there.info)[1]), { code: 'unsupported' });
  there.close();
});
