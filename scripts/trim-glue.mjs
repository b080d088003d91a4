// Takes out of wasm-bindgen's JavaScript what pkg/ never uses and no bundler can tell:
// lib/module.js hands a compiled module over, so nothing is fetched and no address is
// guessed, which a bundler would copy the module of; and lib/handle.js frees the objects,
// so no class needs Symbol.dispose, which would keep it in a bundle that does not use it.
//
//   node scripts/trim-glue.mjs FILE

import { readFileSync, writeFileSync } from 'node:fs';

const [file] = process.argv.slice(2);

/** Where a cut begins, where what stays goes on, and what takes its place. */
const CUTS = [
  ["    if (typeof Response === 'function' && module instanceof Response) {\n", '        const instance = await', '    {\n'],
  ['    function expectedResponseType(type) {\n', '}\n\nfunction initSync', ''],
  ['    if (module_or_path === undefined) {\n', '    const imports = __wbg_get_imports();\n', ''],
  ["    if (typeof module_or_path === 'string'", '    const { instance, module } = await __wbg_load', ''],
];

let text = readFileSync(file, 'utf8');
for (const [from, to, instead] of CUTS) {
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0) {
    console.error(`error: ${file} is not as this wasm-bindgen writes it
  expected ${JSON.stringify(from)} and ${JSON.stringify(to)} behind it
  see what it writes now, and change scripts/trim-glue.mjs`);
    process.exit(1);
  }
  text = text.slice(0, start) + instead + text.slice(end);
}
writeFileSync(file, text.replace(/^if \(Symbol\.dispose\) .*\n/gm, ''));
