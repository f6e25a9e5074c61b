"""Filling in rows: by the form, in the table, many at once; and the way back in the history."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.helpers import RecordingNotices

from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.services import history
from gridmap.services.features import Shared
from gridmap.ui.app import Program
from gridmap.ui.panels.form import FormPanel
from gridmap.ui.panels.form_model import Form, make_form
from gridmap.ui.panels.reference_line import ReferenceLine

Idle = Callable[[Program], None]


def ask(program: Program, query: str, *values: object) -> list[tuple[object, ...]]:
    with program.desk.get_workspace().reading() as reader:
        found: list[tuple[object, ...]] = reader.execute(query, values).fetchall()
    return found


def some_ids(program: Program, table: str, count: int) -> list[str]:
    return [str(id_) for (id_,) in ask(program, f"SELECT id FROM {table} LIMIT ?", count)]


def edit(program: Program, idle: Idle, table: str, ids: list[str]) -> FormPanel:
    program.bench.select(table, ids)
    idle(program)
    program.window.actions_by_id["edit_rows"].trigger()
    idle(program)
    panel = program.forms.panel
    assert panel is not None
    assert panel.form is not None
    return panel


def type_into(panel: FormPanel, name: str, text: str) -> None:
    line = panel.inputs[name]
    assert isinstance(line, QLineEdit)
    line.setText(text)  # Qt's own clicks know no Chinese
    line.textEdited.emit(text)


def faults(panel: FormPanel) -> list[str]:
    labels = panel.findChildren(QLabel, "complaint")
    return [label.text() for label in labels if label.isVisibleTo(panel) and label.text()]


def test_a_row_is_filled_in_and_saved_by_enter(qtbot: QtBot, program: Program, idle: Idle) -> None:
    (row_id,) = some_ids(program, "building", 1)
    panel = edit(program, idle, "building", [row_id])
    type_into(panel, "floors", "33")
    use = panel.inputs["use"]
    assert isinstance(use, QComboBox)
    use.setCurrentIndex(use.findText("办公"))
    use.activated.emit(use.currentIndex())
    qtbot.keyClick(panel.inputs["floors"], Qt.Key.Key_Return)
    idle(program)
    assert panel.form is None
    assert ask(program, "SELECT floors, use FROM building WHERE id = ?", row_id) == [(33, "office")]
    said = history.recent(program.desk.get_workspace(), 1).value[0].intention
    assert str(said).endswith("的层数、用途")


def test_what_is_wrong_is_told_beside_the_field_as_it_is_typed(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    (row_id,) = some_ids(program, "building", 1)
    panel = edit(program, idle, "building", [row_id])
    type_into(panel, "floors", "很高")
    assert faults(panel) == ["“层数”要填整数，例如 6。"]
    qtbot.keyClick(panel.inputs["floors"], Qt.Key.Key_Return)
    idle(program)
    assert panel.form is not None  # nothing is written while something is wrong
    type_into(panel, "floors", "3")
    assert faults(panel) == []


def test_esc_discards(qtbot: QtBot, program: Program, idle: Idle) -> None:
    (row_id,) = some_ids(program, "building", 1)
    before = ask(program, "SELECT name FROM building WHERE id = ?", row_id)
    panel = edit(program, idle, "building", [row_id])
    type_into(panel, "name", "别的名字")
    qtbot.keyClick(panel.inputs["name"], Qt.Key.Key_Escape)
    idle(program)
    assert panel.form is None
    assert ask(program, "SELECT name FROM building WHERE id = ?", row_id) == before


def test_of_many_rows_only_the_touched_fields_are_written(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    ids = some_ids(program, "building", 20)
    names = ask(program, "SELECT id, name FROM building ORDER BY id")
    panel = edit(program, idle, "building", ids)
    assert panel.form is not None
    assert panel.form.line("name").is_mixed
    line = panel.inputs["name"]
    assert isinstance(line, QLineEdit)
    assert "多个值" in line.placeholderText()
    type_into(panel, "remark", "一起改")
    qtbot.keyClick(panel.inputs["remark"], Qt.Key.Key_Return)
    idle(program)
    assert ask(program, "SELECT count(*) FROM building WHERE remark = '一起改'") == [(20,)]
    assert ask(program, "SELECT id, name FROM building ORDER BY id") == names


def test_a_reference_is_found_by_typing_and_kept_by_its_id(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    (row_id,) = some_ids(program, "building", 1)
    ((other, name),) = ask(program, "SELECT id, name FROM compound ORDER BY name LIMIT 1")
    panel = edit(program, idle, "building", [row_id])
    line = panel.inputs["compound_id"]
    assert isinstance(line, ReferenceLine)
    line.setFocus()
    text = str(name)[:2]
    line.setText(text)
    line.textEdited.emit(text)
    model = line.completer().model()
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    words = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    chosen = next(one for one in words if one.startswith(str(name)))
    line.completer().activated.emit(chosen)
    assert panel.form is not None
    assert panel.form.typed["compound_id"] == other
    line.completer().popup().hide()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    idle(program)
    assert ask(program, "SELECT compound_id FROM building WHERE id = ?", row_id) == [(other,)]


def test_a_reference_that_is_not_there_is_told_in_the_form(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    (row_id,) = some_ids(program, "building", 1)
    panel = edit(program, idle, "building", [row_id])
    type_into(panel, "compound_id", "没有这个小区")
    panel.save.click()
    idle(program)
    assert panel.form is not None
    assert "没有叫" in panel.complaint.text()


def test_choosing_another_row_asks_about_what_was_typed(
    program: Program, idle: Idle, notices: RecordingNotices
) -> None:
    first, second = some_ids(program, "building", 2)
    panel = edit(program, idle, "building", [first])
    type_into(panel, "name", "改到一半")
    program.bench.select("building", [second])
    idle(program)
    assert len(notices.asked) == 1
    assert panel.form is None
    assert ask(program, "SELECT name FROM building WHERE id = ?", first) == [("改到一半",)]


def test_sensitive_and_kept_fields_are_marked() -> None:
    officer = make_form("officer", ("x",), {"name": Shared("王一")}, "zh")
    assert [line.field.name for line in officer.lines if line.is_sensitive] == ["private_phone"]
    cell = make_form("cell", ("x",), {}, "zh")
    kept = [line.field.name for line in cell.lines if line.is_kept]
    assert {"code", "households", "grid_id"} <= set(kept)
    assert not any(line.is_kept for line in make_form("cell", (), {}, "zh").lines)
    post = make_form("patrol_post", (), {}, "zh")
    assert [line.field.name for line in post.lines if line.is_placed] == ["cell_id"]


def test_a_value_typed_back_is_no_change_and_required_ones_are_asked_for() -> None:
    form: Form = make_form("building", ("x",), {"floors": Shared(6)}, "zh")
    assert form.type("floors", "7") == ""
    assert form.is_touched
    form.type("floors", "6")
    assert not form.is_touched
    new = make_form("defect", (), {}, "zh")
    assert list(new.faults()) == ["kind"]
    new.type("kind", "违章搭建")
    assert new.faults() == {}


# --- the table ------------------------------------------------------------------------------------


@pytest.fixture
def table(program: Program, idle: Idle) -> Program:
    program.bench.open_table("building")
    idle(program)
    program.window.table.model.data(program.window.table.model.index(0, 0))
    idle(program)
    return program


def column(name: str) -> int:
    return TABLE_BY_NAME["building"].field_names.index(name)


def choose(qtbot: QtBot, program: Program, rows: list[int], name: str) -> None:
    panel = program.window.table
    panel.view.setCurrentIndex(panel.model.index(rows[0], column(name)))
    selection = panel.view.selectionModel()
    for row in rows[1:]:
        index = panel.model.index(row, column(name))
        selection.select(index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
    qtbot.waitUntil(lambda: len(program.bench.selection.ids) == len(rows))


def shown(program: Program, name: str, count: int) -> list[str]:
    model = program.window.table.model
    return [str(model.data(model.index(row, column(name)))) for row in range(count)]


def test_a_cell_is_typed_into_in_place(qtbot: QtBot, table: Program) -> None:
    panel = table.window.table
    choose(qtbot, table, [1], "floors")
    panel.view.edit(panel.model.index(1, column("floors")))
    editor = panel.view.findChild(QLineEdit, "cell")
    assert editor is not None
    editor.setText("44")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(table, "floors", 2)[1] == "44")


def test_what_cannot_be_taken_is_told_and_not_written(table: Program, idle: Idle) -> None:
    before = shown(table, "floors", 3)
    model = table.window.table.model
    model.setData(model.index(0, column("floors")), "高")
    idle(table)
    assert "第 1 行" in table.window.status.currentMessage()
    assert shown(table, "floors", 3) == before


def test_a_value_is_copied_down_as_one_step(qtbot: QtBot, table: Program) -> None:
    first = shown(table, "height_m", 1)[0]
    choose(qtbot, table, [0, 1, 2, 3], "height_m")
    table.window.actions_by_id["copy_down"].trigger()
    qtbot.waitUntil(lambda: set(shown(table, "height_m", 4)) == {first})
    said = history.recent(table.desk.get_workspace(), 1).value[0].intention
    assert str(said) == "修改 3 个建筑的高度"


def test_a_column_is_pasted_from_the_clipboard(qtbot: QtBot, table: Program) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("甲\t7\n乙\t8\n丙\t9\n")
    choose(qtbot, table, [0, 1, 2], "name")
    table.window.actions_by_id["paste"].trigger()
    qtbot.waitUntil(lambda: shown(table, "name", 3) == ["甲", "乙", "丙"])
    assert shown(table, "address", 3) == ["7", "8", "9"]
    clipboard.setText("5\n6")
    choose(qtbot, table, [0, 1, 2], "floors")
    table.window.actions_by_id["paste"].trigger()
    assert "对不上" in table.window.status.currentMessage()


def test_kept_columns_are_not_typed_into(program: Program, idle: Idle) -> None:
    program.bench.open_table("cell")
    idle(program)
    model = program.window.table.model
    model.data(model.index(0, 0))
    idle(program)
    fields = TABLE_BY_NAME["cell"].field_names
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, fields.index("code"))) & editable
    assert model.flags(model.index(0, fields.index("name"))) & editable


# --- deleting, and the history --------------------------------------------------------------------


def test_rows_are_deleted_and_what_refers_to_them_is_asked_about(
    program: Program, idle: Idle, notices: RecordingNotices
) -> None:
    ((defect,),) = ask(program, "SELECT max(defect_id) FROM case_file")
    program.bench.select("defect", [str(defect)])
    idle(program)
    notices.agrees = False
    program.window.actions_by_id["delete_rows"].trigger()
    idle(program)
    assert "案卷" in notices.asked[-1]
    assert ask(program, "SELECT count(*) FROM defect WHERE id = ?", defect) == [(1,)]
    notices.agrees = True
    program.window.actions_by_id["delete_rows"].trigger()
    idle(program)
    assert ask(program, "SELECT count(*) FROM defect WHERE id = ?", defect) == [(0,)]
    assert notices.warnings == []


def test_the_history_goes_back_to_an_entry_and_on_again(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    ids = some_ids(program, "building", 3)
    for number, row_id in enumerate(ids):
        program.forms.write_cells("building", {row_id: {"remark": f"第 {number} 次"}})
        idle(program)
    program.window.show_dock("history")
    idle(program)
    panel = program.window.history

    def marks() -> list[tuple[str, bool]]:
        items = [panel.list.topLevelItem(row) for row in range(panel.list.topLevelItemCount())]
        return [(item.text(0), item.font(2).strikeOut()) for item in items if item is not None]

    assert marks() == [("▶", False), ("", False), ("", False), ("", False)]
    panel.list.setCurrentItem(panel.list.topLevelItem(2))
    assert "撤销它之后的 2 步" in panel.way.text()
    panel.go.click()
    idle(program)
    assert marks() == [("", True), ("", True), ("▶", False), ("", False)]
    assert ask(program, "SELECT count(remark) FROM building") == [(1,)]
    panel.list.itemActivated.emit(panel.list.topLevelItem(0), 0)
    idle(program)
    assert marks() == [("▶", False), ("", False), ("", False), ("", False)]
    assert ask(program, "SELECT count(remark) FROM building") == [(3,)]


def test_older_entries_are_shown_when_asked_for(program: Program, idle: Idle) -> None:
    ids = some_ids(program, "building", 3)
    for number, row_id in enumerate(ids):
        program.forms.write_cells("building", {row_id: {"remark": str(number)}})
    panel = program.window.history
    panel.limit = 2
    idle(program)
    program.window.show_dock("history")
    idle(program)
    assert panel.list.topLevelItemCount() == 2
    assert panel.older.isVisible()
    panel.older.click()
    idle(program)
    assert panel.list.topLevelItemCount() == 4
    assert not panel.older.isVisible()
