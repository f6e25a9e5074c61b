"""The rules in the window: grouped, gone to, mended, accepted; up to date after every change."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from tests.services import rule_scenes as scenes
from tests.services import test_rule_mends as faults
from tests.services.divisions import code, in_force

from gridmap.base.messages import Text
from gridmap.model.changes import Outcome
from gridmap.services.rule_findings import Finding
from gridmap.services.rule_texts import rule_gap
from gridmap.ui.panels.rules_model import group_findings


def groups(program):
    tree = program.rules.panel.list
    return [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]


def group_of(program, name):
    found = [one for one in groups(program) if one.text(0).startswith(name)]
    return found[0] if found else None


def told(program, idle, touched):
    """Tell the window of a change that was made behind its back."""
    outcome = Outcome(None, touched)
    program.work.operate("test", lambda _progress: outcome)
    idle(program)


@pytest.fixture
def shown(program, idle, qtbot):
    """The panel, shown and read."""
    program.window.actions_by_id["show_rules"].trigger()
    qtbot.waitUntil(lambda: bool(groups(program)), timeout=10_000)
    idle(program)
    return program.rules.panel


def choose(program, name):
    group = group_of(program, name)
    group.setExpanded(True)
    program.rules.panel.list.setCurrentItem(group.child(0))
    return group.child(0)


def test_nothing_is_read_before_the_panel_is_shown(program, idle):
    told(program, idle, scenes.with_gap(program.desk.get_workspace())[0])
    assert program.rules._keeper is None
    assert not groups(program)


def test_a_fault_is_listed_and_marked_right_after_the_change_that_made_it(program, idle, shown):
    assert group_of(program, "无空隙") is None
    told(program, idle, scenes.with_gap(program.desk.get_workspace())[0])
    assert group_of(program, "无空隙（1）") is not None
    assert any(one.rule == "gap" for one in program.rules._marks._findings)
    assert "规则提示" in program.window.status.currentMessage()
    program.window.actions_by_id["undo"].trigger()
    idle(program)
    assert group_of(program, "无空隙") is None


def test_a_click_on_a_line_shows_its_place(program, idle, shown, qtbot):
    told(program, idle, scenes.with_gap(program.desk.get_workspace())[0])
    item = choose(program, "无空隙")
    tree = program.rules.panel.list
    tree.scrollToItem(item)
    place = tree.visualItemRect(item).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    x0, y0, x1, y1 = program.bench.view.camera.extent
    x, y = shown.chosen.xy
    assert x0 < x < x1
    assert y0 < y < y1
    assert x1 - x0 < 600


def test_what_is_wrong_with_a_whole_cell_shows_the_whole_cell(program, idle, shown, qtbot):
    id_, shape, _ = in_force(program.desk.get_workspace())[code(3)]
    program.rules.show_place(replace(finding("area", "warning"), table="cell", row_id=id_))
    idle(program)
    x0, y0, x1, y1 = shape.bounds
    seen = program.bench.view.camera.extent
    assert seen[0] < x0
    assert seen[1] < y0
    assert seen[2] > x1
    assert seen[3] > y1


def test_mend_mends_the_chosen_one_and_mend_all_the_rest_in_one_step(program, idle, shown, qtbot):
    workspace = program.desk.get_workspace()
    told(program, idle, scenes.with_gap(workspace)[0])
    told(program, idle, faults.cut_rim(workspace))
    missing = scenes.plant(workspace, "cell", in_force(workspace)[code(20)][0], code=None)
    told(program, idle, missing)
    choose(program, "无空隙")
    assert shown.mend.isEnabled()
    qtbot.mouseClick(shown.mend, Qt.MouseButton.LeftButton)
    idle(program)
    assert group_of(program, "无空隙") is None
    assert shown.list.hasFocus()  # not the button that mends all
    assert len(shown.sure) == 2
    qtbot.mouseClick(shown.mend_all, Qt.MouseButton.LeftButton)
    idle(program)
    assert not shown.sure
    program.window.actions_by_id["undo"].trigger()
    idle(program)
    assert len(shown.sure) == 2


def test_accepted_with_a_reason_a_line_turns_grey_until_it_is_withdrawn(
    program, idle, shown, qtbot
):
    before = len(group_of(program, "管理对象均衡").text(0))
    choose(program, "管理对象均衡")
    assert not shown.accept.isEnabled()  # a reason is wanted
    qtbot.keyClicks(shown.reason, "Hof")
    qtbot.keyClick(shown.reason, Qt.Key.Key_Return)
    idle(program)
    group = group_of(program, "管理对象均衡")
    assert "已认可" in group.text(0)
    assert len(group.text(0)) > before
    last = group.child(group.childCount() - 1)
    assert last.text(2) == "Hof"
    shown.list.setCurrentItem(last)
    assert shown.accept.text().startswith("取消认可")
    qtbot.mouseClick(shown.accept, Qt.MouseButton.LeftButton)
    idle(program)
    assert "已认可" not in group_of(program, "管理对象均衡").text(0)


def test_of_a_past_day_nothing_can_be_mended(program, idle, shown):
    told(program, idle, scenes.with_gap(program.desk.get_workspace())[0])
    choose(program, "无空隙")
    shown.allow(may_change=False)
    assert not shown.mend.isEnabled()
    assert not shown.mend_all.isEnabled()
    assert not shown.reason.isEnabled()


def test_imported_borders_are_mended_from_the_panel(program, idle, shown):
    told(program, idle, scenes.with_overlap(program.desk.get_workspace())[0])
    shown.borders_wanted.emit("cell")
    idle(program)
    assert group_of(program, "无重叠") is None
    assert "改了" in program.window.status.currentMessage()


def test_closing_the_workspace_or_the_panel_takes_the_marks_away(program, idle, shown):
    assert program.rules._marks is not None
    program.rules.dock.close()
    assert program.rules._marks is None
    program.desk.close()
    assert not groups(program)


def finding(rule, severity, accepted=None, measure=0.0):
    said: Text = rule_gap()
    return Finding(
        rule, severity, said, (0, 0), "cell", str(measure), measure=measure, accepted=accepted
    )


def test_groups_are_in_the_order_of_the_rules_and_the_worst_lines_come_first():
    some = [
        finding("area", "warning", measure=1),
        finding("gap", "error", "ok", measure=9),
        finding("gap", "error", measure=2),
        finding("gap", "error", measure=5),
    ]
    one, two = group_findings(some, ["gap", "area"])
    assert [x.measure for x in one.findings] == [5, 2, 9]
    assert (one.open_count, two.severity) == (2, "warning")
