// Opening, ranking and closing 10,000 times: the module's memory and what JavaScript
// holds must both end where they were after the first tenth.
//
//     node tests/bench/memory.mjs [CYCLES]

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { fixture } from '../node/fixture.mjs';
import { cycle, memory } from '../node/cycle.mjs';

const CYCLES = Number(process.argv[2] ?? 10_000);
/** What compiled code and feedback may add, bytes. */
const SLACK = 2 ** 20;

const { bytes } = fixture();
const mb = (value) => `${(value / 2 ** 20).toFixed(1)} MiB`;
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');
const state = async () => {
  gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { wasm: await memory(), heap: heapUsed, rss };
};

console.log(`a shard of ${mb(bytes.length)}, ${CYCLES} cycles, Node ${process.versions.node}`);
const started = performance.now();
let first;
for (let i = 1; i <= CYCLES; i++) {
  await cycle(bytes);
  if (i % (CYCLES / 10) !== 0) continue;
  const now = await state();
  first ??= now;
  console.log(`${String(i).padStart(6)}  wasm ${mb(now.wasm)}  heap ${mb(now.heap)}  process ${mb(now.rss)}`);
}
const last = await state();
console.log(`${((performance.now() - started) / CYCLES).toFixed(2)} ms a cycle`);
if (last.wasm !== first.wasm) throw new Error('the memory of the module grew');
if (last.heap > first.heap + SLACK) throw new Error('the heap grew');
