// What differs between runtimes. The entries, browser.js and node.js, fill it in.

/**
 * @typedef {import('../index.d.ts').WasmSource} WasmSource
 *
 * @typedef {object} Host
 * @property {() => WasmSource | Promise<WasmSource>} locate where the compiled module is
 * @property {(source: string | URL) => URL} resolve an address, relative ones included
 * @property {(url: URL, signal?: AbortSignal) => Promise<Response>} fetch
 */

/** @type {Host} */
export const host = {
  locate() {
    throw new Error('no entry has said where the WebAssembly module is');
  },
  resolve(source) {
    return new URL(source, globalThis.document?.baseURI ?? globalThis.location?.href);
  },
  fetch(url, signal) {
    return fetch(url, { signal: signal ?? null });
  },
};
