"""What geotiff.py says to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="找不到底图文件 {file}。请检查它是否被移动、改名，或移动盘是否已拔出。",
    en="There is no base map file {file}. Check whether it was moved or renamed, or whether its "
    "drive was taken away.",
)
def not_there(file: str) -> None: ...


@sentence(
    zh="读取时底图 {file} 不见了（网络盘断开或移动盘拔出？）。请重新连接后再打开底图。",
    en="The base map {file} vanished while it was read (a share or a stick that went away?). "
    "Connect it again and open the base map anew.",
)
def vanished(file: str) -> None: ...


@sentence(
    zh="底图 {file} 已损坏，或不是能读的图片（GeoTIFF、JPEG、PNG、JPEG 2000）。"
    "请重新复制或重新导出。",
    en="The base map {file} is damaged, or no picture that can be read (GeoTIFF, JPEG, PNG, "
    "JPEG 2000). Copy or export it again.",
)
def unreadable(file: str) -> None: ...


@sentence(
    zh="底图 {file} 太大，不能读取。请裁剪或降低分辨率后再用。",
    en="The base map {file} is too large to be read. Cut it or make it coarser first.",
)
def too_large(file: str) -> None: ...


@sentence(
    zh="底图 {file} 没有写明它在哪里。请用带坐标的 GeoTIFF，或把坐标文件（.tfw、.jgw、.pgw）"
    "放在它旁边。",
    en="The base map {file} does not say where it lies. Use a GeoTIFF with coordinates, or put "
    "its world file (.tfw, .jgw, .pgw) beside it.",
)
def no_place(file: str) -> None: ...


@sentence(
    zh="底图 {file} 的坐标不可能在地球上：坐标系大概不对。请在底图设置（命令行用 --basemap-crs）"
    "中给出正确的 EPSG 代码。",
    en="The coordinates of the base map {file} cannot lie on the earth: its coordinate system is "
    "probably wrong. Give the right EPSG code in the base map's settings (--basemap-crs on the "
    "command line).",
)
def place_impossible(file: str) -> None: ...


@sentence(
    zh="{file} 没有写明坐标系，按 EPSG:{epsg} 显示。位置不对时，请在底图设置中改。",
    en="{file} does not say its coordinate system and is shown as EPSG:{epsg}. Where that is "
    "wrong, change it in the base map's settings.",
)
def crs_assumed(file: str, epsg: int) -> None: ...


@sentence(
    zh="{file} 没有概视图（overview），缩小时显示很慢。可在底图设置中建立，存为旁边的 .ovr 文件。",
    en="{file} has no overviews and is slow to show from afar. They can be built in the base "
    "map's settings, into an .ovr file beside it.",
)
def no_overviews(file: str) -> None: ...


@sentence(
    zh="{file} 里没有可以显示的波段。请换一个文件。",
    en="{file} has no band that can be shown. Choose another file.",
)
def no_bands(file: str) -> None: ...


@sentence(zh="正在建立概视图", en="building overviews")
def building_overviews() -> None: ...


@sentence(
    zh="概视图写不到 {folder}。请检查文件夹的写权限和剩余空间，或把底图复制到本机后再建。",
    en="Overviews cannot be written to {folder}. Check its permissions and free space, or copy "
    "the base map to this computer first.",
)
def overviews_not_written(folder: str) -> None: ...
