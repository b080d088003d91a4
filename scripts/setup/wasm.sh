# std for wasm32-unknown-unknown, in one of three ways:
#
#   1. the compiler on PATH has it already
#   2. rustup fetches it, where rustup can
#   3. Debian's compiler builds it once from Debian's source package
#
# The third writes nothing outside of its own folder, a sysroot of links:
#
#   bin/rustc                  /usr/bin/rustc with this folder as its sysroot
#   bin/cargo                  -> /usr/bin/cargo
#   lib/rustlib/HOST/lib       -> Debian's own
#   lib/rustlib/HOST/bin/rust-lld                  -> Debian's lld
#   lib/rustlib/wasm32-unknown-unknown/lib/*.rlib  built here
#
# Whoever puts its bin first on PATH has a compiler with the target. Debian's
# own package of std for wasm is not used: it is of the compiler that the
# release was made with, which is older than rust-version in Cargo.toml.
# Sourced by setup.sh.
# shellcheck shell=bash

setup_wasm() {
    if own_compiler_has_target; then
        say "wasm: $wasm_target is there already"
    elif has_debian_sysroot; then
        say "wasm: $wasm_target is there already, in $(debian_sysroot)"
    elif rustup_adds_target; then
        say "wasm: rustup added $wasm_target"
    elif has apt-get; then
        install_debian_rust
        make_debian_sysroot
    else
        die "no way to get std for $wasm_target; do one of these, then run this again" \
            "rustup target add $wasm_target" \
            "install your system's package of Rust's std for $wasm_target" \
            "use a Debian whose rustc or rustc-web is $rust_version or newer"
    fi
}

rustup_adds_target() {
    [ "${GOODSRANK_WASM_ROUTE:-}" != debian ] && has rustup || return
    say "wasm: rustup target add $wasm_target"
    rustup target add "$wasm_target" && return
    say "wasm: rustup cannot fetch it here"
    return 1
}

install_debian_rust() {
    local packages
    packages=$(debian_rust_packages)
    if [ -z "$packages" ]; then
        apt_update
        packages=$(debian_rust_packages)
    fi
    [ -n "$packages" ] || die "this Debian has no Rust $rust_version or newer for $wasm_target" \
        "its rustc is '$(apt_candidate rustc)', its rustc-web '$(apt_candidate rustc-web)'" \
        "do: rustup target add $wasm_target, or use a newer release"
    # shellcheck disable=SC2086 # a list of words
    apt_install $packages
    apt_install "$(debian_lld)"
}

# Prints what `rustc -vV` says of a FIELD.
debian_rustc_says() { # FIELD
    /usr/bin/rustc -vV | sed -n "s/^$1: //p"
}

# Prints the name, of package and program, of the linker that goes with rustc.
debian_lld() {
    local llvm
    llvm=$(debian_rustc_says 'LLVM version')
    printf 'lld-%s' "${llvm%%.*}"
}

# Prints the packages of a compiler that is new enough; nothing where none is. A
# release whose own is too old may carry a second one, `-web`, that it builds
# its browsers with.
debian_rust_packages() {
    local kind
    for kind in '' -web; do
        if dpkg --compare-versions "$(apt_candidate "rustc$kind")" ge "$rust_version"; then
            printf '%s\n' "rustc$kind cargo$kind rust$kind-src"
            return
        fi
    done
}

# Works aside and renames at the end, so that what was interrupted is never
# taken for finished. A subshell, for the trap.
make_debian_sysroot() (
    sysroot=$(debian_sysroot)
    [ ! -d "$sysroot" ] || exit 0
    say "wasm: building std for $wasm_target in $sysroot (once, about a minute)"
    mkdir -p "$sysroots"
    work=$(mktemp -d "$sysroots/partial-XXXXXX")
    trap 'rm -rf "$work"' EXIT
    build_std "$work/build"
    lay_out_sysroot "$work/sysroot" "$work/build"
    mv -T "$work/sysroot" "$sysroot"
)

# An empty crate brings cargo to build std: the flag for that is unstable, hence
# RUSTC_BOOTSTRAP, and so that nothing is fetched std's own dependencies are
# read from the source package. Without embedded bitcode std could not take
# part in link-time optimisation. The environment is empty, because flags of
# the caller would end up in std.
build_std() { # FOLDER
    local source=/usr/lib/rustlib/src/rust/library
    mkdir -p "$1/src"
    : >"$1/src/lib.rs"
    printf '[package]\nname = "empty"\nedition = "2024"\n[workspace]\n' >"$1/Cargo.toml"
    env -i -C "$1" PATH=/usr/bin:/bin HOME="$1" RUSTC_BOOTSTRAP=1 \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=-Cembed-bitcode=yes \
        /usr/bin/cargo build --quiet --offline --release --target "$wasm_target" \
        -Zbuild-std=std,panic_abort,test --target-dir target \
        --config 'source.crates-io.replace-with = "debian"' \
        --config "source.debian.directory = '$source/vendor'"
    rm "$1/target/$wasm_target/release/deps/"libempty-*
}

lay_out_sysroot() { # FOLDER BUILD
    local host libs=$1/lib/rustlib
    host=$(debian_rustc_says host)
    mkdir -p "$1/bin" "$libs/$host/bin" "$libs/$wasm_target/lib"
    # shellcheck disable=SC2016 # expanded when it runs, so the folder can be moved
    printf '#!/bin/sh\nexec /usr/bin/rustc --sysroot "${0%%/bin/rustc}" "$@"\n' >"$1/bin/rustc"
    chmod +x "$1/bin/rustc"
    ln -s /usr/bin/cargo "$1/bin/cargo"
    ln -s "/usr/lib/rustlib/$host/lib" "$libs/$host/lib"
    ln -s "/usr/bin/$(debian_lld)" "$libs/$host/bin/rust-lld"
    cp "$2/target/$wasm_target/release/deps/"lib*.rlib "$libs/$wasm_target/lib"
}
