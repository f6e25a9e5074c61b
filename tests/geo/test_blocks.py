"""One area cut into blocks by its lanes: it tiles, and the neighbours have every new vertex."""

from itertools import count

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gridmap.base.errors import RequestError
from gridmap.geo.blocks import cut_into_blocks
from gridmap.geo.coverage import Coverage

SQUARE = shapely.box(0, 0, 300, 300)
BESIDE = shapely.Polygon([(300, -10), (420, 0), (400, 310), (300, 300), (300, 0)])
GROUND = Coverage(("area", "beside"), np.array([SQUARE, BESIDE], object))


def lanes(*lines):
    return np.array([shapely.LineString(line) for line in lines], object)


def cut(lines, smallest_m2=100.0, ground=GROUND):
    numbers = count()
    return cut_into_blocks(ground, "area", lines, smallest_m2, lambda: f"block {next(numbers)}")


def test_lanes_that_cross_give_four_blocks_and_the_neighbour_its_vertex():
    change = cut(lanes([(-5, 100), (310, 100.0004)], [(150, -5), (150, 305)]))
    after = change.applied(GROUND)
    assert len(change.new) == 4
    assert change.gone == {"area"}
    assert after.is_valid
    assert (300.0, 100.0) in after.shape("beside").exterior.coords


def test_the_ground_stays_the_same():
    change = cut(lanes([(0, 77.123), (300, 181.7)], [(20, 0), (33, 300)]))
    before, after = (
        shapely.union_all(GROUND.shapes),
        shapely.union_all(change.applied(GROUND).shapes),
    )
    assert shapely.symmetric_difference(before, after).area < 1e-6


def test_a_lane_that_ends_inside_is_left_out():
    change = cut(lanes([(0, 150), (300, 150)], [(100, 0), (100, 80)]))
    assert len(change.new) == 2


def test_small_blocks_are_joined_to_a_neighbour():
    change = cut(lanes([(0, 150), (300, 150)], [(0, 155), (300, 155)]), smallest_m2=2_000)
    assert sorted(
        round(shape.area) for key, shape in change.after.items() if key in change.new
    ) == [
        43_500,
        46_500,
    ]


@pytest.mark.parametrize(
    "lines", [lanes([(100, 0), (100, 80)]), lanes([(500, 500), (600, 600)]), lanes()]
)
def test_lanes_that_enclose_nothing_are_said_with_the_place(lines):
    with pytest.raises(RequestError) as caught:
        cut(lines)
    assert caught.value.code == "geo.block_texts.no_blocks"
    assert caught.value.place.xy is not None


@st.composite
def some_lanes(draw):
    number = st.integers(-50_000, 350_000).map(lambda mm: mm / 1000)
    points = st.tuples(number, number)
    return lanes(*draw(st.lists(st.lists(points, min_size=2, max_size=4), min_size=1, max_size=8)))


@given(some_lanes())
def test_whatever_the_lanes_are_the_blocks_tile_or_nothing_is_done(lines):
    try:
        change = cut(lines)
    except RequestError:
        return
    after = change.applied(GROUND)
    assert after.is_valid
    assert (shapely.get_type_id(after.shapes) == shapely.GeometryType.POLYGON).all()
    assert abs(shapely.area(after.shapes).sum() - shapely.area(GROUND.shapes).sum()) < 1.0
    new = np.array([change.after[key] for key in change.new], object)
    assert abs(shapely.area(new).sum() - SQUARE.area) < 0.5
