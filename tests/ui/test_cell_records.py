"""Records of the division in the window: documents, lineage, settings, grids."""

import pytest
from tests.services.divisions import code, in_force, split

from gridmap.services import office
from gridmap.services.documents import AddDocument, add_document, list_documents
from gridmap.services.lineage import cell_lineage
from gridmap.services.office import Office
from gridmap.ui.dialogs.documents import DocumentsDialog, NewDocumentDialog
from gridmap.ui.dialogs.lineage import LineageDialog
from gridmap.ui.dialogs.office import OfficeDialog


@pytest.fixture
def settings(qtbot):
    dialog = OfficeDialog(
        None,
        office.as_texts(Office()),
        [("DB11-15", "15"), ("CJT349-20", "20")],
        is_writable=True,
    )
    qtbot.addWidget(dialog)
    return dialog


def test_only_settings_that_were_changed_are_kept(settings, workspace):
    assert settings.changed() == {}
    settings._low.setValue(8_500)
    settings._paper.setChecked(True)
    assert settings.changed() == {"area_low_m2": "8500", "needs_document": "yes"}
    held = office.save_office(workspace, office.SaveOffice(settings.changed())).value
    assert (held.area_low_m2, held.needs_document) == (8_500.0, True)


def test_wrong_settings_are_said_before_they_are_kept(settings):
    settings._low.setValue(12_000)
    assert "下限" in settings.find_fault()
    settings._low.setValue(9_000)
    settings._class.setText("12")
    assert "六位" in settings.find_fault()


def test_documents_are_listed_with_their_scans_and_one_is_used(qtbot, sample, tmp_path):
    scan = tmp_path / "批文.pdf"
    scan.write_bytes(b"%PDF")
    made = add_document(sample, AddDocument("9号", "批复", "2026-11-20", scans=(scan,))).value
    dialog = DocumentsDialog(None, is_writable=True)
    qtbot.addWidget(dialog)
    assert not dialog.use.isEnabled()
    dialog.show_documents(list_documents(sample).value, made)
    item = dialog.tree.currentItem()
    assert (item.text(0), item.child(0).text(0)) == ("9号", "批文.pdf")
    with qtbot.waitSignal(dialog.used) as used:
        dialog.use.click()
    assert used.args == [None]  # it was in use
    dialog.show_documents(list_documents(sample).value, None)
    with qtbot.waitSignal(dialog.used) as used:
        dialog.use.click()
    assert used.args == [(made, "9号")]


def test_a_new_document_needs_a_number_of_its_own_and_a_scan_that_is_there(qtbot, tmp_path):
    dialog = NewDocumentDialog(None, ["8号"])
    qtbot.addWidget(dialog)
    assert "文号" in dialog.find_fault()
    dialog.number.setText("8号")
    assert "已经" in dialog.find_fault()
    dialog.number.setText("9号")
    dialog.scan.set_path(tmp_path / "none.pdf")
    assert "扫描件" in dialog.find_fault()
    dialog.scan.line.clear()
    assert dialog.find_fault() == ""
    assert dialog.request().number == "9号"


def test_the_lineage_of_a_cell_is_shown(qtbot, sample):
    split(sample, code(3))
    dialog = LineageDialog(None, cell_lineage(sample, code(3)).value)
    qtbot.addWidget(dialog)
    (heirs,) = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
    assert heirs.childCount() == 2
    assert heirs.child(0).text(2) == code(3)
    untouched = LineageDialog(None, cell_lineage(sample, max(in_force(sample))).value)
    qtbot.addWidget(untouched)


def test_a_document_in_use_is_told_in_the_menu_and_forgotten_when_it_is_undone(program, qtbot):
    workspace = program.desk.get_workspace()
    program.records._add(AddDocument("9号"))
    qtbot.waitUntil(lambda: workspace.document_id is not None)
    assert "9号" in program.window.actions_by_id["documents"].text()
    assert list_documents(workspace).value[-1].number in ("9号", "示街政发〔2026〕1号")
    program.edits.undo()
    qtbot.waitUntil(lambda: workspace.document_id is None)
    assert "9号" not in program.window.actions_by_id["documents"].text()
