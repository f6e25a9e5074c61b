"""Tiles that are painted, some of them in one go, and kept."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from gridmap.report.paint import Pass, paint_layer
from gridmap.report.turns import give_way
from gridmap.report.view import PaintView
from gridmap.ui.canvas.camera import TILE, Block, TileKey, resolution_of
from gridmap.ui.canvas.layers import Recipe, Step
from gridmap.ui.canvas.source import Ground

PAPER = QColor("#FBFAF7")
"""What the map lies on."""
_BYTES = 4 * TILE * TILE
_MEBIBYTE = 1024 * 1024
_PICTURES_BYTES = 40 * _MEBIBYTE
_MARGIN_PX = 26.0  # how far a feature's line or marker reaches beyond its box

Part = tuple[str, Pass]
Signature = tuple[tuple[Part, int, float], ...]


@dataclass
class Tile:
    """What is known of one tile; where nothing is to be seen there is no picture."""

    picture: QImage | None = None
    recipe: Signature = ()
    has_picture: bool = False
    over: QImage | None = None
    """The layers alone, where something lies below them that may change."""
    ground_error: Exception | None = None
    """Why nothing, or not all, is painted below the layers."""
    is_ground_whole: bool = True
    is_ground_old: bool = False
    """Whether what lies below the layers can be painted better now."""

    @property
    def picture_bytes(self) -> int:
        """Return how much memory the pictures take."""
        return _BYTES * ((self.picture is not None) + (self.over is not None))

    def begun(self, wanted: Signature, *, has_ground: bool) -> int:
        """Return how many steps of a recipe are painted already, and need not be again."""
        is_usable = self.over is not None or not (has_ground or self.is_ground_old)
        if not is_usable or wanted[: len(self.recipe)] != self.recipe:
            return 0
        return len(self.recipe)


@dataclass(frozen=True)
class Begun:
    """The first steps of a recipe, painted already: what shows them, tile by tile."""

    steps: int = 0
    images: Mapping[TileKey, QImage | None] = field(default_factory=dict)


def signature(recipe: Recipe) -> Signature:
    """Return what a picture was made of, to be compared."""
    return tuple((step.part, step.epoch, step.opacity) for step in recipe)


def paint_block(
    block: Block, ratio: float, recipe: Recipe, begun: Begun, ground: Ground | None
) -> dict[TileKey, Tile]:
    """Paint neighbouring tiles in one go. Runs in a worker thread."""
    left, top = block.corner
    width, height = block.columns * TILE, block.rows * TILE
    view = PaintView(left, top, resolution_of(block.level), width, height, ratio)
    layers = _new_image(view, has_ground=ground is not None)
    has_layers = _lay(layers, block, begun)
    for step in recipe[begun.steps :]:
        has_layers |= _paint_step(layers, step, view)
        give_way()
    tile = Tile(recipe=signature(recipe), has_picture=True)
    picture: QImage | None = layers if has_layers else None
    over: QImage | None = None
    if ground is not None:
        over = picture
        picture, tile.ground_error, tile.is_ground_whole = _on_ground(layers, view, ground)
    return {
        key: replace(tile, picture=_piece(picture, block, key), over=_piece(over, block, key))
        for key in block.keys
    }


def _new_image(view: PaintView, *, has_ground: bool) -> QImage:
    """Return what the layers are painted on: paper, or nothing where something lies below."""
    image = QImage(
        view.width,
        view.height,
        QImage.Format.Format_ARGB32_Premultiplied if has_ground else QImage.Format.Format_RGB32,
    )
    if has_ground:
        image.fill(0)
    else:
        image.fill(PAPER)
    return image


def _lay(image: QImage, block: Block, begun: Begun) -> bool:
    """Lay what is painted already into its places; return whether there is anything."""
    kept = {key: one for key, one in begun.images.items() if one is not None}
    if kept:
        painter = QPainter(image)
        try:
            for key, one in kept.items():
                painter.drawImage(*block.place_of(key), one)
        finally:
            painter.end()
    return bool(kept)


def _paint_step(image: QImage, step: Step, view: PaintView) -> bool:
    if step.opacity >= 1.0:
        return _paint_layer(image, step, view)
    thin = _new_image(view, has_ground=True)
    has_painted = _paint_layer(thin, step, view)
    if has_painted:
        painter = QPainter(image)
        try:
            painter.setOpacity(step.opacity)
            painter.drawImage(0, 0, thin)
        finally:
            painter.end()
    return has_painted


def _paint_layer(image: QImage, step: Step, view: PaintView) -> bool:
    painter = QPainter(image)
    try:
        return paint_layer(painter, view, step.layer, step.which)
    finally:
        painter.end()


def _on_ground(
    layers: QImage, view: PaintView, ground: Ground
) -> tuple[QImage, Exception | None, bool]:
    picture = _new_image(view, has_ground=False)
    error, is_whole = _paint_ground(picture, view, ground)
    painter = QPainter(picture)
    try:
        painter.drawImage(0, 0, layers)
    finally:
        painter.end()
    return picture, error, is_whole


def _piece(image: QImage | None, block: Block, key: TileKey) -> QImage | None:
    if image is None or len(block.keys) == 1:
        return image
    return image.copy(*block.place_of(key), TILE, TILE)


def _paint_ground(
    picture: QImage, view: PaintView, ground: Ground
) -> tuple[Exception | None, bool]:
    """Paint what lies below; a file that cannot be read is no reason to lack the layers."""
    painter = QPainter(picture)
    try:
        return None, ground(painter, view)
    except Exception as error:  # noqa: BLE001 - handed on to the interface thread
        return error, False
    finally:
        painter.end()


class TileStore:
    """The tiles that are kept, the longest unused dropped first."""

    def __init__(self, most_bytes: int = _PICTURES_BYTES) -> None:
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()
        self._most_bytes = most_bytes
        self._needed_bytes = 0
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._tiles)

    def find(self, key: TileKey) -> Tile | None:
        """Return a tile, as it is, and note that it was used."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def put(self, key: TileKey, tile: Tile) -> None:
        """Keep a tile."""
        old = self._tiles.pop(key, None)
        if old is not None:
            self._count(old, -1)
        self._tiles[key] = tile
        self._count(tile, +1)
        self._shrink()

    def _count(self, tile: Tile, sign: int) -> None:
        self._bytes += sign * tile.picture_bytes

    def share_room(self, maps: int) -> None:
        """Keep only so much that this and other maps together have the room of one."""
        self._most_bytes = _PICTURES_BYTES // maps
        self._shrink()

    def need(self, tiles: int) -> None:
        """Have room for so many tiles, whatever else: what is seen must not push itself out."""
        self._needed_bytes = tiles * _BYTES

    def _shrink(self) -> None:
        most = max(self._most_bytes, self._needed_bytes)
        while self._bytes > most and len(self._tiles) > 1:
            _key, dropped = self._tiles.popitem(last=False)
            self._count(dropped, -1)

    def spoil(
        self,
        table: str,
        boxes: NDArray[np.float64] | None,
        epoch: int,
        margin_px: float = _MARGIN_PX,
    ) -> None:
        """Note that a table's pictures are wrong in the boxes (or everywhere); others stay right.

        Only what was right until now does: an older picture has missed a change before this one.
        Pictures stay until better ones come: better old than empty. ``margin_px`` is how many
        device pixels a row's symbol reaches beyond its box.
        """
        for key, tile in self._tiles.items():
            if boxes is None or _is_met(key, boxes, margin_px):
                continue
            tile.recipe = tuple(
                (part, epoch if part[0] == table and old == epoch - 1 else old, opacity)
                for part, old, opacity in tile.recipe
            )

    def spoil_ground(self, *, is_all: bool) -> None:
        """Note that what lies below the layers is old: where it lacked something, or everywhere.

        The pictures stay until better ones come.
        """
        for tile in self._tiles.values():
            tile.is_ground_old |= is_all or not tile.is_ground_whole

    def forget_ground(self, level: int) -> None:
        """Note that something else lies below the layers; only pictures of one scale stay."""
        for key, tile in self._tiles.items():
            tile.is_ground_old = True
            if key.level != level:
                self._count(tile, -1)
                tile.picture, tile.over, tile.has_picture = None, None, False

    def others(self, level: int) -> Iterable[tuple[TileKey, Tile]]:
        """Return the pictures of other scales, the last used last."""
        return [
            (key, tile)
            for key, tile in self._tiles.items()
            if key.level != level and tile.picture is not None
        ]

    def clear(self) -> None:
        """Drop everything."""
        self._tiles.clear()
        self._bytes = 0


def _is_met(key: TileKey, boxes: NDArray[np.float64], margin_px: float) -> bool:
    xmin, ymin, xmax, ymax = key.extent
    margin = margin_px * (xmax - xmin) / TILE
    met = (
        (boxes[:, 0] <= xmax + margin)
        & (boxes[:, 2] >= xmin - margin)
        & (boxes[:, 1] <= ymax + margin)
        & (boxes[:, 3] >= ymin - margin)
    )
    return bool(met.any())
