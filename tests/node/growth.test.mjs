// A host whose memory does not grow: a real engine, of a module whose memory has a
// maximum a little above what one catalog takes.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';

import { fixture, root } from './fixture.mjs';
import { fresh } from './run.mjs';

const { shard } = fixture();
const MEMORY = 5;
/** Pages of 64 KiB beyond what the module starts with: 2 MiB. */
const ROOM = 32;

const folder = mkdtempSync(join(tmpdir(), 'goodsrank-growth-'));
const wasm = join(folder, 'capped.wasm');
writeFileSync(wasm, capped(readFileSync(join(root, 'pkg/dist/goodsrank_full_bg.wasm'))));

after(() => rmSync(folder, { recursive: true }));

/** The module with a maximum in its memory section. */
function capped(bytes) {
  for (let at = 8; ; ) {
    const [size, body] = number(bytes, at + 1);
    if (bytes[at] !== MEMORY) {
      at = body + size;
      continue;
    }
    const [count, flags] = bytes.subarray(body, body + 2);
    assert.deepEqual([count, flags], [1, 0], 'one memory, without a maximum');
    const [least] = number(bytes, body + 2);
    const section = [1, 1, ...leb128(least), ...leb128(least + ROOM)];
    const rest = bytes.subarray(body + size);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([MEMORY, ...leb128(section.length), ...section]), rest]);
  }
}

/** An unsigned LEB128 at a place, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    value |= (bytes[at] & 0x7f) << shift;
    if (bytes[at++] < 0x80) return [value, at];
  }
}

function leb128(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >> 7)];
}

test('a shard that does not fit is refused, and what is open goes on', () => {
  const { printed } = fresh(
    `await init(given.wasm);
     const catalog = await GoodsRank.open(given.shard);
     const before = [...catalog.rank().scores].join();
     const others = [];
     let failed;
     while (!failed) failed = await caught(async () => others.push(await GoodsRank.open(given.shard)));
     print(failed);
     print(others.length);
     print([...catalog.rank().scores].join() === before);
     for (const other of others) other.close();
     print((await GoodsRank.open(given.shard)).rank().length);`,
    { shard, wasm },
  );
  const [{ code, message }, others, ...rest] = printed;
  assert.equal(code, 'limit');
  assert.match(message, /^limit: at most 2147483647 bytes a section, or less where the host has less memory, found \d+$/);
  assert.ok(others > 2, `${others} fit`);
  assert.deepEqual(rest, [true, 20]);
});

test('memory that fails to grow in a call is internal, and the next catalog works', () => {
  const { printed } = fresh(
    `await init(given.wasm);
     const catalog = await GoodsRank.open(given.shard);
     const before = [...catalog.rank().scores].join();
     const file = 'good_id,quantity\\n' + 'nobody,1\\n'.repeat(500_000);
     print(await caught(() => catalog.matchSales(file)));
     print(await caught(() => catalog.rank()));
     const next = await GoodsRank.open(given.shard);
     print([...next.rank().scores].join() === before);
     print(await caught(() => next.matchSales(file)));
     print((await GoodsRank.open(given.shard)).rank().length);`,
    { shard, wasm },
  );
  const internal = {
    code: 'internal',
    message: 'internal error: unreachable; open the catalog again, and please report it with what the console says',
  };
  const closed = {
    code: 'closed',
    message: 'closed: the catalog cannot be used: an internal error closed it; open it again',
  };
  assert.deepEqual(printed, [internal, closed, true, internal, 20]);
});
