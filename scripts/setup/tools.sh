# wasm-bindgen and wasm-pack. No registry carries their programs, so they are
# compiled here, once a version. Their release profiles take ten minutes each;
# these options take a minute and a half and give the same output: only what
# reads and writes the module is optimised. Sourced by setup.sh.
# shellcheck shell=bash

setup_tools() {
    install_tool wasm-bindgen wasm-bindgen-cli "$wasm_bindgen_version" "$wasm_bindgen_root" \
        --no-default-features --bin wasm-bindgen --bin wasm-bindgen-test-runner \
        --config profile.release.package.walrus.opt-level=2 \
        --config profile.release.package.wasmparser.opt-level=2 \
        --config profile.release.package.wasm-encoder.opt-level=2 \
        --config profile.release.package.wasm-bindgen-cli-support.opt-level=1 \
        --config profile.release.package.gimli.opt-level=1
    install_tool wasm-pack wasm-pack "$wasm_pack_version" "$wasm_pack_root"
}

install_tool() { # PROGRAM CRATE VERSION FOLDER OPTION...
    local program=$1 crate=$2 version=$3 root=$4
    shift 4
    if [ "$("$program" --version 2>/dev/null)" = "$program $version" ]; then
        say "tools: $program $version is there already"
        return
    fi
    say "tools: cargo install $crate $version into $root (once, about two minutes)"
    cargo install --quiet "$crate" --version "=$version" --root "$root" "$@" \
        --config profile.release.opt-level=0 \
        --config profile.release.debug=false \
        --config profile.release.lto=false
}
