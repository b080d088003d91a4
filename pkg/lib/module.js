// The WebAssembly module: compiled once, shared by every catalog.

import * as glue from '../dist/goodsrank_wasm.js';
import { GoodsRankError, badQuery, messageOf, shown } from './error.js';
import { host } from './host.js';
import { request } from './http.js';

/** @typedef {import('../index.d.ts').WasmSource} WasmSource */

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const HTML = [0x3c, 0x21];

/** @type {Promise<void> | null} */
let ready = null;

/** What the module can be asked. Names alone: its exports would keep its memory. */
let exported = new Set();

/**
 * Refuses what this module was not built with.
 *
 * @param {string} name of an export
 * @param {string} what it does
 */
export function need(name, what) {
  if (exported.has(name)) return;
  throw new GoodsRankError(
    'unsupported',
    `unsupported: ${what} needs the full module: import 'goodsrank/full', or give init() the ` +
      "address of 'goodsrank/goodsrank-full.wasm'",
  );
}

/** How many instances were given up: objects of an earlier one are lost. */
let givenUp = 0;

/** The instance that objects made now belong to. */
export const instance = () => givenUp;

/** Memory of WebAssembly never shrinks; this much is kept for the next catalog, bytes. */
const KEPT = 16 * 2 ** 20;

/** Objects in wasm memory that somebody may still ask. */
let held = 0;

export function hold() {
  held += 1;
}

/** Without any the memory is given back: in a while, for the next may come at once. */
export function release() {
  held -= 1;
  if (held > 0 || waiting) return;
  waiting = true;
  setTimeout(giveBack, 0);
}

/** Whether giveBack will be called. */
let waiting = false;

function giveBack() {
  waiting = false;
  // Of a module that is there already initSync gives the exports and looks at nothing.
  const { memory } = glue.initSync(/** @type {any} */ (undefined));
  if (held > 0 || memory.buffer.byteLength <= KEPT) return;
  giveUp();
  // The first call makes the fresh instance, and lets go of the old one.
  guard(() => new glue.ShardLoader().free());
}

function giveUp() {
  givenUp += 1;
  held = 0;
  glue.abandon();
}

/**
 * Compiles the module once. A call that failed is forgotten.
 *
 * @param {WasmSource | Promise<WasmSource>} [source]
 * @returns {Promise<void>}
 */
export function init(source) {
  ready ??= start(source).catch((error) => {
    ready = null;
    throw error;
  });
  return ready;
}

/**
 * As `init`, without waiting.
 *
 * @param {WebAssembly.Module | ArrayBuffer | Uint8Array} source
 */
export function initSync(source) {
  const bytes = bytesOf(source);
  if (bytes) checkMagic(bytes, 'the given bytes');
  const module = bytes ?? /** @type {WebAssembly.Module} */ (source);
  exported = new Set(Object.keys(compiled(() => glue.initSync({ module }))));
  ready = Promise.resolve();
}

/**
 * Calls into the module. What it throws becomes a GoodsRankError; after a trap
 * the instance is given up, because its memory may be anything.
 *
 * @template T
 * @param {() => T} call
 */
export function guard(call) {
  try {
    return call();
  } catch (error) {
    throw thrown(error);
  }
}

/** @param {unknown} error */
function thrown(error) {
  if (error instanceof GoodsRankError) return error;
  const code = /** @type {GoodsRankError | undefined} */ (error)?.code;
  if (typeof code === 'string') return new GoodsRankError(code, messageOf(error));
  giveUp();
  return new GoodsRankError(
    'internal',
    `internal error: ${messageOf(error)}; open the catalog again, and please report it with what ` +
      'the console says',
    { cause: error },
  );
}

/** @param {WasmSource | Promise<WasmSource>} [source] */
async function start(source) {
  const module = await compile(await (source ?? located()));
  exported = new Set(Object.keys(await compiled(() => instantiate(module))));
}

/**
 * Without waiting, where the browser lets us: the glue keeps its promise, and with
 * it the memory of the first instance.
 *
 * @param {WebAssembly.Module} module
 */
function instantiate(module) {
  try {
    return glue.initSync({ module });
  } catch {
    return glue.default({ module_or_path: module });
  }
}

async function located() {
  try {
    return await host.locate();
  } catch (cause) {
    if (cause instanceof GoodsRankError) throw cause;
    const message = `wasm failed: ${messageOf(cause)}; is the package installed whole?`;
    throw new GoodsRankError('wasm_failed', message, { cause });
  }
}

/**
 * @param {WasmSource} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(source) {
  if (typeof source === 'string' || source instanceof URL) {
    const { response, url } = await request(source);
    return compileResponse(response, String(url));
  }
  const bytes = bytesOf(source);
  if (bytes) return compileBytes(bytes, 'the given bytes');
  // After bytes: Node takes 20 ms to load what makes a Response.
  if (source instanceof Response) return compileResponse(source, source.url);
  // By its name and not by instanceof, which knows this realm's modules only.
  if (Object.prototype.toString.call(source) === '[object WebAssembly.Module]') {
    return /** @type {WebAssembly.Module} */ (source);
  }
  throw badQuery('source', 'an address, a Response, bytes or a WebAssembly.Module', shown(source));
}

/**
 * @param {Response} response
 * @param {string} place
 */
async function compileResponse(response, place) {
  if (!response.ok) {
    const found = `expected status 200, found ${response.status}`;
    throw new GoodsRankError('fetch_failed', `fetch failed: ${place}: ${found}`);
  }
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/wasm') && WebAssembly.compileStreaming) {
    return compiled(() => WebAssembly.compileStreaming(response));
  }
  return compileBytes(new Uint8Array(await response.arrayBuffer()), place);
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} place
 */
function compileBytes(bytes, place) {
  checkMagic(bytes, place);
  return compiled(() => WebAssembly.compile(bytes));
}

/**
 * @param {Uint8Array} bytes
 * @param {string} place
 */
function checkMagic(bytes, place) {
  if (MAGIC.every((byte, i) => bytes[i] === byte)) return;
  const html = HTML.every((byte, i) => bytes[i] === byte);
  const found = html ? 'HTML' : bytes.length === 0 ? 'no bytes' : hex(bytes.subarray(0, 4));
  throw new GoodsRankError(
    'wasm_failed',
    `wasm failed: expected a WebAssembly module (00 61 73 6d), found ${found} at ${place}; ` +
      (html
        ? "with Vite, put 'goodsrank' into optimizeDeps.exclude; or give init() the address of " +
          "'goodsrank/goodsrank.wasm'"
        : 'see that the server sends the .wasm file as it is'),
  );
}

/**
 * What the engine makes of the module, or `wasm_failed`.
 *
 * @template T
 * @param {() => T} make
 * @returns {T}
 */
function compiled(make) {
  try {
    const made = make();
    return made instanceof Promise
      ? /** @type {T} */ (made.catch((error) => Promise.reject(notCompiled(error))))
      : made;
  } catch (error) {
    throw notCompiled(error);
  }
}

/** @param {unknown} cause */
function notCompiled(cause) {
  return new GoodsRankError(
    'wasm_failed',
    `wasm failed: ${messageOf(cause)}; is the module whole, and does the page's ` +
      "Content-Security-Policy have 'wasm-unsafe-eval' in script-src?",
    { cause },
  );
}

/**
 * @param {unknown} source
 * @returns {Uint8Array<ArrayBuffer> | null}
 */
function bytesOf(source) {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return source instanceof Uint8Array ? /** @type {Uint8Array<ArrayBuffer>} */ (source) : null;
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
