"""What the verbs for communities print."""

from gridmap.base.messages import sentence


@sentence(zh="已画社区“{community}”。", en="Community {community} is drawn.")
def community_drawn(community: str) -> None: ...


@sentence(
    zh="社区“{community}”已划分为 {count} 个单元网格。",
    en="Community {community} is laid out in {count} cells.",
)
def community_laid_out(community: str, count: int) -> None: ...
