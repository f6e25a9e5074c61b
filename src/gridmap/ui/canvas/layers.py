"""The layers of the map: which are shown, how strongly, and what of them is still right."""

import contextlib
import gc
import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gridmap.geo.layers import LayerRows
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.style import PIXEL_M, Style
from gridmap.report.paint import SMALL_LENGTH, Pass, passes
from gridmap.report.prepared import AREA, PreparedLayer, prepare
from gridmap.report.view import Extent
from gridmap.ui.canvas.source import MapSource
from gridmap.ui.canvas.workers import Workers

_log = logging.getLogger(__name__)

Touched = Mapping[str, Collection[str] | None]
"""Table to the ids of changed rows; None where any row may have changed."""
_MANY_BOXES = 20_000  # fewer rows are read whole in 60 ms
_NEARLY_ALL = 0.99
_MANY = 400
"""With more changed rows than this, tiles are compared with the box around them all."""


@dataclass
class Layer:
    """One table on the map."""

    style: Style
    is_visible: bool = True
    opacity: float = 1.0
    prepared: PreparedLayer | None = None
    is_loading: bool = False
    is_stale: bool = True
    has_labels: bool = False
    """Names are read only when a scale first shows them: a district has a quarter of a million."""
    coarse_from: float | None = None
    """Set while only boxes are known: they look the same from this scale's denominator on."""
    is_coarse_wrong: bool = False
    """Whether boxes were painted that do not look the same: seen too near, or changed since."""
    has_failed: bool = False
    """Whether the last read failed: it is tried again when something changes, not before."""
    has_told: bool = False
    """Whether that was told; it is told again only where the user asks for the layer anew."""
    epoch: int = 0
    """Counts the changes of what is painted, so that a late tile is known as such."""

    @property
    def table(self) -> str:
        """Return the name of the table."""
        return self.style.table


@dataclass(frozen=True)
class Step:
    """One thing to paint in a tile."""

    layer: PreparedLayer
    which: Pass
    opacity: float
    epoch: int

    @property
    def part(self) -> tuple[str, Pass]:
        """Return what names the picture of this step in a tile."""
        return self.layer.table, self.which


Recipe = tuple[Step, ...]


@dataclass(frozen=True)
class _Read:
    """What a worker read: a layer, the boxes that it spoils, and how coarse it is."""

    prepared: PreparedLayer
    spoilt: NDArray[np.float64] | None
    coarse_from: float | None


class LayerStack(QObject):
    """The layers, undermost first. ``invalidate`` is the only door to drop what was painted."""

    loaded = Signal(str)
    """A table's rows are ready to be painted (for the first time, or anew)."""
    spoilt = Signal(str, object)
    """What was painted of a table is wrong: everywhere (None), or in these boxes (n, 4)."""
    arranged = Signal()
    """Visibility, opacity or order changed; the pictures of single layers stay right."""
    failed = Signal(str, object)
    """A table could not be read: its name and the exception."""

    def __init__(
        self, styles: Mapping[str, Style], source: MapSource, workers: Workers, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._layers = {table: Layer(style) for table, style in styles.items()}
        self._source = source
        self._workers = workers
        self._pending: dict[str, set[str] | None] = {}
        self._denominator = 0.0

    # --- what there is ----------------------------------------------------------------------------

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables, undermost first."""
        return tuple(self._layers)

    def get_layer(self, table: str) -> Layer:
        """Return the layer of ``table``."""
        return self._layers[table]

    def shown(self) -> list[PreparedLayer]:
        """Return the visible layers whose rows are known, undermost first."""
        return [
            layer.prepared
            for layer in self._layers.values()
            if layer.is_visible and layer.prepared is not None and layer.coarse_from is None
        ]

    @property
    def is_complete(self) -> bool:
        """Return whether every layer that is shown at this scale is loaded."""
        layers = self._layers.values()
        return not any(layer.is_loading or self._is_needed(layer) for layer in layers)

    def bounds(self) -> Extent | None:
        """Return the box around everything that is loaded."""
        boxes = [
            layer.prepared.bounds
            for layer in self._layers.values()
            if layer.prepared is not None and layer.prepared.bounds is not None
        ]
        if not boxes:
            return None
        low, high = np.min(boxes, axis=0), np.max(boxes, axis=0)
        return float(low[0]), float(low[1]), float(high[2]), float(high[3])

    def recipe(self, denominator: float) -> Recipe:
        """Return what makes up a tile at a scale, undermost first."""
        steps = []
        for style, which in passes([layer.style for layer in self._layers.values()]):
            layer = self._layers[style.table]
            if layer.prepared is None or not layer.is_visible or not style.is_shown_at(denominator):
                continue
            if which is Pass.BORDER and layer.prepared.borders is None:
                continue
            steps.append(Step(layer.prepared, which, layer.opacity, layer.epoch))
        return tuple(steps)

    # --- arranging --------------------------------------------------------------------------------

    def set_visible(self, table: str, is_visible: bool) -> None:
        """Show or hide a table."""
        layer = self._layers[table]
        if layer.is_visible != is_visible:
            layer.is_visible = is_visible
            layer.has_failed = layer.has_told = False
            self.arranged.emit()
            self.load_needed(self._denominator)

    def set_opacity(self, table: str, opacity: float) -> None:
        """Paint a table more or less strongly (0 to 1)."""
        self._layers[table].opacity = min(max(opacity, 0.0), 1.0)
        self.arranged.emit()

    def set_order(self, tables: Collection[str]) -> None:
        """Paint the tables in this order, undermost first; those not named keep on top."""
        rest = [table for table in self._layers if table not in tables]
        self._layers = {table: self._layers[table] for table in (*tables, *rest)}
        self.arranged.emit()

    # --- loading ----------------------------------------------------------------------------------

    def load_needed(self, denominator: float) -> None:
        """Read what is shown at a scale and not there yet, in the order of painting."""
        has_zoomed = denominator != self._denominator
        self._denominator = denominator
        for layer in self._layers.values():
            layer.has_failed = layer.has_failed and not has_zoomed
            if not self._is_needed(layer):
                continue
            if self._shows_boxes(layer):
                layer.is_coarse_wrong = True
            if not layer.is_loading:
                self._load(layer)

    def refine(self) -> None:
        """Read the rows of which only boxes are known: the map is seen, now there is time."""
        for layer in self._layers.values():
            if layer.coarse_from is not None and not (layer.is_loading or layer.has_failed):
                layer.is_stale = True
                self._load(layer)

    def invalidate(self, touched: Touched) -> None:
        """Read the changed tables anew; only tiles where their rows were or are get repainted."""
        for table, ids in touched.items():
            layer = self._layers.get(table)
            if layer is None:
                continue
            before = self._pending.get(table, set())
            whole = ids is None or before is None
            self._pending[table] = None if whole else {*(before or ()), *(ids or ())}
            layer.is_coarse_wrong = True
            layer.is_stale = True
            layer.has_failed = layer.has_told = False
        self.load_needed(self._denominator)

    def _is_needed(self, layer: Layer) -> bool:
        if not (layer.is_visible and layer.style.is_shown_at(self._denominator)):
            return False
        if layer.has_failed:
            return False
        if self._shows_boxes(layer):
            return True
        return layer.is_stale or (self._wants_labels(layer) and not layer.has_labels)

    def _shows_boxes(self, layer: Layer) -> bool:
        """Return whether the layer, if it is painted, looks different from its rows."""
        return layer.coarse_from is not None and self._denominator < layer.coarse_from

    def _wants_labels(self, layer: Layer) -> bool:
        return layer.style.is_labelled_at(self._denominator)

    def _load(self, layer: Layer) -> None:
        nothing: set[str] = set()
        # a layer that is only missing its labels is read again, but nothing of it has changed
        changed = self._pending.pop(layer.table, None if layer.is_stale else nothing)
        may_be_coarse = layer.prepared is None and _may_be_boxes(layer.style, self._denominator)
        layer.is_loading = True
        layer.is_stale = False
        layer.has_labels = layer.has_labels or self._wants_labels(layer)
        style, old = layer.style, layer.prepared
        fields = style.fields if layer.has_labels else style.class_fields

        def work() -> _Read:
            with _collector_at_rest():
                if may_be_coarse:
                    boxes = self._source.load_boxes(style.table, fields)
                    if len(boxes) >= _MANY_BOXES:
                        return _Read(prepare(boxes, style), None, same_look_from(boxes))
                new = prepare(self._source.load(style.table, fields), style)
            return _Read(new, _spoilt_boxes(old, new, changed), None)

        def then(read: _Read) -> None:
            self._take(layer, read)

        def failed(error: Exception) -> None:
            layer.is_loading = False
            layer.is_stale = layer.has_failed = True
            self._pending[layer.table] = None
            _log.error("layer %s not loaded", layer.table, exc_info=error)
            if not layer.has_told:
                layer.has_told = True
                self.failed.emit(layer.table, error)

        self._workers.read(work, then, failed)

    def _take(self, layer: Layer, read: _Read) -> None:
        boxes = read.spoilt
        if layer.coarse_from is not None:  # what was painted of boxes looks the same, or nowhere
            boxes = None if layer.is_coarse_wrong else np.zeros((0, 4))
        layer.is_loading = False
        layer.prepared, layer.coarse_from = read.prepared, read.coarse_from
        # boxes that are only just there are wrong if a change came while they were read
        layer.is_coarse_wrong = layer.is_stale and read.coarse_from is not None
        layer.has_told = False
        layer.epoch += 1
        self.spoilt.emit(layer.table, boxes)
        self.loaded.emit(layer.table)
        self.load_needed(self._denominator)


def _may_be_boxes(style: Style, denominator: float) -> bool:
    """Return whether boxes could do: of areas without names, markers and shared borders."""
    geometry = TABLE_BY_NAME[style.table].geometry
    return (
        geometry is not None
        and geometry.dimension == AREA
        and not style.is_border
        and not style.is_labelled_at(denominator)
        and all(symbol.marker is None for symbol in style.symbols)
    )


def same_look_from(boxes: LayerRows) -> float:
    """Return the denominator from which on nearly all boxes are a tint, as their rows would be."""
    sides = np.vstack([shapes.bounds for shapes in boxes.shapes])
    longest = (sides[:, 2:] - sides[:, :2]).max(axis=1)
    return float(np.quantile(longest, _NEARLY_ALL) / SMALL_LENGTH / PIXEL_M)


@contextlib.contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep Python's garbage collector from walking over rows that are only just being read.

    It holds the lock while it does: for a district it stopped the interface thread a dozen times
    for 40 to 70 ms, 0.8 s in all, and found nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _spoilt_boxes(
    old: PreparedLayer | None, new: PreparedLayer, changed: set[str] | None
) -> NDArray[np.float64] | None:
    """Return the boxes where the changed rows were or are; None for everywhere."""
    if old is None or changed is None:
        return None
    boxes = np.vstack([_boxes_of(old, changed), _boxes_of(new, changed)])
    if len(boxes) > _MANY:
        boxes = np.hstack([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])[None]
    return boxes


def _boxes_of(layer: PreparedLayer, ids: set[str]) -> NDArray[np.float64]:
    is_changed = np.fromiter((id_ in ids for id_ in layer.rows.ids), bool, len(layer.rows))
    boxes = [part.shapes.bounds[is_changed[part.shapes.rows]] for part in layer.parts]
    return np.vstack(boxes) if boxes else np.zeros((0, 4))
