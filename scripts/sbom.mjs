// Writes what the npm package is made of as CycloneDX: npm says what it needs (nothing),
// cargo what is compiled into the modules, and the element's licences what is bundled.
//
//   node scripts/sbom.mjs FILE
//
// By cargo itself and not by cargo-cyclonedx, which a bare machine would compile for
// minutes, and which knows nothing of the element.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const run = (folder, program, ...args) =>
  execFileSync(program, args, { cwd: new URL(folder, root), encoding: 'utf8' });

/** SPDX, of which crates have an older form. */
const licenses = (text) => [{ expression: text.replaceAll('/', ' OR ') }];

/** Cargo's checksums by crate. */
function checksums() {
  const packages = read('Cargo.lock').split('[[package]]');
  const field = (text, name) => text.match(new RegExp(`^${name} = "(.*)"$`, 'm'))?.[1];
  return new Map(packages.map((text) => [`${field(text, 'name')}@${field(text, 'version')}`, field(text, 'checksum')]));
}

/** Crates of the larger module, which has all of the smaller one's, and what needs what. */
function crates() {
  const tree = run(
    '.', 'cargo', 'tree', '--locked', '--package', 'goodsrank-wasm', '--features', 'full',
    '--target', 'wasm32-unknown-unknown', '--edges', 'normal,no-proc-macro',
    '--prefix', 'depth', '--format', '\t{p}\t{l}',
  );
  const sums = checksums();
  const [components, needs, path] = [new Map(), new Map(), []];
  for (const line of tree.trim().split('\n')) {
    const [depth, crate, license] = line.replace(/ \(\*\)$/, '').split('\t');
    const [, name, version] = crate.match(/^(\S+) v(\S+)/);
    const [ref, sum] = [`cargo:${name}@${version}`, sums.get(`${name}@${version}`)];
    // Those without a checksum are this repository's own.
    const from = sum && { purl: `pkg:cargo/${name}@${version}`, hashes: [{ alg: 'SHA-256', content: sum }] };
    components.set(ref, { 'bom-ref': ref, type: 'library', name, version, ...from, licenses: licenses(license) });
    path.splice(Number(depth), Infinity, ref);
    if (!needs.has(ref)) needs.set(ref, new Set());
    if (path.length > 1) needs.get(path.at(-2)).add(ref);
  }
  return { components, needs };
}

/** Packages in the element's bundle, as its bundler found them. */
function bundled() {
  const found = read('pkg/dist/element/LICENSES.md').matchAll(/^## (\S+) - (\S+) \((.+)\)$/gm);
  return Array.from(found, ([, name, version, license]) => ({
    'bom-ref': `npm:${name}@${version}`,
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: licenses(license),
  }));
}

const bom = JSON.parse(
  run('pkg/', 'npm', 'sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--omit', 'dev', '--package-lock-only', '--loglevel=error'),
);
// npm takes the folder's name for the package's.
bom.metadata.component.name = JSON.parse(read('pkg/package.json')).name;
const { components, needs } = crates();
const packages = bundled();
bom.components.push(...components.values(), ...packages);
const own = bom.dependencies.find(({ ref }) => ref === bom.metadata.component['bom-ref']);
own.dependsOn.push([...components.keys()][0], ...packages.map((each) => each['bom-ref']));
bom.dependencies.push(
  ...Array.from(needs, ([ref, needed]) => ({ ref, dependsOn: [...needed].sort() })),
  ...packages.map((each) => ({ ref: each['bom-ref'], dependsOn: [] })),
);
writeFileSync(process.argv[2], `${JSON.stringify(bom, null, 2)}\n`);
console.log(`sbom: ${bom.components.length} components in ${process.argv[2]}`);
