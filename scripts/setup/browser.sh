# Chromium, for the browser tests. Sourced by setup.sh.
# shellcheck shell=bash

setup_browser() {
    local program
    if program=$(find_chromium); then
        say "browser: $program is there already"
    elif [ -n "${CHROMIUM:-}" ]; then
        die "CHROMIUM is '$CHROMIUM', which is no program" "name one, or unset it"
    elif has apt-get; then
        apt_install chromium
    else
        die "no Chromium found" "install Chromium or Chrome, or name it: CHROMIUM=/path/to/it"
    fi
}
