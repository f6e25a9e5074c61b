"""The style dialog over the map: every page, live, undone, kept, exchanged."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Start
from tests.ui.helpers import FixedPicker, RecordingNotices

from gridmap.model.style import Comparison, Gathering, Hatch, Marker, Method, Style
from gridmap.report.styles import load_styles
from gridmap.services import styles
from gridmap.ui.app import Program
from gridmap.ui.dialogs.style import StyleDialog
from gridmap.ui.dialogs.style_colours import ColourPopup
from gridmap.ui.dialogs.style_model import Display, Presence

Idle = Callable[[Program], None]
_LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, program: Program, table: str) -> StyleDialog:
    """Open the dialog as a user does: choose the layer, press F4."""
    tree = program.window.layers.tree
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == table:
            tree.setCurrentItem(item)
    program.window.actions_by_id["style"].trigger()
    dialog = program.styling.dialog
    assert dialog is not None
    qtbot.waitExposed(dialog)
    return dialog


def on_map(program: Program, table: str) -> Style:
    assert program.bench.view is not None
    return program.bench.view.layers.get_layer(table).style


def settle(qtbot: QtBot, program: Program, dialog: StyleDialog) -> None:
    """Wait until answers have come and the map shows the style of the dialog."""
    table = dialog.editor.style.table
    qtbot.waitUntil(lambda: program.work.is_idle, timeout=10_000)
    qtbot.waitUntil(lambda: on_map(program, table) == dialog.editor.style, timeout=10_000)


def press(widget: QWidget) -> None:
    assert widget.isEnabled()
    at = QPoint(12, widget.height() // 2)  # a check box hears clicks only at its left
    QTest.mouseClick(widget, _LEFT, pos=at)


def way(dialog: StyleDialog, display: Display) -> QToolButton:
    return dialog.kinds.ways.button(display)


def line_of(program: Program, table: str) -> QTreeWidgetItem:
    tree = program.window.layers.tree
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == table:
            return item
    raise AssertionError(table)


# --- live, put back, kept


def test_a_change_is_seen_on_the_map_and_cancel_puts_it_back(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    before = on_map(program, "building")
    dialog = opened(qtbot, program, "building")
    dialog.show_symbol(0)
    press(dialog.symbol.fill)
    popup = dialog.findChild(ColourPopup)
    assert popup is not None
    colour = popup.grid.item(3).toolTip()
    for _ in range(3):
        qtbot.keyClick(popup.grid, Qt.Key.Key_Right)
    qtbot.keyClick(popup.grid, Qt.Key.Key_Return)
    settle(qtbot, program, dialog)
    assert on_map(program, "building").symbol.fill == colour
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert program.styling.dialog is None
    assert on_map(program, "building") == before
    assert not styles.is_own("building")
    idle(program)


def test_what_is_agreed_to_is_kept_and_there_at_the_next_start(
    qtbot: QtBot, start: Start, program: Program, sample_path: Path, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    dialog.show_symbol(0)
    press(dialog.symbol.hatch.button(Hatch.CROSSED))
    kept = dialog.editor.style
    press(dialog.agree)
    qtbot.waitUntil(lambda: program.styling.dialog is None, timeout=10_000)
    assert styles.is_own("building")
    idle(program)
    program.files.close()
    again = start(sample_path)
    assert on_map(again, "building") == kept
    assert kept.symbol.hatch is Hatch.CROSSED


def test_after_apply_cancel_leads_back_to_what_was_applied(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    dialog.show_symbol(0)
    dialog.symbol.line_width.setValue(3.0)
    press(dialog.apply)
    qtbot.waitUntil(lambda: not dialog.apply.isEnabled(), timeout=10_000)
    dialog.symbol.line_width.setValue(9.0)
    settle(qtbot, program, dialog)
    dialog.reject()
    assert on_map(program, "building").symbol.width == 3.0
    idle(program)


def test_ctrl_z_steps_back_through_the_changes_of_the_dialog(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    before = on_map(program, "building")
    dialog = opened(qtbot, program, "building")
    dialog.show_symbol(0)
    for width in (2.0, 3.0):
        dialog.symbol.line_width.setValue(width)
    press(dialog.symbol.hatch.button(Hatch.DOTTED))
    settle(qtbot, program, dialog)
    dialog.symbol.line_width.setFocus()
    qtbot.waitUntil(dialog.symbol.line_width.hasFocus)
    for _ in range(2):  # the hatch, then the widths, which were one step
        qtbot.keyClick(dialog.symbol.line_width, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, program, dialog)
    assert on_map(program, "building") == before
    qtbot.keyClick(
        dialog,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert dialog.editor.symbol.width == 3.0
    dialog.reject()
    idle(program)


def test_the_shipped_style_comes_back_and_the_own_file_goes(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    dialog.show_symbol(0)
    dialog.symbol.line_width.setValue(4.0)
    press(dialog.apply)
    qtbot.waitUntil(lambda: styles.is_own("building"), timeout=10_000)
    qtbot.waitUntil(lambda: not dialog.apply.isEnabled(), timeout=10_000)
    press(dialog.reset)
    assert dialog.editor.style == load_styles()["building"]
    press(dialog.agree)
    qtbot.waitUntil(lambda: program.styling.dialog is None, timeout=10_000)
    assert not styles.is_own("building")
    idle(program)


def test_closing_the_workspace_closes_the_dialog(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.CLASSES))
    program.files.close()
    assert program.styling.dialog is None
    qtbot.waitUntil(lambda: program.work.is_idle, timeout=10_000)


def test_the_program_ends_with_the_dialog_open_and_leaves_nothing(
    qtbot: QtBot, program: Program
) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.GRADUATED))
    dialog.show_symbol(0)
    press(dialog.symbol.fill)  # even with the colours open
    program.close()
    assert program.desk.workspace is None


def test_another_layer_asks_before_changes_are_given_up(
    qtbot: QtBot, program: Program, notices: RecordingNotices, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    dialog.show_symbol(0)
    dialog.symbol.line_width.setValue(4.0)
    notices.agrees = False
    opened(qtbot, program, "cell")
    assert len(notices.asked) == 1
    assert program.styling.dialog is dialog
    notices.agrees = True
    other = opened(qtbot, program, "cell")
    assert other.editor.style.table == "cell"
    assert on_map(program, "building") == load_styles()["building"]
    other.reject()
    idle(program)


# --- ways to tell rows apart


def test_classes_of_a_code_table_are_coloured_counted_and_in_the_legend(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.CLASSES))
    settle(qtbot, program, dialog)
    style = on_map(program, "building")
    assert style.by == "use"
    assert len({each.symbol.fill for each in style.classes}) == len(style.classes) == 7
    tree = dialog.kinds.classes.list.tree
    shown = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    counts = [int(item.text(1).replace(",", "")) for item in shown if item is not None]
    assert sum(counts) == 672
    assert counts[0] > 500
    line = line_of(program, "building")
    assert [line.child(n).text(0) for n in range(line.childCount())][:2] == ["住宅", "商业"]
    press(dialog.kinds.classes.copier)
    settle(qtbot, program, dialog)
    assert len({each.symbol.hatch for each in on_map(program, "building").classes}) == 7
    dialog.reject()
    assert line_of(program, "building").childCount() == 0
    idle(program)


def test_values_that_no_code_table_knows_are_read_from_the_rows(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.CLASSES))
    part = dialog.kinds.classes
    part.field.setCurrentIndex(part.field.findData("floors"))
    part.field.activated.emit(part.field.currentIndex())
    settle(qtbot, program, dialog)
    style = on_map(program, "building")
    assert style.by == "floors"
    assert all(each.zh == each.value for each in style.classes)
    part.field.setCurrentIndex(part.field.findData("remark"))
    part.field.activated.emit(part.field.currentIndex())
    settle(qtbot, program, dialog)
    assert part.note.isVisible()  # nobody filled it in: told in place
    assert on_map(program, "building") == style
    dialog.reject()
    idle(program)


def test_numbers_are_graded_by_every_method(qtbot: QtBot, program: Program, idle: Idle) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.GRADUATED))
    settle(qtbot, program, dialog)
    part = dialog.kinds.graduated
    part.count.setValue(4)
    for method in Method:
        press(part.method.button(method))
        settle(qtbot, program, dialog)
        style = on_map(program, "building")
        assert style.graduation is not None
        assert (style.graduation.method, style.graduation.count) == (method, 4)
        assert 2 <= len(style.classes) <= 4
        counts = [part.list.tree.topLevelItem(n) for n in range(len(style.classes) + 1)]
        assert sum(int(item.text(1).replace(",", "")) for item in counts if item) == 672
    fills = [each.symbol.fill for each in dialog.editor.style.classes]
    press(part.reverse)
    settle(qtbot, program, dialog)
    assert [each.symbol.fill for each in on_map(program, "building").classes] == fills[::-1]
    press(dialog.apply)
    qtbot.waitUntil(lambda: styles.is_own("building"), timeout=10_000)
    assert styles.load()["building"] == dialog.editor.style
    dialog.reject()
    idle(program)


def test_who_does_not_wait_for_the_classes_finds_them_made_later(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    before = on_map(program, "building")
    dialog = opened(qtbot, program, "building")
    for _ in range(3):  # away again before the answer comes
        press(way(dialog, Display.GRADUATED))
        press(way(dialog, Display.SINGLE))
    settle(qtbot, program, dialog)
    assert on_map(program, "building") == before
    press(way(dialog, Display.GRADUATED))
    settle(qtbot, program, dialog)
    assert on_map(program, "building").graduation is not None
    assert not dialog.kinds.graduated.note.isVisible()
    dialog.reject()
    idle(program)


def test_a_rule_is_made_of_conditions_and_scales(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.RULES))
    part = dialog.kinds.rules
    assert len(dialog.editor.style.classes) == 1
    row = part._rows[0]
    row.field.setCurrentIndex(row.field.findData("floors"))
    row.field.activated.emit(row.field.currentIndex())
    row = part._rows[0]
    qtbot.waitUntil(row.text.isVisible)
    row.text.setFocus()
    row.text.selectAll()
    qtbot.keyClicks(row.text, "10")
    qtbot.keyClick(row.text, Qt.Key.Key_Return)
    assert program.styling.dialog is dialog  # Enter in a line does not close the dialog
    (condition,) = dialog.editor.style.classes[0].where
    assert (condition.field, condition.comparison) == ("floors", Comparison.FROM)
    assert condition.value == 10.0
    part.range.farthest.box.setEditText("1:20000")
    part.range.farthest.box.lineEdit().editingFinished.emit()
    assert dialog.editor.style.classes[0].max_denominator == 20_000.0
    press(part.add)
    assert dialog.editor.place == 1
    press(part.list.up)
    assert dialog.editor.style.classes[1].where == (condition,)
    settle(qtbot, program, dialog)
    press(dialog.apply)
    qtbot.waitUntil(lambda: styles.is_own("building"), timeout=10_000)
    assert styles.load()["building"] == dialog.editor.style
    dialog.reject()
    idle(program)


def test_a_scale_that_is_none_is_told_in_place(qtbot: QtBot, program: Program, idle: Idle) -> None:
    dialog = opened(qtbot, program, "building")
    dialog.tabs.setCurrentIndex(4)
    ends = dialog.scales.range
    ends.farthest.box.setEditText("很远")
    ends.farthest.box.lineEdit().editingFinished.emit()
    assert ends.complaint.isVisible()
    ends.farthest.box.setEditText("5000")
    ends.farthest.box.lineEdit().editingFinished.emit()
    assert not ends.complaint.isVisible()
    assert dialog.editor.style.max_denominator == 5000.0
    ends.nearest.box.setEditText("8000")
    ends.nearest.box.lineEdit().editingFinished.emit()
    assert ends.complaint.isVisible()
    assert dialog.editor.style.min_denominator == 0.0
    assert program.bench.view is not None
    press(ends.farthest.take)
    now = program.bench.view.camera.denominator
    assert dialog.editor.style.max_denominator == pytest.approx(now, rel=0.06)
    dialog.reject()
    idle(program)


# --- points, labels


def test_points_are_gathered_sized_and_marked(qtbot: QtBot, program: Program, idle: Idle) -> None:
    dialog = opened(qtbot, program, "component")
    dialog.tabs.setCurrentIndex(2)
    for presence in (Presence.CLUSTERS, Presence.HEAT, Presence.HEXAGONS):
        press(dialog.presence.ways.button(presence))
        settle(qtbot, program, dialog)
        held = on_map(program, "component").gather
        assert held is not None
        assert held.kind is Gathering(presence.value)
        assert line_of(program, "component").childCount() == 1  # the legend says it too
    press(dialog.presence.ways.button(Presence.PLAIN))
    settle(qtbot, program, dialog)
    assert on_map(program, "component") == load_styles()["component"]
    dialog.show_symbol(1)
    press(dialog.symbol.marker.button(Marker.STAR))
    settle(qtbot, program, dialog)
    assert on_map(program, "component").classes[1].symbol.marker is Marker.STAR
    assert not dialog.symbol.hatch.isVisible()  # points have no hatch
    dialog.reject()
    dialog = opened(qtbot, program, "compound")
    dialog.tabs.setCurrentIndex(2)
    press(dialog.presence.ways.button(Presence.PROPORTIONAL))
    settle(qtbot, program, dialog)
    proportion = on_map(program, "compound").proportion
    assert proportion is not None
    assert proportion.field == "households"  # amounts come before years
    assert proportion.largest >= 1
    shipped = load_styles()["compound"]
    assert on_map(program, "compound").symbol != shipped.symbol  # a pale circle is not seen
    assert line_of(program, "compound").childCount() > len(shipped.classes)
    press(dialog.presence.ways.button(Presence.HEAT))
    press(dialog.presence.ways.button(Presence.PLAIN))
    settle(qtbot, program, dialog)
    assert on_map(program, "compound") == shipped
    dialog.reject()
    idle(program)


def test_labels_come_and_go(qtbot: QtBot, program: Program, idle: Idle) -> None:
    dialog = opened(qtbot, program, "cell")
    dialog.tabs.setCurrentIndex(3)
    page = dialog.label
    press(page.shown)
    assert dialog.editor.style.label is None
    press(page.shown)
    assert dialog.editor.style.label == load_styles()["cell"].label
    page.field.setCurrentIndex(page.field.findData("name"))
    page.field.activated.emit(page.field.currentIndex())
    page.letter.setValue(14.0)
    press(page.bold)
    settle(qtbot, program, dialog)
    label = on_map(program, "cell").label
    assert label is not None
    assert (label.field, label.size, label.bold, label.last) == ("name", 14.0, True, 0)
    dialog.reject()
    idle(program)


# --- the layer tree


def test_the_menu_of_a_layer_offers_style_table_zoom_and_reset(
    qtbot: QtBot, program: Program, notices: RecordingNotices, idle: Idle
) -> None:
    panel = program.window.layers
    line = line_of(program, "building")
    panel.tree.setCurrentItem(line)

    def choose(place: int) -> None:
        panel._open_menu(QPoint(10, 10))
        menu = panel.findChildren(QMenu)[-1]
        assert len(menu.actions()) == 4
        menu.actions()[place].trigger()
        menu.close()

    choose(0)
    assert program.styling.dialog is not None
    program.styling.dialog.show_symbol(0)
    program.styling.dialog.symbol.line_width.setValue(5.0)
    press(program.styling.dialog.agree)
    qtbot.waitUntil(lambda: program.styling.dialog is None, timeout=10_000)
    assert styles.is_own("building")
    choose(3)
    qtbot.waitUntil(lambda: on_map(program, "building") == load_styles()["building"])
    assert len(notices.asked) == 1
    assert not styles.is_own("building")
    idle(program)


def test_a_double_click_on_a_line_of_the_legend_opens_its_symbol(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    tree = program.window.layers.tree
    line = line_of(program, "component")
    line.setExpanded(True)
    tree.scrollToItem(line.child(1))
    at = tree.visualItemRect(line.child(1)).center()
    QTest.mouseClick(tree.viewport(), _LEFT, pos=at)
    QTest.mouseDClick(tree.viewport(), _LEFT, pos=at)
    dialog = program.styling.dialog
    assert dialog is not None
    assert dialog.editor.place == 1
    assert dialog.tabs.currentIndex() == 1
    dialog.reject()
    idle(program)


def test_a_hidden_layer_is_told_and_shown_from_the_dialog(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    assert program.bench.view is not None
    program.bench.show_layer("component", is_visible=False)
    program.bench.view.zoom(-12)
    dialog = opened(qtbot, program, "component")
    assert dialog.hint.isVisible()
    press(dialog.show_layer)
    assert not dialog.hint.isVisible()
    style = on_map(program, "component")
    assert style.is_shown_at(program.bench.view.camera.denominator)
    assert program.bench.view.layers.get_layer("component").is_visible
    dialog.reject()
    idle(program)


# --- files


def test_a_style_goes_out_and_comes_back(
    qtbot: QtBot, program: Program, picker: FixedPicker, tmp_path: Path, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.CLASSES))
    settle(qtbot, program, dialog)
    wanted = dialog.editor.style
    picker.path = tmp_path / "建筑.toml"
    press(dialog.export)
    qtbot.waitUntil(picker.path.exists, timeout=10_000)
    qtbot.waitUntil(dialog.message.isVisible)
    dialog.editor.undo()
    assert dialog.editor.style != wanted
    press(dialog.import_)
    qtbot.waitUntil(lambda: dialog.editor.style == wanted, timeout=10_000)
    picker.path = tmp_path / "假.qml"
    picker.path.write_text("this is no style")
    press(dialog.import_)
    qtbot.waitUntil(lambda: dialog.message.objectName() == "complaint", timeout=10_000)
    assert dialog.editor.style == wanted
    dialog.reject()
    idle(program)


# --- the keyboard, the clock


def test_the_wheel_scrolls_the_page_and_changes_nothing(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    press(way(dialog, Display.RULES))
    before = dialog.editor.style
    part = dialog.kinds.rules
    for widget in (part.range.nearest.box, part._rows[0].field, part._rows[0].comparison):
        middle = QPointF(widget.rect().center())
        QApplication.sendEvent(
            widget,
            QWheelEvent(
                middle, QPointF(widget.mapToGlobal(middle)), QPoint(), QPoint(0, -360),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip
    assert dialog.editor.style == before
    dialog.reject()
    idle(program)


def test_everything_in_the_dialog_has_a_name_for_those_who_cannot_see_it(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "defect")
    for widget in dialog.findChildren(QWidget):
        is_reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        is_reached = is_reached and widget.window() is dialog
        kind = type(widget).__name__
        if not is_reached or kind in ("QLineEdit", "QTabBar", "QScrollArea"):
            continue
        text = getattr(widget, "text", str)()
        assert widget.accessibleName() or text, f"{kind} {widget.objectName()}"
    dialog.reject()
    idle(program)


def test_fast_changes_neither_freeze_nor_break_the_map(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    dialog = opened(qtbot, program, "building")
    dialog.show_symbol(0)
    late: list[float] = []
    before = time.perf_counter()

    def beat() -> None:
        nonlocal before
        now = time.perf_counter()
        late.append(now - before)
        before = now

    heart = QTimer(dialog)
    heart.timeout.connect(beat)
    heart.start(5)
    assert program.bench.view is not None
    for step in range(60):
        dialog.symbol.opacity.slider.setValue(step)
        if step % 10 == 0:
            dialog.editor.choose_display(list(Display)[step // 10 % 2])
            dialog.tabs.setCurrentIndex(step // 10 % 5)
            program.bench.view.zoom(2 if step % 20 else -2)
        qtbot.wait(5)
    heart.stop()
    settle(qtbot, program, dialog)
    assert len(late) > 20
    assert sorted(late)[-3] < 0.15, max(late)  # shared machines stutter: the worst two are forgiven
    dialog.reject()
    idle(program)
    assert on_map(program, "building") == load_styles()["building"]
    assert not QApplication.activePopupWidget()
