"""What lies over the tiles and changes with the window: labels, and what is selected."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from gridmap.model.style import Marker, Style, Symbol
from gridmap.report.labels import paint_labels, place_labels
from gridmap.report.paint import paint_layer
from gridmap.report.prepared import PreparedLayer
from gridmap.report.view import PaintView
from gridmap.ui.canvas.camera import Camera
from gridmap.ui.canvas.layers import LayerStack
from gridmap.ui.canvas.workers import Workers

_log = logging.getLogger(__name__)
_MARGIN = 128
"""Device pixels around the window that are dressed too, so that a short pan shows no bare rim."""
_REST_MS = 60
_HIGHLIGHT = Symbol(
    fill="#4D00B8D9", outline="#0086A8", width=2.6, casing="#E6FFFFFF", casing_width=1.6,
    marker=Marker.CIRCLE, size=13,
)  # fmt: skip

Selection = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class _Dressed:
    camera: Camera
    picture: QImage
    selection: Selection
    missing: Selection
    """The selected rows that their layer does not have."""
    checked: frozenset[str]
    """Tables that were there anew when it began."""


class Dress(QObject):
    """Labels and selection as one picture, made in a worker once the window is at rest."""

    changed = Signal()
    gone = Signal(str, object)
    """A table, and which of its selected rows a new source does not have (a frozenset of ids)."""

    def __init__(self, layers: LayerStack, workers: Workers, parent: QObject) -> None:
        super().__init__(parent)
        self._layers = layers
        self._workers = workers
        self._camera = Camera()
        self._selection: Selection = {}
        self._dressed: _Dressed | None = None
        self._doubted: set[str] = set()
        """Tables of the selection whose rows are on their way from another source."""
        self._loaded: set[str] = set()
        """Those of them that are there now."""
        self._is_busy = False
        self._is_wanted = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._start)
        layers.loaded.connect(self._on_loaded)
        layers.arranged.connect(self.refresh)

    @property
    def is_settled(self) -> bool:
        """Return whether what is shown is right."""
        return not (self._is_busy or self._is_wanted or self._rest.isActive())

    def look(self, camera: Camera) -> None:
        """Dress the ground under ``camera`` from now on."""
        if camera != self._camera:
            self._camera = camera
            self.refresh()

    def select(self, selection: Selection) -> None:
        """Highlight these rows, by table."""
        self._selection = selection
        self._rest.start(0)

    def doubt(self, tables: Iterable[str]) -> None:
        """Look, as soon as these tables are there anew, whether what is selected still is."""
        self._doubted, self._loaded = set(tables), set()

    def refresh(self) -> None:
        """Make the picture anew, once nothing has moved for a moment."""
        self._rest.start(_REST_MS)

    def paint(self, painter: QPainter) -> None:
        """Paint the picture where its ground is now; one of another scale is left out."""
        dressed, camera = self._dressed, self._camera
        if dressed is None or dressed.camera.level != camera.level:
            return
        x, y = dressed.camera.x - camera.x, dressed.camera.y - camera.y
        width, height = dressed.picture.width(), dressed.picture.height()
        ratio = camera.ratio
        target = QRectF(x / ratio, y / ratio, width / ratio, height / ratio)
        painter.drawImage(target, dressed.picture)

    def _start(self) -> None:
        if self._is_busy:
            self._is_wanted = True
            return
        self._is_busy, self._is_wanted = True, False
        camera = self._camera
        wide = replace(
            camera, x=camera.x - _MARGIN, y=camera.y - _MARGIN,
            width=camera.width + 2 * _MARGIN, height=camera.height + 2 * _MARGIN,
        )  # fmt: skip
        layers, selection = self._layers.shown(), self._selection
        loaded = frozenset(self._loaded)
        self._workers.paint(
            lambda: _dress(wide, layers, selection, loaded), self._take, self._failed
        )

    def _on_loaded(self, table: str) -> None:
        if table in self._doubted and self._layers.get_layer(table).coarse_from is None:
            self._loaded.add(table)
        self.refresh()

    def _take(self, dressed: _Dressed) -> None:
        self._is_busy = False
        self._dressed = dressed
        self.changed.emit()
        if dressed.selection is self._selection:
            self._tell_missing(dressed)
        if self._is_wanted:
            self._start()

    def _tell_missing(self, dressed: _Dressed) -> None:
        for table in self._loaded & dressed.checked & set(dressed.missing):
            self._doubted.discard(table)
            self._loaded.discard(table)
            if dressed.missing[table]:
                self.gone.emit(table, dressed.missing[table])

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        _log.error("labels not painted", exc_info=error)


def _dress(
    camera: Camera, layers: list[PreparedLayer], selection: Selection, loaded: frozenset[str]
) -> _Dressed:
    """Runs in a worker thread."""
    picture = QImage(camera.width, camera.height, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(QColor(0, 0, 0, 0))
    xmin, _ymin, _xmax, ymax = camera.extent
    view = PaintView(xmin, ymax, camera.resolution, camera.width, camera.height, camera.ratio)
    missing: dict[str, frozenset[str]] = {}
    painter = QPainter(picture)
    try:
        for layer in layers:
            ids = selection.get(layer.table)
            if ids:
                missing[layer.table] = ids - _highlight(painter, view, layer, ids)
        paint_labels(painter, place_labels(view, layers, is_steady=True), ratio=camera.ratio)
    finally:
        painter.end()
    return _Dressed(camera, picture, selection, missing, loaded)


def _highlight(
    painter: QPainter, view: PaintView, layer: PreparedLayer, ids: frozenset[str]
) -> frozenset[str]:
    """Paint the rows that are there, and return their ids."""
    rows = np.fromiter((id_ in ids for id_ in layer.rows.ids), bool, len(layer.rows))
    style = Style(layer.table, _HIGHLIGHT, is_overlapping=True)
    parts = []
    for part in layer.parts:
        chosen = np.flatnonzero(rows[part.shapes.rows])
        parts.append(part.take(chosen, class_=0))
    chosen_layer = PreparedLayer(style, layer.rows, tuple(parts), None)
    paint_layer(painter, view, chosen_layer)
    return frozenset(layer.rows.ids[rows])
