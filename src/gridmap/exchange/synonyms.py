"""Which column of a file is which field of ours: by names that people really use."""

import re
import unicodedata
from collections.abc import Sequence

from gridmap.model.schema import Field, Kind, Table

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("名字", "标注名称", "mc", "bname", "title", "label", "namezh", "namechn"),
    "title": ("名称", "问题", "问题名称", "name", "主题"),
    "code": ("代码", "编号", "标识码", "编码号", "序列码", "no", "number", "dm", "bm", "geocode"),
    "number": ("编号", "号码", "no", "num"),
    "address": (
        "地址",
        "address",
        "详细地址",
        "地址信息",
        "门牌",
        "门牌号",
        "门牌地址",
        "位置",
        "addr",
        "dz",
        "adname",
        "地点",
    ),
    "floors": (
        "层",
        "楼层",
        "楼层数",
        "总层数",
        "地上层数",
        "建筑层数",
        "floor",
        "level",
        "levels",
        "storey",
        "storeys",
        "stories",
        "numfloors",
        "buildinglevels",
        "flonum",
        "cs",
    ),
    "height_m": ("建筑高度", "楼高", "高", "height", "heights", "bheigh", "h", "gd"),
    "built_year": (
        "建成年代",
        "建成时间",
        "建成日期",
        "竣工年份",
        "竣工时间",
        "竣工日期",
        "建设年代",
        "建筑年代",
        "年代",
        "年份",
        "yearbuilt",
        "builtyear",
        "built",
        "year",
        "btime",
        "yearbuiltmedian",
        "constructionyear",
    ),
    "households": ("总户数", "居民户数", "户", "住户数", "household", "hh", "hs", "householdcount"),
    "residents": (
        "人口",
        "常住人口",
        "总人口",
        "居民数",
        "人数",
        "population",
        "pop",
        "people",
        "rk",
    ),
    "entrances": ("单元", "单元数量", "门洞数", "entrance", "units", "unnum"),
    "use": ("建筑用途", "使用性质", "使用功能", "功能", "性质", "usage", "usefun", "buildinguse"),
    "kind": ("类型", "种类", "类别", "类型名称", "type", "fclass", "class", "lx"),
    "state": ("当前状态", "status", "zt"),
    "remark": (
        "说明",
        "注",
        "备注说明",
        "附注",
        "remarks",
        "note",
        "notes",
        "comment",
        "comments",
        "bz",
    ),
    "manager": ("物业", "物业公司", "物业名称", "物业管理单位", "物业服务企业", "管理单位"),
    "parking_spaces": ("车位数", "停车位", "停车位数", "车位", "泊位", "parking"),
    "registered_cars": ("机动车数", "车辆数", "登记机动车", "cars"),
    "green_m2": ("绿化面积", "绿地", "greenarea", "green"),
    "width_m": ("宽度", "路宽", "道路宽度", "通行宽度", "width"),
    "clear_width_m": ("净宽", "最窄宽度", "宽度", "width"),
    "length_m": ("长度", "length"),
    "surface": ("路面", "路面类型", "材质"),
    "one_way": ("单行道", "oneway", "是否单行"),
    "lit": ("照明", "路灯", "有无照明"),
    "is_old": ("是否老旧小区", "老旧"),
    "phone": ("电话", "手机", "联系方式", "tel", "telephone", "mobile", "dh"),
    "duty_phone": ("电话", "联系电话", "办公电话", "tel", "phone"),
    "private_phone": ("手机", "手机号", "手机号码", "mobile"),
    "contact": ("负责人", "联系人姓名", "lxr"),
    "services": ("服务", "业务范围", "服务范围", "services"),
    "description": ("问题描述", "情况描述", "情况说明", "内容", "详情", "desc", "ms"),
    "found_on": ("发现时间", "上报日期", "检查日期", "日期"),
    "reported_at": ("上报日期", "发现时间", "登记时间"),
    "severity": ("等级", "程度", "严重等级"),
    "quantity": ("数目", "个数", "件数", "count"),
    "in_charge": ("主管单位", "责任部门"),
    "keeper": ("养护部门", "管养单位", "维护单位"),
    "owner": ("产权单位", "权属", "所有者"),
    "emergency_phone": ("值班电话", "应急值守电话"),
    "what_to_check": ("巡查内容", "检查项目"),
    "role": ("岗位", "角色", "职位"),
}
_WHOSE: dict[str, tuple[str, ...]] = {
    "building": ("楼", "楼栋", "楼宇", "房屋", "建筑物", "幢"),
    "compound": ("小区", "院落", "楼盘", "住宅区"),
    "community": ("社区", "居委会", "村居"),
    "subdistrict": ("街道", "乡镇街道", "街镇"),
    "grid": ("网格", "网格责任"),
    "cell": ("网格", "单元网格", "基础网格"),
    "component": ("部件",),
    "walkway": ("道路", "路", "路段"),
    "patrol_post": ("巡查点", "点位", "打卡点"),
    "organisation": ("组织", "单位", "机构"),
    "officer": ("网格员", "人员"),
}
_WHOSE_FIELDS = ("name", "code", "address", "kind", "state")
_CUT_BYTES = (9, 10)  # a DBF's name has 10 bytes; a Chinese character is 2 or 3 of them
_LEAST_CUT = {True: 8, False: 3}  # characters that a cut name must have, ASCII or Chinese


def suggest_mapping(table: Table, source_fields: Sequence[str]) -> dict[str, str]:
    """Return which column of a file probably fills which field: {field: column}.

    Names count in this order: ours, the Chinese and English headings, the standard's
    abbreviation, then what people call it; upper and lower case are the same. Names that a
    shapefile cut to 10 bytes are recognised by their beginning. Each column is used once;
    fields that refer to another table are only matched by their very name.
    """
    plain = {_plain(column): column for column in reversed(source_fields)}
    found: dict[str, str] = {}
    ranked = {field.name: _names_of(table, field) for field in table.fields}
    for rank in range(max(map(len, ranked.values()), default=0)):
        for field, names in ranked.items():
            column = plain.get(names[rank]) if rank < len(names) else None
            if field not in found and column is not None and column not in found.values():
                found[field] = column
    for field, names in ranked.items():
        if field not in found:
            column = _cut_name(names, [c for c in source_fields if c not in found.values()])
            if column is not None:
                found[field] = column
    return {name: found[name] for name in table.field_names if name in found}


def _names_of(table: Table, field: Field) -> list[str]:
    """Return the plain names by which a field is known, the surest first."""
    names = [field.name, field.zh, field.en]
    if field.abbreviation:
        names.append(field.abbreviation)
    if field.refers_to:
        return list(dict.fromkeys(map(_plain, names[:2])))
    if field.name in _WHOSE_FIELDS:
        headings = (field.zh, *_SYNONYMS.get(field.name, ())[:3])
        whose = (table.zh, *_WHOSE.get(table.name, ()))
        names += [owner + heading for owner in whose for heading in headings]
        names += [f"{table.name}_{field.name}"]
    if field.name == "name":
        names += [owner + "名" for owner in _WHOSE.get(table.name, ())]
    names += _SYNONYMS.get(field.name, ())
    if field.name == "name":
        names += _WHOSE.get(table.name, ())
    if field.kind is Kind.YES_NO:
        names += ["是否" + field.zh, "有无" + field.zh]
    return list(dict.fromkeys(map(_plain, names)))


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\(.*?\)|[\s_\-.:/*]", "", text)


def _cut_name(names: Sequence[str], columns: Sequence[str]) -> str | None:
    for column in columns:
        plain = _plain(re.sub(r"_\d$", "", column))
        lengths = {len(column.encode(encoding, "replace")) for encoding in ("gb18030", "utf-8")}
        is_cut = bool(lengths & set(_CUT_BYTES)) and len(plain) >= _LEAST_CUT[plain.isascii()]
        if is_cut and any(name.startswith(plain) for name in names):
            return column
    return None
