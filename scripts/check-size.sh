#!/usr/bin/env bash
# Holds the wasm module to its budget: it is downloaded by every merchant.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

module=pkg/dist/goodsrank_wasm_bg.wasm
budget=200000

[ -f "$module" ] || die "$module is missing" "run: make wasm"
size=$(wc -c <"$module")
[ "$size" -le "$budget" ] ||
    die "$module is over its budget" \
        "expected at most $budget bytes, found $size ($((size - budget)) too many)" \
        "find what grew (twiggy top -n 20 $module) and take it out;" \
        "raise the budget in scripts/check-size.sh only with a reason in the commit"
say "size: $module has $((size)) bytes of $budget"
