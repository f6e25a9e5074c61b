"""Tiles that are painted, and kept: one picture a layer, and one of all together."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from gridmap.report.paint import Pass, paint_layer
from gridmap.report.turns import give_way
from gridmap.report.view import PaintView
from gridmap.ui.canvas.camera import TILE, TileKey
from gridmap.ui.canvas.layers import Recipe, Step
from gridmap.ui.canvas.source import Ground

PAPER = QColor("#FBFAF7")
"""What the map lies on."""
_BYTES = 4 * TILE * TILE
_MEBIBYTE = 1024 * 1024
_PICTURES_BYTES = 64 * _MEBIBYTE
_PARTS_BYTES = 96 * _MEBIBYTE
"""Pictures of single layers spare work while layers arrive or change; losing them costs that."""
_MARGIN_PX = 26.0  # how far a feature's line or marker reaches beyond its box

Part = tuple[str, Pass]


@dataclass
class Tile:
    """What is known of one tile; ``parts`` hold None for a layer that has nothing there."""

    parts: dict[Part, tuple[int, QImage | None]] = field(default_factory=dict)
    picture: QImage | None = None
    recipe: tuple[tuple[Part, int, float], ...] = ()
    has_picture: bool = False
    ground_error: Exception | None = None
    """Why nothing, or not all, is painted below the layers."""

    @property
    def parts_bytes(self) -> int:
        """Return how much memory the pictures of single layers take."""
        return _BYTES * sum(image is not None for _epoch, image in self.parts.values())

    @property
    def picture_bytes(self) -> int:
        """Return how much memory the picture of all layers takes."""
        return _BYTES if self.picture is not None else 0


def signature(recipe: Recipe) -> tuple[tuple[Part, int, float], ...]:
    """Return what a picture was made of, to be compared."""
    return tuple((step.part, step.epoch, step.opacity) for step in recipe)


def paint_tile(
    key: TileKey,
    ratio: float,
    recipe: Recipe,
    kept: dict[Part, tuple[int, QImage | None]],
    ground: Ground | None,
) -> Tile:
    """Paint what ``kept`` lacks, and lay all on one another. Runs in a worker thread."""
    xmin, _ymin, _xmax, ymax = key.extent
    view = PaintView(xmin, ymax, (key.extent[2] - xmin) / TILE, TILE, TILE, ratio)
    tile = Tile(recipe=signature(recipe), has_picture=True)
    for step in recipe:
        part = kept.get(step.part)
        if part is None or part[0] != step.epoch:
            part = (step.epoch, _paint_step(step, view))
            give_way()
        tile.parts[step.part] = part
    if ground is not None or any(image is not None for _epoch, image in tile.parts.values()):
        tile.picture = _compose(tile, recipe, view, ground)
    return tile


def _paint_step(step: Step, view: PaintView) -> QImage | None:
    image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    try:
        has_painted = paint_layer(painter, view, step.layer, step.which)
    finally:
        painter.end()
    return image if has_painted else None


def _compose(tile: Tile, recipe: Recipe, view: PaintView, ground: Ground | None) -> QImage:
    picture = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    picture.fill(PAPER)
    if ground is not None:
        tile.ground_error = _paint_ground(picture, view, ground)
    painter = QPainter(picture)
    try:
        for step in recipe:
            image = tile.parts[step.part][1]
            if image is not None:
                painter.setOpacity(step.opacity)
                painter.drawImage(0, 0, image)
    finally:
        painter.end()
    return picture


def _paint_ground(picture: QImage, view: PaintView, ground: Ground) -> Exception | None:
    """Paint what lies below; a file that cannot be read is no reason to lack the layers."""
    painter = QPainter(picture)
    try:
        ground(painter, view)
    except Exception as error:  # noqa: BLE001 - handed on to the interface thread
        return error
    finally:
        painter.end()
    return None


class TileStore:
    """The tiles that are kept, the longest unused dropped first."""

    def __init__(
        self, pictures_bytes: int = _PICTURES_BYTES, parts_bytes: int = _PARTS_BYTES
    ) -> None:
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()
        self._pictures_limit = pictures_bytes
        self._parts_limit = parts_bytes
        self._pictures_bytes = 0
        self._parts_bytes = 0

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
        self._pictures_bytes += sign * tile.picture_bytes
        self._parts_bytes += sign * tile.parts_bytes

    def _shrink(self) -> None:
        while self._pictures_bytes > self._pictures_limit and len(self._tiles) > 1:
            _key, dropped = self._tiles.popitem(last=False)
            self._count(dropped, -1)
        for tile in self._tiles.values():
            if self._parts_bytes <= self._parts_limit:
                break
            self._parts_bytes -= tile.parts_bytes
            tile.parts = {}

    def spoil(self, table: str, boxes: NDArray[np.float64] | None, epoch: int) -> None:
        """Drop the pictures of a table in the boxes (or all of them); the rest stays right.

        Only what was right until now does: an older picture has missed a change before this one.
        Pictures of all layers together stay until a better one comes: better old than empty.
        """
        for key, tile in self._tiles.items():
            self._parts_bytes -= tile.parts_bytes
            is_met = boxes is None or _is_met(key, boxes)
            for part in [part for part in tile.parts if part[0] == table]:
                old, image = tile.parts[part]
                if is_met or old != epoch - 1:
                    del tile.parts[part]
                else:
                    tile.parts[part] = (epoch, image)
            if not is_met:
                tile.recipe = tuple(
                    (part, epoch if part[0] == table and old == epoch - 1 else old, opacity)
                    for part, old, opacity in tile.recipe
                )
            self._parts_bytes += tile.parts_bytes

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
        self._pictures_bytes = self._parts_bytes = 0


def _is_met(key: TileKey, boxes: NDArray[np.float64]) -> bool:
    xmin, ymin, xmax, ymax = key.extent
    margin = _MARGIN_PX * (xmax - xmin) / TILE
    met = (
        (boxes[:, 0] <= xmax + margin)
        & (boxes[:, 2] >= xmin - margin)
        & (boxes[:, 1] <= ymax + margin)
        & (boxes[:, 3] >= ymin - margin)
    )
    return bool(met.any())
