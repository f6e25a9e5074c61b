"""Rows of a file as rows of a table: columns suggested, shapes typed, nothing lost silently."""

import json

import numpy as np
import pytest
import shapely
from tests.exchange.helpers import column, squares, write

from gridmap.base.errors import RequestError
from gridmap.base.progress import Cancelled
from gridmap.exchange.mapping import map_features, suggest_mapping
from gridmap.exchange.read import read_source
from gridmap.model.catalogue import TABLE_BY_NAME, TABLES

BUILDING = TABLE_BY_NAME["building"]
EPSG = 4548


@pytest.mark.parametrize(
    ("table", "columns", "expected"),
    [
        (
            "building",
            ["NAME", "楼层", "总户数", "建成年代", "详细地址", "fid"],
            {
                "name": "NAME",
                "floors": "楼层",
                "households": "总户数",
                "built_year": "建成年代",
                "address": "详细地址",
            },
        ),
        (
            "building",
            ["BNAME", "FLONUM", "BHEIGH", "USEFUN", "REMARK"],
            {
                "name": "BNAME",
                "use": "USEFUN",
                "floors": "FLONUM",
                "height_m": "BHEIGH",
                "remark": "REMARK",
            },
        ),
        ("building", ["name", "名称"], {"name": "name"}),
        (
            "compound",
            ["小区名称", "Year_Built", "停车位"],
            {"name": "小区名称", "built_year": "Year_Built", "parking_spaces": "停车位"},
        ),
        ("community", ["社区名称", "街道名称", "县市区"], {"name": "社区名称"}),
        ("community", ["统计用区划", "名称"], {"code": "统计用区划", "name": "名称"}),
        ("compound", ["registered", "name"], {"name": "name", "registered_cars": "registered"}),
        ("component", ["GLBJBSM", "glbjmc"], {"code": "GLBJBSM", "name": "glbjmc"}),
        ("building", ["compound_id", "小区"], {"compound_id": "compound_id"}),
        (
            "organisation",
            ["name", "address", "adname", "type", "lat", "lon"],
            {"name": "name", "kind": "type", "address": "address"},
        ),
        ("building", [], {}),
    ],
)
def test_columns_are_found_by_the_names_that_people_use(table, columns, expected):
    assert suggest_mapping(TABLE_BY_NAME[table], columns) == expected


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_our_own_names_and_headings_are_always_found(table):
    names = list(table.field_names)
    assert suggest_mapping(table, names) == {name: name for name in names}
    headings = [field.zh for field in table.fields]
    found = suggest_mapping(table, headings)
    assert [found[field.name] for field in table.fields] == headings


def source_of(folder, shapes, columns=None, **options):
    return read_source(write(folder / "源.gpkg", shapes, columns, driver="GPKG", **options))


def test_what_has_no_field_is_kept_as_json(tmp_path):
    source = source_of(
        tmp_path,
        squares(3),
        {
            "名称": column("甲", "乙", "丙"),
            '备 "注"': column('有"引号"\n换行', None, None),
            "数": np.array([1, 2, 3]),
            "实": np.array([0.5, np.nan, 2.0]),
        },
    )
    extra = map_features(BUILDING, source, {"name": "名称"}, EPSG).features.columns["extra"]
    assert [json.loads(text) for text in extra] == [
        {'备 "注"': '有"引号"\n换行', "数": 1, "实": 0.5},
        {"数": 2},
        {"数": 3, "实": 2.0},
    ]


def test_rows_with_nothing_left_over_have_no_extra(tmp_path):
    source = source_of(tmp_path, squares(2), {"名称": column("甲", "乙"), "余": column(None, "x")})
    extra = map_features(BUILDING, source, {"name": "名称"}, EPSG).features.columns["extra"]
    assert extra.tolist() == [None, '{"余": "x"}']


def test_values_that_a_field_cannot_take_are_told_and_kept_aside(tmp_path):
    source = source_of(
        tmp_path,
        squares(3),
        {"层数": column("6层", "地上6地下1", "7"), "编码": column("a", "b", "c")},
    )
    mapped = map_features(BUILDING, source, {"floors": "层数"}, EPSG)
    assert mapped.features.columns["floors"].tolist() == [6, None, 7]
    assert [json.loads(text) for text in mapped.features.columns["extra"]] == [
        {"编码": "a"},
        {"层数": "地上6地下1", "编码": "b"},
        {"编码": "c"},
    ]
    [note] = mapped.notes
    assert note.id == "exchange.values_lost"
    assert (
        note.render("zh")
        == "“层数”有 1 个值不能作为整数（如第 2 行的“地上6地下1”），留空，原值另存。"
    )
    assert note.render("en").startswith("1 value of “Floors” cannot be a whole number (row 2:")


def test_codes_cut_by_excel_are_told(tmp_path):
    source = source_of(tmp_path, squares(2), {"编码": column("1.10105E+11", "110105006001")})
    mapped = map_features(TABLE_BY_NAME["community"], source, {"code": "编码"}, EPSG)
    assert mapped.features.columns["code"].tolist() == [None, "110105006001"]
    assert [note.id for note in mapped.notes] == ["exchange.digits_lost"]


def test_rows_lie_in_the_workspaces_crs_on_its_grid_and_valid(tmp_path):
    mapped = map_features(BUILDING, source_of(tmp_path, squares(50)), {}, EPSG)
    geometry = mapped.features.geometry
    xy = shapely.get_coordinates(geometry)
    assert np.array_equal(xy, np.round(xy, 3))
    assert shapely.is_valid(geometry).all()
    assert 400_000 < xy[:, 0].min() < 500_000
    assert 4_400_000 < xy[:, 1].min() < 4_500_000
    assert {shape.geom_type for shape in geometry} == {"MultiPolygon"}
    assert mapped.mended == 0


def test_the_reference_point_lies_where_the_standard_says(tmp_path):
    path = write(tmp_path / "p.geojson", [shapely.Point(116.447, 39.968)], driver="GeoJSON")
    mapped = map_features(TABLE_BY_NAME["component"], read_source(path), {}, EPSG)
    assert mapped.features.geometry[0].distance(shapely.Point(452755.03, 4426122.39)) < 0.01


@pytest.mark.parametrize("crs", [4490, 4326, 4548, 4527, 3857, 32650, 4214])
def test_every_usual_crs_is_read_from_the_prj_and_transformed(tmp_path, crs):
    import pyproj

    to_crs = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform
    shapes = shapely.transform(squares(3), lambda xy: np.column_stack(to_crs(xy[:, 0], xy[:, 1])))
    path = write(tmp_path / "图.shp", shapes, driver="ESRI Shapefile", crs=f"EPSG:{crs}")
    source = read_source(path)
    assert source.crs == crs
    there = map_features(BUILDING, source, {}, EPSG).features.geometry
    direct = map_features(BUILDING, source_of(tmp_path, squares(3)), {}, EPSG).features.geometry
    tolerance = 1 if crs == 4214 else 0.01
    assert (shapely.hausdorff_distance(there, direct) < tolerance).all()


def test_a_bow_tie_is_mended_and_counted(tmp_path):
    shapes = squares(2)
    x, y = shapes[1].bounds[:2]
    shapes[1] = shapely.Polygon([(x, y), (x + 0.001, y + 0.001), (x + 0.001, y), (x, y + 0.001)])
    mapped = map_features(BUILDING, source_of(tmp_path, shapes), {}, EPSG)
    assert mapped.mended == 1
    assert shapely.is_valid(mapped.features.geometry).all()
    assert len(mapped.features.geometry[1].geoms) == 2


def test_multi_parts_become_rows_where_the_table_wants_single(tmp_path):
    pair = shapely.multipolygons(squares(2))
    source = source_of(
        tmp_path, [squares(1)[0], pair, None], {"编码": column("a", "b", "c")}, kind="Unknown"
    )
    mapped = map_features(TABLE_BY_NAME["cell"], source, {"code": "编码"}, EPSG)
    assert mapped.features.columns["code"].tolist() == ["a", "b", "b", "c"]
    assert [None if s is None else s.geom_type for s in mapped.features.geometry] == [
        "Polygon"
    ] * 3 + [None]
    notes = {note.id: note for note in mapped.notes}
    assert set(notes) == {"exchange.exploded", "exchange.rows_without_geometry"}
    assert notes["exchange.exploded"].values == {"n": 1, "parts": 2}


def test_lines_become_multi_where_the_table_wants_it(tmp_path):
    line = shapely.LineString([(116.44, 39.96), (116.45, 39.97)])
    source = source_of(tmp_path, [line])
    mapped = map_features(TABLE_BY_NAME["patrol_log"], source, {}, EPSG)
    assert mapped.features.geometry[0].geom_type == "MultiLineString"


def test_rows_without_a_required_value_are_refused(tmp_path):
    source = source_of(tmp_path, squares(3), {"类型": column("违章搭建", None, "不知道")})
    mapped = map_features(TABLE_BY_NAME["defect"], source, {"kind": "类型"}, EPSG)
    assert mapped.features.columns["kind"].tolist() == ["illegal_structure"]
    assert [(r.row, r.reason.id) for r in mapped.refused] == [
        (2, "exchange.required_missing"),
        (3, "exchange.required_missing"),
    ]


def test_the_shapes_of_a_file_are_left_out_of_tables_without_any(tmp_path):
    source = source_of(tmp_path, squares(1), {"姓名": column("张三")})
    mapped = map_features(TABLE_BY_NAME["officer"], source, {"name": "姓名"}, EPSG)
    assert mapped.features.geometry is None
    assert [note.id for note in mapped.notes] == ["exchange.geometry_left_out"]


def test_a_mapping_to_nowhere_is_refused(tmp_path):
    source = source_of(tmp_path, squares(1), {"名称": column("甲")})
    with pytest.raises(RequestError) as caught:
        map_features(BUILDING, source, {"nmae": "名称"}, EPSG)
    assert caught.value.code == "exchange.no_such_field"
    with pytest.raises(RequestError) as caught:
        map_features(BUILDING, source, {"name": "名"}, EPSG)
    assert caught.value.code == "exchange.no_such_column"


def test_reading_and_mapping_can_be_stopped(tmp_path):
    def stop(done, total, what):
        raise Cancelled

    with pytest.raises(Cancelled):
        read_source(tmp_path / "x.gpkg", progress=stop)
    source = source_of(tmp_path, squares(1))
    with pytest.raises(Cancelled):
        map_features(BUILDING, source, {}, EPSG, stop)


def test_numbers_with_gaps_stay_whole(tmp_path):
    path = tmp_path / "缺.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"floors": floors, "flag": flag, "list": [1, 2]},
            "geometry": {"type": "Point", "coordinates": [116.4, 39.9]},
        }
        for floors, flag in [(6, True), (None, None)]
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    columns = read_source(path).features.columns
    assert columns["floors"].tolist() == [6, None]
    assert isinstance(columns["floors"][0], int)
    assert columns["flag"].tolist() == [True, None]
    assert columns["list"].tolist() == ["[1, 2]", "[1, 2]"]


def test_a_geojson_in_metres_is_not_taken_for_degrees(tmp_path):
    path = write(
        tmp_path / "m.geojson", [shapely.Point(452755, 4426122)], driver="GeoJSON", crs=None
    )
    with pytest.raises(Exception, match="--crs") as caught:
        read_source(path)
    assert caught.value.code == "exchange.crs_missing"
    assert read_source(path, crs=4548).crs == 4548


def test_a_prj_that_cannot_be_true_is_refused(tmp_path):
    path = write(tmp_path / "m.shp", [shapely.Point(452755, 4426122)], driver="ESRI Shapefile")
    with pytest.raises(Exception, match="--crs") as caught:
        read_source(path)
    assert caught.value.code == "exchange.crs_does_not_fit"


def test_the_users_crs_wins_over_the_files_and_is_told(tmp_path):
    path = write(tmp_path / "m.shp", squares(1), driver="ESRI Shapefile")
    source = read_source(path, crs=4490)
    assert source.crs == 4490
    assert [note.id for note in source.notes] == ["exchange.crs_overridden"]


def test_a_file_without_crs_that_looks_like_degrees_is_taken_so_and_told(tmp_path):
    path = write(tmp_path / "m.shp", squares(1), driver="ESRI Shapefile", crs=None)
    source = read_source(path)
    assert source.crs == 4326
    assert [note.id for note in source.notes] == ["exchange.crs_assumed"]


def test_what_was_kept_aside_before_does_not_nest(tmp_path):
    source = source_of(
        tmp_path,
        squares(3),
        {"extra": column('{"旧": 1}', None, "文字"), "新": column("a", "b", "c")},
    )
    mapped = map_features(BUILDING, source, {}, EPSG)
    assert [json.loads(text) for text in mapped.features.columns["extra"]] == [
        {"旧": 1, "新": "a"},
        {"新": "b"},
        {"extra": "文字", "新": "c"},
    ]


def test_a_prj_with_chinese_names_in_gbk_is_understood(tmp_path):
    path = write(tmp_path / "g.shp", squares(1), driver="ESRI Shapefile", crs="EPSG:4490")
    prj = path.with_suffix(".prj")
    named = prj.read_text().replace("GCS_China_Geodetic_Coordinate_System_2000", "国家大地坐标系")
    prj.write_bytes(named.encode("gb18030"))
    source = read_source(path)
    assert source.notes == ()
    mapped = map_features(BUILDING, source, {}, EPSG)
    assert 400_000 < mapped.features.geometry[0].bounds[0] < 500_000
