# Chromium, Firefox and WebKit, for the browser tests. Sourced by setup.sh.
# shellcheck shell=bash

setup_browser() {
    bring_browser chromium CHROMIUM chromium Chromium
    bring_browser firefox FIREFOX firefox-esr Firefox
    bring_browser webkit WEBKIT libwebkit2gtk-4.1-0 WebKitGTK
    bring_display
}

bring_browser() { # FINDER VARIABLE PACKAGE NAME
    local program
    if program=$("find_$1"); then
        say "browser: $program is there already"
    elif [ -n "${!2:-}" ]; then
        die "$2 is '${!2}', which is no program" "name one, or unset it"
    elif has apt-get; then
        apt_install "$3"
    else
        die "no $4 found" "install it, or name it: $2=/path/to/it"
    fi
}

# WebKit's browser cannot go without one.
bring_display() {
    if has Xvfb; then
        say "browser: Xvfb is there already"
    elif has apt-get; then
        apt_install xvfb
    else
        die "Xvfb is missing" "install it with your system's packages"
    fi
}
