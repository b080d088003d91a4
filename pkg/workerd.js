// The entry for workerd, which compiles no bytes: its modules are imported.

// @ts-expect-error its generated types are of an instance, and workerd gives the module
import wasm from './dist/goodsrank_wasm_bg.wasm';
import { host } from './lib/host.js';

host.locate = () => /** @type {WebAssembly.Module} */ (wasm);

export * from './index.js';
