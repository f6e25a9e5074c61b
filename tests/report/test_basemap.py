"""Base maps lie on the right metre, whole, and never hold up the layers."""

import math
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from gridmap.geo.crs import WEB_MERCATOR, transform_xy
from gridmap.geo.ground import GroundKind, GroundTile
from gridmap.geo.offsets import from_wgs84
from gridmap.geo.pyramid import MERCATOR_M, Pyramid, Square, moves
from gridmap.geo.shapes import box_shapes
from gridmap.report.basemap import Basemap
from gridmap.report.basemap_squares import EncodedSquares, PixelSquares
from gridmap.report.basemap_vectors import VectorSquares
from gridmap.report.view import PaintView

BEIJING = np.array([[116.46, 39.92]])
PAPER = QColor("#FF0000")


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


@pytest.fixture(autouse=True)
def pictures(qapp: object) -> None:
    global BLACK, WHITE
    BLACK, WHITE = png("#000000"), png("#FFFFFF")


def chessboard(_zoom: int, x: int, y: int) -> bytes:
    return BLACK if (x + y) % 2 else WHITE


def tiles(read=chessboard, *, is_patient: bool = True, datum="wgs84", **options) -> Basemap:
    ways = moves(4548, WEB_MERCATOR, datum)
    return Basemap(EncodedSquares(read, **options), ways, is_patient=is_patient)


def beijing_view(resolution: float = 1.0, side: int = 256) -> PaintView:
    x, y = transform_xy(BEIJING, 4326, 4548)[0]
    half = side / 2 * resolution
    return PaintView(x - half, y + half, resolution, side, side)


def painted(basemap: Basemap, view: PaintView) -> QImage:
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    try:
        basemap(painter, view)
    finally:
        painter.end()
    return image


@pytest.mark.parametrize("datum", ["wgs84", "gcj02", "bd09"])
@pytest.mark.parametrize("resolution", [1.0, 37.0])
def test_squares_lie_where_their_ground_is(datum: str, resolution: float) -> None:
    view = beijing_view(resolution)
    basemap = tiles(datum=datum)
    image = painted(basemap, view)
    side = MERCATOR_M / 2 ** (19 - basemap.squares(view)[0][0])
    wrong = 0
    for row in range(0, 256, 8):
        for column in range(0, 256, 8):
            ground = np.array(
                [[view.left + (column + 0.5) * resolution, view.top - (row + 0.5) * resolution]]
            )
            shifted = from_wgs84(transform_xy(ground, 4548, 4326), datum)
            x, y = transform_xy(shifted, 4326, WEB_MERCATOR)[0]
            at = (x + MERCATOR_M / 2) / side, (MERCATOR_M / 2 - y) / side
            near_edge = min(abs(part - round(part)) for part in at) < 1.5 / 256
            black = (math.floor(at[0]) + math.floor(at[1])) % 2 == 1
            shown = image.pixelColor(column, row).lightness() < 128
            wrong += not near_edge and black != shown
    assert wrong == 0


def test_no_seam_shines_through() -> None:
    image = painted(tiles(lambda *_square: BLACK), beijing_view())
    assert max(image.pixelColor(x, y).red() for x in range(256) for y in range(256)) < 40


def test_no_seam_is_seen_where_squares_are_seen_through() -> None:
    basemap = tiles(lambda *_square: BLACK)
    basemap.set_opacity(0.5)
    image = painted(basemap, beijing_view())
    reds = {image.pixelColor(x, y).red() for x in range(256) for y in range(256)}
    assert max(reds) - min(reds) <= 2
    assert 120 <= min(reds) <= 135


@pytest.mark.parametrize("content", [None, b"no image"])
def test_a_missing_or_broken_square_leaves_the_paper(content: bytes | None) -> None:
    assert painted(tiles(lambda *_square: content), beijing_view()).pixelColor(100, 100) == PAPER


def test_a_coarser_square_stands_in_for_one_that_the_file_lacks() -> None:
    def read(zoom: int, _x: int, _y: int) -> bytes | None:
        return BLACK if zoom == 13 else None

    assert painted(tiles(read), beijing_view()).pixelColor(100, 100) == QColor("#000000")


def test_nearer_than_the_finest_squares_they_are_enlarged() -> None:
    basemap = tiles(max_zoom=15)
    assert {level for level, _x, _y in basemap.squares(beijing_view(0.05))} == {0}
    assert painted(basemap, beijing_view(0.05)).pixelColor(100, 100) != PAPER


def test_far_beyond_the_coarsest_squares_nothing_is_painted() -> None:
    assert tiles(min_zoom=16).squares(beijing_view(50.0)) == []


def test_maps_that_are_drawn_keep_their_size_on_a_fine_screen_and_photographs_do_not() -> None:
    fine = PaintView(*(getattr(beijing_view(), name) for name in ("left", "top")), 0.5, 256, 256, 2)
    drawn, photograph = tiles(is_drawn=True), tiles()
    assert drawn.squares(fine)[0][0] == photograph.squares(fine)[0][0] + 1


def test_each_square_is_read_once() -> None:
    asked = []
    basemap = tiles(lambda *square: asked.append(square))
    for _ in range(3):
        painted(basemap, beijing_view())
    assert len(asked) == len(set(asked)) > 0


def test_a_retired_base_map_reads_nothing() -> None:
    asked = []
    basemap = tiles(lambda *square: asked.append(square))
    basemap.retire()
    assert painted(basemap, beijing_view()).pixelColor(9, 9) == PAPER
    assert asked == []


# --- what takes long ------------------------------------------------------------------------------

GRID = Pyramid(4548, (1.0, 0.0, 400_000.0, 0.0, -1.0, 4_500_000.0), 131072, 131072, 9)


class Slow:
    """Gives grey squares, once it may."""

    def __init__(self) -> None:
        self.may_go = threading.Event()
        self.asked: list[Square] = []
        self.fails = False
        self.made: Basemap

    def read(self, square: Square) -> np.ndarray:
        self.asked.append(square)
        assert self.may_go.wait(20)
        if self.fails:
            raise OSError("the stick is gone")
        return np.full((256, 256, 4), 100, np.uint8) | np.array([0, 0, 0, 255], np.uint8)

    def basemap(self) -> Basemap:
        squares = PixelSquares(GRID, self.read, lambda _square: True)
        self.made = Basemap(squares, moves(4548, 4548), is_patient=False)
        return self.made


@pytest.fixture
def slow() -> Iterator[Slow]:
    lent = Slow()
    yield lent
    lent.may_go.set()
    lent.made.retire()


def test_what_takes_long_is_not_waited_for_and_comes_later(slow: Slow) -> None:
    changes: list[bool] = []
    basemap = slow.basemap()
    basemap.on_change(changes.append)
    view = beijing_view()
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    started = time.monotonic()
    assert basemap(painter, view) is False
    assert time.monotonic() - started < 1
    assert image.pixelColor(9, 9) == PAPER
    slow.may_go.set()
    many = len(basemap.squares(view))
    deadline = time.monotonic() + 10
    while len(changes) < many and time.monotonic() < deadline:
        time.sleep(0.01)
    assert changes == [False] * many
    assert basemap(painter, view) is True
    painter.end()
    assert image.pixelColor(9, 9) == QColor(100, 100, 100)
    assert len(slow.asked) == len(set(slow.asked)) == many


def test_a_read_that_fails_is_told_once_and_not_repeated_at_once(slow: Slow) -> None:
    changes: list[bool] = []
    slow.fails = True
    slow.may_go.set()
    basemap = slow.basemap()
    basemap.on_change(changes.append)
    view = beijing_view()
    painted(basemap, view)
    many = len(basemap.squares(view))
    deadline = time.monotonic() + 10
    while len(changes) < many and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises(OSError, match="stick"):
        painted(basemap, view)
    painted(basemap, view)
    assert len(slow.asked) == many


def test_retiring_does_not_wait_for_a_read_under_way(slow: Slow) -> None:
    basemap = slow.basemap()
    painted(basemap, beijing_view())
    started = time.monotonic()
    basemap.retire()
    assert time.monotonic() - started < 0.5


# --- vectors --------------------------------------------------------------------------------------


def test_a_vector_tile_is_drawn_where_its_shapes_are_also_when_enlarged() -> None:
    centre = transform_xy(BEIJING, 4326, WEB_MERCATOR)[0]
    pond = box_shapes(np.array([[*(centre - 60), *(centre + 60)]]))
    ground = GroundTile(((GroundKind.WATER, pond),))
    basemap = Basemap(
        VectorSquares(lambda *_tile: ground, min_zoom=14, max_zoom=14), moves(4548, WEB_MERCATOR)
    )
    view = beijing_view(0.5)
    image = painted(basemap, view)
    corners = np.array([np.add(centre, (x, y)) for x in (-60, 60) for y in (-60, 60)])
    left, top = view.to_pixels(transform_xy(corners, WEB_MERCATOR, 4548)).min(axis=0)
    right, bottom = view.to_pixels(transform_xy(corners, WEB_MERCATOR, 4548)).max(axis=0)
    inside, outside = image.pixelColor(128, 128), image.pixelColor(5, 5)
    assert inside.blue() > inside.red() + 10
    assert abs(outside.blue() - outside.red()) < 12
    blue = [
        x
        for x in range(256)
        if image.pixelColor(x, 128).blue() > image.pixelColor(x, 128).red() + 10
    ]
    assert abs(blue[0] - left) < 2
    assert abs(blue[-1] - right) < 2
    assert bottom > top


def test_vectors_are_left_out_where_far_too_many_would_have_to_be_drawn() -> None:
    asked = []
    squares = VectorSquares(lambda *tile: asked.append(tile), min_zoom=14, max_zoom=14)
    basemap = Basemap(squares, moves(4548, WEB_MERCATOR))
    painted(basemap, beijing_view(40.0))
    assert asked == []
    painted(basemap, beijing_view(8.0))
    assert asked


def test_areas_of_a_kind_that_overlap_leave_no_hole() -> None:
    centre = transform_xy(BEIJING, 4326, WEB_MERCATOR)[0]
    boxes = np.array([[*(centre - 60), *(centre + 60)], [*(centre - 40), *(centre + 40)]])
    ground = GroundTile(((GroundKind.GREEN, box_shapes(boxes)),))
    basemap = Basemap(
        VectorSquares(lambda *_tile: ground, min_zoom=14, max_zoom=14), moves(4548, WEB_MERCATOR)
    )
    image = painted(basemap, beijing_view(0.5))
    assert image.pixelColor(128, 128) == image.pixelColor(60, 128)
