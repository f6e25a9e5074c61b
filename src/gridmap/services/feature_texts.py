"""What services/features says to people, and the sentences of its intentions."""

from gridmap.base.messages import Text, Wording, sentence

# --- intentions


@sentence(zh="新增{table} {name}", en="Add {table} {name}")
def added(table: Wording, name: str) -> None: ...


@sentence(zh="移动{table} {name}", en="Move {table} {name}")
def moved(table: Wording, name: str) -> None: ...


@sentence(zh="修改{table} {name} 的形状", en="Reshape {table} {name}")
def reshaped(table: Wording, name: str) -> None: ...


@sentence(zh="修改{table} {name} 的{fields}", en="Change {table} {name}: {fields}")
def changed(table: Wording, name: str, fields: Wording) -> None: ...


@sentence(zh="修改 {count} 个{table}的{fields}", en="Change {count} rows of {table}: {fields}")
def changed_many(count: int, table: Wording, fields: Wording) -> None: ...


@sentence(zh="删除{table} {name}", en="Delete {table} {name}")
def deleted(table: Wording, name: str) -> None: ...


@sentence(zh="删除 {count} 个{table}", en="Delete {count} rows of {table}")
def deleted_many(count: int, table: Wording) -> None: ...


@sentence(
    zh="从{source}复制 {count} 个到{table}",
    en="Copy {count} {count:plural row|rows} of {source} to {table}",
)
def copied(count: int, source: Wording, table: Wording) -> None: ...


# --- what cannot be done


@sentence(
    zh="{table}不能逐个画或删：它们必须无缝相接。请用“网格”菜单里的工具。",
    en="{table} are not drawn or deleted one by one, for they must tile. Use the tools of the menu "
    "Cells.",
)
def tiled(table: Wording) -> None: ...


@sentence(
    zh="{table}由程序维护，不能逐条增删。",
    en="{table}: the program keeps these rows; none are added or deleted by hand.",
)
def kept_table(table: Wording) -> None: ...


@sentence(zh="{table}没有位置，不能画在地图上。", en="{table} have no place on the map.")
def table_without_places(table: Wording) -> None: ...


@sentence(
    zh="没有叫“{name}”的{table}，它可能已被删除。请核对名称、编码或编号。",
    en="There is no {table} “{name}”; it may be deleted. Check its name, code or id.",
)
def no_such_row(table: Wording, name: str) -> None: ...


@sentence(
    zh="叫“{name}”的{table}不止一个。请用编码或编号指明。",
    en="More than one {table} is called “{name}”. Name it by its code or id.",
)
def several_rows(table: Wording, name: str) -> None: ...


@sentence(zh="没有选中任何一行。", en="No row is named.")
def nothing_named() -> None: ...


@sentence(zh="没有给出要改的内容。", en="Nothing to change is given.")
def nothing_given() -> None: ...


@sentence(zh="{table} {name} 这一行：{reason}", en="{table} {name}: {reason}")
def in_row(table: Wording, name: str, reason: Text) -> None: ...


@sentence(
    zh="还有 {count} 条{others}关联着{table} {name}，没有删除。可以先处理它们，"
    "或选择“清除关联并删除”（命令行 --clear）。",
    en="{count} rows of {others} refer to {table} {name}, which was not deleted. See to them "
    "first, or clear the references and delete (--clear on the command line).",
)
def is_referred_to(count: int, others: Wording, table: Wording, name: str) -> None: ...


@sentence(
    zh="{source}的形状不能变成{table}的：要闭合的线才能成为一块地。",
    en="A shape of {source} cannot become one of {table}: only closed lines become areas.",
)
def cannot_convert(source: Wording, table: Wording) -> None: ...


# --- shapes


@sentence(
    zh="{table}要有位置：坐标缺失或不是数字。",
    en="{table} need a place: coordinates are missing or no numbers.",
)
def no_place(table: Wording) -> None: ...


@sentence(zh="{table}要画成点。", en="{table} are points.")
def wants_point(table: Wording) -> None: ...


@sentence(zh="{table}要画成线。", en="{table} are lines.")
def wants_line(table: Wording) -> None: ...


@sentence(zh="{table}要画成面。", en="{table} are areas.")
def wants_area(table: Wording) -> None: ...


@sentence(zh="{table}每条只能有一段，请分开画。", en="{table} have one part each; draw them apart.")
def several_parts(table: Wording) -> None: ...


@sentence(zh="各点都在同一处，画不出形状。", en="All points are at one place; that is no shape.")
def no_extent() -> None: ...


@sentence(
    zh="画出的面积是零，请再点一个不在同一条线上的角。",
    en="The area is zero; click another corner that is not on the same line.",
)
def no_area() -> None: ...


@sentence(
    zh="边线在这里与自己相交。请移开这里的顶点，或重画。",
    en="The border crosses itself here. Move this vertex away, or draw again.",
)
def crosses_itself() -> None: ...


@sentence(
    zh="坐标不在本工作库的坐标带里（EPSG:{epsg}，单位米）：可能是经纬度，或是另一带的坐标。",
    en="The coordinates are outside the zone of this workspace (EPSG:{epsg}, metres): they may be "
    "longitude and latitude, or of another zone.",
)
def other_zone(epsg: int) -> None: ...


@sentence(
    zh="这个位置离本街道 {kilometres:,.0f} 公里，可能是另一带的坐标。",
    en="This place is {kilometres:,.0f} km away from the subdistrict; it may be of another zone.",
)
def far_away(kilometres: float) -> None: ...


@sentence(
    zh="{table}在这里压住了{other} {name}（{size:.1f} 平方米）。请移开，或先改{other}。",
    en="The {table} covers {other} {name} here ({size:.1f} m²). Move it, or change that one first.",
)
def covers_other(table: Wording, other: Wording, name: str, size: float) -> None: ...


@sentence(
    zh="{table}的线在这里穿过{other} {name}（{size:.1f} 米）。请绕开，或先改{other}。",
    en="The line of the {table} runs through {other} {name} here ({size:.1f} m). Go around it, or "
    "change that one first.",
)
def runs_through(table: Wording, other: Wording, name: str, size: float) -> None: ...


# --- progress


@sentence(zh="正在写入", en="Writing")
def writing() -> None: ...
