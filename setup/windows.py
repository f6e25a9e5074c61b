"""What run.cmd does: a virtual environment with pinned packages, the sample, and the window."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
SAMPLE = ROOT / "work" / "sample.gridmap"
STAMP = VENV / ".set-up-run"
OLDEST, TOO_NEW = (3, 11), (3, 16)


def say(zh: str, en: str) -> None:
    """Tell what is being done."""
    print(f"{zh}\n  {en}", file=sys.stderr, flush=True)


def fail(zh: str, en: str, how_zh: str, how_en: str) -> NoReturn:
    """Tell what went wrong and how to mend it, and stop."""
    sys.exit(f"\n失败：{zh}\nFailed: {en}\n\n怎么办：{how_zh}\nHow to mend: {how_en}")


def setup_key() -> str:
    """Return what changes when the pinned packages, Python or this folder change."""
    key = hashlib.sha256(f"{ROOT}{sys.version}".encode())
    for name in ("constraints.txt", "pyproject.toml", "setup/windows.py"):
        key.update((ROOT / name).read_bytes())
    return key.hexdigest()


def is_set_up() -> bool:
    """Return whether .venv holds all that is needed."""
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == setup_key()


def pip_install(*arguments: str) -> None:
    """Install at the versions of constraints.txt."""
    command = [str(BIN / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--constraint", str(ROOT / "constraints.txt"), *arguments]
    if subprocess.run(command, check=False).returncode != 0:
        fail(
            "没能安装 Python 软件包。",
            "The Python packages could not be installed.",
            "请检查网络；若需镜像或代理，请设置 PIP_INDEX_URL 或 HTTPS_PROXY，然后再运行一次。",
            "Check the network; set PIP_INDEX_URL or HTTPS_PROXY for a mirror or proxy, "
            "then run this again.",
        )


def set_up() -> None:
    """Make .venv and install into it, unless that is done."""
    if is_set_up():
        return
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        fail(
            "需要 Python 3.11 到 3.15。",
            "Python from 3.11 to 3.15 is needed.",
            "请安装一个，然后再运行一次。",
            "Install one, then run this again.",
        )
    say("正在建立虚拟环境 .venv ……", "Making the virtual environment .venv …")
    venv.create(VENV, with_pip=True, clear=True)
    say(
        "正在安装 Python 软件包（首次约需下载 200 MB）……",
        "Installing Python packages (about 200 MB to fetch the first time) …",
    )
    pip_install("setuptools")
    pip_install("--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(setup_key(), encoding="ascii")
    say("准备完毕。", "Set up.")


def find_spatialite() -> Path | None:
    """Return the folder of QGIS or OSGeo4W that holds mod_spatialite.dll."""
    programs = Path(os.environ.get("PROGRAMFILES", "C:/Program Files"))
    homes = [*sorted(programs.glob("QGIS*"), reverse=True), Path("C:/OSGeo4W")]
    folders = [home / "bin" for home in homes]
    return next((one for one in folders if (one / "mod_spatialite.dll").is_file()), None)


def environment() -> dict[str, str]:
    """Return the environment in which the program finds SpatiaLite and the libraries below it."""
    folder = find_spatialite()
    if folder is None or "GRIDMAP_SPATIALITE" in os.environ:
        return dict(os.environ)
    path = os.environ.get("PATH", "") + os.pathsep + str(folder)  # last: only for what is missing
    return {**os.environ, "PATH": path, "GRIDMAP_SPATIALITE": str(folder / "mod_spatialite")}


def gridmap(*arguments: str) -> int:
    """Run a verb and return its exit code."""
    command = [str(BIN / "gridmap"), *arguments]
    return subprocess.run(command, env=environment(), check=False).returncode


def make_sample() -> None:
    """Make the sample workspace, whole or not at all."""
    if SAMPLE.is_file():
        return
    say(
        "正在生成示例工作库 work\\sample.gridmap ……",
        "Making the sample workspace work\\sample.gridmap …",
    )
    making = SAMPLE.with_name("making.gridmap")
    making.parent.mkdir(exist_ok=True)
    for leftover in making.parent.glob("making.gridmap*"):
        leftover.unlink()
    if gridmap("sample", str(making), "--scale", "subdistrict", "--seed", "1") != 0:
        fail(
            "没能生成示例工作库。",
            "The sample workspace could not be made.",
            "请运行 run.cmd doctor，它会指出缺少什么。",
            "Run run.cmd doctor: it tells what is missing.",
        )
    making.rename(SAMPLE)


def main() -> int:
    """Set up; then hand the arguments on, or open the sample."""
    arguments = sys.argv[1:]
    set_up()
    if arguments == ["--setup"]:
        return 0
    if arguments:
        return gridmap(*arguments)
    make_sample()
    return gridmap("open", str(SAMPLE))


if __name__ == "__main__":
    sys.exit(main())
