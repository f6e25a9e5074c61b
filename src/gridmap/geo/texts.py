"""What geo/ says to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="中国没有经度 {longitude:.4f}° 所在的 3 度带（73° 至 136°）。请检查坐标。",
    en="No 3-degree zone of China holds longitude {longitude:.4f}° (73° to 136°). "
    "Check the coordinates.",
)
def longitude_outside_china(longitude: float) -> None: ...


@sentence(
    zh="不认识的坐标系：{crs}。请用 --crs 给出 EPSG 代码，例如 4548。",
    en="Unknown coordinate system: {crs}. Give an EPSG code with --crs, for example 4548.",
)
def unknown_crs(crs: str) -> None: ...


@sentence(
    zh="EPSG:{epsg} 不是以米为单位的投影坐标系。工作库请用 CGCS2000 3 度带（EPSG:4534 至 4554）。",
    en="EPSG:{epsg} is not a projected system in metres. Use a CGCS2000 3-degree zone "
    "(EPSG:4534 to 4554) for a workspace.",
)
def crs_not_in_metres(epsg: int) -> None: ...


@sentence(
    zh="“{text}”里没有认出中国境内的坐标。可以粘贴“116.397,39.908”、“39°54'27\"N 116°23'50\"E”、"
    "以米为单位的东坐标和北坐标，或地图软件分享的链接。",
    en="No coordinates in China were recognised in “{text}”. Paste, for example, "
    "116.397,39.908 or 39°54'27\"N 116°23'50\"E, an easting and a northing in metres, "
    "or a link that a map shared.",
)
def no_coordinates(text: str) -> None: ...


@sentence(
    zh="这是短链接，里面没有坐标，不联网无法读取。请在手机地图里复制坐标，或复制完整的链接。",
    en="This is a short link: it holds no coordinates and cannot be read offline. "
    "Copy the coordinates in the map on your phone, or the full link.",
)
def short_link() -> None: ...
