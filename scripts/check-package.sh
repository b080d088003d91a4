#!/usr/bin/env bash
# Holds the npm package to what its readers expect: publint reads its manifest,
# attw resolves its types as each compiler does, and JavaScript has a budget.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

bin=$PWD/pkg/node_modules/.bin
for tool in publint attw; do
    [ -x "$bin/$tool" ] || die "$tool is missing" "run: scripts/setup.sh node"
done
[ -d pkg/dist/element ] || die "pkg/dist/element is missing" "run: make build"

packed=$(mktemp -d)
trap 'rm -rf "$packed"' EXIT
npm pack ./pkg --pack-destination "$packed" --loglevel=error >/dev/null
"$bin/publint" run "$packed"/*.tgz --strict
# CommonJS is not promised.
"$bin/attw" "$packed"/*.tgz --profile esm-only --format table-flipped --no-emoji --no-color
node scripts/js-size.mjs
