"""Held shapes: what changed is found where it is now, and nowhere else."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.geo import held
from gridmap.geo.features import as_objects
from gridmap.geo.held import HeldShapes


def box(x, y):
    return shapely.box(x, y, x + 1, y + 1)


changes = st.lists(
    st.tuples(st.integers(0, 7), st.one_of(st.none(), st.tuples(*[st.integers(0, 5)] * 2))),
    max_size=12,
)


@settings(max_examples=60)
@given(changes, st.sampled_from([1, 3, 2_000]))
def test_after_any_changes_queries_tell_the_same_as_a_new_index(steps, most_fresh):
    held._MOST_FRESH, kept = most_fresh, held._MOST_FRESH
    try:
        rows = {str(n): box(n, n) for n in range(4)}
        here = HeldShapes(list(rows), as_objects(list(rows.values())), {"n": [*range(4)]})
        for number, place in steps:
            shape = None if place is None else box(*place)
            before, (at,) = here.put([(str(number), shape)], {"n": [number]})
            assert (before[0] is None) == (str(number) not in rows)
            rows[str(number)] = shape
            rows = {id_: one for id_, one in rows.items() if one is not None}
            assert here.columns["n"][at] == number
    finally:
        held._MOST_FRESH = kept
    looked = as_objects([box(x + 0.5, y + 0.5) for x in range(6) for y in range(6)])
    for predicate in (None, "intersects"):
        of, hit = here.query(looked, predicate)
        pairs = {(int(n), here.ids[at]) for n, at in zip(of, hit, strict=True)}
        fresh = shapely.STRtree(list(rows.values()))
        want_of, want = fresh.query(looked, predicate)
        assert pairs == {(int(n), list(rows)[at]) for n, at in zip(want_of, want, strict=True)}
    assert {here.ids[at] for at in here.alive.tolist()} == set(rows)


def test_nothing_is_near_to_nothing():
    here = HeldShapes(["a"], as_objects([box(0, 0)]))
    assert not len(here.near(as_objects([])))
    assert not len(here.near(as_objects([None])))
    assert here.near(as_objects([box(1.5, 0)]), 1.0).tolist() == [0]
    assert np.array_equal(here.alive, [0])
