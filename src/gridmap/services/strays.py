"""What nobody has: buildings in no cell, and cells in no responsibility grid."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Features, as_objects
from gridmap.model.changes import Outcome
from gridmap.services import painting_texts as texts
from gridmap.services.palette import XY, Kind
from gridmap.store import edit as store
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class Stray:
    """Something that nobody has: a building in no cell, or a cell in no responsibility grid."""

    table: str
    id: str
    name: str
    households: int | None
    xy: XY


def find_strays(
    opened: Workspace, kind: Kind, division: str | None = None, progress: Progress = quiet
) -> Outcome[tuple[Stray, ...]]:
    """Return all buildings in no cell, or (``cell``) cells in no grid, most households first."""
    progress(0, 1, texts.looking())
    with opened.reading() as reader:
        cells = store.read_where(
            reader, "cell", ("code", "households", "grid_id"), store.DIVISION, (division,)
        )
        if kind == "cell":
            return Outcome(_strays("cell", cells, ~_is_there(cells.columns["grid_id"]), "code"))
        buildings = store.read_where(
            reader, "building", ("name", "households"), "t.geom IS NOT NULL"
        )
    shapes = buildings.geometry if buildings.geometry is not None else as_objects([])
    ground = cells.geometry if cells.geometry is not None else as_objects([])
    inner = shapely.point_on_surface(shapes)
    progress(1, 2, texts.looking())
    of, _ = shapely.STRtree(ground).query(inner, predicate="intersects")
    is_free = np.ones(len(shapes), bool)
    is_free[of] = False
    return Outcome(_strays("building", buildings, is_free, "name"))


def _is_there(column: NDArray[np.object_]) -> NDArray[np.bool_]:
    return np.array([value is not None for value in column], bool)


def _strays(
    table: str, found: Features, is_free: NDArray[np.bool_], label: str
) -> tuple[Stray, ...]:
    shapes = found.geometry if found.geometry is not None else as_objects([])
    at = np.flatnonzero(is_free & ~shapely.is_missing(shapes))
    places = shapely.get_coordinates(shapely.point_on_surface(shapes[at])).tolist()
    strays = [
        Stray(
            table,
            str(found.columns["id"][row]),
            str(found.columns[label][row] or ""),
            found.columns["households"][row],
            (x, y),
        )
        for row, (x, y) in zip(at.tolist(), places, strict=True)
    ]
    return tuple(sorted(strays, key=lambda stray: -(stray.households or 0)))
