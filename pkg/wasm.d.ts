// `goodsrank/goodsrank.wasm`, as runtimes with WebAssembly imports give it.
declare const module: WebAssembly.Module;
export default module;
