// Deltas: JavaScript makes of them what the native command took apart, and of a
// hostile one nothing at all.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

import { apply } from '../../pkg/lib/delta.js';
import { fixture, native } from './fixture.mjs';

const { shards, everyShop } = fixture();
const folder = mkdtempSync(join(tmpdir(), 'goodsrank-'));
after(() => rmSync(folder, { recursive: true }));

cpSync(everyShop, folder, { recursive: true });
const [made] = JSON.parse(execFileSync(native, ['delta', shards, folder, '--json'], { encoding: 'utf8' }));
const entryOf = (folder) => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).shards[0];
const [before, entry] = [entryOf(shards), entryOf(folder)];
const [named] = entry.deltas;
const old = new Uint8Array(readFileSync(join(shards, before.file)));
const bytes = new Uint8Array(readFileSync(join(folder, named.file)));
const fresh = () => Uint8Array.from(bytes);

test('JavaScript makes the shard that the native command took apart', async () => {
  assert.deepEqual([made.file, made.deltaBytes, made.shardBytes], [named.file, bytes.length, entry.bytes]);
  assert.equal(named.from, before.hash);
  const found = await apply(old, fresh(), named, entry);
  assert.ok(Buffer.from(readFileSync(join(folder, entry.file))).equals(found));
});

const failure = (delta, from = old, to = entry) =>
  apply(from, delta, named, to).then(
    () => assert.fail('expected it to fail'),
    (error) => error.message,
  );
const says = (expected, found) =>
  `damaged delta: ${named.file}: expected ${expected}, found ${found}; the whole shard is downloaded instead`;
const changed = (change) => {
  const delta = fresh();
  change(new DataView(delta.buffer), delta);
  return delta;
};

test('a header that is not of these two shards', async () => {
  const others = says('the shards that its manifest names', 'others');
  assert.equal(await failure(bytes.slice(0, 103)), says('the magic \\x89GRD\\r\\n\\x1a\\n', 'another'));
  assert.equal(await failure(changed((view) => view.setUint8(0, 0))), says('the magic \\x89GRD\\r\\n\\x1a\\n', 'another'));
  assert.equal(await failure(changed((view) => view.setUint32(8, 2, true))), says('version 1', '2'));
  for (const at of [16, 20, 24, 28, 40, 71, 72, 103]) {
    assert.equal(await failure(changed((view) => view.setUint8(at, view.getUint8(at) ^ 1))), others, `byte ${at}`);
  }
  assert.equal(await failure(fresh(), old.subarray(1)), others);
  assert.equal(await failure(fresh(), old, { ...entry, bytes: entry.bytes + 1 }), others);
  const most = 4 * entry.bytes + 1024;
  assert.equal(
    await failure(changed((view) => view.setUint32(32, most + 1, true))),
    says(`at most ${most} bytes inflated`, String(most + 1)),
  );
});

/** A delta of the same two shards with a stream of one's own, which says how long it is. */
function delta(stream, said = stream.length) {
  const view = new DataView(bytes.slice(0, 104).buffer);
  view.setUint32(32, said, true);
  return Uint8Array.from(Buffer.concat([new Uint8Array(view.buffer), deflateRawSync(stream)]));
}

const size = (number) => {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(number < 0 ? (1n << 63n) | -BigInt(number) : BigInt(number));
  return field;
};
const step = (mix, copy, seek, ...rest) => Buffer.concat([size(mix), size(copy), size(seek), ...rest]);

test('steps beyond either shard, and streams that end too soon or never', async () => {
  const beyond = says('steps within both shards', 'one beyond');
  const zeros = (length) => Buffer.alloc(length);
  const noEnd = (count) => says(`a shard of ${entry.bytes} bytes`, `${count} and no end`);
  const cases = [
    // Writes past the new shard, at once or in the end.
    [step(0, entry.bytes + 1, 0), beyond],
    [step(0, 2 ** 53, 0), beyond],
    [step(0, entry.bytes, 0, zeros(entry.bytes), step(0, 1, 0)), beyond],
    // Reads past the old one, before its first byte, and far away.
    [step(old.length + 1, 0, 0), beyond],
    [step(0, 0, old.length, step(1, 0, 0)), beyond],
    [step(0, 0, -1, step(1, 0, 0)), beyond],
    [step(0, 0, -(2 ** 60), step(0, 1, 0)), beyond],
    // Lengths whose top bit is a sign in disguise.
    [step(-1, 0, 0), beyond],
    [step(0, -1, 0), beyond],
    // Ends in a control, in what it adds, in what it copies, or before the shard does.
    [zeros(0), noEnd(0)],
    [zeros(23), noEnd(0)],
    [step(5, 0, 0, zeros(4)), noEnd(4)],
    [step(0, 5, 0, zeros(4)), noEnd(4)],
    [step(0, 5, 0, zeros(5)), noEnd(5)],
    // Steps that lead nowhere are as many as the stream is long, and no more.
    [zeros(24 * 1000), noEnd(0)],
  ];
  for (const [stream, message] of cases) assert.equal(await failure(delta(stream)), message);
  const stream = inflateRawSync(bytes.subarray(104));
  assert.equal(await failure(delta(stream, stream.length - 1)), says(`${stream.length - 1} bytes inflated`, 'more'));
  // A bomb is stopped where its header said that it ends.
  assert.equal(await failure(delta(zeros(1 << 24), 48)), says('48 bytes inflated', 'more'));
  assert.match(await failure(bytes.slice(0, -9)), /: expected a deflated stream, found .+; the whole shard is/);
});

test('whatever is flipped, it makes a shard of that length or says why not', async () => {
  const stream = inflateRawSync(bytes.subarray(104));
  let seed = 1;
  const random = (most) => (seed = (seed * 48_271) % 0x7fffffff) % most;
  let made = 0;
  for (let i = 0; i < 300; i++) {
    // In turn in what is deflated, which mostly breaks it, and in the steps themselves.
    const spoiled = Uint8Array.from(i % 2 ? bytes : stream);
    for (let flips = 1 + random(4); flips > 0; flips--) {
      spoiled[(i % 2 ? 104 : 0) + random(spoiled.length - 104)] ^= 1 << random(8);
    }
    const found = await apply(old, i % 2 ? spoiled : delta(spoiled), named, entry).catch((error) => error);
    if (found instanceof Error) assert.equal(found.code, 'damaged', found.stack);
    else made += Number(found.length === entry.bytes);
  }
  assert.ok(made > 0 && made < 300, `${made} of 300: what the hash of the shard is for`);
});

test('it stops when it is told to', async () => {
  const reason = new Error('changed my mind');
  await assert.rejects(apply(old, fresh(), named, entry, AbortSignal.abort(reason)), reason);
});

test('a step over nothing and a way back are as good as others', async () => {
  const of = [3, 1, 4, 1, 5, 9];
  const to = { ...entry, bytes: 7 };
  const stream = Buffer.concat([
    step(0, 0, 4),
    step(2, 1, -6, Buffer.from([0, 1]), Buffer.from([7])),
    step(4, 0, 0, Buffer.from([0, 0, 0, 255])),
  ]);
  const view = new DataView(delta(stream).buffer);
  view.setUint32(16, of.length, true);
  view.setUint32(24, to.bytes, true);
  view.setUint32(32, stream.length, true);
  const found = await apply(Uint8Array.from(of), new Uint8Array(view.buffer), named, to);
  assert.deepEqual([...found], [5, 10, 7, 3, 1, 4, 0]);
});
