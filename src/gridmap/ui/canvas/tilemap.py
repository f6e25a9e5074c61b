"""Keeps the window filled with tiles: asks for those that lack, paints those that are there."""

import logging

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter

from gridmap.ui.canvas.camera import TILE, Camera, TileKey, resolution_of
from gridmap.ui.canvas.layers import LayerStack, Recipe
from gridmap.ui.canvas.source import Ground
from gridmap.ui.canvas.tiles import Tile, TileStore, paint_tile, signature
from gridmap.ui.canvas.workers import PAINTERS, Workers

_log = logging.getLogger(__name__)
_IN_FLIGHT = PAINTERS + 1
"""Few tiles are asked for at once, so that a moved window is answered at once."""
_PAUSE_MS = 180
"""While layers arrive one by one, tiles are painted anew only so often."""
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

    def __init__(self, layers: LayerStack, workers: Workers, parent: QObject) -> None:
        super().__init__(parent)
        self._layers = layers
        self._workers = workers
        self._store = TileStore()
        self._camera = Camera()
        self._ground: Ground | None = None
        self._ground_epoch = 0
        self._in_flight: set[TileKey] = set()
        self._failed: set[TileKey] = set()
        """Tiles that are tried again when something changes, not before."""
        self._told: set[str] = set()
        self._recipe: Recipe = ()
        self._signature: tuple[object, ...] = ()
        self._is_settled = True
        self.painted_tiles = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        layers.spoilt.connect(self._on_spoilt)
        layers.arranged.connect(self.refresh)

    # --- what is asked of it ----------------------------------------------------------------------

    def look(self, camera: Camera) -> None:
        """Show the ground under ``camera`` from now on."""
        if camera.ratio != self._camera.ratio:
            self._store.clear()
        self._camera = camera
        self.refresh()

    def set_ground(self, ground: Ground | None) -> None:
        """Paint something below all layers, or nothing; what was there before is retired."""
        if self._ground is not None:
            self._ground.retire()
        self._ground = ground
        self._ground_epoch += 1
        self._told.discard(_GROUND)
        self._store.clear()
        self.refresh()

    def refresh(self) -> None:
        """Ask for what the window lacks."""
        self._recipe = self._layers.recipe(self._camera.denominator)
        self._signature = signature(self._recipe)
        self._failed.clear()
        self._is_settled = False
        self._next()
        self.changed.emit()

    @property
    def is_settled(self) -> bool:
        """Return whether the window is filled with what is loaded."""
        if self._pause.isActive():
            return False
        return not any(self._is_wanted(key) for key in self._camera.tiles())

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is being painted, not even what lies around the window."""
        return self.is_settled and not self._in_flight

    def paint(self, painter: QPainter) -> None:
        """Paint the tiles; where one is not there yet, what other scales show of its ground."""
        keys = self._camera.tiles()
        tiles = {key: self._store.find(key) for key in keys}
        if any(tile is None or not tile.has_picture for tile in tiles.values()):
            self._paint_other_scales(painter)
        for key, tile in tiles.items():
            if tile is not None and tile.picture is not None:
                painter.drawImage(self._target(key), tile.picture)

    # --- scheduling -------------------------------------------------------------------------------

    def _is_wanted(self, key: TileKey) -> bool:
        if key in self._failed:
            return False
        tile = self._store.find(key)
        return tile is None or tile.recipe != self._signature or not tile.has_picture

    def _next(self) -> None:
        """Have the next tiles painted: the window's own first, then those around it."""
        if len(self._in_flight) >= _IN_FLIGHT:
            return
        for key in self._camera.tiles():
            if key not in self._in_flight and self._is_wanted(key):
                self._start(key)
                if len(self._in_flight) >= _IN_FLIGHT:
                    return
        if self._in_flight:
            return  # what lies around can wait until the window is done
        if not self._is_settled:
            self._is_settled = True
            self.settled.emit()
        for key in self._camera.tiles(_AHEAD):
            if self._layers.is_complete and self._is_wanted(key):
                self._start(key)
                return

    def _start(self, key: TileKey) -> None:
        self._in_flight.add(key)
        known = self._store.find(key)
        kept = dict(known.parts) if known else {}
        ratio, recipe, ground = self._camera.ratio, self._recipe, self._ground
        epoch = self._ground_epoch

        def work() -> Tile:
            return paint_tile(key, ratio, recipe, kept, ground)

        def then(tile: Tile) -> None:
            self._in_flight.discard(key)
            self.painted_tiles += 1
            is_right = epoch == self._ground_epoch and ratio == self._camera.ratio
            if is_right:
                self._store.put(key, tile)
            self._next()
            self.changed.emit()
            if is_right and tile.ground_error is not None:
                self._tell(_GROUND, tile.ground_error)

        def failed(error: Exception) -> None:
            self._in_flight.discard(key)
            if signature(recipe) == self._signature:
                self._failed.add(key)
            self._next()
            self._tell(_TILE, error)

        self._workers.paint(work, then, failed)

    def _tell(self, what: str, error: Exception) -> None:
        """Tell once what was not painted: the next tile would say the same."""
        if what not in self._told:
            self._told.add(what)
            _log.error("%s not painted", what, exc_info=error)
            self.failed.emit("", error)

    def _on_spoilt(self, table: str, boxes: NDArray[np.float64] | None) -> None:
        self._store.spoil(table, boxes, self._layers.get_layer(table).epoch)
        if self._layers.is_complete:
            self._pause.stop()
            self.refresh()
        elif not self._pause.isActive():
            self._pause.start()

    # --- painting ---------------------------------------------------------------------------------

    def _target(self, key: TileKey) -> QRectF:
        """Return where a tile of any scale lies in the window, in style pixels."""
        camera = self._camera
        scale = resolution_of(key.level) / camera.resolution
        side = TILE * scale
        x, y = key.column * side - camera.x, key.row * side - camera.y
        ratio = camera.ratio
        return QRectF(x / ratio, y / ratio, side / ratio, side / ratio)

    def _paint_other_scales(self, painter: QPainter) -> None:
        window = QRectF(
            0, 0, self._camera.width / self._camera.ratio, self._camera.height / self._camera.ratio
        )
        near = sorted(
            self._store.others(self._camera.level),
            key=lambda entry: -abs(entry[0].level - self._camera.level),
        )
        for key, tile in near:
            target = self._target(key)
            if tile.picture is not None and target.intersects(window):
                painter.drawImage(target, tile.picture)
