"""Bookmarks in the window: added, gone to, named, ordered, dropped, and there the next time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Start
from tests.ui.helpers import RecordingNotices

from gridmap.ui.app import Program
from gridmap.ui.canvas.view import MapView
from gridmap.ui.panels.bookmarks import BookmarkList

Idle = Callable[[Program], None]


def view_of(program: Program) -> MapView:
    assert program.bench.view is not None
    return program.bench.view


def names(program: Program) -> list[str]:
    return [bookmark.name for bookmark in program.bookmarks.bookmarks]


def shown(program: Program) -> list[str]:
    listed = program.window.bookmarks.list
    return [listed.item(row).text() for row in range(listed.count())]


def editor(listed: BookmarkList) -> QLineEdit:
    return listed.viewport().findChildren(QLineEdit)[-1]


def add(program: Program, idle: Idle, name: str, qtbot: QtBot) -> None:
    program.window.actions_by_id["bookmark"].trigger()
    idle(program)
    line = editor(program.window.bookmarks.list)
    line.setText(name)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    idle(program)


@pytest.fixture
def three(program: Program, idle: Idle, qtbot: QtBot) -> Program:
    """Return the program with three bookmarks at three scales."""
    for name in ("甲", "乙", "丙"):
        add(program, idle, name, qtbot)
        view_of(program).zoom(4)
        idle(program)
    return program


def test_what_is_shown_is_kept_under_the_name_of_the_place(program: Program, idle: Idle) -> None:
    view_of(program).zoom_to((604_600.0, 4_296_300.0, 604_700.0, 4_296_400.0))
    for _ in range(2):
        program.window.actions_by_id["bookmark"].trigger()
        idle(program)
    assert names(program) == ["桑桥里社区", "桑桥里社区 2"]
    assert program.bookmarks.bookmarks[0].picture.startswith(b"\x89PNG")
    assert editor(program.window.bookmarks.list).selectedText() == "桑桥里社区 2"


def test_going_back_shows_the_same_ground_at_the_same_scale(
    qtbot: QtBot, three: Program, idle: Idle
) -> None:
    view = view_of(three)
    cameras = []
    for row in range(3):
        qtbot.keyClick(three.window.bookmarks.list, Qt.Key.Key_Home)
        three.window.bookmarks.list.setCurrentRow(row)
        qtbot.keyClick(three.window.bookmarks.list, Qt.Key.Key_Return)
        cameras.append(view.camera)
    levels = [camera.level for camera in cameras]
    assert levels == [levels[0], levels[0] - 4, levels[0] - 8]
    three.bookmarks.go(1)  # however often
    three.bookmarks.go(1)
    assert abs(view.camera.x - cameras[1].x) <= 1
    assert view.camera.level == cameras[1].level


def test_bookmarks_are_there_the_next_time(
    qtbot: QtBot, three: Program, start: Start, sample_path: Path, idle: Idle
) -> None:
    three.files.close()
    assert shown(three) == []
    three.files.open_path(str(sample_path))
    qtbot.waitUntil(lambda: shown(three) == ["甲", "乙", "丙"], timeout=20_000)


def test_bookmarks_are_moved_by_keys_and_stay_so(qtbot: QtBot, three: Program, idle: Idle) -> None:
    listed = three.window.bookmarks.list
    listed.setCurrentRow(2)
    for _ in range(3):  # once more than there is room for
        qtbot.keyClick(listed, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert names(three) == shown(three) == ["丙", "甲", "乙"]
    assert listed.currentRow() == 0


def test_a_dragged_bookmark_stands_where_it_was_dropped(three: Program) -> None:
    model = three.window.bookmarks.list.model()
    root = three.window.bookmarks.list.rootIndex()
    model.moveRow(root, 0, root, 3)
    assert names(three) == shown(three) == ["乙", "丙", "甲"]


def test_an_empty_name_is_none(qtbot: QtBot, three: Program, idle: Idle) -> None:
    three.window.bookmarks.edit_name(1)
    line = editor(three.window.bookmarks.list)
    line.setText("   ")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert names(three) == shown(three) == ["甲", "乙", "丙"]


def test_a_bookmark_is_dropped_after_asking(
    qtbot: QtBot, three: Program, notices: RecordingNotices
) -> None:
    listed = three.window.bookmarks.list
    listed.setCurrentRow(1)
    notices.agrees = False
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert names(three) == ["甲", "乙", "丙"]
    notices.agrees = True
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert names(three) == shown(three) == ["甲", "丙"]
    assert "乙" in notices.asked[-1]


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, program: Program, idle: Idle, own_place: Path, notices: RecordingNotices
) -> None:
    (own_place / "bookmarks").write_text("a file in the folder's place")
    program.window.actions_by_id["bookmark"].trigger()
    idle(program)
    assert [error.code for error in notices.warnings] == [
        "services.place_texts.bookmarks_not_written"
    ]
