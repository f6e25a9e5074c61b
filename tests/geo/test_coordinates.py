"""Places read out of pasted texts, in all the spellings that phones and people use."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gridmap.base.errors import RequestError
from gridmap.geo.coordinates import find_place, looks_like_place, read_place

PLACE = (116.397, 39.908)
LON, LAT = st.floats(73.001, 135.999), st.floats(3.001, 53.999)


@pytest.mark.parametrize(
    "text",
    [
        "116.397,39.908",
        "39.908 116.397",
        "116.397，39.908",
        "１１６．３９７，３９．９０８",
        "(116.397, 39.908)",
        "东经116.397 北纬39.908",
        "北纬39.908，东经116.397",
        "39.908N116.397E",
        "116.397E, 39.908N",
        "N39.908 E116.397",
        "经度：116.397；纬度：39.908",
        '{"lat": 39.908, "lng": 116.397}',
        "lat=39.908 lon=116.397",
        "位置 3号楼 116.397、39.908",
        "39.908,116.397,45.2",
        "geo:39.908,116.397?z=3",
    ],
)
def test_degrees_are_read_in_any_order(text: str) -> None:
    found = read_place(text)
    assert found.xy == PLACE
    assert not found.is_metres


@pytest.mark.parametrize(
    "text",
    [
        "39°54'27\"N 116°23'50\"E",
        "N39°54′27″ E116°23′50″",
        "北纬39°54′27″，东经116°23′50″",
        "东经116度23分50秒北纬39度54分27秒",
        "39度54分27秒 116度23分50秒",
        "39 54 27 N 116 23 50 E",
        "39:54:27N 116:23:50E",
        "39º54’27” N, 116º23’50” E",
        "39°54.45'N, 116°23.83333'E",
    ],
)
def test_degrees_minutes_and_seconds_are_read(text: str) -> None:
    assert read_place(text).xy == pytest.approx((116 + 23 / 60 + 50 / 3600, 39.9075), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "xy", "epsg"),
    [
        ("450123.4 4420123.4", (450123.4, 4420123.4), None),
        ("X=4420123.4 Y=450123.4", (450123.4, 4420123.4), None),
        ("东 450,123.4  北 4,420,123.4 米", (450123.4, 4420123.4), None),
        ("39450123.4,4420123.4", (39450123.4, 4420123.4), 4527),
        ("X=4420123.4 Y=39450123.4", (39450123.4, 4420123.4), 4527),
        ("20450123.4,4420123.4", (20450123.4, 4420123.4), 4498),
    ],
)
def test_metres_are_read_with_and_without_the_number_of_their_zone(
    text: str, xy: tuple[float, float], epsg: int | None
) -> None:
    found = read_place(text)
    assert (found.xy, found.is_metres, found.epsg) == (xy, True, epsg)


@pytest.mark.parametrize(
    ("text", "source", "datum"),
    [
        ("https://uri.amap.com/marker?position=116.397,39.908&name=%E4%BA%AC", "amap", "gcj02"),
        ("https://uri.amap.com/marker?position=116.397%2C39.908", "amap", "gcj02"),
        ("https://uri.amap.com/marker?position=116.397,39.908&coordinate=wgs84", "amap", "wgs84"),
        ("https://www.amap.com/?q=39.908,116.397,name", "amap", "gcj02"),
        ("https://wb.amap.com/?p=B000A83M61,39.908,116.397,名3,地址5号", "amap", "gcj02"),
        ("androidamap://viewMap?lat=39.908&lon=116.397&dev=1", "amap", "wgs84"),
        (
            "https://apis.map.qq.com/uri/v1/marker?marker=coord:39.908,116.397;title:x",
            "qq",
            "gcj02",
        ),
        ("https://map.qq.com/?type=marker&pointx=116.397&pointy=39.908&name=x", "qq", "gcj02"),
        ("qqmap://map/geocoder?coord=39.908,116.397&coord_type=1", "qq", "wgs84"),
        ('<location x="39.908" y="116.397" scale="16" label="朝阳"/>', "qq", "gcj02"),
        ("http://api.map.baidu.com/marker?location=39.908,116.397&title=x", "baidu", "bd09"),
        ("baidumap://map/marker?location=39.908,116.397&coord_type=gcj02", "baidu", "gcj02"),
        ("https://www.google.com/maps/@39.908,116.397,15z", "google", None),
        ("https://www.openstreetmap.org/#map=15/39.908/116.397", "osm", "wgs84"),
    ],
)
def test_links_of_phone_maps_tell_place_and_datum(
    text: str, source: str, datum: str | None
) -> None:
    found = read_place(text)
    assert (found.xy, found.source, found.datum) == (PLACE, source, datum)


def test_the_metres_in_a_link_of_baidu_are_read() -> None:
    found = read_place("https://map.baidu.com/poi/天/@12958160.97,4825907.72,16.5z?uid=1234567")
    assert found.xy == pytest.approx((116.403874, 39.914889), abs=1e-6)
    assert found.datum == "bd09"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "槐荫路12号",
        "110105006",
        "3号楼 2单元 101",
        "2026-11-24 08:30",
        "1,2",
        "48.85, 2.35",
        "116°61'00\"E 39°00'00\"N",
    ],
)
def test_what_is_no_place_in_china_is_told_with_examples(text: str) -> None:
    assert find_place(text) is None
    with pytest.raises(RequestError) as told:
        read_place(text)
    assert told.value.code == "geo.no_coordinates"


def test_a_short_link_is_told_as_such() -> None:
    with pytest.raises(RequestError) as told:
        read_place("https://surl.amap.com/5Kx9dk3")
    assert told.value.code == "geo.short_link"


def test_numbers_that_are_typed_are_no_coordinates_without_a_sign_of_them() -> None:
    assert looks_like_place("116.397,39.908")
    assert looks_like_place("39度54分27秒 116度23分50秒")
    assert not looks_like_place("3 110")
    assert not looks_like_place("温度.")


@given(LON, LAT, st.sampled_from(["{x:.6f},{y:.6f}", "{y:.6f} {x:.6f}", "N{y:.6f} E{x:.6f}"]))
def test_written_degrees_come_back(lon: float, lat: float, form: str) -> None:
    found = read_place(form.format(x=lon, y=lat))
    assert found.xy == pytest.approx((lon, lat), abs=1e-6)


@given(LON, LAT)
def test_written_seconds_come_back(lon: float, lat: float) -> None:
    def spelled(angle: float) -> str:
        hundredths = round(angle * 360_000)
        degrees, rest = divmod(hundredths, 360_000)
        return f"{degrees}°{rest // 6_000}′{rest % 6_000 / 100:.2f}″"

    found = read_place(f"北纬{spelled(lat)} 东经{spelled(lon)}")
    assert found.xy == pytest.approx((lon, lat), abs=2e-6)


@given(st.text(max_size=200))
@example("°" * 4_000)
@example("1" * 4_000)
@example("1," * 2_000)
@example("1 " * 2_000)
@example("N1°" * 1_500)
@example("https://map.baidu.com/?" + "%" * 3_000)
@example("https://amap.com/" + "1/" * 2_000)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for prefix in ("", "https://map.baidu.com/@", "<location "):
        find_place(prefix + text)


@given(st.text("0123456789.,-+°'\"NEne 东经北纬度分秒=&?/@:", max_size=80))
def test_no_heap_of_signs_makes_the_reader_fail(text: str) -> None:
    found = find_place(text)
    if found is not None and not found.is_metres:
        assert 73 <= found.xy[0] <= 136
        assert 3 <= found.xy[1] <= 54
