"""The whole program on a screen that nobody sees."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.helpers import FixedPicker, RecordingNotices

from gridmap.base.settings import Settings, load_settings
from gridmap.ui import theme
from gridmap.ui.app import Program
from gridmap.ui.memory import Memory
from gridmap.ui.work import Work


def _sweep() -> None:
    """Let Qt and Python throw away what is to go."""
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    gc.collect()


@pytest.fixture
def no_leftovers(qapp: QApplication) -> Iterator[None]:
    """Fail on windows that are still open and timers that still run after the test."""
    before = set(map(id, QApplication.topLevelWidgets()))
    yield
    _sweep()
    left = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before]
    shown = [f"{type(widget).__name__} {widget.objectName()}" for widget in left]
    timers = [
        timer for timer in gc.get_objects() if isinstance(timer, QTimer) and _is_running(timer)
    ]
    assert not shown, f"windows left: {shown}"
    assert not timers, f"timers left running: {[timer.parent() for timer in timers]}"


def _is_running(timer: QTimer) -> bool:
    try:
        return timer.isActive()
    except RuntimeError:  # Qt's half of it is gone already
        return False


@pytest.fixture
def notices() -> RecordingNotices:
    return RecordingNotices()


@pytest.fixture
def picker() -> FixedPicker:
    return FixedPicker()


@pytest.fixture
def work(qtbot: QtBot, no_leftovers: None, notices: RecordingNotices) -> Iterator[Work]:
    made = Work(notices)
    yield made
    made.close()
    made.deleteLater()


Start = Callable[..., Program]


@pytest.fixture
def start(
    qtbot: QtBot,
    qapp: QApplication,
    no_leftovers: None,
    notices: RecordingNotices,
    picker: FixedPicker,
) -> Iterator[Start]:
    """Start the program, on a workspace or its start page, and wait until all is painted."""
    theme.dress(qapp)
    made: list[Program] = []

    def begin(path: Path | None = None, settings: Settings | None = None) -> Program:
        program = Program(Memory(settings or load_settings()), notices, picker)
        made.append(program)
        program.window.resize(1280, 800)
        program.show(path)
        qtbot.waitExposed(program.window)
        if path is not None:
            qtbot.waitUntil(lambda: program.bench.has_painted, timeout=20_000)
            qtbot.waitUntil(lambda: program.work.is_idle, timeout=20_000)
        return program

    yield begin
    for program in made:
        program.close()
        program.deleteLater()


@pytest.fixture
def program(start: Start, sample_path: Path) -> Program:
    """Return the program with the sample of a community open."""
    return start(sample_path)


@pytest.fixture
def idle(qtbot: QtBot) -> Callable[[Program], None]:
    """Wait until no work is under way and the map is painted."""

    def wait(program: Program) -> None:
        def is_done() -> bool:
            view = program.bench.view
            return program.work.is_idle and (view is None or view.is_settled)

        qtbot.waitUntil(is_done, timeout=20_000)

    return wait
