"""What laying out a community says to people."""

from gridmap.base.messages import sentence


@sentence(zh="划分社区", en="Lay out a community")
def laying_out() -> None: ...


@sentence(
    zh="社区“{community}”划分为 {count} 个单元网格",
    en="Lay out community {community} in {count} cells",
)
def laid_out(community: str, count: int) -> None: ...


@sentence(zh="按道路划分", en="Cutting along the lanes")
def cutting() -> None: ...


@sentence(zh="写入单元网格", en="Writing the cells")
def writing() -> None: ...


@sentence(
    zh="没有社区 {community}，或有几个社区同名。请用社区编码，见社区图层的属性表。",
    en="There is no community {community}, or several are called so. Give its code, which the "
    "table of the community layer lists.",
)
def no_such_community(community: str) -> None: ...


@sentence(
    zh="社区“{community}”的边界由 {parts} 块组成，只有连成一块的社区才能划分。请先改好边界。",
    en="The border of community {community} has {parts} parts; only one that is in one part can "
    "be laid out. Mend its border first.",
)
def not_one_area(community: str, parts: int) -> None: ...


@sentence(
    zh="社区“{community}”已有 {count} 个单元网格。请用“拆分”“合并”等工具调整，或在方案中重新划分。",
    en="Community {community} has {count} cells already. Change them by splitting and merging, or "
    "divide it anew in a plan.",
)
def has_cells(community: str, count: int) -> None: ...
