#!/usr/bin/env bash
# Builds the command line, the wasm module, the element and the page.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

scripts/setup.sh wasm tools node
say "build: the command line, $goodsrank"
cargo build --release --locked -p goodsrank-builder
scripts/build-wasm.sh
say "build: the element, pkg/dist/element"
npm --prefix www --silent run build:element
say "build: the page, www/dist"
npm --prefix www --silent run build
