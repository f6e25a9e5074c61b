import math
from itertools import count

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.features import as_objects
from gridmap.geo.homes import Homes
from gridmap.geo.parts import split_parts
from gridmap.model.cell_edits import SplitParts

EAST, NORTH = 500_000.0, 4_420_000.0


def names():
    numbers = count(1)
    return lambda: f"part {next(numbers)}"


def moved(shape):
    return shapely.transform(shape, lambda xy: np.round(np.add(xy, (EAST, NORTH)), 3))


def beside(shape):
    """The shape as cell "a" with the rest of a box around it as cells "n" and "s"."""
    shape = moved(shape)
    xmin, ymin, xmax, ymax = shape.bounds
    box = shapely.box(xmin - 50, ymin - 50, xmax + 50, ymax + 50)
    middle = (ymin + ymax) / 2 + 0.123
    halves = [shapely.box(xmin - 50, middle, xmax + 50, ymax + 50)]
    halves.append(shapely.box(xmin - 50, ymin - 50, xmax + 50, middle))
    noded = shapely.union_all(
        [shape.boundary, *(half.boundary for half in halves)], grid_size=0.001
    )
    faces = shapely.get_parts(shapely.polygonize([noded]))
    keys, shapes = [], []
    for number, face in enumerate(faces):
        if shapely.intersects(box, face.representative_point()):
            inside = shapely.contains_xy(shape, *face.representative_point().coords[0])
            keys.append("a" if inside else f"n{number}")
            shapes.append(face)
    owned = [shape_ for key, shape_ in zip(keys, shapes, strict=True) if key == "a"]
    rest = [(key, shape_) for key, shape_ in zip(keys, shapes, strict=True) if key != "a"]
    whole = shapely.coverage_union_all(as_objects(owned))
    return Coverage(("a", *(key for key, _ in rest)), as_objects([whole, *(s for _, s in rest)]))


def ensure_parts(coverage, change, parts):
    after = change.applied(coverage)
    assert coverage.is_valid
    assert after.is_valid
    assert change.gone == {"a"}
    assert len(change.new) == parts
    assert all(change.heirs[key] == ("a",) for key in change.new)
    assert {shape.geom_type for shape in after.shapes} == {"Polygon"}
    assert not shapely.symmetric_difference(
        shapely.union_all(coverage.shapes), shapely.union_all(after.shapes)
    ).area
    xy = shapely.get_coordinates(after.shapes)
    assert (np.round(xy, 3) == xy).all()
    return [change.after[key] for key in sorted(change.new, key=lambda key: int(key.split()[1]))]


SHAPES = {
    "square": shapely.box(0, 0, 100, 100),
    "slanted": shapely.Polygon([(0, 0), (120, 30), (95, 140), (-20, 90)]),
    "long": shapely.box(0, 0, 300, 22),
    "bent": shapely.Polygon([(0, 0), (120, 0), (120, 35), (35, 35), (35, 120), (0, 120)]),
    "bay": shapely.Polygon(
        [(0, 0), (100, 0), (100, 100), (70, 100), (70, 30), (30, 30), (30, 100), (0, 100)]
    ),
    "comb": shapely.union_all(
        [shapely.box(0, 0, 150, 20), *(shapely.box(x, 0, x + 15, 90) for x in (0, 45, 90, 135))]
    ),
    "ring": shapely.Point(0, 0).buffer(60).difference(shapely.Point(8, 3).buffer(20)),
    "island": shapely.box(0, 0, 100, 100).difference(shapely.box(60, 60, 80, 80)),
}


@pytest.mark.parametrize("parts", [2, 3, 5, 8])
@pytest.mark.parametrize("name", list(SHAPES))
def test_parts_of_equal_area_differ_by_less_than_one_in_a_hundred(name, parts):
    coverage = beside(SHAPES[name])
    change = split_parts(coverage, SplitParts("a", parts), names())
    pieces = ensure_parts(coverage, change, parts)
    wanted = coverage.shape("a").area / parts
    assert max(abs(piece.area / wanted - 1) for piece in pieces) < 0.01


@given(
    st.lists(st.tuples(st.floats(30, 90), st.floats(0.6, 1.4)), min_size=5, max_size=14),
    st.integers(2, 7),
)
@settings(max_examples=25, deadline=None)
def test_any_star_shaped_cell_is_cut_into_equal_parts(spokes, parts):
    angles = np.cumsum([width for _, width in spokes])
    angles *= math.tau / angles[-1]
    points = [(r * math.cos(a), r * math.sin(a)) for (r, _), a in zip(spokes, angles, strict=True)]
    shape = shapely.Polygon(points)
    if not shape.is_valid or not shapely.contains_xy(shape, 0, 0):
        return
    coverage = beside(shape)
    change = split_parts(coverage, SplitParts("a", parts), names())
    pieces = ensure_parts(coverage, change, parts)
    wanted = coverage.shape("a").area / parts
    assert max(abs(piece.area / wanted - 1) for piece in pieces) < 0.01


def test_parts_are_compact_and_come_from_west_to_east():
    coverage = beside(SHAPES["square"])
    four = ensure_parts(coverage, split_parts(coverage, SplitParts("a", 4), names()), 4)
    assert [round(piece.length) for piece in four] == [200] * 4
    assert [piece.centroid.x < EAST + 50 for piece in four] == [True, True, False, False]
    assert four[0].centroid.y > four[1].centroid.y
    coverage = beside(SHAPES["long"])
    five = ensure_parts(coverage, split_parts(coverage, SplitParts("a", 5), names()), 5)
    assert max(piece.length for piece in five) < 2 * (60 + 22) * 1.1
    assert [piece.centroid.x for piece in five] == sorted(piece.centroid.x for piece in five)


def homes_of(boxes, households):
    shapes = as_objects([moved(shapely.box(*box)) for box in boxes])
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    return Homes(xy, np.array(households, float), shapes)


def rows_of_houses():
    return [(x, y, x + 14, y + 12) for x in range(5, 90, 25) for y in range(6, 90, 24)]


def held(pieces, homes):
    return [int(homes.households[shapely.contains_xy(p, *homes.xy.T)].sum()) for p in pieces]


def test_households_are_divided_as_evenly_as_whole_buildings_allow():
    coverage = beside(SHAPES["square"])
    houses = rows_of_houses()
    homes = homes_of(houses, [10 + number % 3 for number in range(len(houses))])
    for parts in (2, 3, 4):
        change = split_parts(coverage, SplitParts("a", parts, "households"), names(), homes)
        pieces = ensure_parts(coverage, change, parts)
        counts = held(pieces, homes)
        assert sum(counts) == int(homes.households.sum())
        assert max(counts) - min(counts) <= 13  # the households of one building


def test_one_tower_with_most_households_is_not_cut():
    coverage = beside(SHAPES["square"])
    homes = homes_of([(10, 10, 40, 40), (60, 60, 80, 80), (60, 10, 80, 30)], [300, 10, 12])
    change = split_parts(coverage, SplitParts("a", 2, "households"), names(), homes)
    pieces = ensure_parts(coverage, change, 2)
    assert sorted(held(pieces, homes)) == [22, 300]
    cut = shapely.intersection(pieces[0], pieces[1])
    assert shapely.intersection(cut, shapely.union_all(homes.outlines)).length == 0


def test_cuts_by_area_keep_to_the_ground_between_buildings():
    coverage = beside(SHAPES["square"])
    homes = homes_of([(0.2, 42, 49.7, 58), (50.2, 42, 99, 58)], [10, 10])
    change = split_parts(coverage, SplitParts("a", 2), names(), homes)
    pieces = ensure_parts(coverage, change, 2)
    cut = shapely.intersection(pieces[0], pieces[1])
    assert shapely.intersection(cut, shapely.union_all(homes.outlines)).length == 0


@pytest.mark.parametrize(
    ("edit", "homes"),
    [
        (SplitParts("a", 1), None),
        (SplitParts("a", 1000), None),
        (SplitParts("none", 2), None),
        (SplitParts("a", 2, "households"), None),
        (SplitParts("a", 3, "households"), ([(0, 0, 9, 9), (50, 50, 60, 60)], [3, 4])),
        (SplitParts("a", 2, "households"), ([(0, 0, 9, 9), (50, 50, 60, 60)], [3, 0])),
    ],
)
def test_parts_that_make_no_sense_are_refused(edit, homes):
    known = None if homes is None else homes_of(*homes)
    with pytest.raises(RequestError):
        split_parts(beside(SHAPES["square"]), edit, names(), known)


def test_a_cell_of_a_few_square_metres_is_not_cut_to_crumbs():
    with pytest.raises(RequestError):
        split_parts(beside(shapely.box(0, 0, 4, 4)), SplitParts("a", 10), names())
