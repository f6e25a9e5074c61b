"""What services/ says to people."""

from gridmap.base.messages import Wording, sentence


@sentence(
    zh="区划代码 {code} 不对：街道要 9 位或 12 位数字，例如 110105006。",
    en="Division code {code} is wrong: a subdistrict has 9 or 12 digits, for example 110105006.",
)
def wrong_division_code(code: str) -> None: ...


@sentence(zh="请给工作库一个名称。", en="Give the workspace a name.")
def name_missing() -> None: ...


@sentence(zh="导入 {source} 到{table}", en="Import {source} into {table}")
def imported(source: str, table: Wording) -> None: ...


@sentence(
    zh="表 {table} 没有字段 {field}。可用的字段：{known}。",
    en="Table {table} has no field {field}. Fields: {known}.",
)
def no_such_field(table: str, field: str, known: str) -> None: ...


@sentence(
    zh="{source} 中没有列 {column}。现有的列：{known}。",
    en="{source} has no column {column}. Columns: {known}.",
)
def no_such_source_column(source: str, column: str, known: str) -> None: ...


@sentence(
    zh="图层 {table} 没有几何，不能显示在地图上。",
    en="Layer {table} has no geometry and cannot be shown on a map.",
)
def layer_without_geometry(table: str) -> None: ...


@sentence(
    zh="不能识别的目标文件 {path}：地图请写成 .png 或 .pdf。",
    en="Unknown kind of target {path}: a map is written as .png or .pdf.",
)
def unknown_picture_kind(path: str) -> None: ...


@sentence(
    zh="工作库里还没有任何有位置的数据，没有可画的。请先导入，或用 --extent 给出范围。",
    en="The workspace holds nothing with a place yet, so there is nothing to draw. "
    "Import something first, or give --extent.",
)
def nothing_to_draw() -> None: ...


@sentence(
    zh="范围 {extent} 不对：要按 xmin,ymin,xmax,ymax 给出四个数，且最小值小于最大值。",
    en="Extent {extent} is wrong: give four numbers xmin,ymin,xmax,ymax, minimum before maximum.",
)
def wrong_extent(extent: str) -> None: ...


@sentence(
    zh="{source} 中没有一行可以导入：{first}",
    en="No row of {source} can be imported: {first}",
)
def nothing_importable(source: str, first: str) -> None: ...


@sentence(zh="读取图层", en="Reading layers")
def reading_layers() -> None: ...


@sentence(zh="搜索索引", en="Search index")
def building_search() -> None: ...


@sentence(zh="修复索引与日志触发器", en="Repair indexes and journal triggers")
def repaired() -> None: ...
