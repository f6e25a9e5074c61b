"""What the verbs for cells and offices say to people."""

from gridmap.base.messages import Wording, sentence


@sentence(
    zh="拆分要么给 --line，要么给 --parts，不能都给，也不能都不给。",
    en="A split wants either --line or --parts, not both and not neither.",
)
def line_or_parts() -> None: ...


@sentence(zh="  终止 {code}", en="  ended {code}")
def cell_gone(code: str) -> None: ...


@sentence(
    zh="  新增 {code}：{area_m2:.0f} 平方米，{households} 户",
    en="  new {code}: {area_m2:.0f} m², {households} households",
)
def cell_new(code: str, area_m2: float, households: int | str) -> None: ...


@sentence(
    zh="  改动 {code}：{before_m2:.0f} → {area_m2:.0f} 平方米，{households} 户",
    en="  changed {code}: {before_m2:.0f} → {area_m2:.0f} m², {households} households",
)
def cell_changed(code: str, before_m2: float, area_m2: float, households: int | str) -> None: ...


@sentence(zh="    面积超过本街道的上限", en="    larger than the office's bounds")
def is_over() -> None: ...


@sentence(zh="    面积低于本街道的下限", en="    smaller than the office's bounds")
def is_under() -> None: ...


@sentence(zh="    户数超过一名网格员的负荷", en="    more households than one officer should have")
def is_overloaded() -> None: ...


@sentence(
    zh="单元网格 {code}：{since} 至 {until}，批文 {document}",
    en="Cell {code}: {since} until {until}, document {document}",
)
def cell_told(code: str, since: str, until: str, document: str) -> None: ...


@sentence(
    zh="  {on}  {kind}  {old} → {new}，共有 {shared_m2:.0f} 平方米，批文 {document}",
    en="  {on}  {kind}  {old} → {new}, {shared_m2:.0f} m² shared, document {document}",
)
def step_told(
    old: str, new: str, kind: Wording, on: str, document: str, shared_m2: float
) -> None: ...


@sentence(zh="已写出 {path}，共 {rows} 行。", en="Wrote {path}, {rows} {rows:plural row|rows}.")
def table_written(path: str, rows: int) -> None: ...


@sentence(
    zh="{cells} 个单元网格已编为一个责任网格（{grid}）。",
    en="{cells} {cells:plural cell is|cells are} a responsibility grid now ({grid}).",
)
def grouped(grid: str, cells: int) -> None: ...


@sentence(zh="已登记批文 {number}。", en="Entered document {number}.")
def document_added(number: str) -> None: ...


@sentence(zh="已加扫描件 {name}。", en="Added scan {name}.")
def scan_added(name: str) -> None: ...
