"""A change of a coverage: applied, taken back, and put together with a later one."""

import numpy as np
import shapely

from gridmap.geo.coverage import Change, Coverage


def square(x, y=0, width=10, height=10):
    return shapely.box(x, y, x + width, y + height)


def row(*keys):
    shapes = np.array([square(10 * at) for at in range(len(keys))], object)
    return Coverage(keys, shapes)


SPLIT = Change(
    {"a": square(0)},
    {"a1": square(0, width=4), "a2": square(4, width=6)},
    {"a1": ("a",), "a2": ("a",)},
)
JOIN = Change(
    {"a2": square(4, width=6), "b": square(10)},
    {"c": square(4, width=16)},
    {"c": ("b", "a2")},
)


def same(one, other):
    assert sorted(one.keys) == sorted(other.keys)
    assert all(one.shape(key).wkb == other.shape(key).wkb for key in one.keys)


def test_a_change_tells_what_ends_begins_and_stays():
    change = Change({"a": square(0), "b": square(10)}, {"b": square(0, width=20)})
    assert (change.gone, change.changed, change.new) == ({"a"}, {"b"}, set())
    assert (SPLIT.gone, SPLIT.changed, SPLIT.new) == ({"a"}, set(), {"a1", "a2"})


def test_taking_a_change_back_gives_the_bytes_of_before():
    before = row("a", "b")
    after = SPLIT.applied(before)
    assert after.is_valid
    same((~SPLIT).applied(after), before)


def test_areas_that_stay_keep_their_place():
    assert SPLIT.applied(row("z", "a", "b")).keys == ("z", "b", "a1", "a2")


def test_two_changes_together_do_what_they_do_one_after_the_other():
    before = row("a", "b")
    both = SPLIT + JOIN
    same(both.applied(before), JOIN.applied(SPLIT.applied(before)))
    same((~both).applied(both.applied(before)), before)
    assert (both.gone, both.new) == ({"a", "b"}, {"a1", "c"})


def test_what_came_and_went_in_between_is_nobodys_heir():
    assert (SPLIT + JOIN).heirs == {"a1": ("a",), "c": ("b", "a")}


def test_only_areas_nearby_are_taken():
    near = row("a", "b", "c", "d").near([square(11, width=2, height=2)], 2.0)
    assert near.keys == ("a", "b")
