"""What is said where a cell cannot be cut into equal parts."""

from gridmap.base.messages import sentence


@sentence(
    zh="不能拆成 {parts} 份。请选 2 到 {most} 份。",
    en="A cell cannot be cut into {parts} {parts:plural part|parts}. Choose 2 to {most}.",
)
def wrong_number(parts: int, most: int) -> None: ...


@sentence(
    zh="这个单元网格只有 {area_m2:.0f} 平方米，拆不成 {parts} 份。请减少份数。",
    en="This cell has only {area_m2:.0f} m²: too small for {parts} parts. Choose fewer.",
)
def too_small(parts: int, area_m2: float) -> None: ...


@sentence(
    zh="这个单元网格里有户数的建筑只有 {inhabited} 座，不能按户数拆成 {parts} 份。"
    "请减少份数，或按面积拆分。",
    en="Only {inhabited} {inhabited:plural building|buildings} with households "
    "{inhabited:plural lies|lie} in this cell, so {parts} parts cannot have equal ones. "
    "Choose fewer parts, or cut by area.",
)
def too_few_homes(parts: int, inhabited: int) -> None: ...


@sentence(
    zh="用直线不能把这里拆成 {parts} 份相等的整块。请减少份数，或自己画线拆分。",
    en="No straight cuts give {parts} equal parts of one piece each here. Choose fewer parts, or "
    "draw a line.",
)
def no_equal_parts(parts: int) -> None: ...
