"""Random walks of edits, undo, redo and restarts over a workspace, beside a model in memory.

The model is a dict of shapes, edited by the pure function on the whole coverage. After each step
the workspace must have the same cells, its communities must be the unions of theirs, and every
undo and redo must give back each row of the state that the model remembers, byte for byte. How
painting divides the ground depends on the buildings that are read with the cells, so its shapes are
taken as they come, and only looked at as borders.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from bench import machine, results
from bench.chance_edits import KINDS, draw, naming
from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import Features, as_objects
from gridmap.services import history
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.division import read_homes
from gridmap.store import rows
from gridmap.store.journal import Transaction
from gridmap.store.workspace import create, open_workspace

STEPS = 8
EAST, NORTH, STEP_M = 500_000, 4_400_000, 100
COLUMNS, ROWS = 3, 2
_TABLES = ("subdistrict", "community", "grid", "cell", "cell_lineage", "building")
_EVERYWHERE = (EAST - 1e4, NORTH - 1e4, EAST + 1e4, NORTH + 1e4)
_MOST_CELLS = 24
_TARGET = 20_000
_PER_WORKSPACE = 250
_WEIGHTS = {"edit": 8, "undo": 4, "redo": 3, "restart": 1}
_LETS = tuple(what for what, weight in _WEIGHTS.items() for _ in range(weight))


class Disagreement(AssertionError):
    """The workspace is not as the model is; says after which steps."""


@dataclass(frozen=True)
class State:
    """What the model remembers: the cells' shapes, and every row of the workspace's tables."""

    cells: dict[str, bytes]
    rows: dict[str, dict[str, tuple[Any, ...]]]


def main() -> bool:
    """Walk, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--walks", type=int, default=_TARGET)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counted: Counter[str] = Counter()
    kinds = len(KINDS)
    folder = machine.work_folder("walks")

    def walk_all() -> None:
        nonlocal counted, kinds
        for first in range(0, asked.walks, _PER_WORKSPACE):
            count = min(_PER_WORKSPACE, asked.walks - first)
            path = folder / f"walks{first}.gridmap"
            for old in folder.glob(f"*{path.name}*"):
                old.unlink()
            counted += walks(path, asked.seed + first, count)
            kinds = min(kinds, counted.pop("kinds of edits"))
            path.unlink()
            print(f"{first + count:,} of {asked.walks:,} walks", flush=True)

    took = results.seconds(walk_all)
    agreed = counted["walks"]
    is_met = agreed >= _TARGET and kinds == len(KINDS)
    told = ", ".join(f"{count:,} {what}" for what, count in sorted(counted.items()))
    return results.record(
        results.Section(
            "walks",
            "Random walks of edits, undo, redo and restarts beside a model",
            [],
            [results.Target(f"{_TARGET:,} walks agree with the model", f"{agreed:,}", is_met)],
            [f"{told}; {took / 60:.0f} minutes. Seed {asked.seed}."],
        )
    )


def walks(path: Path, seed: int, count: int) -> Counter[str]:
    """Walk so many times over one new workspace; return how often each thing was done.

    Raises:
        Disagreement: the workspace and the model differ.
    """
    make_workspace(path)
    walker = Walker(path, np.random.default_rng(seed))
    try:
        for number in range(count):
            try:
                walker.walk()
            except Exception as error:
                steps = " → ".join(walker.steps)
                raise Disagreement(f"seed {seed}, walk {number}: {steps}: {error}") from error
    finally:
        walker.opened.close()
    walker.done["kinds of edits"] = len(walker.kinds)
    return walker.done


class Walker:
    """One workspace and its model; ``states`` are those before, ``at`` the one that is now."""

    def __init__(self, path: Path, rng: np.random.Generator) -> None:
        self.path, self.rng = path, rng
        self.opened = open_workspace(path)
        with self.opened.reading() as reader:
            self.homes = read_homes(reader, [_EVERYWHERE])
        self.states = [self._read()]
        self.at = 0
        self.done: Counter[str] = Counter()
        self.kinds: set[str] = set()
        self.steps: list[str] = []

    def walk(self) -> None:
        """Take some steps, and look at the borders."""
        self.steps = []
        for _ in range(STEPS):
            what = _LETS[int(self.rng.integers(len(_LETS)))]
            self.steps.append(what)
            if not getattr(self, f"_{what}")():
                self._compare(self._read(), self.states[self.at])
        self.done["walks"] += 1
        self._look_at_borders()

    def _edit(self) -> bool:
        """Edit, and return whether that went and was compared."""
        before = self._coverage()
        kinds = ("merge",) if len(before) > _MOST_CELLS else None
        edit = draw(before, self.rng, kinds)
        self.steps[-1] = repr(edit)
        try:
            names = naming(before, "new")
            change = apply_edit(before, edit, new_key=names, homes=self.homes)
            expected = change.applied(before)
        except RequestError:
            expected = None
        try:
            edited = edit_cells(self.opened, EditCells(edit)).value
        except RequestError:
            # The service refuses more than the pure function: ground that changes community.
            self.done["refused edits"] += 1
            return False
        now = self._read()
        if expected is None:
            raise Disagreement("done, though it makes no sense")
        self._compare_shapes(expected, now, set(edited.new))
        self.states = [*self.states[: self.at + 1], now]
        self.at += 1
        self.done["edits"] += 1
        self.kinds.add(type(edit).__name__)
        return True

    def _undo(self) -> None:
        self._move(-1, history.undo, self.at > 0)

    def _redo(self) -> None:
        self._move(1, history.redo, self.at + 1 < len(self.states))

    def _move(self, by: int, do: Any, may: bool) -> None:
        try:
            do(self.opened)
        except RequestError:
            if may:
                raise
            return
        if not may:
            raise Disagreement("done, though there was nothing")
        self.at += by
        self.done["undone" if by < 0 else "redone"] += 1

    def _restart(self) -> None:
        self.opened.close()
        self.opened = open_workspace(self.path)
        self.done["restarts"] += 1

    def _coverage(self) -> Coverage:
        cells = self.states[self.at].cells
        return Coverage(tuple(cells), as_objects([shapely.from_wkb(one) for one in cells.values()]))

    def _read(self) -> State:
        with self.opened.reading() as reader:
            found = {}
            for table in _TABLES:
                columns = [row[1] for row in reader.execute(f"PRAGMA table_info({table})")]
                key = columns.index("id")
                every = reader.execute(f"SELECT * FROM {table}").fetchall()
                found[table] = {row[key]: tuple(row) for row in every}
            features = rows.read_features(reader, "cell", ("id", "valid_to", "plan_id"))
        columns = features.columns
        cells = {
            id_: shapely.to_wkb(shape)
            for id_, end, plan, shape in zip(
                columns["id"],
                columns["valid_to"],
                columns["plan_id"],
                features.geometry,
                strict=True,
            )
            if end is None and plan is None
        }
        return State(cells, found)

    def _compare(self, now: State, then: State) -> None:
        for table in _TABLES:
            if now.rows[table] != then.rows[table]:
                raise Disagreement(f"{table} has other rows")
        if now.cells != then.cells:
            raise Disagreement("the cells have other shapes")

    def _compare_shapes(self, expected: Coverage, now: State, new: set[str]) -> None:
        """Compare ring by ring; where a ring of a painted cell begins depends on its neighbours."""
        wanted = _plain_by_key(dict(zip(expected.keys, expected.shapes, strict=True)))
        held = _plain_by_key({key: shapely.from_wkb(blob) for key, blob in now.cells.items()})
        kept = {key: shape for key, shape in wanted.items() if not key.startswith("new")}
        if {key: shape for key, shape in held.items() if key not in new} != kept:
            raise Disagreement("the cells that stay have other shapes")
        begun = sorted(shape for key, shape in wanted.items() if key.startswith("new"))
        if sorted(shape for key, shape in held.items() if key in new) != begun:
            raise Disagreement("the new cells have other shapes")

    def _look_at_borders(self) -> None:
        coverage = self._coverage()
        if not coverage.is_valid:
            raise Disagreement("the borders are torn")
        with self.opened.reading() as reader:
            cells = rows.read_features(reader, "cell", ("id", "community_id", "valid_to"))
            communities = rows.read_features(reader, "community", ("id",))
        is_in_force = np.array([end is None for end in cells.columns["valid_to"]])
        for id_, ground in zip(communities.columns["id"], communities.geometry, strict=True):
            own = is_in_force & (cells.columns["community_id"] == id_)
            if not shapely.equals(shapely.union_all(cells.geometry[own]), ground):
                raise Disagreement("a community is not the union of its cells")


def _plain_by_key(shapes: dict[str, shapely.Geometry]) -> dict[str, bytes]:
    """Return shapes with each ring from its lowest vertex."""
    plain = shapely.to_wkb(shapely.normalize(as_objects(list(shapes.values()))))
    return dict(zip(shapes, plain, strict=True))


def make_workspace(path: Path) -> None:
    """Make a workspace of two communities of three cells each, with a building in each cell."""
    boxes = [
        shapely.box(x, y, x + STEP_M, y + STEP_M)
        for y in (NORTH, NORTH + STEP_M)
        for x in range(EAST, EAST + COLUMNS * STEP_M, STEP_M)
    ]
    shapes = shapely.segmentize(as_objects(boxes), STEP_M / 2)
    middles = [shapely.centroid(one).buffer(12).bounds for one in boxes]
    homes = [shapely.MultiPolygon([shapely.box(*bounds)]) for bounds in middles]
    wholes = [
        shapely.coverage_union_all(shapes[row * COLUMNS : (row + 1) * COLUMNS])
        for row in range(ROWS)
    ]

    def fill(tx: Transaction) -> None:
        code = "119999001"
        names = as_objects([f"{code}{number:03}" for number in range(1, ROWS + 1)])
        multi = as_objects([shapely.MultiPolygon([whole]) for whole in wholes])
        own = as_objects([clock.new_id() for _ in range(ROWS)])
        rows.insert(tx, "community", Features({"id": own, "code": names, "name": names}, multi))
        parents = np.repeat(own, COLUMNS)
        codes = as_objects(
            [f"{names[n // COLUMNS]}{n % COLUMNS + 1:03}" for n in range(len(boxes))]
        )
        rows.insert(tx, "cell", Features({"code": codes, "community_id": parents}, shapes))
        households = as_objects(list(range(10, 10 + len(homes))))
        buildings = Features({"households": households}, as_objects(homes))
        rows.insert(tx, "building", buildings)

    create(path, code="119999001", name="走动街道", epsg=4548, fill=fill).close()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
