"""Plans in the window: switched to, compared, approved, put in force; a rehearsal in red."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QToolButton
from tests.services import plan_scenes as scenes
from tests.services.plan_scenes import DOCUMENT, Scene

from gridmap.model.changes import Outcome, Touched
from gridmap.services import plan_force, plans
from gridmap.services.plan_records import today
from gridmap.ui.dialogs.notice import NoticeDialog
from gridmap.ui.dialogs.plan import (
    ApproveDialog,
    EndRehearsalDialog,
    InForceDialog,
    NewPlanDialog,
)


@pytest.fixture
def changed(program, idle):
    """The program with a plan in which cells were changed; the plan and its scene."""
    workspace = program.desk.get_workspace()
    plan, scene = scenes.changed_plan(workspace)
    scenes.add_document(workspace)
    program.desk.describe()
    idle(program)
    return plan, scene


def dialog_of(qtbot, kind):
    """Wait for a dialog and return it."""

    def found():
        tops = QApplication.topLevelWidgets()
        return [one for one in tops if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=10_000)
    return found()[0]


def give(program, idle, name):
    program.window.actions_by_id[name].trigger()
    idle(program)


def look(program, idle, plan):
    program.desk.look_at_division(plan.id if plan is not None else None)
    idle(program)


def cells_painted(program):
    layer = program.bench.view.layers.get_layer("cell")
    assert layer.coarse_from is None
    return set(layer.prepared.rows.ids.tolist())


def test_the_map_and_the_table_show_the_cells_of_the_plan(program, idle, changed):
    plan, scene = changed
    official = {*Scene(program.desk.get_workspace()).cells().columns["id"]}
    assert cells_painted(program) == official
    program.bench.open_table("cell")
    idle(program)
    assert program.window.table.model.rowCount() == len(official)
    look(program, idle, plan)
    drafted = {*scene.cells().columns["id"]}
    assert cells_painted(program) == drafted
    assert not drafted & official
    assert program.window.table.model.rowCount() == len(drafted)
    assert program.planning.bar.isVisible()
    assert "旧城调整" in program.planning.button.text()
    look(program, idle, None)
    assert cells_painted(program) == official
    assert not program.planning.bar.isVisible()


def test_a_cell_that_ends_leaves_the_map_at_once(program, idle):
    official, before = Scene(program.desk.get_workspace()), cells_painted(program)

    def end(_progress):
        official.try_each(official.split, [(c,) for c in official.cells().columns["code"]])
        return Outcome(None, Touched.whole("cell"))

    program.work.operate("", end)
    idle(program)
    after = cells_painted(program)
    assert after == {*official.cells().columns["id"]}
    assert (len(before - after), len(after - before)) == (1, 2)


def test_the_switch_offers_every_open_plan(program, idle, changed):
    plan, _ = changed
    button = program.planning.button
    button.menu().aboutToShow.emit()
    actions = {action.text(): action for action in button.menu().actions() if action.text()}
    assert list(actions)[:2] == ["现行划分", "旧城调整（草案）"]
    assert actions["现行划分"].isChecked()
    actions["旧城调整（草案）"].trigger()
    idle(program)
    assert program.desk.division == plan.id
    give(program, idle, "official")
    assert program.desk.division is None


def test_a_plan_is_made_of_the_chosen_communities(program, idle, qtbot):
    program.window.actions_by_id["new_plan"].trigger()
    dialog = dialog_of(qtbot, NewPlanDialog)
    qtbot.keyClicks(dialog.name, "A")
    dialog.all.setChecked(False)
    dialog.try_to_accept()
    assert dialog.isVisible()  # no community is chosen
    dialog.communities.item(1).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    (plan,) = plans.list_plans(program.desk.get_workspace()).value
    assert (plan.name, len(plan.scope)) == ("A", 1)
    assert program.desk.division == plan.id
    assert 0 < len(cells_painted(program)) < 50


def test_the_comparison_leads_to_the_places_and_to_both_maps(program, idle, qtbot, changed):
    plan, _ = changed
    look(program, idle, plan)
    give(program, idle, "compare_plan")
    panel, comparison = program.planning._comparison.panel, program.planning._comparison
    assert comparison.dock.isVisible()
    assert "终止 3 个，新设 3 个" in panel.summary.text()
    assert panel.table.rowCount() == 8
    assert comparison.marks is not None
    before = program.bench.view.extent
    panel.table.selectRow(3)
    idle(program)
    assert program.bench.view.extent != before
    beside = next(b for b in panel.findChildren(QToolButton) if b.text() == "两图对照")
    qtbot.mouseClick(beside, Qt.MouseButton.LeftButton)
    idle(program)
    compare = program.comparing.compare
    assert compare.companion._dress is not None
    layer = compare.companion.layers.get_layer("cell")
    qtbot.waitUntil(
        lambda: (
            set(layer.prepared.rows.ids.tolist())
            == {*Scene(program.desk.get_workspace()).cells().columns["id"]}
        ),
        timeout=10_000,
    )
    assert [bar.day.text for bar in compare.bars] == ["旧城调整", "现行划分"]
    look(program, idle, None)
    assert comparison.marks is None
    assert [bar.day.text for bar in compare.bars] == ["现行划分", "现行划分"]


def test_from_approval_to_force_to_notice(program, idle, qtbot, picker, notices, changed, tmp_path):
    plan, _ = changed
    look(program, idle, plan)
    assert not program.window.actions_by_id["put_in_force"].isEnabled()
    program.window.actions_by_id["approve_plan"].trigger()
    dialog = dialog_of(qtbot, ApproveDialog)
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()  # nobody approves
    qtbot.keyClicks(dialog.by, "Wang")
    dialog.document.setCurrentIndex(dialog.document.findData(DOCUMENT))
    assert not dialog.is_new_document
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    assert "Wang" in program.planning.bar.text.text()
    program.window.actions_by_id["put_in_force"].trigger()
    dialog = dialog_of(qtbot, InForceDialog)
    assert dialog.on.date() == QDate.currentDate()
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    assert program.desk.division is None
    official = Scene(program.desk.get_workspace())
    assert cells_painted(program) == {*official.cells().columns["id"]}
    program.window.actions_by_id["change_notice"].trigger()
    dialog = dialog_of(qtbot, NoticeDialog)
    assert "旧城调整" in dialog.choice.currentText()
    dialog.path.set_path(tmp_path / "通知.pdf")
    notices.agrees = False  # nothing is opened
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    assert (tmp_path / "通知.pdf").exists()
    assert "共 1 页" in notices.asked[-1]


def test_what_changed_behind_the_dialog_is_not_approved(program, idle, qtbot, notices, changed):
    plan, scene = changed
    look(program, idle, plan)
    program.window.actions_by_id["approve_plan"].trigger()
    dialog = dialog_of(qtbot, ApproveDialog)
    qtbot.keyClicks(dialog.by, "Wang")
    dialog.document.setCurrentIndex(0)
    scene.rename("119999001002020")
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    (warning,) = notices.warnings
    assert warning.code.endswith("changed_since_seen")


def test_a_rehearsal_has_a_red_frame_and_ends_without_a_trace_on_the_map(program, idle, qtbot):
    official = cells_painted(program)
    page = program.window.map.parentWidget()
    before = page.grab().toImage().pixelColor(2, 40)
    give(program, idle, "rehearse")
    assert program.planning.shown.is_rehearsal
    assert not program.window.actions_by_id["approve_plan"].isEnabled()
    red = page.grab().toImage().pixelColor(2, 40)
    assert red.red() > 150 > red.green()
    assert before != red
    program.window.actions_by_id["end_plan"].trigger()
    dialog = dialog_of(qtbot, EndRehearsalDialog)
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    assert program.desk.division is None
    assert cells_painted(program) == official
    assert page.grab().toImage().pixelColor(2, 40) != red


def test_a_rehearsal_may_be_kept_as_a_plan(program, idle, qtbot):
    give(program, idle, "rehearse")
    program.window.actions_by_id["end_plan"].trigger()
    dialog = dialog_of(qtbot, EndRehearsalDialog)
    dialog.keep.setChecked(True)
    dialog.name.setText("东片")
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    assert program.planning.shown.name == "东片"
    assert not program.planning.shown.is_rehearsal
    assert program.window.actions_by_id["approve_plan"].isEnabled()


def test_a_plan_that_is_undone_is_not_shown_any_more(program, idle, qtbot):
    give(program, idle, "rehearse")
    assert program.desk.division is not None
    give(program, idle, "undo")
    qtbot.waitUntil(lambda: program.desk.division is None, timeout=10_000)
    idle(program)
    assert len(cells_painted(program)) == 50


def test_what_is_due_is_offered_when_the_workspace_is_opened(start, idle, qtbot, notices, sample):
    plan, _ = scenes.changed_plan(sample)
    scenes.add_document(sample)
    scenes.approve(sample, plan, in_force_on=today())
    path = sample.path
    sample.close()
    program = start(path)
    dialog = dialog_of(qtbot, InForceDialog)
    assert "旧城调整" in notices.asked[-1]
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(program)
    state = plans.find_plan(program.desk.get_workspace(), plan.id).value.state
    assert state == "in_force"


def test_a_past_day_is_left_when_the_division_is_changed(program, idle, qtbot, changed):
    plan, scene = changed
    give(program, idle, "time_bar")
    qtbot.waitUntil(lambda: program.time.bar is not None, timeout=10_000)
    program.time.bar.slider.setValue(0)
    qtbot.waitUntil(lambda: program.desk.is_past, timeout=10_000)
    look(program, idle, plan)
    qtbot.waitUntil(lambda: not program.desk.is_past and program.time.is_idle, timeout=10_000)
    idle(program)
    assert cells_painted(program) == {*scene.cells().columns["id"]}


def test_putting_in_force_elsewhere_is_noticed(program, idle, changed):
    plan, _ = changed
    workspace = program.desk.get_workspace()
    look(program, idle, plan)
    scenes.approve(workspace, plan)
    plan_force.put_in_force(workspace, plan_force.PutInForce(plan.id))
    program.desk.describe()
    idle(program)
    assert program.desk.division is None
