#!/usr/bin/env bash
# Tests of scripts/setup.sh: what it refuses, and that Debian's compiler does
# build the wasm module where no other way is open. The sysroot is redirected
# to an empty folder, so nothing that this machine has can stand in for it.

source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GOODSRANK_WASM_ROUTE=debian GOODSRANK_SYSROOT=$work/sysroot
source scripts/toolchain.sh

passed=0
skipped=0

equal() { # NAME EXPECTED FOUND
    [ "$2" = "$3" ] || die "$1" "expected: $2" "found:    $3"
    say "ok: $1"
    passed=$((passed + 1))
}

# Prints the status of a command and what it said, of either stream.
outcome() {
    local said status=0
    said=$("$@" 2>&1) || status=$?
    printf '%s %s' "$status" "$said"
}

test_refusals() {
    equal "an unknown step is refused before any is done" \
        "1 error: unknown step 'tool'
  expected any of: wasm tools node browser lint" \
        "$(outcome scripts/setup.sh wasm tool)"
    equal "an unknown route is refused" \
        "1 error: GOODSRANK_WASM_ROUTE is 'fedora'; expected nothing or 'debian'" \
        "$(GOODSRANK_WASM_ROUTE=fedora outcome scripts/setup.sh wasm)"
    equal "a browser that is not there is refused" \
        "1 error: CHROMIUM is '/no/browser', which is no program
  name one, or unset it" \
        "$(CHROMIUM=/no/browser outcome scripts/setup.sh browser)"
    equal "each browser is refused by its own name" \
        "1 browser: $(find_chromium) is there already
error: FIREFOX is '/no/browser', which is no program
  name one, or unset it" \
        "$(FIREFOX=/no/browser outcome scripts/setup.sh browser)"
    equal "a build without the target says what to run" \
        "1 error: no compiler here has std for wasm32-unknown-unknown
  run: scripts/setup.sh wasm" \
        "$(outcome use_wasm_toolchain)"
}

test_old_node() {
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    source scripts/setup/node.sh
    equal "an older minor version of Node is refused" \
        "1 error: Node is $(node --version); expected $major.999 or newer" \
        "$(node_version=$major.999 outcome check_node)"
    equal "a newer major version of Node is taken" "0 " \
        "$(node_version=$((major - 1)).999 outcome check_node)"
}

# `timeout` passes the signal on to all that it started, as Ctrl-C does.
test_interruption() {
    local build
    timeout 300 scripts/setup.sh wasm >"$work/said" 2>&1 &
    build=$!
    until grep -q "building std" "$work/said"; do
        kill -0 "$build" 2>/dev/null || die "it ended before it built" "$(cat "$work/said")"
        sleep 0.1
    done
    sleep 2
    kill "$build"
    wait "$build" && die "it did not stop when it was told to"
    equal "an interrupted build is not taken for finished" "1 " "$(outcome has_debian_sysroot)"
}

test_fallback() {
    local started
    scripts/setup.sh wasm
    started=$SECONDS
    equal "the second time it only says so, at once" \
        "0 wasm: $wasm_target is there already, in $(debian_sysroot)" \
        "$(outcome scripts/setup.sh wasm)"
    [ $((SECONDS - started)) -le 2 ] || die "the second time took $((SECONDS - started)) s, expected 2 at most"
    equal "nothing else is left, of the interrupted build neither" "$(basename "$(debian_sysroot)")" "$(ls "$GOODSRANK_SYSROOT")"
}

# Link-time optimisation needs std's bitcode, `format!` needs std, and the
# linker has to be found.
test_module() {
    mkdir -p "$work/tiny/src"
    cat >"$work/tiny/Cargo.toml" <<'END'
[package]
name = "tiny"
edition = "2024"
[lib]
crate-type = ["cdylib"]
[profile.release]
lto = true
panic = "abort"
[workspace]
END
    cat >"$work/tiny/src/lib.rs" <<'END'
#[unsafe(no_mangle)]
pub extern "C" fn digits(n: u32) -> usize {
    format!("{n}").len()
}
END
    use_wasm_toolchain
    equal "the compiler's sysroot is the redirected one" "$(debian_sysroot)" "$(rustc --print sysroot)"
    cargo build --quiet --release --target "$wasm_target" \
        --manifest-path "$work/tiny/Cargo.toml" --target-dir "$work/tiny/target"
    equal "a module that it built runs" 5 "$(node --input-type=module -e '
        import { readFileSync } from "node:fs";
        const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[1]));
        console.log(instance.exports.digits(12345));
    ' "$work/tiny/target/$wasm_target/release/tiny.wasm")"
}

test_refusals
test_old_node
if has apt-get; then
    test_interruption
    test_fallback
    test_module
else
    say "skipped: the way with Debian's packages, which this system has not"
    skipped=1
fi
say "$passed passed, 0 failed, $skipped skipped"
