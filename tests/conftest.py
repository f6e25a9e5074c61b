"""What every test gets: a place of its own, workspaces ready to use, and no leftovers."""

import contextlib
import logging
import os
import shutil
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from gridmap.base import messages
from gridmap.base.errors import GridmapError
from gridmap.sample.generate import Scale
from gridmap.services import workspaces
from gridmap.store import engine, workspace
from gridmap.store.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CODE, NAME, EPSG = "119999001", "测试街道", 4548
_SECONDS_TO_END = 5.0  # for a thread that was told to stop

hypothesis.settings.register_profile("gridmap", deadline=None, print_blob=True)
hypothesis.settings.load_profile("gridmap")


def pytest_report_header() -> list[str]:
    """Name the libraries whose versions decide what happens."""
    import pyogrio
    import pyproj
    import shapely
    from PySide6 import QtCore

    try:
        ours = engine.versions()
    except GridmapError as error:
        ours = {"SpatiaLite": f"missing: {error.render('en')}"}
    theirs = {
        "GEOS (shapely)": shapely.geos_version_string,
        "PROJ (pyproj)": pyproj.proj_version_str,
        "GDAL (pyogrio)": pyogrio.__gdal_version_string__,
        "Qt": QtCore.qVersion(),
    }
    return [
        ", ".join(f"{name} {version}" for name, version in part.items()) for part in (ours, theirs)
    ]


# --- a place of its own


@pytest.fixture(scope="session", autouse=True)
def the_one_application(qapp: object) -> None:
    """Make the application before a test paints: what paints would make one without widgets."""


@pytest.fixture(autouse=True)
def own_place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings and log of each test apart from the person's own; speak Chinese."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("GRIDMAP_DATA", str(folder))
    monkeypatch.delenv("GRIDMAP_LANG", raising=False)
    messages.use_language("zh")
    return folder


# --- no leftovers


def _made_by() -> str:
    """Return where the caller was called from: the frames of gridmap and of its tests."""
    frames = [
        f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}"
        for frame in traceback.extract_stack()[:-2]
        if "gridmap" in frame.filename or "tests" in frame.filename
        if frame.filename != __file__
    ]
    return "\n".join(frames[-6:]) or "  (somewhere outside of gridmap)"


@pytest.fixture(autouse=True)
def no_open_connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail on a connection that the test opened and nobody closed."""
    makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()

    class Watched(engine.sqlite.Connection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            makers[self] = _made_by()

        def close(self) -> None:
            super().close()
            makers.pop(self, None)

    connect = engine.sqlite.connect
    monkeypatch.setattr(
        engine.sqlite,
        "connect",
        lambda *args, **options: connect(*args, **{"factory": Watched, **options}),
    )
    yield
    left = list(makers.items())
    for connection, _ in left:
        connection.close()
    assert not left, "connections left open, made by:\n" + "\n\n".join(maker for _, maker in left)


@pytest.fixture(autouse=True)
def no_living_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail on a thread that the test started and that still lives."""
    before = set(threading.enumerate())
    makers: dict[threading.Thread, str] = {}
    start = threading.Thread.start

    def start_noted(thread: threading.Thread) -> None:
        makers[thread] = _made_by()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_noted)
    yield
    left = []
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):  # Qt's own, seen by Python in passing
            continue
        thread.join(_SECONDS_TO_END)
        if thread.is_alive():
            left.append(f"{thread.name}, made by:\n{makers.get(thread, '  ?')}")
    assert not left, "threads left alive: " + "\n".join(left)


@pytest.fixture
def logged() -> list[logging.LogRecord]:
    """Return the warnings logged so far; a test that asks for them may cause some."""
    return []


@pytest.fixture(autouse=True)
def no_warnings_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a log record of level WARNING or above, unless the test asks for ``logged``."""
    is_asked_for = "logged" in request.fixturenames
    records: list[logging.LogRecord] = request.getfixturevalue("logged") if is_asked_for else []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    collector = Collector(logging.WARNING)
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    ours = logging.getLogger("gridmap")
    for handler in list(ours.handlers):  # a log file that the test's own data folder held
        ours.removeHandler(handler)
        handler.close()
    if not is_asked_for:
        told = [f"{one.name} {one.levelname} {one.getMessage()}" for one in records]
        assert not told, "logged:\n" + "\n".join(told)


# --- workspaces ready to use


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty workspace, made once a process; never open it, copy it."""
    path = tmp_path_factory.mktemp("template") / "empty.gridmap"
    workspace.create(path, code=CODE, name=NAME, epsg=EPSG).close()
    return path


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample of a community, made once a process; never open it, copy it."""
    path = tmp_path_factory.mktemp("template") / "sample.gridmap"
    workspaces.make_sample(path, Scale.COMMUNITY, 1).close()
    return path


@pytest.fixture
def workspace_path(template: Path, tmp_path: Path) -> Path:
    """Return a fresh empty workspace file."""
    return Path(shutil.copy(template, tmp_path / "测试.gridmap"))


@pytest.fixture
def sample_path(sample_template: Path, tmp_path: Path) -> Path:
    """Return a fresh workspace file that holds the sample of a community."""
    return Path(shutil.copy(sample_template, tmp_path / "示例.gridmap"))


@pytest.fixture(name="workspace")
def opened_workspace(workspace_path: Path) -> Iterator[Workspace]:
    """Lend a fresh empty workspace, open for writing."""
    with workspace.open_workspace(workspace_path) as opened:
        yield opened


@pytest.fixture
def sample(sample_path: Path) -> Iterator[Workspace]:
    """Lend a fresh workspace that holds the sample of a community, open for writing."""
    with workspace.open_workspace(sample_path) as opened:
        yield opened


# --- other processes, other disks


Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def python(tmp_path: Path) -> Python:
    """Run Python code in a fresh process; its arguments follow the code."""

    def run(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            env={**os.environ, "PYTHONUTF8": "1", **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def _mount(folder: Path, options: str) -> None:
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"nothing can be mounted here: {mounted.stderr.decode().strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Make disks of so many KiB."""
    if shutil.which("mount") is None or sys.platform != "linux":
        pytest.skip("only Linux mounts a disk that small")
    made: list[Path] = []

    def make(kibibytes: int) -> Path:
        folder = tmp_path / f"disk{len(made)}"
        _mount(folder, f"size={kibibytes}k")
        made.append(folder)
        return folder

    yield make
    for folder in made:
        subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Make folders that hold copies of some files and cannot be written, not even by root."""
    made: list[Path] = []
    is_mounted = hasattr(os, "geteuid") and os.geteuid() == 0

    def make(*files: Path) -> Path:
        folder = tmp_path / f"只读{len(made)}"
        folder.mkdir()
        if is_mounted:
            _mount(folder, "size=64m")
        made.append(folder)
        for file in files:
            shutil.copy(file, folder)
        if is_mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        else:
            folder.chmod(0o555)
        return folder

    yield make
    for folder in made:
        with contextlib.suppress(OSError):
            folder.chmod(0o755)
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)
