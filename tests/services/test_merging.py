"""Merging layers in files: borders, values by column, and what is refused."""

import numpy as np
import pytest
import shapely

from gridmap.base.errors import InputError, RequestError
from gridmap.exchange.read import read_source
from gridmap.exchange.write import write_layer
from gridmap.geo.features import Features, as_objects
from gridmap.services.merging import MergeRequest, merge_files
from gridmap.services.merging_values import merge_values

EPSG = 4548
EAST_NORTH = np.array([500_000, 4_400_000])


def cells(**shapes):
    """Return squares a b c of 100 m in a row, some with other shapes."""
    usual = {key: shapely.box(n * 100, 0, n * 100 + 100, 100) for n, key in enumerate("abc")}
    return {key: shape for key, shape in (usual | shapes).items() if shape is not None}


def area(*xy):
    return shapely.Polygon(xy)


BENT = {  # the border of a and b, bent at its middle
    "a": area((0, 0), (100, 0), (105, 50), (100, 100), (0, 100)),
    "b": area((100, 0), (200, 0), (200, 100), (100, 100), (105, 50)),
}
SPLIT_C = {
    "c": None,
    "c1": area((200, 0), (250, 0), (250, 100), (200, 100)),
    "c2": area((250, 0), (300, 0), (300, 100), (250, 100)),
}


@pytest.fixture
def layer(tmp_path):
    """Write a layer of areas by key, 500 km east, with columns beside; give its path."""

    def write(file, shapes, epsg=EPSG, **columns):
        moved = shapely.transform(as_objects([*shapes.values()]), lambda xy: xy + EAST_NORTH)
        if epsg == 4326:
            moved = shapely.transform(moved, lambda xy: (xy - EAST_NORTH) * 1e-5 + [117, 39])
        values = {"code": as_objects([*shapes])}
        values |= {column: as_objects(given) for column, given in columns.items()}
        path = tmp_path / file
        write_layer(path, Features(values, moved), layer="cells", epsg_from=epsg, epsg_to=epsg)
        return path

    return write


def merge(tmp_path, base, mine, theirs, **options):
    target = tmp_path / "out.gpkg"
    request = MergeRequest(base, mine, theirs, target, options.pop("key", "code"), **options)
    return merge_files(request).value, target


def read(path):
    source = read_source(path)
    keys = source.features.columns["code"].tolist()
    return source, dict(zip(keys, source.features.geometry, strict=True))


def test_what_both_did_is_in_the_file(layer, tmp_path):
    files = [
        layer(n, cells(**s)) for n, s in (("b.gpkg", {}), ("m.gpkg", BENT), ("t.gpkg", SPLIT_C))
    ]
    report, target = merge(tmp_path, *files)
    assert report.is_clean
    assert (report.rows, report.arcs) == (4, None)
    source, shapes = read(target)
    assert (source.crs, source.layer) == (EPSG, "cells")
    assert {key: shape.area for key, shape in shapes.items()} == {
        "a": 10_250, "b": 9_750, "c1": 5_000, "c2": 5_000
    }  # fmt: skip
    assert shapely.coverage_is_valid(source.features.geometry)


def test_degrees_stay_degrees_to_the_last_bit(layer, tmp_path):
    files = [
        layer(n, cells(**s), 4326)
        for n, s in (("b.geojson", {}), ("m.geojson", BENT), ("t.geojson", SPLIT_C))
    ]
    report, target = merge(tmp_path, *files)
    assert report.is_clean
    source, shapes = read(target)
    _, mine = read(files[1])
    assert source.crs == 4326
    assert shapely.normalize(shapes["a"]) == shapely.normalize(mine["a"])


def test_a_program_that_stores_areas_as_parts_changes_nothing(layer, tmp_path):
    base = layer("b.gpkg", cells())
    multi = {key: shapely.MultiPolygon([shape]) for key, shape in cells(**BENT).items()}
    report, target = merge(tmp_path, base, layer("m.gpkg", multi), base)
    assert report.is_clean
    assert read(target)[1]["a"].area == 10_250


def test_arcs_that_need_a_person_lie_beside_the_merge(layer, tmp_path):
    other = {
        "a": area((0, 0), (100, 0), (97, 50), (100, 100), (0, 100)),
        "b": area((100, 0), (200, 0), (200, 100), (100, 100), (97, 50)),
    }
    files = [layer(n, cells(**s)) for n, s in (("b.gpkg", {}), ("m.gpkg", BENT), ("t.gpkg", other))]
    report, target = merge(tmp_path, *files)
    assert [one.keys for one in report.conflicts] == [("a", "b")]
    assert report.arcs == tmp_path / "out.conflicts.geojson"
    arcs = read_source(report.arcs).features.columns
    assert arcs["line"].tolist() == ["border", "mine", "theirs"]
    assert set(arcs["keys"]) == {"a, b"}
    assert read(target)[1]["a"].area == 10_000
    clean, _ = merge(tmp_path, files[0], files[1], files[0])
    assert clean.is_clean
    assert not report.arcs.exists()


def test_values_merge_by_column(layer, tmp_path):
    base = layer("b.gpkg", cells(), name=["甲", "乙", "丙"], homes=[1, 2, None])
    mine = layer("m.gpkg", cells(), name=["甲一", "乙", "丙"], homes=[1, 2, 3])
    theirs = layer(
        "t.gpkg", cells(), name=["甲", "乙二", "丙"], homes=[5, 2, None], use=["", "x", ""]
    )
    report, target = merge(tmp_path, base, mine, theirs)
    assert report.is_clean
    columns = read(target)[0].features.columns
    assert columns["name"].tolist() == ["甲一", "乙二", "丙"]
    assert columns["homes"].tolist() == [5, 2, 3]
    assert columns["use"].tolist() == [None, "x", None]


def test_one_value_changed_in_two_ways_stays_and_is_told(layer, tmp_path):
    files = [
        layer(f"{n}.gpkg", cells(), name=[name, "乙", "丙"])
        for n, name in (("b", "甲"), ("m", "甲一"), ("t", "甲二"))
    ]
    report, target = merge(tmp_path, *files)
    (only,) = report.values
    assert (only.key, only.column) == ("a", "name")
    assert (only.base, only.mine, only.theirs) == ("甲", "甲一", "甲二")
    assert read(target)[0].features.columns["name"].tolist() == ["甲", "乙", "丙"]


def test_a_value_of_a_row_that_the_other_side_ended_is_told(layer, tmp_path):
    base = layer("b.gpkg", cells(), name=["甲", "乙", "丙"])
    mine = layer("m.gpkg", cells(**SPLIT_C), name=["甲", "乙", "丙东", "丙西"])
    theirs = layer("t.gpkg", cells(), name=["甲", "乙", "丁"])
    report, target = merge(tmp_path, base, mine, theirs)
    (only,) = report.values
    assert (only.key, only.mine, only.theirs) == ("c", None, "丁")
    assert set(read(target)[0].features.columns["name"]) == {"甲", "乙", "丙东", "丙西"}


def test_unknown_numbers_are_equal_to_each_other():
    rows = {"a": {"x": float("nan")}}
    merged, conflicts = merge_values(rows, {"a": {"x": float("nan")}}, rows, ["a"])
    assert not conflicts
    assert np.isnan(merged[0]["x"])


def test_what_makes_no_sense_is_refused_and_nothing_is_written(layer, tmp_path):
    base = layer("b.gpkg", cells(), name=["1", "1", None])
    for wrong, error, said in (
        ({"key": "number"}, RequestError, "code, name"),
        ({"theirs": layer("d.geojson", cells(), 4326)}, RequestError, "EPSG:4326"),
        ({"key": "name"}, InputError, "第 2 行"),
        ({"theirs": layer("p.gpkg", {"a": shapely.Point(0, 0)})}, InputError, "不是面"),
        ({"theirs": layer("o.gpkg", cells(a=shapely.box(0, 0, 101, 100)))}, RequestError, "对方"),
        ({"layer": "streets"}, RequestError, "streets"),
    ):
        with pytest.raises(error, match=said):
            merge(tmp_path, base, base, wrong.pop("theirs", base), **wrong)
        assert not (tmp_path / "out.gpkg").exists()
    with pytest.raises(RequestError, match=r"b\.gpkg"):
        merge_files(MergeRequest(base, base, base, base, "code"))
