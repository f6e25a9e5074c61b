"""Layers that several maps show: read once, held once, styled for each."""

import threading
import weakref
from collections import Counter
from collections.abc import Collection, Hashable, Mapping

from gridmap.model.style import Style
from gridmap.report.prepared import PreparedLayer, restyled
from gridmap.ui.canvas.source import MapSource, NamedSource

Key = tuple[Hashable | MapSource, str, int]
"""Whose rows of which table, after how many changes."""


class Share:
    """Finds what another map holds of the same rows, so that it is neither read nor kept twice.

    Nothing is held here: a layer is gone with the last map that shows it. ``note`` belongs to the
    interface thread, ``find`` and ``keep`` to the reading ones.
    """

    def __init__(self) -> None:
        self._layers: weakref.WeakValueDictionary[Key, PreparedLayer] = (
            weakref.WeakValueDictionary()
        )
        self._changes: Counter[str] = Counter()
        self._noted: Mapping[str, Collection[str] | None] | None = None
        self._noted_by: set[int] = set()
        self._lock = threading.Lock()

    def note(self, touched: Mapping[str, Collection[str] | None], by: object) -> None:
        """Note a change: what was read before is not shared any more.

        The same mapping from another map is the same change, which both were told of.
        """
        if touched is not self._noted or id(by) in self._noted_by:
            self._changes.update(dict.fromkeys(touched, 1))
            self._noted, self._noted_by = touched, set()
        self._noted_by.add(id(by))

    def key(self, source: MapSource, table: str) -> Key:
        """Return what names the rows of a table as they are now."""
        whose = source.rows_of(table) if isinstance(source, NamedSource) else source
        return whose, table, self._changes[table]

    def find(self, key: Key, style: Style, fields: Collection[str]) -> PreparedLayer | None:
        """Return a layer that some map holds, with these columns and in this style."""
        with self._lock:
            layer = self._layers.get(key)
        if layer is None or not layer.rows.columns.keys() >= set(fields):
            return None
        return layer if layer.style == style else restyled(layer, style)

    def keep(self, key: Key, layer: PreparedLayer) -> PreparedLayer:
        """Let other maps find a layer, and return it."""
        with self._lock:
            self._layers[key] = layer
        return layer
