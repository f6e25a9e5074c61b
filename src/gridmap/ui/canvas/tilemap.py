"""Keeps the window filled with tiles: asks for those that lack, paints those that are there."""

import contextlib
import logging
import math
import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from gridmap.report.marks import reach
from gridmap.report.paint import hides_ground
from gridmap.ui.canvas.camera import TILE, Block, Camera, TileKey, block_around, resolution_of
from gridmap.ui.canvas.layers import LayerStack, Recipe
from gridmap.ui.canvas.source import Ground
from gridmap.ui.canvas.tiles import Begun, Signature, Tile, TileStore, paint_block, signature
from gridmap.ui.canvas.workers import PAINTERS, Workers

_log = logging.getLogger(__name__)
_IN_FLIGHT = PAINTERS + 1
"""Little is asked for at once, so that a moved window is answered at once."""
_BLOCK_S = 0.06
"""How long painting a block may take: a large one spares work, a small one is there soon."""
_BRIEF_S = 0.04
"""What takes less than this is painted in one block by each painter; else in two, since the window
may be full on one side only."""
_AT_ONCE_S = 0.2
"""What takes less than this in all is not cut into smaller pieces than there are painters."""
_FIRST_TILE_S = 0.01
"""How long a tile is thought to take while nothing is known yet."""
_PAUSE_MS = 180
"""While layers arrive one by one, tiles are painted anew only so often."""
_GROUND_PAUSE_MS = 60
"""While a base map's squares arrive one by one, tiles are painted anew only so often."""
_GROUND_AGAIN_MS = 5_000
"""When a base map that could not be read (a stick that was pulled out?) is tried again."""
_FADING = 0.8
"""How much of a costly block is remembered by the next one: tiles beside the town cost nothing."""
_GROUND, _TILE = "base map", "tile"
_AHEAD = 1
"""Rings of tiles around the window that are painted when nothing else is to do."""


class TileMap(QObject):
    """The painted map under a camera. Everything happens in the interface thread but painting."""

    changed = Signal()
    """Something new can be shown."""
    settled = Signal()
    """The window is filled, and nothing in it is old."""
    failed = Signal(str, object)
    """A tile, or what lies below it, could not be painted: nothing, and the exception. Once."""
    _ground_changed = Signal(object, bool)

    def __init__(self, layers: LayerStack, workers: Workers, parent: QObject) -> None:
        super().__init__(parent)
        self._layers = layers
        self._workers = workers
        self._store = TileStore()
        self._camera = Camera()
        self._ground: Ground | None = None
        self._ground_epoch = 0
        self._ground_changes = {True: 0, False: 0}
        """How often all of the base map, or what lacked of it, could be painted better."""
        self._in_flight: set[TileKey] = set()
        self._failed: set[TileKey] = set()
        """Tiles that are tried again when something changes, not before."""
        self._told: set[str] = set()
        self._recipe: Recipe = ()
        self._signature: Signature = ()
        self._blocks = 0
        """How many blocks are being painted."""
        self._tile_s: dict[int, float] = {}
        """How long a tile of each scale took."""
        self._is_settled = True
        self.painted_tiles = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._ground_pause = QTimer(self)
        self._ground_pause.setSingleShot(True)
        self._ground_pause.setInterval(_GROUND_PAUSE_MS)
        self._ground_pause.timeout.connect(self.refresh)
        self._ground_again = QTimer(self)
        self._ground_again.setSingleShot(True)
        self._ground_again.setInterval(_GROUND_AGAIN_MS)
        self._ground_again.timeout.connect(lambda: self._on_ground(self._ground, is_all=False))
        self._ground_changed.connect(self._on_ground, Qt.ConnectionType.QueuedConnection)
        layers.spoilt.connect(self._on_spoilt)
        layers.arranged.connect(self.refresh)

    # --- what is asked of it ----------------------------------------------------------------------

    def look(self, camera: Camera) -> None:
        """Show the ground under ``camera`` from now on."""
        if camera.ratio != self._camera.ratio:
            self._store.clear()
        self._camera = camera
        self._store.need(len(camera.tiles(_AHEAD)))
        self.refresh()

    def set_ground(self, ground: Ground | None) -> None:
        """Paint something below all layers, or nothing; what was there before is retired."""
        if self._ground is not None:
            self._ground.retire()
        self._ground_again.stop()
        self._ground = ground
        self._ground_epoch += 1
        self._told.discard(_GROUND)
        self._store.forget_ground(self._camera.level)
        if ground is not None:
            ground.on_change(lambda is_all: self._ground_told(ground, is_all))
        self.refresh()

    def _ground_told(self, ground: Ground, is_all: bool) -> None:
        """Runs in any thread."""
        with contextlib.suppress(RuntimeError):  # the map is gone
            self._ground_changed.emit(ground, is_all)

    def _on_ground(self, ground: Ground | None, is_all: bool) -> None:
        if ground is not None and ground is self._ground:
            self._ground_changes[is_all] += 1
            self._store.spoil_ground(is_all=is_all)
            if not self._ground_pause.isActive():
                self._ground_pause.start()

    def share_room(self, maps: int) -> None:
        """Keep only so many tiles that so many maps have the room of one."""
        self._store.share_room(maps)

    def refresh(self) -> None:
        """Ask for what the window lacks."""
        recipe = self._layers.recipe(self._camera.denominator)
        if self._ground is not None:
            recipe = tuple(
                step for step in recipe if not hides_ground(step.layer.style, step.which)
            )
        self._recipe = recipe
        self._signature = signature(self._recipe)
        self._failed.clear()
        self._is_settled = False
        self._next()
        self.changed.emit()

    @property
    def is_settled(self) -> bool:
        """Return whether the window is filled with what is loaded."""
        if self._pause.isActive() or self._ground_pause.isActive():
            return False
        return not any(self._is_wanted(key) for key in self._camera.tiles())

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is being painted, not even what lies around the window."""
        return self.is_settled and not self._in_flight

    def paint(self, painter: QPainter) -> None:
        """Paint the tiles; where one is not there yet, what other scales show of its ground."""
        camera = self._camera
        tiles = {key: self._store.find(key) for key in camera.tiles()}
        painter.save()
        painter.scale(1 / camera.ratio, 1 / camera.ratio)  # to device pixels: nothing is resampled
        if any(tile is None or not tile.has_picture for tile in tiles.values()):
            self._paint_other_scales(painter)
        for key, tile in tiles.items():
            if tile is not None and tile.picture is not None:
                x, y = key.column * TILE - camera.x, key.row * TILE - camera.y
                painter.drawImage(x, y, tile.picture)
        painter.restore()

    # --- scheduling -------------------------------------------------------------------------------

    def _is_wanted(self, key: TileKey) -> bool:
        if key in self._failed:
            return False
        tile = self._store.find(key)
        if tile is None or tile.is_ground_old or not tile.has_picture:
            return True
        return tile.recipe != self._signature

    def _next(self) -> None:
        """Have the next tiles painted: the window's own first, then those around it."""
        wanted = self._wanted(self._camera.tiles())
        while wanted and self._blocks < _IN_FLIGHT:
            wanted = self._start(wanted)
        if self._blocks:
            return  # what lies around can wait until the window is done
        if not self._is_settled:
            self._is_settled = True
            self._workers.tidy()
            self.settled.emit()
        if self._layers.is_complete:
            around = self._wanted(self._camera.tiles(_AHEAD))
            if around:
                self._start(around)

    def _wanted(self, keys: list[TileKey]) -> dict[TileKey, int]:
        """Return the tiles that are to be painted, with how much of each is painted already."""
        has_ground = self._ground is not None
        wanted: dict[TileKey, int] = {}
        for key in keys:
            if key not in self._in_flight and self._is_wanted(key):
                tile = self._store.find(key)
                begun = tile.begun(self._signature, has_ground=has_ground) if tile else 0
                wanted[key] = begun
        return wanted

    def _start(self, wanted: dict[TileKey, int]) -> dict[TileKey, int]:
        """Have the first of the wanted tiles painted, with neighbours; return the other ones."""
        first, most = self._choose(wanted)
        steps = wanted[first]
        alike = {key for key, begun in wanted.items() if begun == steps}
        block = block_around(first, alike, most)
        self._paint_block(block, self._begun(block, steps))
        return {key: begun for key, begun in wanted.items() if key not in self._in_flight}

    def _choose(self, wanted: dict[TileKey, int]) -> tuple[TileKey, int]:
        """Return with which tile the next block begins, and how many it may have.

        What takes no time is shared out among the painters from one side; what does is begun in
        the middle, and shown piece by piece.
        """
        first = next(iter(wanted))
        whole_s = self._cost(first.level) * len(wanted)
        if whole_s > _AT_ONCE_S:
            return first, max(1, math.ceil(len(wanted) * _BLOCK_S / whole_s))
        first = min(wanted, key=lambda key: (key.column, key.row))
        window = self._camera.tiles()
        columns, rows = ({key.column for key in window}, {key.row for key in window})
        parts = PAINTERS if whole_s < _BRIEF_S else 2 * PAINTERS
        return first, math.ceil(len(columns) / parts) * len(rows)

    def _begun(self, block: Block, steps: int) -> Begun:
        if not steps:
            return Begun()
        images: dict[TileKey, QImage | None] = {}
        for key in block.keys:
            tile = self._store.find(key)
            if tile is not None:
                images[key] = tile.picture if tile.over is None else tile.over
        return Begun(steps, images)

    def _cost(self, level: int) -> float:
        """Return how long a tile takes, as far as is known: at this scale, or the nearest one."""
        if not self._tile_s:
            return _FIRST_TILE_S
        return self._tile_s[min(self._tile_s, key=lambda other: abs(other - level))]

    def _paint_block(self, block: Block, begun: Begun) -> None:
        self._in_flight.update(block.keys)
        self._blocks += 1
        ratio, recipe, ground = self._camera.ratio, self._recipe, self._ground
        epoch, changes = self._ground_epoch, dict(self._ground_changes)

        def work() -> tuple[dict[TileKey, Tile], float]:
            start = time.thread_time()
            painted = paint_block(block, ratio, recipe, begun, ground)
            return painted, time.thread_time() - start

        def done() -> None:
            self._in_flight.difference_update(block.keys)
            self._blocks -= 1

        def then(result: tuple[dict[TileKey, Tile], float]) -> None:
            done()
            painted, took_s = result
            if not begun.steps:
                known_s = self._tile_s.get(block.level, 0.0)
                self._tile_s[block.level] = max(took_s / len(painted), known_s * _FADING, 1e-4)
            self.painted_tiles += len(painted)
            is_right = epoch == self._ground_epoch and ratio == self._camera.ratio
            if is_right:
                self._keep(painted, changes)
            self._next()
            self.changed.emit()

        def failed(error: Exception) -> None:
            done()
            if signature(recipe) == self._signature:
                self._failed.update(block.keys)
            self._next()
            self._tell(_TILE, error)

        self._workers.paint(work, then, failed)

    def _keep(self, painted: dict[TileKey, Tile], changes: dict[bool, int]) -> None:
        """Keep tiles; ``changes`` is how often the base map had changed when they were begun."""
        for key, tile in painted.items():
            tile.is_ground_old = self._ground_changes[True] != changes[True] or (
                not tile.is_ground_whole and self._ground_changes[False] != changes[False]
            )
            self._store.put(key, tile)
            if tile.ground_error is not None:
                self._tell(_GROUND, tile.ground_error)
                self._ground_again.start()

    def _tell(self, what: str, error: Exception) -> None:
        """Tell once what was not painted: the next tile would say the same."""
        if what not in self._told:
            self._told.add(what)
            _log.error("%s not painted", what, exc_info=error)
            self.failed.emit("", error)

    def _on_spoilt(self, table: str, boxes: NDArray[np.float64] | None) -> None:
        layer = self._layers.get_layer(table)
        margin_px = reach(layer.style, math.inf) * self._camera.ratio
        self._store.spoil(table, boxes, layer.epoch, margin_px)
        if self._layers.is_complete:
            self._pause.stop()
            self.refresh()
        elif not self._pause.isActive():
            self._pause.start()

    # --- painting ---------------------------------------------------------------------------------

    def _target(self, key: TileKey) -> QRectF:
        """Return where a tile of any scale lies in the window, in device pixels."""
        camera = self._camera
        side = TILE * resolution_of(key.level) / camera.resolution
        return QRectF(key.column * side - camera.x, key.row * side - camera.y, side, side)

    def _paint_other_scales(self, painter: QPainter) -> None:
        window = QRectF(0, 0, self._camera.width, self._camera.height)
        near = sorted(
            self._store.others(self._camera.level),
            key=lambda entry: -abs(entry[0].level - self._camera.level),
        )
        for key, tile in near:
            target = self._target(key)
            if tile.picture is not None and target.intersects(window):
                painter.drawImage(target, tile.picture)
