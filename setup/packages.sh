# System packages: SpatiaLite, a Chinese font, what Qt links to, and what the tests and the build
# need besides. Sourced by lib.sh.
# shellcheck shell=bash

# One package a line; `a|b` is one thing under two names (newer releases first).
packages_for_run() {
    cat <<'LIST'
libsqlite3-mod-spatialite
fonts-noto-cjk
libbrotli1
libdbus-1-3
libegl1
libfontconfig1
libfreetype6
libgl1
libglib2.0-0t64|libglib2.0-0
libgssapi-krb5-2
libwayland-client0
libwayland-cursor0
libx11-6
libx11-xcb1
libxcb-cursor0
libxcb-icccm4
libxcb-image0
libxcb-keysyms1
libxcb-randr0
libxcb-render-util0
libxcb-render0
libxcb-shape0
libxcb-shm0
libxcb-sync1
libxcb-util1
libxcb-xfixes0
libxcb-xkb1
libxkbcommon-x11-0
libxkbcommon0
LIST
}

packages_for_test() {
    packages_for_run
    cat <<'LIST'
gdal-bin
poppler-utils
x11-utils
xdotool
xvfb
LIST
}

packages_for_build() {
    packages_for_run
    printf '%s\n' binutils
}

have_package() {
    dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

may_install() {
    apt-cache show --no-all-versions "$1" >/dev/null 2>&1
}

# missing_packages KIND: those of the list of which no name is installed.
missing_packages() {
    local line name found
    "packages_for_$1" | while read -r line; do
        found=""
        for name in $(printf '%s' "$line" | tr '|' ' '); do
            if have_package "$name"; then found=yes; fi
        done
        if [ -z "$found" ]; then printf '%s\n' "$line"; fi
    done
}

apt_update() {
    ensure_root "apt-get update"
    as_root apt-get update -qq -o DPkg::Lock::Timeout=300 >&2 || fail \
        "apt-get update 没有成功。" "apt-get update did not succeed." \
        "请检查网络和 /etc/apt 里的软件源，然后再运行一次。" \
        "Check the network and the sources in /etc/apt, then run this again."
}

# apt_install NAME...: as few as possible, and without a question.
apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >&2 || fail \
        "没能安装这些系统软件包：$*" "These system packages could not be installed: $*" \
        "请看上面 apt 的提示；改正后再运行一次，已经装好的不会重装。" \
        "See what apt says above; mend it and run this again. What is installed stays."
}

# names_of LINES: one name for each thing, the first that this release has.
names_of() {
    local line name
    for line in $1; do
        for name in $(printf '%s' "$line" | tr '|' ' '); do
            if may_install "$name"; then break; fi
        done
        printf '%s ' "$name"
    done
}

install_debian_packages() {
    local missing names
    missing="$(missing_packages "$1")"
    [ -n "$missing" ] || return 0
    ensure_root "apt-get install $(names_of "$missing")"
    say "正在安装系统软件包 ……" "Installing system packages …"
    apt_update
    names="$(names_of "$missing")"
    # shellcheck disable=SC2086 # one word a package
    apt_install $names
}

install_brew_packages() {
    local name
    command -v brew >/dev/null || fail \
        "没有找到 Homebrew。" "Homebrew was not found." \
        "请先安装 Homebrew，再运行一次。" "Install Homebrew first, then run this again."
    for name in libspatialite $([ "$1" = test ] && echo gdal poppler); do
        brew list --formula "$name" >/dev/null 2>&1 && continue
        say "正在用 Homebrew 安装 $name ……" "Installing $name with Homebrew …"
        brew install "$name" >&2 || fail \
            "没能安装 $name。" "$name could not be installed." \
            "请看上面 Homebrew 的提示。" "See what Homebrew says above."
    done
}

# install_system_packages KIND
install_system_packages() {
    if [ "$(uname -s)" = Darwin ]; then
        install_brew_packages "$1"
    elif command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        install_debian_packages "$1"
    else
        say "这不是 Debian 或 Ubuntu：请自行安装 SpatiaLite（mod_spatialite）、Noto Sans CJK 字体和 Qt 6 的 xcb 库。" \
            "Not Debian or Ubuntu: SpatiaLite (mod_spatialite), Noto Sans CJK and Qt 6's xcb libraries are yours to install."
    fi
}
