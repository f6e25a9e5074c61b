"""What cannot be painted is told once, and everything else is shown."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from tests.ui.canvas.helpers import ORIGIN

from gridmap.geo.pyramid import moves
from gridmap.report.basemap import Basemap
from gridmap.report.basemap_squares import EncodedSquares
from gridmap.ui.canvas import tilemap
from gridmap.ui.canvas.view import MapView

RED = QColor("#FF0000")
X, Y = ORIGIN


def colour_at(view: MapView, east: float, north: float) -> QColor:
    x, y = view.camera.to_pixel(east, north)
    return view.grab().toImage().pixelColor(QPoint(round(x), round(y)))


@pytest.fixture
def told(view: MapView) -> list[tuple[str, str]]:
    """Return what the map told of failures."""
    made: list[tuple[str, str]] = []
    view.failed.connect(lambda table, error: made.append((table, str(error))))
    return made


def test_layers_are_shown_above_a_base_map_that_cannot_be_read(view, settle, told, logged) -> None:
    def read(_zoom: int, _x: int, _y: int) -> bytes:
        raise OSError("the disk is gone")

    for times in (1, 2):
        view.set_ground(Basemap(EncodedSquares(read), moves(4548, 3857)))
        settle(view)
        assert colour_at(view, X + 150, Y + 180) == RED
        assert told == [("", "the disk is gone")] * times, "each base map tells once"
        assert len(logged) == times


def test_a_tile_that_could_not_be_painted_is_tried_again(
    view, settle, told, logged, monkeypatch
) -> None:
    def fail(*_args: object) -> None:
        raise MemoryError("no picture")

    with monkeypatch.context() as broken:
        broken.setattr(tilemap, "paint_block", fail)
        view._tiles._store.clear()
        view._tiles.refresh()
        settle(view)
    assert told == [("", "no picture")]
    assert len(logged) == 1
    assert colour_at(view, X + 150, Y + 180) != RED
    view.centre_on((X + 500, Y + 480))
    settle(view)
    assert colour_at(view, X + 150, Y + 180) == RED
