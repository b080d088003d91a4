// The entry without a module: whoever imports it gives one to init. For bundlers
// and runtimes that import or locate the .wasm themselves.

export * from './index.js';
