// A defect of the core traps. The instance is given up, whole, and the next
// catalog gets a fresh one: nothing half-dead answers.

import assert from 'node:assert/strict';
import test from 'node:test';

import { fixture } from './fixture.mjs';
import { fresh } from './run.mjs';

const { shard } = fixture();

/** Bytes whose length changes between two looks: the core's copy panics. */
const LIAR = `
  class Liar extends Uint8Array {
    #looks = 0;
    get length() { return 1000 + (this.#looks++ % 7); }
  }`;

test('internal: after a panic old catalogs are closed and new ones work', () => {
  const { printed, stderr } = fresh(
    `${LIAR}
     const old = await GoodsRank.open(given.shard);
     const ranking = old.rank({ limit: 3 });
     const sales = old.matchSales('good_id\\nG0000001\\n');
     print(await caught(() => old.matchSales(new Liar(1000))));
     for (const call of [() => old.rank(), () => ranking.row(0), () => sales.assign(2, 'G0000002')]) {
       print(await caught(call));
     }
     sales.close();
     old.close();
     await init();
     const next = await GoodsRank.open(given.shard);
     print(JSON.stringify([...next.rank({ limit: 3 }).goods]) === JSON.stringify([...ranking.goods]));
     print(await caught(() => next.matchSales(new Liar(1000))));
     print((await GoodsRank.open(given.shard)).rank().length);`,
    { shard },
  );
  const [internal, ...rest] = printed;
  assert.deepEqual(internal, {
    code: 'internal',
    message:
      'internal error: unreachable; open the catalog again, and please report it with what the ' +
      'console says',
  });
  assert.match(stderr, /panicked at .*js-sys/, "the panic's own message is on the console");
  const closed = (name) => ({
    code: 'closed',
    message: `closed: ${name} cannot be used: an internal error closed it; open it again`,
  });
  assert.deepEqual(rest, [
    ...[closed('the catalog'), closed('the catalog'), closed('the sales file')],
    ...[true, internal, 20],
  ]);
});

test('an error that a query itself throws is not passed off as an answer', () => {
  const { printed } = fresh(
    `const old = await GoodsRank.open(given.shard);
     const query = { get limit() { throw new RangeError('mine'); } };
     print(await caught(() => old.rank(query)));
     print((await GoodsRank.open(given.shard)).rank().length);`,
    { shard },
  );
  assert.equal(printed[0].code, 'internal');
  assert.match(printed[0].message, /^internal error: mine; /);
  assert.equal(printed[1], 20);
});
