"""Ledgers: header, delimiter, row numbers, coordinates found by their names."""

import datetime

import numpy as np
import openpyxl
import pytest
import shapely
from tests.exchange.helpers import values

from gridmap.base.errors import InputError, RequestError
from gridmap.exchange.mapping import map_features, suggest_mapping
from gridmap.exchange.read import list_layers, read_source
from gridmap.model.catalogue import TABLE_BY_NAME

WHEN = datetime.datetime.fromisoformat("2024-05-01T08:30")


def csv_file(folder, text, name="台账.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def xlsx_file(folder, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "台账.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised(tmp_path, mark):
    text = "\n".join(
        mark.join(row)
        for row in [("名称", "lon", "lat"), ("甲,乙" if mark != "," else "甲", "116.4", "39.9")]
    )
    source = read_source(csv_file(tmp_path, text))
    assert list(source.features.columns) == ["名称", "lon", "lat"]
    assert source.features.geometry[0].equals(shapely.Point(116.4, 39.9))


def test_quotes_newlines_and_blank_lines_keep_the_files_row_numbers(tmp_path):
    text = '名称,lon,lat\n"甲\n二行",116.4,39.9\n\n乙,116.5,39.9\n'
    source = read_source(csv_file(tmp_path, text))
    assert values(source, "名称") == ["甲\n二行", "乙"]
    assert source.rows.tolist() == [2, 5]


def test_codes_keep_their_leading_zeros(tmp_path):
    source = read_source(csv_file(tmp_path, "编号,lon,lat\n007,116.4,39.9\n"))
    assert values(source, "编号") == ["007"]


def test_rows_of_uneven_width_are_read(tmp_path):
    source = read_source(csv_file(tmp_path, "名称,lon,lat\n甲,116.4,39.9,多余\n乙,116.5\n"))
    assert list(source.features.columns) == ["名称", "lon", "lat", "column_4"]
    assert values(source, "column_4") == ["多余", None]
    assert 1 in source.unreadable


def test_headings_that_repeat_stay_apart(tmp_path):
    source = read_source(csv_file(tmp_path, "名称,名称,lon,lat\n甲,乙,116.4,39.9\n"))
    assert list(source.features.columns) == ["名称", "名称_2", "lon", "lat"]


def test_a_title_above_the_header_is_passed_over(tmp_path):
    path = xlsx_file(
        tmp_path,
        (
            "楼",
            [["香河园街道楼栋台账", None, None], [], ["名称", "经度", "纬度"], ["甲", 116.4, 39.9]],
        ),
    )
    source = read_source(path)
    assert values(source, "名称") == ["甲"]
    assert source.rows.tolist() == [4]
    assert "exchange.header_found" in [note.id for note in source.notes]


def test_excel_values_come_as_they_are_meant(tmp_path):
    path = xlsx_file(
        tmp_path,
        (
            "楼",
            [
                ["名称", "层数", "建成", "查看", "证号", "备注", "经度", "纬度"],
                [
                    "甲",
                    6,
                    datetime.date(1986, 5, 1),
                    WHEN,
                    110105194912310020,
                    "#N/A",
                    116.4,
                    39.9,
                ],
            ],
        ),
    )
    source = read_source(path)
    assert values(source, "层数") == [6]
    assert values(source, "建成") == ["1986-05-01"]
    assert values(source, "查看") == ["2024-05-01T08:30:00"]
    assert values(source, "备注") == [None]
    assert isinstance(values(source, "证号")[0], float)  # Excel had no more than 15 digits


def test_sheets_are_layers_and_must_be_named_where_several_are_filled(tmp_path):
    rows = [["名称", "经度", "纬度"], ["甲", 116.4, 39.9]]
    path = xlsx_file(tmp_path, ("封面", []), ("楼", rows), ("路", rows + rows[1:]))
    assert [(each.name, each.rows) for each in list_layers(path)] == [("楼", 1), ("路", 2)]
    with pytest.raises(RequestError) as caught:
        read_source(path)
    assert caught.value.code == "exchange.layer_needed"
    assert len(read_source(path, layer="路").features) == 2
    with pytest.raises(RequestError) as caught:
        read_source(path, layer="桥")
    assert caught.value.code == "exchange.no_such_layer"


def test_the_only_filled_sheet_is_taken(tmp_path):
    path = xlsx_file(
        tmp_path, ("说明", []), ("楼", [["名称", "经度", "纬度"], ["甲", 116.4, 39.9]])
    )
    assert read_source(path).layer == "楼"


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ("lon", "lat"),
        ("LNG", "LAT"),
        ("经度", "纬度"),
        ("经度(°)", "纬度(°)"),
        ("Longitude", "Latitude"),
        ("lon_wgs84", "lat_wgs84"),
        ("x", "y"),
        ("X坐标", "Y坐标"),
    ],
)
def test_longitude_and_latitude_are_found(tmp_path, x, y):
    source = read_source(csv_file(tmp_path, f"名称,{x},{y}\n甲,116.4,39.9\n"))
    assert source.crs == 4326
    assert source.features.geometry[0].equals(shapely.Point(116.4, 39.9))


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("东坐标,北坐标", "452755.03,4426122.39"),
        ("x,y", "452755.03,4426122.39"),
        ("x,y", "4426122.39,452755.03"),  # as surveyors write: X is north
        ("X坐标,Y坐标", "4426122.39,39452755.03"),
    ],
)
def test_metres_need_a_crs_and_then_lie_where_they_should(tmp_path, head, row):
    path = csv_file(tmp_path, f"名称,{head}\n甲,{row}\n")
    with pytest.raises(InputError) as caught:
        read_source(path)
    assert caught.value.code in ("exchange.crs_missing", "exchange.crs_missing_zone")
    assert "--crs" in str(caught.value)
    source = read_source(path, crs=4527 if "39452" in row else 4548)
    mapped = map_features(TABLE_BY_NAME["component"], source, {"name": "名称"}, 4548)
    assert mapped.features.geometry[0].distance(shapely.Point(452755.03, 4426122.39)) < 0.002


def test_a_zone_in_front_is_recognised_in_the_sentence(tmp_path):
    with pytest.raises(InputError) as caught:
        read_source(csv_file(tmp_path, "名称,x,y\n甲,39452755,4426122\n"))
    assert "4527" in str(caught.value)


def test_beijings_local_system_is_recognised_in_the_sentence(tmp_path):
    with pytest.raises(InputError) as caught:
        read_source(csv_file(tmp_path, "名称,x,y\n甲,508266,311356\n"))
    assert caught.value.code == "exchange.crs_missing_local"


def test_swapped_longitude_and_latitude_are_seen_under_x_and_y(tmp_path):
    source = read_source(csv_file(tmp_path, "名称,x,y\n甲,39.9,116.4\n"))
    assert source.features.geometry[0].equals(shapely.Point(116.4, 39.9))
    assert "exchange.north_first" in [note.id for note in source.notes]


def test_degrees_minutes_seconds_are_understood(tmp_path):
    source = read_source(csv_file(tmp_path, "名称;经度;纬度\n甲;116°26′49.2″;39度58分04秒\n"))
    point = source.features.geometry[0]
    assert (point.x, point.y) == (
        pytest.approx(116 + 26 / 60 + 49.2 / 3600),
        pytest.approx(39 + 58 / 60 + 4 / 3600),
    )


def test_rows_with_broken_coordinates_are_refused_and_blank_ones_taken(tmp_path):
    text = (
        "名称,经度,纬度\n甲,116.4,39.9\n乙,不详,39.9\n丙,,\n丁,116.4,\n戊,nan,39.9\n己,inf,39.9\n"
    )
    source = read_source(csv_file(tmp_path, text))
    mapped = map_features(TABLE_BY_NAME["component"], source, {"name": "名称"}, 4548)
    assert mapped.features.columns["name"].tolist() == ["甲", "丙"]
    assert mapped.features.geometry[1] is None
    assert [refused.row for refused in mapped.refused] == [3, 5, 6, 7]


def test_wkt_is_a_geometry(tmp_path):
    text = "名称;wkt\n甲;POLYGON ((116.4 39.9, 116.5 39.9, 116.5 40, 116.4 39.9))\n乙;POLYGON ((\n"
    source = read_source(csv_file(tmp_path, text))
    assert source.features.geometry[0].geom_type == "Polygon"
    mapped = map_features(TABLE_BY_NAME["building"], source, {"name": "名称"}, 4548)
    assert [refused.row for refused in mapped.refused] == [3]


def test_a_ledger_without_coordinates_goes_into_tables_without_shapes_only(tmp_path):
    source = read_source(csv_file(tmp_path, "姓名,职务,值班电话\n张三,网格员,0101234\n"))
    officers = TABLE_BY_NAME["officer"]
    mapped = map_features(
        officers, source, suggest_mapping(officers, list(source.features.columns)), 4548
    )
    assert mapped.features.geometry is None
    assert mapped.features.columns["role"].tolist() == ["officer"]
    assert mapped.features.columns["duty_phone"].tolist() == ["0101234"]
    with pytest.raises(InputError) as caught:
        map_features(TABLE_BY_NAME["component"], source, {}, 4548)
    assert caught.value.code == "exchange.no_geometry"


def test_names_that_mention_an_offset_are_told(tmp_path):
    text = "名称,lon,lat\n甲,116.4,39.9\n"
    assert "exchange.offset_suspected" in [
        n.id for n in read_source(csv_file(tmp_path, text, "poi_gcj02.csv")).notes
    ]
    text = "名称,lon_bd09,lat_bd09\n甲,116.4,39.9\n"
    assert "exchange.offset_suspected" in [
        n.id for n in read_source(csv_file(tmp_path, text)).notes
    ]


def test_columns_of_objects_hold_none_for_what_is_missing(tmp_path):
    source = read_source(csv_file(tmp_path, "名称,备注,lon,lat\n甲,,116.4,39.9\n,有,116.4,39.9\n"))
    assert values(source, "备注") == [None, "有"]
    assert source.features.columns["备注"].dtype == np.dtype(object)


def test_a_quote_that_is_never_closed_is_refused_with_its_row(tmp_path):
    text = '名称,lon,lat\n甲,116.4,39.9\n"乙,116.5,39.9\n丙,116.6,39.9\n'
    with pytest.raises(InputError) as caught:
        read_source(csv_file(tmp_path, text))
    assert caught.value.code == "exchange.csv_damaged"
    assert caught.value.place.row == 3


def test_a_last_row_that_is_short_is_told(tmp_path):
    source = read_source(csv_file(tmp_path, "名称,lon,lat\n甲,116.4,39.9\n乙,116.5"))
    assert "exchange.last_row_short" in [note.id for note in source.notes]


def test_a_very_long_wkt_is_read(tmp_path):
    ring = shapely.Point(116.4, 39.9).buffer(0.01, quad_segs=4000)
    assert len(ring.wkt) > 200_000
    source = read_source(csv_file(tmp_path, f'名称,wkt\n甲,"{ring.wkt}"\n'))
    assert source.features.geometry[0].equals(shapely.from_wkt(ring.wkt))
