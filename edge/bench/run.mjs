// Requests a second under real workerd, on loopback with 32 connections, the
// client's time on the same cores included. Beside them what of a processor each
// answer took, workerd's and the client's, which other work on the machine does
// not change much.
//
//   node bench/run.mjs SHARDS [SECONDS] [--minutes M]
//
// With --minutes it then asks that long for rows, and says whether memory stayed
// flat.

import { readFileSync, readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';

import { GoodsRank } from '../../pkg/node.js';
import { POLICY } from '../../tests/bench/plain.mjs';
import { running, shardsIn, tenant, token } from '../test/worker.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string' } } });
const [shards, seconds = '10'] = positionals;
const CONNECTIONS = 32;
const LIMIT = 20;
const SHOPS = 200;
const WARM_SECONDS = 2;
/** Fresh isolates whose first answer is measured. */
const COLD = 5;
/** What memory may be at the end above what it was halfway. */
const FLAT_MB = 16;

const files = shardsIn(shards);
const file = Object.keys(files).find((name) => name.endsWith('.grs'));
const catalog = await GoodsRank.open(files[file]);
const { goods, shops: all } = catalog.info;
const shops = all.slice(0, SHOPS).map(({ id }) => id);
catalog.close();

const authorization = `Bearer ${await token({ claims: { tenant: 'bench' }, expires: '1h' })}`;

/**
 * Posts, and gives the status and the length of the answer. Over a kept connection
 * that was cut it asks once more, as clients do: workerd cuts those that rest for
 * five seconds, and so rests whatever a busy machine lets wait.
 */
function post(address, path, body, agent) {
  return ask(address, path, body, agent).catch((error) => {
    if (!error.again) throw error;
    return ask(address, path, body, agent).then((answer) => ({ ...answer, again: true }));
  });
}

function ask(address, path, body, agent) {
  const text = JSON.stringify(body);
  const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, address), { method: 'POST', agent, headers }, (response) => {
      let length = 0;
      response.on('data', (chunk) => (length += chunk.length));
      response.on('end', () => resolve({ status: response.statusCode, length }));
    });
    asked.on('error', (error) => reject(Object.assign(error, { again: asked.reusedSocket && error.code === 'ECONNRESET' })));
    asked.end(text);
  });
}

const lost = ({ code }) => ({ status: code, length: 0 });

/** How many failed, and how. */
const told = (errors) => `${errors.length} errors${errors.length > 0 ? ` (${[...new Set(errors)]})` : ''}`;

/** Asks by all connections until the time is up. */
async function load(address, path, body, seconds) {
  // Its own connections: those of the run before may have rested too long.
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const [times, until] = [[], performance.now() + seconds * 1e3];
  const errors = [];
  let [next, bytes, again] = [0, 0, 0];
  const [started, worked] = [performance.now(), processor()];
  const one = async () => {
    while (performance.now() < until) {
      const asked = performance.now();
      const answer = await post(address, path, body(next++ % shops.length), agent).catch(lost);
      const { status, length } = answer;
      times.push(performance.now() - asked);
      bytes += length;
      again += Number(answer.again ?? false);
      if (status !== 200) errors.push(status);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  const took = (performance.now() - started) / 1e3;
  agent.destroy();
  const [worker, client] = processor().map((ms, i) => (ms - worked[i]) / times.length);
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return { rate: times.length / took, p50: at(0.5), p99: at(0.99), most: at(1), again, errors, kb: bytes / times.length / 1e3, worker, client };
}

/** The folder of workerd, our only child of that name, in /proc. */
function workerd() {
  const found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).find((pid) => {
    try {
      const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return name === 'workerd' && Number(parent) === process.pid;
    } catch {
      return false;
    }
  });
  return `/proc/${found}`;
}

/** Its resident megabytes. */
function memory() {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`${workerd()}/status`, 'utf8'))[1]) / 1024;
}

/** Milliseconds of processor: its, and ours. */
function processor() {
  const [user, system] = readFileSync(`${workerd()}/stat`, 'utf8').replace(/.*\) /, '').split(' ').slice(11, 13);
  const ours = process.cpuUsage();
  // Linux counts in hundredths of a second.
  return [10 * (Number(user) + Number(system)), (ours.user + ours.system) / 1e3];
}

const query = (i) => ({ shop: shops[i], policy: POLICY, limit: LIMIT });
const RUNS = [
  ['row numbers, engine', '/engine', query],
  ['row numbers, plain JS', '/plain', (i) => ({ place: i, limit: LIMIT })],
  ['/v1/rank, same policy', '/v1/rank', query],
  ['/v1/rank, balanced', '/v1/rank', (i) => ({ shop: shops[i], limit: LIMIT })],
];

const given = {
  entry: 'bench/worker.js',
  env: { SHARD: file },
  files: tenant('bench', files),
  options: { unsafeDirectSockets: [{ port: 0 }] },
};

/** What a fresh isolate took for its first answer once it had the shard's bytes, ms. */
async function cold() {
  let answer;
  await running(given, async ({ miniflare }) => {
    const address = await miniflare.unsafeGetDirectURL();
    const headers = { authorization, 'content-type': 'application/json' };
    const body = JSON.stringify({ shop: shops[0], limit: LIMIT });
    answer = await (await fetch(new URL('/cold', address), { method: 'POST', headers, body })).json();
  });
  return answer;
}

/** Asks for rows minute after minute, and says what memory did. */
async function soak(address, minutes) {
  const [megabytes, failed] = [[], []];
  for (let minute = 1; minute <= minutes; minute++) {
    const { rate, p99, most, again, errors } = await load(address, '/v1/rank', query, 60);
    failed.push(...errors);
    megabytes.push(memory());
    console.log(`minute ${minute}: ${rate.toFixed(0)} requests/s  p99 ${p99.toFixed(1)} ms  at most ${most.toFixed(0)} ms  ${told(errors)}  ${again} asked again  workerd ${megabytes.at(-1).toFixed(0)} MB`);
  }
  const [half, end] = [megabytes[megabytes.length >> 1], megabytes.at(-1)];
  const flat = end - half < FLAT_MB;
  console.log(`memory ${flat ? 'is flat' : 'GROWS'}: ${half.toFixed(0)} MB halfway, ${end.toFixed(0)} at the end`);
  return failed.length + (flat ? 0 : 1);
}

console.log(`${goods} goods, ${LIMIT} rows, ${CONNECTIONS} connections, ${seconds} s each`);
const firsts = [];
for (let i = 0; i < COLD; i++) firsts.push(await cold());
firsts.sort((a, b) => a.opened + a.answered - b.opened - b.answered);
const middle = firsts[COLD >> 1];
console.log(
  `first answer of a fresh isolate, median of ${COLD}: ${middle.opened + middle.answered} ms without fetching ` +
    `(${middle.opened} to start the engine and open, ${middle.answered} to answer)`,
);
await running(given, async ({ miniflare }) => {
  // The worker's own socket: miniflare's goes through a second worker.
  const address = await miniflare.unsafeGetDirectURL();
  const began = performance.now();
  const first = await post(address, '/v1/rank', query(0));
  if (first.status !== 200) throw new Error(`the first answer has status ${first.status}`);
  console.log(`fetching included: ${(performance.now() - began).toFixed(0)} ms`);
  let failures = 0;
  for (const [name, path, body] of RUNS) {
    await load(address, path, body, WARM_SECONDS);
    const before = memory();
    const { rate, p50, p99, errors, kb, worker, client } = await load(address, path, body, Number(seconds));
    failures += errors.length;
    console.log(
      `${name.padEnd(22)}${rate.toFixed(0).padStart(5)} requests/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  ` +
        `${told(errors)}  ${kb.toFixed(1)} kB and ${worker.toFixed(2)} + ${client.toFixed(2)} ms of processor an answer  workerd ${before.toFixed(0)} to ${memory().toFixed(0)} MB`,
    );
  }
  if (values.minutes) failures += await soak(address, Number(values.minutes));
  if (failures > 0) process.exitCode = 1;
});
