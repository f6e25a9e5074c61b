"""Painting: buildings and blocks to cells, cells to grids, locks, and what nobody has."""

import numpy as np
import pytest
import shapely
from tests.services.divisions import ensure_whole
from tests.store.helpers import execute

from gridmap.base.errors import GridmapError, RequestError
from gridmap.model.cell_edits import Merge
from gridmap.services import checks, history
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.locking import LockCells, lock_cells
from gridmap.services.painting import Stroke, balances_of, edit_of, paint, try_stroke
from gridmap.services.palette import load_palette
from gridmap.services.plans import NewPlan, new_plan
from gridmap.services.strays import find_strays
from gridmap.store import rows


def whole(opened):
    with opened.reading() as reader:
        found = rows.read_features(reader, "cell", [])
    return tuple(shapely.total_bounds(found.geometry).tolist())


@pytest.fixture
def palette(sample):
    return load_palette(sample, whole(sample))


def strokes(palette, kind, count=1):
    """Yield strokes of things beside each cell that can be tried."""
    ground = palette.ground
    things = palette.things(kind)
    targets = ground.cells.keys if kind != "cell" else tuple(palette.grids)
    for target in targets:
        near = (
            [ground.cells.shape(target)]
            if kind != "cell"
            else [ground.cells.shape(key) for key in sorted(palette.grids[target].cells)]
        )
        beside = shapely.distance(things.shapes, shapely.union_all(near))
        picked = [
            int(at)
            for at in np.argsort(beside, kind="stable")
            if beside[at] < 20 and palette.may_take(kind, target, int(at))
        ]
        if len(picked) >= count:
            yield Stroke(kind, target, tuple(picked[:count]))


def first_that_works(palette, kind, count=1):
    for stroke in strokes(palette, kind, count):
        try:
            return stroke, try_stroke(palette, stroke)
        except GridmapError:
            continue
    raise AssertionError("no stroke can be done")


def merge_two(opened, palette):
    """Make one cell of two, so that a lane runs through it: it has two blocks."""
    shapes = palette.ground.cells.shapes
    shared = shapely.length(shapely.intersection(shapes[0], shapes))
    shared[0] = 0
    other = int(shared.argmax())
    keys = palette.ground.cells.keys
    edit_cells(opened, EditCells(Merge((keys[0], keys[other]))))


@pytest.mark.parametrize("kind", ["building", "block"])
def test_a_stroke_does_what_was_shown_while_painting(sample, palette, kind):
    if kind == "block":
        merge_two(sample, palette)
        palette = load_palette(sample, whole(sample))
    stroke, tried = first_that_works(palette, kind)
    outcome = paint(sample, palette, stroke)
    after = load_palette(sample, whole(sample))
    shown = {balance.key: balance for balance in tried.balances}
    now = balances_of(after, list(shown), stroke.target)
    assert [(one.area_m2, one.households) for one in now] == [
        (pytest.approx(shown[one.key].area_m2), shown[one.key].households) for one in now
    ]
    assert shown[stroke.target].is_target
    assert shown[stroke.target].area_m2 > shown[stroke.target].area_before_m2
    things = after.things("building")
    for at in stroke.things if kind == "building" else ():
        assert things.owners[at] == stroke.target
    ensure_whole(sample)
    assert checks.check(sample).value == []
    assert outcome.transaction is not None
    assert len(history.recent(sample, 1).value) == 1


def test_a_painted_building_is_cut_by_no_border(sample, palette):
    stroke, _ = first_that_works(palette, "building")
    paint(sample, palette, stroke)
    after = load_palette(sample, whole(sample))
    borders = shapely.boundary(after.ground.cells.shape(stroke.target))
    for at in stroke.things:
        assert shapely.length(shapely.intersection(borders, after.buildings.shapes[at])) < 0.01


def test_a_stroke_is_one_thing_to_undo(sample, palette):
    stroke, _ = first_that_works(palette, "building")
    before = shapely.to_wkb(palette.ground.cells.shapes).tolist()
    paint(sample, palette, stroke)
    history.undo(sample)
    after = load_palette(sample, whole(sample)).ground.cells
    assert dict(zip(after.keys, shapely.to_wkb(after.shapes).tolist(), strict=True)) == dict(
        zip(palette.ground.cells.keys, before, strict=True)
    )


def test_a_locked_cell_gives_nothing_and_says_so(sample, palette):
    stroke, _ = first_that_works(palette, "building")
    owner = palette.buildings.owners[stroke.things[0]]
    assert lock_cells(sample, LockCells((owner,))).value == 1
    assert lock_cells(sample, LockCells((owner,))).value == 0
    assert "锁定单元网格" in history.recent(sample, 1).value[0].intention.zh
    locked = load_palette(sample, whole(sample))
    assert owner in locked.locked
    assert not locked.may_take("building", stroke.target, stroke.things[0])
    assert owner in edit_of(locked, stroke).keep
    with pytest.raises(RequestError):
        try_stroke(locked, stroke)
    with pytest.raises(RequestError):
        paint(sample, locked, stroke)
    lock_cells(sample, LockCells((owner,), locked=False))
    paint(sample, load_palette(sample, whole(sample)), stroke)


def test_a_cell_is_painted_from_grid_to_grid(sample, palette):
    stroke, tried = first_that_works(palette, "cell")
    cell = palette.ground.cells.keys[stroke.things[0]]
    giver = palette.ground.rows[cell]["grid_id"]
    paint(sample, palette, stroke)
    after = load_palette(sample, whole(sample))
    assert after.ground.rows[cell]["grid_id"] == stroke.target
    assert cell in after.grids[stroke.target].cells
    left = after.grids[giver].cells if giver in after.grids else frozenset()
    assert left == palette.grids[giver].cells - {cell}
    shown = {
        balance.key: balance.households for balance in tried.balances if balance.key in after.grids
    }
    now = balances_of(after, list(shown), stroke.target)
    assert {one.key: one.households for one in now} == shown
    assert checks.check(sample).value == []


def test_a_grid_of_too_many_cells_is_refused_at_the_last_one(sample, palette):
    grid = next(iter(palette.grids))
    picked = [at for at in range(len(palette.cells.ids)) if palette.cells.owners[at] != grid][:6]
    with pytest.raises(RequestError) as caught:
        try_stroke(palette, Stroke("cell", grid, tuple(picked)))
    assert caught.value.place.xy is not None


def test_what_nobody_has_is_found(sample, palette):
    assert find_strays(sample, "building").value == ()
    (cell, *_) = palette.ground.cells.keys
    execute(sample, "UPDATE cell SET grid_id = NULL WHERE id = ?", cell)
    assert [stray.id for stray in find_strays(sample, "cell").value] == [cell]
    inside = {
        palette.buildings.ids[at]
        for at, owner in enumerate(palette.buildings.owners)
        if owner == cell
    }
    execute(sample, "UPDATE cell SET valid_to = '2026-01-01' WHERE id = ?", cell)
    strays = find_strays(sample, "building").value
    assert {stray.id for stray in strays} == inside
    counts = [stray.households or 0 for stray in strays]
    assert counts == sorted(counts, reverse=True)


def test_the_brush_takes_what_lies_on_its_way(palette):
    things = palette.buildings
    first, last = (shapely.get_coordinates(shapely.centroid(things.shapes[at]))[0] for at in (0, 1))
    hit = things.under([tuple(first), tuple(last)], 0.5)
    assert {0, 1} <= set(hit)
    assert things.under([tuple(first)], 0.5)[0] == 0


def end_cell(opened, cell):
    execute(opened, "UPDATE cell SET valid_to = '2026-01-01' WHERE id = ?", cell)


def test_a_building_in_no_cell_is_painted_into_one_with_its_share_of_the_free_ground(
    sample, palette
):
    ground = palette.ground
    owners = palette.buildings.owners
    gone = max(ground.cells.keys, key=owners.count)
    end_cell(sample, gone)
    free = load_palette(sample, whole(sample))
    hole = ground.cells.shape(gone)
    found = {stray.id for stray in find_strays(sample, "building").value}
    done = 0
    for at, owner in enumerate(free.buildings.owners):
        if owner is not None:
            continue
        for target in free.ground.cells.keys:
            if not free.may_take("building", target, at):
                continue
            stroke = Stroke("building", target, (at,))
            try:
                try_stroke(free, stroke)
            except GridmapError:
                continue
            paint(sample, free, stroke)
            after = load_palette(sample, whole(sample))
            assert after.buildings.owners[at] == target
            outside = shapely.difference(
                free.buildings.shapes[at], after.ground.cells.shape(target)
            )
            assert outside.area < 0.5, (outside.wkt, free.buildings.shapes[at].wkt)
            left = {stray.id for stray in find_strays(sample, "building").value}
            assert left == found - {free.buildings.ids[at]}
            won = after.ground.cells.shape(target).area - free.ground.cells.shape(target).area
            assert 0 < won < hole.area / 2
            assert after.ground.cells.is_valid
            done += 1
            break
        if done:
            break
    assert done == 1


def test_free_buildings_of_another_community_are_left_alone(sample, palette):
    gone = palette.buildings.owners[0]
    end_cell(sample, gone)
    free = load_palette(sample, whole(sample))
    home = palette.ground.rows[gone]["community_id"]
    for target, row in free.ground.rows.items():
        assert free.may_take("building", target, 0) == (row["community_id"] == home)


def test_a_plan_is_painted_and_the_official_division_stays(sample, palette):
    plan = new_plan(sample, NewPlan("试画")).value.id
    draft = load_palette(sample, whole(sample), plan)
    assert not draft.grids
    stroke, tried = first_that_works(draft, "building")
    paint(sample, draft, stroke)
    after = load_palette(sample, whole(sample), plan)
    assert after.buildings.owners[stroke.things[0]] == stroke.target
    (target,) = balances_of(after, [stroke.target], stroke.target)
    assert target.area_m2 == pytest.approx(tried.balances[0].area_m2)
    official = load_palette(sample, whole(sample)).ground.cells
    before = palette.ground.cells
    assert set(official.keys) == set(before.keys)
    assert all(official.shape(key).equals_exact(before.shape(key), 0) for key in before.keys)
