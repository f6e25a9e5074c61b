"""Dialogs show what they got and return a request; the program does what they ask for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Start
from tests.ui.helpers import FixedPicker

from gridmap.store.workspace import open_workspace
from gridmap.ui.app import Program
from gridmap.ui.dialogs.export_layer import ExportDialog
from gridmap.ui.dialogs.import_file import ImportDialog
from gridmap.ui.dialogs.new_workspace import NewWorkspaceDialog
from gridmap.ui.dialogs.picture import PictureDialog
from gridmap.ui.dialogs.report import ReportDialog
from gridmap.ui.dialogs.restore import RestoreDialog
from gridmap.ui.dialogs.sample import SampleDialog
from gridmap.ui.dialogs.settings import SettingsDialog
from gridmap.ui.handlers import files

Idle = Callable[[Program], None]
LEDGER = """编号,标题,问题类型,严重程度,经度,纬度
1,楼道堆物,环境污染,2,117.2001,38.7921
2,路灯不亮,公共设施破损,1,117.2031,38.7931
3,井盖破损,公共设施破损,3,117.2011,38.7941
4,太远,环境污染,1,98.1,38.79
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "问题台账.csv"
    path.write_bytes(LEDGER.encode("gb18030"))
    return path


# --- new workspace


@pytest.fixture
def new_dialog(qtbot: QtBot, picker: FixedPicker, tmp_path: Path) -> NewWorkspaceDialog:
    dialog = NewWorkspaceDialog(None, picker, tmp_path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    return dialog


def test_a_new_workspace_needs_name_code_and_place(
    qtbot: QtBot, new_dialog: NewWorkspaceDialog, tmp_path: Path
) -> None:
    assert "名称" in new_dialog.find_fault()
    new_dialog.name.setText("三里屯街道")
    new_dialog.name.textEdited.emit("三里屯街道")  # Qt's test keys are ASCII only
    assert "区划代码" in new_dialog.find_fault()
    qtbot.keyClicks(new_dialog.code, "110105013")
    assert new_dialog.find_fault() == ""
    request = new_dialog.request()
    assert request.path == tmp_path / "三里屯街道.gridmap"
    assert (request.subdistrict, request.name, request.epsg) == ("110105013", "三里屯街道", 4548)
    request.path.touch()
    assert "同名" in new_dialog.find_fault()
    new_dialog.path.set_path(tmp_path / "nowhere" / "a.gridmap")
    assert "文件夹" in new_dialog.find_fault()


def test_the_zone_follows_the_code_until_it_is_chosen(
    qtbot: QtBot, new_dialog: NewWorkspaceDialog
) -> None:
    qtbot.keyClicks(new_dialog.code, "650102001")
    assert new_dialog.zone.currentData() == 4538
    new_dialog.zone.setCurrentIndex(0)
    new_dialog.zone.activated.emit(0)
    new_dialog.code.clear()
    qtbot.keyClicks(new_dialog.code, "110105013")
    assert new_dialog.zone.currentData() == 4534


def test_what_is_missing_keeps_the_dialog_open(new_dialog: NewWorkspaceDialog) -> None:
    accepted: list[int] = []
    new_dialog.accepted.connect(lambda: accepted.append(1))
    new_dialog.show()
    new_dialog.try_to_accept()
    assert not accepted
    assert new_dialog._complaint.isVisible()


def test_a_workspace_is_made_and_opened(
    qtbot: QtBot, start: Start, tmp_path: Path, idle: Idle
) -> None:
    program = start()
    program.window.actions_by_id["new"].trigger()
    dialog = program.window.findChild(NewWorkspaceDialog)
    assert dialog is not None
    dialog.name.setText("新街道")
    dialog.code.setText("110105013")
    dialog.path.set_path(tmp_path / "新街道.gridmap")
    dialog.try_to_accept()
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
    idle(program)
    assert program.window.pages.currentWidget() is not program.window.start


# --- import


def import_dialog(program: Program, file: Path, idle: Idle) -> ImportDialog:
    program.files.show_import(file)
    idle(program)
    dialog = program.window.findChild(ImportDialog)
    assert dialog is not None
    return dialog


def test_the_preview_tells_what_was_recognised(
    qtbot: QtBot, program: Program, ledger: Path, idle: Idle
) -> None:
    dialog = import_dialog(program, ledger, idle)
    assert dialog.table.currentData() == "defect"
    assert "GB18030" in dialog.encoding.itemText(0)
    assert "4326" in dialog.crs.itemText(0)
    assert dialog.sample.rowCount() > 0
    assert dialog.mapping.rowCount() == len(dialog.mapping.findChildren(QComboBox))
    dialog.reject()


def test_an_import_is_previewed_done_and_undone(
    qtbot: QtBot, program: Program, ledger: Path, idle: Idle
) -> None:
    assert program.desk.source is not None
    before = program.desk.source.count("component")
    dialog = import_dialog(program, ledger, idle)
    dialog.table.setCurrentIndex(dialog.table.findData("component"))
    dialog.table.activated.emit(dialog.table.currentIndex())
    qtbot.waitUntil(lambda: dialog.agree.text().startswith("导入 3"), timeout=5_000)
    assert "1 行不能导入" in dialog._summary.text()
    assert any("第 5 行" in dialog.notes.item(n).text() for n in range(dialog.notes.count()))
    assert program.desk.source.count("component") == before
    dialog.accept()
    idle(program)
    assert program.desk.source.count("component") == before + 3
    assert "导入" in program.window.actions_by_id["undo"].text()
    program.edits.undo()
    idle(program)
    assert program.desk.source.count("component") == before


def test_choices_are_tried_at_once(
    qtbot: QtBot, program: Program, ledger: Path, idle: Idle
) -> None:
    dialog = import_dialog(program, ledger, idle)
    dialog.encoding.setCurrentIndex(dialog.encoding.findData("utf-8"))
    dialog.encoding.activated.emit(dialog.encoding.currentIndex())
    qtbot.waitUntil(lambda: dialog._summary.property("isError"), timeout=5_000)
    assert not dialog.agree.isEnabled()
    dialog.encoding.setCurrentIndex(0)
    dialog.encoding.activated.emit(0)
    qtbot.waitUntil(lambda: "正在" not in dialog._summary.text(), timeout=5_000)
    dialog.crs.setCurrentText("EPSG:4490")
    dialog.crs.activated.emit(dialog.crs.currentIndex())
    assert dialog.request(dry_run=True).crs == 4490
    dialog.reject()
    idle(program)


def test_a_column_can_be_mapped_by_hand(
    qtbot: QtBot, program: Program, ledger: Path, idle: Idle
) -> None:
    dialog = import_dialog(program, ledger, idle)
    row = next(
        n for n in range(dialog.mapping.rowCount()) if dialog.mapping.item(n, 0).text() == "备注"
    )
    choice = dialog.mapping.cellWidget(row, 1)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("标题"))
    choice.activated.emit(choice.currentIndex())
    assert dialog.request(dry_run=True).fields == {"remark": "标题"}
    dialog.reject()
    idle(program)


def test_a_column_can_be_left_out(qtbot: QtBot, program: Program, ledger: Path, idle: Idle) -> None:
    dialog = import_dialog(program, ledger, idle)
    boxes = [dialog.mapping.cellWidget(n, 1) for n in range(dialog.mapping.rowCount())]
    row, choice = next(
        (n, box)
        for n, box in enumerate(boxes)
        if isinstance(box, QComboBox)
        and box.currentIndex() > 0
        and "*" not in dialog.mapping.item(n, 0).text()
    )
    assert dialog.agree.isEnabled()
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert not dialog.agree.isEnabled()  # what is shown is not what would come in
    qtbot.waitUntil(dialog.agree.isEnabled, timeout=5_000)
    again = dialog.mapping.cellWidget(row, 1)
    assert isinstance(again, QComboBox)
    assert again.currentIndex() == 0
    dialog.reject()
    idle(program)


def test_a_mistyped_crs_is_told_and_can_be_mended(
    qtbot: QtBot, program: Program, ledger: Path, idle: Idle
) -> None:
    dialog = import_dialog(program, ledger, idle)
    line = dialog.crs.lineEdit()
    assert line is not None
    line.setText("EPGS:4490")
    line.editingFinished.emit()
    assert "EPGS:4490" in dialog._summary.text()
    assert not dialog.agree.isEnabled()
    dialog.encoding.setCurrentIndex(dialog.encoding.findData("gb18030"))
    dialog.encoding.activated.emit(dialog.encoding.currentIndex())
    idle(program)
    assert not dialog.agree.isEnabled()
    line.setText("epsg:4490")
    line.editingFinished.emit()
    qtbot.waitUntil(dialog.agree.isEnabled, timeout=5_000)
    assert dialog.request(dry_run=True).crs == 4490
    line.setText("四千")
    line.editingFinished.emit()
    dialog.crs.setCurrentIndex(0)
    dialog.crs.activated.emit(0)
    qtbot.waitUntil(dialog.agree.isEnabled, timeout=5_000)
    assert dialog.request(dry_run=True).crs is None
    dialog.reject()
    idle(program)


def test_refused_rows_are_listed_after_an_import(
    program: Program, ledger: Path, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_MOST_REFUSED", 1)
    far = "5,更远,环境污染,1,97.1,38.79\n"
    ledger.write_bytes((LEDGER + far).encode("gb18030"))
    dialog = import_dialog(program, ledger, idle)
    dialog.accept()
    idle(program)
    report = program.window.findChild(ReportDialog)
    assert report is not None
    assert "第 5 行" in report.as_text()
    assert "还有 1 行" in report.as_text()
    report.reject()


def test_columns_can_be_mapped_also_where_nothing_fits_by_itself(
    qtbot: QtBot, program: Program, tmp_path: Path, idle: Idle
) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("甲,乙,严重程度,描述,经度,纬度\n环境污染,x,1,y,117.2,38.79\n", encoding="utf-8")
    dialog = import_dialog(program, file, idle)
    dialog.table.setCurrentIndex(dialog.table.findData("defect"))
    dialog.table.activated.emit(dialog.table.currentIndex())
    qtbot.waitUntil(lambda: dialog._summary.property("isError"), timeout=5_000)
    row = next(
        n for n in range(dialog.mapping.rowCount()) if "*" in dialog.mapping.item(n, 0).text()
    )
    choice = dialog.mapping.cellWidget(row, 1)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("甲"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: dialog.agree.isEnabled(), timeout=5_000)
    dialog.reject()
    idle(program)


def test_a_file_that_is_none_is_told_in_the_dialog(
    qtbot: QtBot, program: Program, tmp_path: Path, idle: Idle
) -> None:
    file = tmp_path / "坏.shp"
    file.write_bytes(b"no shapefile")
    dialog = import_dialog(program, file, idle)
    assert "坏.shp" in dialog._summary.text()
    assert not dialog.agree.isEnabled()
    dialog.reject()


# --- export, picture, restore, sample, settings


@pytest.mark.parametrize("kind", [".gpkg", ".geojson"])
def test_a_layer_is_exported(
    qtbot: QtBot, program: Program, tmp_path: Path, idle: Idle, kind: str
) -> None:
    program.files.export()
    dialog = program.window.findChild(ExportDialog)
    assert dialog is not None
    dialog.table.setCurrentIndex(dialog.table.findData("cell"))
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    dialog.path.set_path(tmp_path / f"网格{kind}")
    dialog.try_to_accept()
    idle(program)
    assert (tmp_path / f"网格{kind}").stat().st_size > 1_000


def test_the_proposed_file_follows_layer_and_format(
    qtbot: QtBot, picker: FixedPicker, tmp_path: Path
) -> None:
    dialog = ExportDialog(None, picker, tmp_path, "cell", 4548)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.kind.setCurrentIndex(1)
    assert dialog.request().target == tmp_path / "单元网格.geojson"
    picker.path = tmp_path / "mine.gpkg"
    dialog.path.browse_wanted.emit()
    assert dialog.request().target == picker.path
    assert dialog.kind.currentData() == ".gpkg"


@pytest.mark.parametrize("kind", [".png", ".pdf"])
def test_the_map_is_written(
    qtbot: QtBot, program: Program, tmp_path: Path, idle: Idle, kind: str
) -> None:
    program.files.write_picture()
    dialog = program.window.findChild(PictureDialog)
    assert dialog is not None
    dialog.path.set_path(tmp_path / f"地图{kind}")
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    assert dialog.pixels.isEnabled() == (kind == ".png")
    dialog.try_to_accept()
    idle(program)
    assert (tmp_path / f"地图{kind}").stat().st_size > 1_000


def test_without_a_backup_there_is_nothing_to_restore(qtbot: QtBot) -> None:
    dialog = RestoreDialog(None, [])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert not dialog.agree.isEnabled()


def test_a_sample_is_made_once_and_then_opened(
    qtbot: QtBot, start: Start, own_place: Path, idle: Idle
) -> None:
    program = start()
    for _ in range(2):
        program.files.open_sample()
        dialog = program.window.findChildren(SampleDialog)[-1]
        assert dialog.scale == "community"
        dialog.try_to_accept()
        qtbot.waitUntil(lambda: program.desk.is_open, timeout=20_000)
        qtbot.waitUntil(lambda: program.bench.has_painted, timeout=20_000)
        idle(program)
        program.files.close()
    path = own_place / "samples" / "community.gridmap"
    with open_workspace(path) as opened:
        assert not opened.is_read_only


def test_settings_are_kept(qtbot: QtBot, program: Program) -> None:
    program.looks.show_settings()
    dialog = program.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.minutes.setValue(0)
    dialog.try_to_accept()
    assert program.memory.settings.backup_every_minutes == 0
    assert not program.desk._timer.isActive()
