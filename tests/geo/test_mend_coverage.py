"""Torn coverages mended: valid afterwards, little moved, and what is not small is told."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.geo import crs
from gridmap.geo.features import as_objects
from gridmap.geo.held import HeldShapes
from gridmap.geo.mend_coverage import mend_coverage
from gridmap.geo.rules_tiling import find_overlaps, find_tears

SHARED = Path(__file__).parents[3] / "shared" / "data"
_TORN_COUNTIES = ("10018", "10004")
"""7,005 areas; where the two counties meet their borders do not match."""


def squares(columns=4, rows=4, side=100.0):
    corners = [(x * side, y * side) for y in range(rows) for x in range(columns)]
    return as_objects([shapely.box(x, y, x + side, y + side) for x, y in corners])


def shaken(shapes, seed, by_m):
    """Move each vertex of each area a little, every area for itself; the outer edge stays."""
    random = np.random.default_rng(seed)
    rings = [shapely.get_coordinates(shape)[:-1] for shape in shapes]
    most = max(ring.max() for ring in rings)
    moved = [ring + random.uniform(-by_m, by_m, ring.shape) for ring in rings]
    kept = [
        np.where((ring == 0) | (ring == most), ring, at)
        for ring, at in zip(rings, moved, strict=True)
    ]
    return as_objects([shapely.Polygon(np.round(ring, 3)) for ring in kept])


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from([0.002, 0.02, 0.2]))
def test_areas_that_were_shaken_match_again_and_keep_their_ground(seed, by_m):
    torn = shaken(squares(), seed, by_m)
    mended = mend_coverage(torn, 1.0)
    assert mended.leftovers == ()
    assert shapely.coverage_is_valid(mended.shapes)
    assert shapely.is_valid(mended.shapes).all()
    xy = shapely.get_coordinates(mended.shapes)
    assert np.array_equal(xy, np.round(xy, 3))
    moved = shapely.area(shapely.symmetric_difference(torn, mended.shapes))
    assert moved.max() < 4 * 100 * by_m * 2.1  # a strip along each border
    overlaps = find_overlaps(_held(mended.shapes), np.arange(len(mended.shapes)))
    assert not len(overlaps[0])


def _held(shapes):
    return HeldShapes([str(n) for n in range(len(shapes))], shapes)


def test_what_matches_is_not_touched_by_a_bit():
    shapes = squares()
    torn = shapes.copy()
    torn[5] = shapely.box(100, 100, 199.8, 200)
    mended = mend_coverage(torn, 1.0)
    assert {one.position for one in mended.repairs} <= {1, 2, 5, 6, 9, 10}
    far = [0, 3, 4, 7, 8, 11, 12, 13, 14, 15]
    assert shapely.to_wkb(mended.shapes[far]).tolist() == shapely.to_wkb(shapes[far]).tolist()
    assert shapely.area(mended.shapes).sum() == 16 * 100 * 100


def test_a_wide_overlap_or_gap_is_left_and_the_overlap_is_told_with_its_place():
    shapes = squares(3, 1)
    shapes[1] = shapely.box(80, 0, 200, 100)  # 20 m over its neighbour
    shapes[2] = shapely.box(230, 0, 300, 100)  # 30 m away
    mended = mend_coverage(shapes, 1.0)
    (left,) = mended.leftovers
    assert (left.reason, left.positions) == ("overlap", (0, 1))
    assert left.area_m2 == pytest.approx(2000)
    assert 80 < left.xy[0] < 100
    assert mended.repairs == ()


def test_sums_of_edges_tell_a_gap_an_overlap_and_ground_outside():
    whole = as_objects([shapely.box(0, 0, 400, 400)])
    groups = np.zeros(16, np.int64)
    assert not len(find_tears(squares(), groups, whole))
    for shape in (
        shapely.box(0, 0, 99.9, 100),
        shapely.box(0, 0, 100.1, 100),
        shapely.box(-1, 0, 100, 100),
    ):
        torn = squares()
        torn[0] = shape
        assert len(find_tears(torn, groups, whole))
    twice = np.append(squares(), squares()[:1])
    assert len(find_tears(twice, np.zeros(17, np.int64), whole))


# --- real ones


def read_ningbo():
    path = SHARED / "bounds-ningbo-communities" / "ningbo-communities.geojson"
    if not path.exists():
        pytest.skip("the real communities of Ningbo are not on this machine")
    parsed = shapely.from_geojson(path.read_text("utf-8"))
    return _projected(np.array(shapely.get_parts(parsed), object), 4549)


def _projected(shapes, epsg):
    return shapely.transform(shapes, lambda xy: np.round(crs.transform_xy(xy, 4326, epsg), 3))


def read_taiwan(counties):
    path = SHARED / "coverage-taiwan-statareas" / "taiwan-min-stat-areas.topojson.xz"
    if not path.exists():
        pytest.skip("the statistical areas of Taiwan are not on this machine")
    with lzma.open(path) as opened:
        held = json.load(opened)
    scale, move = (np.array(held["transform"][name]) for name in ("scale", "translate"))

    def ring(numbers):
        arcs = [np.cumsum(held["arcs"][n if n >= 0 else ~n], axis=0) for n in numbers]
        turned = [arc if n >= 0 else arc[::-1] for arc, n in zip(arcs, numbers, strict=True)]
        joined = [turned[0], *(arc[1:] for arc in turned[1:])]
        return np.concatenate(joined) * scale + move

    shapes = []
    for one in held["objects"]["min_stat_area"]["geometries"]:
        if not one["properties"]["TOWN_ID"].startswith(counties):
            continue
        polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
        parts = [shapely.Polygon(ring(p[0]), [ring(hole) for hole in p[1:]]) for p in polygons]
        shapes.append(shapely.MultiPolygon(parts))
    return _projected(as_objects(shapes), 3826)


def test_the_communities_of_ningbo_match_afterwards():
    shapes = read_ningbo()
    assert not shapely.coverage_is_valid(shapes)
    mended = mend_coverage(shapes, 1.0)
    assert mended.torn_before >= 14
    assert mended.leftovers == ()
    assert shapely.coverage_is_valid(mended.shapes)
    assert shapely.is_valid(mended.shapes).all()
    assert sum(one.area_m2 for one in mended.repairs) < 100  # of 800 km²


def test_two_counties_of_taiwan_match_afterwards():
    shapes = read_taiwan(_TORN_COUNTIES)
    assert not shapely.coverage_is_valid(shapes)
    mended = mend_coverage(shapes, 2.0)
    assert mended.torn_before > 10
    assert mended.leftovers == ()
    assert shapely.coverage_is_valid(mended.shapes)
    assert shapely.is_valid(mended.shapes).all()
