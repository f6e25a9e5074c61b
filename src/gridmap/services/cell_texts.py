"""What editing the cells says to people, and how an edit is called in the history."""

from collections.abc import Sequence

from gridmap.base.messages import Text, Wording, sentence

_MOST_NAMED = 6
OLD_TO_NEW_HEADINGS = (
    Wording("原编码", "Old code"),
    Wording("原名称", "Old name"),
    Wording("原面积（平方米）", "Old area (m²)"),
    Wording("变更方式", "Change"),
    Wording("新编码", "New code"),
    Wording("新名称", "New name"),
    Wording("新面积（平方米）", "New area (m²)"),
    Wording("共有面积（平方米）", "Shared area (m²)"),
    Wording("变更日期", "Changed on"),
    Wording("批文", "Document"),
)


def listed(names: Sequence[str]) -> Wording:
    """Return names as a list; of many only the first ones and how many they are."""
    some = list(names[:_MOST_NAMED])
    zh, en = "、".join(some), ", ".join(some)
    if len(names) > _MOST_NAMED:
        zh, en = f"{zh} 等 {len(names)} 个", f"{en} … ({len(names)} in all)"
    return Wording(zh, en)


# --- intentions


@sentence(zh="单元网格 {cells} 拆为 {parts}", en="Split cell {cells} into {parts}")
def split(cells: Wording, parts: Wording) -> None: ...


@sentence(zh="单元网格 {cells} 并为 {whole}", en="Merge cells {cells} into {whole}")
def merged(cells: Wording, whole: Wording) -> None: ...


@sentence(zh="重划单元网格 {cells} 的边界", en="Reshape the border of cells {cells}")
def reshaped(cells: Wording) -> None: ...


@sentence(
    zh="重划社区之间的边界，单元网格 {cells} 跟着改变",
    en="Reshape the border between communities, with cells {cells} following",
)
def between_reshaped(cells: Wording) -> None: ...


@sentence(zh="移动单元网格 {cells} 的顶点", en="Move a vertex of cells {cells}")
def vertex_moved(cells: Wording) -> None: ...


@sentence(zh="移动单元网格 {cells} 的边界", en="Move the border of cells {cells}")
def border_moved(cells: Wording) -> None: ...


@sentence(zh="给单元网格 {cells} 的边界加顶点", en="Add a vertex to the border of cells {cells}")
def vertex_added(cells: Wording) -> None: ...


@sentence(
    zh="删去单元网格 {cells} 边界上的顶点", en="Delete a vertex of the border of cells {cells}"
)
def vertex_deleted(cells: Wording) -> None: ...


@sentence(
    zh="单元网格 {giver} 的一部分划给 {taker}", en="Hand a part of cell {giver} over to {taker}"
)
def handed_over(giver: Wording, taker: Wording) -> None: ...


@sentence(zh="从单元网格 {cells} 划出 {part}", en="Carve cell {part} out of {cells}")
def carved(cells: Wording, part: Wording) -> None: ...


@sentence(zh="单元网格 {cells} 向外扩展", en="Extend cell {cells} outwards")
def extended(cells: Wording) -> None: ...


@sentence(zh="新增单元网格 {cells}", en="Add cell {cells}")
def added(cells: Wording) -> None: ...


@sentence(
    zh="单元网格 {givers} 的地块划给 {taker}", en="Assign ground of cells {givers} to {taker}"
)
def assigned(givers: Wording, taker: Wording) -> None: ...


@sentence(zh="修改单元网格", en="Edit cells")
def editing() -> None: ...


@sentence(zh="方案“{plan}”：{what}", en="Plan “{plan}”: {what}")
def in_plan(plan: str, what: Text) -> None: ...


# --- refusals


@sentence(
    zh="单元网格 {name} 不在正在编辑的划分里。请刷新地图后重选。",
    en="Cell {name} is not in the division that is being edited. Refresh the map and choose again.",
)
def not_in_division(name: str) -> None: ...


@sentence(
    zh="单元网格 {cells} 分属不同社区（{communities}），一个单元网格只能在一个社区内。",
    en="Cells {cells} lie in different communities ({communities}), and a cell lies in one only.",
)
def across_communities(cells: Wording, communities: Wording) -> None: ...


@sentence(
    zh="单元网格 {cell} 已锁定，不能改动。请先解除锁定。",
    en="Cell {cell} is locked and must not change. Unlock it first.",
)
def locked(cell: str) -> None: ...


@sentence(
    zh="本街道规定：改动正式划分要写明批文。请先选一份批文，或在方案里修改。",
    en="This office wants a document for each change of the official division. "
    "Choose one first, or edit a plan instead.",
)
def document_needed() -> None: ...


@sentence(
    zh="单元网格 {cell} 自 {began} 起有效，不能在 {on} 就终止。请改用 {began} 或以后的日期。",
    en="Cell {cell} is in force since {began} and cannot end on {on}. Give that day or a later "
    "one.",
)
def before_it_began(cell: str, on: str, began: str) -> None: ...


@sentence(zh="没有批文 {document}。", en="There is no document {document}.")
def no_such_document(document: str) -> None: ...


@sentence(zh="没有方案 {plan}。", en="There is no plan {plan}.")
def no_such_plan(plan: str) -> None: ...


@sentence(
    zh="方案“{plan}”已{state}，不能再改。请新建一个方案。",
    en="Plan “{plan}” is {state} and cannot be edited any more. Make a new one.",
)
def plan_closed(plan: str, state: Wording) -> None: ...


@sentence(
    zh="日期 {given} 不对：要写成 2026-11-20 这样。", en="Date {given} is wrong: write 2026-11-20."
)
def wrong_date(given: str) -> None: ...


@sentence(
    zh="坐标 {x:.3f}, {y:.3f} 处没有单元网格。请检查坐标是不是本工作库的投影带。",
    en="There is no cell at {x:.3f}, {y:.3f}. Check that the coordinates are of this "
    "workspace's zone.",
)
def no_cell_here(x: float, y: float) -> None: ...


@sentence(
    zh="坐标 {x:.3f}, {y:.3f} 离要改的单元网格有 {away_km:.0f} 公里，"
    "多半是另一个投影带的坐标或经纬度。请换算成本工作库的坐标。",
    en="{x:.3f}, {y:.3f} is {away_km:.0f} km away from the cells to be edited: most likely "
    "coordinates of another zone, or degrees. Convert them to this workspace's.",
)
def far_away(x: float, y: float, away_km: float) -> None: ...


@sentence(
    zh="没有编码为 {code} 的单元网格。",
    en="There is no cell with the code {code}.",
)
def no_such_cell(code: str) -> None: ...


@sentence(
    zh="单元网格 {code} 已于 {on} 终止，由 {heirs} 接替。",
    en="Cell {code} ended on {on}; {heirs} took its place.",
)
def cell_ended(code: str, on: str, heirs: Wording) -> None: ...


@sentence(
    zh="编码 {code} 有 {count} 个单元网格，不能确定是哪一个。请先检查重号。",
    en="{count} cells have the code {code}, so it is not clear which one is meant. "
    "Look for the double code first.",
)
def code_not_unique(code: str, count: int) -> None: ...


@sentence(
    zh="有 {count} 条记录叫 {name}，不能确定是哪一条。请用编号（id）。",
    en="{count} rows are called {name}, so it is not clear which one is meant. Give its id.",
)
def name_not_unique(name: str, count: int) -> None: ...


@sentence(
    zh="“{given}” 不是一条线：要写成 WKT，例如 LINESTRING(453000 4426000, 453120 4426000)。",
    en="“{given}” is no line: write WKT, for example LINESTRING(453000 4426000, 453120 4426000).",
)
def wrong_line(given: str) -> None: ...


@sentence(
    zh="“{given}” 不是一个位置：要写成 东,北 两个数（米），例如 453000.5,4426000。",
    en="“{given}” is no place: write east,north as two numbers in metres, "
    "for example 453000.5,4426000.",
)
def wrong_place(given: str) -> None: ...


# --- codes and grids


@sentence(zh="{community}的单元网格重新编码", en="Renumber the cells of {community}")
def renumbered(community: str) -> None: ...


@sentence(
    zh="{community}的单元网格都已有本街道规则的编码，没有要编的。",
    en="All cells of {community} have codes of the office's scheme already: nothing to do.",
)
def nothing_to_renumber(community: str) -> None: ...


@sentence(
    zh="没有这个社区。请先选一个社区。",
    en="There is no such community. Choose one first.",
)
def no_such_community() -> None: ...


@sentence(
    zh="没有叫 {name} 的社区。请用社区的代码或名称。",
    en="There is no community called {name}. Give its code or its name.",
)
def no_community_called(name: str) -> None: ...


@sentence(zh="标注单元网格的编码规则", en="Mark the code schemes of cells")
def codes_marked() -> None: ...


@sentence(zh="编组责任网格", en="Group cells")
def grouping() -> None: ...


@sentence(
    zh="单元网格 {cells} 编为责任网格 {grid}", en="Make responsibility grid {grid} of cells {cells}"
)
def grouped(cells: Wording, grid: str) -> None: ...


@sentence(zh="{community}第{number}网格", en="{community} grid {number}")
def grid_name(community: str, number: int) -> None: ...


@sentence(
    zh="一个责任网格要 1 到 {most} 个单元网格，现在选了 {count} 个。",
    en="A responsibility grid has 1 to {most} cells; {count} are chosen.",
)
def wrong_count_of_cells(count: int, most: int) -> None: ...


@sentence(
    zh="单元网格 {cells} 分属不同社区，一个责任网格只能在一个社区内。",
    en="Cells {cells} lie in different communities, and a responsibility grid lies in one only.",
)
def grid_across_communities(cells: Wording) -> None: ...


@sentence(
    zh="单元网格 {cells} 不相邻：责任网格的单元网格要连成一片。",
    en="Cells {cells} are not adjacent: those of a responsibility grid must hang together.",
)
def cells_apart(cells: Wording) -> None: ...


@sentence(zh="没有责任网格 {grid}。", en="There is no responsibility grid {grid}.")
def no_such_grid(grid: str) -> None: ...


@sentence(
    zh="这里没有可以改的网格：请在网格上画线，或点得离路、围墙或建筑的边近一些。",
    en="There is no cell to edit here: draw on cells, or click nearer to a lane, wall or building.",
)
def nothing_drawn_on() -> None: ...
