import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from tests.ui.canvas.helpers import ORIGIN, STYLES, Source

from gridmap.report.paint import Pass
from gridmap.report.prepared import prepare
from gridmap.report.view import PaintView
from gridmap.ui.canvas.camera import TILE, Block, TileKey, block_around
from gridmap.ui.canvas.layers import Step
from gridmap.ui.canvas.tiles import Begun, Tile, TileStore, paint_block, signature

KEY = TileKey(0, int(ORIGIN[0] // TILE) + 2, int(-ORIGIN[1] // TILE) - 1)


def step(table: str, epoch: int = 1, opacity: float = 1.0) -> Step:
    style = STYLES[table]
    layer = prepare(Source().load(table, style.fields), style)
    return Step(layer, Pass.GROUND, opacity, epoch)


def picture() -> QImage:
    return QImage(TILE, TILE, QImage.Format.Format_RGB32)


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp


ONE = Block(KEY.level, KEY.column, KEY.row)
FOUR = Block(KEY.level, KEY.column - 1, KEY.row, 2, 2)
NOWHERE = Block(0, 0, 0)


def painted(block: Block, *steps: Step, begun: Begun | None = None, ground=None) -> list[Tile]:
    return list(paint_block(block, 1.0, steps, begun or Begun(), ground).values())


def green() -> QImage:
    kept = picture()
    kept.fill(QColor("#00FF00"))
    return kept


def test_a_tile_is_painted_from_its_layers() -> None:
    (tile,) = painted(ONE, step("cell"), step("sensor"))
    assert tile.picture is not None
    assert tile.picture.pixelColor(128, 128) == QColor("#FF0000")
    assert tile.recipe == signature((step("cell"), step("sensor")))


def test_a_tile_with_nothing_has_no_picture() -> None:
    (tile,) = painted(NOWHERE, step("cell"))
    assert tile.has_picture
    assert tile.picture is None


def test_tiles_of_a_block_are_those_painted_alone() -> None:
    steps = step("cell"), step("sensor")
    together = paint_block(FOUR, 1.0, steps, Begun(), None)
    assert list(together) == list(FOUR.keys)
    for key, tile in together.items():
        (alone,) = painted(Block(key.level, key.column, key.row), *steps)
        assert tile.picture.size() == alone.picture.size()
        assert tile.picture == alone.picture


def test_what_is_painted_already_is_not_painted_again() -> None:
    recipe = step("cell"), step("sensor")
    for block in (ONE, FOUR):
        begun = Begun(1, dict.fromkeys(block.keys, green()))
        for tile in painted(block, *recipe, begun=begun):
            assert tile.picture.pixelColor(9, 9) == QColor("#00FF00")
            assert tile.recipe == signature(recipe)


def test_only_the_beginning_of_a_recipe_can_be_there_already() -> None:
    cell, sensor = step("cell"), step("sensor")
    tile = Tile(picture(), signature((cell,)), True)
    assert tile.begun(signature((cell, sensor)), has_ground=False) == 1
    assert tile.begun(signature((sensor, cell)), has_ground=False) == 0
    assert tile.begun(signature((step("cell", epoch=2), sensor)), has_ground=False) == 0
    assert tile.begun(signature((cell,)), has_ground=True) == 0, "the paper would hide the ground"


def test_opacity_thins_a_layer() -> None:
    (tile,) = painted(ONE, step("cell", opacity=0.5))
    assert tile.picture is not None
    colour = tile.picture.pixelColor(9, 9)
    assert colour.red() > 240
    assert 110 < colour.green() < 140


def stored(*keys: TileKey) -> TileStore:
    store = TileStore()
    for key in keys:
        recipe = (step("cell"),)
        store.put(key, Tile(picture(), signature(recipe), True))
    return store


def test_only_tiles_that_meet_the_boxes_are_spoilt() -> None:
    near, far = KEY, TileKey(KEY.level, KEY.column + 4, KEY.row)
    store = stored(near, far)
    xmin, ymin, *_ = near.extent
    store.spoil("cell", np.array([[xmin + 50, ymin + 50, xmin + 60, ymin + 60]]), 2)
    fresh = signature((step("cell", epoch=2),))
    assert store.find(near).recipe != fresh
    assert store.find(near).picture is not None  # better old than empty
    assert store.find(far).recipe == fresh


def test_a_symbol_that_reaches_far_spoils_the_tiles_into_which_it_reaches() -> None:
    fresh = signature((step("cell", epoch=2),))
    beside = TileKey(KEY.level, KEY.column + 1, KEY.row)
    far = TileKey(KEY.level, KEY.column + 4, KEY.row)
    left, bottom, *_ = beside.extent
    box = np.array([[left - 60, bottom + 99, left - 60, bottom + 99]])
    for margin_px, spoilt in ((26.0, {KEY}), (70.0, {KEY, beside}), (np.inf, {KEY, beside, far})):
        store = stored(KEY, beside, far)
        store.spoil("cell", box, 2, margin_px)
        assert {key for key in (KEY, beside, far) if store.find(key).recipe != fresh} == spoilt


def test_a_later_change_elsewhere_makes_no_old_picture_right() -> None:
    far = TileKey(KEY.level, KEY.column + 4, KEY.row)
    store = stored(KEY, far)
    boxes = {key: np.array([[*key.extent[:2], *key.extent[:2]]]) for key in (KEY, far)}
    store.spoil("cell", boxes[KEY], 2)
    (late,) = painted(ONE, step("cell", epoch=1))
    store.spoil("cell", boxes[far], 3)
    assert store.find(KEY).recipe == signature((step("cell", epoch=1),))
    store.put(KEY, late)  # begun before the first change
    store.spoil("cell", boxes[far], 4)
    assert store.find(KEY).recipe == signature((step("cell", epoch=1),))


def test_a_spoilt_box_reaches_as_far_as_its_markers() -> None:
    store = stored(KEY)
    xmin, ymin, *_ = KEY.extent
    store.spoil("cell", np.array([[xmin - 10, ymin + 5, xmin - 5, ymin + 9]]), 2)
    assert store.find(KEY).recipe == signature((step("cell", epoch=1),))


def test_other_tables_stay_right() -> None:
    store = stored(KEY)
    store.spoil("sensor", None, 7)
    assert store.find(KEY).recipe == signature((step("cell"),))
    store.spoil("cell", None, 2)
    assert store.find(KEY).recipe != signature((step("cell", epoch=2),))


def test_the_longest_unused_tile_is_dropped_first() -> None:
    size = 4 * TILE * TILE
    store = TileStore(3 * size)
    keys = [TileKey(0, n, 0) for n in range(5)]
    for key in keys:
        store.put(key, Tile(picture(), (), True))
        store.find(keys[0])
    assert [key for key in keys if store.find(key)] == [keys[0], keys[3], keys[4]]


def test_a_tile_put_twice_counts_once() -> None:
    store = TileStore(3 * 4 * TILE * TILE)
    for _ in range(10):
        store.put(KEY, Tile(picture(), (), True))
    store.put(TileKey(0, 0, 0), Tile(picture(), (), True))
    assert len(store) == 2


def test_what_lies_below_is_painted_first() -> None:
    class Ground:
        def __call__(self, painter: QPainter, view: PaintView) -> None:
            painter.fillRect(0, 0, TILE, TILE, QColor("#00FF00"))

        def retire(self) -> None: ...

    ground = Ground()
    (nothing,) = painted(NOWHERE, ground=ground)
    assert nothing.picture.pixelColor(5, 5) == QColor("#00FF00")
    (covered,) = painted(ONE, step("cell"), ground=ground)
    assert covered.picture.pixelColor(5, 5) == QColor("#FF0000")


def test_a_new_ground_comes_below_layers_that_are_painted_already() -> None:
    class Ground:
        colour = QColor("#00FF00")

        def __call__(self, painter: QPainter, view: PaintView) -> bool:
            painter.fillRect(0, 0, view.width, view.height, self.colour)
            return True

        def retire(self) -> None: ...

    ground, recipe = Ground(), (step("sensor"),)
    there = prepare(Source().load("sensor", ()), STYLES["sensor"]).bounds
    side = TILE
    block = Block(0, int(there[0] // side), int(-there[1] // side))
    (tile,) = painted(block, *recipe, ground=ground)
    assert tile.begun(signature(recipe), has_ground=True) == 1
    ground.colour = QColor("#0000FF")
    begun = Begun(1, {block.keys[0]: tile.over})
    (again,) = painted(block, *recipe, begun=begun, ground=ground)
    ground_again = painted(block, *recipe, ground=ground)[0]
    assert again.picture == ground_again.picture
    assert again.picture != tile.picture


@pytest.mark.parametrize(
    ("most", "columns", "rows"), [(1, 1, 1), (2, 1, 2), (4, 1, 3), (9, 3, 3), (99, 4, 3)]
)
def test_blocks_are_as_high_as_may_be(most: int, columns: int, rows: int) -> None:
    wanted = {TileKey(0, x, y) for x in range(4) for y in range(3)}
    block = block_around(TileKey(0, 1, 1), wanted, most)
    assert (block.columns, block.rows) == (columns, rows)
    assert wanted >= set(block.keys)


def test_a_block_has_only_tiles_that_are_wanted() -> None:
    wanted = {TileKey(0, x, y) for x in range(4) for y in range(3)} - {TileKey(0, 2, 1)}
    block = block_around(TileKey(0, 1, 1), wanted, 99)
    assert wanted >= set(block.keys)
    assert (block.columns, block.rows) == (2, 3)


def test_what_a_large_window_shows_does_not_push_itself_out() -> None:
    store = TileStore(3 * 4 * TILE * TILE)
    keys = [TileKey(0, n, 0) for n in range(9)]
    store.need(len(keys))
    for key in keys:
        store.put(key, Tile(picture(), (), True))
    assert all(store.find(key) for key in keys)
    store.need(2)
    store.put(keys[0], Tile(picture(), (), True))
    assert len(store) == 3
