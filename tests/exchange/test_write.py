"""Files out: whole or not at all, codes as text, nothing as null, and read back the same."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from tests.exchange.helpers import column

from gridmap.base.errors import EnvironmentProblem, RequestError
from gridmap.exchange.mapping import map_features, suggest_mapping
from gridmap.exchange.read import read_source
from gridmap.exchange.write import write_layer
from gridmap.geo.features import Features
from gridmap.model.catalogue import TABLE_BY_NAME

EPSG = 4548


@pytest.fixture
def features():
    west = 452_755.123 + np.arange(3) * 20
    boxes = shapely.multipolygons(
        shapely.box(west, 4_426_122.456, west + 10.007, 4_426_130.001), indices=np.arange(3)
    )
    geometry = np.array([*boxes[:2], None], object)
    return Features(
        {
            "name": column("香河园", None, '㵲水 "引"'),
            "code": column("007", "110105006001", None),
            "floors": column(6, None, 12),
            "height_m": column(18.5, None, 3.0),
            "households": np.array([1, 2, 3]),
        },
        geometry,
    )


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".json", ".GPKG"])
def test_what_is_written_is_read_back_the_same(tmp_path, features, suffix):
    target = tmp_path / f"导 出'1'{suffix}"
    write_layer(target, features, layer="building", epsg_from=EPSG, epsg_to=None)
    source = read_source(target)
    for name, values in features.columns.items():
        assert source.features.columns[name].tolist() == values.tolist()
    assert source.crs == (EPSG if suffix.lower() == ".gpkg" else 4326)
    building = TABLE_BY_NAME["building"]
    mapped = map_features(
        building, source, suggest_mapping(building, list(source.features.columns)), EPSG
    )
    assert mapped.refused == ()
    assert shapely.equals(mapped.features.geometry[:2], features.geometry[:2]).all()
    assert mapped.features.geometry[2] is None
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_geojson_follows_the_rfc(tmp_path, features):
    target = tmp_path / "a.geojson"
    write_layer(target, features, layer="building", epsg_from=EPSG, epsg_to=None)
    content = json.loads(target.read_text("utf-8"))
    assert "crs" not in content
    assert content["features"][1]["properties"]["name"] is None
    assert content["features"][0]["properties"]["code"] == "007"
    assert content["features"][2]["geometry"] is None
    ring = content["features"][0]["geometry"]["coordinates"][0][0]
    assert shapely.LinearRing(ring).is_ccw
    assert max(len(str(x).split(".")[1]) for x, _ in ring) >= 7


def test_another_crs_is_written_where_it_is_asked_for(tmp_path, features):
    for name in ("a.gpkg", "a.geojson"):
        write_layer(tmp_path / name, features, layer="x", epsg_from=EPSG, epsg_to=4527)
        assert read_source(tmp_path / name).crs == 4527


def test_whole_numbers_stay_whole_in_the_file(tmp_path, features):
    write_layer(tmp_path / "a.gpkg", features, layer="b", epsg_from=EPSG, epsg_to=None)
    facts = pyogrio.read_info(tmp_path / "a.gpkg")
    types = dict(zip(facts["fields"], facts["ogr_types"], strict=True))
    assert types["floors"] == "OFTInteger64"
    assert types["code"] == "OFTString"
    assert facts["layer_name"] == "b"


def test_headings_may_be_written_instead_of_names(tmp_path, features):
    write_layer(
        tmp_path / "a.gpkg",
        features,
        layer="b",
        epsg_from=EPSG,
        epsg_to=None,
        titles={"name": "名称"},
    )
    assert "名称" in pyogrio.read_info(tmp_path / "a.gpkg")["fields"]


def test_a_file_that_is_there_is_replaced_whole(tmp_path, features):
    target = tmp_path / "a.gpkg"
    write_layer(target, features, layer="old", epsg_from=EPSG, epsg_to=None)
    write_layer(target, features.take(np.array([0])), layer="new", epsg_from=EPSG, epsg_to=None)
    assert pyogrio.list_layers(target).tolist() == [["new", "MultiPolygon"]]


def test_tables_without_shapes_and_without_rows_are_written(tmp_path, features):
    write_layer(
        tmp_path / "t.gpkg",
        Features({"name": column("甲")}),
        layer="t",
        epsg_from=EPSG,
        epsg_to=None,
    )
    assert read_source(tmp_path / "t.gpkg").features.columns["name"].tolist() == ["甲"]
    empty = features.take(np.array([], int))
    for name in ("e.gpkg", "e.geojson"):
        write_layer(tmp_path / name, empty, layer="e", epsg_from=EPSG, epsg_to=None)
        assert pyogrio.read_info(tmp_path / name)["features"] == 0


def failure(target, features):
    with pytest.raises(EnvironmentProblem) as caught:
        write_layer(target, features, layer="x", epsg_from=EPSG, epsg_to=None)
    assert caught.value.render("en")
    assert caught.value.place.file == target
    return caught.value.code


def test_another_ending_is_refused(tmp_path, features):
    with pytest.raises(RequestError) as caught:
        write_layer(tmp_path / "a.dxf", features, layer="x", epsg_from=EPSG, epsg_to=None)
    assert caught.value.code == "exchange.unknown_target"


def test_a_folder_that_is_not_there(tmp_path, features):
    assert failure(tmp_path / "没有" / "a.gpkg", features) == "exchange.folder_missing"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path, features):
    tmp_path.chmod(0o500)
    assert failure(tmp_path / "a.gpkg", features) == "exchange.writing_denied"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("EROFS", "writing_denied"),
        ("EACCES", "writing_denied"),
        ("ENOSPC", "disk_full"),
        ("EIO", "writing_failed"),
    ],
)
def test_what_the_disk_refuses_is_told_and_the_old_file_stays(
    tmp_path, features, monkeypatch, number, code
):
    import errno

    target = tmp_path / "a.gpkg"
    target.write_bytes(b"old")

    def refuse(self, content):
        raise OSError(getattr(errno, number), "no")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert failure(target, features) == f"exchange.{code}"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's limits of file sizes")
@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path, features, suffix):
    target = tmp_path / f"a{suffix}"
    target.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, before[1]))
    try:
        code = failure(target, features)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert code == "exchange.disk_full"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a tmpfs")
def test_a_disk_that_is_really_full(tmp_path, features):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(tmp_path)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may mount")
    try:
        assert failure(tmp_path / "a.gpkg", features) == "exchange.disk_full"
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
