"""What stands there and what goes wrong: category, component, defect, case, attachment, sensor."""

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

CATEGORY_KINDS = (
    Choice("component", "部件", "Component"),
    Choice("event", "事件", "Event"),
)

CATEGORY = Table(
    "category",
    "类别",
    "Category",
    (
        Field("standard", "标准", "Standard", sensitivity=PUBLIC, required=True),
        Field("kind", "种类", "Kind", sensitivity=PUBLIC, choices=CATEGORY_KINDS, required=True),
        Field("code", "代码", "Code", Kind.CODE, PUBLIC, required=True),
        Field("parent_code", "上级代码", "Parent code", Kind.CODE, PUBLIC),
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        Field("name_en", "英文名称", "English name", sensitivity=PUBLIC),
        Field("is_extension", "本地扩展", "Local extension", Kind.YES_NO, PUBLIC),
        Field("source", "来源", "Source", sensitivity=PUBLIC),
        Field("confidence", "可信度", "Confidence", sensitivity=PUBLIC),
    ),
    label="name",
    unique=("standard", "kind", "code"),
)

COMPONENT_STATES = (  # GB/T 47678.5-2026
    Choice("intact", "完好", "Intact"),
    Choice("damaged", "破损", "Damaged"),
    Choice("lost", "丢失", "Lost"),
    Choice("abandoned", "废弃", "Abandoned"),
    Choice("removed", "移除", "Removed"),
)

COMPONENT = Table(
    "component",
    "部件",
    "Component",
    (
        Field("code", "部件标识码", "Component code", Kind.CODE, PUBLIC, abbreviation="GLBJBSM"),
        Field("name", "名称", "Name", sensitivity=PUBLIC, abbreviation="GLBJMC"),
        reference("category_id", "类别", "Category", "category"),
        reference("cell_id", "所在单元网格", "Cell", "cell"),
        Field("state", "状态", "State", sensitivity=PUBLIC, choices=COMPONENT_STATES),
        Field("in_charge", "主管部门", "Department in charge", abbreviation="ZGBMMC"),
        Field("owner", "权属单位", "Owner", abbreviation="QSDWMC"),
        Field("keeper", "养护单位", "Maintained by", abbreviation="YHDWMC"),
        Field("from_on", "初始日期", "From", Kind.DATE, PUBLIC),
        Field("changed_on", "变更日期", "Changed on", Kind.DATE, PUBLIC),
        remark(),
    ),
    Geometry.POINT,
    label="name",
)

DEFECT_KINDS = (
    Choice("illegal_structure", "违章搭建", "Illegal structure"),
    Choice("greenery_lack", "缺少绿化", "Lack of greenery"),
    Choice("broken_facility", "公共设施破损", "Broken facility"),
    Choice("narrow_road", "道路狭窄", "Narrow road"),
    Choice("security_lack", "无安全防护", "Lack of security"),
    Choice("parking_shortage", "停车位不足", "Parking shortage"),
    Choice("pollution", "环境污染", "Pollution"),
)

DEFECT_STATES = (
    Choice("suspected", "疑似", "Suspected"),
    Choice("confirmed", "已认定", "Confirmed"),
    Choice("resolved", "已解决", "Resolved"),
    Choice("void", "不成立", "Void"),
)

DEFECT = Table(
    "defect",
    "老旧小区问题",
    "Defect",
    (
        Field("kind", "问题类型", "Kind", sensitivity=PUBLIC, choices=DEFECT_KINDS, required=True),
        Field("title", "标题", "Title"),
        reference("category_id", "类别", "Category", "category"),
        reference("compound_id", "所在小区", "Compound", "compound"),
        reference("cell_id", "所在单元网格", "Cell", "cell"),
        Field("severity", "严重程度", "Severity (1-3)", Kind.INTEGER),
        Field("state", "状态", "State", choices=DEFECT_STATES),
        Field("found_on", "发现日期", "Found on", Kind.DATE),
        Field("found_how", "发现方式", "Found how"),
        Field("clear_width_m", "最窄净宽", "Narrowest clear width (m)", Kind.REAL),
        Field("quantity", "数量", "Quantity", Kind.REAL),
        Field("involved", "当事人", "Person involved", sensitivity=SENSITIVE),
        Field("description", "描述", "Description"),
        remark(),
    ),
    Geometry.ANY,
    label="title",
)

CASE_STAGES = (  # DOMAIN: information, filing, dispatch, handling, feedback, checking, evaluation
    Choice("reported", "上报", "Reported"),
    Choice("filed", "立案", "Filed"),
    Choice("dispatched", "派遣", "Dispatched"),
    Choice("handling", "处置", "Being handled"),
    Choice("feedback", "反馈", "Fed back"),
    Choice("checking", "核查", "Being checked"),
    Choice("closed", "结案", "Closed"),
    Choice("void", "作废", "Void"),
    Choice("suspended", "挂账", "Suspended"),
)

CASE_FILE = Table(
    "case_file",
    "案卷",
    "Case",
    (
        Field("number", "案卷编号", "Number", Kind.CODE),
        Field("title", "标题", "Title"),
        reference("category_id", "类别", "Category", "category"),
        reference("defect_id", "问题", "Defect", "defect"),
        reference("component_id", "部件", "Component", "component"),
        reference("cell_id", "所在单元网格", "Cell", "cell"),
        Field("stage", "阶段", "Stage", choices=CASE_STAGES),
        Field("reported_at", "上报时间", "Reported at", Kind.MOMENT),
        Field("due_at", "截止时间", "Due at", Kind.MOMENT),
        Field("closed_at", "结案时间", "Closed at", Kind.MOMENT),
        Field("source", "来源", "Source"),
        Field("complainant", "反映人", "Complainant", sensitivity=SENSITIVE),
        Field("complainant_phone", "反映人电话", "Complainant's phone", sensitivity=SENSITIVE),
        Field("handled_by", "处置部门", "Handled by"),
        Field("description", "描述", "Description"),
        remark(),
    ),
    Geometry.POINT,
    label="number",
)

CASE_STEP = Table(
    "case_step",
    "案卷流程",
    "Case step",
    (
        reference("case_id", "案卷", "Case", "case_file"),
        Field("stage", "阶段", "Stage", choices=CASE_STAGES),
        Field("taken_at", "办理时间", "Taken at", Kind.MOMENT),
        Field("taken_by", "办理人", "Taken by"),
        Field("note", "办理意见", "Note"),
    ),
)

ATTACHMENT = Table(
    "attachment",
    "附件",
    "Attachment",
    (
        Field("name", "文件名", "File name"),
        Field("sha256", "SHA-256", "SHA-256", Kind.CODE),
        Field("media_type", "文件类型", "Media type"),
        Field("size_bytes", "大小", "Size (bytes)", Kind.INTEGER),
        Field("taken_at", "拍摄时间", "Taken at", Kind.MOMENT),
        Field("owner_table", "所属表", "Belongs to table"),
        Field("owner_id", "所属记录", "Belongs to row"),
        Field("released", "可公开", "Released", Kind.YES_NO),
        remark(),
    ),
    label="name",
)

SENSOR = Table(
    "sensor",
    "传感器",
    "Sensor",
    (
        Field("code", "编号", "Code", Kind.CODE),
        Field("name", "名称", "Name"),
        Field("kind", "类型", "Kind"),
        Field("unit", "单位", "Unit"),
        Field("threshold", "阈值", "Threshold", Kind.REAL),
        Field("last_value", "最近读数", "Last value", Kind.REAL),
        Field("last_read_at", "读数时间", "Last read at", Kind.MOMENT),
        reference("compound_id", "所在小区", "Compound", "compound"),
        remark(),
    ),
    Geometry.POINT,
    label="name",
)
