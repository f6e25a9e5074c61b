"""Real files of the field: nothing is lost, everything is valid, and it is quick."""

import lzma
import time
import zipfile

import numpy as np
import pytest
import shapely
from tests.exchange.helpers import DATA, column, squares, write

from gridmap.exchange.mapping import map_features, suggest_mapping
from gridmap.exchange.read import list_layers, read_source
from gridmap.model.catalogue import TABLE_BY_NAME

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data is not beside the repository"
)


def brought(table, path, epsg, **options):
    source = read_source(DATA / path, **options)
    entity = TABLE_BY_NAME[table]
    mapped = map_features(
        entity, source, suggest_mapping(entity, list(source.features.columns)), epsg
    )
    taken = mapped.features.geometry[~shapely.is_missing(mapped.features.geometry)]
    assert shapely.is_valid(taken).all()
    xy = shapely.get_coordinates(taken)
    assert np.array_equal(xy, np.round(xy, 3))
    return source, mapped


@needs_data
def test_the_pilot_area_comes_in_whole():
    path = "pilot-xiangheyuan/pilot-xiangheyuan.gpkg"
    assert [(each.name, each.rows) for each in list_layers(DATA / path)] == [
        ("buildings", 846),
        ("compounds", 88),
        ("compound_points", 126),
    ]
    _, buildings = brought("building", path, 4548, layer="buildings")
    assert len(buildings.features) == 846
    assert buildings.refused == ()
    assert set(buildings.features.columns) == {"name", "floors", "extra"}
    _, compounds = brought("compound", path, 4548, layer="compounds")
    assert len(compounds.features) == 88
    source, points = brought("component", path, 4548, layer="compound_points")
    assert source.crs == 4326
    assert len(points.features) == 126


@needs_data
def test_ningbos_communities_come_in_with_their_names():
    source, mapped = brought(
        "community", "bounds-ningbo-communities/ningbo-communities.geojson", 4549
    )
    assert len(mapped.features) == 401
    assert mapped.features.columns["name"][0] == "朱雀社区"
    assert "百丈街道" in mapped.features.columns["extra"][0]
    assert source.crs == 4326


@needs_data
@pytest.mark.parametrize(
    ("name", "rows"), [("food", 14398), ("kindergartens", 2284), ("primary-schools", 931)]
)
def test_shanghais_places_come_in_with_a_word_about_their_offset(name, rows):
    source, mapped = brought("organisation", f"urban-shanghai-poi/shanghai-{name}-gcj02.csv", 4549)
    assert len(mapped.features) == rows
    assert "exchange.offset_suspected" in [note.id for note in source.notes]
    assert set(mapped.features.columns) == {"name", "kind", "address", "extra"}


@needs_data
def test_a_zipped_shapefile_without_prj_is_read_as_degrees():
    path = DATA / "households-sanfrancisco-blockgroups" / "blockgroups.zip"
    [layer] = list_layers(path)
    assert (layer.name, layer.rows, layer.geometry_type) == ("blockgroups", 663, "Polygon")
    assert "HOUSEHOLDS" in layer.fields
    source = read_source(path)
    assert source.crs == 4326
    assert "exchange.crs_assumed" in [note.id for note in source.notes]
    assert source.features.columns["HOUSEHOLDS"].sum() == 332_955
    mapped = map_features(TABLE_BY_NAME["community"], source, {"households": "HOUSEHOLDS"}, 4548)
    assert len(mapped.refused) == 663
    assert {refused.reason.id for refused in mapped.refused} == {"exchange.outside_area"}


@needs_data
@pytest.mark.parametrize(
    ("name", "rows", "broken"), [("5284", 5284, 1), ("939", 939, 3), ("56-rich", 56, 23)]
)
def test_nanjings_broken_buildings_are_mended(name, rows, broken):
    _, mapped = brought(
        "building", f"urban-nanjing-jianye-buildings/jianye-buildings-{name}.geojson", 4549
    )
    assert len(mapped.features) + len(mapped.refused) == rows
    # Rounding to the grid heals one; two others are mere lines.
    assert broken - 1 <= mapped.mended + len(mapped.refused) <= broken
    assert {refused.reason.id for refused in mapped.refused} <= {"exchange.shape_collapsed"}


@needs_data
def test_nanjings_rich_ledger_is_understood():
    _, mapped = brought(
        "building", "urban-nanjing-jianye-buildings/jianye-buildings-56-rich.geojson", 4549
    )
    assert mapped.features.columns["name"][0] == "测绘勘察大厦"
    assert mapped.features.columns["floors"][0] == 16
    assert mapped.features.columns["height_m"][0] == pytest.approx(67.18)
    assert mapped.features.columns["built_year"][0] == 2010


@needs_data
def test_shenzhens_multi_parts_become_cells_one_by_one():
    source, mapped = brought(
        "cell", "urban-shenzhen-nanshan-buildings/nanshan-buildings.geojson", 4547
    )
    assert len(source.features) == 10
    assert len(mapped.features) >= 5438
    assert "exchange.exploded" in [note.id for note in mapped.notes]


@needs_data
def test_taipeis_geopackage_comes_in_whole(tmp_path):
    packed = DATA / "households-taipei-statareas" / "taipei-min-stat-areas.gpkg.xz"
    path = tmp_path / "taipei.gpkg"
    path.write_bytes(lzma.decompress(packed.read_bytes()))
    source = read_source(path)
    assert len(source.features) == 11_490
    assert source.crs is not None


def test_a_zip_with_several_layers_asks_which(tmp_path):
    for name in ("楼", "路"):
        write(
            tmp_path / f"{name}.shp",
            squares(2),
            {"名称": column("甲", "乙")},
            driver="ESRI Shapefile",
            encoding="UTF-8",
        )
    archive = tmp_path / "全部.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for part in tmp_path.iterdir():
            if part != archive:
                target.write(part, f"街道/{part.name}")
    assert sorted(layer.name for layer in list_layers(archive)) == ["楼", "路"]
    with pytest.raises(Exception, match="楼") as caught:
        read_source(archive)
    assert caught.value.code == "exchange.layer_needed"
    assert read_source(archive, layer="路").features.columns["名称"].tolist() == ["甲", "乙"]


@pytest.mark.slow
def test_two_hundred_thousand_buildings_are_read_and_mapped_in_seconds(tmp_path):
    count = 200_000
    west = 116.0 + (np.arange(count) % 450) * 0.0003
    south = 39.5 + (np.arange(count) // 450) * 0.0003
    shapes = shapely.box(west, south, west + 0.0002, south + 0.0002)
    columns = {
        "名称": column(*(f"香河园{n}号楼" for n in range(count))),
        "层数": np.arange(count) % 30,
        "高度": np.arange(count) % 30 * 2.9,
        "用途": column(*(("住宅", "商业")[n % 2] for n in range(count))),
    }
    path = write(tmp_path / "b.shp", shapes, columns, driver="ESRI Shapefile", encoding="GBK")
    started = time.perf_counter()
    source = read_source(path)
    building = TABLE_BY_NAME["building"]
    mapped = map_features(building, source, suggest_mapping(building, list(columns)), 4548)
    assert time.perf_counter() - started < 6  # 1.3 s measured on an idle core
    assert len(mapped.features) == count
    assert mapped.features.columns["name"][-1] == f"香河园{count - 1}号楼"
