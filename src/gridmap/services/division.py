"""A neighbourhood of one division: its cells as a coverage, with what is known of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.features import Features, as_objects
from gridmap.geo.headcount import Homes
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.cell_edits import CellEdit
from gridmap.services import cell_texts as texts
from gridmap.services import reach
from gridmap.store import edit as store
from gridmap.store.edit import Box
from gridmap.store.engine import sqlite

COLUMNS = TABLE_BY_NAME["cell"].field_names
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Cells:
    """Cells of one division that lie together; ``rows`` holds the columns of each by its id."""

    coverage: Coverage
    rows: Mapping[str, Row] = field(default_factory=dict)

    @property
    def communities(self) -> dict[str, str]:
        """Return the community of each cell that has one."""
        held = {key: row["community_id"] for key, row in self.rows.items()}
        return {key: community for key, community in held.items() if community is not None}


def to_cells(found: Features) -> Cells:
    """Return rows of the table ``cell``, read with all their columns, as cells."""
    ids = tuple(found.columns["id"].tolist())
    shapes = found.geometry if found.geometry is not None else as_objects([])
    there = ~shapely.is_missing(shapes) if len(ids) else np.zeros(0, bool)
    columns = {name: found.columns[name] for name in COLUMNS}
    rows = {
        id_: {name: column[at] for name, column in columns.items()}
        for at, id_ in enumerate(ids)
        if there[at]
    }
    return Cells(Coverage(tuple(rows), shapes[there]), rows)


def read_cells(reader: sqlite.Connection, boxes: Iterable[Box], division: str | None) -> Cells:
    """Return the cells in force (or of a plan) whose boxes meet some boxes."""
    found = store.read_near(reader, "cell", boxes, COLUMNS, store.DIVISION, (division,))
    return to_cells(found)


def read_neighbourhood(reader: sqlite.Connection, edit: CellEdit, division: str | None) -> Cells:
    """Return the cells that an edit may touch and all that adjoin these, of any community.

    Raises:
        RequestError: a cell that the edit names is not in the division.
    """
    names = reach.named_cells(edit)
    named = store.read_rows(reader, "cell", names, ("plan_id", "valid_to", "code"))
    _ensure_in_force(named, names, division)
    boxes = reach.boxes_of(reach.worked_places(edit))
    boxes += reach.boxes_around(list(named.geometry if named.geometry is not None else ()))
    near = store.boxes_near(reader, "cell", reach.grown(boxes), store.DIVISION, (division,))
    return read_cells(reader, reach.grown(near), division)


def _ensure_in_force(named: Features, wanted: Iterable[str], division: str | None) -> None:
    columns = named.columns
    found = {
        id_: plan == division and end is None
        for id_, plan, end in zip(
            columns["id"], columns["plan_id"], columns["valid_to"], strict=True
        )
    }
    codes = dict(zip(columns["id"], columns["code"], strict=True))
    for id_ in wanted:
        if not found.get(id_, False):
            said = texts.not_in_division(name=codes.get(id_) or id_)
            raise RequestError(said, place=Place(table="cell", id=id_))


def read_homes(reader: sqlite.Connection, boxes: Iterable[Box]) -> Homes:
    """Return the buildings whose boxes meet some boxes, also those without households."""
    return to_homes(
        store.read_near(reader, "building", boxes, ("households",), "t.geom IS NOT NULL")
    )


def to_homes(buildings: Features) -> Homes:
    """Return buildings as homes: where one lies is decided by one place of it."""
    shapes = buildings.geometry if buildings.geometry is not None else as_objects([])
    if not len(shapes):
        return Homes(np.empty((0, 2)), np.empty(0))
    points = shapely.point_on_surface(shapes)
    households = np.array([count or 0 for count in buildings.columns["households"]], float)
    return Homes(shapely.get_coordinates(points), households, shapes)
