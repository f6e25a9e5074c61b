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


@sentence(
    zh="表 {table} 的字段 {field} 不是数字，不能分级。请选一个数字字段。",
    en="Field {field} of table {table} holds no numbers and cannot be graduated. "
    "Choose a field with numbers.",
)
def field_without_numbers(table: str, field: str) -> None: ...


@sentence(
    zh="样式文件 {file} 无法写入或删除：{reason}。请检查文件夹是否可写，文件是否被其他程序打开。",
    en="The style file {file} cannot be written or removed: {reason}. Check that the folder is "
    "writable and that no other program holds the file.",
)
def style_not_written(file: str, reason: str) -> None: ...


@sentence(zh="计算分级", en="Making classes")
def making_classes() -> None: ...


# --- the past


@sentence(
    zh="日期 {moment} 不对：请写成 2026-11-20，或加上时间 2026-11-20T14:30。",
    en="Date {moment} is wrong: write 2026-11-20, or with the time 2026-11-20T14:30.",
)
def wrong_moment(moment: str) -> None: ...


@sentence(
    zh="{table} {name} 恢复为 {moment} 的样子",
    en="Bring {table} {name} back as on {moment}",
)
def brought_back(table: Wording, name: str, moment: str) -> None: ...


@sentence(
    zh="{table} {name} 等 {count} 项恢复为 {moment} 的样子",
    en="Bring {table} {name} and others, {count} in all, back as on {moment}",
)
def brought_back_many(table: Wording, name: str, count: int, moment: str) -> None: ...


@sentence(
    zh="{table} {name} 在 {moment} 还没有（或已经删除），不能恢复成那时的样子。请选另一天。",
    en="{table} {name} was not there on {moment} (not yet, or no longer), so it cannot be brought "
    "back as on that day. Choose another day.",
)
def was_not_there(table: Wording, name: str, moment: str) -> None: ...


@sentence(
    zh="{table} {name} 现在和 {moment} 一样，没有什么要恢复的。",
    en="{table} {name} is as it was on {moment}; there is nothing to bring back.",
)
def nothing_to_bring_back(table: Wording, name: str, moment: str) -> None: ...


@sentence(
    zh="不能恢复{table} {name}：恢复后在 ({x:.0f}, {y:.0f}) 附近会出现空隙或重叠，"
    "那里的边界没有留下可一起恢复的修改。没有改动任何数据。请先修正那里的边界，或换一天再试。",
    en="{table} {name} cannot be brought back: near ({x:.0f}, {y:.0f}) there would be a gap or an "
    "overlap, and no change there could be taken back with it. Nothing was changed. Mend the "
    "borders there first, or choose another day.",
)
def would_not_tile(table: Wording, name: str, x: float, y: float) -> None: ...


@sentence(
    zh="不能恢复：{table} {name} 是后来新增的，要为此去掉它，但{by}里还有 {id} 属于它。"
    "没有改动任何数据。请先把那一行改到别处。",
    en="This cannot be brought back: {table} {name} was added later and would have to go, but "
    "{id} of {by} still belongs to it. Nothing was changed. Move that row elsewhere first.",
)
def still_referred_to(table: Wording, name: str, by: Wording, id: str) -> None: ...


@sentence(zh="比较当时和现在的边界", en="Comparing the borders of then and now")
def comparing_borders() -> None: ...


@sentence(
    zh="分级数 {given} 不行，请取 {least} 到 {most}。",
    en="{given} classes cannot be made; ask for {least} to {most}.",
)
def wrong_class_count(given: int, least: int, most: int) -> None: ...


@sentence(
    zh="没有叫“{palette}”的配色。可用的有：{known}。",
    en="There is no palette {palette}. Those there are: {known}.",
)
def no_such_palette(palette: str, known: str) -> None: ...


@sentence(
    zh="图层 {table} 的字段 {field} 里一个数也没有，无法分级。请先填写数据或换一个字段。",
    en="The field {field} of the layer {table} holds no number at all, so no classes can be made. "
    "Fill it in first, or choose another.",
)
def no_numbers_to_grade(table: str, field: str) -> None: ...
