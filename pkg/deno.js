// The entry for Deno: files are read as in Node, but the module comes with the
// import, for which Deno asks no permission. Compiled when imported. tsc cannot
// read this file: it does not know the import.

import source module from './dist/goodsrank_full_bg.wasm';

import { host } from './lib/host.js';

// Runs before what follows, and says where the module's file lies.
export * from './node.js';

host.locate = () => module;
