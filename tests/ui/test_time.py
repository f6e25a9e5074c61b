"""The time bar: the map follows it, nothing of the past can be changed, rows come back from it."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from tests.store.helpers import EPSG, STEP, content, elsewhere

from gridmap.base import clock
from gridmap.base.messages import Wording
from gridmap.geo.features import as_objects
from gridmap.services.as_of import Day, end_of
from gridmap.store import blobs, rows
from gridmap.store.workspace import open_workspace
from gridmap.ui.panels.timebar import TimeBar
from gridmap.ui.panels.timebar_model import TimeAxis

# --- days as positions


def day(text, changes, *said, **more):
    moment = date.fromisoformat(text)
    return Day(moment, end_of(moment), changes, tuple(Wording(one, one) for one in said), **more)


@pytest.fixture
def axis():
    made = datetime(2026, 10, 9, 9, 30).astimezone()
    beginning = Day(made.date(), made, 0, (Wording("新建", "New"),), is_beginning=True)
    days = (
        beginning,
        day("2026-10-09", 3, "换岗"),
        day("2026-10-20", 900, "拆除", "整治", more=2),
        day("2026-11-10", 1, "改名"),
    )
    return TimeAxis(days, date(2026, 11, 24))


def test_the_first_position_is_the_new_workspace_and_the_last_the_present(axis):
    assert axis.moment_at(0) == axis.days[0].moment
    assert axis.moment_at(1) == end_of(date(2026, 10, 9))
    assert axis.moment_at(axis.last) is None
    assert axis.day_at(axis.last) == date(2026, 11, 24)
    assert [axis.day_at(position) for position in axis.marks] == [one.day for one in axis.days[1:]]


def test_steps_go_to_where_the_map_looks_different(axis):
    marks = list(axis.marks)
    back = [axis.last]
    while back[-1] > 0:
        back.append(axis.step(back[-1], -1))
    assert back == [axis.last, marks[1], marks[0], 0]
    there = [0]
    while there[-1] < axis.last:
        there.append(axis.step(there[-1], 1))
    assert there == [0, marks[0], marks[1], axis.last]
    assert axis.step(marks[1] + 3, -1) == marks[0]


def test_a_position_tells_its_day_and_what_was_intended(axis):
    words = axis.words(axis.position_of(date(2026, 10, 20)), "zh")
    assert words.splitlines() == ["2026-10-20：900 处修改", "拆除", "整治", "……另有 2 次操作"]
    assert axis.words(5, "zh") == "2026-10-13"
    assert "刚建库" in axis.words(0, "zh")
    assert "今天" in axis.words(axis.last, "zh")


def test_marks_are_taller_for_more_but_the_small_are_still_seen(axis):
    heights = [axis.height(position) for position in axis.marks]
    assert heights[1] == 1.0
    assert 0.3 < heights[2] < heights[0] < 1


def test_a_workspace_of_today_has_its_making_and_the_present():
    made = datetime(2026, 11, 24, 9, 30).astimezone()
    one = TimeAxis((Day(made.date(), made, 0, (), is_beginning=True),), made.date())
    assert (one.last, one.moment_at(0), one.moment_at(1)) == (1, made, None)
    assert TimeAxis((), made.date()).moment_at(0) is not None


# --- the bar


@pytest.fixture
def bar(qtbot, axis):
    made = TimeBar(axis)
    qtbot.addWidget(made)
    made.resize(900, 50)
    made.show()
    qtbot.waitExposed(made)
    return made


def at(slider, position):
    return QPoint(round(slider.x_of(position)), 25)


def test_a_press_near_a_mark_means_the_mark(bar, axis):
    mark = list(axis.marks)[1]
    near = at(bar.slider, mark) + QPoint(4, 0)
    QTest.mouseClick(bar.slider, Qt.MouseButton.LeftButton, pos=near)
    assert bar.slider.value() == mark
    assert bar.date.date().toPython() == date(2026, 10, 20)


def test_dragging_goes_through_the_days(bar, axis):
    moved = []
    bar.moved.connect(moved.append)
    QTest.mousePress(bar.slider, Qt.MouseButton.LeftButton, pos=at(bar.slider, axis.last))
    for position in (30, 20, 25):
        QTest.mouseMove(bar.slider, at(bar.slider, position))
    QTest.mouseRelease(bar.slider, Qt.MouseButton.LeftButton, pos=at(bar.slider, 25))
    assert moved == [30, 20, 25]


def test_keys_date_and_buttons_move_it(bar, axis):
    marks = list(axis.marks)
    QTest.keyClick(bar.slider, Qt.Key.Key_PageUp)
    assert bar.slider.value() == marks[1]
    QTest.keyClick(bar.slider, Qt.Key.Key_Left)
    assert bar.slider.value() == marks[1] - 1
    bar.forward.click()
    assert bar.slider.value() == marks[1]
    bar.date.setDate(bar.date.date().addDays(3))
    assert bar.slider.value() == marks[1] + 3
    bar.today.click()
    assert bar.slider.value() == axis.last
    assert not bar.today.isEnabled()
    assert not bar.forward.isEnabled()


def test_it_plays_from_the_beginning_to_the_present_and_stops(qtbot, bar, axis):
    moved = []
    bar._timer.setInterval(5)
    bar.moved.connect(moved.append)
    bar.play.click()
    qtbot.waitUntil(lambda: not bar.is_playing and bar.slider.value() == axis.last)
    assert moved == [0, *list(axis.marks)[:2], axis.last]


def test_other_days_leave_who_looks_at_the_present_there(bar, axis):
    bar.show_axis(TimeAxis(axis.days, axis.today + timedelta(days=2)))
    assert bar.slider.value() == bar.slider.axis.last == axis.last + 2
    bar.slider.setValue(5)
    bar.show_axis(axis)
    assert bar.slider.value() == 5


# --- in the window

NOW = clock.now()


def ago(days):
    return NOW - timedelta(days=days)


@pytest.fixture
def history(sample_path, monkeypatch):
    """The sample made 20 days ago: a border moved 10 days ago, a cell deleted 5 days ago."""
    with elsewhere(sample_path) as other:
        other.execute("UPDATE journal_transaction SET at = ?", (clock.timestamp(ago(20)),))
    with open_workspace(sample_path) as opened, monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: ago(10))
        with opened.transaction(STEP) as tx:
            tx.connection.execute("UPDATE organisation SET name = '新名', phone = '新号'")
        patch.setattr(clock, "now", lambda: ago(5))
        with opened.transaction(STEP) as tx:
            found = rows.read_features(tx.connection, "organisation", ()).geometry
            moved = blobs.encode(as_objects([found[0].__class__(found[0].x + 5, found[0].y)]), EPSG)
            tx.connection.execute("UPDATE organisation SET geom = ? WHERE rowid = 1", (moved[0],))
            tx.connection.execute("DELETE FROM organisation WHERE rowid = 2")
    return sample_path


@pytest.fixture
def past(start, history, qtbot):
    """The program with its time bar shown."""
    program = start(history)
    program.window.actions_by_id["time_bar"].trigger()
    qtbot.waitUntil(lambda: program.time.bar is not None, timeout=10_000)
    return program


def settle(qtbot, program):
    def is_done():
        view = program.bench.view
        is_idle = program.time.is_idle and program.work.is_idle
        return is_idle and (view is None or view.is_settled)

    qtbot.waitUntil(is_done, timeout=20_000)


def go(qtbot, program, days_ago):
    bar = program.time.bar
    bar.slider.setValue(bar.slider.axis.position_of(ago(days_ago).astimezone().date()))
    settle(qtbot, program)


def painted(program, table="organisation"):
    layer = program.bench.view.layers.get_layer(table)
    return layer.prepared.rows


def test_the_map_follows_the_bar_and_comes_back(qtbot, past):
    today = painted(past)
    go(qtbot, past, 15)
    assert len(painted(past)) == len(today) + 1
    assert past.desk.is_past
    assert "只能查看" in past.window.banner.text.text()
    assert ago(15).astimezone().date().isoformat() in past.window.banner.text.text()
    go(qtbot, past, 0)
    assert not past.desk.is_past
    assert len(painted(past)) == len(today)
    assert "只能查看" not in past.window.banner.text.text()


def test_only_what_differs_is_read(qtbot, past):
    before = {
        table: past.bench.view.layers.get_layer(table).prepared
        for table in past.bench.view.layers.tables
    }
    go(qtbot, past, 15)
    changed = {
        table
        for table, prepared in before.items()
        if past.bench.view.layers.get_layer(table).prepared is not prepared
    }
    assert changed == {"organisation"}


def test_nothing_of_the_past_can_be_changed(qtbot, past):
    actions = past.window.actions_by_id
    assert actions["import"].isEnabled()
    assert actions["undo"].isEnabled()
    assert not actions["bring_back"].isEnabled()
    go(qtbot, past, 15)
    for name in ("import", "undo", "redo", "restore", "repair", "bring_back"):
        assert not actions[name].isEnabled(), name
    assert past.window.search.placeholderText().startswith("搜索今天的数据")
    past.window.show_dock("table")
    assert past.window.table._remark.isVisible()
    past.time.leave()
    settle(qtbot, past)
    assert actions["import"].isEnabled()
    assert actions["undo"].isEnabled()
    assert past.window.table._remark.isHidden()


def click(program, xy, button=Qt.MouseButton.LeftButton):
    view = program.bench.view
    x, y = view.camera.to_pixel(*xy)
    ratio = view.camera.ratio
    place = QPointF(x / ratio, y / ratio).toPoint()
    QTest.mouseClick(view.viewport(), button, pos=place)


def values(program):
    grid = program.window.details.values
    return {grid.item(n, 0).text(): grid.item(n, 1).text() for n in range(grid.rowCount())}


def find_gone(program, today):
    layer = painted(program)
    gone = set(layer.ids.tolist()) - set(today.ids.tolist())
    (row,) = [n for n, id_ in enumerate(layer.ids.tolist()) if id_ in gone]
    shapes = layer.shapes[0]
    return layer.ids[row], tuple(shapes.xy[list(shapes.rows).index(row)])


def test_a_row_of_then_is_clicked_told_and_brought_back(qtbot, past, notices, idle):
    today = painted(past)
    go(qtbot, past, 15)
    gone, xy = find_gone(past, today)
    past.bench.view.zoom_to((xy[0] - 40, xy[1] - 40, xy[0] + 40, xy[1] + 40))
    settle(qtbot, past)
    click(past, xy)
    qtbot.waitUntil(lambda: past.bench.selection.is_row("organisation", gone))
    settle(qtbot, past)
    assert values(past)["名称"] != "新名"
    assert past.window.details.bring_back.isVisible()
    past.window.details.bring_back.click()
    qtbot.waitUntil(lambda: bool(notices.asked), timeout=10_000)
    qtbot.waitUntil(lambda: not past.desk.is_past, timeout=10_000)
    settle(qtbot, past)
    assert len(painted(past)) == len(today) + 1
    assert past.bench.selection.is_row("organisation", gone)
    assert values(past)["名称"] != "新名"
    assert past.window.details.bring_back.isHidden()
    assert notices.faults == notices.warnings == []


def test_a_no_changes_nothing(qtbot, past, notices):
    notices.agrees = False
    today = painted(past)
    go(qtbot, past, 15)
    gone, _ = find_gone(past, today)
    before = content(past.desk.workspace)
    past.bench.select("organisation", [gone])
    past.window.actions_by_id["bring_back"].trigger()
    qtbot.waitUntil(lambda: bool(notices.asked), timeout=10_000)
    settle(qtbot, past)
    assert past.desk.is_past
    assert content(past.desk.workspace) == before


def test_the_maps_own_menu_offers_it_in_the_past_only(qtbot, past):
    today = painted(past)
    offer = past.window.actions_by_id["bring_back"]
    go(qtbot, past, 15)
    gone, xy = find_gone(past, today)
    past.bench.view.zoom_to((xy[0] - 40, xy[1] - 40, xy[0] + 40, xy[1] + 40))
    settle(qtbot, past)
    menu = past.places.context_menu(xy)
    assert menu.actions()[0] is offer
    assert past.bench.selection.is_row("organisation", gone)
    assert offer.isEnabled()
    go(qtbot, past, 0)
    assert offer not in past.places.context_menu(xy).actions()


def test_a_row_that_is_not_on_the_map_of_then_is_selected_no_longer(qtbot, past):
    today = painted(past)
    go(qtbot, past, 15)
    gone, _ = find_gone(past, today)
    past.bench.select("organisation", [gone])
    go(qtbot, past, 0)
    qtbot.waitUntil(lambda: not past.bench.selection, timeout=5_000)


def test_fast_scrubbing_ends_where_the_slider_ends(qtbot, past):
    today = painted(past)
    slider = past.time.bar.slider
    for position in [*range(slider.maximum(), 0, -1), *range(12), 3, 18, 2]:
        slider.setValue(position)
        qtbot.wait(3)
    settle(qtbot, past)
    assert past.desk.moment == slider.axis.moment_at(2)
    assert len(painted(past)) == len(today) + 1


def test_leaving_closing_and_opening_again_leave_nothing_of_the_past(qtbot, past, history):
    go(qtbot, past, 15)
    past.window.actions_by_id["close"].trigger()
    assert past.time.bar is None
    assert not past.desk.is_past
    assert past.window.search.placeholderText() != "搜索今天的数据（Ctrl+F）"
    past.files.open_path(str(history))
    qtbot.waitUntil(lambda: past.bench.has_painted, timeout=20_000)
    settle(qtbot, past)
    assert past.window.actions_by_id["import"].isEnabled()
    assert past.window.banner.isHidden()


def test_two_maps_and_the_time_bar_take_turns(qtbot, past):
    go(qtbot, past, 15)
    past.window.actions_by_id["linked_maps"].trigger()
    settle(qtbot, past)
    assert past.time.bar is None
    assert not past.desk.is_past
    past.window.actions_by_id["time_bar"].trigger()
    qtbot.waitUntil(lambda: past.time.bar is not None, timeout=10_000)
    assert past.comparing.compare is None
    settle(qtbot, past)


def test_a_change_while_the_bar_is_open_gets_its_mark(qtbot, past):
    bar = past.time.bar
    assert bar.slider.axis.last not in bar.slider.axis.marks
    past.window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: bar.slider.axis.last in bar.slider.axis.marks, timeout=10_000)
    settle(qtbot, past)
