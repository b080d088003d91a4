// Browsers without a driver: each is started with an address, in a profile of its
// own, and the page there posts what it found.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';

import { serving } from '../node/server.mjs';

const TYPES = { '.html': 'text/html', '.wasm': 'application/wasm' };
const PATIENCE = 60_000;

/** Whatever would call home asks a closed port; this machine is never asked by proxy. */
const PREFERENCES = { 'network.proxy.type': 1, 'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9 };

/** Runs Firefox until `done`; FIREFOX names it. */
export async function firefox(address, profile, done) {
  const lines = Object.entries(PREFERENCES).map((pair) => `user_pref(${JSON.stringify(pair).slice(1, -1)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const program = process.env.FIREFOX || 'firefox-esr';
  await run(program, ['--headless', '--no-remote', '--profile', profile, address], { HOME: profile }, done);
}

/** Runs WebKit's own small browser until `done`, on a display that nobody sees; WEBKIT names it. */
export async function webkit(address, profile, done) {
  const display = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  try {
    await once(display.stdio[3], 'readable');
    const DISPLAY = `:${String(display.stdio[3].read()).trim()}`;
    const folders = ['HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'];
    const env = Object.fromEntries(folders.map((name) => [name, profile]));
    const program = process.env.WEBKIT || '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
    // Shaders would be kept in the profile while it is taken away.
    await run(program, ['--private', address], { ...env, DISPLAY, MESA_SHADER_CACHE_DISABLE: 'true' }, done);
  } finally {
    display.kill();
  }
}

async function run(program, args, env, done) {
  const browser = spawn(program, args, {
    stdio: 'ignore',
    timeout: PATIENCE,
    env: { ...process.env, ...env },
  });
  const looking = setInterval(() => done() && browser.kill(), 20);
  try {
    await once(browser, 'close');
  } finally {
    clearInterval(looking);
  }
}

/** Opens a page of a folder in a browser, and gives what it posts. */
export async function posted(browser, folder, page) {
  let found;
  const answer = async (request, response) => {
    if (request.method === 'POST') {
      found = await text(request);
      return response.end();
    }
    const path = new URL(request.url, 'http://x').pathname;
    const body = await readFile(join(folder, path)).catch(() => null);
    response.writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(path)] ?? 'text/javascript' });
    response.end(body ?? '');
  };
  const profile = mkdtempSync(join(tmpdir(), 'goodsrank-browser-'));
  try {
    await serving(new Proxy({}, { get: () => answer }), (address) =>
      browser(`${address}/${page}`, profile, () => found !== undefined),
    );
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  if (found === undefined) throw new Error(`${browser.name} ended, and its page had posted nothing`);
  return found;
}
