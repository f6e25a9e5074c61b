"""The ground that a tool on the map works on, held in memory: cells, buildings, walkways."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import Place, RequestError
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import Features, Geometries, as_objects
from gridmap.geo.headcount import Homes
from gridmap.model.cell_edits import CellEdit
from gridmap.services import cell_texts as texts
from gridmap.services import reach
from gridmap.services.division import Cells, Row, read_cells, to_homes
from gridmap.services.effects import Effect, find_effects
from gridmap.services.office import Office, load_office
from gridmap.store import as_of, journal
from gridmap.store import edit as store
from gridmap.store.edit import Box
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class Ground:
    """What lies within and around an extent, as of one moment; nothing of it changes.

    Attributes:
        extent: what was asked for, (xmin, ymin, xmax, ymax) in metres.
        division: the plan whose cells these are; None for the official division in force.
        cells: the cells that meet the extent, and all their neighbours.
        rows: the columns of each cell by its id: code, name, households, locked …
        communities: whose borders are near; ``community_rows`` has their code and name.
        buildings: rows with ``name``, ``use``, ``households`` and their shapes.
        compounds: rows with ``name``, ``single_owner`` and their shapes.
        walkways: rows with ``name``, ``kind``, ``width_m`` and their shapes.
        office: the limits.
        seq: the latest transaction that is in it.
    """

    extent: Box
    division: str | None
    cells: Coverage
    rows: Mapping[str, Row]
    communities: Coverage
    community_rows: Mapping[str, Row]
    buildings: Features
    compounds: Features
    walkways: Features
    office: Office
    seq: int

    @cached_property
    def _cell_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.cells.shapes)

    @cached_property
    def _homes(self) -> Homes:
        return to_homes(self.buildings)

    @cached_property
    def _home_tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.points(self._homes.xy))

    @property
    def homes(self) -> Homes:
        """Return where households live: one point a building."""
        return self._homes

    def cell_at(self, xy: tuple[float, float]) -> str | None:
        """Return the id of the cell at a place, None where there is none."""
        hit = self._cell_tree.query(shapely.Point(xy), predicate="intersects")
        return self.cells.keys[int(hit.min())] if len(hit) else None

    def near(self, edit: CellEdit) -> Coverage:
        """Return the cells that an edit may touch, and all that adjoin these.

        Raises:
            RequestError: the edit names a cell that is not here.
        """
        names = reach.named_cells(edit)
        for name in names:
            if name not in self.rows:
                said = texts.not_in_division(name=name)
                raise RequestError(said, place=Place(table="cell", id=name))
        boxes = reach.boxes_of(reach.worked_places(edit))
        boxes += reach.boxes_around([self.cells.shape(name) for name in names])
        touched = self.cells.shapes[self._meeting(boxes)]
        return self.cells.take(self._meeting(reach.boxes_around(list(touched))))

    def _meeting(self, boxes: list[Box]) -> NDArray[np.int64]:
        places = shapely.box(*np.array(reach.grown(boxes), float).reshape(-1, 4).T)
        return np.unique(self._cell_tree.query(places)[1])

    def homes_within(self, shapes: list[shapely.Geometry]) -> Homes:
        """Return the homes in the boxes of some shapes."""
        places = shapely.box(*shapely.bounds(as_objects(shapes)).T)
        at = np.unique(self._home_tree.query(places)[1])
        return self._homes.take(at)


@dataclass(frozen=True)
class Preview:
    """What an edit would do; nothing is written."""

    change: Change
    effects: tuple[Effect, ...]


def preview_edit(ground: Ground, edit: CellEdit) -> Preview:
    """Tell what an edit would do, from memory alone: fast enough to follow the mouse.

    Raises:
        RequestError: the edit cannot be done; ``place`` says where.
    """
    near = ground.near(edit)
    homes = ground.homes_within(list(near.shapes)) if len(near) else ground.homes
    change = apply_edit(near, edit, homes=homes)
    return Preview(change, find_effects(change, ground.rows, homes, ground.office))


def load_ground(opened: Workspace, extent: Box, division: str | None = None) -> Ground:
    """Read what a tool needs to know of an extent; see ``Ground``."""
    with opened.reading() as reader, as_of.one_moment(reader):
        cells = _read_with_neighbours(reader, extent, division)
        around = [_around(extent, cells)]
        communities = store.read_near(reader, "community", around, ("code", "civil_code", "name"))
        return Ground(
            extent,
            division,
            cells.coverage,
            cells.rows,
            Coverage(tuple(communities.columns["id"].tolist()), _shapes(communities)),
            _rows(communities),
            store.read_near(reader, "building", around, ("name", "use", "households")),
            store.read_near(reader, "compound", around, ("name", "single_owner")),
            store.read_near(reader, "walkway", around, ("name", "kind", "width_m")),
            load_office(reader),
            journal.latest_seq(reader),
        )


def _read_with_neighbours(reader: sqlite.Connection, extent: Box, division: str | None) -> Cells:
    near = store.boxes_near(reader, "cell", [extent], store.DIVISION, (division,))
    # one box around them all instead of hundreds: it holds their neighbours as well
    return read_cells(reader, reach.grown([_hull([extent, *near])]), division)


def _hull(boxes: list[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _around(extent: Box, cells: Cells) -> Box:
    return _hull([extent, *reach.boxes_around(list(cells.coverage.shapes))])


def _shapes(found: Features) -> Geometries:
    return found.geometry if found.geometry is not None else as_objects([])


def _rows(found: Features) -> dict[str, Row]:
    names = [name for name in found.columns if name != "id"]
    return {
        id_: {name: found.columns[name][at] for name in names}
        for at, id_ in enumerate(found.columns["id"])
    }
