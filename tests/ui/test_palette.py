"""The palette in the window: by keys alone, with all kinds of things that it finds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Start

from gridmap.base.settings import load_settings
from gridmap.services import places
from gridmap.services.bookmarks import Bookmark
from gridmap.ui.app import Program
from gridmap.ui.palette import Palette

Idle = Callable[[Program], None]


def opened(qtbot: QtBot, program: Program) -> Palette:
    program.window.actions_by_id["palette"].trigger()
    palette = program.palette.palette
    assert palette is not None
    assert palette.isVisible()
    qtbot.waitUntil(lambda: palette.list.count() > 0, timeout=20_000)
    return palette


def typed(qtbot: QtBot, palette: Palette, text: str) -> list[str]:
    palette.line.selectAll()
    qtbot.keyClicks(palette.line, text)
    return [entry.text for entry in palette.entries]


def paste(palette: Palette, text: str) -> None:
    QApplication.clipboard().setText(text)
    palette.line.selectAll()
    palette.line.paste()
    palette.asked.emit(palette.line.text())


def test_a_command_is_found_and_run_by_keys_alone(qtbot: QtBot, program: Program) -> None:
    view = program.bench.view
    assert view is not None
    before = view.camera.level
    palette = opened(qtbot, program)
    assert typed(qtbot, palette, "fangda")[0] == "放大"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert view.camera.level < before
    assert load_settings().used_lately[0] == "command:zoom_in"
    assert opened(qtbot, program).entries[0].target == "zoom_in"


def test_who_types_faster_than_is_answered_gets_the_first_entry(
    qtbot: QtBot, program: Program
) -> None:
    view = program.bench.view
    assert view is not None
    before = view.camera.level
    program.window.actions_by_id["palette"].trigger()
    palette = program.palette.palette
    assert palette is not None
    qtbot.keyClicks(palette.line, "suoxiao")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.camera.level > before)
    assert not palette.isVisible()


def test_escape_closes_and_gives_the_focus_back(qtbot: QtBot, program: Program) -> None:
    view = program.bench.view
    assert view is not None
    view.setFocus()
    palette = opened(qtbot, program)
    qtbot.waitUntil(lambda: program.window.focusWidget() is palette.line)
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert program.window.focusWidget() is view


def test_arrows_go_round(qtbot: QtBot, program: Program) -> None:
    palette = opened(qtbot, program)
    typed(qtbot, palette, "dao")
    count = palette.list.count()
    assert count > 1
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentRow() == count - 1
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 0


def test_what_cannot_be_done_says_why_and_is_not_run(qtbot: QtBot, start: Start) -> None:
    program = start()
    palette = opened(qtbot, program)
    typed(qtbot, palette, "suofangdaosuoxuan")
    entry = palette.entries[0]
    assert (entry.target, entry.why_not) == ("zoom_to", "先打开工作库")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_layer_is_hidden_and_shown(qtbot: QtBot, program: Program) -> None:
    view = program.bench.view
    assert view is not None
    for is_visible, text in ((False, "隐藏图层：单元网格"), (True, "显示图层：单元网格")):
        palette = opened(qtbot, program)
        assert text in typed(qtbot, palette, "danyuan")
        palette.list.setCurrentRow([entry.text for entry in palette.entries].index(text))
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        assert view.layers.get_layer("cell").is_visible == is_visible


def test_places_follow_from_the_index_and_enter_goes_there(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    assert program.desk.index is not None
    assert not program.desk.index.is_begun
    palette = opened(qtbot, program)
    typed(qtbot, palette, "sangqiaoli")
    qtbot.waitUntil(lambda: any(entry.kind == "place" for entry in palette.entries), timeout=20_000)
    place = next(entry for entry in palette.entries if entry.kind == "place")
    assert place.text.startswith("桑桥里")
    palette.list.setCurrentRow(palette.entries.index(place))
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    idle(program)
    assert f"{program.bench.selection.table}/{program.bench.selection.ids[0]}" == place.target


def test_bookmarks_are_found_by_pinyin(qtbot: QtBot, program: Program) -> None:
    view = program.bench.view
    assert view is not None
    kept = Bookmark("重庆里居委会", (604_400.0, 4_296_200.0, 604_500.0, 4_296_300.0))
    program.bookmarks.bookmarks = (kept,)
    palette = opened(qtbot, program)
    assert typed(qtbot, palette, "cqljwh") == [kept.name]
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    xmin, ymin, xmax, ymax = view.extent
    assert xmin < 604_450 < xmax
    assert ymin < 4_296_250 < ymax
    assert view.camera.denominator < 2_000


def test_pasted_coordinates_offer_to_go_there(qtbot: QtBot, program: Program, idle: Idle) -> None:
    palette = opened(qtbot, program)
    text = places.told((604_450.0, 4_296_250.0), program.desk.get_workspace().epsg, "gcj02")
    paste(palette, text)
    assert palette.entries[0].kind == "coordinates"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    idle(program)
    assert program.places.panel is not None
    assert program.places.readings is not None
    program.places.close_panel()


def test_a_name_with_a_number_offers_no_coordinates(qtbot: QtBot, program: Program) -> None:
    palette = opened(qtbot, program)
    paste(palette, "3.5号楼 12")
    assert not any(entry.kind == "coordinates" for entry in palette.entries)


@pytest.mark.parametrize("where", ["search", "palette"])
def test_the_key_of_the_palette_works_in_lines_of_text(
    qtbot: QtBot, program: Program, where: str
) -> None:
    """Qt's lines of text would cut to their end by Ctrl+K."""
    if where == "search":
        line = program.window.search
        line.setText("桑桥")
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert program.palette.palette is not None
        assert program.palette.palette.isVisible()
        assert line.text() == "桑桥"
    else:
        palette = opened(qtbot, program)
        qtbot.keyClick(palette.line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert not palette.isVisible()


def test_a_closed_workspace_leaves_only_what_can_be_done_without(
    qtbot: QtBot, program: Program, sample_path: Path
) -> None:
    opened(qtbot, program).close_again()
    program.files.close()
    palette = opened(qtbot, program)
    assert {entry.kind for entry in palette.entries} == {"command"}
    assert next(e for e in palette.entries if e.target == "export").why_not == "先打开工作库"


def test_a_command_is_found_by_what_it_is_for(qtbot: QtBot, program: Program) -> None:
    assert {"量距", "量面积"} <= set(typed(qtbot, opened(qtbot, program), "celiang"))


def test_what_is_nowhere_is_told_and_cannot_be_chosen(qtbot: QtBot, program: Program) -> None:
    palette = opened(qtbot, program)
    typed(qtbot, palette, "qqqqzzzz")
    qtbot.waitUntil(lambda: palette.list.count() == 1, timeout=20_000)
    (told,) = palette.entries
    assert "qqqqzzzz" in told.text
    assert told.why_not
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
