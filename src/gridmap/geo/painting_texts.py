"""What painting says where it refuses."""

from gridmap.base.messages import sentence


@sentence(
    zh="这里没有可划入的地：它已属于这个单元网格。请刷别的建筑或地块。",
    en="There is nothing to paint here: the ground belongs to this cell already. Paint other "
    "buildings or blocks.",
)
def nothing_to_paint() -> None: ...


@sentence(
    zh="这座建筑或地块在锁定的单元网格里。请先解锁那个网格。",
    en="This building or block lies in a locked cell. Unlock that cell first.",
)
def cell_is_kept() -> None: ...


@sentence(
    zh="这座建筑或地块不在任何单元网格里。请先用“扩展”把它的地划入一个网格。",
    en="This building or block lies in no cell. Extend a cell to its ground first.",
)
def in_no_cell() -> None: ...


@sentence(
    zh="这里够不着接收的单元网格：中间隔着别的建筑或网格。请从挨着它的建筑刷起。",
    en="This does not reach the cell that is to get it: other buildings or cells lie between. "
    "Begin with buildings beside that cell.",
)
def not_reached() -> None: ...


@sentence(
    zh="划走后原单元网格会断成几块，断开的一块在这里。请把这一块也刷上，或少刷一些。",
    en="The cell that gives would fall into parts; one of them is here. Paint it as well, or "
    "paint less.",
)
def left_in_parts() -> None: ...


@sentence(
    zh="这里的单元网格会什么也不剩。要取消它，请与邻格合并。",
    en="Nothing would be left of the cell here. To end it, merge it with a neighbour.",
)
def nothing_stays() -> None: ...


@sentence(
    zh="笔刷没有碰到可以划入的对象：这里没有，或者已锁定、已在接收的一方。空地请改刷“地块”。",
    en="The brush met nothing that can be taken: there is nothing here, or it is locked or there "
    "already. Ground without buildings is painted as blocks.",
)
def nothing_met() -> None: ...
