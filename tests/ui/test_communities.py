"""The dialogs about communities give what was asked for, and say what is missing."""

from gridmap.services.layout import Candidate
from gridmap.ui.dialogs.community import LayOutDialog, NewCommunityDialog

FRESH = Candidate("1", "西里", "119999001001", has_cell=False)
ONE = Candidate("2", "东里", "119999001002", has_cell=True)


def test_the_selected_community_is_offered_first(qtbot):
    dialog = LayOutDialog(None, (FRESH, ONE), "2")
    qtbot.addWidget(dialog)
    assert dialog.chosen is ONE
    assert not dialog.as_one.isEnabled()
    dialog.community.setCurrentIndex(0)
    assert dialog.as_one.isEnabled()


def test_one_cell_is_not_offered_where_there_is_one(qtbot):
    dialog = LayOutDialog(None, (FRESH, ONE), None)
    qtbot.addWidget(dialog)
    dialog.as_one.setChecked(True)
    dialog.community.setCurrentIndex(1)
    assert dialog.by_lanes.isChecked()


def test_a_new_community_needs_a_name_and_a_code(qtbot):
    dialog = NewCommunityDialog(None, "119999001", "2.1 公顷")
    qtbot.addWidget(dialog)
    assert "名称" in dialog.find_fault()
    dialog.name.setText("西里")
    assert dialog.find_fault() == ""
    dialog.code.setText("西")
    assert "12" in dialog.find_fault()
