"""Measuring on the map with the mouse and by keys."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridmap.ui.app import Program
from gridmap.ui.canvas.view import MapView
from gridmap.ui.tools.measure import MeasureTool
from gridmap.ui.tools.snap import find_vertex

Idle = Callable[[Program], None]
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
FREE = Qt.KeyboardModifier.ControlModifier  # does not snap
A, B, C = QPoint(250, 250), QPoint(400, 250), QPoint(400, 380)


def view_of(program: Program) -> MapView:
    assert program.bench.view is not None
    return program.bench.view


def started(program: Program, command: str = "measure_length") -> MeasureTool:
    program.window.actions_by_id[command].trigger()
    assert program.measuring.tool is not None
    return program.measuring.tool


def click(
    qtbot: QtBot, program: Program, *places: QPoint, keys: Qt.KeyboardModifier = FREE
) -> None:
    for place in places:
        qtbot.mouseClick(view_of(program).viewport(), LEFT, keys, place)


def move(program: Program, to: QPoint, *, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    viewport = view_of(program).viewport()
    at = QPointF(to)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), Qt.MouseButton.NoButton, held, FREE
    )
    QApplication.sendEvent(viewport, event)


def key(qtbot: QtBot, program: Program, which: Qt.Key) -> None:
    qtbot.keyClick(view_of(program), which)


def ground(program: Program, at: QPoint) -> tuple[float, float]:
    return view_of(program).camera.to_ground(at.x(), at.y())


def test_a_way_is_clicked_and_ended_by_a_double_click(qtbot: QtBot, program: Program) -> None:
    tool = started(program)
    click(qtbot, program, A, B, C)
    qtbot.mouseDClick(view_of(program).viewport(), LEFT, FREE, C)
    assert tool.is_finished
    assert [len(tool.points), len(tool.measured.legs)] == [3, 2]
    expected = (150 + 130) * view_of(program).camera.resolution
    assert tool.measured.plane_m == pytest.approx(expected)
    assert program.measuring.bar is not None
    assert "总长" in program.measuring.bar.result.text()


def test_the_leg_to_the_pointer_is_measured_while_it_moves(qtbot: QtBot, program: Program) -> None:
    tool = started(program)
    click(qtbot, program, A)
    move(program, B)
    first = tool.measured.ground_m
    move(program, C)
    assert 0 < first < tool.measured.ground_m
    assert len(tool.points) == 1


def test_an_area_is_measured_and_closed_on_its_first_corner(qtbot: QtBot, program: Program) -> None:
    tool = started(program, "measure_area")
    click(qtbot, program, A, B, C)
    move(program, C)
    expected = 150 * 130 / 2 * view_of(program).camera.resolution ** 2
    assert tool.measured.plane_m2 == pytest.approx(expected, rel=1e-6)
    assert tool.measured.ground_m2 == pytest.approx(expected, rel=1e-3)
    click(qtbot, program, A + QPoint(3, -3), keys=Qt.KeyboardModifier.NoModifier)
    assert tool.is_finished
    assert len(tool.points) == 3


def test_steps_are_taken_back_by_three_ways_and_the_last_one_leaves(
    qtbot: QtBot, program: Program
) -> None:
    tool = started(program)
    click(qtbot, program, A, B, C)
    key(qtbot, program, Qt.Key.Key_Escape)
    assert len(tool.points) == 2
    qtbot.mouseClick(view_of(program).viewport(), RIGHT, FREE, C)
    assert len(tool.points) == 1
    key(qtbot, program, Qt.Key.Key_Backspace)
    assert len(tool.points) == 0
    assert program.measuring.tool is tool
    key(qtbot, program, Qt.Key.Key_Escape)
    assert program.measuring.tool is None
    click(qtbot, program, A, keys=Qt.KeyboardModifier.NoModifier)  # identifies again
    assert program.measuring.tool is None


def test_a_result_stays_until_the_next_click_or_escape(qtbot: QtBot, program: Program) -> None:
    tool = started(program)
    click(qtbot, program, A, B)
    key(qtbot, program, Qt.Key.Key_Return)
    move(program, C)
    assert len(tool.measured.legs) == 1
    click(qtbot, program, C)
    assert not tool.is_finished
    assert len(tool.points) == 1
    click(qtbot, program, A)
    key(qtbot, program, Qt.Key.Key_Enter)
    key(qtbot, program, Qt.Key.Key_Escape)
    assert program.measuring.tool is None
    assert program.measuring.bar is None


def test_the_map_is_dragged_and_wheeled_while_measuring(qtbot: QtBot, program: Program) -> None:
    tool, view = started(program), view_of(program)
    click(qtbot, program, A)
    before = view.camera
    qtbot.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, B)
    move(program, B + QPoint(60, 40), held=LEFT)
    qtbot.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, B + QPoint(60, 40))
    assert (before.x - view.camera.x, before.y - view.camera.y) == (60, 40)
    move(program, C)  # nothing is dragged any more
    assert (before.x - view.camera.x, before.y - view.camera.y) == (60, 40)
    view.zoom(2)
    assert len(tool.points) == 1


def test_space_held_moves_the_map_with_the_pointer(qtbot: QtBot, program: Program) -> None:
    tool, view = started(program), view_of(program)
    before = view.camera
    qtbot.keyPress(view, Qt.Key.Key_Space)
    move(program, A)
    move(program, A + QPoint(30, 20))
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    move(program, C)
    assert (before.x - view.camera.x, before.y - view.camera.y) == (30, 20)
    assert tool.points == []


def test_holding_space_repeats_without_letting_go(program: Program) -> None:
    view = view_of(program)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) * 3:
        event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True)
        if kind == QEvent.Type.KeyPress:
            event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)
    before = view.camera
    move(program, A)
    move(program, B)
    assert view.camera != before


def test_a_point_near_a_vertex_snaps_to_it_unless_ctrl_is_held(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    tool, view = started(program), view_of(program)
    layer = view.layers.get_layer("cell").prepared
    assert layer is not None
    vertex = layer.parts[0].shapes.xy[0]
    view.centre_on((float(vertex[0]), float(vertex[1])))
    view.zoom(8)
    idle(program)
    x, y = view.camera.to_pixel(*vertex)
    near = QPoint(round(x) + 4, round(y) + 3)
    move(program, near)
    click(qtbot, program, near)
    assert tool.points[0] == pytest.approx(ground(program, near), abs=1e-6)
    tool.clear()
    click(qtbot, program, near, keys=Qt.KeyboardModifier.NoModifier)
    assert tool.is_snapped
    shown = view.layers.shown()
    reach = 9 * view.camera.resolution
    assert tool.points[0] == find_vertex(shown, ground(program, near), reach)
    assert np.hypot(*np.subtract(tool.points[0], ground(program, near))) <= reach


def test_the_figures_are_read_whole_on_a_narrow_map(qtbot: QtBot, program: Program) -> None:
    started(program, "measure_area")
    click(qtbot, program, A, B, C)
    bar = program.measuring.bar
    assert bar is not None
    lines = bar.height()
    program.window.resize(940, 700)
    view = view_of(program)
    qtbot.waitUntil(lambda: bar.height() > lines)
    assert bar.geometry().right() <= view.width()
    for label in (bar.result, bar.beside):
        assert label.heightForWidth(label.width()) <= label.height()


def test_the_result_is_copied(qtbot: QtBot, program: Program) -> None:
    started(program)
    QGuiApplication.clipboard().clear()
    click(qtbot, program, A, B)
    key(qtbot, program, Qt.Key.Key_Return)
    qtbot.keyClick(view_of(program), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.partition("：")[0] for line in lines] == ["总长", "第 1 段"]


def test_another_tool_takes_the_mouse_and_the_measure_goes(qtbot: QtBot, program: Program) -> None:
    started(program)
    click(qtbot, program, A, B)
    program.window.actions_by_id["box_select"].trigger()
    assert program.measuring.tool is None
    view = view_of(program)
    before = view.camera
    qtbot.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, A)
    move(program, C, held=LEFT)
    qtbot.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, C)
    assert view.camera == before  # the drag drew a box and moved nothing


def test_closing_the_workspace_while_measuring_leaves_nothing(
    qtbot: QtBot, program: Program
) -> None:
    started(program)
    click(qtbot, program, A, B)
    program.files.close()
    assert program.measuring.tool is None
    assert program.measuring.bar is None
