# Sourced after common.sh: which versions build the wasm module, where they are
# kept, and which compiler is used. Scripts learn it from here and nowhere else.
#
#   GOODSRANK_CACHE       what setup installs; outside of the clone, so that a
#                         fresh clone is set up at once
#   GOODSRANK_SYSROOT     where the sysroots made from Debian's packages are
#   GOODSRANK_WASM_ROUTE  `debian` uses that sysroot even where the machine's
#                         own compiler has the target; a machine that can fetch
#                         would otherwise never try the way without
# shellcheck shell=bash
# shellcheck disable=SC2034 # the variables are for who sources this

wasm_target=wasm32-unknown-unknown
rust_version=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
wasm_bindgen_version=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' wasm/Cargo.toml)
wasm_pack_version=0.15.1

cache=${GOODSRANK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/goodsrank}
sysroots=${GOODSRANK_SYSROOT:-$cache/sysroot}
wasm_bindgen_root=$cache/wasm-bindgen-$wasm_bindgen_version
wasm_pack_root=$cache/wasm-pack-$wasm_pack_version
PATH=$wasm_bindgen_root/bin:$wasm_pack_root/bin:$PATH

case ${GOODSRANK_WASM_ROUTE:-} in
'' | debian) ;;
*) die "GOODSRANK_WASM_ROUTE is '$GOODSRANK_WASM_ROUTE'; expected nothing or 'debian'" ;;
esac

# Succeeds if the compiler on PATH has std for the wasm target and may be used.
own_compiler_has_target() {
    local lib
    [ "${GOODSRANK_WASM_ROUTE:-}" != debian ] &&
        lib=$(rustc --print target-libdir --target "$wasm_target" 2>/dev/null) &&
        compgen -G "$lib/libstd-*.rlib" >/dev/null
}

# Prints the folder that belongs to Debian's compiler as it is now; an upgrade
# leads to another folder. It exists only once it is complete.
debian_sysroot() {
    local about
    about=$(/usr/bin/rustc -vV 2>/dev/null) || return
    printf '%s/rustc-%s' "$sysroots" "$(git hash-object --stdin <<<"$about" | cut -c1-12)"
}

has_debian_sysroot() {
    local sysroot
    sysroot=$(debian_sysroot) && [ -d "$sysroot" ]
}

# Puts the compiler for the wasm build first on PATH.
use_wasm_toolchain() {
    own_compiler_has_target && return
    has_debian_sysroot || die "no compiler here has std for $wasm_target" "run: scripts/setup.sh wasm"
    PATH=$(debian_sysroot)/bin:$PATH
}
