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

# Prints the first of the programs that is there; a name given takes their place.
find_program() { # NAME PROGRAM...
    local name=$1 program
    shift
    [ -z "$name" ] || set -- "$name"
    for program; do
        command -v "$program" && return
    done
    return 1
}

# Prints the changesets that no version has taken.
changesets() {
    find pkg/.changeset -name '*.md' -not -name README.md
}

find_chromium() {
    find_program "${CHROMIUM:-}" chromium chromium-browser google-chrome
}

find_firefox() {
    find_program "${FIREFOX:-}" firefox-esr firefox
}

# WebKit's own small browser lies beside the library.
find_webkit() {
    find_program "${WEBKIT:-}" /usr/lib/*/webkit2gtk-4.*/MiniBrowser
}
