// The entry for Cloudflare Workers, which compile no bytes: the bundler hands
// the module over compiled.

// By its place: wrangler does not find a module by its name. The types there
// are of what the module exports.
// @ts-expect-error
import module from './dist/goodsrank_wasm_bg.wasm';

import { host } from './lib/host.js';

host.locate = () => /** @type {WebAssembly.Module} */ (module);

export * from './index.js';
