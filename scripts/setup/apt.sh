# Debian's packages. Sourced by setup.sh.
# shellcheck shell=bash

apt_is_fresh=false

need_root() { # COMMAND
    [ "$(id -u)" -eq 0 ] || has sudo || die "this needs root, and there is no sudo" "as root, run: $1"
}

# Runs apt-get as root; without a terminal it never waits for a password.
apt_get() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo)
        [ -t 0 ] || as_root+=(-n)
    fi
    # A wait, because another installation may be under way.
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

apt_update() {
    $apt_is_fresh && return
    say "apt: reading the lists of packages"
    need_root "apt-get update"
    apt_get update
    apt_is_fresh=true
}

apt_has() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Installs those of the named packages that are missing.
apt_install() {
    local package missing=()
    for package in "$@"; do
        apt_has "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "apt: installing ${missing[*]}"
    need_root "apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    apt_update
    apt_get install -y --no-install-recommends "${missing[@]}"
}

# Prints the version that apt would install; nothing where it has none.
apt_candidate() {
    LC_ALL=C apt-cache policy "$1" | sed -n 's/^  Candidate: \([^(]*\)$/\1/p'
}
