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
