"""Editing cells in the window, with mouse and keys."""

from collections.abc import Callable

import pytest
import shapely
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.services.divisions import code, in_force, inner_vertex
from tests.ui.helpers import RecordingNotices

from gridmap.services.plans import NewPlan, new_plan
from gridmap.ui.app import Program
from gridmap.ui.canvas.view import MapView
from gridmap.ui.handlers.drawing import TOOLS
from gridmap.ui.tools.edit_picks import EqualParts
from gridmap.ui.tools.edit_tool import EditTool

Idle = Callable[[Program], None]
LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
FREE = Qt.KeyboardModifier.ControlModifier  # does not snap
PLAIN = Qt.KeyboardModifier.NoModifier


def view_of(program: Program) -> MapView:
    assert program.bench.view is not None
    return program.bench.view


def cells_of(program: Program) -> dict[str, tuple[str, shapely.Polygon, dict[str, object]]]:
    return in_force(program.desk.get_workspace())


@pytest.fixture
def begin(qtbot: QtBot, program: Program, idle: Idle) -> Callable[..., EditTool]:
    """Start a tool on the ground around a place, and wait for what it needs."""

    def start(command: str, xy: tuple[float, float], half_m: float = 60.0) -> EditTool:
        x, y = xy
        view_of(program).zoom_to((x - half_m, y - half_m, x + half_m, y + half_m))
        program.window.actions_by_id[command].trigger()
        tool = program.drawing.tool
        assert tool is not None
        qtbot.waitUntil(lambda: tool.deed.site is not None and tool.deed.site.holds(xy))
        idle(program)
        return tool

    return start


def pixel(program: Program, xy: tuple[float, float]) -> QPoint:
    x, y = view_of(program).camera.to_pixel(*xy)
    return QPoint(round(x), round(y))


def send(
    program: Program,
    kind: QEvent.Type,
    at: QPoint,
    button: Qt.MouseButton,
    *,
    keys: Qt.KeyboardModifier = PLAIN,
) -> None:
    port, spot = view_of(program).viewport(), QPointF(at)
    held = NONE if kind == QEvent.Type.MouseButtonRelease else button
    which = NONE if kind == QEvent.Type.MouseMove else button
    event = QMouseEvent(kind, spot, port.mapToGlobal(spot), which, held, keys)
    QApplication.sendEvent(port, event)


def click(qtbot: QtBot, program: Program, *places: tuple[float, float]) -> None:
    for place in places:
        send(program, QEvent.Type.MouseMove, pixel(program, place), NONE, keys=FREE)
        qtbot.mouseClick(view_of(program).viewport(), LEFT, FREE, pixel(program, place))


def drag(program: Program, start: QPoint, end: QPoint) -> None:
    send(program, QEvent.Type.MouseMove, start, NONE)
    send(program, QEvent.Type.MouseButtonPress, start, LEFT)
    for step in (1, 2, 3):
        send(program, QEvent.Type.MouseMove, start + (end - start) * step / 3, LEFT, keys=FREE)
    send(program, QEvent.Type.MouseButtonRelease, end, LEFT, keys=FREE)


def test_a_junction_is_dragged_and_all_its_cells_follow(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    xy, codes = inner_vertex(program.desk.get_workspace())
    before = cells_of(program)
    tool = begin("adjust_border", xy)
    start = pixel(program, xy)
    drag(program, start, start + QPoint(40, 25))
    qtbot.waitUntil(lambda: not tool.is_waiting)
    idle(program)
    after = cells_of(program)
    assert after.keys() == before.keys()
    changed = {one for one in after if after[one][1] != before[one][1]}
    assert changed == codes
    shapes = [shape for _, shape, _ in after.values()]
    assert shapely.coverage_is_valid(shapes)
    goal = shapely.Point(view_of(program).camera.to_ground(start.x() + 40, start.y() + 25))
    assert all(after[one][1].boundary.distance(goal) < 1.0 for one in codes)
    qtbot.waitUntil(lambda: not tool.is_done_shown)
    program.window.actions_by_id["undo"].trigger()
    idle(program)
    assert {one: shape for one, (_, shape, _) in cells_of(program).items()} == {
        one: shape for one, (_, shape, _) in before.items()
    }


def test_the_effect_is_told_while_a_vertex_is_dragged(
    qtbot: QtBot, program: Program, begin: Callable[..., EditTool]
) -> None:
    xy, codes = inner_vertex(program.desk.get_workspace())
    tool = begin("adjust_border", xy)
    start = pixel(program, xy)
    send(program, QEvent.Type.MouseMove, start, NONE)
    send(program, QEvent.Type.MouseButtonPress, start, LEFT)
    send(program, QEvent.Type.MouseMove, start + QPoint(40, 25), LEFT, keys=FREE)
    qtbot.waitUntil(lambda: tool.picture is not None)
    assert tool.picture is not None
    told = {box.effect.code: box.effect for box in tool.picture.boxes}
    assert set(told) == codes
    assert all(one.area_m2_before != one.area_m2_after for one in told.values())
    before = cells_of(program)
    qtbot.keyClick(view_of(program), Qt.Key.Key_Escape)  # nothing is done
    send(program, QEvent.Type.MouseButtonRelease, start + QPoint(40, 25), LEFT, keys=FREE)
    assert tool.picture is None
    assert cells_of(program) == before
    assert program.drawing.tool is tool


def test_a_line_splits_a_cell_and_the_parts_are_selected(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    cell, shape, _ = cells_of(program)[code(3)]
    middle = shape.centroid
    west, south, east, north = shape.bounds
    tool = begin("split", (middle.x, middle.y), half_m=150.0)
    click(qtbot, program, (west - 8, middle.y), (east + 8, middle.y + 2))
    qtbot.waitUntil(lambda: tool.picture is not None)
    qtbot.keyClick(view_of(program), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: code(3) not in cells_of(program), timeout=5000)
    idle(program)
    assert len(program.bench.selection.ids) == 2
    assert cell not in program.bench.selection.ids
    assert "拆为" in program.window.status.currentMessage()
    assert (north, south) == (shape.bounds[3], shape.bounds[1])


def test_selected_cells_are_merged_by_the_return_key(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    cells = cells_of(program)
    one, shape, _ = cells[code(3)]
    other = next(
        id_
        for number in range(1, 25)
        for id_, beside, _ in [cells[code(number)]]
        if id_ != one and shapely.length(shapely.intersection(beside, shape)) > 5
    )
    program.bench.select("cell", [one, other])
    idle(program)
    tool = begin("merge_cells", (shape.centroid.x, shape.centroid.y))
    assert set(tool.deed.chosen) == {one, other}
    qtbot.keyClick(view_of(program), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(cells_of(program)) == len(cells) - 1, timeout=5000)
    idle(program)
    assert len(program.bench.selection.ids) == 1


def test_what_cannot_be_done_is_said_at_the_place_and_nothing_has_changed(
    qtbot: QtBot,
    program: Program,
    idle: Idle,
    begin: Callable[..., EditTool],
    notices: RecordingNotices,
) -> None:
    shape = cells_of(program)[code(3)][1]
    before = cells_of(program)
    inside = shape.representative_point()
    tool = begin("split", (inside.x, inside.y))
    click(qtbot, program, (inside.x, inside.y), (inside.x + 5, inside.y))
    qtbot.keyClick(view_of(program), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tool.refusal is not None)
    assert tool.refusal is not None
    assert tool.refusal.place.xy is not None
    assert program.window.status.currentMessage() == str(tool.refusal)
    assert cells_of(program) == before
    assert len(tool.deed.points) == 2  # nothing of the drawing is lost
    assert notices.faults == []
    idle(program)


def test_a_number_of_parts_is_previewed_while_it_is_typed_and_done_by_one_return_key(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    cells = cells_of(program)
    one, shape, _ = cells[code(3)]
    program.bench.select("cell", [one])
    idle(program)
    tool = begin("split_parts", (shape.centroid.x, shape.centroid.y))
    bar = program.drawing.bar
    assert bar is not None
    qtbot.keyClicks(view_of(program), "3")
    assert isinstance(tool.deed, EqualParts)
    assert tool.deed.parts == 3
    assert "3 份" in bar.result.text()
    qtbot.keyClicks(bar.line, "h")
    assert tool.deed.by == "households"
    qtbot.keyClicks(bar.line, "a")
    assert (bar.line.text(), tool.deed.by) == ("3", "area")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(cells_of(program)) == len(cells) + 2, timeout=5000)
    idle(program)


def test_where_nothing_can_be_typed_there_is_no_line_for_it(
    qtbot: QtBot, program: Program, begin: Callable[..., EditTool]
) -> None:
    xy, _ = inner_vertex(program.desk.get_workspace())
    begin("merge_cells", xy)
    bar = program.drawing.bar
    assert bar is not None
    qtbot.keyClicks(view_of(program), "3")
    assert bar.line.isHidden()
    assert bar.line.text() == ""


def test_cells_that_an_undo_takes_away_are_selected_no_more(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    one, shape, _ = cells_of(program)[code(3)]
    program.bench.select("cell", [one])
    idle(program)
    begin("split_parts", (shape.centroid.x, shape.centroid.y))
    qtbot.keyClick(view_of(program), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(program.bench.selection.ids) == 2, timeout=5000)
    idle(program)
    program.window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: program.bench.selection.ids == [], timeout=5000)
    idle(program)


def test_numbers_are_typed_into_the_line_and_move_what_is_held(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    xy, codes = inner_vertex(program.desk.get_workspace())
    tool = begin("adjust_border", xy)
    bar = program.drawing.bar
    assert bar is not None
    qtbot.keyClick(view_of(program), Qt.Key.Key_Tab)
    bar.line.setText(f"{xy[0]},{xy[1]}")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert tool.deed.last == pytest.approx(xy)
    qtbot.keyClicks(view_of(program), "@")
    assert bar.line.text() == "@"
    bar.line.setText("@3.5,-2")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tool.is_waiting)
    idle(program)
    moved = [round(xy[0] + 3.5, 3), round(xy[1] - 2, 3)]
    after = cells_of(program)
    assert all(moved in shapely.get_coordinates(after[one][1]).tolist() for one in codes)


def test_numbers_that_say_nothing_are_refused_in_the_line(
    qtbot: QtBot, program: Program, begin: Callable[..., EditTool]
) -> None:
    xy, _ = inner_vertex(program.desk.get_workspace())
    begin("adjust_border", xy)
    bar = program.drawing.bar
    assert bar is not None
    for text in ("abc", "1,1"):
        bar.line.setText(text)
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
        assert bar.line.property("isError")
        assert bar.line.text() == text


def test_the_right_button_takes_steps_back_and_then_ends_the_tool(
    qtbot: QtBot, program: Program, begin: Callable[..., EditTool]
) -> None:
    shape = cells_of(program)[code(3)][1]
    inside = shape.representative_point()
    tool = begin("split", (inside.x, inside.y))
    click(qtbot, program, (inside.x, inside.y), (inside.x + 5, inside.y))
    view = view_of(program)
    for left in (1, 0):
        qtbot.mouseClick(view.viewport(), RIGHT, PLAIN, QPoint(50, 300))
        assert len(tool.deed.points) == left
    qtbot.mouseClick(view.viewport(), RIGHT, PLAIN, QPoint(50, 300))
    assert program.drawing.tool is None
    assert program.drawing.bar is None


def test_undo_takes_back_points_before_it_takes_back_edits(
    qtbot: QtBot, program: Program, begin: Callable[..., EditTool]
) -> None:
    inside = cells_of(program)[code(3)][1].representative_point()
    tool = begin("split", (inside.x, inside.y))
    click(qtbot, program, (inside.x, inside.y), (inside.x + 5, inside.y))
    assert program.drawing.step_back()
    assert len(tool.deed.points) == 1
    assert program.drawing.step_back()
    assert not program.drawing.step_back()
    assert program.drawing.tool is tool


def test_the_map_is_dragged_where_there_is_no_border(
    program: Program, begin: Callable[..., EditTool]
) -> None:
    shape = cells_of(program)[code(3)][1]
    inside = shape.representative_point()
    begin("adjust_border", (inside.x, inside.y), half_m=30.0)
    before = view_of(program).camera
    start = pixel(program, (inside.x, inside.y))
    drag(program, start, start + QPoint(60, 30))
    after = view_of(program).camera
    assert (before.x - after.x, before.y - after.y) == (60, 30)


def test_another_tool_or_a_closed_workspace_takes_the_drawing_off_the_map(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    xy, _ = inner_vertex(program.desk.get_workspace())
    begin("adjust_border", xy)
    assert program.drawing.tools is not None
    pressed = [b for b in program.drawing.tools.buttons.values() if b.isChecked()]
    assert len(pressed) == 1
    program.window.actions_by_id["measure_length"].trigger()
    assert program.drawing.tool is None
    assert not any(b.isChecked() for b in program.drawing.tools.buttons.values())
    begin("carve", xy)
    assert program.measuring.tool is None
    program.window.actions_by_id["close"].trigger()
    assert program.drawing.tool is None
    assert not program.drawing.tools.isVisible()


def test_far_out_the_tools_ask_to_zoom_in(
    program: Program, qtbot: QtBot, begin: Callable[..., EditTool]
) -> None:
    xy, _ = inner_vertex(program.desk.get_workspace())
    view_of(program).zoom_to((xy[0] - 4000, xy[1] - 4000, xy[0] + 4000, xy[1] + 4000))
    program.window.actions_by_id["split"].trigger()
    bar = program.drawing.bar
    assert bar is not None
    assert "放大" in bar.beside.text()
    view_of(program).zoom_to((xy[0] - 60, xy[1] - 60, xy[0] + 60, xy[1] + 60))
    qtbot.waitUntil(lambda: "放大" not in bar.beside.text())
    view_of(program).zoom_to((xy[0] - 4000, xy[1] - 4000, xy[0] + 4000, xy[1] + 4000))
    qtbot.waitUntil(lambda: "放大" in bar.beside.text())


def test_in_a_plan_only_the_plan_is_edited(
    qtbot: QtBot, program: Program, idle: Idle, begin: Callable[..., EditTool]
) -> None:
    workspace = program.desk.get_workspace()
    plan = new_plan(workspace, NewPlan("试改")).value.id
    xy, _ = inner_vertex(workspace)
    tool = begin("adjust_border", xy)
    program.desk.look_at_division(plan)
    idle(program)
    assert program.drawing.tool is not tool  # it began anew, on the cells of the plan
    tool = begin("adjust_border", xy)
    before = {one: shape for one, (_, shape, _) in cells_of(program).items()}
    start = pixel(program, xy)
    drag(program, start, start + QPoint(40, 25))
    qtbot.waitUntil(lambda: not tool.is_waiting)
    idle(program)
    assert {one: shape for one, (_, shape, _) in cells_of(program).items()} == before
    planned = {one: shape for one, (_, shape, _) in in_force(workspace, plan).items()}
    assert planned.keys() == before.keys()
    assert planned != before


def test_the_bar_of_the_tools_is_shown_and_hidden_and_each_button_starts_its_tool(
    qtbot: QtBot, program: Program
) -> None:
    program.window.actions_by_id["edit_tools"].trigger()
    bar = program.drawing.tools
    assert bar is not None
    assert bar.isVisible()
    for name in TOOLS:
        button = bar.buttons[program.window.actions_by_id[name]]
        qtbot.mouseClick(button, LEFT)
        assert program.drawing.tool is not None
        assert program.drawing.tool.deed.name == name
        assert button.isChecked()
    program.window.actions_by_id["edit_tools"].trigger()
    assert not bar.isVisible()


def test_a_preview_that_a_closed_workspace_never_answers_does_not_stop_the_next_ones(
    program: Program, begin: Callable[..., EditTool]
) -> None:
    xy, _ = inner_vertex(program.desk.get_workspace())
    begin("adjust_border", xy)
    program.drawing._is_trying = True  # asked, and not answered yet
    program.desk.close()
    assert not program.drawing._is_trying
