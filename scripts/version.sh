#!/usr/bin/env bash
# Makes a release of what is unreleased, for its author to look at and commit: moves the
# version as the changesets of pkg/.changeset say, and names the lines of CHANGELOG.md.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ -z "$(git status --porcelain)" ] || die "the tree has changes" "commit them first: a release is a commit of its own"
[ -x pkg/node_modules/.bin/changeset ] || die "changeset is missing" "run: scripts/setup.sh node"

# One version for the package, the crates and the edge worker.
write_version() { # VERSION
    node --input-type=module - "$1" <<'JS'
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [version] = process.argv.slice(2);
const OURS = ['goodsrank', 'goodsrank-edge'];
const change = (file, edit) => writeFileSync(file, edit(readFileSync(file, 'utf8')));
const changeJson = (file, edit) =>
  change(file, (text) => {
    const value = JSON.parse(text);
    edit(value);
    return `${JSON.stringify(value, null, 2)}\n`;
  });

change('Cargo.toml', (text) => text.replace(/^version = ".*"$/m, `version = "${version}"`));
change('edge/package.json', (text) => text.replace(/"version": ".*?"/, `"version": "${version}"`));
change('edge/openapi.json', (text) => text.replace(/"version": ".*?"/, `"version": "${version}"`));
const locks = execFileSync('git', ['ls-files', '*package-lock.json'], { encoding: 'utf8' });
for (const lock of locks.trim().split('\n')) {
  changeJson(lock, (all) => {
    for (const each of [all, ...Object.values(all.packages)]) {
      if (OURS.includes(each.name) && each.version) each.version = version;
    }
    for (const [path, each] of Object.entries(all.packages)) {
      if (/^\.\.\/(\.\.|pkg)$/.test(path) && each.version) each.version = version;
    }
  });
}
JS
    cargo update --quiet --workspace --offline
}

# Without any the version stays: the first release is what the package was made with.
if [ -n "$(changesets)" ]; then
    (cd pkg && node_modules/.bin/changeset version)
fi
version=$(node -p "require('./pkg/package.json').version")
! grep -q "^### ${version//./\\.}\$" <(sed '/^## The shard format$/,$d' CHANGELOG.md) ||
    die "CHANGELOG.md has a section $version already" "add a changeset: npm --prefix pkg run changeset"
write_version "$version"
sed -i "0,/^### Unreleased\$/s//### $version/" CHANGELOG.md
say "version: $version; look at it, commit it, and run the workflow 'publish'"
