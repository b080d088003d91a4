// The entry for Node: files are read, because its fetch refuses file: addresses.
// The full module, for nobody waits for its download.

import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { host } from './lib/host.js';

const CHUNK = 1 << 20;

host.locate = () => readFile(new URL('./dist/goodsrank_full_bg.wasm', import.meta.url));
host.resolve = (source) => (URL.canParse(source) ? new URL(source) : pathToFileURL(`${source}`));
host.fetch = (url, signal, headers = {}) =>
  url.protocol === 'file:' ? read(url) : fetch(url, { signal: signal ?? null, headers });

/** @param {URL} url */
async function read(url) {
  const file = await open(fileURLToPath(url));
  const { size } = await file.stat();
  const body = Readable.toWeb(file.createReadStream({ highWaterMark: CHUNK }));
  const headers = { 'content-length': String(size) };
  return new Response(/** @type {ReadableStream} */ (body), { headers });
}

export * from './index.js';
