#!/usr/bin/env bash
# Publishes the npm package: makes sure that this is a release, runs the package's gates,
# writes what it is made of, and sends it with its provenance. Meant for the workflow
# `publish`, whose identity npm trusts; scripts/version.sh comes before it.
#
#   scripts/publish.sh [--dry-run]
#
#   --dry-run   sends nothing, takes what is built, and only says what would stop it

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

dry_run=false
case "$*" in
'') ;;
--dry-run) dry_run=true ;;
*) die "unexpected arguments '$*'" "usage: scripts/publish.sh [--dry-run]" ;;
esac

version=$(node -p "require('./pkg/package.json').version")
out=target/publish
tarball=$out/goodsrank-$version.tgz
sbom=$out/goodsrank-$version.cdx.json

refuse() { # WHAT REMEDY
    $dry_run || die "$@"
    say "publish: would stop: $1"
}

check_release() {
    [ -z "$(git status --porcelain)" ] || refuse "the tree has changes" "commit them, or take them back"
    [ -z "$(changesets)" ] ||
        refuse "there are changesets that no version has taken" "run: scripts/version.sh"
    # What follows is the shard format's, which has versions of its own.
    grep -q "^### ${version//./\\.}\$" <(sed '/^## The shard format$/,$d' CHANGELOG.md) ||
        refuse "CHANGELOG.md has no section $version" "run: scripts/version.sh"
    ! git rev-parse --quiet --verify "refs/tags/v$version" >/dev/null ||
        refuse "$version was released already: there is a tag v$version" "run: scripts/version.sh"
}

gates() {
    for tool in publint attw tsc; do
        [ -x "pkg/node_modules/.bin/$tool" ] || die "the gate '$tool' is missing" "run: scripts/setup.sh node"
    done
    [ -x docs/api/node_modules/.bin/typedoc ] || die "the gate 'typedoc' is missing" "run: scripts/setup.sh node"
    $dry_run || scripts/build.sh
    scripts/check-size.sh
    npm --prefix pkg --silent run types
    npm --prefix pkg --silent run docs
    scripts/check-package.sh
}

pack() {
    rm -rf "$out"
    mkdir -p "$out"
    npm pack ./pkg --pack-destination "$out" --loglevel=error >/dev/null
    node scripts/sbom.mjs "$sbom"
}

publish() {
    # With a tag named, npm asks the registry nothing in a dry run.
    local how=(--tag latest --access public --provenance)
    ! $dry_run || how+=(--dry-run --loglevel=error)
    npm publish "$tarball" "${how[@]}"
}

check_release
gates
pack
publish
if $dry_run; then
    say "publish: nothing was sent; $tarball and $sbom are what would be"
else
    say "publish: $version is sent"
fi
