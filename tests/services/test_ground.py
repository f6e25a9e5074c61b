"""The ground that tools hold in memory: what is there, and what an edit would do."""

import time

import numpy as np
import pytest
import shapely
from tests.services.divisions import across, bytes_of, code, in_force, inner_vertex

from gridmap.base.errors import RequestError
from gridmap.model.cell_edits import Merge, MoveVertex, Split
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.ground import load_ground, preview_edit


def around(shape, by=0.0):
    west, south, east, north = shape.bounds
    return (west - by, south - by, east + by, north + by)


def test_an_extent_comes_with_its_cells_their_neighbours_and_what_stands_on_them(sample):
    cells = in_force(sample)
    cell, shape, _ = cells[code(3)]
    ground = load_ground(sample, around(shape))
    beside = {id_ for id_, other, _ in cells.values() if shapely.intersects(other, shape)}
    assert beside <= set(ground.cells.keys)
    assert ground.rows[cell]["code"] == code(3)
    assert ground.cell_at((shape.centroid.x, shape.centroid.y)) == cell
    assert ground.cell_at((0.0, 0.0)) is None
    with sample.reading() as reader:
        people = reader.execute(
            "SELECT sum(b.households) FROM building b, cell c WHERE c.id = ?"
            " AND ST_Contains(c.geom, ST_PointOnSurface(b.geom))",
            (cell,),
        ).fetchone()[0]
    inside = shapely.contains_xy(shape, ground.homes.xy)
    assert ground.homes.households[inside].sum() == people
    assert len(ground.walkways) > 0
    assert len(ground.communities) > 0


@pytest.mark.parametrize("kind", ["split", "merge", "move"])
def test_a_preview_tells_what_the_edit_then_does(sample, kind):
    cells = in_force(sample)
    cell, shape, _ = cells[code(3)]
    other = next(
        id_
        for id_, beside, _ in cells.values()
        if id_ != cell and shapely.length(shapely.intersection(beside, shape)) > 5
    )
    (x, y), _ = inner_vertex(sample)
    edit = {
        "split": Split((cell,), across(shape)),
        "merge": Merge((cell, other)),
        "move": MoveVertex((x, y), (x + 2.0, y + 1.0)),
    }[kind]
    whole = shapely.union_all([held for _, held, _ in cells.values()])
    before = bytes_of(sample)
    preview = preview_edit(load_ground(sample, around(whole)), edit)
    assert bytes_of(sample) == before
    done = edit_cells(sample, EditCells(edit)).value
    assert preview.change.before.keys() == done.change.before.keys()
    told, is_ = (
        sorted(
            (one.area_m2_before or 0, one.area_m2_after or 0, one.households_after or 0)
            for one in effects
        )
        for effects in (preview.effects, done.effects)
    )
    assert np.allclose(told, is_)


def test_limits_are_told_by_the_offices_settings(sample):
    cell, shape, _ = in_force(sample)[code(3)]
    ground = load_ground(sample, around(shape))
    preview = preview_edit(ground, Split((cell,), across(shape, 0.2)))
    new = [one for one in preview.effects if one.area_m2_before is None]
    assert [one.is_under for one in new] == [one.area_m2_after < 9_000 for one in new]
    assert any(one.is_under for one in new)
    assert [one.is_over for one in new] == [one.area_m2_after > 11_000 for one in new]
    assert all(one.code is None for one in new)


def test_a_cell_that_is_not_here_is_said(sample):
    _, shape, _ = in_force(sample)[code(3)]
    with pytest.raises(RequestError, match="不在正在编辑"):
        preview_edit(load_ground(sample, around(shape)), Split(("nobody",), across(shape)))


def test_a_preview_follows_the_mouse(sample):
    cells = in_force(sample)
    ground = load_ground(sample, around(cells[code(3)][1], 100))
    (x, y), _ = inner_vertex(sample)
    preview_edit(ground, MoveVertex((x, y), (x + 1.0, y)))
    times = []
    for step in range(20):
        began = time.perf_counter()
        preview_edit(ground, MoveVertex((x, y), (x + 0.1 * step, y + 0.5)))
        times.append(time.perf_counter() - began)
    assert sorted(times)[10] < 0.02
