"""What painting says to people."""

from gridmap.base.messages import Wording, sentence


@sentence(
    zh="这样责任网格会断成几块，断开的一块在这里。请刷相邻的单元网格。",
    en="A responsibility grid would fall into parts; one of them is here. Paint adjacent cells.",
)
def grid_apart() -> None: ...


@sentence(zh="锁定单元网格 {cells}", en="Lock cells {cells}")
def locked(cells: Wording) -> None: ...


@sentence(zh="解锁单元网格 {cells}", en="Unlock cells {cells}")
def unlocked(cells: Wording) -> None: ...


@sentence(zh="查找未划入的对象", en="Looking for what nobody has")
def looking() -> None: ...


@sentence(
    zh="这座建筑不在接收网格所属社区的空地上，不能划入。请换一个接收的网格，或先改社区边界。",
    en="This building does not lie on free ground of that cell's community. Choose another cell, "
    "or change the community's border first.",
)
def no_free_ground() -> None: ...


@sentence(
    zh="这些建筑的地不连成一片，请分几次刷。",
    en="The ground of these buildings does not hang together. Paint them one after another.",
)
def free_ground_in_parts() -> None: ...


@sentence(
    zh="请给出 --ring 或 --building，说明划入哪块地。",
    en="Say what ground is given: by --ring or --building.",
)
def ring_or_building() -> None: ...


@sentence(
    zh="没有编号为 {building} 的建筑。请查属性表里的编号。",
    en="There is no building {building}. Look up its id in the table.",
)
def no_such_building(building: str) -> None: ...


@sentence(zh="已锁定 {count} 个单元网格。", en="{count} {count:plural cell|cells} locked.")
def locked_count(count: int) -> None: ...


@sentence(zh="已解锁 {count} 个单元网格。", en="{count} {count:plural cell|cells} unlocked.")
def unlocked_count(count: int) -> None: ...


@sentence(
    zh="{count} 个对象未划入。", en="{count} {count:plural thing belongs|things belong} to nobody."
)
def strays_found(count: int) -> None: ...
