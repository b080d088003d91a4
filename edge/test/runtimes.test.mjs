// Deno and Bun answer as workerd and Node do.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import test from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from '../../tests/node/fixture.mjs';
import { queries } from '../../tests/node/queries.mjs';
import { serving } from '../../tests/node/server.mjs';
import { SHARDS, answerOf } from './worker.mjs';

const ALLOWED = ['--allow-env', '--allow-net', '--allow-read'];
const COMMANDS = {
  deno: (port) => ['serve', '--host', '127.0.0.1', '--port', port, ...ALLOWED, 'src/deno.js'],
  bun: () => ['src/bun.js'],
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Runs the worker under `name` while `use` does. */
async function under(name, shards, use) {
  const port = await freePort();
  const program = fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
  const child = spawn(program, COMMANDS[name](port), {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, PORT: port, SHARDS: shards, AUTH: 'none', NODE_ENV: 'production', DENO_NO_UPDATE_CHECK: '1' },
    // A group of its own: a launcher does not pass a signal on.
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const exited = once(child, 'exit');
  try {
    const address = `http://127.0.0.1:${port}`;
    for (let i = 0; ; i++) {
      const health = await fetch(`${address}/v1/healthz`).catch(() => null);
      if (health?.ok) break;
      assert.ok(i < 300 && child.exitCode === null, printed);
      await wait(50);
    }
    await use(address);
  } finally {
    if (child.exitCode === null) process.kill(-child.pid);
    await exited;
  }
}

for (const name of Object.keys(COMMANDS)) {
  test(`${name} ranks as Node does`, async () => {
    const catalog = await GoodsRank.open(fixture().bytes);
    const files = Object.fromEntries(Object.entries(SHARDS).map(([file, bytes]) => [`/public/${file}`, bytes]));
    await serving(files, (shards) =>
      under(name, `${shards}/`, async (address) => {
        const asked = queries(catalog.info).filter(({ limit = 0 }) => limit <= 1000);
        for (const query of asked) {
          const headers = { 'content-type': 'application/json' };
          const response = await fetch(`${address}/v1/rank`, { method: 'POST', headers, body: JSON.stringify(query) });
          assert.equal(await response.text(), answerOf(catalog.rank(query)), JSON.stringify(query));
        }
      }),
    );
  });
}
