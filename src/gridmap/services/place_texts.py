"""What services/ says of lengths, areas and places."""

from gridmap.base.messages import Text, sentence


@sentence(zh="{length:,.2f} 米", en="{length:,.2f} m")
def metres(length: float) -> None: ...


@sentence(zh="{length:,.3f} 公里", en="{length:,.3f} km")
def kilometres(length: float) -> None: ...


@sentence(zh="{area:,.1f} 平方米", en="{area:,.1f} m²")
def square_metres(area: float) -> None: ...


@sentence(zh="{area:,.3f} 公顷", en="{area:,.3f} ha")
def hectares(area: float) -> None: ...


@sentence(
    zh="{square_metres:,.1f} 平方米 = {mu:,.2f} 亩 = {hectares:,.3f} 公顷",
    en="{square_metres:,.1f} m² = {mu:,.2f} mu = {hectares:,.3f} ha",
)
def area_in_all_units(square_metres: float, mu: float, hectares: float) -> None: ...


@sentence(zh="面积：{area}", en="Area: {area}")
def area_line(area: Text) -> None: ...


@sentence(zh="平面面积：{area:,.1f} 平方米", en="Area on the map's plane: {area:,.1f} m²")
def area_on_plane(area: float) -> None: ...


@sentence(
    zh="总长：{length:,.2f} 米（平面 {plane:,.2f} 米）",
    en="Length: {length:,.2f} m ({plane:,.2f} m on the map's plane)",
)
def length_line(length: float, plane: float) -> None: ...


@sentence(
    zh="周长：{length:,.2f} 米（平面 {plane:,.2f} 米）",
    en="Perimeter: {length:,.2f} m ({plane:,.2f} m on the map's plane)",
)
def perimeter_line(length: float, plane: float) -> None: ...


@sentence(
    zh="第 {number} 段：{length:,.2f} 米，方位角 {bearing}",
    en="Leg {number}: {length:,.2f} m, bearing {bearing}",
)
def leg_line(number: int, length: float, bearing: str) -> None: ...


@sentence(zh="WGS 84（卫星定位、CGCS2000）", en="WGS 84 (satellites, CGCS2000)")
def wgs84() -> None: ...


@sentence(zh="GCJ-02（高德、腾讯、微信）", en="GCJ-02 (Amap, Tencent, WeChat)")
def gcj02() -> None: ...


@sentence(zh="BD-09（百度）", en="BD-09 (Baidu)")
def bd09() -> None: ...


@sentence(zh="平面坐标（EPSG:{epsg}）", en="Metres on the map (EPSG:{epsg})")
def plane(epsg: int) -> None: ...


@sentence(zh="高德地图", en="Amap")
def amap() -> None: ...


@sentence(zh="腾讯地图或微信", en="Tencent's map or WeChat")
def tencent() -> None: ...


@sentence(zh="百度地图", en="Baidu's map")
def baidu() -> None: ...


@sentence(zh="坐标来自{source}", en="the coordinates are from {source}")
def because_of_source(source: Text) -> None: ...


@sentence(zh="链接里写明了坐标系", en="the link says so")
def because_it_says_so() -> None: ...


@sentence(zh="只有它在本街道范围内", en="it alone lies in the subdistrict")
def because_alone_inside() -> None: ...


@sentence(zh="您上次选的是它", en="you chose it the last time")
def because_of_last_time() -> None: ...


@sentence(zh="没有线索，请看地图判断", en="nothing tells; judge by the map")
def because_of_nothing() -> None: ...


@sentence(zh="坐标以米为单位", en="the coordinates are in metres")
def because_of_metres() -> None: ...


@sentence(
    zh="书签文件 {file} 无法写入：{reason}。请检查磁盘是否已满、文件夹是否可写。",
    en="The bookmarks cannot be written to {file}: {reason}. Check that the disk has room and "
    "that the folder is writable.",
)
def bookmarks_not_written(file: str, reason: str) -> None: ...
