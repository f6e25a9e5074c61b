"""Drawing and reshaping on the map with the mouse, numbers and keys."""

from collections.abc import Callable

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.store.helpers import execute
from tests.ui.helpers import RecordingNotices

from gridmap.services import features, history
from gridmap.ui.app import Program
from gridmap.ui.canvas.view import MapView
from gridmap.ui.tools.feature_draw import DrawTool
from gridmap.ui.tools.feature_edit import EditTool

Idle = Callable[[Program], None]
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, FREE = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
A, B, C = QPoint(250, 250), QPoint(400, 250), QPoint(400, 380)


def view_of(program: Program) -> MapView:
    assert program.bench.view is not None
    return program.bench.view


def choose_layer(program: Program, table: str) -> None:
    tree = program.window.layers.tree
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        tree.setCurrentItem(item)
        current = program.window.layers.current
        if current is not None and current.table == table:
            return
    raise AssertionError(table)


def begin(program: Program, table: str, command: str = "draw") -> DrawTool:
    choose_layer(program, table)
    program.window.actions_by_id[command].trigger()
    assert isinstance(program.features.tool, DrawTool)
    return program.features.tool


def click(qtbot: QtBot, program: Program, *places: QPoint) -> None:
    for place in places:
        qtbot.mouseClick(view_of(program).viewport(), LEFT, FREE, place)


def move(program: Program, to: QPoint, *, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    viewport = view_of(program).viewport()
    at = QPointF(to)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), Qt.MouseButton.NoButton, held, FREE
    )
    QApplication.sendEvent(viewport, event)


def ground(program: Program, at: QPoint) -> tuple[float, float]:
    return view_of(program).camera.to_ground(at.x(), at.y())


def pixel(program: Program, xy: tuple[float, float]) -> QPoint:
    x, y = view_of(program).camera.to_pixel(*xy)
    return QPoint(round(x), round(y))


def shape_of(program: Program, table: str, row_id: str) -> shapely.Geometry:
    workspace = program.desk.get_workspace()
    return features.read_shape(workspace, table, row_id).value


def save(qtbot: QtBot, program: Program, idle: Idle, **typed: str) -> str:
    """Fill in the form of what was drawn, save it, and return the new row's id."""
    panel = program.forms.panel
    assert panel is not None
    assert panel.form is not None
    for name, text in typed.items():
        line = panel.inputs[name]
        assert isinstance(line, QLineEdit)
        line.setText(text)  # Qt's own clicks know no Chinese
        line.textEdited.emit(text)
    first = next(iter(panel.inputs.values()))
    qtbot.keyClick(first, Qt.Key.Key_Return)
    idle(program)
    assert panel.form is None
    (row_id,) = program.bench.selection.ids
    return row_id


def open_for(program: Program, table: str, idle: Idle, command: str) -> EditTool:
    """Select a row that stands alone in the window, and begin to reshape it."""
    workspace = program.desk.get_workspace()
    with workspace.reading() as reader:
        (row_id,) = reader.execute(f"SELECT min(id) FROM {table}").fetchone()
    program.bench.go_to(table, row_id)
    idle(program)
    program.window.actions_by_id[command].trigger()
    idle(program)
    assert isinstance(program.features.tool, EditTool)
    return program.features.tool


@pytest.fixture
def empty(program: Program, idle: Idle) -> Program:
    """Return the program, looking at ground beside the subdistrict where nothing stands."""
    view = view_of(program)
    bounds = view.layers.bounds()
    assert bounds is not None
    _, _, xmax, ymax = bounds
    view.zoom_to((xmax + 50, ymax + 50, xmax + 250, ymax + 200))
    idle(program)
    return program


def test_an_area_is_clicked_filled_in_and_kept_as_one_step(
    qtbot: QtBot, empty: Program, idle: Idle
) -> None:
    tool = begin(empty, "building")
    click(qtbot, empty, A, B, C)
    qtbot.keyClick(view_of(empty), Qt.Key.Key_Return)
    assert tool.is_waiting
    row_id = save(qtbot, empty, idle, name="新楼")
    drawn = shape_of(empty, "building", row_id)
    expected = shapely.Polygon([ground(empty, at) for at in (A, B, C)])
    assert shapely.hausdorff_distance(drawn, expected) < 0.01
    workspace = empty.desk.get_workspace()
    assert str(history.recent(workspace, 1).value[0].intention) == "新增建筑 新楼"
    assert not tool.is_waiting
    assert tool.drawing.is_empty
    empty.edits.undo()
    idle(empty)
    assert features.find_references(workspace, "building", "新楼").value == []


def test_what_is_drawn_follows_the_layer_points_lines_and_areas(
    qtbot: QtBot, empty: Program, idle: Idle
) -> None:
    begin(empty, "component")
    click(qtbot, empty, B)
    point = save(qtbot, empty, idle, name="路灯")
    assert (
        shapely.hausdorff_distance(
            shape_of(empty, "component", point), shapely.Point(ground(empty, B))
        )
        < 0.01
    )
    begin(empty, "walkway")
    click(qtbot, empty, A, B, C)
    qtbot.mouseDClick(view_of(empty).viewport(), LEFT, FREE, C)
    line = save(qtbot, empty, idle, name="新路")
    assert len(shapely.get_coordinates(shape_of(empty, "walkway", line))) == 3


def test_a_rectangle_takes_typed_length_and_depth(qtbot: QtBot, empty: Program, idle: Idle) -> None:
    tool = begin(empty, "building", "draw_rectangle")
    click(qtbot, empty, A)
    move(empty, B)
    bar = empty.features.bar
    assert bar is not None
    for text in ("30<90", "12"):
        qtbot.keyClicks(bar.line, text)
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
        move(empty, C)
    assert tool.is_waiting
    drawn = shape_of(empty, "building", save(qtbot, empty, idle))
    assert shapely.area(drawn) == pytest.approx(360.0, abs=0.1)


def test_digits_over_the_map_begin_the_numbers_and_nonsense_is_refused(
    qtbot: QtBot, empty: Program
) -> None:
    tool = begin(empty, "walkway")
    click(qtbot, empty, A)
    move(empty, B)
    bar = empty.features.bar
    assert bar is not None
    qtbot.keyClick(view_of(empty), Qt.Key.Key_5)
    assert bar.line.text() == "5"
    qtbot.keyClicks(bar.line, "x")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.line.property("isError")
    qtbot.keyClick(bar.line, Qt.Key.Key_Backspace)
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert np.hypot(*np.subtract(tool.drawing.points[1], tool.drawing.points[0])) == pytest.approx(
        5.0, abs=0.002
    )


def test_an_arc_goes_through_the_points_that_were_clicked(
    qtbot: QtBot, empty: Program, idle: Idle
) -> None:
    tool = begin(empty, "walkway", "draw_arc")
    click(qtbot, empty, A, C, QPoint(600, 250))
    assert len(tool.drawing.points) > 5
    qtbot.keyClick(view_of(empty), Qt.Key.Key_Backspace)  # a whole arc is one step
    assert len(tool.drawing.points) == 1
    click(qtbot, empty, C, QPoint(600, 250))
    qtbot.keyClick(view_of(empty), Qt.Key.Key_Return)
    drawn = shape_of(empty, "walkway", save(qtbot, empty, idle))
    assert shapely.distance(drawn, shapely.Point(ground(empty, C))) < 0.05


def test_a_trace_takes_every_corner_between_two_places(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    workspace = program.desk.get_workspace()
    with workspace.reading() as reader:
        (row_id,) = reader.execute("SELECT min(id) FROM compound").fetchone()
    corners = shapely.get_coordinates(shape_of(program, "compound", row_id))
    program.bench.zoom_to_rows("compound", [row_id])
    idle(program)
    tool = begin(program, "walkway", "draw_trace")
    for at in (0, 2):
        place = pixel(program, (float(corners[at][0]), float(corners[at][1])))
        qtbot.mouseClick(view_of(program).viewport(), LEFT, NONE, place)
    assert len(tool.drawing.points) >= 3
    line = shapely.LineString(tool.drawing.points)
    border = shapely.boundary(shape_of(program, "compound", row_id))
    count = len(tool.drawing.points)
    click(qtbot, program, QPoint(3, 3))  # no edge leads there
    assert (tool.leads_nowhere, len(tool.drawing.points)) == (True, count)
    assert program.features.bar is not None
    assert "没有相连的边" in program.features.bar.beside.text()
    assert shapely.length(shapely.difference(line, shapely.buffer(border, 0.5))) < 25


def test_esc_and_right_click_take_a_step_back_and_leave_at_last(
    qtbot: QtBot, empty: Program
) -> None:
    tool = begin(empty, "building")
    click(qtbot, empty, A, B, C)
    qtbot.keyClick(view_of(empty), Qt.Key.Key_Escape)
    qtbot.mouseClick(view_of(empty).viewport(), RIGHT, FREE, C)
    assert len(tool.drawing.points) == 1
    qtbot.keyClick(view_of(empty), Qt.Key.Key_Escape)
    assert empty.features.tool is tool
    qtbot.keyClick(view_of(empty), Qt.Key.Key_Escape)
    assert empty.features.tool is None
    assert empty.features.bar is None


def test_a_discarded_form_gives_the_drawing_back(qtbot: QtBot, empty: Program) -> None:
    tool = begin(empty, "building")
    click(qtbot, empty, A, B, C)
    qtbot.keyClick(view_of(empty), Qt.Key.Key_Return)
    panel = empty.forms.panel
    assert panel is not None
    qtbot.keyClick(panel.inputs["name"], Qt.Key.Key_Escape)
    assert panel.form is None
    assert not tool.is_waiting
    assert len(tool.drawing.points) == 3


def test_what_is_snapped_to_is_shown_and_taken(qtbot: QtBot, program: Program, idle: Idle) -> None:
    workspace = program.desk.get_workspace()
    with workspace.reading() as reader:
        (row_id,) = reader.execute("SELECT min(id) FROM building").fetchone()
    program.bench.zoom_to_rows("building", [row_id])
    idle(program)
    tool = begin(program, "walkway")
    x, y = shapely.get_coordinates(shape_of(program, "building", row_id))[0]
    corner = (float(x), float(y))
    qtbot.mouseClick(view_of(program).viewport(), LEFT, NONE, pixel(program, corner) + QPoint(3, 2))
    assert tool.drawing.points[0] == corner
    assert "建筑的顶点" in tool.snap_words


def test_only_layers_that_are_drawn_by_hand_are_drawn_into(program: Program) -> None:
    choose_layer(program, "cell")
    program.window.actions_by_id["draw"].trigger()
    assert program.features.tool is None
    assert "无缝相接" in program.window.status.currentMessage()


def test_a_clash_is_shown_at_its_place_and_kept_only_if_the_user_agrees(
    qtbot: QtBot, program: Program, idle: Idle, notices: RecordingNotices
) -> None:
    workspace = program.desk.get_workspace()
    with workspace.reading() as reader:
        (row_id,) = reader.execute("SELECT min(id) FROM building").fetchone()
    program.bench.zoom_to_rows("building", [row_id])
    idle(program)
    notices.agrees = False
    tool = begin(program, "building")
    middle = pixel(program, shapely.centroid(shape_of(program, "building", row_id)).coords[0])
    click(qtbot, program, middle, middle + QPoint(80, 0), middle + QPoint(0, 80))
    qtbot.keyClick(view_of(program), Qt.Key.Key_Return)
    panel = program.forms.panel
    assert panel is not None
    qtbot.keyClick(panel.inputs["name"], Qt.Key.Key_Return)
    idle(program)
    assert panel.form is not None
    assert "压住了" in panel.complaint.text()
    assert program.places.pins is not None
    assert tool.is_waiting
    notices.agrees = True
    qtbot.keyClick(panel.inputs["name"], Qt.Key.Key_Return)
    idle(program)
    assert panel.form is None
    assert program.places.pins is None


def test_a_corner_is_dragged_and_the_change_is_kept_at_once(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    tool = open_for(program, "compound", idle, "edit_vertices")
    (row_id,) = program.bench.selection.ids
    before = shape_of(program, "compound", row_id)
    start = pixel(program, tool.outline.runs[0][0])
    qtbot.mousePress(view_of(program).viewport(), LEFT, FREE, start)
    move(program, start + QPoint(-6, 5), held=LEFT)
    assert tool.next is not None
    qtbot.mouseRelease(view_of(program).viewport(), LEFT, FREE, start + QPoint(-6, 5))
    idle(program)
    after = shape_of(program, "compound", row_id)
    assert not shapely.equals(before, after)
    assert len(shapely.get_coordinates(before)) == len(shapely.get_coordinates(after))
    assert not tool.is_waiting
    program.edits.undo()
    idle(program)
    assert shapely.equals_exact(shape_of(program, "compound", row_id), before, 0)
    assert tool.outline.shape().equals(before)  # the handles follow


def test_a_vertex_is_added_on_an_edge_and_deleted_again(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    tool = open_for(program, "compound", idle, "edit_vertices")
    (row_id,) = program.bench.selection.ids
    count = len(shapely.get_coordinates(shape_of(program, "compound", row_id)))
    first, second = np.array(tool.outline.runs[0][:2])
    middle = pixel(program, tuple((first + second) / 2))
    qtbot.mousePress(view_of(program).viewport(), LEFT, FREE, middle)
    move(program, middle + QPoint(2, 3), held=LEFT)
    qtbot.mouseRelease(view_of(program).viewport(), LEFT, FREE, middle + QPoint(2, 3))
    idle(program)
    assert len(shapely.get_coordinates(shape_of(program, "compound", row_id))) == count + 1
    move(program, middle + QPoint(2, 3))
    assert tool.hovered is not None
    qtbot.keyClick(view_of(program), Qt.Key.Key_Delete)
    idle(program)
    assert len(shapely.get_coordinates(shape_of(program, "compound", row_id))) == count


def test_a_row_is_moved_by_a_typed_way(qtbot: QtBot, program: Program, idle: Idle) -> None:
    open_for(program, "patrol_post", idle, "move_feature")
    (row_id,) = program.bench.selection.ids
    before = shape_of(program, "patrol_post", row_id)
    bar = program.features.bar
    assert bar is not None
    qtbot.keyClicks(bar.line, "@3,-4")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    idle(program)
    after = shape_of(program, "patrol_post", row_id)
    assert (after.x - before.x, after.y - before.y) == pytest.approx((3, -4), abs=0.002)


@pytest.mark.parametrize(
    ("command", "typed", "area_share"),
    [("rotate_feature", "90", 1.0), ("offset_feature", "-1", None)],
)
def test_a_row_is_turned_or_set_off_by_a_typed_number(
    qtbot: QtBot,
    program: Program,
    idle: Idle,
    notices: RecordingNotices,
    command: str,
    typed: str,
    area_share: float | None,
) -> None:
    open_for(program, "building", idle, command)
    (row_id,) = program.bench.selection.ids
    before = shape_of(program, "building", row_id)
    bar = program.features.bar
    assert bar is not None
    qtbot.keyClicks(bar.line, typed)
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    idle(program)
    after = shape_of(program, "building", row_id)
    assert not shapely.equals(before, after)
    smaller = shapely.buffer(before, -1.0, join_style="mitre")
    expected = shapely.area(before) if area_share else shapely.area(smaller)
    assert shapely.area(after) == pytest.approx(expected, rel=1e-3)


def test_rows_are_copied_into_the_current_layer(qtbot: QtBot, program: Program, idle: Idle) -> None:
    workspace = program.desk.get_workspace()
    with workspace.reading() as reader:
        (row_id,) = reader.execute("SELECT min(id) FROM compound").fetchone()
    program.bench.go_to("compound", row_id)
    choose_layer(program, "walkway")
    idle(program)
    program.window.actions_by_id["copy_to_layer"].trigger()
    idle(program)
    assert program.bench.selection.table == "walkway"
    (made,) = program.bench.selection.ids
    border = shapely.boundary(shape_of(program, "compound", row_id))
    assert shapely.equals(shape_of(program, "walkway", made), border)


def test_another_tool_takes_the_mouse_and_the_drawing_goes(qtbot: QtBot, empty: Program) -> None:
    begin(empty, "building")
    click(qtbot, empty, A, B)
    empty.window.actions_by_id["measure_length"].trigger()
    assert empty.features.tool is None
    assert empty.measuring.tool is not None
    empty.window.actions_by_id["draw"].trigger()
    assert empty.measuring.tool is None
    assert empty.features.tool is not None


def test_a_row_without_a_place_gets_one_by_drawing(
    qtbot: QtBot, empty: Program, idle: Idle
) -> None:
    workspace = empty.desk.get_workspace()
    with workspace.reading() as reader:
        (row_id,) = reader.execute("SELECT min(id) FROM patrol_post").fetchone()
    execute(workspace, "UPDATE patrol_post SET geom = NULL WHERE id = ?", row_id)
    empty.bench.select("patrol_post", [row_id])
    idle(empty)
    empty.window.actions_by_id["edit_vertices"].trigger()
    idle(empty)
    assert isinstance(empty.features.tool, DrawTool)
    click(qtbot, empty, B)
    idle(empty)
    expected = shapely.Point(ground(empty, B))
    assert shapely.distance(shape_of(empty, "patrol_post", row_id), expected) < 0.01
    assert empty.features.tool is None


def test_undo_takes_back_the_last_point_while_something_is_drawn(
    qtbot: QtBot, empty: Program, idle: Idle
) -> None:
    execute(empty.desk.get_workspace(), "UPDATE document SET remark = 'x'")
    empty.edits.show_next()
    idle(empty)
    tool = begin(empty, "building")
    click(qtbot, empty, A, B)
    empty.window.actions_by_id["undo"].trigger()
    assert len(tool.drawing.points) == 1
    empty.window.actions_by_id["undo"].trigger()
    assert tool.drawing.is_empty
    empty.window.actions_by_id["undo"].trigger()
    idle(empty)
    assert history.entries(empty.desk.get_workspace()).value[0].is_undone
