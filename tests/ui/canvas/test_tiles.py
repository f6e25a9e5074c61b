import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from tests.ui.canvas.helpers import ORIGIN, STYLES, Source

from gridmap.report.paint import Pass
from gridmap.report.prepared import prepare
from gridmap.report.view import PaintView
from gridmap.ui.canvas.camera import TILE, TileKey
from gridmap.ui.canvas.layers import Step
from gridmap.ui.canvas.tiles import Tile, TileStore, paint_tile, signature

KEY = TileKey(0, int(ORIGIN[0] // TILE) + 2, int(-ORIGIN[1] // TILE) - 1)
PART = ("cell", Pass.GROUND)


def step(table: str, epoch: int = 1, opacity: float = 1.0) -> Step:
    style = STYLES[table]
    layer = prepare(Source().load(table, style.fields), style)
    return Step(layer, Pass.GROUND, opacity, epoch)


def picture() -> QImage:
    return QImage(TILE, TILE, QImage.Format.Format_RGB32)


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp


def test_a_tile_is_painted_from_its_layers() -> None:
    tile = paint_tile(KEY, 1.0, (step("cell"), step("sensor")), {}, None)
    assert tile.picture is not None
    assert tile.picture.pixelColor(128, 128) == QColor("#FF0000")
    assert tile.parts["sensor", Pass.GROUND] == (1, None)  # nothing of it lies here


def test_a_tile_with_nothing_has_no_picture() -> None:
    tile = paint_tile(TileKey(0, 0, 0), 1.0, (step("cell"),), {}, None)
    assert tile.has_picture
    assert tile.picture is None


def test_pictures_that_are_right_are_not_painted_again() -> None:
    kept = QImage(TILE, TILE, QImage.Format.Format_ARGB32_Premultiplied)
    kept.fill(QColor("#00FF00"))
    tile = paint_tile(KEY, 1.0, (step("cell"),), {PART: (1, kept)}, None)
    assert tile.picture is not None
    assert tile.picture.pixelColor(9, 9) == QColor("#00FF00")
    tile = paint_tile(KEY, 1.0, (step("cell", epoch=2),), {PART: (1, kept)}, None)
    assert tile.picture is not None
    assert tile.picture.pixelColor(9, 9) == QColor("#FF0000")


def test_opacity_thins_a_layer() -> None:
    tile = paint_tile(KEY, 1.0, (step("cell", opacity=0.5),), {}, None)
    assert tile.picture is not None
    colour = tile.picture.pixelColor(9, 9)
    assert colour.red() > 240
    assert 110 < colour.green() < 140


def stored(*keys: TileKey) -> TileStore:
    store = TileStore()
    for key in keys:
        recipe = (step("cell"),)
        store.put(key, Tile({PART: (1, picture())}, picture(), signature(recipe), True))
    return store


def test_only_tiles_that_meet_the_boxes_are_spoilt() -> None:
    near, far = KEY, TileKey(KEY.level, KEY.column + 4, KEY.row)
    store = stored(near, far)
    xmin, ymin, *_ = near.extent
    store.spoil("cell", np.array([[xmin + 50, ymin + 50, xmin + 60, ymin + 60]]), 2)
    fresh = signature((step("cell", epoch=2),))
    assert store.find(near).parts == {}
    assert store.find(near).recipe != fresh
    assert store.find(near).picture is not None  # better old than empty
    assert store.find(far).parts[PART][0] == 2
    assert store.find(far).recipe == fresh


def test_a_later_change_elsewhere_makes_no_old_picture_right() -> None:
    far = TileKey(KEY.level, KEY.column + 4, KEY.row)
    store = stored(KEY, far)
    boxes = {key: np.array([[*key.extent[:2], *key.extent[:2]]]) for key in (KEY, far)}
    store.spoil("cell", boxes[KEY], 2)
    late = paint_tile(KEY, 1.0, (step("cell", epoch=1),), {}, None)
    store.spoil("cell", boxes[far], 3)
    assert store.find(KEY).recipe == signature((step("cell", epoch=1),))
    store.put(KEY, late)  # begun before the first change
    store.spoil("cell", boxes[far], 4)
    assert store.find(KEY).parts == {}
    assert store.find(KEY).recipe == signature((step("cell", epoch=1),))


def test_a_spoilt_box_reaches_as_far_as_its_markers() -> None:
    store = stored(KEY)
    xmin, ymin, *_ = KEY.extent
    store.spoil("cell", np.array([[xmin - 10, ymin + 5, xmin - 5, ymin + 9]]), 2)
    assert store.find(KEY).parts == {}


def test_other_tables_stay_right() -> None:
    store = stored(KEY)
    store.spoil("sensor", None, 7)
    assert store.find(KEY).recipe == signature((step("cell"),))
    store.spoil("cell", None, 7)
    assert store.find(KEY).parts == {}


def test_the_longest_unused_tile_is_dropped_first() -> None:
    size = 4 * TILE * TILE
    store = TileStore(pictures_bytes=3 * size, parts_bytes=2 * size)
    keys = [TileKey(0, n, 0) for n in range(5)]
    for key in keys:
        store.put(key, Tile({PART: (1, picture())}, picture(), (), True))
        store.find(keys[0])
    assert [key for key in keys if store.find(key)] == [keys[0], keys[3], keys[4]]
    assert sum(bool(store.find(key).parts) for key in (keys[0], keys[3], keys[4])) == 2


def test_a_tile_put_twice_counts_once() -> None:
    size = 4 * TILE * TILE
    store = TileStore(pictures_bytes=3 * size, parts_bytes=9 * size)
    for _ in range(10):
        store.put(KEY, Tile({}, picture(), (), True))
    store.put(TileKey(0, 0, 0), Tile({}, picture(), (), True))
    assert len(store) == 2


def test_what_lies_below_is_painted_first() -> None:
    class Ground:
        def __call__(self, painter: QPainter, view: PaintView) -> None:
            painter.fillRect(0, 0, TILE, TILE, QColor("#00FF00"))

        def retire(self) -> None: ...

    ground = Ground()
    nothing = paint_tile(TileKey(0, 0, 0), 1.0, (), {}, ground)
    assert nothing.picture.pixelColor(5, 5) == QColor("#00FF00")
    covered = paint_tile(KEY, 1.0, (step("cell"),), {}, ground)
    assert covered.picture.pixelColor(5, 5) == QColor("#FF0000")
