"""The whole window on the sample: looking, selecting, searching, changing, closing."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pypinyin import lazy_pinyin
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Start
from tests.ui.helpers import FixedPicker, RecordingNotices

from gridmap.base.errors import Place, WorkspaceError
from gridmap.base.progress import Progress
from gridmap.base.settings import Settings, load_settings
from gridmap.model.changes import Outcome, Touched
from gridmap.services import backups, texts
from gridmap.services.layers import Order
from gridmap.store import texts as store_texts
from gridmap.store.workspace import Workspace, open_workspace
from gridmap.ui.app import Program
from gridmap.ui.dialogs.restore import RestoreDialog
from gridmap.ui.handlers.looks import AGAIN
from gridmap.ui.panels import table

Idle = Callable[[Program], None]


def first_id(program: Program, table: str, place: int = 0) -> str:
    assert program.desk.source is not None
    return program.desk.source.ids_at(table, [place])[0]


def workspace_of(program: Program) -> Workspace:
    return program.desk.get_workspace()


def choose_row(program: Program, row: int) -> None:
    """Select one row of the table, whatever keys Qt believes to be held down."""
    table = program.window.table
    flag = QItemSelectionModel.SelectionFlag
    table.view.selectionModel().select(table.model.index(row, 0), flag.ClearAndSelect | flag.Rows)


# --- the start page


def test_the_start_page_offers_four_ways_and_what_was_open(
    qtbot: QtBot, start: Start, sample_path: Path, idle: Idle
) -> None:
    gone = str(sample_path.with_name("gone.gridmap"))
    program = start(settings=Settings(recent=(str(sample_path), gone)))
    page = program.window.start
    assert program.window.pages.currentWidget() is page
    assert list(page.cards) == ["open", "new", "start_import", "sample"]
    assert page.recent.count() == 1  # the one that is gone is not offered
    assert program.window.focusWidget() is page.recent
    qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.bench.has_painted, timeout=20_000)
    idle(program)
    assert program.desk.is_open


def test_cards_are_reached_by_keys(qtbot: QtBot, start: Start) -> None:
    window = start().window
    page = window.start
    cards = list(page.cards.values())
    assert window.focusWidget() is cards[0]
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert window.focusWidget() is cards[1]
    qtbot.keyClick(page, Qt.Key.Key_Left)
    qtbot.keyClick(page, Qt.Key.Key_Left)
    assert window.focusWidget() is cards[3]


def test_a_file_that_is_none_is_told_and_the_start_page_stays(
    qtbot: QtBot, start: Start, tmp_path: Path, notices: RecordingNotices
) -> None:
    wrong = tmp_path / "假.gridmap"
    wrong.write_text("no database")
    program = start()
    program.files.open_path(str(wrong))
    qtbot.waitUntil(lambda: bool(notices.warnings))
    assert str(wrong) in str(notices.warnings[0])
    assert program.window.pages.currentWidget() is program.window.start


# --- opening and closing


def test_an_opened_workspace_is_shown_whole(program: Program) -> None:
    window = program.window
    assert "示例街道" in window.windowTitle()
    assert program.bench.view is not None
    assert program.bench.view.is_settled
    assert window.layers.tree.topLevelItemCount() == 16
    assert program.bench.info is not None
    assert window.layers.layers.entries[-1].count == 1
    assert load_settings().recent[0] == str(program.bench.info.path.resolve())


def test_closing_gives_the_right_to_write_back(program: Program, sample_path: Path) -> None:
    program.files.close()
    assert program.window.pages.currentWidget() is program.window.start
    with open_workspace(sample_path) as opened:
        assert not opened.is_read_only


def test_another_workspace_takes_the_place_of_the_first(
    qtbot: QtBot, program: Program, workspace_path: Path, sample_path: Path, idle: Idle
) -> None:
    program.files.open_path(str(workspace_path))
    qtbot.waitUntil(lambda: workspace_of(program).path == workspace_path, timeout=10_000)
    idle(program)
    with open_workspace(sample_path) as opened:
        assert not opened.is_read_only


def test_the_open_workspace_opened_again_stays_writable(
    program: Program, sample_path: Path, idle: Idle
) -> None:
    held = workspace_of(program)
    program.files.open_path(str(sample_path))
    idle(program)
    assert workspace_of(program) is held
    assert program.desk.is_writable


@pytest.mark.parametrize("damage", ["header", "pages", "gone"])
def test_a_ruined_workspace_is_restored_from_a_backup_in_the_window(
    qtbot: QtBot,
    start: Start,
    sample_path: Path,
    notices: RecordingNotices,
    idle: Idle,
    damage: str,
) -> None:
    with open_workspace(sample_path) as opened:
        backups.back_up(opened)
    if damage == "gone":
        sample_path.unlink()
    else:
        with sample_path.open("r+b") as stream:
            stream.seek(0 if damage == "header" else 100)
            stream.write(b"\xff" * 3_000)
    program = start()
    program.files.open_path(str(sample_path))
    qtbot.waitUntil(lambda: program.window.findChild(RestoreDialog) is not None, timeout=5_000)
    assert len(notices.asked) == 1
    assert not notices.warnings
    dialog = program.window.findChild(RestoreDialog)
    assert dialog is not None
    dialog.try_to_accept()
    qtbot.waitUntil(lambda: program.bench.has_painted, timeout=20_000)
    idle(program)
    assert program.desk.is_writable


def test_a_held_workspace_is_read_only_and_says_who_holds_it(
    start: Start, sample_path: Path
) -> None:
    with open_workspace(sample_path, program="别的程序"):
        program = start(sample_path)
        assert program.window.banner.isVisible()
        assert "别的程序" in program.window.banner.text.text()
        assert not program.window.actions_by_id["import"].isEnabled()
        assert program.window.actions_by_id["export"].isEnabled()


def test_the_layout_comes_back(start: Start, sample_path: Path, qtbot: QtBot) -> None:
    first = start(sample_path)
    first.window.docks["details"].hide()
    first.window.docks["table"].show()
    first.window.layers.visibility_changed.emit("building", False)
    place = first.window.layers.layers.find("building")
    assert place is not None
    first.window.layers.layers.entries[place].is_visible = False
    first.close()
    second = start(sample_path)
    assert second.window.docks["details"].isHidden()
    assert not second.window.docks["table"].isHidden()
    assert second.bench.view is not None
    assert not second.bench.view.layers.get_layer("building").is_visible


def test_closing_while_work_goes_on_is_asked_about(
    qtbot: QtBot, program: Program, notices: RecordingNotices
) -> None:
    notices.agrees = False

    def slow(progress: object) -> object:
        while True:
            progress(0, 1, texts.reading_layers())  # type: ignore[operator]

    program.work.make("slow", slow, lambda _v: None)
    program.window.close()
    assert notices.asked
    assert program.window.isVisible()


# --- selecting


def test_a_click_on_the_map_shows_the_row(qtbot: QtBot, program: Program, idle: Idle) -> None:
    view = program.bench.view
    assert view is not None
    row = first_id(program, "cell")
    assert program.desk.source is not None
    details = program.desk.source.find_row("cell", row)
    assert details is not None
    assert details.xy is not None
    x, y = view.camera.to_pixel(*details.xy)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    idle(program)
    assert program.bench.selection.ids
    assert program.window.details.tabs.isVisible()
    assert program.window.details.values.rowCount() > 2


def test_other_rows_at_the_place_are_offered(qtbot: QtBot, program: Program, idle: Idle) -> None:
    view, source = program.bench.view, program.desk.source
    assert view is not None
    assert source is not None
    details = source.find_row("cell", first_id(program, "cell", 5))
    assert details is not None
    assert details.xy is not None
    view.identified.emit(details.xy, 1.0)
    hits = view.pick(details.xy, 1.0)
    view.select(hits[0].table, [hits[0].id])
    idle(program)
    offered = program.window.details.hits
    tables = {offered.itemData(row)[0] for row in range(offered.count())}
    assert {"cell", "community", "subdistrict"} <= tables
    row = next(n for n in range(offered.count()) if offered.itemData(n)[0] == "community")
    offered.activated.emit(row)
    idle(program)
    assert program.bench.selection.table == "community"


def test_the_table_follows_the_map_and_the_map_the_table(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    window, bench = program.window, program.bench
    bench.open_table("cell")
    idle(program)
    wanted = first_id(program, "cell", 7)
    bench.select("cell", [wanted])
    idle(program)
    rows = window.table.view.selectionModel().selectedRows()
    assert [index.row() for index in rows] == [7]
    choose_row(program, 3)
    qtbot.waitUntil(lambda: bench.selection.ids == [first_id(program, "cell", 3)])
    idle(program)
    assert bench.view is not None
    assert bench.view._selection == {"cell": frozenset({first_id(program, "cell", 3)})}


def test_many_rows_are_selected_at_once(qtbot: QtBot, program: Program, idle: Idle) -> None:
    program.bench.open_table("building")
    idle(program)
    program.window.table.view.selectAll()
    qtbot.waitUntil(lambda: len(program.bench.selection.ids) > 600, timeout=5_000)
    idle(program)
    assert program.window.details.hits.isHidden()


def test_rows_that_are_not_selected_because_there_are_too_many_are_told(
    qtbot: QtBot, program: Program, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "_MOST_SELECTED", 20)
    program.bench.open_table("building")
    idle(program)
    program.window.table.view.selectAll()
    qtbot.waitUntil(lambda: len(program.bench.selection.ids) == 20, timeout=5_000)
    assert "只选中了前 20 行" in program.window.status.currentMessage()


def test_the_table_sorts_and_copies(qtbot: QtBot, program: Program, idle: Idle) -> None:
    program.bench.open_table("cell")
    idle(program)
    table = program.window.table
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    model = table.model
    qtbot.waitUntil(lambda: model.index(0, 0).data() != "…", timeout=5_000)
    codes = [model.index(row, 0).data() for row in range(5)]
    assert codes == sorted(codes, reverse=True)
    choose_row(program, 1)
    qtbot.waitUntil(program.window.actions_by_id["copy"].isEnabled)
    QGuiApplication.clipboard().clear()
    program.window.actions_by_id["copy"].trigger()
    qtbot.waitUntil(lambda: codes[1] in QGuiApplication.clipboard().text())
    assert QGuiApplication.clipboard().text().startswith("单元网格标识码\t")
    assert program.desk.source is not None
    page = program.desk.source.page("cell", 0, 5, Order("code", is_descending=True))
    assert [row[0] for row in page.rows] == codes


def test_the_selection_is_found_again_in_another_order(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    program.bench.open_table("cell")
    idle(program)
    wanted = first_id(program, "cell", 7)
    program.bench.select("cell", [wanted])
    idle(program)
    view = program.window.table.view
    view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    idle(program)
    assert program.desk.source is not None
    order = Order("code", is_descending=True)
    expected = program.desk.source.find_rows("cell", [wanted], order).tolist()
    assert [index.row() for index in view.selectionModel().selectedRows()] == expected
    assert program.bench.selection.ids == [wanted]


def test_a_reference_leads_to_its_row(program: Program, idle: Idle) -> None:
    program.bench.go_to("cell", first_id(program, "cell"))
    idle(program)
    values = program.window.details.values
    targets = [
        values.item(row, 1).data(Qt.ItemDataRole.UserRole) for row in range(values.rowCount())
    ]
    community = next(target for target in targets if target and target[0] == "community")
    program.window.details.reference_wanted.emit(*community)
    idle(program)
    assert program.bench.selection.is_row(*community)


def test_a_row_without_a_place_is_shown_in_the_table(program: Program, idle: Idle) -> None:
    officer = first_id(program, "officer", 4)
    program.bench.go_to("officer", officer)
    idle(program)
    assert program.window.docks["table"].isVisible()
    assert program.window.table.table == "officer"
    assert program.bench.selection.is_row("officer", officer)


def test_a_box_selects_what_lies_in_it(qtbot: QtBot, program: Program, idle: Idle) -> None:
    view = program.bench.view
    assert view is not None
    program.window.layers.tree.setCurrentItem(
        program.window.layers.tree.topLevelItem(program.window.layers.layers.find("building") or 0)
    )
    program.window.actions_by_id["box_select"].trigger()
    viewport = view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.mouseMove(viewport, QPoint(200, 200))
    far = QPoint(viewport.width() - 10, viewport.height() - 10)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=far)
    idle(program)
    assert program.bench.selection.table == "building"
    assert len(program.bench.selection.ids) > 500


# --- searching


def test_search_leads_to_the_row(qtbot: QtBot, program: Program, idle: Idle) -> None:
    search = program.window.search
    assert program.desk.source is not None
    name = program.desk.source.label_of("compound", first_id(program, "compound"))
    program.edits.focus_search()
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "".join(lazy_pinyin(name)))
    qtbot.waitUntil(lambda: search.list is not None and search.list.isVisible(), timeout=5_000)
    assert search.list is not None
    before = program.bench.view.extent if program.bench.view else None
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Up)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    idle(program)
    assert search.list.isHidden()
    assert program.bench.selection.ids
    assert program.bench.view is not None
    assert program.bench.view.extent != before


def test_enter_may_be_pressed_before_the_answer_comes(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    row = first_id(program, "compound")
    assert program.desk.source is not None
    search = program.window.search
    search.setFocus()
    qtbot.keyClicks(search, "".join(lazy_pinyin(program.desk.source.label_of("compound", row))))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.bench.selection.is_row("compound", row), timeout=5_000)
    idle(program)
    assert search.list is None or search.list.isHidden()


def test_search_that_finds_nothing_says_what_to_type(qtbot: QtBot, program: Program) -> None:
    search = program.window.search
    search.setFocus()
    qtbot.keyClicks(search, "zzzzqqq")
    qtbot.waitUntil(lambda: search.list is not None and search.list.isVisible(), timeout=5_000)
    assert search.list is not None
    assert "拼音" in search.list.item(0).text()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.list.isHidden()


# --- changing


def rename(program: Program, name: str) -> str:
    """Rename a compound as a service would, in the writing thread."""
    row = first_id(program, "compound")

    def call(_progress: object) -> object:
        opened = workspace_of(program)
        with opened.transaction(texts.imported(source="改名", table="小区")) as tx:
            tx.connection.execute("UPDATE compound SET name = ? WHERE id = ?", (name, row))
        return Outcome(None, Touched({"compound": frozenset({row})}))

    program.work.operate("rename", call)  # type: ignore[arg-type]
    return row


def test_undo_says_what_it_takes_back_and_all_follow(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    actions = program.window.actions_by_id
    program.window.search.entered.emit()
    program.bench.go_to("compound", first_id(program, "compound"))
    idle(program)
    row = rename(program, "新名字花园")
    idle(program)
    assert "导入 改名 到小区" in actions["undo"].text()
    assert not actions["redo"].isEnabled()
    assert program.desk.index is not None
    assert [found.id for found in program.desk.index.find("xinmingzi")] == [row]
    assert "新名字花园" in program.window.details._title.text()
    actions["undo"].trigger()
    idle(program)
    assert "新名字花园" not in program.window.details._title.text()
    assert program.desk.index.find("xinmingzi") == []
    assert "改名" in actions["redo"].text()
    actions["redo"].trigger()
    idle(program)
    assert "新名字花园" in program.window.details._title.text()


def test_undo_is_offered_right_after_opening(
    qtbot: QtBot, start: Start, sample_path: Path, idle: Idle
) -> None:
    first = start(sample_path)
    rename(first, "上次改的")
    idle(first)
    first.close()
    second = start(sample_path)
    idle(second)
    undo = second.window.actions_by_id["undo"]
    assert undo.isEnabled()
    assert "改名" in undo.text()


def test_the_search_index_waits_until_somebody_searches(program: Program, idle: Idle) -> None:
    index = program.desk.index
    assert index is not None
    assert not index.is_begun
    program.window.search.entered.emit()
    program.window.search.entered.emit()
    idle(program)
    assert index.is_complete


def test_history_of_the_workspace_and_of_a_row(program: Program, idle: Idle) -> None:
    row = rename(program, "改过的")
    idle(program)
    program.window.show_dock("history")
    idle(program)
    listed = program.window.history.list
    assert listed.topLevelItem(0).text(2) == "导入 改名 到小区"
    program.bench.go_to("compound", row)
    idle(program)
    program.window.details.show_history_page()
    idle(program)
    history = program.window.details.history
    assert history.topLevelItemCount() == 2
    assert "改过的" in history.topLevelItem(0).child(0).text(0)


def test_a_check_lists_problems_and_leads_to_them(program: Program, idle: Idle) -> None:
    program.care.check()
    idle(program)
    problems = program.window.problems
    assert program.window.docks["problems"].isVisible()
    assert problems.list.count() == 0
    cell = first_id(program, "cell", 3)
    problems.place_wanted.emit(Place(table="cell", id=cell))
    idle(program)
    assert program.bench.selection.is_row("cell", cell)


def test_what_a_check_finds_can_be_mended_here(
    program: Program, idle: Idle, notices: RecordingNotices
) -> None:
    with workspace_of(program).writing() as writer:
        writer.execute("DROP TRIGGER journal_update_cell")
    program.care.check()
    idle(program)
    problems = program.window.problems
    assert problems.list.count() == 1
    assert problems.repair.isVisible()
    problems.repair.click()
    idle(program)
    assert notices.asked
    assert problems.list.count() == 0
    assert problems.repair.isHidden()


def test_backup_and_restore(qtbot: QtBot, program: Program, idle: Idle) -> None:
    program.care.back_up()
    idle(program)
    row = rename(program, "备份之后")
    idle(program)
    program.care.restore()
    idle(program)
    dialog = program.window.findChild(RestoreDialog)
    assert dialog is not None
    assert dialog.list.count() >= 1
    dialog.try_to_accept()
    idle(program)
    assert program.desk.source is not None
    details = program.desk.source.find_row("compound", row)
    assert details is not None
    assert details.values["name"] != "备份之后"


def test_a_scheduled_backup_is_made_only_after_a_change(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    made: list[object] = []
    program.desk.backed_up.connect(made.append)
    program.desk._back_up()  # there is none yet
    idle(program)
    program.desk._back_up()
    idle(program)
    assert len(made) == 1
    rename(program, "有改动")
    idle(program)
    program.desk._back_up()
    qtbot.waitUntil(lambda: len(made) == 2, timeout=10_000)
    idle(program)


def test_the_first_backup_comes_soon_and_the_others_as_the_settings_say(program: Program) -> None:
    timer = program.desk._timer
    assert timer.isActive()
    assert timer.interval() == 60_000
    timer.timeout.emit()
    assert timer.interval() == program.memory.settings.backup_every_minutes * 60_000


def test_a_scheduled_backup_that_fails_is_told_quietly_and_tried_again(
    program: Program, idle: Idle, notices: RecordingNotices, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    program.desk.backed_up.connect(made.append)
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise WorkspaceError(store_texts.disk_full(path="x"))

        patch.setattr(backups, "back_up_if_changed", fail)
        program.desk._back_up()
        idle(program)
    assert "自动备份没有成功" in program.window.status.currentMessage()
    assert not notices.warnings
    program.desk._back_up()
    idle(program)
    assert made


# --- leaving while something goes on


def write_for_long(program: Program) -> None:
    """Write in one transaction until stopped."""
    began = threading.Event()
    opened = workspace_of(program)

    def call(progress: Progress) -> Outcome[None]:
        with opened.transaction(texts.imported(source="很久", table="小区")) as tx:
            tx.connection.execute("UPDATE compound SET name = '没有写完'")
            while True:
                progress(1, 2, texts.reading_layers())
                began.set()

    program.work.operate("long", call)
    assert began.wait(5)


def names_in(path: Path) -> set[str]:
    with open_workspace(path) as opened, opened.reading() as reader:
        assert not opened.is_read_only
        return {row[0] for row in reader.execute("SELECT name FROM compound")}


def test_stop_and_quit_stops_and_nothing_was_done(program: Program, sample_path: Path) -> None:
    write_for_long(program)
    program.close()
    assert "没有写完" not in names_in(sample_path)


def test_closing_while_something_is_written_asks_and_stops_it_first(
    qtbot: QtBot, program: Program, sample_path: Path, notices: RecordingNotices
) -> None:
    write_for_long(program)
    notices.agrees = False
    program.files.close()
    assert program.desk.is_open
    assert program.work.is_operating
    notices.agrees = True
    program.files.close()
    qtbot.waitUntil(lambda: not program.desk.is_open, timeout=5_000)
    assert len(notices.asked) == 2
    assert not notices.warnings
    assert "没有写完" not in names_in(sample_path)


def test_opening_another_while_something_is_written_asks_and_stops_it_first(
    qtbot: QtBot,
    program: Program,
    sample_path: Path,
    workspace_path: Path,
    notices: RecordingNotices,
    idle: Idle,
) -> None:
    write_for_long(program)
    program.files.open_path(str(workspace_path))
    qtbot.waitUntil(lambda: workspace_of(program).path == workspace_path, timeout=10_000)
    idle(program)
    assert len(notices.asked) == 1
    assert "没有写完" not in names_in(sample_path)


# --- layers, panes, language


def test_layers_are_hidden_moved_and_faded(qtbot: QtBot, program: Program, idle: Idle) -> None:
    panel, view = program.window.layers, program.bench.view
    assert view is not None
    tree = panel.tree
    tree.setCurrentItem(tree.topLevelItem(0))
    table = tree.current_table or ""
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert not view.layers.get_layer(table).is_visible
    qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert view.layers.tables[-2] == table
    assert tree.current_table == table
    panel.opacity.setValue(40)
    assert view.layers.get_layer(table).opacity == pytest.approx(0.4)
    idle(program)


def test_f6_goes_round_the_panes(program: Program) -> None:
    window = program.window
    seen = []
    for _ in range(4):
        window.step_pane(1)
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused)
    assert len(set(map(id, seen))) >= 3
    window.step_pane(-1)
    assert window.focusWidget() in seen


def test_a_base_map_that_is_none_is_told(
    qtbot: QtBot, program: Program, picker: FixedPicker, notices: RecordingNotices, tmp_path: Path
) -> None:
    picker.path = tmp_path / "x.mbtiles"
    picker.path.write_bytes(b"nothing")
    program.looks.choose_base_map()
    qtbot.waitUntil(lambda: bool(notices.warnings))
    assert "x.mbtiles" in str(notices.warnings[0])


def test_the_language_switch_asks_for_a_new_window(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[int] = []
    monkeypatch.setattr(QApplication, "exit", codes.append)
    program.window.actions_by_id["language"].trigger()
    assert codes == [AGAIN]
    assert load_settings().language == "en"


def test_the_pointer_tells_metres_and_degrees(qtbot: QtBot, program: Program) -> None:
    view = program.bench.view
    assert view is not None
    view.moved.emit((604_000.0, 4_296_000.0))
    qtbot.waitUntil(lambda: "°E" in program.window.status.place.text())
    assert "604,000.0" in program.window.status.place.text()


@pytest.mark.parametrize("name", ["doctor", "info", "keys", "about"])
def test_reports_can_be_read_and_copied(
    qtbot: QtBot, program: Program, idle: Idle, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gridmap.services import doctor
    from gridmap.ui.dialogs.report import ReportDialog

    found = [
        doctor.Finding("Python", True, "3.11"),
        doctor.Finding("Qt", False, "没有", texts.name_missing()),
    ]
    monkeypatch.setattr(doctor, "examine", lambda: found)
    program.window.actions_by_id[name].trigger()
    idle(program)
    dialog = program.window.findChild(ReportDialog)
    assert dialog is not None
    assert dialog.as_text()
    dialog.reject()
