// As workerd.js, with the module that can also rank several shards and measure a
// merchant's own users.

// @ts-expect-error
import module from './dist/goodsrank_full_bg.wasm';

import { host } from './lib/host.js';

host.locate = () => /** @type {WebAssembly.Module} */ (module);

export * from './index.js';
