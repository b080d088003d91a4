// The entry for Vercel's edge, which compiles no bytes: as workerd.js, under the
// name by which its bundlers know a module.

// @ts-expect-error The types know no such name.
import module from './dist/goodsrank_wasm_bg.wasm?module';

import { host } from './lib/host.js';

host.locate = () => /** @type {WebAssembly.Module} */ (module);

export * from './index.js';
