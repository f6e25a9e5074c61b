"""What the rules of a division say: each rule, and each way in which it does not hold."""

from gridmap.base.messages import Text, sentence

Name = Text | str

# --- the rules


@sentence(zh="无空隙", en="No gaps")
def rule_gap() -> None: ...


@sentence(zh="无重叠", en="No overlaps")
def rule_overlap() -> None: ...


@sentence(zh="边界顶点一致", en="Borders match")
def rule_matching() -> None: ...


@sentence(zh="不跨社区", en="Within one community")
def rule_community() -> None: ...


@sentence(zh="不切割建筑", en="No building cut")
def rule_building() -> None: ...


@sentence(zh="独立大院不拆分", en="Compounds of one unit stay whole")
def rule_compound() -> None: ...


@sentence(zh="步行可达", en="On the walking network")
def rule_walkway() -> None: ...


@sentence(zh="编码", en="Codes")
def rule_code() -> None: ...


@sentence(zh="面积", en="Area")
def rule_area() -> None: ...


@sentence(zh="沿地物划界", en="Borders along features")
def rule_border() -> None: ...


@sentence(zh="管理对象均衡", en="Objects in balance")
def rule_balance() -> None: ...


# --- findings


@sentence(zh="单元网格 {code}", en="Cell {code}")
def cell_named(code: str) -> None: ...


@sentence(zh="（未命名）", en="(unnamed)")
def unnamed() -> None: ...


@sentence(
    zh="{community}有 {area_m2:,.2f} 平方米的地不属于任何单元网格，平均宽 {width_m:.2f} 米。",
    en="{area_m2:,.2f} m² of {community} belong to no cell, {width_m:.2f} m wide on average.",
)
def gap(community: Name, area_m2: float, width_m: float) -> None: ...


@sentence(
    zh="{cell} 和 {other} 重叠 {area_m2:,.2f} 平方米，平均宽 {width_m:.2f} 米。",
    en="{cell} and {other} overlap by {area_m2:,.2f} m², {width_m:.2f} m wide on average.",
)
def overlap(cell: Name, other: Name, area_m2: float, width_m: float) -> None: ...


@sentence(
    zh="{community}有 {count} 段边界的顶点和相邻网格或社区边界不一致。",
    en="In {community}, {count} {count:plural piece|pieces} of border do not match the neighbour"
    " vertex by vertex.",
)
def unmatched(community: Name, count: int) -> None: ...


@sentence(zh="{cell} 没有所属社区。", en="{cell} has no community.")
def no_community(cell: Name) -> None: ...


@sentence(
    zh="{cell} 有 {area_m2:,.2f} 平方米在{community}之外。",
    en="{area_m2:,.2f} m² of {cell} lie outside {community}.",
)
def outside(cell: Name, area_m2: float, community: Name) -> None: ...


@sentence(
    zh="{building}被 {cell} 和 {other} 的边界切割，小的一块 {area_m2:,.1f} 平方米"
    "（占 {share:.0%}）。",
    en="The border between {cell} and {other} cuts {building}; the smaller part is"
    " {area_m2:,.1f} m² ({share:.0%}).",
)
def building_cut(building: Name, cell: Name, other: Name, area_m2: float, share: float) -> None: ...


@sentence(zh="一栋建筑", en="a building")
def a_building() -> None: ...


@sentence(
    zh="独立大院{compound}分在 {cell} 和 {other} 里，{other} 里有 {area_m2:,.0f} 平方米。",
    en="{compound}, run by one unit, lies in {cell} and {other}; {area_m2:,.0f} m² in {other}.",
)
def compound_cut(compound: Name, cell: Name, other: Name, area_m2: float) -> None: ...


@sentence(
    zh="{cell} 面积 {area_m2:,.0f} 平方米，小于 {low_m2:,.0f} 平方米。",
    en="{cell} has {area_m2:,.0f} m², less than {low_m2:,.0f} m².",
)
def too_small(cell: Name, area_m2: float, low_m2: float) -> None: ...


@sentence(
    zh="{cell} 面积 {area_m2:,.0f} 平方米，大于 {high_m2:,.0f} 平方米。",
    en="{cell} has {area_m2:,.0f} m², more than {high_m2:,.0f} m².",
)
def too_large(cell: Name, area_m2: float, high_m2: float) -> None: ...


@sentence(
    zh="{cell} 面积 {area_m2:,.0f} 平方米；独立大院{compound}不拆分，不受面积限制。",
    en="{cell} has {area_m2:,.0f} m²; {compound} is run by one unit and is not split, so the"
    " bounds do not apply.",
)
def area_waived(cell: Name, area_m2: float, compound: Name) -> None: ...


@sentence(
    zh="{cell} 的边界只有 {share:.0%} 沿着道路、建筑或小区边界，应不少于 {wanted:.0%}。",
    en="Only {share:.0%} of the border of {cell} run along lanes, buildings or compounds; it"
    " should be {wanted:.0%}.",
)
def off_features(cell: Name, share: float, wanted: float) -> None: ...


@sentence(
    zh="{cell} 里和边界 {reach_m:g} 米内没有巡查道路，走不到。",
    en="No walkway lies in {cell} or within {reach_m:g} m of it.",
)
def not_walkable(cell: Name, reach_m: float) -> None: ...


@sentence(zh="有一个单元网格没有编码。", en="A cell has no code.")
def code_missing() -> None: ...


@sentence(zh="编码 {code} 有 {count} 个单元网格在用。", en="{count} cells have the code {code}.")
def code_twice(code: str, count: int) -> None: ...


@sentence(
    zh="编码 {code} 曾属于一个已终止的网格，不应再用。",
    en="Code {code} belonged to a cell that has ended; it should not be used again.",
)
def code_retired(code: str) -> None: ...


@sentence(
    zh="编码 {code} 不符合标明的规则 {scheme}。",
    en="Code {code} is not one of the scheme {scheme} that it is marked with.",
)
def code_wrong_scheme(code: str, scheme: str) -> None: ...


@sentence(
    zh="编码 {code} 不以{community}的代码 {prefix} 开头。",
    en="Code {code} does not begin with {prefix}, the code of {community}.",
)
def code_wrong_community(code: str, community: Name, prefix: str) -> None: ...


@sentence(
    zh="编码 {code} 是旧编码，按 {scheme} 以外的规则编的，保留。",
    en="Code {code} is a legacy code, not one of {scheme}; it is kept.",
)
def code_legacy(code: str, scheme: str) -> None: ...


@sentence(
    zh="{community}每个单元网格平均有 {mean:.1f} 个部件；{count} 个网格相差超过 {limit:.0%}，"
    "{cell} 有 {most} 个。",
    en="In {community} a cell has {mean:.1f} components on average; {count}"
    " {count:plural cell differs|cells differ} by more than {limit:.0%}, {cell} has {most}.",
)
def unbalanced(
    community: Name, mean: float, count: int, limit: float, cell: Name, most: int
) -> None: ...


# --- work, intentions, refusals


@sentence(zh="正在读取工作库", en="Reading the workspace")
def reading() -> None: ...


@sentence(zh="正在检查划分规则", en="Checking the rules of the division")
def checking() -> None: ...


@sentence(zh="正在修补", en="Mending")
def mending() -> None: ...


@sentence(zh="修补：{what}", en="Mend: {what}")
def mended_one(what: Text) -> None: ...


@sentence(
    zh="修补 {count} 处划分问题", en="Mend {count} {count:plural place|places} of the division"
)
def mended_many(count: int) -> None: ...


@sentence(zh="认可例外（{rule}）：{reason}", en="Accept an exception ({rule}): {reason}")
def accepted(rule: Text, reason: str) -> None: ...


@sentence(zh="取消例外（{rule}）", en="Withdraw an exception ({rule})")
def withdrawn(rule: Text) -> None: ...


@sentence(zh="请写明认可这个例外的理由。", en="Please give the reason for which this is accepted.")
def reason_needed() -> None: ...


@sentence(
    zh="这里已经和检查时不一样，没有修补。请再检查一次。",
    en="This is no longer as it was found, and was not mended. Please check again.",
)
def no_longer_so() -> None: ...


@sentence(
    zh="这一处没有可靠的修补办法，需要人来改：{what}",
    en="There is no sure way to mend this; a person must: {what}",
)
def no_sure_mend(what: Text) -> None: ...


@sentence(
    zh="没有编码或名称为 {community} 的社区。",
    en="There is no community with code or name {community}.",
)
def no_such_community(community: str) -> None: ...
