"""The rows of a layer as places with weights, for what shows many of them together."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.layers import LayerRows
from gridmap.model.style import Style
from gridmap.report.anchors import anchors_of
from gridmap.report.index import BoxIndex, spatial_order
from gridmap.report.rules import as_numbers

_KEPT = 8  # results of scales: clusters of 100,000 rows seen from near take 4 MB

_T = TypeVar("_T")


@dataclass(frozen=True)
class Places:
    """One place a feature, in spatial order: ``xy`` (n, 2) in metres, its weight, its row."""

    xy: NDArray[np.float64]
    weights: NDArray[np.float64]
    rows: NDArray[np.int64]
    index: BoxIndex

    def __len__(self) -> int:
        return len(self.rows)


class Gathered:
    """What the rows of a layer look like together; everything is worked out once, when asked for.

    All of it is about the whole layer, never about a window: so neighbouring tiles agree, and
    nothing changes while the map is dragged.
    """

    def __init__(self, style: Style, rows: LayerRows) -> None:
        self._style = style
        self._rows = rows
        self._lock = threading.RLock()  # the first asks for the places while it works
        self._known: OrderedDict[Hashable, Any] = OrderedDict()
        self._places: Places | None = None

    def once(self, key: Hashable, work: Callable[[], _T]) -> _T:
        """Return what ``work`` gives, worked out by the first thread that asks for ``key``."""
        with self._lock:
            if key not in self._known:
                self._known[key] = work()
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
            return cast("_T", self._known[key])

    @property
    def places(self) -> Places:
        """Return the place of each feature."""
        with self._lock:
            if self._places is None:
                self._places = self._find_places()
            return self._places

    def _find_places(self) -> Places:
        shapes = [part for part in self._rows.shapes if len(part)]
        xy = np.vstack([anchors_of(part) for part in shapes]) if shapes else np.zeros((0, 2))
        rows = np.concatenate([part.rows for part in shapes]) if shapes else np.zeros(0, np.int64)
        boxes = np.hstack([xy, xy])
        order = spatial_order(boxes)
        summed = self._style.gather.field if self._style.gather else None
        weights = np.ones(len(rows))
        if summed is not None and summed in self._rows.columns:
            weights = np.nan_to_num(as_numbers(self._rows.columns[summed])[rows])
        return Places(xy[order], weights[order], rows[order], BoxIndex(boxes[order]))
