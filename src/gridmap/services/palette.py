"""What a brush can take on the map: buildings, blocks and cells of an extent, held in memory."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo.features import Geometries, as_objects
from gridmap.model import codes
from gridmap.services import cell_texts as texts
from gridmap.services.ground import Ground, load_ground
from gridmap.store import edit as store
from gridmap.store.edit import Box
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

XY = tuple[float, float]
Kind = Literal["building", "block", "cell"]
"""What the brush takes; buildings and blocks go to a cell, cells to a responsibility grid."""


@dataclass(frozen=True)
class Things:
    """What the brush can take: shapes, the id of each (None for blocks), and whose each is."""

    shapes: Geometries
    ids: tuple[str | None, ...]
    owners: tuple[str | None, ...]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    def under(self, path: Iterable[XY], radius_m: float) -> list[int]:
        """Return the positions of the things that a brush touches on its way, rising."""
        places = list(path)
        way = shapely.LineString(places) if len(places) > 1 else shapely.Point(places[0])
        found = self._tree.query(way, predicate="dwithin", distance=radius_m)
        return sorted(int(at) for at in found)


@dataclass(frozen=True)
class Grid:
    """A responsibility grid: how it is called, and the ids of all its cells in force."""

    name: str
    cells: frozenset[str]


@dataclass(frozen=True)
class Palette:
    """All that painting needs to know of an extent, held in memory; nothing of it changes."""

    ground: Ground
    buildings: Things
    grids: Mapping[str, Grid]
    households: Mapping[str, int | None] = field(default_factory=dict)
    """Of each cell of these grids, also of those beyond the extent."""

    @cached_property
    def blocks(self) -> Things:
        """Return the ground between lanes and borders; worked out when first asked for."""
        return _blocks(self.ground)

    @cached_property
    def cells(self) -> Things:
        """Return the cells, each owned by its grid."""
        ground = self.ground
        owners = tuple(ground.rows[key]["grid_id"] for key in ground.cells.keys)
        return Things(ground.cells.shapes, ground.cells.keys, owners)

    def things(self, kind: Kind) -> Things:
        """Return what the brush takes."""
        held = {"building": lambda: self.buildings, "block": lambda: self.blocks}
        return held.get(kind, lambda: self.cells)()

    def is_free(self, kind: Kind, at: int) -> bool:
        """Return whether a building lies in no cell."""
        return kind != "cell" and self.things(kind).owners[at] is None

    def _is_at_home(self, shape: shapely.Geometry, target: str) -> bool:
        """Return whether a shape lies in the community of a cell."""
        communities = self.ground.communities
        home = self.ground.rows[target]["community_id"]
        inner = shapely.point_on_surface(shape)
        return home in communities.keys and bool(shapely.intersects(communities.shape(home), inner))

    @cached_property
    def locked_shapes(self) -> Geometries:
        """Return the ground of the cells that must not change."""
        held = set(self.locked)
        return as_objects(
            [
                shape
                for key, shape in zip(self.ground.cells.keys, self.ground.cells.shapes, strict=True)
                if key in held
            ]
        )

    @cached_property
    def locked(self) -> frozenset[str]:
        """Return the cells that must not change."""
        return frozenset(key for key, row in self.ground.rows.items() if row["locked"])

    def target_at(self, xy: XY, kind: Kind) -> str | None:
        """Return the cell (or the grid) at a place, None where there is none."""
        cell = self.ground.cell_at(xy)
        if cell is None or kind != "cell":
            return cell
        grid = self.ground.rows[cell]["grid_id"]
        return grid if grid in self.grids else None

    def ensure_may_get(self, target: str) -> None:
        """Refuse a locked cell as the one that gets something.

        Raises:
            RequestError: it is locked.
        """
        if target in self.locked:
            place = Place(table="cell", id=target)
            raise RequestError(texts.locked(cell=self.name_of(target)), place=place)

    def name_of(self, target: str) -> str:
        """Return how a cell or a grid is called."""
        if target in self.grids:
            return self.grids[target].name
        row = self.ground.rows.get(target)
        return codes.short(row["code"]) if row is not None else "?"

    def may_take(self, kind: Kind, target: str, at: int) -> bool:
        """Return whether a thing can go to a target: not its own, not locked, of its community."""
        owner = self.things(kind).owners[at]
        if kind == "cell":
            cell = self.ground.cells.keys[at]
            members = self.grids[target].cells & self.ground.rows.keys()
            home = {self.ground.rows[one]["community_id"] for one in members}
            is_home = not home or self.ground.rows[cell]["community_id"] in home
            return owner != target and cell not in self.locked and is_home
        if owner is None:
            return self._is_at_home(self.things(kind).shapes[at], target)
        rows = self.ground.rows
        is_home = rows[owner]["community_id"] == rows[target]["community_id"]
        return owner != target and owner not in self.locked and is_home


def load_palette(opened: Workspace, extent: Box, division: str | None = None) -> Palette:
    """Read what painting needs to know of an extent."""
    ground = load_ground(opened, extent, division)
    held = {row["grid_id"] for row in ground.rows.values()} - {None}
    grids: dict[str, Grid] = {}
    households: dict[str, int | None] = {}
    if division is None and held:
        with opened.reading() as reader:
            grids, households = _read_grids(reader, sorted(held))
    return Palette(ground, _buildings(ground), grids, households)


def _read_grids(
    reader: sqlite.Connection, ids: list[str]
) -> tuple[dict[str, Grid], dict[str, int | None]]:
    rows = store.read_rows(reader, "grid", ids, ("code", "name"), with_shapes=False).columns
    members = store.read_where(
        reader,
        "cell",
        ("grid_id", "households"),
        f"{store.DIVISION} AND t.grid_id IN ({', '.join('?' * len(ids))})",
        (None, *ids),
        with_shapes=False,
    ).columns
    cells: defaultdict[str, set[str]] = defaultdict(set)
    for cell, grid in zip(members["id"].tolist(), members["grid_id"].tolist(), strict=True):
        cells[grid].add(cell)
    named = zip(rows["id"], rows["name"], rows["code"], strict=True)
    grids = {
        id_: Grid(str(name or code or "?"), frozenset(cells[id_])) for id_, name, code in named
    }
    households = dict(zip(members["id"].tolist(), members["households"].tolist(), strict=True))
    return grids, households


def _buildings(ground: Ground) -> Things:
    found = ground.buildings
    shapes = found.geometry if found.geometry is not None else as_objects([])
    return Things(shapes, tuple(found.columns["id"].tolist()), _owners(ground, shapes))


def _owners(ground: Ground, shapes: Geometries) -> tuple[str | None, ...]:
    """Return the cell in which each shape lies, by one place of it."""
    owners: list[str | None] = [None] * len(shapes)
    inner = shapely.point_on_surface(shapes)
    of, cells = shapely.STRtree(ground.cells.shapes).query(inner, predicate="intersects")
    for thing, cell in zip(of.tolist(), cells.tolist(), strict=True):
        owners[thing] = ground.cells.keys[cell]
    return tuple(owners)


def _blocks(ground: Ground) -> Things:
    """Return the faces between lanes and borders of cells."""
    lanes = ground.walkways.geometry if ground.walkways.geometry is not None else as_objects([])
    lanes = lanes[~(shapely.is_missing(lanes) | shapely.is_empty(lanes))]
    work = shapely.union_all([*shapely.boundary(ground.cells.shapes), *lanes], grid_size=0.001)
    faces = shapely.get_parts(shapely.polygonize([work]))
    owners = _owners(ground, faces)
    kept = [at for at, owner in enumerate(owners) if owner is not None]
    return Things(faces[kept], (None,) * len(kept), tuple(owners[at] for at in kept))
