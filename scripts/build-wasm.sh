#!/usr/bin/env bash
# Builds pkg/dist from the wasm crate: wasm-pack compiles it and writes its
# JavaScript, wasm-opt from npm makes the module a quarter smaller. Not Debian's
# wasm-opt: its release 108 breaks the module and exits 0.
#
# Twice: the full module has what not every page needs: users of one's own, what-if
# and files of queries. One JavaScript serves both: the full one's, whose imports
# include the other's.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/toolchain.sh

name=goodsrank_wasm
full=goodsrank_full
built=$PWD/target/wasm-pack
dist=pkg/dist
stamp=target/wasm-pack.stamp
wasm_opt=pkg/node_modules/.bin/wasm-opt

# Control flow laid out anew and all passes twice, then locals merged and offsets
# folded: 3,000 bytes less. Low memory is unused: rustc puts the stack there, and
# its last 1,024 bytes are never reached. Then what rustc's target has by default,
# and simd128. Nothing that an engine of today may lack.
wasm_opt_flags=(--flatten --rereloop -Oz -Oz
    --low-memory-unused --optimize-added-constants-propagate
    --merge-locals --coalesce-locals-learning --reorder-functions -Oz
    --strip-producers --strip-target-features
    --enable-simd --enable-bulk-memory --enable-bulk-memory-opt
    --enable-mutable-globals --enable-nontrapping-float-to-int
    --enable-sign-ext --enable-reference-types --enable-multivalue)

# RUSTFLAGS would silently replace the target's own flags.
compile() {
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
    local registry=${CARGO_HOME:-$HOME/.cargo}/registry/src
    # Panic messages name source files; a module must not name this machine's.
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Ctarget-feature=+simd128 \
--remap-path-prefix=$registry= --remap-path-prefix=$PWD="
    rm -rf "$built"
    pack "$built/lean"
    pack "$built/full" --features full
}

pack() { # FOLDER CARGO-ARGUMENT...
    local out=$1
    shift
    wasm-pack --quiet build wasm --mode no-install --profile wasm --target web \
        --no-opt --no-pack --no-gitignore --out-dir "$out" --out-name "$name" -- --locked "$@"
}

# Prints a hash of all that pkg/dist is made from.
inputs() {
    {
        printf '%s\n' "${wasm_opt_flags[@]}"
        cat scripts/trim-glue.mjs
        cat pkg/node_modules/binaryen/package.json
        find "$built" -type f | sort | xargs cat
    } | git hash-object --stdin
}

# Written aside and moved, so that pkg/dist is never half a build. A subshell,
# for the trap.
optimise() (
    partial=$dist.partial-$$
    trap 'rm -rf "$partial"' EXIT
    cp -R "$built/full" "$partial"
    node scripts/trim-glue.mjs "$partial/$name.js"
    "$wasm_opt" "${wasm_opt_flags[@]}" "$built/lean/${name}_bg.wasm" -o "$partial/${name}_bg.wasm"
    "$wasm_opt" "${wasm_opt_flags[@]}" "$built/full/${name}_bg.wasm" -o "$partial/${full}_bg.wasm"
    rm -rf "$dist" "$stamp"
    mv "$partial" "$dist"
    inputs >"$stamp"
)

[ -x "$wasm_opt" ] || die "$wasm_opt is missing" "run: scripts/setup.sh node"
use_wasm_toolchain
compile
if [ -d "$dist" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(inputs)" ]; then
    say "wasm: $dist is up to date"
else
    say "wasm: wasm-opt writes $dist"
    optimise
fi
say "wasm: $(wc -c <"$dist/${name}_bg.wasm") bytes, the full one $(wc -c <"$dist/${full}_bg.wasm")"
