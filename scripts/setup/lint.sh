# rustfmt and clippy, which a minimal toolchain lacks, and shellcheck. Sourced
# by setup.sh.
# shellcheck shell=bash

setup_lint() {
    setup_rust_linters
    if has shellcheck; then
        say "lint: shellcheck is there already"
    elif has apt-get; then
        apt_install shellcheck
    else
        die "shellcheck is missing" "install it with your system's packages"
    fi
}

setup_rust_linters() {
    if cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; then
        say "lint: rustfmt and clippy are there already"
    elif has rustup; then
        say "lint: rustup component add rustfmt clippy"
        rustup component add rustfmt clippy
    else
        die "rustfmt or clippy is missing" "install both beside your cargo"
    fi
}
