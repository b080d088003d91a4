#!/usr/bin/env bash
# Every check, the quick ones first; stops at the first that fails. Expects what
# scripts/setup.sh brings.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

step() { # NAME COMMAND...
    local name=$1 started=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    "$@" || die "stopped at: $name"
    printf '== %s: %s s\n' "$name" $((SECONDS - started))
}

CHROMIUM=$(find_chromium) || die "no Chromium found" "run: scripts/setup.sh browser"
FIREFOX=$(find_firefox) || die "no Firefox found" "run: scripts/setup.sh browser"
WEBKIT=$(find_webkit) || die "no WebKit found" "run: scripts/setup.sh browser"
export CHROMIUM FIREFOX WEBKIT

step "format" cargo fmt --all --check
step "lint" scripts/lint.sh
step "cargo test" cargo test --workspace --locked
step "command line" cargo build --release --locked -p goodsrank-builder
step "wasm" scripts/build-wasm.sh
step "element" npm --prefix www --silent run build:element
step "types" npm --prefix pkg --silent run types
step "package" scripts/publish.sh --dry-run
step "page types" npm --prefix www --silent run types
step "page tests" npm --prefix www --silent run test
step "page" npm --prefix www --silent run build
step "node" node --test tests/node/*.test.mjs
step "edge types" npm --prefix edge --silent run types
step "edge" npm --prefix edge --silent run test
step "browser" node --test tests/browser/*.test.mjs
step "runtimes" node --test tests/runtimes/*.test.mjs
step "examples" node --test tests/examples/*.test.mjs
step "set-up" tests/scripts/setup.test.sh
