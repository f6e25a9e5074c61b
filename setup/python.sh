# Which Python, and the virtual environment with its pinned packages. Sourced by lib.sh.
# shellcheck shell=bash

RIGHT_VERSION='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 16))'
LOADS_EXTENSIONS='import sqlite3, sys; sys.exit(not hasattr(sqlite3.Connection, "enable_load_extension"))'

is_right_python() {
    command -v "$1" >/dev/null && "$1" -I -c "$RIGHT_VERSION" 2>/dev/null
}

# find_python: prints the first that fits. The system's own comes first: its sqlite3 loads
# extensions, which a Python built at home often cannot.
find_python() {
    local name
    for name in /usr/bin/python3 /usr/bin/python3.1{1,2,3,4,5} python3 python3.1{1,2,3,4,5}; do
        if is_right_python "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

install_newer_python() {
    if command -v apt-get >/dev/null; then
        ensure_root "apt-get install python3.11 python3.11-venv"
        say "本机的 Python 太旧，正在安装 Python 3.11 ……" "This Python is too old; installing Python 3.11 …"
        apt_update
        if may_install python3.11; then apt_install python3.11 python3.11-venv; fi
    fi
}

# choose_python: sets PYTHON.
choose_python() {
    if [ -n "${GRIDMAP_PYTHON:-}" ]; then
        PYTHON="$GRIDMAP_PYTHON"
        is_right_python "$PYTHON" || fail \
            "GRIDMAP_PYTHON 指的不是 Python 3.11 到 3.15：$PYTHON" \
            "GRIDMAP_PYTHON does not name a Python from 3.11 to 3.15: $PYTHON" \
            "请改正这个环境变量，或者取消它。" "Correct that variable, or unset it."
        return 0
    fi
    PYTHON="$(find_python)" && return 0
    install_newer_python
    PYTHON="$(find_python)" || fail \
        "没有找到 Python 3.11 到 3.15。" "No Python from 3.11 to 3.15 was found." \
        "请安装一个（macOS：brew install python@3.13），或用 GRIDMAP_PYTHON=路径 指明它在哪里。" \
        "Install one (macOS: brew install python@3.13), or say where it is with GRIDMAP_PYTHON=path."
}

# ensure_venv_module: Debian ships venv apart from Python.
ensure_venv_module() {
    local version
    "$PYTHON" -I -c 'import ensurepip, venv' 2>/dev/null && return 0
    version="$("$PYTHON" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    if command -v apt-get >/dev/null; then
        ensure_root "apt-get install python$version-venv"
        say "正在安装 python$version-venv ……" "Installing python$version-venv …"
        may_install "python$version-venv" || apt_update
        apt_install "python$version-venv"
    fi
    "$PYTHON" -I -c 'import ensurepip, venv' 2>/dev/null || fail \
        "$PYTHON 不能建立虚拟环境。" "$PYTHON cannot make a virtual environment." \
        "请安装它的 venv 和 ensurepip 模块。" "Install its venv and ensurepip modules."
}

# ensure_shared_python: a bundle carries Python as a shared library, which Debian ships apart.
ensure_shared_python() {
    local version
    "$PYTHON" -I -c "$HAS_SHARED_LIBRARY" && return 0
    version="$("$PYTHON" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    case "$PYTHON" in
        /usr/bin/*)
            if command -v apt-get >/dev/null; then
                ensure_root "apt-get install libpython$version"
                say "正在安装 libpython$version ……" "Installing libpython$version …"
                may_install "libpython$version" || apt_update
                apt_install "libpython$version"
            fi
            ;;
    esac
    "$PYTHON" -I -c "$HAS_SHARED_LIBRARY" || fail \
        "$PYTHON 没有共享库，不能打包。" "$PYTHON has no shared library and cannot be bundled." \
        "请用系统的 Python，或用 --enable-shared 编译的 Python。" \
        "Use the system's Python, or one that was built with --enable-shared."
}
HAS_SHARED_LIBRARY='import ctypes.util, os, sys, sysconfig as s
name = s.get_config_var("INSTSONAME") or ""
folders = [s.get_config_var("LIBDIR") or "", "/usr/lib/" + (s.get_config_var("MULTIARCH") or "")]
plain = "python%d.%d" % sys.version_info[:2]
found = ".so" in name and any(os.path.exists(os.path.join(f, name)) for f in folders)
sys.exit(not (found or sys.platform != "linux" or ctypes.util.find_library(plain)))'

# venv_fits: whether .venv was made here, by the chosen Python, and still works.
venv_fits() {
    [ -x "$VENV/bin/python" ] && [ -x "$VENV/bin/pip" ] || return 1
    [ "$(head -n 1 "$VENV/bin/pip")" = "#!$VENV/bin/python" ] ||
        [ "$(head -n 1 "$VENV/bin/pip")" = "#!$VENV/bin/python3" ] || return 1
    [ "$("$VENV/bin/python" -I -c "$ABOUT_PYTHON" 2>/dev/null)" = "$("$PYTHON" -I -c "$ABOUT_PYTHON")" ]
}
ABOUT_PYTHON='import sys; print(sys.version, sys.base_prefix)'

make_venv() {
    venv_fits && return 0
    say "正在建立虚拟环境 .venv（$PYTHON）……" "Making the virtual environment .venv ($PYTHON) …"
    "$PYTHON" -m venv --clear "$VENV" || fail \
        "没能建立虚拟环境。" "The virtual environment could not be made." \
        "请检查磁盘空间和此文件夹的写权限：$ROOT" \
        "Check for space on the disk and for the right to write to this folder: $ROOT"
}

# pip_install ARGUMENT...: at the versions of constraints.txt, whatever pip would prefer.
# It talks at length only to a person who watches.
pip_install() {
    local quiet=--quiet
    if [ -t 2 ]; then quiet=--no-color; fi
    "$VENV/bin/python" -m pip install "$quiet" --disable-pip-version-check --no-input \
        --constraint "$ROOT/constraints.txt" "$@" >&2 || fail \
        "没能安装 Python 软件包。" "The Python packages could not be installed." \
        "请检查网络；若需镜像、代理或单位自己的证书，请设置 PIP_INDEX_URL、HTTPS_PROXY 或 PIP_CERT，然后再运行一次。" \
        "Check the network; set PIP_INDEX_URL, HTTPS_PROXY or PIP_CERT for a mirror, a proxy or a certificate of your own, then run this again."
}

# extras_for KIND: the optional groups of pyproject.toml.
extras_for() {
    local extras=""
    "$VENV/bin/python" -I -c "$LOADS_EXTENSIONS" || extras=",own-sqlite"
    case "$1" in
        test) extras="$extras,dev" ;;
        build) extras="$extras,build" ;;
    esac
    printf '%s' "${extras#,}"
}

# install_python_packages KIND
install_python_packages() {
    local extras
    choose_python
    ensure_venv_module
    if [ "$1" = build ]; then ensure_shared_python; fi
    make_venv
    extras="$(extras_for "$1")"
    say "正在安装 Python 软件包（首次约需下载 200 MB）……" \
        "Installing Python packages (about 200 MB to fetch the first time) …"
    pip_install setuptools
    pip_install --no-build-isolation --editable "$ROOT${extras:+[$extras]}"
}
