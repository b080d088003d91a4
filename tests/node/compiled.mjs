// Loader hooks for Node: an import of a .wasm gives it compiled, as in runtimes that
// compile no bytes, and `?module` is part of the name, as on Vercel's edge.

const WASM = /^(file:.*\.wasm)(\?module)?$/;

export async function load(url, context, next) {
  const file = url.match(WASM)?.[1];
  if (file === undefined) return next(url, context);
  const source = `import { readFileSync } from 'node:fs';
    export default new WebAssembly.Module(readFileSync(new URL(${JSON.stringify(file)})));`;
  return { format: 'module', source, shortCircuit: true };
}
