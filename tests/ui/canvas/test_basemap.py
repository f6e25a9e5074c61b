import math

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from gridmap.geo.crs import transform_xy
from gridmap.report.view import PaintView
from gridmap.ui.canvas.basemap import WEB_MERCATOR, Basemap

WORLD_M = 2 * math.pi * 6378137.0
BEIJING = np.array([[116.46, 39.92]])


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp


def png(colour: str) -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def chessboard(zoom: int, x: int, y: int) -> bytes:
    return BLACK if (x + y) % 2 else WHITE


@pytest.fixture(autouse=True)
def squares(qapp: object) -> None:
    global BLACK, WHITE
    BLACK, WHITE = png("#000000"), png("#FFFFFF")


def beijing_view(resolution: float = 1.0) -> PaintView:
    x, y = transform_xy(BEIJING, 4326, 4548)[0]
    return PaintView(x - 128 * resolution, y + 128 * resolution, resolution, 256, 256)


def painted(basemap: Basemap, view: PaintView) -> QImage:
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF0000"))
    painter = QPainter(image)
    basemap(painter, view)
    painter.end()
    return image


def test_squares_lie_where_their_ground_is() -> None:
    view = beijing_view()
    basemap = Basemap(chessboard, 4548)
    image = painted(basemap, view)
    zoom = basemap.squares(view)[0][0]
    side = WORLD_M / 2**zoom
    wrong = 0
    for row in range(0, 256, 8):
        for column in range(0, 256, 8):
            ground = np.array([[view.left + column + 0.5, view.top - row - 0.5]])
            x, y = transform_xy(ground, 4548, WEB_MERCATOR)[0]
            at = (x + WORLD_M / 2) / side, (WORLD_M / 2 - y) / side
            near_edge = min(abs(part - round(part)) for part in at) < 2 / 256
            black = (math.floor(at[0]) + math.floor(at[1])) % 2 == 1
            shown = image.pixelColor(column, row).lightness() < 128
            wrong += not near_edge and black != shown
    assert wrong == 0


def test_no_seam_shines_through() -> None:
    image = painted(Basemap(lambda *square: BLACK, 4548), beijing_view())
    reds = [image.pixelColor(x, y).red() for x in range(256) for y in range(256)]
    assert max(reds) < 40


def test_a_missing_square_leaves_the_paper() -> None:
    image = painted(Basemap(lambda *square: None, 4548), beijing_view())
    assert image.pixelColor(100, 100) == QColor("#FF0000")


def test_a_broken_square_leaves_the_paper() -> None:
    image = painted(Basemap(lambda *square: b"no image", 4548), beijing_view())
    assert image.pixelColor(100, 100) == QColor("#FF0000")


def test_nearer_than_the_finest_squares_they_are_enlarged() -> None:
    basemap = Basemap(chessboard, 4548, max_zoom=15)
    assert {zoom for zoom, _x, _y in basemap.squares(beijing_view(0.05))} == {15}


def test_far_beyond_the_coarsest_squares_nothing_is_painted() -> None:
    basemap = Basemap(chessboard, 4548, min_zoom=16)
    assert basemap.squares(beijing_view(50.0)) == []


def test_each_square_is_read_once() -> None:
    asked = []
    basemap = Basemap(lambda *square: asked.append(square), 4548)
    for _ in range(3):
        painted(basemap, beijing_view())
    assert len(asked) == len(set(asked)) > 0


def test_a_retired_base_map_reads_nothing() -> None:
    asked = []
    basemap = Basemap(lambda *square: asked.append(square), 4548)
    basemap.retire()
    assert painted(basemap, beijing_view()).pixelColor(9, 9) == QColor("#FF0000")
    assert asked == []
