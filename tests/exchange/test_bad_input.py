"""Bad input: one clear sentence each, in both languages, and nothing of GDAL's own words."""

import json
import logging
import os
import shutil
import zipfile

import numpy as np
import openpyxl
import pytest
import shapely
from tests.exchange.helpers import column, shapefile, squares, values, write

from gridmap.base.errors import GridmapError, InputError, RequestError
from gridmap.exchange import gdal
from gridmap.exchange.mapping import map_features
from gridmap.exchange.read import list_layers, read_source
from gridmap.model.catalogue import TABLE_BY_NAME

NAMES = column("甲", "乙", "丙", "丁")


@pytest.fixture(autouse=True)
def _silence(caplog, capfd):
    """Nothing on the terminal, nothing in the log."""
    with caplog.at_level(logging.WARNING):
        yield
    assert caplog.records == []
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def refusal(path, **options):
    with pytest.raises(GridmapError) as caught:
        read_source(path, **options)
    error = caught.value
    for language in ("zh", "en"):
        sentence = error.render(language)
        assert sentence
        assert "\n" not in sentence
        assert "{" not in sentence
        assert len(sentence) < 400
    return error.code


@pytest.fixture
def shp(tmp_path):
    return write(
        tmp_path / "楼.shp", squares(4), {"名称": NAMES}, driver="ESRI Shapefile", encoding="UTF-8"
    )


@pytest.fixture
def gpkg(tmp_path):
    names = column(*(f"楼{n}" for n in range(3000)))
    return write(tmp_path / "楼.gpkg", squares(3000), {"名称": names}, driver="GPKG", layer="楼")


@pytest.fixture
def geojson(tmp_path):
    return write(tmp_path / "楼.geojson", squares(4), {"名称": NAMES}, driver="GeoJSON")


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


# --- files -------------------------------------------------------------------------------------


def test_a_file_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "没有.shp") == "exchange.file_not_there"


def test_a_folder(tmp_path):
    assert refusal(tmp_path) == "exchange.is_folder"


@pytest.mark.parametrize("name", ["空.shp", "空.gpkg", "空.geojson", "空.csv", "空.xlsx", "空.zip"])
def test_an_empty_file(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    assert refusal(tmp_path / name) == "exchange.file_empty"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("图.dwg", b"AC1032\0\0\0", "exchange.unknown_format"),
        ("图.pdf", b"%PDF-1.7\n%\xe2\xe3", "exchange.unknown_format"),
        ("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "exchange.old_excel"),
        ("图.shp", b"hello", "exchange.file_damaged"),
        ("图.xlsx", b"hello", "exchange.file_damaged"),
        ("图.json", b"hello", "exchange.not_geojson"),
        ("图.geojson", b'{"a": 1}', "exchange.file_damaged"),
        ("库.sqlite", b"SQLite format 3\0" + b"\1" * 84, "exchange.other_database"),
        ("图.zip", b"PK\x03\x04torn", "exchange.zip_damaged"),
        ("噪声.csv", bytes(range(256)), "exchange.unknown_format"),
    ],
)
def test_something_else(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name) == code


def test_word_is_not_excel(tmp_path):
    with zipfile.ZipFile(tmp_path / "报告.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    assert refusal(tmp_path / "报告.docx") == "exchange.unknown_format"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(shp):
    shp.chmod(0)
    assert refusal(shp) == "exchange.reading_denied"


@pytest.mark.parametrize("name", ["shp", "gpkg", "geojson"])
def test_a_file_that_vanishes_while_it_is_read(request, monkeypatch, name):
    path = request.getfixturevalue(name)
    real = gdal.pyogrio.raw.read

    def vanishing(*args, **options):
        for part in path.parent.iterdir():
            part.unlink()
        return real(*args, **options)

    monkeypatch.setattr(gdal.pyogrio.raw, "read", vanishing)
    assert refusal(path) == "exchange.file_vanished"


@pytest.mark.parametrize(
    "folder",
    ["香 河 园", "it's", 'say "hi"' if os.name != "nt" else "x", "a&b=c#d", "100%", "(1) [2] {3}"],
)
def test_a_path_with_chinese_spaces_and_quotes_is_read(tmp_path, folder):
    inside = tmp_path / folder
    inside.mkdir()
    for name, driver in (
        ("图 层.shp", "ESRI Shapefile"),
        ("图 层.gpkg", "GPKG"),
        ("图.geojson", "GeoJSON"),
    ):
        path = write(inside / name, squares(2), {"名称": column("甲", "乙")}, driver=driver)
        assert len(read_source(path).features) == 2
        assert list_layers(path)[0].rows == 2


# --- shapefiles --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [60, 100, 150, 400, -1])
def test_a_truncated_shp(shp, size):
    cut(shp, size)
    assert refusal(shp) in ("exchange.file_truncated", "exchange.shp_damaged")


def test_a_shp_whose_header_hides_that_it_is_truncated(shp):
    content = bytearray(shp.read_bytes()[:300])
    content[24:28] = (150).to_bytes(4, "big")
    shp.write_bytes(content)
    assert refusal(shp) == "exchange.file_truncated"


def test_a_truncated_shx(shp):
    cut(shp.with_suffix(".shx"), 110)
    assert refusal(shp) == "exchange.shx_truncated"


@pytest.mark.parametrize("size", [10, 40, 70, 200])
def test_a_truncated_dbf(shp, size):
    cut(shp.with_suffix(".dbf"), size)
    assert refusal(shp) in ("exchange.dbf_truncated", "exchange.dbf_damaged")


def test_a_dbf_of_another_shapefile(shp, tmp_path):
    other = write(tmp_path / "o.shp", squares(3), driver="ESRI Shapefile")
    shutil.copy(other.with_suffix(".dbf"), shp.with_suffix(".dbf"))
    assert refusal(shp) == "exchange.dbf_does_not_fit"


def test_a_missing_shx_is_rebuilt_elsewhere(shp):
    shp.with_suffix(".shx").unlink()
    before = sorted(shp.parent.iterdir())
    source = read_source(shp)
    assert values(source, "名称") == NAMES.tolist()
    assert source.crs == 4326
    assert "exchange.shx_missing" in [note.id for note in source.notes]
    assert sorted(shp.parent.iterdir()) == before
    assert shapely.equals(source.features.geometry, squares(4)).all()


def test_a_missing_dbf_leaves_the_shapes(shp):
    shp.with_suffix(".dbf").unlink()
    source = read_source(shp)
    assert len(source.features) == 4
    assert source.features.columns == {}
    assert "exchange.dbf_missing" in [note.id for note in source.notes]


def test_a_missing_shx_of_a_truncated_shp_is_refused(shp):
    shp.with_suffix(".shx").unlink()
    cut(shp, -1)
    assert refusal(shp) == "exchange.file_truncated"


def test_a_damaged_record_is_refused_as_a_row(shp):
    content = bytearray(shp.read_bytes())
    start = content.index((2).to_bytes(4, "big"), 100)  # the second record
    content[start + 8 + 36 : start + 8 + 40] = (99_999).to_bytes(4, "little")  # number of rings
    shp.write_bytes(content)
    source = read_source(shp)
    mapped = map_features(TABLE_BY_NAME["building"], source, {"name": "名称"}, 4548)
    assert [refused.row for refused in mapped.refused] == [2]
    assert mapped.features.columns["name"].tolist() == ["甲", "丙", "丁"]


def test_the_dbf_may_be_chosen_instead_of_the_shp(shp):
    assert values(read_source(shp.with_suffix(".dbf")), "名称") == NAMES.tolist()


def test_upper_case_endings_are_found(shp):
    for part in list(shp.parent.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    assert values(read_source(shp.with_suffix(".SHP")), "名称") == NAMES.tolist()


def test_deleted_records_are_left_out(tmp_path):
    path = shapefile(
        tmp_path, rows=[[b"1"], [b"2"], [b"3"]], fields=[(b"no", b"N", 5, 0)], deleted=(1,)
    )
    source = read_source(path)
    assert values(source, "no") == [1, 3]
    assert source.rows.tolist() == [1, 3]


# --- the others --------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.001, 0.01, 0.3, 0.6, 0.99])
def test_a_truncated_geopackage(gpkg, share):
    cut(gpkg, int(gpkg.stat().st_size * share))
    assert refusal(gpkg) in ("exchange.file_truncated", "exchange.file_damaged")


def test_a_geopackage_with_a_hole(gpkg):
    content = bytearray(gpkg.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 200_000] = b"\0" * 200_000
    gpkg.write_bytes(content)
    assert refusal(gpkg) in ("exchange.file_damaged", "exchange.rows_lost")


@pytest.mark.parametrize("size", [30, 200, 500, -3, -4, -1])
def test_a_truncated_geojson(geojson, size):
    text = geojson.read_text().rstrip()
    geojson.write_text(text[:size])
    assert refusal(geojson) == "exchange.file_damaged"


def test_a_truncated_xlsx(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["名称", "经度", "纬度"])
    path = tmp_path / "台账.xlsx"
    book.save(path)
    cut(path, path.stat().st_size // 2)
    assert refusal(path) == "exchange.zip_damaged"


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_an_xlsx_with_a_torn_member(tmp_path, member):
    book = openpyxl.Workbook()
    book.active.append(["名称", "经度", "纬度"])
    book.active.append(["甲", 116.4, 39.9])
    whole, torn = tmp_path / "whole.xlsx", tmp_path / "torn.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(torn, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name == member else content)
    assert refusal(torn) in ("exchange.file_damaged", "exchange.no_header")


def test_an_xlsx_bomb(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["名称", "经度"])
    whole, bomb = tmp_path / "whole.xlsx", tmp_path / "bomb.xlsx"
    book.save(whole)
    shutil.copy(whole, bomb)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * (64 << 20))
    assert refusal(bomb) == "exchange.zip_bomb"


def test_a_zip_bomb(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (64 << 20))
    assert refusal(tmp_path / "z.zip") == "exchange.zip_bomb"


def test_a_zip_without_layers(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("readme.md", "hello")
    assert refusal(tmp_path / "z.zip") == "exchange.zip_without_layers"


def test_a_zip_does_not_write_outside_its_folder(tmp_path, geojson):
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.write(geojson, "../../../evil.geojson")
    assert len(read_source(tmp_path / "z.zip").features) == 4
    assert not list(tmp_path.parent.glob("evil*"))


@pytest.mark.parametrize("driver", ["ESRI Shapefile", "GPKG", "GeoJSON"])
def test_an_empty_layer(tmp_path, driver):
    suffix = {"ESRI Shapefile": ".shp", "GPKG": ".gpkg", "GeoJSON": ".geojson"}[driver]
    path = write(tmp_path / f"空{suffix}", squares(0), {"名称": column()}, driver=driver)
    assert refusal(path) == "exchange.layer_empty"


def test_a_table_with_nothing_but_a_header(tmp_path):
    (tmp_path / "空.csv").write_text("名称,经度,纬度\n", "utf-8")
    assert refusal(tmp_path / "空.csv") == "exchange.layer_empty"


def test_a_text_without_a_header(tmp_path):
    (tmp_path / "数.csv").write_text("1,2\n3,4\n", "utf-8")
    assert refusal(tmp_path / "数.csv") == "exchange.no_header"


def test_several_layers_must_be_named(tmp_path):
    path = tmp_path / "多.gpkg"
    for layer in ("楼", "路"):
        write(path, squares(2), driver="GPKG", layer=layer, append=path.exists())
    with pytest.raises(RequestError) as caught:
        read_source(path)
    assert caught.value.code == "exchange.layer_needed"
    assert "楼, 路" in str(caught.value)
    assert refusal(path, layer="桥") == "exchange.no_such_layer"
    assert len(read_source(path, layer="路").features) == 2
    assert [layer.name for layer in list_layers(path)] == ["楼", "路"]


# --- coordinates -------------------------------------------------------------------------------


def test_heights_and_measures_are_dropped_with_a_note(tmp_path):
    solid = shapely.force_3d(squares(2), 50.0)
    for name, driver in (("z.gpkg", "GPKG"), ("z.shp", "ESRI Shapefile"), ("z.geojson", "GeoJSON")):
        path = write(tmp_path / name, solid, driver=driver, kind="Polygon Z")
        source = read_source(path)
        assert not shapely.has_z(source.features.geometry).any()
        assert "exchange.heights_dropped" in [note.id for note in source.notes]


def test_not_a_number_and_infinity_are_refused_by_row(tmp_path):
    shapes = squares(4)
    with np.errstate(invalid="ignore"):
        shapes[1] = shapely.Polygon([(116, 39), (np.nan, 39), (116, 40)])
        shapes[2] = shapely.Polygon([(116, 39), (np.inf, 39), (116, 40)])
    path = write(tmp_path / "n.gpkg", shapes, driver="GPKG")
    mapped = map_features(TABLE_BY_NAME["building"], read_source(path), {}, 4548)
    assert [(r.row, r.reason.id) for r in mapped.refused] == [
        (2, "exchange.not_finite"),
        (3, "exchange.not_finite"),
    ]
    assert len(mapped.features) == 2


def test_mixed_types_are_taken_or_refused_by_row(tmp_path):
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": shape}
        for name, shape in [
            ("面", shapely.geometry.mapping(squares(1)[0])),
            ("点", {"type": "Point", "coordinates": [116.44, 39.96]}),
            ("线", {"type": "LineString", "coordinates": [[116.44, 39.96], [116.45, 39.96]]}),
            ("无", None),
            ("空", {"type": "Polygon", "coordinates": []}),
        ]
    ]
    path = tmp_path / "混.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    source = read_source(path)
    mapped = map_features(TABLE_BY_NAME["building"], source, {"name": "name"}, 4548)
    assert mapped.features.columns["name"].tolist() == ["面", "无"]
    assert mapped.features.geometry[1] is None
    assert [(r.row, r.reason.id) for r in mapped.refused] == [
        (2, "exchange.wrong_dimension"),
        (3, "exchange.wrong_dimension"),
        (5, "exchange.shape_empty"),
    ]
    assert mapped.refused[0].reason.render("en") == "The shape is points, but “建筑” takes areas."
    anything = map_features(TABLE_BY_NAME["defect"], source, {"title": "name"}, 4548)
    assert all(r.reason.id == "exchange.required_missing" for r in anything.refused if r.row < 5)


def test_rings_that_do_not_close_are_closed(tmp_path):
    ring = [[116.44, 39.96], [116.45, 39.96], [116.45, 39.97]]
    path = tmp_path / "开.geojson"
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"name": "a"},
                        "geometry": {"type": "Polygon", "coordinates": [ring]},
                    },
                    {
                        "type": "Feature",
                        "properties": {"name": "b"},
                        "geometry": {"type": "Polygon", "coordinates": [ring[:2]]},
                    },
                ],
            }
        )
    )
    mapped = map_features(TABLE_BY_NAME["building"], read_source(path), {"name": "name"}, 4548)
    assert mapped.features.columns["name"].tolist() == ["a"]
    assert [r.row for r in mapped.refused] == [2]


def test_places_outside_the_area_are_refused_by_row(tmp_path):
    shapes = squares(3)
    shapes[1] = shapely.box(-122.4, 37.7, -122.3, 37.8)
    path = write(tmp_path / "远.gpkg", shapes, driver="GPKG")
    mapped = map_features(TABLE_BY_NAME["building"], read_source(path), {}, 4548)
    assert [(r.row, r.reason.id) for r in mapped.refused] == [(2, "exchange.outside_area")]


def test_every_refusal_is_an_input_error(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError) as caught:
        read_source(tmp_path / "x.pdf")
    assert caught.value.exit_code == 2
    assert caught.value.place.file == tmp_path / "x.pdf"


def test_fields_that_only_point_elsewhere_are_left_out_and_told(tmp_path):
    path = shapefile(
        tmp_path, rows=[[b"a", b"12"]], fields=[(b"name", b"C", 5, 0), (b"memo", b"M", 10, 0)]
    )
    source = read_source(path)
    assert list(source.features.columns) == ["name"]
    assert "exchange.column_dropped" in [note.id for note in source.notes]
