"""Two maps side by side and over one another: they move, select and change together."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.exchange.test_tiles import write as write_tiles
from tests.store.helpers import STEP
from tests.ui.conftest import Start
from tests.ui.helpers import FixedPicker

from gridmap.base import clock
from gridmap.services import history
from gridmap.store.workspace import open_workspace
from gridmap.ui.app import Program
from gridmap.ui.canvas.view import MapView
from gridmap.ui.compare import Compare, Mode
from gridmap.ui.panels.layers_model import LayerEntry

LEFT = Qt.MouseButton.LeftButton
ZOOM = 14
LONG_AGO = datetime(2026, 3, 2, 9, tzinfo=UTC)
Both = Callable[[Program], None]


@pytest.fixture
def idle(qtbot: QtBot) -> Both:
    """Wait until no work is under way and every map is painted."""

    def wait(program: Program) -> None:
        def is_done() -> bool:
            compare = program.comparing.compare
            views = [program.bench.view] + ([compare.companion] if compare else [])
            return program.work.is_idle and all(view is None or view.is_idle for view in views)

        qtbot.waitUntil(is_done, timeout=20_000)

    return wait


@pytest.fixture
def tiles_path(tmp_path: Path) -> Path:
    """Return a base map that is red all around the sample."""
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF0000"))
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(content, "PNG")
    red = content.data().data()
    x, row = (118.203 + 180) / 360 * 2**ZOOM, 10_110  # rows are counted from the south
    around = [(int(x) + dx, row + dy) for dx in range(-6, 7) for dy in range(-6, 7)]
    tiles = {(ZOOM, column, south): red for column, south in around}
    return write_tiles(tmp_path / "红.mbtiles", tiles, format="png")


@pytest.fixture
def compare(program: Program, idle: Both) -> Compare:
    """Return the sample's map with a second one beside it, all painted."""
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    return shown(program)


def shown(program: Program) -> Compare:
    held = program.comparing.compare
    assert held is not None
    return held


def centre(view: MapView) -> tuple[float, float]:
    xmin, ymin, xmax, ymax = view.extent
    return (xmin + xmax) / 2, (ymin + ymax) / 2


def look_at_the_same(compare: Compare) -> bool:
    one, other = compare.main, compare.companion
    apart = np.subtract(centre(one), centre(other))
    return one.camera.level == other.camera.level and bool(
        np.abs(apart).max() <= one.camera.resolution
    )


def drag(qtbot: QtBot, view: MapView, dx: int, dy: int) -> None:
    start = view.viewport().rect().center()
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    qtbot.mouseMove(view.viewport(), start + QPoint(dx // 2, dy // 2))
    qtbot.mouseMove(view.viewport(), start + QPoint(dx, dy))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(dx, dy))


def wheel(view: MapView, notches: int) -> None:
    place = QPointF(view.viewport().rect().center()) + QPointF(40, 30)
    event = QWheelEvent(
        place,
        QPointF(view.viewport().mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def place_of(view: MapView, table: str, but_not: Collection[str] = ()) -> tuple[str, QPoint]:
    """Return a row of a layer in the window, and the position of the viewport that shows it."""
    prepared = view.layers.get_layer(table).prepared
    assert prepared is not None
    shapes = prepared.parts[0].shapes
    middles = (shapes.bounds[:, :2] + shapes.bounds[:, 2:]) / 2
    seen = view.viewport().rect().adjusted(40, 80, -60, -80)
    for row, xy in zip(shapes.rows.tolist(), middles.tolist(), strict=True):
        x, y = view.camera.to_pixel(*xy)
        at = QPoint(round(x / view.camera.ratio), round(y / view.camera.ratio))
        if prepared.rows.ids[row] in but_not:
            continue
        hits = view.pick((xy[0], xy[1]), 0.1)
        if seen.contains(at) and hits and hits[0].id == prepared.rows.ids[row]:
            return str(prepared.rows.ids[row]), at
    raise AssertionError(f"no {table} in the window")


def picture(shown: MapView | Compare) -> QImage:
    pixmap = shown.picture() if isinstance(shown, Compare) else shown.viewport().grab()
    return plain(pixmap.toImage())


def plain(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32)


def apart(one: QImage, other: QImage, levels: int = 40) -> int:
    """Return how many bytes of two pictures differ by more: layers may be rounded otherwise."""
    assert one.size() == other.size()
    first, second = (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1).astype(np.int16)
        for image in (one, other)
    )
    return int((np.abs(first - second) > levels).sum())


def are_alike(one: QImage, other: QImage) -> bool:
    return apart(one, other) < 20


# --- coming and going


def test_the_command_shows_two_maps_and_again_only_one(
    program: Program, compare: Compare, idle: Both
) -> None:
    main = program.bench.view
    assert compare.main is main
    assert compare.isVisible()
    assert compare.main.isVisible()
    assert compare.companion.isVisible()
    assert picture(compare.companion).size() == picture(compare.main).size()
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    assert program.comparing.compare is None
    assert main is not None
    assert main.isVisible()
    assert main.parentWidget() is program.window.pages.currentWidget()


def test_escape_goes_back_to_one_map(qtbot: QtBot, program: Program, compare: Compare) -> None:
    qtbot.keyClick(compare.companion, Qt.Key.Key_Escape)
    assert program.comparing.compare is None
    assert program.bench.view is not None
    assert program.bench.view.isVisible()


def test_the_other_command_only_lays_the_maps_otherwise(
    program: Program, compare: Compare, idle: Both
) -> None:
    companion = compare.companion
    program.window.actions_by_id["swipe"].trigger()
    idle(program)
    assert shown(program).companion is companion
    assert compare.mode is Mode.SWIPE
    assert companion.size() == compare.main.size()


def test_closing_the_workspace_closes_the_second_map(
    program: Program, compare: Compare, sample_path: Path
) -> None:
    program.files.close()
    assert program.comparing.compare is None
    assert program.window.pages.currentWidget() is program.window.start
    with open_workspace(sample_path) as opened:
        assert not opened.is_read_only


def test_another_workspace_can_be_opened_while_comparing(
    qtbot: QtBot, program: Program, compare: Compare, workspace_path: Path, idle: Both
) -> None:
    program.files.open_path(str(workspace_path))
    qtbot.waitUntil(lambda: program.desk.get_workspace().path == workspace_path, timeout=10_000)
    idle(program)
    assert program.comparing.compare is None
    assert program.bench.view is not None
    assert program.bench.view.isVisible()


# --- moving


@pytest.mark.parametrize("which", ["main", "companion"])
def test_dragging_and_turning_the_wheel_over_either_map_moves_both(
    qtbot: QtBot, compare: Compare, which: str
) -> None:
    view = getattr(compare, which)
    before = centre(view)
    drag(qtbot, view, 120, -60)
    assert np.abs(np.subtract(centre(view), before)).max() > 50 * view.camera.resolution
    assert look_at_the_same(compare)
    level = view.camera.level
    wheel(view, 2)
    assert view.camera.level < level
    assert look_at_the_same(compare)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert look_at_the_same(compare)


def test_commands_and_places_that_are_gone_to_move_both(
    qtbot: QtBot, program: Program, compare: Compare, idle: Both
) -> None:
    program.window.actions_by_id["zoom_in"].trigger()
    assert look_at_the_same(compare)
    assert program.desk.source is not None
    program.bench.go_to("building", program.desk.source.ids_at("building", [5])[0])
    idle(program)
    assert look_at_the_same(compare)
    program.window.actions_by_id["whole"].trigger()
    assert look_at_the_same(compare)


def test_a_hundred_drags_here_and_there_let_the_maps_not_drift_apart(
    qtbot: QtBot, program: Program, compare: Compare
) -> None:
    program.window.resize(1277, 799)  # odd widths: halves are rounded
    start = centre(compare.main)
    for _turn in range(50):
        drag(qtbot, compare.main, 37, 11)
        drag(qtbot, compare.companion, -37, -11)
    assert look_at_the_same(compare)
    apart = np.abs(np.subtract(centre(compare.main), start)).max()
    assert apart <= compare.main.camera.resolution


def test_the_pointer_is_marked_in_the_other_map(qtbot: QtBot, compare: Compare) -> None:
    mark = compare.crosshairs[compare.main]
    assert mark.parentWidget() is compare.companion
    place = QPoint(150, 200)
    qtbot.mouseMove(compare.main.viewport(), place)
    assert mark.isVisible()
    ground = compare.main.camera.to_ground(place.x(), place.y())
    expected = compare.companion.camera.to_pixel(*ground)
    at = mark.geometry().center()
    assert abs(at.x() - expected[0]) <= 2
    assert abs(at.y() - expected[1]) <= 2
    wheel(compare.main, 1)  # the place under the pointer stays the one that is marked
    assert mark.isVisible()
    assert not compare.crosshairs[compare.companion].isVisible()


# --- the divider


def test_the_divider_is_dragged_stepped_and_centred(
    qtbot: QtBot, program: Program, compare: Compare, idle: Both
) -> None:
    program.window.actions_by_id["swipe"].trigger()
    divider = compare.divider
    middle = divider.rect().center()
    qtbot.mousePress(divider, LEFT, pos=middle)
    qtbot.mouseMove(divider, middle - QPoint(90, 0))
    qtbot.mouseRelease(divider, LEFT, pos=divider.rect().center())
    share = compare.share
    assert share == pytest.approx(0.5 - 90 / compare.width(), abs=0.01)
    qtbot.keyClick(divider, Qt.Key.Key_Right)
    assert compare.share == pytest.approx(share + 0.02)
    qtbot.keyClick(divider, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert compare.share == pytest.approx(share - 0.08)
    qtbot.mouseDClick(divider, LEFT, pos=divider.rect().center())
    assert compare.share == 0.5
    program.comparing.turn()
    qtbot.keyClick(divider, Qt.Key.Key_Up)
    assert compare.share == pytest.approx(0.48)
    assert divider.geometry().width() == compare.width()


def test_a_swipe_shows_each_map_on_its_side_of_the_divider(
    qtbot: QtBot, program: Program, compare: Compare, idle: Both
) -> None:
    program.window.actions_by_id["swipe"].trigger()
    for table in compare.companion.layers.tables:
        compare.companion.layers.set_visible(table, False)
    compare.divide(0.3)
    idle(program)
    seen = picture(compare)
    main = picture(compare.main)
    edge = round(compare.main.width() * 0.3)
    left = QRect(0, 0, edge - 20, main.height())
    assert are_alike(seen.copy(left), main.copy(left))
    right = QRect(edge + 20, 0, main.width() - edge - 20, main.height())
    assert are_alike(seen.copy(right), picture(compare.companion).copy(right))
    assert not are_alike(seen.copy(right), main.copy(right))


def test_after_a_drag_over_the_upper_map_the_lower_one_is_painted_anew(
    qtbot: QtBot, program: Program, compare: Compare, idle: Both
) -> None:
    program.window.actions_by_id["swipe"].trigger()
    idle(program)
    drag(qtbot, compare.companion, 100, 60)
    idle(program)
    assert compare.main.camera == compare.companion.camera
    QApplication.processEvents()
    window = program.window
    shot = window.screen().grabWindow(window.winId()).toImage()
    if shot.isNull() or shot.size() != window.size() * window.devicePixelRatioF():
        pytest.skip("this screen gives no pictures of itself")
    at = compare.main.mapTo(window, QPoint(0, 0))
    seen = QRect(at.x() + 10, at.y() + 100, 200, 300)
    expected = picture(compare.main).copy(QRect(10, 100, 200, 300))
    assert are_alike(plain(shot).copy(seen), expected)


# --- what both show


def test_two_maps_of_the_same_rows_hold_them_once(compare: Compare) -> None:
    held = [
        (compare.main.layers.get_layer(table), compare.companion.layers.get_layer(table))
        for table in compare.main.layers.tables
    ]
    loaded = [(one, other) for one, other in held if one.prepared and other.prepared]
    assert len(loaded) > 10
    assert all(one.prepared is other.prepared for one, other in loaded)


def test_an_edit_repaints_both_and_is_still_held_once(
    qtbot: QtBot, program: Program, compare: Compare, idle: Both
) -> None:
    before = picture(compare.companion)
    workspace = program.desk.get_workspace()

    def erase(_progress: object) -> object:
        from gridmap.model.changes import Outcome, Touched

        with workspace.transaction(STEP) as tx:
            tx.connection.execute("DELETE FROM building")
        return Outcome(None, Touched.whole("building"))

    program.work.operate("拆除", erase)  # type: ignore[arg-type]
    idle(program)
    erased = apart(picture(compare.companion), before, levels=8)
    one = compare.main.layers.get_layer("building").prepared
    assert one is not None
    assert len(one.rows) == 0
    assert compare.companion.layers.get_layer("building").prepared is one
    program.work.operate("撤销", lambda progress: history.undo(workspace, progress))
    idle(program)
    # dashes may begin elsewhere when a border is painted anew: that is not what was erased
    assert apart(picture(compare.companion), before, levels=8) < erased / 4


@pytest.mark.parametrize("which", ["main", "companion"])
def test_a_click_in_either_map_selects_in_both_and_shows_details(
    qtbot: QtBot, program: Program, compare: Compare, idle: Both, which: str
) -> None:
    view = getattr(compare, which)
    before = {each: picture(each) for each in (compare.main, compare.companion)}
    row_id, at = place_of(view, "grid")
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    idle(program)
    assert program.bench.selection.is_row("grid", row_id)
    assert program.bench.selection.hits[0] == ("grid", row_id)
    for each, unselected in before.items():
        assert not are_alike(picture(each), unselected)
    program.bench.clear_selection()
    idle(program)
    for each, unselected in before.items():
        assert are_alike(picture(each), unselected)


def test_each_map_has_its_own_layers(
    qtbot: QtBot, program: Program, compare: Compare, idle: Both
) -> None:
    menu = compare.bars[1].layers_button.menu()
    menu.aboutToShow.emit()
    titles = {action.text(): action for action in menu.actions()}
    entry = next(each for each in entries(program) if each.table == "building")
    titles[entry.title].trigger()
    idle(program)
    assert not compare.companion.layers.get_layer("building").is_visible
    assert compare.main.layers.get_layer("building").is_visible
    assert entry.is_visible
    menu = compare.bars[0].layers_button.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == entry.title).trigger()
    assert not entry.is_visible  # the first map's layers are those of the panel
    assert not compare.main.layers.get_layer("building").is_visible


def entries(program: Program) -> list[LayerEntry]:
    return program.window.layers.layers.entries


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_menu_of_layers_stays_open_while_ticks_are_set(
    qtbot: QtBot, program: Program, compare: Compare
) -> None:
    menu = compare.bars[1].layers_button.menu()
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(menu.isVisible)
    action = menu.actions()[0]
    qtbot.mouseMove(menu, menu.actionGeometry(action).center())
    menu.setActiveAction(action)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert menu.isVisible()
    assert not action.isChecked()
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert action.isChecked()
    menu.hide()


def test_order_and_opacity_are_those_of_the_first_map(program: Program, compare: Compare) -> None:
    panel = program.window.layers
    panel.layers.move(0, 1)
    panel.order_changed.emit(panel.layers.painting_order)
    panel.opacity_changed.emit("building", 0.4)
    assert compare.companion.layers.tables == compare.main.layers.tables
    assert compare.companion.layers.get_layer("building").opacity == 0.4


def test_each_map_has_its_own_base_map(
    qtbot: QtBot,
    program: Program,
    compare: Compare,
    picker: FixedPicker,
    tiles_path: Path,
    idle: Both,
) -> None:
    before = picture(compare.main), picture(compare.companion)
    picker.path = tiles_path
    compare.bars[1].base_map_wanted.emit()
    idle(program)
    qtbot.waitUntil(lambda: not are_alike(picture(compare.companion), before[1]))
    assert are_alike(picture(compare.main), before[0])
    laid = apart(picture(compare.companion), before[1])
    menu = compare.bars[1].base_button.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "去掉底图").trigger()
    idle(program)
    assert apart(picture(compare.companion), before[1]) < laid / 20


# --- days


@pytest.fixture
def aged_path(sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the sample, in which a day in March took half of the buildings away."""
    with open_workspace(sample_path) as workspace, monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: LONG_AGO)
        with workspace.transaction(STEP) as tx:
            tx.connection.execute("UPDATE journal_transaction SET at = '2026-03-01T01:00:00.000Z'")
        patch.setattr(clock, "now", lambda: LONG_AGO + timedelta(days=1))
        with workspace.transaction(STEP) as tx:
            tx.connection.execute("DELETE FROM building WHERE rowid % 2 = 0")
    return sample_path


def count(view: MapView) -> int:
    prepared = view.layers.get_layer("building").prepared
    assert prepared is not None
    return len(prepared.rows)


def choose_day(compare: Compare, side: int, place: int) -> None:
    menu = compare.bars[side].day_button.menu()
    menu.aboutToShow.emit()
    days = [action for action in menu.actions() if not action.isSeparator()]
    days[place].trigger()


def test_one_map_shows_a_day_and_the_other_the_present(
    qtbot: QtBot, start: Start, aged_path: Path, idle: Both
) -> None:
    program = start(aged_path)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    compare = shown(program)
    now = count(compare.main)
    choose_day(compare, 1, -1)
    idle(program)
    qtbot.waitUntil(lambda: count(compare.companion) == 2 * now, timeout=5_000)
    assert count(compare.main) == now
    tables = ("grid", "cell", "walkway")
    for table in tables:  # what has not changed since is held once
        one, other = (view.layers.get_layer(table) for view in (compare.main, compare.companion))
        assert one.prepared is other.prepared
    choose_day(compare, 1, 0)
    idle(program)
    qtbot.waitUntil(lambda: count(compare.companion) == now, timeout=5_000)
    building = compare.main.layers.get_layer("building").prepared
    assert compare.companion.layers.get_layer("building").prepared is building


def test_a_row_that_is_gone_is_told_as_it_was_where_it_is_clicked(
    qtbot: QtBot, start: Start, aged_path: Path, idle: Both
) -> None:
    program = start(aged_path)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    compare = shown(program)
    choose_day(compare, 1, -1)
    idle(program)
    now, past = (view.layers.get_layer("building") for view in (compare.main, compare.companion))
    qtbot.waitUntil(lambda: past.prepared is not now.prepared)
    for table in compare.companion.layers.tables:
        compare.companion.layers.set_visible(table, table == "building")
    idle(program)
    assert now.prepared is not None
    present = set(now.prepared.rows.ids.tolist())
    row_id, at = place_of(compare.companion, "building", but_not=present)
    qtbot.mouseClick(compare.companion.viewport(), LEFT, pos=at)
    idle(program)
    assert program.bench.selection.is_row("building", row_id)
    assert any(text.startswith("建筑 ") for text in said(program))
    program.bench.selection.reload()  # what is told of the present is that it is gone
    idle(program)
    assert any("不存在" in text for text in said(program))


def said(program: Program) -> list[str]:
    labels = program.window.details.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


def test_a_first_map_of_the_past_cannot_be_changed(
    qtbot: QtBot, start: Start, aged_path: Path, idle: Both
) -> None:
    program = start(aged_path)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    assert program.window.actions_by_id["undo"].isEnabled()
    choose_day(shown(program), 0, -1)
    qtbot.waitUntil(lambda: program.desk.is_past, timeout=5_000)
    idle(program)
    assert not program.window.actions_by_id["undo"].isEnabled()
    program.desk.today_wanted.emit()
    qtbot.waitUntil(lambda: not program.desk.is_past, timeout=5_000)
    idle(program)
    assert program.window.actions_by_id["undo"].isEnabled()


def test_the_time_bar_and_a_second_map_take_turns(
    qtbot: QtBot, start: Start, aged_path: Path, idle: Both
) -> None:
    program = start(aged_path)
    program.window.actions_by_id["time_bar"].trigger()
    qtbot.waitUntil(lambda: program.time.bar is not None)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    assert program.time.bar is None
    program.window.actions_by_id["time_bar"].trigger()
    qtbot.waitUntil(lambda: program.time.bar is not None)
    idle(program)
    assert program.comparing.compare is None


def test_a_copied_picture_of_two_days_says_which(
    qtbot: QtBot, start: Start, aged_path: Path, idle: Both
) -> None:
    program = start(aged_path)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    compare = shown(program)
    for view in (compare.main, compare.companion):
        for table in view.layers.tables:
            view.layers.set_visible(table, False)
    idle(program)
    plainly = picture(compare)
    choose_day(compare, 1, -1)
    idle(program)
    halves = compare.width() // 2 - 20
    for left in (0, compare.width() // 2 + 20):
        top = QRect(left, 10, halves, 40)
        assert not are_alike(picture(compare).copy(top), plainly.copy(top))
        below = QRect(left, 60, halves, 400)
        assert are_alike(picture(compare).copy(below), plainly.copy(below))


def test_days_chosen_fast_end_at_the_last_one(
    qtbot: QtBot, start: Start, aged_path: Path, idle: Both
) -> None:
    program = start(aged_path)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    compare = shown(program)
    now = count(compare.main)
    for place in (-1, 0, 1, -1, 0, -1):
        choose_day(compare, 1, place)
    idle(program)
    qtbot.waitUntil(lambda: count(compare.companion) == 2 * now, timeout=5_000)


def test_the_first_map_is_back_in_the_present_when_the_second_is_gone(
    qtbot: QtBot, start: Start, aged_path: Path, idle: Both
) -> None:
    program = start(aged_path)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    compare = shown(program)
    now = count(compare.main)
    choose_day(compare, 0, -1)
    idle(program)
    qtbot.waitUntil(lambda: count(compare.main) == 2 * now, timeout=5_000)
    assert count(compare.companion) == now
    program.comparing.leave()
    idle(program)
    assert program.bench.view is not None
    qtbot.waitUntil(lambda: count(compare.main) == now, timeout=5_000)


# --- the picture


def test_the_map_is_copied_as_it_is_seen(program: Program, idle: Both) -> None:
    assert program.bench.view is not None
    program.window.actions_by_id["copy_picture"].trigger()
    copied = QGuiApplication.clipboard().image()
    assert are_alike(plain(copied), picture(program.bench.view))
    assert f"{copied.width():,} × {copied.height():,}" in program.window.status.currentMessage()


def test_two_maps_are_copied_as_one_picture_without_bars(
    program: Program, compare: Compare
) -> None:
    program.window.actions_by_id["copy_picture"].trigger()
    copied = QGuiApplication.clipboard().image()
    assert copied.width() == compare.width()
    assert copied.height() == compare.main.height()
    assert compare.divider.isVisible()
