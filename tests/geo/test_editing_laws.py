"""What holds after any sequence of edits."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.geo.random_edits import Hand
from tests.geo.tilings import communities, district

from gridmap.base.errors import RequestError
from gridmap.geo.borders import Borders, find_arcs, to_mm
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.parents import follow
from gridmap.model.cell_edits import (
    AddVertex,
    Assign,
    Carve,
    CellEdit,
    DeleteVertex,
    Extend,
    HandOver,
    Merge,
    MoveBorder,
    MoveVertex,
    Reshape,
    Split,
    SplitParts,
)

STEPS = 12
ROUNDING_M = 0.0011
"""Half a millimetre in each direction, and what a double loses."""

SNAPPED_M = 0.0101
"""A line goes through a vertex that is nearer than this."""

Step = tuple[Coverage, CellEdit, Change, Coverage]


def walk(seed: int, steps: int = STEPS) -> Iterator[Step]:
    """Yield coverage, edit, change and coverage after it for each edit that could be done."""
    hand, coverage = Hand(seed), district(seed % 40)
    names = (f"n{number}" for number in count())
    for _ in range(steps):
        edit = hand.edit(coverage)
        before = wkb(coverage)
        change = outcome(apply_edit, coverage, edit, new_key=names.__next__)
        assert wkb(coverage) == before
        if isinstance(change, Change):
            after = change.applied(coverage)
            yield coverage, edit, change, after
            coverage = after


def outcome(
    attempt: Callable[..., Change], *values: object, **named: object
) -> Change | RequestError:
    """Return what comes of an attempt; a refusal names its place."""
    try:
        return attempt(*values, **named)
    except RequestError as error:
        refused = error
    assert refused.place.xy is not None or refused.code.endswith("merge_needs_two")
    return refused


def wkb(coverage: Coverage) -> dict[str, bytes]:
    return dict(zip(coverage.keys, shapely.to_wkb(coverage.shapes), strict=True))


def outer_vertices(coverage: Coverage) -> set[tuple[int, int]]:
    return {(x, y) for x, y in Borders.of(coverage).outer_codes()[:, :2].tolist()}


def vertices(coverage: Coverage) -> set[tuple[int, int]]:
    return {(x, y) for x, y in to_mm(shapely.get_coordinates(coverage.shapes)).tolist()}


def is_inner(edit: CellEdit, coverage: Coverage) -> bool:
    """Return whether an edit is to leave the common outline of all cells alone."""
    match edit:
        case Split() | SplitParts() | Merge() | HandOver() | Carve() | Assign():
            return True
        case Reshape(other=other) | MoveBorder(other=other):
            return other is not None
        case MoveVertex(at=at) | DeleteVertex(at=at):
            x, y = to_mm(np.array(at)).tolist()
            return (x, y) not in outer_vertices(coverage)
        case AddVertex(to=None):
            return True
        case _:
            return False


def drawn(edit: CellEdit, coverage: Coverage) -> list[tuple[float, float]]:
    """Return the places that an edit brings."""
    match edit:
        case Split(line=line) | Reshape(line=line) | HandOver(line=line):
            return list(line)
        case Carve(ring=ring) | Extend(ring=ring):
            return list(ring)
        case MoveVertex(to=to):
            return [to]
        case AddVertex(at=at, to=to):
            return [to or at]
        case MoveBorder(cell=cell, other=other, by=by):
            arc = find_arcs(coverage, cell, other)[0]
            way = np.round(by, 3)
            return [tuple(xy) for xy in shapely.get_coordinates(arc) + way]
        case _:
            return []


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_edits_never_tear_a_coverage(seed: int) -> None:
    for before, edit, change, after in walk(seed):
        assert after.is_valid
        assert (shapely.get_type_id(after.shapes) == shapely.GeometryType.POLYGON).all()
        assert (shapely.area(after.shapes) > 0.99).all()
        was, is_ = shapely.union_all(before.shapes), shapely.union_all(after.shapes)
        if is_inner(edit, before):
            new_outside = outer_vertices(after) - outer_vertices(before)
            allowed = 1e-6 * len(change.after)
            if new_outside:  # a crossing with the outer edge is rounded
                allowed = ROUNDING_M * float(shapely.length(was))
            assert float(shapely.area(shapely.symmetric_difference(was, is_))) <= allowed


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_no_vertex_appears_that_was_not_there_or_drawn(seed: int) -> None:
    for before, edit, _, after in walk(seed):
        if isinstance(edit, SplitParts | Assign):
            continue  # where their borders run is worked out, not drawn
        new = vertices(after) - vertices(before)
        places = drawn(edit, before)
        new -= {(x, y) for x, y in to_mm(np.array(places).reshape(-1, 2)).tolist()}
        if not new:
            continue
        # What is left are crossings, rounded, of a drawn line and a border.
        points = shapely.points(np.array(sorted(new)) / 1000.0)
        edges = shapely.union_all(shapely.boundary(before.shapes))
        on_border = shapely.distance(points, edges) <= ROUNDING_M
        if isinstance(edit, Reshape) and edit.other is None:  # borders that go on to the line
            on_border |= shapely.distance(points, shapely.LineString(places)) <= SNAPPED_M
        assert on_border.all()


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_the_opposite_of_a_change_gives_the_same_bytes_and_again_too(seed: int) -> None:
    for before, _, change, after in walk(seed):
        back = (~change).applied(after)
        assert wkb(back) == wkb(before)
        assert wkb(change.applied(back)) == wkb(after)
        untouched = set(before.keys) - set(change.before)
        assert {key: wkb(after)[key] for key in untouched} == {
            key: wkb(before)[key] for key in untouched
        }
        assert set(change.before) <= set(before.keys)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_new_cells_tell_from_which_their_ground_came(seed: int) -> None:
    for before, edit, change, _ in walk(seed):
        if isinstance(edit, Extend):
            assert not change.heirs
            continue
        assert set(change.heirs) == change.new
        for key, sources in change.heirs.items():
            shares = [
                float(shapely.area(shapely.intersection(change.after[key], before.shape(source))))
                for source in sources
            ]
            assert shares == pytest.approx(sorted(shares, reverse=True), abs=0.1)
            assert sum(shares) == pytest.approx(float(change.after[key].area), abs=0.2)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_communities_follow_their_cells(seed: int) -> None:
    parent_of, parents = communities(district(seed % 40), seed)
    for before, _, change, after in walk(seed):
        for key in change.new:
            beside = Borders.of(after).touching(after.position(key))
            known = [after.keys[at] for at in beside if after.keys[at] in parent_of]
            parent_of[key] = parent_of[change.heirs.get(key, known)[0]]
        followed = outcome(follow, parents, before, change, parent_of)
        if not isinstance(followed, Change):
            return
        parents = followed.applied(parents)
        assert parents.is_valid
        for key, shape in zip(parents.keys, parents.shapes, strict=True):
            members = [
                one
                for name, one in zip(after.keys, after.shapes, strict=True)
                if parent_of[name] == key
            ]
            union = shapely.coverage_union_all(np.array(members, object))
            assert shapely.equals_exact(shapely.normalize(union), shapely.normalize(shape), 0.0)


def test_a_clumsy_hand_does_every_kind_of_edit() -> None:
    done = Counter(type(edit).__name__ for seed in range(12) for _, edit, _, _ in walk(seed))
    assert set(done) == {
        "MoveVertex", "MoveBorder", "AddVertex", "DeleteVertex", "Reshape", "Split", "Merge",
        "HandOver", "Carve", "Extend", "SplitParts", "Assign",
    }  # fmt: skip
