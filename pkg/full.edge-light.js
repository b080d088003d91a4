// As edge-light.js, with the module that can also measure a merchant's own users.

// @ts-expect-error The types know no such name.
import module from './dist/goodsrank_full_bg.wasm?module';

import { host } from './lib/host.js';

host.locate = () => /** @type {WebAssembly.Module} */ (module);

export * from './index.js';
