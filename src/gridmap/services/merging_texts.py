"""What the merge of files says to people."""

from gridmap.base.messages import Text, sentence


@sentence(zh="正在合并边界", en="merging the borders")
def merging() -> None: ...


@sentence(
    zh="{file} 没有列 {column}。现有的列：{known}。请用 --key 给出编号所在的列。",
    en="{file} has no column {column}. Columns: {known}. Give the column of the keys with --key.",
)
def no_key_column(file: str, column: str, known: str) -> None: ...


@sentence(
    zh="{file} 第 {row} 行没有编号（列 {column}）。请补上后再合并。",
    en="Row {row} of {file} has no key (column {column}). Fill it in, then merge again.",
)
def key_missing(file: str, row: int, column: str) -> None: ...


@sentence(
    zh="{file} 第 {row} 行的编号 {key} 前面已经有了。每个编号只能有一行。",
    en="The key {key} in row {row} of {file} was there before. Each key may have one row only.",
)
def key_twice(file: str, row: int, key: str) -> None: ...


@sentence(
    zh="{file} 第 {row} 行（编号 {key}）不是面。只有面的图层才能合并。",
    en="Row {row} of {file} (key {key}) is no area. Only layers of areas can be merged.",
)
def no_area(file: str, row: int, key: str) -> None: ...


@sentence(
    zh="{file} 的坐标系是 {found}，起点文件的是 {base}。三个文件的坐标系必须相同，请先转换。",
    en="{file} is in {found}, the base in {base}. All three files must be in the same coordinate "
    "system: transform it first.",
)
def other_crs(file: str, found: str, base: str) -> None: ...


@sentence(
    zh="{file} 的坐标系没有 EPSG 代码。请用 --crs 给出，例如 4548。",
    en="The coordinate system of {file} has no EPSG code. Give one with --crs, for example 4548.",
)
def crs_without_code(file: str) -> None: ...


@sentence(
    zh="输出文件 {file} 也是输入文件。请另取一个名称。",
    en="The output {file} is an input as well. Choose another name.",
)
def output_is_input(file: str) -> None: ...


@sentence(
    zh="双方把这个值改成了不同的。",
    en="Both sides changed this value, each to another one.",
)
def value_changed_by_both() -> None: ...


@sentence(
    zh="一方撤销了这一行，另一方改了它的值。",
    en="One side ended this row, the other side changed its value.",
)
def value_of_ended() -> None: ...


@sentence(
    zh="已合并到 {path}：{rows} 行，双方的改动都在。",
    en="Merged into {path}: {rows} {rows:plural row|rows}, with all that both sides did.",
)
def merged(path: str, rows: int) -> None: ...


@sentence(
    zh="已合并到 {path}：{rows} 行。下列各处保持起点的样子，要由人决定：",
    en="Merged into {path}: {rows} {rows:plural row|rows}. In these places it is as the base was, "
    "and a person must decide:",
)
def merged_in_part(path: str, rows: int) -> None: ...


@sentence(
    zh="没有写出 {path}：不先决定下列各处，其余的也拼不起来。",
    en="{path} was not written: without a decision on these places the rest does not fit either.",
)
def not_merged(path: str) -> None: ...


@sentence(
    zh="边界 {keys}，在 {place}：{reason}",
    en="border {keys}, at {place}: {reason}",
)
def border(keys: str, place: str, reason: Text) -> None: ...


@sentence(
    zh="{key} 的 {column}：起点 {base}，本方 {mine}，对方 {theirs}。{reason}",
    en="{column} of {key}: base {base}, mine {mine}, theirs {theirs}. {reason}",
)
def value(key: str, column: str, base: str, mine: str, theirs: str, reason: Text) -> None: ...


@sentence(zh="这些边界和双方画的线在 {path}。", en="These borders, and the sides' lines: {path}.")
def arcs_in(path: str) -> None: ...
