// What differs between runtimes. The entries, browser.js and node.js, fill it in;
// slim.js leaves where the module is to its caller.

import { GoodsRankError } from './error.js';

/**
 * @typedef {import('../index.d.ts').WasmSource} WasmSource
 *
 * @typedef {object} Host
 * @property {() => WasmSource | Promise<WasmSource>} locate where the compiled module is
 * @property {(source: string | URL) => URL} resolve an address, relative ones included
 * @property {(url: URL, signal?: AbortSignal, headers?: Record<string, string>) => Promise<Response>} fetch
 */

/** @type {Host} */
export const host = {
  locate() {
    throw new GoodsRankError(
      'wasm_failed',
      "wasm failed: 'goodsrank/slim' has no WebAssembly module of its own: expected init(source) " +
        "before the first open, found none; give it 'goodsrank/goodsrank.wasm', or import 'goodsrank'",
    );
  },
  resolve(source) {
    return new URL(source, globalThis.document?.baseURI ?? globalThis.location?.href);
  },
  fetch(url, signal, headers = {}) {
    return fetch(url, { signal: signal ?? null, headers });
  },
};
