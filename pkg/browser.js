// The entry for browsers and for whatever else has fetch and import.meta.url.

import { host } from './lib/host.js';

// Written out, because this is the form that bundlers find and copy.
host.locate = () => new URL('./dist/goodsrank_wasm_bg.wasm', import.meta.url);

export * from './index.js';
