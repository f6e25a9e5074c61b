"""Torn borders of a layer that came in from elsewhere, mended as one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet, share
from gridmap.geo.features import Features, as_objects
from gridmap.geo.mend_coverage import MendedCoverage, mend_coverage
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome
from gridmap.services import border_mend_texts as texts
from gridmap.store import edit as store
from gridmap.store.workspace import Workspace

LAYERS = ("community", "cell", "compound")
"""Layers whose areas share borders."""
_MOST_GAP_M = 100.0


@dataclass(frozen=True)
class MendBorders:
    """Which layer to mend; ``max_gap_m`` says how wide a gap may be to be a slip of drawing.

    With ``dry_run`` nothing is written. ``division`` is a plan, for the layer ``cell``.
    """

    table: str
    max_gap_m: float = 1.0
    division: str | None = None
    dry_run: bool = False


@dataclass(frozen=True)
class MendedRow:
    """A row that was mended: where, and how much of its ground changed."""

    id: str
    name: str
    xy: tuple[float, float]
    area_m2: float


@dataclass(frozen=True)
class LeftRows:
    """Rows that need a person, where, and why."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    xy: tuple[float, float]
    why: Text


@dataclass(frozen=True)
class MendedBorders:
    """What was mended, and what was not."""

    torn_before: int
    mended: tuple[MendedRow, ...]
    left: tuple[LeftRows, ...]


def mend_borders(
    opened: Workspace, request: MendBorders, progress: Progress = quiet
) -> Outcome[MendedBorders]:
    """Let the areas of a layer share their borders, vertex by vertex.

    Gaps no wider than ``max_gap_m``, and overlaps no wider on the average, go to the area with
    the longest border; what is wider stays and is told. Rows that match are not touched.

    Raises:
        RequestError: the layer has no borders to share, or the width makes no sense.
        WorkspaceError: the workspace cannot be written.
    """
    if request.table not in LAYERS:
        raise RequestError(texts.no_such_layer(request.table, ", ".join(LAYERS)))
    if not 0 < request.max_gap_m <= _MOST_GAP_M:
        raise RequestError(texts.wrong_width(request.max_gap_m, _MOST_GAP_M))
    found = _read(opened, request)
    shapes = found.geometry if found.geometry is not None else as_objects([])
    coverage = mend_coverage(shapes, request.max_gap_m, share(progress, 0.0, 0.9))
    label = TABLE_BY_NAME[request.table].label or "id"
    names = [
        str(given or id_)
        for given, id_ in zip(found.columns[label], found.columns["id"], strict=True)
    ]
    ids = found.columns["id"].tolist()
    fits = _fitting(request.table, coverage)
    told = _told(coverage, fits, ids, names)
    if request.dry_run or not told.mended:
        return Outcome(told)
    with opened.transaction(texts.mended(TABLE_BY_NAME[request.table].zh, len(told.mended))) as tx:
        for repair in coverage.repairs:
            if fits[repair.position]:
                shape = _as_stored(request.table, coverage.shapes[repair.position])
                store.update_row(tx, request.table, ids[repair.position], {}, shape)
    return Outcome(told, opened.touched_by(tx), tx.id)


def _read(opened: Workspace, request: MendBorders) -> Features:
    label = TABLE_BY_NAME[request.table].label or "id"
    where, bound = "t.geom IS NOT NULL", []
    if request.table == "cell":
        where, bound = f"{where} AND {store.DIVISION}", [request.division]
    names = [label] if label != "id" else []
    with opened.reading() as reader:
        return store.read_where(reader, request.table, names, where, bound)


def _fitting(table: str, coverage: MendedCoverage) -> NDArray[np.bool_]:
    """Return which areas the table can hold: cells are in one part."""
    fits = np.ones(len(coverage.shapes), bool)
    if table == "cell":
        fits = shapely.get_num_geometries(coverage.shapes) == 1
    return fits


def _as_stored(table: str, shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return parts[0] if table == "cell" else shapely.MultiPolygon([*parts])


def _told(
    coverage: MendedCoverage, fits: NDArray[np.bool_], ids: Sequence[str], names: Sequence[str]
) -> MendedBorders:
    whys = {"broken": texts.would_break(), "torn": texts.still_torn()}
    mended = tuple(
        MendedRow(ids[one.position], names[one.position], one.xy, one.area_m2)
        for one in coverage.repairs
        if fits[one.position]
    )
    left = [
        LeftRows(
            tuple(ids[at] for at in one.positions),
            tuple(names[at] for at in one.positions),
            one.xy,
            texts.wide_overlap(one.area_m2) if one.reason == "overlap" else whys[one.reason],
        )
        for one in coverage.leftovers
    ]
    left += [
        LeftRows((ids[one.position],), (names[one.position],), one.xy, texts.would_break())
        for one in coverage.repairs
        if not fits[one.position]
    ]
    return MendedBorders(coverage.torn_before, mended, tuple(left))
