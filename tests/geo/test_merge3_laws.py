"""What holds for every three-way merge of borders, whatever the two sides did."""

import numpy as np
import pytest
import shapely
from bench.chance_edits import edited, naming
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.geo.sides import are_apart, by_key, gone, side_of
from tests.geo.tilings import district

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.merge3 import merge3
from gridmap.model.cell_edits import Assign, CellEdit, SplitParts

BASES = [district(seed) for seed in range(4)]
BORDER_EDITS = ("move", "add", "delete", "reshape", "hand over")
bases = st.sampled_from(BASES)
chances = st.integers(0, 2**32 - 1).map(np.random.default_rng)
counts = st.integers(1, 3)
some = settings(max_examples=25)


def same(one: Coverage, other: Coverage) -> bool:
    mine, theirs = by_key(one), by_key(other)
    return mine.keys() == theirs.keys() and all(mine[k].wkb == theirs[k].wkb for k in mine)


def told(conflicts):
    return sorted((one.line.wkt, one.keys, str(one.reason)) for one in conflicts)


@some
@given(bases, chances, counts)
def test_what_one_side_did_is_the_merge_where_the_other_did_nothing(base, chance, count):
    side, _ = edited(base, chance, "m", count)
    for merged in (merge3(base, side, base), merge3(base, base, side)):
        assert not merged.conflicts
        assert same(merged.coverage, side)


@some
@given(bases, chances, counts)
def test_both_sides_doing_the_same_is_no_conflict(base, chance, count):
    side, _ = edited(base, chance, "m", count)
    merged = merge3(base, side, side)
    assert not merged.conflicts
    assert same(merged.coverage, side)


@settings(max_examples=50)
@given(bases, chances, counts, counts)
def test_a_merge_is_a_coverage_without_loss_and_the_sides_can_be_swapped(base, chance, our, their):
    mine, _ = edited(base, chance, "m", our)
    theirs, _ = edited(base, chance, "t", their)
    merged, swapped = merge3(base, mine, theirs), merge3(base, theirs, mine)
    assert told(merged.conflicts) == told(swapped.conflicts)
    if merged.coverage is None:
        assert swapped.coverage is None
        assert merged.conflicts
        return
    assert merged.coverage.is_valid
    assert {shape.geom_type for shape in merged.coverage.shapes} == {"Polygon"}
    assert same(merged.coverage, swapped.coverage)
    if not merged.conflicts:
        assert gone(base, mine, theirs, merged.coverage) == []
        assert gone(base, theirs, mine, merged.coverage) == []


@settings(max_examples=50)
@given(bases, chances)
@example(BASES[0], np.random.default_rng(85045))  # halves a cell that the other carves
def test_edits_on_different_borders_merge_as_if_done_one_after_the_other(base, chance):
    mine, ours = edited(base, chance, "m")
    theirs, others = edited(base, chance, "t")
    assume(are_apart(side_of(base, mine), side_of(base, theirs)))
    merged = merge3(base, mine, theirs)
    assert not merged.conflicts
    for first, alone, name, second in ((mine, theirs, "t", others), (theirs, mine, "m", ours)):
        try:
            change = apply_edit(first, second[0], new_key=naming(first, name))
        except RequestError:  # it names a cell that the first edit ended
            continue
        if measures_what_changed(second[0], base, alone, first):
            continue
        assert same_ground(change.applied(first), merged.coverage)


def measures_what_changed(edit: CellEdit, base: Coverage, alone: Coverage, first: Coverage) -> bool:
    """Return whether an edit finds its line from cells that have another shape by now.

    Equal parts and the corridor of a painted patch follow the cells around them: a merge keeps the
    line that was drawn, done again the edit draws another.
    """
    if not isinstance(edit, SplitParts | Assign):
        return False
    was, then, now = by_key(base), by_key(alone), by_key(first)
    touched = {key for key in was if key not in then or not then[key].equals(was[key])}
    return any(key not in now or not now[key].equals(was[key]) for key in touched)


def same_ground(one: Coverage, other: Coverage) -> bool:
    """Return whether areas are equal; which new part of a split bears which name may differ."""
    mine, theirs = (
        {key: shapely.normalize(shape) for key, shape in by_key(coverage).items()}
        for coverage in (one, other)
    )
    new = [
        sorted(shape.wkb for key, shape in shapes.items() if not key.startswith("k"))
        for shapes in (mine, theirs)
    ]
    return (
        mine.keys() == theirs.keys()
        and new[0] == new[1]
        and all(shape == theirs[key] for key, shape in mine.items() if key.startswith("k"))
    )


@some
@given(bases, chances, st.sampled_from(("split", "merge")), counts)
def test_splits_and_merges_go_with_border_edits_elsewhere(base, chance, kind, count):
    mine, _ = edited(base, chance, "m", count, (kind,))
    theirs, _ = edited(base, chance, "t", count, BORDER_EDITS)
    assume(are_apart(side_of(base, mine), side_of(base, theirs)))
    merged = merge3(base, mine, theirs)
    assert not merged.conflicts
    assert merged.coverage.is_valid
    ended = set(base.keys) - set(mine.keys)
    assert not ended & set(merged.coverage.keys)
    assert set(mine.keys) - set(base.keys) <= set(merged.coverage.keys)


@some
@given(bases, chances, st.floats(1, 6), st.floats(0.3, 3))
def test_one_border_moved_in_two_ways_is_named_and_nothing_else(base, chance, reach_m, turn):
    place, keys = bend(base, chance)
    assume(place is not None)
    sides = [moved(base, place, reach_m, at) for at in (0, turn)]
    assume(all(side.is_valid for side in sides))
    merged = merge3(base, sides[0], sides[1])
    assert [one.keys for one in merged.conflicts] == [keys]
    (only,) = merged.conflicts
    assert only.base_keys == only.mine_keys == only.theirs_keys == keys
    assert shapely.intersects(only.line, shapely.Point(place))
    assert shapely.covers(borders_between(base, keys), only.line)
    assert same(merged.coverage, base)


def bend(base, chance):
    """Return a vertex in the midst of a border of two cells, and their keys."""
    for _ in range(50):
        xy = shapely.get_coordinates(base.shapes[int(chance.integers(len(base)))])
        place = tuple(xy[int(chance.integers(len(xy)))].tolist())
        owners = [
            key
            for key, shape in by_key(base).items()
            if (shapely.get_coordinates(shape) == place).all(axis=1).any()
        ]
        if len(owners) == 2:
            border = shapely.line_merge(borders_between(base, owners))
            if not shapely.intersects(shapely.boundary(border), shapely.Point(place)):
                return place, tuple(sorted(owners))
    return None, ()


def moved(base, place, reach_m, turn):
    to = np.round(np.array(place) + reach_m * np.array([np.cos(turn), np.sin(turn)]), 3)
    shapes = shapely.transform(
        base.shapes, lambda xy: np.where((xy == place).all(axis=1)[:, None], to, xy)
    )
    return Coverage(base.keys, shapes)


def borders_between(base, keys):
    one, other = (base.shape(key) for key in keys)
    return shapely.intersection(shapely.boundary(one), shapely.boundary(other))


@pytest.mark.parametrize("seed", range(3))
def test_cells_that_nobody_changed_keep_their_bytes(seed):
    base, chance = BASES[seed], np.random.default_rng(seed)
    mine, theirs = (edited(base, chance, name, 2)[0] for name in "mt")
    merged = merge3(base, mine, theirs).coverage
    before, after = by_key(base), by_key(merged)
    still = [
        key
        for key, shape in before.items()
        if all(by_key(side).get(key) is shape for side in (mine, theirs))
    ]
    assert still
    assert all(after[key] is before[key] for key in still)
