import threading
from dataclasses import replace

import pyqtgraph as pg
import pytest
import shapely
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from tests.ui.canvas.helpers import ORIGIN, STEP_M, STYLES, Source

from gridmap.ui.canvas import layers as stack
from gridmap.ui.canvas.view import MapView

RED = QColor("#FF0000")
X, Y = ORIGIN


def grabbed(view: MapView) -> QImage:
    return view.grab().toImage()


def pixel_of(view: MapView, east: float, north: float) -> QPoint:
    x, y = view.camera.to_pixel(east, north)
    return QPoint(round(x), round(y))


def test_everything_is_shown_at_first(view: MapView) -> None:
    xmin, ymin, xmax, ymax = view.extent
    assert xmin < X
    assert ymin < Y
    assert xmax > X + 1000
    assert ymax > Y + 1000
    image = grabbed(view)
    assert image.pixelColor(pixel_of(view, X + 150, Y + 180)) == RED
    assert image.pixelColor(pixel_of(view, X - 20, Y + 500)) != RED


def test_everything_is_shown_even_if_read_before_the_window_has_a_size(source, settle, qtbot):
    view = MapView(source, STYLES)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.layers.loaded):
        view.start()
    view.resize(640, 480)
    view.show()
    settle(view)
    xmin, _, xmax, _ = view.extent
    assert xmin < X
    assert X + 1000 < xmax < X + 3000
    view._look(view.camera.zoomed(4, 320, 240))  # more is read now, which must move nothing
    near = view.camera
    settle(view)
    assert view.camera == near


def test_nothing_is_read_or_painted_in_the_interface_thread(view: MapView, source: Source) -> None:
    assert source.threads
    assert all(name.startswith("map-read") for name in source.threads)


def test_names_are_read_when_they_are_shown_and_nothing_is_repainted(view, source, settle) -> None:
    assert source.fields["cell"] == ()
    view._look(view.camera.zoomed(4, 320, 240))
    settle(view)
    assert source.fields["cell"] == ("code",)
    assert source.asked["cell"] == 2
    painted = view.painted_tiles
    view.zoom_to_whole()
    settle(view)
    assert view.painted_tiles == painted  # the tiles of this scale were right all the time


def test_what_no_scale_shows_is_read_when_it_is_shown(view, source, settle) -> None:
    assert source.asked["component"] == 0
    view.zoom_to((X - 10, Y - 10, X + 10, Y + 10))
    settle(view)
    assert source.asked["component"] == 1


def test_the_wheel_zooms_at_the_pointer(view: MapView, qtbot) -> None:
    at = QPointF(100, 120)
    before = view.camera.to_ground(100, 120)
    event = QWheelEvent(
        at, view.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    level = view.camera.level
    QApplication.sendEvent(view.viewport(), event)
    assert view.camera.level == level - 2
    assert view.camera.to_ground(100, 120) == pytest.approx(before, abs=view.camera.resolution)


def test_dragging_moves_the_ground_with_the_pointer(view: MapView, qtbot) -> None:
    before = view.camera.to_ground(200, 200)
    viewport = view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    drag(viewport, QPoint(260, 170), Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(260, 170))
    assert view.camera.to_ground(260, 170) == pytest.approx(before)


def drag(widget, to: QPoint, button: Qt.MouseButton, modifiers=Qt.KeyboardModifier.NoModifier):
    """Send a move with a button held, which QTest does not know."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    at = QPointF(to)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        widget.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        button,
        modifiers,
    )
    QApplication.sendEvent(widget, event)


def test_a_box_drawn_with_shift_is_zoomed_into(view: MapView, qtbot) -> None:
    viewport, shift = view.viewport(), Qt.KeyboardModifier.ShiftModifier
    first = view.camera.to_ground(300, 200)
    last = view.camera.to_ground(360, 245)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, shift, QPoint(300, 200))
    drag(viewport, QPoint(360, 245), Qt.MouseButton.LeftButton, shift)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, shift, QPoint(360, 245))
    xmin, ymin, xmax, ymax = view.extent
    rim = 2 * view.camera.resolution
    assert xmin <= first[0] + rim
    assert xmax >= last[0] - rim
    assert ymin <= last[1] + rim
    assert ymax >= first[1] - rim
    assert xmax - xmin < 2 * (last[0] - first[0])


@pytest.mark.parametrize(
    ("key", "dx", "dy"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, 1),
        (Qt.Key.Key_Down, 0, -1),
    ],
)
def test_arrows_move_the_window(view: MapView, qtbot, key, dx: int, dy: int) -> None:
    xmin, ymin, *_ = view.extent
    qtbot.keyClick(view, key)
    moved = view.extent[0] - xmin, view.extent[1] - ymin
    assert (moved[0] > 0) - (moved[0] < 0) == dx
    assert (moved[1] > 0) - (moved[1] < 0) == dy


def test_plus_minus_and_home(view: MapView, qtbot) -> None:
    whole = view.camera
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.level == whole.level - 2
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.camera.level == whole.level + 2
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.camera == whole


def test_tiles_are_kept_while_panning(view: MapView, settle) -> None:
    painted = view.painted_tiles
    view.zoom(0)
    for dx in (300, -300):
        before = view.camera
        view._look(before.moved(dx, 0))
        settle(view)
    after_first_round = view.painted_tiles
    assert after_first_round > painted
    for dx in (300, -300):
        view._look(view.camera.moved(dx, 0))
        settle(view)
    assert view.painted_tiles == after_first_round


def test_a_changed_row_repaints_only_where_it_was_and_is(view: MapView, source, settle) -> None:
    painted = view.painted_tiles
    source.geometries["cell"][90] = shapely.box(X - 40, Y + 900, X + STEP_M, Y + 1000)
    view.invalidate({"cell": ["cell-90"]})
    settle(view)
    at = pixel_of(view, X - 20, Y + 990)
    assert grabbed(view).pixelColor(at) == RED
    assert 0 < view.painted_tiles - painted < len(view.camera.tiles())
    assert source.asked == {"cell": 2, "sensor": 1}


def test_a_change_of_another_table_asks_nothing_of_this_one(view, source, settle) -> None:
    view.invalidate({"officer": ["x"], "sensor": None})
    settle(view)
    assert source.asked == {"cell": 1, "sensor": 2}


def test_a_hidden_layer_is_not_painted_and_not_picked(view: MapView, settle) -> None:
    view.layers.set_visible("cell", False)
    settle(view)
    assert grabbed(view).pixelColor(pixel_of(view, X + 150, Y + 180)) != RED
    assert view.pick((X + 150, Y + 180), 1.0) == []


def test_a_click_identifies_and_selects_what_lies_on_top(view: MapView, qtbot) -> None:
    at = pixel_of(view, X + 250, Y + 250)
    with (
        qtbot.waitSignal(view.identified) as identified,
        qtbot.waitSignal(view.selected) as selected,
    ):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    xy, tolerance_m = identified.args
    assert xy == pytest.approx((X + 250, Y + 250), abs=view.camera.resolution)
    assert tolerance_m > 0
    assert selected.args == ["sensor", ["sensor-0"]]


def test_a_click_beside_everything_selects_nothing(view: MapView, qtbot) -> None:
    view.select("cell", ["cell-3"])
    with qtbot.waitSignal(view.selected) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 240))
    assert caught.args == ["", []]


def test_a_selected_row_is_highlighted(view: MapView, settle) -> None:
    at = pixel_of(view, X + 330, Y + 380)
    before = grabbed(view).pixelColor(at)
    view.select("cell", ["cell-33"])
    settle(view)
    assert grabbed(view).pixelColor(at) != before
    view.select("", [])
    settle(view)
    assert grabbed(view).pixelColor(at) == before


def test_the_pointer_tells_where_it_is(view: MapView, qtbot) -> None:
    with qtbot.waitSignal(view.moved) as caught:
        qtbot.mouseMove(view.viewport(), QPoint(50, 60))
    assert caught.args[0] == pytest.approx(view.camera.to_ground(50, 60))


def test_the_view_tells_its_extent_and_scale(view: MapView, qtbot) -> None:
    with qtbot.waitSignal(view.view_changed) as caught:
        view.zoom_to((X, Y, X + 100, Y + 100))
    assert caught.args[0] == pytest.approx(view.extent)
    assert caught.args[1] == pytest.approx(view.camera.denominator)


def test_items_of_tools_lie_where_the_ground_is(view: MapView) -> None:
    item = pg.ScatterPlotItem([X + 500], [Y + 500])
    view.box.addItem(item)
    scene = item.mapToScene(QPointF(X + 500, Y + 500))
    expected = view.camera.to_pixel(X + 500, Y + 500)
    assert (scene.x(), scene.y()) == pytest.approx(expected, abs=1.0)


def test_a_tool_takes_the_mouse(view: MapView, qtbot) -> None:
    seen = []

    class Tool:
        def press(self, xy, event) -> bool:
            seen.append(xy)
            return True

        def move(self, xy, event) -> bool:
            return True

        def release(self, xy, event) -> bool:
            return True

        def key(self, event) -> bool:
            return event.key() == Qt.Key.Key_Home

    view.set_tool(Tool())
    before = view.camera
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert seen == [pytest.approx(before.to_ground(10, 10))]
    view.set_tool(None)


def test_the_note_that_a_place_is_imaginary(view: MapView) -> None:
    corner = (slice(0, 60), slice(0, 140))
    plain = grabbed(view).copy(0, 0, 140, 60)
    view.set_imaginary(True)
    noted = grabbed(view).copy(0, 0, 140, 60)
    assert plain != noted, corner


def test_labels_are_written(view: MapView, settle) -> None:
    view.zoom(4)
    settle(view)
    dark = 0
    image = grabbed(view)
    middle = pixel_of(view, X + 450, Y + 450)
    for dx in range(-14, 15):
        for dy in range(-8, 9):
            dark += image.pixelColor(middle + QPoint(dx, dy)) != RED
    assert dark > 30


def test_a_table_that_cannot_be_read_is_told_and_the_rest_is_shown(qtbot, settle, logged) -> None:
    source = Source()
    source.broken = {"sensor"}
    view = MapView(source, STYLES)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    with qtbot.waitSignal(view.failed) as caught:
        view.start()
    settle(view)
    assert caught.args[0] == "sensor"
    assert [record.levelname for record in logged] == ["ERROR"]
    assert grabbed(view).pixelColor(pixel_of(view, X + 150, Y + 180)) == RED
    view.close()


def test_a_closed_map_leaves_no_thread(qtbot) -> None:
    before = {thread for thread in threading.enumerate() if thread.name.startswith("map-")}
    view = MapView(Source(), STYLES)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.start()
    view.close()
    after = {thread for thread in threading.enumerate() if thread.name.startswith("map-")}
    assert after <= before


def test_an_empty_map_settles(qtbot, settle) -> None:
    source = Source()
    source.geometries = {table: [] for table in source.geometries}
    view = MapView(source, STYLES)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.start()
    settle(view)
    view.zoom_to_whole()
    assert view.pick((0, 0), 1.0) == []
    view.close()


def test_a_resized_window_keeps_its_centre(view: MapView, settle) -> None:
    view.zoom_to((X + 300, Y + 300, X + 500, Y + 500))
    view.resize(500, 420)
    settle(view)
    camera = view.camera
    centre = camera.to_ground(camera.width / 2, camera.height / 2)
    assert centre == pytest.approx((X + 400, Y + 400), abs=2 * camera.resolution)


def test_a_base_map_lies_below_and_is_retired_when_it_goes(view: MapView, settle) -> None:
    class Ground:
        retired = False

        def __call__(self, painter, paint_view) -> bool:
            painter.fillRect(0, 0, paint_view.width, paint_view.height, QColor("#00FF00"))
            return True

        def on_change(self, changed) -> None:
            pass

        def retire(self) -> None:
            self.retired = True

    ground = Ground()
    beside, inside = pixel_of(view, X - 50, Y + 500), pixel_of(view, X + 150, Y + 180)
    view.set_ground(ground)
    settle(view)
    assert grabbed(view).pixelColor(beside) == QColor("#00FF00")
    assert grabbed(view).pixelColor(inside) == RED
    view.set_ground(None)
    settle(view)
    assert ground.retired
    assert grabbed(view).pixelColor(beside) != QColor("#00FF00")


@pytest.fixture
def crowded(qtbot, source: Source, settle, monkeypatch):
    """A map on which a hundred cells count as many."""
    monkeypatch.setattr(stack, "_MANY_BOXES", 100)

    def make(extent=None) -> MapView:
        made = MapView(source, STYLES)
        qtbot.addWidget(made)
        made.resize(640, 480)
        made.show()
        if extent is not None:
            made.zoom_to(extent)
        made.start()
        settle(made)
        return made

    made: list[MapView] = []
    yield lambda *args: made.append(make(*args)) or made[-1]
    for view in made:
        view.close()


FAR = (X - 40_000, Y - 40_000, X + 41_000, Y + 41_000)


def test_many_small_areas_are_boxes_first_and_rows_soon_after(crowded, source, qtbot) -> None:
    view = crowded(FAR)
    spoilt = []
    view.layers.spoilt.connect(lambda table, boxes: spoilt.append((table, boxes)))
    assert source.boxes_asked["cell"] == 1
    if view.layers.get_layer("cell").coarse_from is not None:
        qtbot.waitUntil(lambda: view.layers.get_layer("cell").coarse_from is None)
        assert [(table, len(boxes)) for table, boxes in spoilt] == [("cell", 0)], "looked the same"
    assert source.asked["cell"] == 1
    assert view.pick((X + 150, Y + 150), 1.0)


def test_boxes_never_stay_where_they_can_be_told_from_rows(crowded, source) -> None:
    x, y = X + 500, Y + 500
    source.geometries["cell"][55] = shapely.Polygon([(x, y), (x + 100, y), (x, y + 100)])
    view = crowded()  # the whole extent: cells are dozens of pixels
    assert source.asked["cell"] == 1
    image = grabbed(view)
    assert image.pixelColor(pixel_of(view, x + 20, y + 20)) == RED
    assert image.pixelColor(pixel_of(view, x + 90, y + 90)) != RED


def test_what_alone_is_there_is_shown_although_it_is_hidden_far_out(source, settle, qtbot):
    styles = {"cell": replace(STYLES["cell"], max_denominator=50_000)}
    view = MapView(source, styles)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    view.start()
    settle(view)
    xmin, _, xmax, _ = view.extent
    assert xmin < X
    assert X + 1000 < xmax < X + 3000
    view.close()
