"""What residents decide: proposal, ballot, and the organisations that serve them."""

from gridmap.model.schema import (
    PUBLIC,
    SENSITIVE,
    Choice,
    Field,
    Geometry,
    Kind,
    Table,
    reference,
    remark,
)

PROPOSAL_STATES = (
    Choice("collected", "征集", "Collected"),
    Choice("screened", "筛选", "Screened"),
    Choice("discussed", "协商", "Discussed"),
    Choice("voted", "表决", "Voted"),
    Choice("published", "公示", "Published"),
    Choice("carried_out", "实施", "Carried out"),
    Choice("accepted", "验收", "Accepted"),
    Choice("reviewed", "评议", "Reviewed"),
)

TIERS = (
    Choice("self_governed", "自治", "By residents themselves"),
    Choice("negotiated", "协商", "Negotiated"),
    Choice("government", "政府", "By the government"),
)

RENOVATION_CLASSES = (  # 国办发〔2020〕23号
    Choice("basic", "基础类", "Basic"),
    Choice("improved", "完善类", "Improved"),
    Choice("upgraded", "提升类", "Upgraded"),
)

PROPOSAL = Table(
    "proposal",
    "议题",
    "Proposal",
    (
        Field("number", "编号", "Number", Kind.CODE, PUBLIC),
        Field("title", "标题", "Title", sensitivity=PUBLIC),
        Field("state", "状态", "State", sensitivity=PUBLIC, choices=PROPOSAL_STATES),
        Field("tier", "治理层次", "Tier", sensitivity=PUBLIC, choices=TIERS),
        Field(
            "renovation_class",
            "改造类别",
            "Renovation class",
            sensitivity=PUBLIC,
            choices=RENOVATION_CLASSES,
        ),
        Field("proposer_kind", "提出方", "Proposed by", sensitivity=PUBLIC),
        Field("proposer", "提出人", "Proposer", sensitivity=SENSITIVE),
        Field("proposed_on", "提出日期", "Proposed on", Kind.DATE, PUBLIC),
        Field("cost_yuan", "估算费用", "Estimated cost (yuan)", Kind.REAL, PUBLIC),
        Field("fund", "资金来源", "Funds", sensitivity=PUBLIC),
        Field("deadline_on", "完成期限", "Deadline", Kind.DATE, PUBLIC),
        Field("publication_text", "公示文字", "Text for publication", sensitivity=PUBLIC),
        remark(),
    ),
    Geometry.MULTIPOLYGON,
    label="title",
)

BALLOT_KINDS = (
    Choice("residents", "居民表决", "Residents' vote"),
    Choice("owners", "业主共同决定", "Owners' decision"),
)

BALLOT = Table(
    "ballot",
    "表决",
    "Ballot",
    (
        reference("proposal_id", "议题", "Proposal", "proposal"),
        Field("kind", "表决类型", "Kind", sensitivity=PUBLIC, choices=BALLOT_KINDS),
        Field("rule", "表决规则", "Rule", sensitivity=PUBLIC),
        Field("held_on", "表决日期", "Held on", Kind.DATE, PUBLIC),
        Field("eligible_heads", "有权人数", "Eligible heads", Kind.INTEGER, PUBLIC),
        Field("eligible_m2", "专有部分面积", "Eligible area (m²)", Kind.REAL, PUBLIC),
        Field("present_heads", "参与人数", "Heads taking part", Kind.INTEGER, PUBLIC),
        Field("present_m2", "参与面积", "Area taking part (m²)", Kind.REAL, PUBLIC),
        Field("for_heads", "同意人数", "Heads for", Kind.INTEGER, PUBLIC),
        Field("for_m2", "同意面积", "Area for (m²)", Kind.REAL, PUBLIC),
        Field("against_heads", "反对人数", "Heads against", Kind.INTEGER, PUBLIC),
        Field("against_m2", "反对面积", "Area against (m²)", Kind.REAL, PUBLIC),
        Field("result", "结果", "Result", sensitivity=PUBLIC),
        remark(),
    ),
)

ORGANISATION = Table(
    "organisation",
    "社会组织",
    "Organisation",
    (
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        Field("kind", "类型", "Kind", sensitivity=PUBLIC),
        Field("services", "服务内容", "Services", sensitivity=PUBLIC),
        Field("address", "地址", "Address", sensitivity=PUBLIC),
        Field("phone", "联系电话", "Phone"),
        Field("contact", "联系人", "Contact person"),
        remark(),
    ),
    Geometry.POINT,
    label="name",
)
