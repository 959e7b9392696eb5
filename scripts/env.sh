# Sourced by the other scripts: where we are, what is on the PATH, how to say things.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
me=$(basename "$0")

# The npm tools first: cargo-leptos takes tailwindcss and wasm-opt from the PATH, and Debian's
# wasm-opt is too old. Then cargo, which a shell without a profile does not know.
PATH="$root/scripts/npm/node_modules/.bin:$PATH:${CARGO_HOME:-${HOME:-}/.cargo}/bin"
export PATH
# The style sheet imports tailwindcss, which is not beside it.
export NODE_PATH="$root/scripts/npm/node_modules"
unset CARGO_TARGET_DIR # the scripts look in ./target
export npm_config_loglevel=error

say() { printf '%s: %s\n' "$me" "$*" >&2; }

die() {
    say "$*"
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# The folder of PostgreSQL's server programs, which Debian keeps off the PATH; nothing if absent.
postgres_bin() {
    local dir
    for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        if [ -x "$dir/initdb" ]; then
            echo "$dir"
            return
        fi
    done
    if have initdb; then dirname "$(command -v initdb)"; fi
}

# The version of a crate in Cargo.lock; nothing if it is not there.
locked_version() {
    awk -v name="\"$1\"" '$1 == "name" { hit = $3 == name } hit && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# npm ci in a folder, only when its lock file changed since the last time.
npm_ci() {
    if [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then
        say "npm packages of $1"
        (cd "$1" && npm ci)
        touch "$1/node_modules/.package-lock.json"
    fi
}
