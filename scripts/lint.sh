#!/usr/bin/env bash
# What a compiler does not refuse and we do.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cargo clippy --workspace --all-targets --locked -- -D warnings
RUSTDOCFLAGS='-D warnings' cargo doc --workspace --lib --no-deps --locked
shellcheck -x -a -P SCRIPTDIR:. scripts/*.sh tests/scripts/*.sh .ci/run
