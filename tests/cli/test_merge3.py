"""The verb that merges what two sides did to a layer of areas."""

import json

import pytest
import shapely

from gridmap.exchange.write import write_layer
from gridmap.geo.features import Features, as_objects


@pytest.fixture
def sides(tmp_path):
    """Write three layers of two squares, whose common border each moves by so many metres."""

    def write(*moves):
        paths = []
        for name, move in zip(("base", "mine", "theirs"), moves, strict=True):
            place = 500_000, 4_400_000
            xy = [[(0, 0), (100, 0), (100 + move, 50), (100, 100), (0, 100)],
                  [(100, 0), (200, 0), (200, 100), (100, 100), (100 + move, 50)]]  # fmt: skip
            shapes = [
                shapely.Polygon([(x + place[0], y + place[1]) for x, y in ring]) for ring in xy
            ]
            features = Features({"CODE": as_objects(["001", "002"])}, as_objects(shapes))
            paths.append(tmp_path / f"{name}.gpkg")
            write_layer(paths[-1], features, layer="cells", epsg_from=4548)
        return paths

    return write


def test_merge3_writes_the_merge(gridmap, sides, tmp_path):
    answer = gridmap("merge3", *sides(0, 5, 0), tmp_path / "out.gpkg", "--key", "CODE")
    assert answer.exit_code == 0
    assert "2 行" in answer.stdout
    assert (tmp_path / "out.gpkg").exists()


def test_merge3_exits_3_and_gives_the_arcs_where_a_person_is_needed(gridmap, sides, tmp_path):
    out = tmp_path / "out.gpkg"
    answer = gridmap("merge3", *sides(0, 5, -5), out, "--key", "CODE", "--json")
    assert answer.exit_code == 3
    (conflict,) = answer.json["conflicts"]
    assert conflict["keys"] == ["001", "002"]
    assert shapely.from_wkt(conflict["line"]).length == 100
    arcs = json.loads((tmp_path / "out.conflicts.geojson").read_text(encoding="utf-8"))
    assert answer.json["arcs"] == str(tmp_path / "out.conflicts.geojson")
    assert [one["properties"]["line"] for one in arcs["features"]] == ["border", "mine", "theirs"]
    assert {one["geometry"]["type"] for one in arcs["features"]} <= {
        "LineString",
        "MultiLineString",
    }


def test_merge3_tells_a_person_where_and_why(gridmap, sides, tmp_path):
    answer = gridmap(
        "--lang", "en", "merge3", *sides(0, 5, -5), tmp_path / "o.gpkg", "--key", "CODE"
    )
    assert answer.exit_code == 3
    for word in (
        "001 | 002",
        "500100.00, 4400000.00",
        "each in its own way",
        "o.conflicts.geojson",
    ):
        assert word in answer.stdout


def test_merge3_refuses_a_column_that_is_not_there(gridmap, sides, tmp_path):
    answer = gridmap("merge3", *sides(0, 5, 0), tmp_path / "out.gpkg", "--key", "ID")
    assert answer.exit_code == 2
    assert "CODE" in answer.stderr
