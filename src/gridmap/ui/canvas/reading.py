"""What happens in the reading thread: a layer is read whole, as boxes, or only styled anew."""

import contextlib
import gc
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gridmap.base import memory
from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import Shapes
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.style import PIXEL_M, Style
from gridmap.report.prepared import AREA, PreparedLayer, prepare, restyled
from gridmap.report.small import SMALL_LENGTH
from gridmap.ui.canvas.share import Key, Share
from gridmap.ui.canvas.source import ColumnSource, MapSource, RowSource

_NEARLY_ALL = 0.99
_MANY = 400
"""With more changed rows than this, tiles are compared with the box around them all."""
_FEW = 40
"""Of so many changed rows it is looked at where their outlines differ."""
_MOST_ROWS = 2000
"""With more changed rows than this, a table is read whole."""

Box = tuple[float, float, float, float]
Edge = tuple[float, float, float, float]

_FIRST_READS = iter(range(32))
"""As many reads as it may take until every layer of the first workspace is there."""


@dataclass(frozen=True)
class Wanted:
    """What a layer needs, as it was known when the read was asked for.

    ``changed`` are the ids of rows that may differ from those of ``old``, None where any may;
    ``has_rows`` says that ``old`` has rows, not boxes; ``is_read``, that it has all columns too.
    """

    source: MapSource
    style: Style
    fields: tuple[str, ...]
    old: PreparedLayer | None
    changed: frozenset[str] | None
    has_rows: bool
    is_read: bool
    may_be_boxes: bool
    many_boxes: int
    share: Share
    key: Key
    """What names the rows in ``share``."""


@dataclass(frozen=True)
class Read:
    """What a worker read: a layer, the boxes that it spoils, and how coarse it is."""

    prepared: PreparedLayer
    spoilt: NDArray[np.float64] | None
    coarse_from: float | None = None


def read(wanted: Wanted) -> Read:
    """Read, or only style anew, what is wanted."""
    with _collector_at_rest():
        old, style, share = wanted.old, wanted.style, wanted.share
        if old is not None and wanted.is_read and wanted.changed == frozenset():
            new = share.keep(wanted.key, restyled(old, style))
            return Read(new, _spoilt_by_style(old.style, style))
        shared = share.find(wanted.key, style, wanted.fields)
        if shared is not None:
            return Read(shared, _spoilt_boxes(old, shared, wanted.changed))
        if wanted.may_be_boxes:
            boxes = wanted.source.load_boxes(style.table, wanted.fields)
            if len(boxes) >= wanted.many_boxes:
                return Read(prepare(boxes, style), None, same_look_from(boxes))
        new = share.keep(wanted.key, _widened(wanted) or _patched(wanted) or _whole(wanted))
        return Read(new, _spoilt_boxes(old, new, wanted.changed))


def _whole(wanted: Wanted) -> PreparedLayer:
    style = wanted.style
    return prepare(wanted.source.load(style.table, wanted.fields), style)


def _widened(wanted: Wanted) -> PreparedLayer | None:
    """Read only columns that lack, where nothing else has changed and that is possible."""
    old, source = wanted.old, wanted.source
    if old is None or not wanted.has_rows or not isinstance(source, ColumnSource):
        return None
    if wanted.is_read or wanted.changed != frozenset():
        return None
    lacking = tuple(name for name in wanted.fields if name not in old.rows.columns)
    rows = old.rows.widened(*source.load_columns(old.table, lacking))
    return None if rows is None else restyled(replace(old, rows=rows), wanted.style)


def _patched(wanted: Wanted) -> PreparedLayer | None:
    """Read only the changed rows and put them among the others, where that is possible."""
    old, changed, source = wanted.old, wanted.changed, wanted.source
    if old is None or changed is None or not isinstance(source, RowSource):
        return None
    if not wanted.is_read or len(changed) > _MOST_ROWS:
        return None
    fresh = source.load_rows(old.table, tuple(old.rows.columns), changed)
    return prepare(old.rows.patched(fresh, changed), wanted.style, is_ordered=True)


def may_be_boxes(style: Style, denominator: float) -> bool:
    """Return whether boxes could do: of areas without names, markers and shared borders."""
    geometry = TABLE_BY_NAME[style.table].geometry
    return (
        geometry is not None
        and geometry.dimension == AREA
        and not style.is_border
        and style.gather is None
        and style.proportion is None
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
            if next(_FIRST_READS, None) is not None:
                # what the start made stays: walking over it took 80 ms each time, for nothing.
                # Later on, what hangs together in circles must still be found.
                gc.freeze()
            gc.enable()
        memory.give_back()


def _spoilt_by_style(old: Style, new: Style) -> NDArray[np.float64] | None:
    """Return None for everywhere, or no box at all where only the labels are others."""
    return np.zeros((0, 4)) if replace(old, label=None) == replace(new, label=None) else None


def _spoilt_boxes(
    old: PreparedLayer | None, new: PreparedLayer, changed: frozenset[str] | None
) -> NDArray[np.float64] | None:
    """Return the boxes where the changed rows were or are; None for everywhere."""
    if old is None or changed is None or _spoilt_by_style(old.style, new.style) is None:
        return None
    if len(changed) <= _FEW and _is_plain(new.style):
        return _differing_boxes(old, new, changed)
    boxes = np.vstack([_boxes_of(old, changed), _boxes_of(new, changed)])
    if len(boxes) > _MANY:
        boxes = np.hstack([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])[None]
    return boxes


def _is_plain(style: Style) -> bool:
    """Return whether a row looks the same where its outline is the same.

    Dashes go on from what comes before, markers sit in the middle, numbers decide on sizes.
    """
    return (
        style.gather is None
        and style.proportion is None
        and not style.is_overlapping
        and all(symbol.marker is None and not symbol.dash for symbol in style.symbols)
    )


def _differing_boxes(
    old: PreparedLayer, new: PreparedLayer, changed: frozenset[str]
) -> NDArray[np.float64]:
    """Return boxes around the edges that changed rows have in only one of two layers.

    A moved border spoils one tile or two, where the boxes of its cells spoil six.
    """
    before, after = _looks_of(old, changed), _looks_of(new, changed)
    nothing = _Look((), frozenset(), ())
    boxes: list[Box] = []
    for id_ in changed:
        was, is_ = before.get(id_, nothing), after.get(id_, nothing)
        if was.classes != is_.classes:
            boxes += was.boxes + is_.boxes
            continue
        ends = np.array(list(was.edges ^ is_.edges)).reshape(-1, 2)
        if len(ends):
            (xmin, ymin), (xmax, ymax) = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
            around, whole = (xmin, ymin, xmax, ymax), was.boxes + is_.boxes
            # what went far away spoils two places, not all that lies between
            boxes += (around,) if _area(around) <= sum(map(_area, whole)) else whole
    return np.array(boxes, np.float64).reshape(-1, 4)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _looks_of(layer: PreparedLayer, ids: frozenset[str]) -> dict[str, "_Look"]:
    is_changed = np.zeros(len(layer.rows), bool)
    is_changed[layer.rows.positions_of(ids)] = True
    looks: dict[str, _Look] = {}
    for part in layer.parts:
        shapes = part.shapes
        for at in np.flatnonzero(is_changed[shapes.rows]).tolist():
            id_ = str(layer.rows.ids[shapes.rows[at]])
            held = looks.get(id_, _Look((), frozenset(), ()))
            looks[id_] = _Look(
                (*held.classes, int(part.classes[at])),
                held.edges | _edges_of(shapes, at),
                (*held.boxes, tuple(shapes.bounds[at].tolist())),
            )
    return looks


def _edges_of(shapes: Shapes, at: int) -> frozenset[Edge]:
    """Return the edges of a feature, each with its ends in order; of a point, the point twice."""
    edges: set[Edge] = set()
    for run in range(int(shapes.features[at]), int(shapes.features[at + 1])):
        points = shapes.xy[shapes.runs[run] : shapes.runs[run + 1]].tolist()
        follow = points[1:] if len(points) > 1 else points
        for (x, y), (u, v) in zip(points, follow, strict=False):
            edges.add((x, y, u, v) if (x, y) <= (u, v) else (u, v, x, y))
    return frozenset(edges)


@dataclass(frozen=True)
class _Look:
    """What decides how one row is painted."""

    classes: tuple[int, ...]
    edges: frozenset[Edge]
    boxes: tuple[Box, ...]


def _boxes_of(layer: PreparedLayer, ids: frozenset[str]) -> NDArray[np.float64]:
    is_changed = np.zeros(len(layer.rows), bool)
    is_changed[layer.rows.positions_of(ids)] = True
    boxes = [part.shapes.bounds[is_changed[part.shapes.rows]] for part in layer.parts]
    return np.vstack(boxes) if boxes else np.zeros((0, 4))
