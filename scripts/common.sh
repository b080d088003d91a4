# Sourced by every script here: stops at the first failure, works from the
# repository's root, and speaks in one way.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck disable=SC2034 # for who sources this
goodsrank=${CARGO_TARGET_DIR:-target}/release/goodsrank

say() {
    printf '%s\n' "$*"
}

die() {
    printf 'error: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# Prints the browser's program; fails where there is none. CHROMIUM may name it.
find_chromium() {
    local program
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM"
        return
    fi
    for program in chromium chromium-browser google-chrome; do
        command -v "$program" && return
    done
    return 1
}
