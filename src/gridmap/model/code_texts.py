"""What the codes of cells say to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="社区 {community} 的顺序码已满：{scheme} 只到 {last}。请改用更长的编码规则，或划分社区。",
    en="The sequence of community {community} is full: {scheme} ends with {last}. "
    "Choose a longer code scheme, or divide the community.",
)
def sequence_full(community: str, scheme: str, last: str) -> None: ...


@sentence(
    zh="社区的代码 {code} 不是 12 位数字，不能给单元网格编码。请先填好社区的区划代码。",
    en="The community's code {code} has not 12 digits, so its cells cannot get codes. "
    "Fill in the community's division code first.",
)
def wrong_community_code(code: str) -> None: ...
