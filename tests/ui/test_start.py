"""The real program, as a process on a virtual screen, driven by keys and the mouse."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

pytestmark = pytest.mark.display

_SECONDS = 60.0
_SIZE = (1280, 800)


def _wait(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)  # another process: there is nothing here to be waited on


@pytest.fixture
def display() -> Iterator[str]:
    """Start a screen that nobody sees; Xvfb chooses a free number and tells it."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    size = f"{_SIZE[0]}x{_SIZE[1]}x24"
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    screen.terminate()
    screen.wait(10)


class Running:
    """The program in its process, and the keys and clicks that it gets."""

    def __init__(self, display: str, workspace: Path, home: Path) -> None:
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "GRIDMAP_DATA": str(home),
            "GRIDMAP_TIMING": "1",
            "PYTHONUTF8": "1",
        }
        self._log = home / "log" / "gridmap.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gridmap", "open", str(workspace)],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def do(self, *arguments: str) -> str:
        """Give xdotool something to do."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def window(self) -> str:
        found = self.do("search", "--onlyvisible", "--pid", str(self.process.pid), "--name", ".")
        return found.splitlines()[-1]

    def picture(self, target: Path) -> QImage:
        """Take a picture of the screen."""
        subprocess.run(
            ["import", "-window", "root", str(target)], env=self._environment, check=True
        )
        return QImage(str(target))


@pytest.fixture
def running(display: str, sample_path: Path, own_place: Path) -> Iterator[Running]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed")
    started = Running(display, sample_path, own_place)
    yield started
    started.process.kill()
    started.process.communicate()


def test_open_click_search_and_quit(running: Running, own_place: Path, tmp_path: Path) -> None:
    _wait(lambda: "painted after" in running.log() or running.process.poll() is not None, "a map")
    assert running.process.poll() is None, running.process.stdout and running.process.stdout.read()
    window = running.window()
    running.do("windowmove", window, "0", "0", "windowsize", window, *map(str, _SIZE))
    running.do("windowfocus", "--sync", window)
    running.do("mousemove", "640", "420", "click", "1")
    running.do("key", "ctrl+f")
    running.do("type", "--delay", "30", "wangge")
    if shutil.which("import") is not None:
        target = tmp_path / "screen.png"

        def has_colours() -> bool:
            image = running.picture(target).scaled(64, 40)
            colours = {image.pixel(x, y) for x in range(64) for y in range(40)}
            return len(colours) > 100

        _wait(has_colours, "a picture full of map")
    running.do("key", "Return")
    running.do("key", "ctrl+q")
    assert running.process.wait(30) == 0, running.process.stdout and running.process.stdout.read()
    told = running.log()
    assert "ERROR" not in told
    assert "WARNING" not in told
    assert '"window_layout"' in (own_place / "settings.json").read_text(encoding="utf-8")
