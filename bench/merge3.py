"""Three-way merge of borders: a thousand cells, a hundred edits on each side."""

import argparse
import sys

import numpy as np
import shapely

from bench import results
from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import as_objects
from gridmap.geo.merge3 import Merged, merge3
from gridmap.model.cell_edits import CellEdit, Merge, MoveVertex, Split

_COLUMNS, _ROWS, _STEP_M, _BENDS = 40, 25, 100.0, 20
_EDITS = 100
_EAST_NORTH = np.array([500_000, 4_400_000])
_TARGET_S = 2.0


def main() -> bool:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    base = _cells()
    mine, theirs = (_edited(base, seed, name) for seed, name in ((1, "m"), (2, "t")))
    merged = merge3(base, mine, theirs)
    what = f"merge3, {len(base):,} cells of {_vertices(base):,.0f} vertices"
    took = results.measure(what, lambda: merge3(base, mine, theirs), asked.times)
    note = _told(base, merged)
    return results.record(
        results.Section(
            "merge3",
            f"Three-way merge of borders, {_EDITS} edits on each side",
            [took],
            [
                results.Target(
                    f"{len(base):,} cells, {_EDITS} edits on each side, in under {_TARGET_S:.0f} s",
                    f"{took.median:.2f} s",
                    took.median < _TARGET_S,
                )
            ],
            [note],
        )
    )


def _cells() -> Coverage:
    """Return jittered blocks whose borders have twenty bends a side."""
    rng = np.random.default_rng(0)
    across, along = _COLUMNS * _BENDS + 1, _ROWS * _BENDS + 1
    at = np.stack(np.meshgrid(np.arange(across), np.arange(along), indexing="ij"), axis=-1)
    jitter = rng.uniform(-0.3, 0.3, at.shape)
    xy = np.round((at + jitter) * _STEP_M / _BENDS, 3) + _EAST_NORTH
    steps = np.arange(_BENDS)
    shapes = []
    for column in range(_COLUMNS):
        for row in range(_ROWS):
            x, y = column * _BENDS, row * _BENDS
            ring = [
                *xy[x + steps, y],
                *xy[x + _BENDS, y + steps],
                *xy[x + _BENDS - steps, y + _BENDS],
                *xy[x, y + _BENDS - steps],
            ]
            shapes.append(shapely.Polygon(np.round(ring, 3)))
    return Coverage(tuple(f"k{n}" for n in range(len(shapes))), as_objects(shapes))


def _edited(base: Coverage, seed: int, name: str) -> Coverage:
    """Return the cells after so many edits: half of them moves, the others splits and merges."""
    rng = np.random.default_rng(seed)
    cells, done = base, 0
    while done < _EDITS:
        edit = _edit(cells, rng)
        near = cells.near([cells.shapes[cells.position(_cell_of(edit, cells))]], 2 * _STEP_M)
        try:
            change = apply_edit(near, edit, new_key=lambda: f"{name}{rng.integers(1 << 40)}")
        except RequestError:
            continue
        cells = change.applied(cells)
        done += 1
    return cells


def _cell_of(edit: CellEdit, cells: Coverage) -> str:
    if isinstance(edit, MoveVertex):
        tree = shapely.STRtree(cells.shapes)
        return cells.keys[int(tree.nearest(shapely.Point(edit.at)))]
    return edit.cells[0]


def _edit(cells: Coverage, rng: np.random.Generator) -> CellEdit:
    at = int(rng.integers(len(cells)))
    shape = cells.shapes[at]
    kind = rng.random()
    if kind < 0.5:
        xy = shapely.get_coordinates(shape)
        place = xy[int(rng.integers(len(xy)))]
        to = np.round(place + rng.uniform(-1, 1, 2), 3)
        return MoveVertex(tuple(place.tolist()), tuple(to.tolist()))
    if kind < 0.8:
        middle = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
        turn = rng.uniform(0, np.pi)
        way = np.array([np.cos(turn), np.sin(turn)]) * 2 * _STEP_M
        ends = [tuple(np.round(middle + sign * way, 3).tolist()) for sign in (-1, 1)]
        return Split((cells.keys[at],), (ends[0], ends[1]))
    beside = np.flatnonzero(shapely.touches(cells.shapes, shape))
    return Merge((cells.keys[at], cells.keys[int(rng.choice(beside))]))


def _vertices(cells: Coverage) -> float:
    return float(np.mean(shapely.get_num_coordinates(cells.shapes) - 1))


def _told(base: Coverage, merged: Merged) -> str:
    before = dict(zip(base.keys, base.shapes, strict=True))
    cells = merged.coverage
    assert cells is not None
    assert cells.is_valid
    same = sum(before.get(k) is shape for k, shape in zip(cells.keys, cells.shapes, strict=True))
    return (
        f"{len(merged.conflicts)} arcs need a person; of {len(cells):,} cells {same:,} are left "
        "as they were, byte for byte."
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
