"""The map alone on the screen, and everything back in its place afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Start

from gridmap.ui import full_screen
from gridmap.ui.app import Program
from gridmap.ui.window import MainWindow

Idle = Callable[[Program], None]


def layout(window: MainWindow) -> dict[str, object]:
    """Return what is seen of a window, and where."""
    parts = {**window.docks, "menu": window.menuBar(), "status": window.statusBar()}
    seen = {name: part.geometry().getRect() for name, part in parts.items() if part.isVisible()}
    in_front = {name: rect for name, rect in seen.items() if rect[0] >= 0}  # tabs hide the others
    return {
        "shown": set(seen),
        **in_front,
        "tools": window.tools.isVisible(),
        "state": window.windowState(),
        "size": window.size(),
        "panels": bytes(window.saveState().data()),
    }


def toggle(program: Program) -> None:
    program.window.actions_by_id["full_screen"].trigger()
    QApplication.processEvents()


@pytest.fixture
def arranged(program: Program, idle: Idle) -> Program:
    """Return the program with panels as somebody likes them."""
    window = program.window
    window.docks["details"].hide()
    window.show_dock("table")
    window.show_dock("history")
    sides = [window.docks["layers"]]
    window.resizeDocks(sides, [333], Qt.Orientation.Horizontal)
    window.resizeDocks([window.docks["table"]], [180], Qt.Orientation.Vertical)
    assert program.bench.view is not None
    program.bench.view.setFocus()
    idle(program)
    return program


def test_the_map_alone_fills_the_screen(arranged: Program) -> None:
    window, view = arranged.window, arranged.bench.view
    toggle(arranged)
    assert window.isFullScreen()
    shown = [name for name, dock in window.docks.items() if dock.isVisible()]
    assert shown == []
    for part in (window.menuBar(), window.statusBar(), window.tools):
        assert not part.isVisible()
    assert view is not None
    assert view.size() == window.size()
    assert view.hasFocus()


@pytest.mark.parametrize(("was_maximised", "way"), [(False, "key"), (True, "command")])
def test_everything_is_back_where_it_was(
    qtbot: QtBot, arranged: Program, was_maximised: bool, way: str
) -> None:
    window, view = arranged.window, arranged.bench.view
    if was_maximised:
        window.showMaximized()
        QApplication.processEvents()
    before = layout(window)
    toggle(arranged)
    if way == "key":
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    else:
        toggle(arranged)
    QApplication.processEvents()
    assert layout(window) == before


def test_escape_alone_does_nothing_to_a_window(qtbot: QtBot, arranged: Program) -> None:
    before = layout(arranged.window)
    qtbot.keyClick(arranged.bench.view, Qt.Key.Key_Escape)
    assert layout(arranged.window) == before


def test_the_commands_are_still_heard(qtbot: QtBot, arranged: Program, idle: Idle) -> None:
    window, view = arranged.window, arranged.bench.view
    assert view is not None
    toggle(arranged)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    level = view.camera.level
    qtbot.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert view.camera.level < level
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    level = view.camera.level
    qtbot.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert view.camera.level < level  # and not twice, or ambiguously, afterwards


def test_a_hint_says_how_to_leave_and_fades(
    qtbot: QtBot, arranged: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_screen, "_HINT_MS", 150)
    monkeypatch.setattr(full_screen, "_FADE_MS", 100)
    toggle(arranged)
    hints = arranged.window.findChildren(full_screen.Hint)
    assert [hint.text() for hint in hints] == ["按 Esc 或 F11 退出全屏"]
    qtbot.waitUntil(lambda: not hints[0].isVisible(), timeout=6_000)
    toggle(arranged)


def test_what_is_remembered_is_the_layout_before(arranged: Program) -> None:
    window = arranged.window
    panels = bytes(window.saveState().data())
    toggle(arranged)
    arranged.bench.remember_layout()
    assert arranged.memory.state == panels
    toggle(arranged)


def test_closing_the_workspace_leaves_the_whole_screen(arranged: Program) -> None:
    toggle(arranged)
    arranged.files.close()
    window = arranged.window
    assert not window.isFullScreen()
    assert window.menuBar().isVisible()
    assert window.pages.currentWidget() is window.start
    assert not window.tools.isVisible()


def test_the_search_box_comes_when_it_is_asked_for(qtbot: QtBot, arranged: Program) -> None:
    window = arranged.window
    before = layout(window)
    toggle(arranged)
    window.actions_by_id["search"].trigger()
    assert window.search.isVisible()
    toggle(arranged)
    QApplication.processEvents()
    assert {**layout(window), "tools": True} == before


def test_escape_leaves_the_whole_screen_before_the_second_map(
    qtbot: QtBot, arranged: Program
) -> None:
    arranged.window.actions_by_id["swipe"].trigger()
    toggle(arranged)
    qtbot.keyClick(arranged.bench.view, Qt.Key.Key_Escape)
    assert not arranged.window.isFullScreen()
    assert arranged.comparing.compare is not None
    qtbot.keyClick(arranged.bench.view, Qt.Key.Key_Escape)
    assert arranged.comparing.compare is None


def test_panels_are_as_wide_at_the_next_start(
    arranged: Program, start: Start, sample_path: Path
) -> None:
    wide = arranged.window.docks["layers"].width()
    arranged.close()
    again = start(sample_path).window
    assert again.docks["layers"].width() == wide
    assert not again.docks["details"].isVisible()
