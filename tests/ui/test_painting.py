"""Painting on the map with the mouse: strokes, locks, the balance, and what is refused."""

from collections.abc import Callable

import pytest
import shapely
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridmap.base.errors import GridmapError, RequestError
from gridmap.services.painting import Stroke, try_stroke
from gridmap.ui.app import Program
from gridmap.ui.canvas.view import MapView
from gridmap.ui.tools.paint import PaintTool

Idle = Callable[[Program], None]
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


def view_of(program: Program) -> MapView:
    assert program.bench.view is not None
    return program.bench.view


@pytest.fixture
def tool(qtbot: QtBot, program: Program, idle: Idle) -> PaintTool:
    """Return the brush, on the middle of the sample, with its ground read."""
    view = view_of(program)
    xmin, ymin, xmax, ymax = view.layers.bounds() or (0, 0, 0, 0)
    x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
    view.zoom_to((x - 320, y - 200, x + 320, y + 200))
    program.window.actions_by_id["paint"].trigger()
    idle(program)
    made = program.painting.tool
    assert made is not None
    assert made.palette is not None
    return made


def pixel(program: Program, xy: tuple[float, float]) -> QPoint:
    camera = view_of(program).camera
    x, y = camera.to_pixel(*xy)
    return QPoint(round(x / camera.ratio), round(y / camera.ratio))


def inside(shape: shapely.Geometry) -> tuple[float, float]:
    at = shapely.point_on_surface(shape)
    return float(at.x), float(at.y)


def send(program: Program, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    viewport = view_of(program).viewport()
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    place = QPointF(at)
    event = QMouseEvent(kind, place, viewport.mapToGlobal(place), button, held, NONE)
    QApplication.sendEvent(viewport, event)


def stroke_over(program: Program, *places: QPoint) -> None:
    send(program, QEvent.Type.MouseMove, places[0], Qt.MouseButton.NoButton)
    send(program, QEvent.Type.MouseButtonPress, places[0])
    for place in places[1:]:
        send(program, QEvent.Type.MouseMove, place)


def paintable(program: Program, tool: PaintTool) -> Stroke:
    """Return a stroke of one building in the window that can be done."""
    palette = tool.palette
    assert palette is not None
    window = view_of(program).viewport().rect().adjusted(40, 200, -40, -40)
    for cell in palette.ground.cells.keys:
        shape = palette.ground.cells.shape(cell)
        if not window.contains(pixel(program, inside(shape))):
            continue
        for at in palette.buildings.under([inside(shape)], 90.0):
            on = pixel(program, inside(palette.buildings.shapes[at]))
            if window.contains(on) and palette.may_take("building", cell, at):
                stroke = Stroke("building", cell, (at,))
                try:
                    try_stroke(palette, stroke)
                except GridmapError:
                    continue
                return stroke
    raise AssertionError("nothing can be painted here")


def begun(qtbot: QtBot, program: Program, tool: PaintTool) -> Stroke:
    """Choose who gets by a click, and brush one building; the button stays down."""
    stroke = paintable(program, tool)
    assert tool.palette is not None
    tool.resize(0.01)  # one building at a time
    shape = tool.palette.ground.cells.shape(stroke.target)
    qtbot.mouseClick(view_of(program).viewport(), LEFT, NONE, pixel(program, inside(shape)))
    assert tool.target == stroke.target
    building = tool.palette.buildings.shapes[stroke.things[0]]
    stroke_over(program, pixel(program, inside(building)))
    return stroke


def owner_of(program: Program, idle: Idle, building: str | None) -> str | None:
    idle(program)
    tool = program.painting.tool
    assert tool is not None
    assert tool.palette is not None
    things = tool.palette.buildings
    return things.owners[things.ids.index(building)]


def test_a_stroke_is_shown_while_it_grows_and_done_when_the_button_is_let_go(
    qtbot: QtBot, program: Program, tool: PaintTool, idle: Idle
) -> None:
    stroke = begun(qtbot, program, tool)
    assert tool.palette is not None
    assert tuple(tool.taken) == stroke.things
    qtbot.waitUntil(lambda: tool.tried is not None)
    bar = program.painting.bar
    assert bar is not None
    first, *others = bar.bars.rows
    assert (first.key, first.is_target) == (stroke.target, True)
    assert first.area_m2 > first.area_before_m2
    assert sum(one.area_m2 for one in (first, *others)) == pytest.approx(
        sum(one.area_before_m2 for one in (first, *others))
    )
    assert "平方米" in bar.bars.accessibleDescription()
    building = tool.palette.buildings.ids[stroke.things[0]]
    before = tool.palette.buildings.owners[stroke.things[0]]
    send(program, QEvent.Type.MouseButtonRelease, QPoint(400, 400))
    assert owner_of(program, idle, building) == stroke.target
    program.window.actions_by_id["undo"].trigger()
    assert owner_of(program, idle, building) == before


def test_a_right_click_goes_back_step_by_step(
    qtbot: QtBot, program: Program, tool: PaintTool, idle: Idle
) -> None:
    begun(qtbot, program, tool)
    steps = []
    for _ in range(3):
        send(program, QEvent.Type.MouseButtonPress, QPoint(400, 400), RIGHT)
        held = program.painting.tool
        steps.append((held is not None and bool(held.taken), held and held.target is not None))
    assert steps == [(False, True), (False, False), (False, None)]
    assert program.painting.bar is None
    idle(program)


def test_what_cannot_be_painted_is_told_at_its_place_and_changes_nothing(
    qtbot: QtBot, program: Program, tool: PaintTool, idle: Idle
) -> None:
    palette = tool.palette
    assert palette is not None
    stroke = paintable(program, tool)
    far = next(
        at
        for at in range(len(palette.buildings.ids))
        if palette.may_take("building", stroke.target, at)
        and shapely.distance(
            palette.buildings.shapes[at], palette.ground.cells.shape(stroke.target)
        )
        > 120
    )
    tool.choose(stroke.target)
    tool.taken[far] = None
    program.painting._do(Stroke("building", stroke.target, (far,)))
    qtbot.waitUntil(lambda: tool.refusal is not None)
    assert tool.refusal is not None
    assert tool.refusal.place.xy is not None
    bar = program.painting.bar
    assert bar is not None
    assert "够不着" in bar.hint.text()
    idle(program)
    assert tool.palette is palette


def test_a_stroke_that_meets_nothing_says_so_and_changes_nothing(
    qtbot: QtBot, program: Program, tool: PaintTool, idle: Idle
) -> None:
    stroke = paintable(program, tool)
    tool.resize(0.01)
    tool.choose(stroke.target)
    assert tool.palette is not None
    own = inside(tool.palette.ground.cells.shape(stroke.target))
    stroke_over(program, pixel(program, own))
    send(program, QEvent.Type.MouseButtonRelease, pixel(program, own))
    assert isinstance(tool.refusal, RequestError)
    assert program.painting.bar is not None
    assert "地块" in program.painting.bar.hint.text()
    idle(program)
    assert tool.stroke is None


def test_the_brush_grows_by_keys_by_the_wheel_with_ctrl_and_in_the_panel(
    qtbot: QtBot, program: Program, tool: PaintTool
) -> None:
    view, bar = view_of(program), program.painting.bar
    assert bar is not None
    first = tool.radius_m
    qtbot.keyClick(view, Qt.Key.Key_BracketRight)
    assert tool.radius_m > first
    qtbot.keyClick(view, Qt.Key.Key_BracketLeft)
    assert tool.radius_m == pytest.approx(first)
    scale = view.camera.denominator
    place = QPointF(300, 300)
    wheel = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert tool.radius_m > first
    assert view.camera.denominator == scale
    assert bar.radius.value() == pytest.approx(round(tool.radius_m))
    bar.radius.setValue(25)
    assert tool.radius_m == pytest.approx(25)


def test_the_cell_under_the_pointer_is_locked_by_a_key_and_gets_and_gives_nothing(
    qtbot: QtBot, program: Program, tool: PaintTool, idle: Idle
) -> None:
    assert tool.palette is not None
    stroke = paintable(program, tool)
    owner = tool.palette.buildings.owners[stroke.things[0]]
    assert owner is not None
    at = pixel(program, inside(tool.palette.buildings.shapes[stroke.things[0]]))
    send(program, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)
    qtbot.keyClick(view_of(program), Qt.Key.Key_L)
    idle(program)
    assert owner in tool.palette.locked
    tool.choose(stroke.target)
    stroke_over(program, at)
    assert not tool.taken
    send(program, QEvent.Type.MouseButtonRelease, at)
    tool.choose(owner)
    assert tool.target == stroke.target
    assert tool.refusal is not None
    qtbot.keyClick(view_of(program), Qt.Key.Key_L)
    idle(program)
    assert owner not in tool.palette.locked


def test_whole_cells_go_to_a_responsibility_grid(
    qtbot: QtBot, program: Program, tool: PaintTool, idle: Idle
) -> None:
    bar = program.painting.bar
    assert bar is not None
    bar.kinds.buttons()[2].click()
    idle(program)
    palette = tool.palette
    assert palette is not None
    stroke = next(
        Stroke("cell", grid, (at,))
        for grid in palette.grids
        for at in range(len(palette.cells.ids))
        if palette.may_take("cell", grid, at) and _can(Stroke("cell", grid, (at,)), tool)
    )
    tool.choose(stroke.target)
    program.painting._do(stroke)
    idle(program)
    assert tool.palette is not None
    cell = tool.palette.cells.ids[stroke.things[0]]
    assert tool.palette.ground.rows[cell]["grid_id"] == stroke.target


def _can(stroke: Stroke, tool: PaintTool) -> bool:
    assert tool.palette is not None
    try:
        try_stroke(tool.palette, stroke)
    except GridmapError:
        return False
    return True


def test_what_nobody_has_is_listed_and_can_be_gone_to(
    qtbot: QtBot, program: Program, tool: PaintTool, idle: Idle
) -> None:
    bar = program.painting.bar
    assert bar is not None
    bar.strays_wanted.emit()
    idle(program)
    assert not bar.strays.isVisible()
    with program.desk.get_workspace().transaction(_step()) as tx:
        tx.connection.execute("UPDATE cell SET valid_to = '2026-01-01' WHERE code LIKE '%001'")
    bar.strays_wanted.emit()
    idle(program)
    assert bar.strays.count() > 0
    bar.strays.itemClicked.emit(bar.strays.item(0))
    assert program.bench.selection.table == "building"


def _step():  # type: ignore[no-untyped-def]
    from gridmap.services import cell_texts

    return cell_texts.editing()


def test_another_tool_takes_the_mouse_and_the_brush_goes(
    qtbot: QtBot, program: Program, tool: PaintTool
) -> None:
    program.window.actions_by_id["measure_length"].trigger()
    assert program.painting.tool is None
    assert program.painting.bar is None
    program.window.actions_by_id["paint"].trigger()
    assert program.painting.tool is not None
    assert program.measuring.tool is None
