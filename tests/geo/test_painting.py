import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.features import as_objects
from gridmap.geo.homes import Homes
from gridmap.geo.painting import assign
from gridmap.geo.patches import ground_of
from gridmap.model.cell_edits import Assign

EAST, NORTH = 500_000.0, 4_420_000.0
SIDE = 60.0


def box(x0, y0, x1, y1):
    return shapely.box(EAST + x0, NORTH + y0, EAST + x1, NORTH + y1)


def ring(shape):
    return tuple(map(tuple, shapely.get_coordinates(shape).tolist()))


def town(columns=3, rows=3):
    """Square cells "c r" of 60 m, each with four houses in two rows."""
    keys, cells, houses = [], [], []
    for column in range(columns):
        for row in range(rows):
            x, y = column * SIDE, row * SIDE
            keys.append(f"{column} {row}")
            cells.append(box(x, y, x + SIDE, y + SIDE))
            houses += [box(x + a, y + b, x + a + 16, y + b + 12) for a in (8, 36) for b in (9, 38)]
    shapes = as_objects(houses)
    homes = Homes(shapely.get_coordinates(shapely.centroid(shapes)), np.ones(len(shapes)), shapes)
    return Coverage(tuple(keys), as_objects(cells)), homes


def ensure_whole(coverage, homes, change):
    after = change.applied(coverage)
    assert after.is_valid
    assert after.keys == coverage.keys
    assert {shape.geom_type for shape in after.shapes} == {"Polygon"}
    assert all(not shape.interiors for shape in after.shapes)
    assert (
        shapely.union_all(after.shapes)
        .symmetric_difference(shapely.union_all(coverage.shapes))
        .area
        < 1e-6
    )
    xy = shapely.get_coordinates(after.shapes)
    assert (np.round(xy, 3) == xy).all()
    assert not shapely.buffer(after.shapes, -0.5).tolist().count(shapely.Polygon())
    cut = shapely.intersection(shapely.boundary(after.shapes)[:, None], homes.outlines[None, :])
    assert shapely.length(cut).max() < 0.01
    return after


def houses_in(coverage, homes, key):
    return set(np.flatnonzero(shapely.contains_xy(coverage.shape(key), *homes.xy.T)).tolist())


def test_a_painted_house_takes_the_ground_half_the_way_to_those_that_stay():
    coverage, homes = town(2, 1)
    change = assign(coverage, Assign((ring(homes.outlines[3]),), "1 0"), homes)
    after = ensure_whole(coverage, homes, change)
    assert houses_in(after, homes, "1 0") == {3, 4, 5, 6, 7}
    assert houses_in(after, homes, "0 0") == {0, 1, 2}
    given = shapely.difference(after.shape("1 0"), coverage.shape("1 0"))
    # between the houses lie 12 m from west to east, and 17 m from south to north
    assert given.bounds == pytest.approx((EAST + 30, NORTH + 29.5, EAST + 60, NORTH + 60), abs=1.0)


def test_houses_of_several_cells_are_painted_in_one_stroke():
    coverage, homes = town(3, 2)
    east_of_west = [at for at in houses_in(coverage, homes, "0 0") if homes.xy[at, 0] > EAST + 30]
    west_of_east = [at for at in houses_in(coverage, homes, "2 0") if homes.xy[at, 0] < EAST + 150]
    painted = east_of_west + west_of_east
    patches = tuple(ring(homes.outlines[at]) for at in painted)
    change = assign(coverage, Assign(patches, "1 0"), homes)
    after = ensure_whole(coverage, homes, change)
    assert houses_in(after, homes, "1 0") == houses_in(coverage, homes, "1 0") | set(painted)


def test_a_stroke_reaches_through_one_cell_into_the_next():
    coverage, homes = town(3, 1)
    middle = houses_in(coverage, homes, "1 0")
    row = [at for at in middle if homes.xy[at, 1] > NORTH + 30]
    beyond = [
        at
        for at in houses_in(coverage, homes, "2 0")
        if homes.xy[at, 1] > NORTH + 30 and homes.xy[at, 0] < EAST + 150
    ]
    patches = tuple(ring(homes.outlines[at]) for at in (*beyond, *row))
    change = assign(coverage, Assign(patches, "0 0"), homes)
    after = ensure_whole(coverage, homes, change)
    assert {*row, *beyond} <= houses_in(after, homes, "0 0")
    assert houses_in(after, homes, "1 0") == middle - set(row)


def test_a_house_in_the_middle_of_a_row_is_given_without_cutting_its_cell_in_two():
    cells = as_objects([box(0, 0, 120, 40), box(0, 40, 120, 80)])
    houses = as_objects([box(x, 14, x + 16, 26) for x in (10, 52, 94)])
    homes = Homes(shapely.get_coordinates(shapely.centroid(houses)), np.ones(3), houses)
    coverage = Coverage(("south", "north"), cells)
    change = assign(coverage, Assign((ring(houses[1]),), "north"), homes)
    after = ensure_whole(coverage, homes, change)
    assert houses_in(after, homes, "south") == {0, 2}
    assert houses_in(after, homes, "north") == {1}


def test_a_block_is_given_exactly_as_it_is():
    coverage, homes = town(2, 1)
    block = box(30, 0, 60, 60)
    change = assign(coverage, Assign((ring(block),), "1 0"), homes)
    after = ensure_whole(coverage, homes, change)
    assert after.shape("0 0").equals(box(0, 0, 30, 60))
    assert after.shape("1 0").equals(box(30, 0, 120, 60))


def test_neighbours_get_the_new_vertices():
    coverage, homes = town(2, 2)
    change = assign(coverage, Assign((ring(box(30, 0, 60, 60)),), "1 0"), homes)
    after = ensure_whole(coverage, homes, change)
    assert "0 1" in change.changed
    assert (EAST + 30, NORTH + 60) in ring(after.shape("0 1"))
    assert change.after["0 1"].equals(coverage.shape("0 1"))


def test_without_known_buildings_a_patch_leaves_its_cell_some_ground():
    coverage, homes = town(2, 1)
    change = assign(coverage, Assign((ring(homes.outlines[3]),), "1 0"))
    after = ensure_whole(coverage, homes.take(np.array([3])), change)
    assert 3 in houses_in(after, homes, "1 0")
    assert after.shape("0 0").area > 500


def test_a_building_whose_outline_crosses_itself_is_no_obstacle():
    coverage, homes = town(2, 1)
    x, y = EAST + 20, NORTH + 30
    bow = shapely.Polygon([(x, y), (x + 6, y + 6), (x + 6, y), (x, y + 6)])
    outlines = as_objects([*homes.outlines, bow])
    known = Homes(np.vstack([homes.xy, [(x + 1, y + 3)]]), np.ones(len(outlines)), outlines)
    change = assign(coverage, Assign((ring(homes.outlines[3]),), "1 0"), known)
    assert houses_in(change.applied(coverage), homes, "1 0") == {3, 4, 5, 6, 7}


def refused(coverage, edit, homes=None):
    with pytest.raises(RequestError) as caught:
        assign(coverage, edit, homes)
    return caught.value


def test_what_cannot_be_painted_is_refused_with_its_place():
    coverage, homes = town(3, 1)
    far = homes.outlines[11]
    for edit, code in (
        (Assign((), "0 0"), "nothing_to_paint"),
        (Assign((ring(homes.outlines[0]),), "0 0"), "nothing_to_paint"),
        (Assign((ring(far),), "0 0"), "not_reached"),
        (Assign((ring(box(-90, -90, -80, -80)),), "0 0"), "in_no_cell"),
        (Assign((ring(homes.outlines[5]),), "0 0", frozenset({"1 0"})), "cell_is_kept"),
        (Assign((ring(coverage.shapes[1]),), "0 0"), "nothing_stays"),
        (Assign((ring(box(80, 0, 100, 60)),), "0 0"), "not_reached"),
    ):
        error = refused(coverage, edit, homes)
        assert error.code.endswith(code), (error.code, code)
        assert error.place.xy is not None or not edit.patches


def test_a_stroke_that_would_leave_houses_cut_off_is_refused():
    cells = as_objects([box(0, 0, 120, 40), box(0, 40, 120, 80)])
    houses = as_objects([box(x, 1, x + 16, 39) for x in (10, 52, 94)])
    homes = Homes(shapely.get_coordinates(shapely.centroid(houses)), np.ones(3), houses)
    coverage = Coverage(("south", "north"), cells)
    block = box(40, 0, 80, 40)
    error = refused(coverage, Assign((ring(block),), "north"), homes)
    assert error.code.endswith("left_in_parts")


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_painted_the_cells_stay_whole_and_no_house_is_cut(data):
    coverage, homes = town()
    picked = data.draw(st.sets(st.integers(0, len(homes) - 1), min_size=1, max_size=6))
    to = data.draw(st.sampled_from(coverage.keys))
    keep = frozenset(data.draw(st.sets(st.sampled_from(coverage.keys), max_size=2)))
    edit = Assign(tuple(ring(homes.outlines[at]) for at in sorted(picked)), to, keep)
    try:
        change = assign(coverage, edit, homes)
    except RequestError as error:
        assert error.place.xy is not None  # noqa: PT017 - either is right
        return
    after = ensure_whole(coverage, homes, change)
    assert houses_in(after, homes, to) == houses_in(coverage, homes, to) | picked
    for key in keep - {to}:
        assert shapely.equals(after.shape(key), coverage.shape(key))
    assert (~change).applied(after).shapes.tolist() == coverage.shapes.tolist()


def test_ground_is_divided_along_lines_between_slanted_houses():
    area = box(0, 0, 90, 50)
    near = as_objects([shapely.affinity.rotate(box(15, 15, 31, 27), 20)])
    far = as_objects([shapely.affinity.rotate(box(55, 15, 71, 27), -10)])
    (given_,) = ground_of(area, near, far)
    assert shapely.contains(given_, near[0])
    assert not shapely.intersects(given_, far[0])
    assert len(given_.exterior.coords) < 14


def test_the_order_of_the_cells_decides_nothing():
    upper = shapely.Polygon([(0, 50), (50, 50), (99, 50), (99, 99), (0, 99)])
    shapes = as_objects([shapely.box(0, 0, 50, 50), shapely.box(50, 0, 99, 50), upper])
    forward = Coverage(("a", "b", "c"), shapes)
    backward = Coverage(("c", "b", "a"), shapes[::-1])
    patch = ((30.0, 40.0), (70.0, 40.0), (70.0, 60.0), (30.0, 60.0), (30.0, 40.0))
    edit = Assign((patch,), "c")
    one, other = assign(forward, edit), assign(backward, edit)
    assert set(one.after) == set(other.after)
    for key, shape in one.after.items():
        assert shape.equals_exact(other.after[key], 0.0, normalize=True)
