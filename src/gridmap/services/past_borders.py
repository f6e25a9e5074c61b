"""Areas that tile (subdistrict, communities, cells) now and then, and which go back together.

Responsibility grids follow the cells: where cells go back, so do the borders of the grids there.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from gridmap.geo import tiling
from gridmap.geo.features import as_objects
from gridmap.geo.tiling import Mask, Misfit, Tiles
from gridmap.store import as_of, rows
from gridmap.store.engine import sqlite

LEVELS = ("subdistrict", "community", "cell")
"""The tables whose areas tile, each within those of the one before."""
GRID = "grid"
TABLES = (*LEVELS, GRID)
PLACING: dict[str, tuple[str, ...]] = {
    "subdistrict": (),
    "community": (),
    "cell": ("community_id", "plan_id", "valid_to"),
    GRID: (),
}
"""The columns that say in which coverage a row takes part."""
OFFICIAL = ""
"""The group of the cells that are of no plan: the official division."""


@dataclass(frozen=True)
class Borders:
    """By table: the rows of today, then those that are gone; and which of them go back."""

    ids: dict[str, list[str]]
    tiles: dict[str, Tiles]
    was_there: dict[str, Mask]
    chosen: dict[str, Mask]

    def choose(self, asked: dict[str, set[str]]) -> shapely.Geometry | None:
        """Choose the rows asked for and all that must come along.

        Returns:
            The ground that would become a gap or an overlap all the same, None where all fits.
        """
        for table in TABLES:
            wanted = asked.get(table, set())
            self.chosen[table][:] = [id_ in wanted for id_ in self.ids[table]]
        while True:
            before = self._count()
            for table in LEVELS:
                if self.chosen[table].any():
                    grown = tiling.with_partners(self.tiles[table], self.chosen[table])
                    self.chosen[table][:] = grown
            self._follow("cell", GRID)
            self._follow(GRID, "cell")
            left = [(table, one) for table in LEVELS for one in self._misfits(table)]
            for table, misfit in left:
                if misfit.parent >= 0:
                    for one in (table, LEVELS[LEVELS.index(table) - 1]):
                        self._add_meeting(one, misfit.shape)
            if self._count() == before:
                return left[0][1].shape if left else None

    def _count(self) -> int:
        return sum(int(self.chosen[table].sum()) for table in TABLES)

    def _follow(self, one: str, other: str) -> None:
        """Choose the rows of the other table that changed on ground that changes hands."""
        ground = tiling.changed_ground(self.tiles[one], self.chosen[one])
        self._add_meeting(other, ground)
        if other == GRID:  # who answers for a new grid is no matter of borders: it stays
            both = tiling.with_partners(self.tiles[GRID], self.chosen[GRID])
            self.chosen[GRID][:] = both & self.was_there[GRID]

    def _misfits(self, table: str) -> list[Misfit]:
        above = LEVELS[LEVELS.index(table) - 1] if table != LEVELS[0] else None
        parents = self.tiles[above] if above is not None else None
        parents_chosen = self.chosen[above] if above is not None else np.zeros(0, bool)
        if not (self.chosen[table].any() or parents_chosen.any()):
            return []
        return tiling.misfits(self.tiles[table], self.chosen[table], parents, parents_chosen)

    def _add_meeting(self, table: str, ground: shapely.Geometry) -> None:
        """Choose the rows of a table that changed and lie, or lay, on some ground."""
        tiles = self.tiles[table]
        changed = tiles.changed
        for shapes in (tiles.now, tiles.then):
            hits = tiling.meeting(shapes, ground)
            self.chosen[table][hits[changed[hits]]] = True


def read_borders(reader: sqlite.Connection, seq: int) -> Borders:
    """Return the areas of today and of when transaction ``seq`` was done; nothing is chosen."""
    borders = Borders({}, {}, {}, {})
    above: dict[str, int] = {}
    for table in TABLES:
        ids, tiles, was_there = _read(reader, table, seq, above)
        borders.ids[table], borders.tiles[table] = ids, tiles
        borders.was_there[table] = was_there
        borders.chosen[table] = np.zeros(len(ids), bool)
        above = {id_: position for position, id_ in enumerate(ids)}
    return borders


def _read(
    reader: sqlite.Connection, table: str, seq: int, above: dict[str, int]
) -> tuple[list[str], Tiles, Mask]:
    names = PLACING[table]
    today = rows.read_features(reader, table, names)
    rolled = as_of.roll_back(reader, table, [*names, "geom"], seq)
    ids = today.columns["id"].tolist()
    known = set(ids)
    gone = [id_ for id_, row in rolled.items() if row is not None and id_ not in known]
    count = len(ids) + len(gone)
    place = {id_: position for position, id_ in enumerate([*ids, *gone])}
    nothing = as_objects([None] * len(gone))
    now: dict[str, Any] = {name: np.concatenate([today.columns[name], nothing]) for name in names}
    now["geom"] = np.concatenate([as_objects(list(_geometry(today))), nothing])
    then = {name: column.copy() for name, column in now.items()}
    was_there = np.ones(count, bool)
    moved: list[tuple[int, bytes | None]] = []
    for id_, row in rolled.items():
        position = place.get(id_)
        if position is None:
            continue  # made and deleted since
        was_there[position] = row is not None
        for name, value in (row or {}).items():
            if name == "geom":
                moved.append((position, value))
            else:
                then[name][position] = value
    if moved:
        shapes = rows.decode(reader, [blob for _, blob in moved])
        then["geom"][[position for position, _ in moved]] = shapes
    then["geom"][~was_there] = None
    return [*ids, *gone], _tiles(table, now, then, above), was_there


def _geometry(features: Any) -> Any:
    return features.geometry if features.geometry is not None else ()


def _tiles(table: str, now: dict[str, Any], then: dict[str, Any], above: dict[str, int]) -> Tiles:
    shapes, groups, parents = [], [], []
    for columns in (now, then):
        geometry = columns["geom"].copy()
        if table == "cell":
            geometry[[end is not None for end in columns["valid_to"]]] = None
            groups.append(as_objects([plan or OFFICIAL for plan in columns["plan_id"]]))
            of = [above.get(id_, -1) for id_ in columns["community_id"]]
        else:  # communities cover the one subdistrict of the workspace
            groups.append(as_objects([OFFICIAL] * len(geometry)))
            of = [0 if len(above) == 1 else -1] * len(geometry)
        parents.append(np.array(of, np.int64))
        shapes.append(geometry)
    return Tiles(*shapes, *groups, *parents)
