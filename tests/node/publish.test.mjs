// What scripts/publish.sh refuses, and what scripts/version.sh makes of changesets, in a
// copy of the tree; what the package is made of. The dry run itself is a step of
// scripts/test.sh.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { root } from './fixture.mjs';

const { Spec, Validation } = createRequire(import.meta.url)('@cyclonedx/cyclonedx-library');
let copy;

const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd: copy, encoding: 'utf8' });
const commit = () => git('add', '--all') + git('commit', '--quiet', '--message', 'tests: a state');
const read = (name) => readFileSync(join(copy, name), 'utf8');
const version = (name) => JSON.parse(read(name)).version;

function script(name, ...args) {
  const { status, stderr } = spawnSync(join(copy, 'scripts', name), args, { encoding: 'utf8' });
  return { status, stderr };
}

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'goodsrank-release-'));
  const copied = `git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t '${copy}'`;
  execFileSync('bash', ['-c', copied], { cwd: root });
  symlinkSync(join(root, 'pkg/node_modules'), join(copy, 'pkg/node_modules'));
  git('init', '--quiet');
  commit();
});

after(() => rmSync(copy, { recursive: true }));

const refused = (what, remedy) => ({ status: 1, stderr: `error: ${what}\n  ${remedy}\n` });

test('publishing refuses what is no release, and versioning makes one', () => {
  const now = version('pkg/package.json');
  assert.deepEqual(script('publish.sh', '--now'), refused("unexpected arguments '--now'", 'usage: scripts/publish.sh [--dry-run]'));
  assert.deepEqual(script('publish.sh'), refused(`CHANGELOG.md has no section ${now}`, 'run: scripts/version.sh'));
  writeFileSync(join(copy, 'pkg/.changeset/some.md'), '---\ngoodsrank: minor\n---\n\nSomething new.\n');
  assert.deepEqual(script('publish.sh'), refused('the tree has changes', 'commit them, or take them back'));
  assert.deepEqual(
    script('version.sh'),
    refused('the tree has changes', 'commit them first: a release is a commit of its own'),
  );
  commit();
  assert.deepEqual(
    script('publish.sh'),
    refused('there are changesets that no version has taken', 'run: scripts/version.sh'),
  );

  const { status, stderr } = script('version.sh');
  assert.equal(status, 0, stderr);
  const [major, minor] = now.split('.').map(Number);
  const next = `${major}.${minor + 1}.0`;
  for (const name of ['pkg/package.json', 'pkg/package-lock.json', 'edge/package.json', 'edge/package-lock.json']) {
    assert.equal(version(name), next, name);
  }
  assert.equal(JSON.parse(read('edge/openapi.json')).info.version, next);
  assert.match(read('Cargo.toml'), new RegExp(`^version = "${next}"$`, 'm'));
  assert.match(read('Cargo.lock'), new RegExp(`name = "goodsrank"\nversion = "${next}"`));
  assert.match(read('CHANGELOG.md'), new RegExp(`## The package and the command\n\n### ${next}\n`));
  const changed = git('status', '--porcelain').split('\n').filter(Boolean);
  assert.ok(changed.includes(' D pkg/.changeset/some.md'));
  for (const line of changed) assert.match(line, /^ [MD] (Cargo\.|CHANGELOG\.md|edge\/|pkg\/|www\/package-lock)/);
  assert.equal(git('diff', '--numstat', '--', 'www/package-lock.json'), '1\t1\twww/package-lock.json\n');

  commit();
  assert.deepEqual(
    script('version.sh'),
    refused(`CHANGELOG.md has a section ${next} already`, 'add a changeset: npm --prefix pkg run changeset'),
  );
  git('tag', `v${next}`);
  assert.deepEqual(
    script('publish.sh'),
    refused(`${next} was released already: there is a tag v${next}`, 'run: scripts/version.sh'),
  );
  git('tag', '--delete', `v${next}`);
  // A release at last, but nothing that would hold it to anything.
  assert.deepEqual(script('publish.sh'), refused("the gate 'typedoc' is missing", 'run: scripts/setup.sh node'));
});

test('what has been added names the package and how far it moves', async () => {
  const require = createRequire(join(root, 'pkg/package.json'));
  const { changesets, releases } = await require('@changesets/get-release-plan').default(join(root, 'pkg'));
  for (const { releases } of changesets) assert.deepEqual(releases.map(({ name }) => name), ['goodsrank']);
  assert.ok(releases.length <= 1);
});

test('the SBOM is CycloneDX, and names what is compiled in and what is bundled', async () => {
  const file = join(copy, 'sbom.json');
  execFileSync(process.execPath, [join(root, 'scripts/sbom.mjs'), file]);
  const text = readFileSync(file, 'utf8');
  assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text), null);
  const { components, dependencies, metadata } = JSON.parse(text);
  const { version } = JSON.parse(readFileSync(join(root, 'pkg/package.json'), 'utf8'));
  assert.equal(metadata.component.purl, `pkg:npm/goodsrank@${version}`);
  const found = (name) => components.find((each) => each.name === name);
  for (const name of ['goodsrank-wasm', 'libm', 'blake3', 'miniz_oxide', 'wasm-bindgen', 'lit']) assert.ok(found(name), name);
  // Neither what the command alone needs, nor what runs while compiling.
  for (const name of ['clap', 'arrow-array', 'wasm-bindgen-macro', 'vite']) assert.equal(found(name), undefined, name);
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  for (const { name, version, purl, hashes } of components) {
    if (!purl?.startsWith('pkg:cargo/')) continue;
    assert.ok(lock.includes(`name = "${name}"\nversion = "${version}"`) && lock.includes(hashes[0].content), name);
  }
  const refs = new Set([metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  for (const { ref, dependsOn } of dependencies) for (const each of [ref, ...dependsOn]) assert.ok(refs.has(each), each);
  assert.equal(dependencies.length, refs.size);
});
