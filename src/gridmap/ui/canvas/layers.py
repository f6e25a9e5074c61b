"""The layers of the map: which are shown, how strongly, and what of them is still right."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from gridmap.model.style import Style
from gridmap.report.paint import Pass, passes
from gridmap.report.prepared import PreparedLayer
from gridmap.report.view import Extent
from gridmap.ui.canvas.reading import Read, Wanted, may_be_boxes, read
from gridmap.ui.canvas.share import Share
from gridmap.ui.canvas.source import MapSource
from gridmap.ui.canvas.workers import Workers

_log = logging.getLogger(__name__)

Touched = Mapping[str, Collection[str] | None]
"""Table to the ids of changed rows; None where any row may have changed."""
_MANY_BOXES = 20_000  # fewer rows are read whole in 60 ms


@dataclass
class Layer:
    """One table on the map."""

    style: Style
    is_visible: bool = True
    opacity: float = 1.0
    prepared: PreparedLayer | None = None
    is_loading: bool = False
    is_stale: bool = True
    fields: frozenset[str] = frozenset()
    """The columns that were read. Names come only when a scale first shows them: a district has a
    quarter of a million."""
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

    @property
    def has_other_style(self) -> bool:
        """Return whether what is there is painted in a style that is no longer wanted."""
        return self.prepared is not None and self.prepared.style != self.style

    @property
    def painted_style(self) -> Style:
        """Return the style in which the layer is painted until the wanted one is ready."""
        return self.style if self.prepared is None else self.prepared.style


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
        self,
        styles: Mapping[str, Style],
        source: MapSource,
        workers: Workers,
        parent: QObject,
        share: Share | None = None,
    ) -> None:
        super().__init__(parent)
        self._layers = {table: Layer(style) for table, style in styles.items()}
        self._source = source
        self._workers = workers
        self.share = share or Share()
        self._pending: dict[str, set[str] | None] = {}
        self._denominator = 0.0
        self._was_complete = False

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
        return not any(self._is_awaited(layer) for layer in layers)

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
        """Return what makes up a tile at a scale, undermost first.

        Until all was there once, nothing is left out below what is painted already, so that what
        comes is painted over what there is.
        """
        steps = []
        self._was_complete = self._was_complete or self.is_complete
        for style, which in passes([layer.painted_style for layer in self._layers.values()]):
            layer = self._layers[style.table]
            if layer.prepared is None and not self._was_complete and self._is_awaited(layer):
                break
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

    def set_style(self, style: Style) -> None:
        """Paint a table in another style; the old picture stays until the new one is ready.

        Rows are read again only where the style asks for columns that are not there yet.
        """
        layer = self._layers[style.table]
        if style == layer.style:
            return
        layer.style = style
        layer.is_coarse_wrong = True
        layer.has_failed = layer.has_told = False
        self.load_needed(self._denominator)

    def set_source(self, source: MapSource, touched: Touched | None = None) -> None:
        """Show the rows of another source; the old picture stays until they are there.

        Args:
            source: gives the rows from now on.
            touched: what differs between the two sources, where that is known; else everything.
        """
        self._source = source
        everything: Touched = dict.fromkeys(self._layers)
        self._doubt(everything if touched is None else touched)

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
        self.share.note(touched, by=self)
        self._doubt(touched)

    def _doubt(self, touched: Touched) -> None:
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
        lacks_columns = not layer.fields.issuperset(self._fields(layer))
        return layer.is_stale or layer.has_other_style or lacks_columns

    def _is_awaited(self, layer: Layer) -> bool:
        return layer.is_loading or self._is_needed(layer)

    def _shows_boxes(self, layer: Layer) -> bool:
        """Return whether the layer, if it is painted, looks different from its rows."""
        return layer.coarse_from is not None and self._denominator < layer.coarse_from

    def _fields(self, layer: Layer) -> tuple[str, ...]:
        """Return the columns that a layer needs: names only where a scale has shown them."""
        style = layer.style
        is_named = style.label is not None and style.label.field in layer.fields
        shows_names = is_named or style.is_labelled_at(self._denominator)
        return style.fields if shows_names else style.class_fields

    def _wanted(self, layer: Layer) -> Wanted:
        """Return what is to be read of a layer; from now on that counts as read."""
        fields = self._fields(layer)
        has_rows = layer.prepared is not None and layer.coarse_from is None
        is_read = has_rows and layer.fields.issuperset(fields)
        # a layer that is only missing columns is read again, but nothing of it has changed
        nothing: set[str] = set()
        changed = self._pending.pop(layer.table, None if layer.is_stale else nothing)
        if not is_read:
            layer.fields = frozenset(fields)
        return Wanted(
            self._source,
            layer.style,
            fields,
            layer.prepared,
            None if changed is None else frozenset(changed),
            has_rows,
            is_read,
            layer.prepared is None and may_be_boxes(layer.style, self._denominator),
            _MANY_BOXES,
            self.share,
            self.share.key(self._source, layer.table),
        )

    def _load(self, layer: Layer) -> None:
        wanted = self._wanted(layer)
        layer.is_loading = True
        layer.is_stale = False

        def work() -> Read | None:
            return read(wanted) if self._source is wanted.source else None

        def then(done: Read | None) -> None:
            layer.is_loading = False
            if done is None or self._source is not wanted.source:
                self._read_anew(layer)
            else:
                self._take(layer, done)

        def failed(error: Exception) -> None:
            layer.is_loading = False
            if self._source is not wanted.source:
                self._read_anew(layer)
                return
            layer.is_stale = layer.has_failed = True
            self._pending[layer.table] = None
            _log.error("layer %s not loaded", layer.table, exc_info=error)
            if not layer.has_told:
                layer.has_told = True
                self.failed.emit(layer.table, error)

        self._workers.read(work, then, failed)

    def _read_anew(self, layer: Layer) -> None:
        """Read what came too late: there is another source by now."""
        layer.is_stale = True
        self._pending[layer.table] = None
        self.load_needed(self._denominator)

    def _take(self, layer: Layer, done: Read) -> None:
        boxes = done.spoilt
        if layer.coarse_from is not None:  # what was painted of boxes looks the same, or nowhere
            boxes = None if layer.is_coarse_wrong else np.zeros((0, 4))
        layer.prepared, layer.coarse_from = done.prepared, done.coarse_from
        # boxes that are only just there are wrong if a change came while they were read
        layer.is_coarse_wrong = layer.is_stale and done.coarse_from is not None
        layer.has_told = False
        layer.epoch += 1
        self.spoilt.emit(layer.table, boxes)
        self.loaded.emit(layer.table)
        self.load_needed(self._denominator)
