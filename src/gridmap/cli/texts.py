"""What the command line says to people."""

from gridmap.base.messages import Text, Wording, sentence


@sentence(
    zh="--field 要写成 目标字段=来源列，例如 floors=层数；收到的是 {given}。",
    en="--field is written target=source, for example floors=层数; got {given}.",
)
def wrong_field(given: str) -> None: ...


@sentence(
    zh="--size 要写成 宽x高，例如 1600x1000；收到的是 {given}。",
    en="--size is written WIDTHxHEIGHT, for example 1600x1000; got {given}.",
)
def wrong_size(given: str) -> None: ...


@sentence(zh="已取消，一切保持原样。", en="Cancelled; everything is as it was.")
def cancelled() -> None: ...


@sentence(
    zh="程序出错了：{reason}。工作库没有损坏；详情在 {log}，请把它交给维护人员。",
    en="The program failed: {reason}. The workspace is whole; the details are in {log}, "
    "please hand it to whoever maintains the program.",
)
def fault(reason: str, log: str) -> None: ...


@sentence(zh="已建立 {path}（EPSG:{epsg}）。", en="Made {path} (EPSG:{epsg}).")
def made(path: str, epsg: int) -> None: ...


@sentence(
    zh="已导入 {rows} 行到 {table}；修复几何 {mended} 处，拒绝 {refused} 行。",
    en="Imported {rows} {rows:plural row|rows} into {table}; mended {mended} "
    "{mended:plural geometry|geometries}, refused {refused} {refused:plural row|rows}.",
)
def imported(rows: int, table: str, mended: int, refused: int) -> None: ...


@sentence(
    zh="试运行：会导入 {rows} 行到 {table}，修复几何 {mended} 处，拒绝 {refused} 行。没有写入。",
    en="Dry run: {rows} {rows:plural row|rows} would go into {table}, {mended} "
    "{mended:plural geometry|geometries} mended, {refused} {refused:plural row|rows} refused. "
    "Nothing was written.",
)
def would_import(rows: int, table: str, mended: int, refused: int) -> None: ...


@sentence(zh="第 {row} 行：{reason}", en="Row {row}: {reason}")
def refused_row(row: int, reason: str) -> None: ...


@sentence(
    zh="……还有 {more} 行被拒绝；用 --json 可以看到全部。",
    en="… and {more} more refused {more:plural row|rows}; --json lists them all.",
)
def more_refused(more: int) -> None: ...


@sentence(
    zh="已导出 {rows} 行到 {path}。",
    en="Exported {rows} {rows:plural row|rows} to {path}.",
)
def exported(rows: int, path: str) -> None: ...


@sentence(zh="地图已写到 {path}。", en="The map is in {path}.")
def rendered(path: str) -> None: ...


@sentence(zh="已撤销：{intention}", en="Undone: {intention}")
def undone(intention: Wording) -> None: ...


@sentence(zh="已重做：{intention}", en="Redone: {intention}")
def redone(intention: Wording) -> None: ...


@sentence(zh="工作库完好。", en="The workspace is sound.")
def sound() -> None: ...


@sentence(
    zh="发现 {count} 个问题。",
    en="{count} {count:plural problem|problems} found.",
)
def problems_found(count: int) -> None: ...


@sentence(zh="备份已写好并核对：{path}", en="Backed up and compared: {path}")
def backed_up(path: str) -> None: ...


@sentence(
    zh="已恢复。恢复前的状态保存在 {path}。",
    en="Restored. The state before is kept in {path}.",
)
def restored(path: str) -> None: ...


@sentence(
    zh="已恢复。恢复前这里没有工作库。",
    en="Restored. There was no workspace here before.",
)
def restored_from_nothing() -> None: ...


@sentence(zh="一切正常。", en="Everything works.")
def all_well() -> None: ...


@sentence(
    zh="不透明度 {given} 不对。请写 0 到 1 之间的数，例如 0.6。",
    en="The opacity {given} makes no sense. Give a number from 0 to 1, e.g. 0.6.",
)
def wrong_opacity(given: str) -> None: ...


@sentence(zh="    在{table} {label} 内", en="    in {table} {label}")
def inside(table: Wording, label: str) -> None: ...


@sentence(
    zh="    离{table} {label} {metres:,.0f} 米",
    en="    {metres:,.0f} m from {table} {label}",
)
def near(table: Wording, label: str, metres: float) -> None: ...


@sentence(zh="很可能是 {name}：{because}。", en="Likely {name}: {because}.")
def likely(name: Text, because: Text) -> None: ...


@sentence(
    zh="图层 {table} 用的是自己的样式：{path}",
    en="The layer {table} has a style of its own: {path}",
)
def style_is_own(table: str, path: str) -> None: ...


@sentence(zh="图层 {table} 用的是随程序的样式。", en="The layer {table} has the shipped style.")
def style_is_shipped(table: str) -> None: ...


@sentence(zh="图层 {table} 的样式已写到 {path}。", en="The style of {table} is in {path}.")
def style_written(table: str, path: str) -> None: ...


@sentence(
    zh="图层 {table} 从现在起用 {path} 的样式。",
    en="The layer {table} now has the style of {path}.",
)
def style_taken(table: str, path: str) -> None: ...


@sentence(
    zh="图层 {table} 恢复了随程序的样式。",
    en="The layer {table} has the shipped style again.",
)
def style_reset(table: str) -> None: ...


@sentence(
    zh="图层 {table} 按 {field} 分为 {count} 级，存为自己的样式。",
    en="The layer {table} has {count} {count:plural class|classes} by {field}, kept as a style of "
    "its own.",
)
def style_graded(table: str, field: str, count: int) -> None: ...


@sentence(zh="已恢复，共改动 {count} 项：", en="Brought back; {count} {count:plural row|rows}:")
def brought_back(count: int) -> None: ...


@sentence(
    zh="试运行：会改动 {count} 项，没有写入：",
    en="Dry run: {count} {count:plural row|rows} would change; nothing was written:",
)
def would_bring_back(count: int) -> None: ...


@sentence(zh="{table} {name}：恢复", en="{table} {name}: as it was")
def row_restored(table: Wording, name: str) -> None: ...


@sentence(zh="{table} {name}：重新加入", en="{table} {name}: there again")
def row_reinserted(table: Wording, name: str) -> None: ...


@sentence(zh="{table} {name}：只恢复边界", en="{table} {name}: only its border")
def row_reshaped(table: Wording, name: str) -> None: ...


@sentence(
    zh="{table} {name}：自今天起终止，编码和沿革保留",
    en="{table} {name}: ends today, keeps code and lineage",
)
def row_ended(table: Wording, name: str) -> None: ...


@sentence(zh="{table} {name}：删除（后来新增的）", en="{table} {name}: deleted, it was made since")
def row_removed(table: Wording, name: str) -> None: ...
