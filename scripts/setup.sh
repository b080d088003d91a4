#!/usr/bin/env bash
# Brings what the build and the tests need, and says so before each change.
# Quick where all is there already.
#
#   scripts/setup.sh [STEP...]     all steps where none is named
#
#   wasm      std for wasm32-unknown-unknown
#   tools     wasm-bindgen and wasm-pack, in the versions of toolchain.sh
#   node      the npm packages of each folder with a package-lock.json
#   browser   Chromium, Firefox and WebKit, for the browser tests
#   lint      shellcheck, for these scripts

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/toolchain.sh
source scripts/setup/apt.sh
source scripts/setup/wasm.sh
source scripts/setup/tools.sh
source scripts/setup/node.sh
source scripts/setup/browser.sh
source scripts/setup/lint.sh

all=(wasm tools node browser lint)
steps=("$@")
[ $# -gt 0 ] || steps=("${all[@]}")

for step in "${steps[@]}"; do
    [[ " ${all[*]} " == *" $step "* ]] || die "unknown step '$step'" "expected any of: ${all[*]}"
done

for step in "${steps[@]}"; do
    "setup_$step"
done
