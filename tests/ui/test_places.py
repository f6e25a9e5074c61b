"""Going to pasted coordinates, copying coordinates, and the map's own menu."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gridmap.base.settings import load_settings
from gridmap.services import places
from gridmap.ui.app import Program
from gridmap.ui.canvas.view import MapView
from gridmap.ui.tools.go_to import GoToPanel

Idle = Callable[[Program], None]
PLACE = (604_450.0, 4_296_250.0)


def view_of(program: Program) -> MapView:
    assert program.bench.view is not None
    return program.bench.view


def told(program: Program, datum: places.Datum | None) -> str:
    return places.told(PLACE, program.desk.get_workspace().epsg, datum)


@pytest.fixture
def asked(program: Program, idle: Idle) -> Callable[[str], GoToPanel]:
    """Open the panel on what lies in the clipboard, and wait for the answer."""

    def ask(text: str) -> GoToPanel:
        QGuiApplication.clipboard().setText(text)
        program.window.actions_by_id["go_to"].trigger()
        assert program.places.panel is not None
        idle(program)
        return program.places.panel

    return ask


def test_pasted_coordinates_show_three_pins_and_a_digit_chooses(
    qtbot: QtBot, program: Program, asked: Callable[[str], GoToPanel], idle: Idle
) -> None:
    panel = asked(told(program, "gcj02"))
    assert panel.list.count() == 3
    assert program.places.pins is not None
    assert len(program.places.pins.places) == 3
    xmin, ymin, xmax, ymax = view_of(program).extent
    for x, y in program.places.pins.places:
        assert xmin < x < xmax
        assert ymin < y < ymax
    qtbot.keyClick(panel.list, Qt.Key.Key_2)
    idle(program)
    assert program.places.panel is None
    assert view_of(program).camera.denominator < 2_500
    camera = view_of(program).camera
    middle = camera.to_ground(camera.width / 2, camera.height / 2)
    assert middle == pytest.approx(PLACE, abs=2)
    assert len(program.places.pins.places) == 1
    assert load_settings().pasted_datum == "gcj02"


def test_arrows_look_at_a_pin_and_enter_goes_there(
    qtbot: QtBot, program: Program, asked: Callable[[str], GoToPanel]
) -> None:
    panel = asked(told(program, "wgs84"))
    assert program.places.pins is not None
    assert program.places.pins.chosen == panel.list.currentRow() == 0
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert program.places.pins.chosen == 1
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert load_settings().pasted_datum == "gcj02"


def test_digits_are_typed_while_the_line_has_the_focus(
    qtbot: QtBot, program: Program, asked: Callable[[str], GoToPanel], idle: Idle
) -> None:
    panel = asked("没有坐标")
    assert panel.line.text() == ""
    panel.line.setFocus()
    qtbot.keyClicks(panel.line, "118.2, 38.8")
    assert panel.line.text() == "118.2, 38.8"
    qtbot.waitUntil(lambda: panel.list.count() == 3)


def test_what_is_no_place_is_told_in_the_panel(
    qtbot: QtBot, program: Program, asked: Callable[[str], GoToPanel], idle: Idle
) -> None:
    panel = asked("")
    panel.show_text("https://surl.amap.com/5Kx9dk3")
    idle(program)
    assert "短链接" in panel.hint.text()
    assert not panel.go.isEnabled()
    assert not panel.list.isVisible()


def test_escape_looks_again_where_one_looked_before(
    qtbot: QtBot, program: Program, asked: Callable[[str], GoToPanel]
) -> None:
    before = view_of(program).camera
    panel = asked("116.397,39.908")  # far away
    assert view_of(program).camera != before
    qtbot.keyClick(panel.list, Qt.Key.Key_Escape)
    assert view_of(program).camera == before
    assert program.places.pins is None


def test_metres_have_one_pin(program: Program, asked: Callable[[str], GoToPanel]) -> None:
    assert asked(told(program, None)).list.count() == 1


def test_a_click_on_the_map_takes_the_pin_away(
    qtbot: QtBot, program: Program, asked: Callable[[str], GoToPanel]
) -> None:
    panel = asked(told(program, None))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert program.places.pins is not None
    qtbot.mouseClick(view_of(program).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert program.places.pins is None


def test_a_late_answer_to_a_closed_panel_is_dropped(
    qtbot: QtBot, program: Program, idle: Idle
) -> None:
    QGuiApplication.clipboard().setText(told(program, "wgs84"))
    program.window.actions_by_id["go_to"].trigger()
    program.places.close_panel()
    idle(program)
    assert program.places.pins is None


def actions(menu: QMenu) -> dict[str, QAction]:
    return {action.text().partition("(&")[0].strip("…"): action for action in menu.actions()}


def test_the_maps_menu_copies_coordinates_in_every_datum(program: Program) -> None:
    menu = program.places.context_menu(PLACE)
    copy = menu.actions()[0].menu()
    assert isinstance(copy, QMenu)
    wanted = [told(program, datum) for datum in (*places.DATUMS, None)]
    copied = []
    for action in copy.actions():
        action.trigger()
        copied.append(QGuiApplication.clipboard().text())
    assert copied == wanted
    menu.deleteLater()


def test_the_maps_menu_begins_to_measure_there(program: Program) -> None:
    menu = program.places.context_menu(PLACE)
    actions(menu)["在此量距"].trigger()
    assert program.measuring.tool is not None
    assert program.measuring.tool.points == [PLACE]
    menu.deleteLater()


def test_copied_coordinates_lead_back_to_where_they_were_copied(
    qtbot: QtBot, program: Program, asked: Callable[[str], GoToPanel]
) -> None:
    view = view_of(program)
    qtbot.mouseMove(view.viewport(), QPoint(10, 10))
    view.moved.emit(PLACE)
    program.places._copy(PLACE, "bd09")
    asked(QGuiApplication.clipboard().text())
    readings = program.places.readings
    assert readings is not None
    assert readings.readings[2].xy == pytest.approx(PLACE, abs=0.15)


def test_closing_the_workspace_with_the_panel_open_leaves_nothing(
    program: Program, asked: Callable[[str], GoToPanel]
) -> None:
    asked(told(program, "wgs84"))
    program.files.close()
    assert program.places.panel is None
    assert program.places.pins is None
