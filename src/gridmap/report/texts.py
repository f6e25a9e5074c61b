"""What report/ says to people, and the words that it prints."""

from gridmap.base.messages import sentence

# --- styles -----------------------------------------------------------------------------------


@sentence(
    zh="样式文件 {file} 不存在。请重新安装程序，或从 maps/styles 恢复该文件。",
    en="The style file {file} is missing. Install the program again, or restore the file in "
    "maps/styles.",
)
def style_missing(file: str) -> None: ...


@sentence(
    zh="样式文件 {file} 读不出来：{reason}。请检查文件的权限，或换一个文件。",
    en="The style file {file} cannot be read: {reason}. Check the rights on it, or use another.",
)
def style_unreadable(file: str, reason: str) -> None: ...


@sentence(
    zh="样式文件 {file} 不是有效的 TOML：{reason}。请改正后重试。",
    en="The style file {file} is not valid TOML: {reason}. Correct it and try again.",
)
def style_not_toml(file: str, reason: str) -> None: ...


@sentence(
    zh="样式文件 {file} 中的“{key}”不认识。请检查拼写，或删去此项。",
    en='The style file {file} has an unknown entry "{key}". Check its spelling, or remove it.',
)
def style_key_unknown(file: str, key: str) -> None: ...


@sentence(
    zh="样式文件 {file} 中“{key}”的值 {value} 无效。应为：{expected}。",
    en='In the style file {file}, "{key}" cannot be {value}. Expected: {expected}.',
)
def style_value_wrong(file: str, key: str, value: str, expected: str) -> None: ...


@sentence(
    zh="样式文件 {file} 缺少“{key}”。请补上。",
    en='The style file {file} lacks "{key}". Add it.',
)
def style_key_missing(file: str, key: str) -> None: ...


@sentence(
    zh="配色文件 {file} 不存在。请重新安装程序，或在 maps 文件夹中恢复该文件。",
    en="The palette file {file} is missing. Install the program again, or restore the file in "
    "maps.",
)
def palettes_missing(file: str) -> None: ...


# --- paper ------------------------------------------------------------------------------------


@sentence(
    zh="无法写入 {file}：{reason}。请检查文件夹是否存在、是否可写，文件是否被其他程序打开。",
    en="{file} cannot be written: {reason}. Check that the folder is there and writable, and that "
    "no other program holds the file.",
)
def picture_not_written(file: str, reason: str) -> None: ...


@sentence(
    zh="不能写成 {suffix} 格式。请用 .png 或 .pdf。",
    en="A picture cannot be written as {suffix}. Use .png or .pdf.",
)
def picture_format_unknown(suffix: str) -> None: ...


@sentence(
    zh="变更通知只能写成 PDF，不能写成 {suffix}。请用 .pdf。",
    en="A notice is written as .pdf, not as {suffix}.",
)
def notice_format_unknown(suffix: str) -> None: ...


@sentence(
    zh="地图大小 {width}×{height} 不可用。请给出 {least} 到 {most} 之间的宽和高。",
    en="A map cannot be {width}×{height}. Give a width and a height from {least} to {most}.",
)
def picture_size_wrong(width: int, height: int, least: int, most: int) -> None: ...


@sentence(
    zh="本机没有中文字体，图上的汉字会显示为方框。请安装 fonts-noto-cjk 等中文字体。",
    en="This machine has no Chinese font: Chinese on the map would be empty boxes. Install one, "
    "for example fonts-noto-cjk.",
)
def no_chinese_font() -> None: ...


@sentence(zh="绘制地图", en="Drawing the map")
def drawing_map() -> None: ...


@sentence(zh="图例", en="Legend")
def legend() -> None: ...


@sentence(zh="内部使用", en="For internal use")
def internal_use() -> None: ...


@sentence(zh="虚构示例", en="Imaginary example")
def imaginary() -> None: ...


@sentence(
    zh="虚构示例：图上的地点、人员和数据均为虚构，不对应任何真实的街道。",
    en="Imaginary example: places, people and data on this map are invented and stand for no "
    "real subdistrict.",
)
def imaginary_sentence() -> None: ...


@sentence(zh="数据日期：{day}", en="Data as of {day}")
def data_date(day: str) -> None: ...


@sentence(zh="坐标系：{name}（EPSG:{epsg}）", en="CRS: {name} (EPSG:{epsg})")
def crs_name(name: str, epsg: int) -> None: ...


@sentence(
    zh="CGCS2000 高斯-克吕格 3 度带，中央经线 {meridian}°E",
    en="CGCS2000 3-degree Gauss-Krüger, {meridian}°E",
)
def zone_name(meridian: int) -> None: ...


@sentence(zh="比例尺 1:{denominator:,}", en="Scale 1:{denominator:,}")
def scale(denominator: int) -> None: ...


@sentence(zh="约 1:{denominator:,}", en="about 1:{denominator:,}")
def about_scale(denominator: int) -> None: ...


@sentence(zh="{length} 米", en="{length} m")
def metres(length: str) -> None: ...


@sentence(zh="{length} 公里", en="{length} km")
def kilometres(length: str) -> None: ...


@sentence(zh="北", en="N")
def north() -> None: ...


@sentence(zh="其他", en="Other")
def other() -> None: ...


@sentence(zh="共 {count:,} 项", en="{count:,} in all")
def count(count: int) -> None: ...


# --- classes ------------------------------------------------------------------------------------


@sentence(zh="{high} 以下", en="below {high}")
def below(high: str) -> None: ...


@sentence(zh="{low} 至 {high}", en="{low} – {high}")
def between(low: str, high: str) -> None: ...


@sentence(zh="{what}由少到多", en="{what} few to many")
def few_to_many(what: str) -> None: ...


@sentence(zh="附近合并，数字为{what}合计", en="near ones together, with their {what} number")
def clustered(what: str) -> None: ...


@sentence(zh="每个六边形（宽 {size} 米）的{what}数量", en="{what} in each hexagon ({size} m wide)")
def in_each_hexagon(what: str, size: str) -> None: ...
