// As workerd.js, with the module that can also measure a merchant's own users.

// @ts-expect-error The types there are of what the module exports.
import module from './dist/goodsrank_full_bg.wasm';

import { host } from './lib/host.js';

host.locate = () => /** @type {WebAssembly.Module} */ (module);

export * from './index.js';
