#!/usr/bin/env bash
# Holds the wasm module to its budget: it is downloaded by every merchant.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

module=pkg/dist/goodsrank_wasm_bg.wasm

[ -f "$module" ] || die "$module is missing" "run: make wasm"
brotli='process.stdout.write(String(require("zlib").brotliCompressSync(
    require("fs").readFileSync(process.argv[1])).length))'

within() { # WHAT SIZE BUDGET
    [ "$2" -le "$3" ] ||
        die "$module is over its budget" \
            "expected at most $3 bytes $1, found $2 ($(($2 - $3)) too many)" \
            "find what grew (twiggy top -n 20 $module) and take it out;" \
            "raise the budget in scripts/check-size.sh only with a reason in the commit"
    say "size: $module has $2 bytes $1 of $3"
}

within raw $(($(wc -c <"$module"))) 200000
within brotli "$(node -e "$brotli" "$module")" 80000
