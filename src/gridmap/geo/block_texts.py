"""What cutting into blocks says to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="这里的道路没有围出两个以上的街坊，无法划分。请先补画巷道，或改用“拆分”。",
    en="The lanes here do not enclose two blocks or more. Draw the missing lanes first, or split "
    "the cell by hand.",
)
def no_blocks() -> None: ...


@sentence(
    zh="按这里的道路划分后网格不能无缝拼接，什么都没有改。请先检查道路是否重叠或相距不到一厘米。",
    en="Cut by the lanes here the cells would not tile; nothing was changed. Look for lanes that "
    "overlap or run less than a centimetre apart.",
)
def blocks_do_not_tile() -> None: ...
