"""Who answers for what: responsibility grid, cell, officer, plan, document, rules set aside."""

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

DOCUMENT = Table(
    "document",
    "批文",
    "Document",
    (
        Field("number", "文号", "Number", sensitivity=PUBLIC),
        Field("title", "标题", "Title", sensitivity=PUBLIC),
        Field("issued_on", "签发日期", "Issued on", Kind.DATE, PUBLIC),
        Field("issuer", "发文机关", "Issued by", sensitivity=PUBLIC),
        Field("signatory", "签发人", "Signatory"),
        remark(),
    ),
    label="number",
)

PLAN_STATES = (
    Choice("draft", "草案", "Draft"),
    Choice("approved", "已批准", "Approved"),
    Choice("in_force", "已实施", "In force"),
    Choice("discarded", "已废弃", "Discarded"),
)

PLAN_KINDS = (
    Choice("plan", "方案", "Plan"),
    Choice("rehearsal", "演练", "Rehearsal"),
)

PLAN = Table(
    "plan",
    "方案",
    "Plan",
    (
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        Field("state", "状态", "State", sensitivity=PUBLIC, choices=PLAN_STATES),
        Field("made_on", "编制日期", "Made on", Kind.DATE),
        Field("in_force_on", "实施日期", "In force on", Kind.DATE, PUBLIC),
        reference("document_id", "批文", "Document", "document"),
        remark(),
        Field("kind", "类别", "Kind", choices=PLAN_KINDS),
        Field("approved_by", "批准人", "Approved by"),
        Field("approved_on", "批准日期", "Approved on", Kind.DATE),
        Field("approved_fingerprint", "批准时的指纹", "Fingerprint at approval", Kind.CODE),
    ),
    label="name",
)

OFFICER_ROLES = (
    Choice("chief", "总网格长", "Chief"),
    Choice("leader", "网格长", "Leader"),
    Choice("officer", "网格员", "Officer"),
)

OFFICER = Table(
    "officer",
    "网格员",
    "Officer",
    (
        Field("name", "姓名", "Name"),
        Field("role", "职务", "Role", choices=OFFICER_ROLES),
        reference("community_id", "所属社区", "Community", "community"),
        Field("duty_phone", "值班电话", "Duty phone", sensitivity=PUBLIC),
        Field("private_phone", "个人电话", "Private phone", sensitivity=SENSITIVE),
        Field("from_on", "上岗日期", "From", Kind.DATE),
        Field("until_on", "离岗日期", "Until", Kind.DATE),
        remark(),
    ),
    label="name",
)

GRID = Table(
    "grid",
    "责任网格",
    "Responsibility grid",
    (
        Field("code", "编码", "Code", Kind.CODE, PUBLIC),
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        reference("community_id", "所属社区", "Community", "community"),
        reference("officer_id", "网格员", "Officer", "officer"),
        Field("households", "户数", "Households", Kind.INTEGER),
        remark(),
    ),
    Geometry.MULTIPOLYGON,
    label="name",
)

CELL = Table(
    "cell",
    "单元网格",
    "Unit grid cell",
    (
        Field("code", "单元网格标识码", "Cell code", Kind.CODE, PUBLIC, abbreviation="SZDYWGBSM"),
        Field("code_scheme", "编码规则", "Code scheme"),
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        reference("community_id", "所属社区", "Community", "community"),
        reference("grid_id", "责任网格", "Responsibility grid", "grid"),
        reference("plan_id", "方案", "Plan", "plan"),
        reference("document_id", "批文", "Document", "document"),
        Field("valid_from", "初始日期", "Valid from", Kind.DATE, PUBLIC),
        Field("valid_to", "终止日期", "Valid to", Kind.DATE, PUBLIC),
        Field("households", "户数", "Households", Kind.INTEGER),
        Field("land_use_code", "用地代码", "Land use code", Kind.CODE, PUBLIC),
        Field("management_level", "管理等级", "Management level", sensitivity=PUBLIC),
        Field("responsible_body", "责任主体", "Responsible body", sensitivity=PUBLIC),
        Field("source", "数据来源", "Source"),
        Field("source_scale", "来源比例尺", "Source scale", Kind.INTEGER),
        remark(),
        reference("base_cell_id", "对应的现行网格", "Official cell", "cell"),
        Field("locked", "锁定", "Locked", Kind.YES_NO),
    ),
    Geometry.POLYGON,
    label="code",
)

LINEAGE_KINDS = (
    Choice("split", "拆分", "Split"),
    Choice("merge", "合并", "Merge"),
    Choice("redraw", "重划", "Redrawn"),
    Choice("carve", "划出", "Carved out"),
    Choice("renumber", "重新编码", "Renumbered"),
)

CELL_LINEAGE = Table(
    "cell_lineage",
    "网格沿革",
    "Cell lineage",
    (
        reference("from_cell_id", "原网格", "From cell", "cell"),
        reference("to_cell_id", "新网格", "To cell", "cell"),
        Field("kind", "变更方式", "Kind", sensitivity=PUBLIC, choices=LINEAGE_KINDS),
        Field("changed_on", "变更日期", "Changed on", Kind.DATE, PUBLIC),
        reference("document_id", "批文", "Document", "document"),
        remark(),
    ),
)

RULE_EXCEPTION = Table(
    "rule_exception",
    "规则例外",
    "Rule exception",
    (
        Field("rule", "规则", "Rule", Kind.CODE),
        Field("table_name", "所属表", "Table"),
        Field("row_id", "所属记录", "Row"),
        Field("other_id", "另一记录", "Other row"),
        Field("reason", "理由", "Reason"),
        Field("accepted_by", "认可人", "Accepted by"),
        Field("accepted_on", "认可日期", "Accepted on", Kind.DATE),
        Field("fingerprint", "当时情形的指纹", "Fingerprint of the situation", Kind.CODE),
        reference("plan_id", "方案", "Plan", "plan"),
        remark(),
    ),
)

OFFICE_SETTING = Table(
    "office_setting",
    "街道设置",
    "Office setting",
    (
        Field("key", "项目", "Key", Kind.CODE),
        Field("value", "取值", "Value"),
        remark(),
    ),
    label="key",
)
