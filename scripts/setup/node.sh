# The npm packages of each folder with a lock file. Sourced by setup.sh.
# shellcheck shell=bash

node_version=20.19

setup_node() {
    local lock
    check_node
    while IFS= read -r lock; do
        install_packages "$(dirname "$lock")"
    done < <(find . -name package-lock.json -not -path '*/node_modules/*' -not -path './target/*' | sort)
}

check_node() {
    has node || die "Node is missing" "install Node $node_version or newer, with npm"
    has npm || die "npm is missing" "install npm; it comes with Node"
    node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        const [wantedMajor, wantedMinor] = process.argv[1].split(".").map(Number);
        process.exit(major > wantedMajor || (major === wantedMajor && minor >= wantedMinor) ? 0 : 1);
    ' "$node_version" ||
        die "Node is $(node --version); expected $node_version or newer"
}

# npm writes node_modules/.package-lock.json when it has finished.
install_packages() { # FOLDER
    if [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ]; then
        say "node: the packages of ${1#./} are there already"
        return
    fi
    say "node: npm ci in ${1#./}"
    npm --prefix "$1" ci --no-audit --no-fund --loglevel=error
}
