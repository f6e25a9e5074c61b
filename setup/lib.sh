# Words, administrator's rights, and the stamp by which a finished set-up is known again.
# Sourced by run, test and build; needs ROOT and nothing else. Runs under bash 3.2 too (macOS).
# shellcheck shell=bash

VENV="$ROOT/.venv"

# say ZH EN: what is being done.
say() {
    printf '%s\n  %s\n' "$1" "$2" >&2
}

# fail ZH EN HOW_ZH HOW_EN: what went wrong, and how to mend it.
fail() {
    printf '\n失败：%s\nFailed: %s\n\n怎么办：%s\nHow to mend: %s\n' "$1" "$2" "$3" "$4" >&2
    exit 1
}

# as_root COMMAND...: with sudo only if it is needed.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# ensure_root COMMAND: what the administrator would run in our stead.
ensure_root() {
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null || fail \
        "安装系统软件包需要管理员权限，而这里没有 sudo。" \
        "System packages can only be installed by the administrator, and there is no sudo here." \
        "请让管理员运行下面一行，然后再试一次：$1" \
        "Have the administrator run this line, then try again: $1"
}

digest() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi
}

# setup_key: changes when the pinned packages, the set-up itself, Python or this folder change.
setup_key() {
    {
        printf '%s\n' "$ROOT"
        readlink -f "$VENV/bin/python" || true
        cat "$VENV/pyvenv.cfg" "$ROOT/constraints.txt" "$ROOT/pyproject.toml" "$ROOT"/setup/*.sh
    } 2>/dev/null | digest
}

# is_set_up KIND: whether .venv holds all that this kind (run, test, build) needs.
is_set_up() {
    local stamp="$VENV/.set-up-$1" known=""
    [ -x "$VENV/bin/python" ] && [ -f "$stamp" ] || return 1
    read -r known <"$stamp" || true
    [ "$known" = "$(setup_key)" ]
}

mark_set_up() {
    setup_key >"$VENV/.set-up-$1"
}

# set_up KIND: does nothing, quickly, where nothing is to be done.
set_up() {
    is_set_up "$1" && return 0
    # shellcheck source=setup/packages.sh
    . "$ROOT/setup/packages.sh"
    # shellcheck source=setup/python.sh
    . "$ROOT/setup/python.sh"
    (
        if command -v flock >/dev/null; then
            exec 9>"$ROOT/.setup.lock"
            flock 9 # a second ./run or ./test waits for the first
            is_set_up "$1" && exit 0
        fi
        install_system_packages "$1" 9>&- # no service that a package starts may keep the lock
        install_python_packages "$1" 9>&-
        mark_set_up "$1"
        say "准备完毕。" "Set up."
    )
}
