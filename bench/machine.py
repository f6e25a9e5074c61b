"""What a figure was measured on, and where benchmarks put what they make."""

import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path

import psutil

from gridmap.store import engine

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "work" / "bench"
PROGRAM = (sys.executable, "-m", "gridmap")
_GIB = 2**30


def work_folder(*parts: str) -> Path:
    """Return a git-ignored folder for a benchmark's files; it is there afterwards."""
    folder = WORK.joinpath(*parts)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def describe() -> str:
    """Return processor, memory, system and versions in one paragraph."""
    memory = psutil.virtual_memory().total / _GIB
    libraries = [f"{name} {version}" for name, version in engine.versions().items()]
    packages = [
        f"{name} {importlib.metadata.version(name)}"
        for name in ("numpy", "shapely", "pyogrio", "PySide6_Essentials")
    ]
    return "; ".join(
        [
            f"{os.cpu_count()} cores, {_processor()}",
            f"{memory:.0f} GiB",
            f"{_system()}, Linux {platform.release().split('-')[0]}"
            if sys.platform == "linux"
            else platform.platform(),
            f"Python {platform.python_version()}",
            *libraries[1:],
            *packages,
        ]
    )


def load() -> str:
    """Return how busy the machine is: the load of the last minute, where it is known."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"


def gdal_version() -> str:
    """Return the version of the ogr2ogr that is the peer."""
    told = subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split(",")[0].strip()


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()
