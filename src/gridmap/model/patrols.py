"""What is walked: walkway, patrol post, route and its stops, log."""

from gridmap.model.schema import PUBLIC, Choice, Field, Geometry, Kind, Table, reference, remark

WALKWAY_KINDS = (
    Choice("street", "市政道路", "Municipal road"),
    Choice("lane", "背街小巷", "Back lane"),
    Choice("estate_road", "小区内道路", "Estate road"),
    Choice("footpath", "步行道", "Footpath"),
    Choice("passage", "门洞通道", "Passage through a building"),
    Choice("stairs", "台阶", "Stairs"),
)

WALKWAY = Table(
    "walkway",
    "巡查路网",
    "Walkway",
    (
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        Field("kind", "道路类型", "Kind", sensitivity=PUBLIC, choices=WALKWAY_KINDS),
        Field("width_m", "净宽", "Clear width (m)", Kind.REAL, PUBLIC),
        Field("surface", "路面材质", "Surface", sensitivity=PUBLIC),
        Field("one_way", "单行", "One-way", Kind.YES_NO, PUBLIC),
        Field("dead_end", "尽端式", "Dead end", Kind.YES_NO),
        Field("lit", "有照明", "Lit", Kind.YES_NO),
        Field("open_hours", "开放时段", "Open hours"),
        Field("closed_reason", "不可通行原因", "Closed because"),
        remark(),
    ),
    Geometry.LINESTRING,
    label="name",
)

PATROL_POST = Table(
    "patrol_post",
    "巡查点",
    "Patrol post",
    (
        Field("code", "编号", "Code", Kind.CODE),
        Field("name", "名称", "Name"),
        Field("what_to_check", "检查内容", "What to check"),
        Field("service_minutes", "停留时间", "Minutes to stay", Kind.REAL),
        Field("opens", "最早时间", "Not before"),
        Field("closes", "最晚时间", "Not after"),
        Field("times_a_week", "每周次数", "Times a week", Kind.INTEGER),
        reference("cell_id", "所在单元网格", "Cell", "cell"),
        remark(),
    ),
    Geometry.POINT,
    label="code",
)

SHIFTS = (
    Choice("morning", "早班", "Morning"),
    Choice("day", "中班", "Day"),
    Choice("night", "夜班", "Night"),
)

ROUTE = Table(
    "route",
    "巡查路线",
    "Route",
    (
        Field("code", "编号", "Code", Kind.CODE),
        Field("name", "名称", "Name"),
        Field("shift", "班次", "Shift", choices=SHIFTS),
        reference("officer_id", "网格员", "Officer", "officer"),
        reference("grid_id", "责任网格", "Responsibility grid", "grid"),
        Field("length_m", "长度", "Length (m)", Kind.REAL),
        Field("minutes", "用时", "Minutes", Kind.REAL),
        remark(),
    ),
    Geometry.LINESTRING,
    label="code",
)

ROUTE_STOP = Table(
    "route_stop",
    "路线站点",
    "Route stop",
    (
        reference("route_id", "巡查路线", "Route", "route"),
        Field("position", "顺序", "Position", Kind.INTEGER),
        reference("post_id", "巡查点", "Patrol post", "patrol_post"),
        Field("planned_minute", "计划到达", "Planned minute", Kind.REAL),
    ),
)

PATROL_LOG = Table(
    "patrol_log",
    "巡查记录",
    "Patrol log",
    (
        reference("route_id", "巡查路线", "Route", "route"),
        reference("officer_id", "网格员", "Officer", "officer"),
        Field("started_at", "开始时间", "Started at", Kind.MOMENT),
        Field("ended_at", "结束时间", "Ended at", Kind.MOMENT),
        Field("finding", "发现情况", "Finding"),
        Field("result", "处理结果", "Result"),
        remark(),
    ),
    Geometry.MULTILINESTRING,
)
