"""The base map in the window: shown, remembered, dropped onto it, set, and gone."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from tests.exchange.test_geotiff import write as write_tif

from gridmap.base.settings import Settings
from gridmap.exchange.geotiff_library import rasterio
from gridmap.services.basemaps import BaseMapRequest
from gridmap.services.layers import LayerSource
from gridmap.services.workspaces import open_existing
from gridmap.ui.dialogs.base_map import BaseMapDialog


@pytest.fixture
def photo(sample_path: Path, tmp_path: Path) -> Path:
    """Write a pink picture of the sample's ground and far around it."""
    with open_existing(sample_path, read_only=True) as opened:
        xmin, ymin, xmax, ymax = LayerSource(opened).load("subdistrict", ()).bounds
    x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
    bands = np.zeros((3, 600, 600), np.uint8)
    bands[0], bands[2] = 255, 255
    path = write_tif(
        tmp_path / "航拍.tif",
        bands,
        transform=rasterio.transform.from_origin(x - 3000, y + 3000, 10, 10),
    )
    with rasterio.open(path, "r+") as file:
        file.update_tags(TIFFTAG_COPYRIGHT="© 航拍 2026")
    return path


def corner(program) -> tuple[int, int, int]:
    """Return the colour of the map's lower right corner, above the credit."""
    view = program.bench.view
    image = view.grab().toImage()
    colour = image.pixelColor(image.width() - 12, image.height() // 2)
    return colour.red(), colour.green(), colour.blue()


def inside(program) -> set[str]:
    """Return the colours in the middle of the map."""
    image = program.bench.view.grab().toImage()
    x, y = image.width() // 2, image.height() // 2
    near = range(-150, 150)
    return {f"{image.pixel(x + step, y + step // 2) & 0xFFFFFF:06x}" for step in near}


def show(program, path, qtbot, idle) -> None:
    program.bench.show_base_map(path)
    qtbot.waitUntil(lambda: program.bench.base_maps.shown is not None, timeout=10_000)
    idle(program)


def test_it_is_painted_below_the_layers_and_its_maker_named(program, photo, qtbot, idle) -> None:
    before = corner(program)
    show(program, photo, qtbot, idle)
    assert corner(program) == (255, 0, 255)
    assert "ff00ff" in inside(program), "the office's own ground lets it be seen"
    bar = program.window.layers.base_map
    assert bar.isVisible()
    assert "航拍" in bar.name.text()
    credit = program.bench.view.findChild(object, "credit")
    assert credit.text() == "© 航拍 2026"
    assert credit.geometry().right() == program.bench.view.width() - 1
    program.window.actions_by_id["no_basemap"].trigger()
    idle(program)
    assert corner(program) == before
    assert not bar.isVisible()


def test_its_opacity_follows_the_slider_and_is_remembered(program, photo, qtbot, idle) -> None:
    show(program, photo, qtbot, idle)
    program.window.layers.base_map.opacity.setValue(50)
    qtbot.waitUntil(lambda: 120 < corner(program)[1] < 135, timeout=5_000)
    workspace = program.desk.workspace.path
    qtbot.waitUntil(
        lambda: program.bench.base_maps.memory.find(workspace).opacity == 0.5, timeout=5_000
    )


def test_the_next_start_shows_it_again(start, sample_path, photo, qtbot, idle) -> None:
    first = start(sample_path)
    show(first, photo, qtbot, idle)
    kept = first.memory.settings
    first.close()
    second = start(sample_path, kept)
    qtbot.waitUntil(lambda: second.bench.base_maps.shown is not None, timeout=10_000)
    idle(second)
    assert corner(second) == (255, 0, 255)
    second.window.actions_by_id["no_basemap"].trigger()
    assert second.bench.base_maps.memory.find(sample_path) is None
    assert [each.path for each in second.bench.base_maps.memory.recent] == [photo]


def test_a_base_map_that_is_gone_is_told_in_passing(
    start, sample_path, photo, qtbot, idle, notices
) -> None:
    first = start(sample_path)
    show(first, photo, qtbot, idle)
    kept = first.memory.settings
    first.close()
    photo.unlink()
    second = start(sample_path, kept)
    said = second.window.status
    qtbot.waitUntil(lambda: "上次的底图没有打开" in said.currentMessage(), timeout=10_000)
    assert photo.name in said.currentMessage()
    assert notices.warnings == []


def test_memory_that_makes_no_sense_is_left_out(start, sample_path) -> None:
    for text in ("no json", "[1]", '{"workspaces": 3, "recent": [1, {"path": 4}]}'):
        program = start(None, Settings(base_maps=text))
        assert program.bench.base_maps.memory.find(sample_path) is None
        assert program.bench.base_maps.memory.recent == ()
        program.close()


def drop(program, path: Path) -> bool:
    """Drag a file over the map and let it go; return whether it was taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    with_left = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    place = program.bench.view.viewport()
    enter = QDragEnterEvent(QPoint(9, 9), *with_left, plain)
    QApplication.sendEvent(place, enter)  # Qt hands it upwards until somebody takes it
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(9, 9), *with_left, plain, QEvent.Type.Drop)
    QApplication.sendEvent(place, event)
    return event.isAccepted()


def test_a_file_dropped_onto_the_window_becomes_the_base_map(
    program, photo, qtbot, tmp_path
) -> None:
    assert not program.bench.view.viewport().acceptDrops(), "the window takes it"
    assert not drop(program, tmp_path / "list.xlsx")
    assert drop(program, photo)
    qtbot.waitUntil(lambda: program.bench.base_maps.shown is not None, timeout=10_000)


def test_a_wrong_file_is_told_and_the_old_base_map_stays(
    program, photo, qtbot, idle, notices, tmp_path
) -> None:
    show(program, photo, qtbot, idle)
    broken = tmp_path / "broken.tif"
    broken.write_text("nothing")
    program.bench.show_base_map(broken)
    qtbot.waitUntil(lambda: len(notices.warnings) == 1, timeout=5_000)
    idle(program)
    assert program.bench.base_maps.shown.request.path == photo
    assert corner(program) == (255, 0, 255)


def test_the_last_one_that_was_asked_for_stays(program, photo, qtbot, idle, tmp_path) -> None:
    black = write_tif(tmp_path / "black.tif", np.zeros((1, 64, 64), np.uint8))
    for path in (black, photo, black, photo):
        program.bench.show_base_map(path)
    idle(program)
    assert program.bench.base_maps.shown.request.path == photo


def test_leaving_the_workspace_while_it_is_opened_leaves_nothing(program, photo, idle) -> None:
    program.bench.show_base_map(photo)
    program.desk.close()
    idle(program)
    assert program.bench.base_maps.shown is None


def test_settings_shift_it_and_a_thought_better_of_changes_nothing(
    program, photo, qtbot, idle
) -> None:
    show(program, photo, qtbot, idle)
    program.window.actions_by_id["basemap_settings"].trigger()
    dialog = program.window.findChild(BaseMapDialog)
    dialog.opacity.setValue(30)
    dialog.reject()
    assert program.bench.base_maps.shown.request == BaseMapRequest(photo)
    program.window.actions_by_id["basemap_settings"].trigger()
    dialog = next(each for each in program.window.findChildren(BaseMapDialog) if each.isVisible())
    dialog.crs.setText("Beijing")
    dialog.try_to_accept()
    assert dialog.isVisible(), "it says what is wrong"
    dialog.crs.setText("")
    dialog.datum.setCurrentIndex(dialog.datum.findData("gcj02"))
    dialog.try_to_accept()
    qtbot.waitUntil(lambda: program.bench.base_maps.shown.request.datum == "gcj02", timeout=10_000)


def test_recent_base_maps_stand_in_the_menu(program, photo, qtbot, idle) -> None:
    menu = program.window.base_map_menu
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False]
    show(program, photo, qtbot, idle)
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    assert str(photo) in action.text()
    assert action.isChecked()


def test_overviews_are_built_and_the_base_map_shown_anew(
    program, tmp_path, qtbot, idle, photo
) -> None:
    show(program, photo, qtbot, idle)
    opened = program.bench.base_maps.shown
    program.grounds.build_overviews(opened.request)
    qtbot.waitUntil(lambda: photo.with_name(photo.name + ".ovr").exists(), timeout=10_000)
    qtbot.waitUntil(lambda: program.bench.base_maps.shown is not opened, timeout=10_000)
    assert "概视图" in program.window.status.currentMessage()


def test_a_second_map_begins_with_the_same_base_map(program, photo, qtbot, idle) -> None:
    show(program, photo, qtbot, idle)
    program.window.actions_by_id["linked_maps"].trigger()
    companion = program.comparing.compare.companion

    def is_pink() -> bool:
        image = companion.grab().toImage()
        top = {image.pixel(x, 12) & 0xFFFFFF for x in range(0, image.width(), 5)}
        return 0xFF00FF in top

    qtbot.waitUntil(is_pink, timeout=10_000)
    program.window.actions_by_id["linked_maps"].trigger()
    idle(program)
    assert corner(program) == (255, 0, 255), "the first one keeps its own"
