// The worker as it is deployed: bundled with wrangler's conditions, run by
// workerd, its buckets those of miniflare.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { SignJWT } from 'jose';
import { Miniflare } from 'miniflare';

import { fixture } from '../../tests/node/fixture.mjs';

export const SECRET = 'a secret of thirty-two bytes or more, for tests';
export const ISSUER = 'https://id.example.com/';
export const AUDIENCE = 'goodsrank';

const ENV = { JWT_SECRET: SECRET, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE, CORS_ORIGINS: 'https://shop.example' };

/** @type {Map<string, Promise<object[]>>} */
const bundles = new Map();

function bundled(entry) {
  const made = bundles.get(entry) ?? bundle(entry);
  bundles.set(entry, made);
  return made;
}

/** The bundle as workerd takes it: JavaScript, and beside it the WebAssembly. */
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../${entry}`, import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
    outdir: '/out',
    write: false,
  });
  const made = outputFiles.map(({ path, contents, text }) => ({
    type: path.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
    path: path.slice('/out/'.length),
    contents: path.endsWith('.wasm') ? contents : text,
  }));
  return made.sort((a, b) => a.type.localeCompare(b.type)).reverse();
}

/** The files of a folder of shards, by name. */
export function shardsIn(folder) {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
}

/** @type {Record<string, Uint8Array>} */
export const SHARDS = shardsIn(fixture().shards);

/**
 * Runs a worker while `use` does. `files` by key are what its bucket holds.
 *
 * @param {{ env?: Record<string, string>, files?: Record<string, Uint8Array | string>, options?: object, entry?: string }} given
 * @param {(worker: Worker) => Promise<void>} use
 */
export async function running({ env = {}, files = tenant('acme'), options = {}, entry = 'src/worker.js' }, use) {
  const lines = [];
  const log = (stream) => stream.on('data', (chunk) => lines.push(String(chunk)));
  const miniflare = new Miniflare({
    modules: await bundled(entry),
    modulesRoot: '/',
    compatibilityDate: '2026-04-01',
    bindings: { ...ENV, ...env },
    r2Buckets: ['SHARDS'],
    // Or it would ask the network where in the world it is.
    cf: false,
    handleRuntimeStdio: (stdout, stderr) => [stdout, stderr].forEach(log),
    ...options,
  });
  try {
    const address = await miniflare.ready;
    const worker = new Worker(miniflare, address, lines);
    if (Object.keys(files).length > 0) await worker.put(files);
    await use(worker);
  } finally {
    await miniflare.dispose();
  }
}

/** The sample's shards as the folder of a tenant. */
export function tenant(name, shards = SHARDS) {
  return Object.fromEntries(Object.entries(shards).map(([file, bytes]) => [`${name}/${file}`, bytes]));
}

/** A token of the issuer, with some of it changed. */
export function token({ claims = {}, secret = SECRET, issuer = ISSUER, audience = AUDIENCE, expires = '5m' } = {}) {
  return new SignJWT({ tenant: 'acme', scope: 'rank shops', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
}

/** The answer to a query, of the package's ranking. */
export function answerOf(ranking) {
  const { policy, candidates, known, removed, relax } = ranking;
  return JSON.stringify({ policy, candidates, known, removed, relax, goods: [...ranking] });
}

class Worker {
  constructor(miniflare, address, lines) {
    this.miniflare = miniflare;
    this.address = address;
    this.lines = lines;
  }

  /** What workerd printed. */
  get printed() {
    return this.lines.join('');
  }

  /** The lines of its log. */
  get logged() {
    return this.printed.split('\n').filter((line) => line.startsWith('{"at"')).map((line) => JSON.parse(line));
  }

  /** @param {Record<string, Uint8Array | string>} files */
  async put(files) {
    const bucket = await this.miniflare.getR2Bucket('SHARDS');
    for (const [key, bytes] of Object.entries(files)) await bucket.put(key, bytes);
  }

  /** Over the network, as a caller does; with a good token where none is given. */
  async ask(path, { headers = {}, ...init } = {}) {
    const authorization = `Bearer ${await token()}`;
    return fetch(new URL(path, this.address), { ...init, headers: { authorization, ...headers } });
  }

  /** @param {unknown} body a text is sent as it is */
  post(path, body, { headers = {} } = {}) {
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    return this.ask(path, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } });
  }
}
