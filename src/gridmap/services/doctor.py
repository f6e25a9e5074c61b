"""What of Python, Qt, SpatiaLite, fonts and display works here, and how to mend what does not."""

import importlib.metadata
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gridmap.base import paths
from gridmap.base.errors import GridmapError
from gridmap.base.messages import Text
from gridmap.services import doctor_texts as texts
from gridmap.store import engine, workspace

_PACKAGES = (
    "PySide6_Essentials", "pyqtgraph", "numpy", "shapely", "pyproj", "pyogrio", "openpyxl",
    "rasterio", "mapclassify",
)  # fmt: skip
_QT_SECONDS = 60
_QT_FONTS = """
import sys
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QGuiApplication, QRawFont
app = QGuiApplication(sys.argv[:1])
for file in sys.argv[1:]:
    QFontDatabase.addApplicationFont(file)
families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
rare = [f for f in families if QRawFont.fromFont(QFont(f)).supportsCharacter(0x3D72)]
rare.sort(key=lambda family: ("CJK SC" not in family, "Source Han" not in family, family))
print(app.platformName(), (rare or families or [""])[0], bool(rare), sep="|")
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str
    mend: Text | None = None


def examine() -> list[Finding]:
    """Look at everything that gridmap needs on this machine."""
    looks: tuple[Callable[[], list[Finding]], ...] = (
        _python,
        _packages,
        _spatialite,
        _workspace,
        _rasters,
        _qt,
        _data_folder,
    )
    return [finding for look in looks for finding in look()]


def _python() -> list[Finding]:
    detail = f"{platform.python_version()} ({sys.executable}), {platform.platform()}"
    return [Finding("Python", sys.version_info >= (3, 11), detail, texts.newer_python())]


def _packages() -> list[Finding]:
    found: list[str] = []
    missing: list[str] = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            bundled = importlib.util.find_spec(name.removesuffix("_Essentials")) is not None
            (found if bundled else missing).append(name)
    mend = texts.set_up_again(what=", ".join(missing)) if missing else None
    return [Finding("Packages", not missing, ", ".join(found), mend)]


def _spatialite() -> list[Finding]:
    try:
        versions = engine.versions()
    except GridmapError as error:
        return [Finding("SpatiaLite", False, str(error), error.text)]
    detail = ", ".join(f"{name} {version}" for name, version in versions.items())
    return [Finding("SpatiaLite", True, detail)]


def _workspace() -> list[Finding]:
    """Make a workspace and throw it away: the proof that all of it works together."""
    with tempfile.TemporaryDirectory(prefix="gridmap-doctor-") as folder:
        try:
            path = Path(folder) / "体检 doctor.gridmap"
            made = workspace.create(path, code="119999001", name="体检", epsg=4548)
            made.close()
        except GridmapError as error:
            return [Finding("Workspace", False, str(error), error.text)]
    return [Finding("Workspace", True, str(texts.workspace_made()))]


def _rasters() -> list[Finding]:
    """Write a picture of the ground and read it again, after SpatiaLite was loaded."""
    with tempfile.TemporaryDirectory(prefix="gridmap-doctor-") as folder:
        try:
            from gridmap.exchange.geotiff_probe import probe

            detail = probe(Path(folder) / "体检 doctor.tif")
        except ImportError as error:
            mend = texts.set_up_again(what="rasterio")
            return [Finding("Base maps", False, str(error), mend)]
        except GridmapError as error:
            return [Finding("Base maps", False, str(error), error.text)]
    return [Finding("Base maps", True, detail)]


def _qt() -> list[Finding]:
    """Ask Qt in a process of its own, for a missing library ends the process it is missed in."""
    has_display = sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    screen = [] if has_display else [_without_display()]
    environment = dict(os.environ)
    if not has_display:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    answer, complaint = _ask_qt(environment)
    if answer is None:
        return [Finding("Qt", False, complaint, texts.qt_broken()), *screen]
    platform_name, family, has_rare = answer.strip().splitlines()[-1].split("|")
    return [
        Finding("Qt", True, f"{_qt_version()}, {platform_name}"),
        *screen,
        Finding(
            "Font",
            has_rare == "True",
            family or "-",
            None if has_rare == "True" else texts.font_missing(),
        ),
    ]


def _without_display() -> Finding:
    return Finding("Display", True, str(texts.no_display()))


def _ask_qt(environment: dict[str, str]) -> tuple[str | None, str]:
    folder = paths.font_dir()
    fonts = sorted(str(file) for file in folder.iterdir()) if folder else []
    # the bundle has no interpreter: the program itself answers (cli.py, hidden verb)
    start = (
        [sys.executable, "--qt-fonts"] if paths.is_frozen() else [sys.executable, "-c", _QT_FONTS]
    )
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own text
            [*start, *fonts],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_QT_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    if run.returncode != 0 or not run.stdout.strip():
        last = [line for line in run.stderr.splitlines() if line.strip()]
        return None, last[0] if last else f"exit code {run.returncode}"
    return run.stdout, ""


def answer_qt_fonts(fonts: list[str]) -> None:
    """Answer for a bundle what ``_ask_qt`` asks of an interpreter."""
    sys.argv = [sys.argv[0], *fonts]
    exec(_QT_FONTS, {"__name__": "gridmap-qt-fonts"})  # noqa: S102 - the constant text above


def _qt_version() -> str:
    try:
        return importlib.metadata.version("PySide6_Essentials")
    except importlib.metadata.PackageNotFoundError:
        return "PySide6"


def _data_folder() -> list[Finding]:
    folder = paths.data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        mend = texts.data_folder_not_writable(folder=str(folder))
        return [Finding("Data folder", False, f"{folder}: {error.strerror}", mend)]
    return [Finding("Data folder", True, str(folder))]
