"""What drawing a community says to people."""

from gridmap.base.messages import sentence


@sentence(zh="新画社区“{community}”", en="Draw community {community}")
def drawn(community: str) -> None: ...


@sentence(zh="请给社区一个名称。", en="Give the community a name.")
def name_missing() -> None: ...


@sentence(
    zh="社区编码 {code} 不对：要 12 位数字，开头是本街道的 {subdistrict}，如 {subdistrict}001。",
    en="Community code {code} is wrong: it has 12 digits and begins with this subdistrict's "
    "{subdistrict}, for example {subdistrict}001.",
)
def wrong_code(code: str, subdistrict: str) -> None: ...


@sentence(
    zh="编码 {code} 已是社区“{community}”的。请换一个编码。",
    en="Code {code} belongs to community {community} already. Choose another one.",
)
def code_taken(code: str, community: str) -> None: ...


@sentence(
    zh="线不在这两个社区的公共边界上起止。请从边界上的一点画到同一条边界的另一点。",
    en="The line does not begin and end on the border of these two communities. Draw it from one "
    "point of the border to another point of it.",
)
def not_between() -> None: ...


@sentence(
    zh="这块地属于社区“{community}”，只是还没有单元网格。请先在那里画单元网格，或绕开它。",
    en="This ground belongs to community {community}, which has no cell there yet. Draw a cell "
    "there first, or leave the ground out.",
)
def ground_taken(community: str) -> None: ...
