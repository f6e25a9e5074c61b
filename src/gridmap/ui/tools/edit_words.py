"""What the editing tools say: what is drawn, what to do next, and what an edit does."""

from gridmap.model.codes import short
from gridmap.services.effects import Effect
from gridmap.services.office import Office
from gridmap.ui.tools.edit_deeds import Adjust, Deed
from gridmap.ui.tools.edit_lines import ExtendOutwards, HandOverPart, LineDeed
from gridmap.ui.tools.edit_picks import EqualParts, MergeCells
from gridmap.ui.tools.feature_snap import words_of
from gridmap.ui.words import translate

snap_words = words_of


def title_of(deed: Deed) -> str:
    """Return what a tool is called."""
    return {
        "adjust_border": translate("EditTools", "调整边界"),
        "reshape": translate("EditTools", "边界沿线"),
        "split": translate("EditTools", "划线拆分"),
        "split_parts": translate("EditTools", "等分"),
        "merge_cells": translate("EditTools", "合并"),
        "hand_over": translate("EditTools", "划给邻格"),
        "carve": translate("EditTools", "挖出新格"),
        "extend": translate("EditTools", "向外扩展"),
    }[deed.name]


def state_of(deed: Deed) -> str:
    """Return the title of a tool with how far it is."""
    title = title_of(deed)
    if isinstance(deed, EqualParts):
        by = (
            translate("EditTools", "按户数")
            if deed.by == "households"
            else translate("EditTools", "按面积")
        )
        told = translate("EditTools", "{title} · {by}分成 {count} 份")
        return told.format(title=title, by=by, count=deed.parts)
    if isinstance(deed, MergeCells):
        told = translate("EditTools", "{title} · 已选 {count} 个网格")
        return told.format(title=title, count=len(deed.chosen))
    if isinstance(deed, HandOverPart) and deed.to is not None:
        told = translate("EditTools", "{title} · 划入 {code}")
        return told.format(title=title, code=_code(deed, deed.to))
    if isinstance(deed, ExtendOutwards):
        if deed.cell is None:
            return translate("EditTools", "{title} · 新网格").format(title=title)
        told = translate("EditTools", "{title} · 并入 {code}")
        return told.format(title=title, code=_code(deed, deed.cell))
    return title


def _code(deed: Deed, key: str) -> str:
    rows = deed.site.ground.rows if deed.site is not None else {}
    return short(rows[key]["code"]) if key in rows else short(None)


def hint_of(deed: Deed) -> str:
    """Return in one sentence what to do next."""
    if deed.site is None:
        return translate("EditTools", "请放大地图，直到看得清网格的边界。")
    if isinstance(deed, Adjust):
        return _adjust_hint(deed)
    if isinstance(deed, MergeCells):
        if len(deed.chosen) < 2:
            return translate("EditTools", "点击要合并的相邻网格，至少两个；再点一次取消。")
        return translate("EditTools", "按回车合并；右键或 Esc 退一步。")
    if isinstance(deed, EqualParts):
        if deed.cell is None:
            return translate("EditTools", "点击要等分的网格；输入数字是份数，H 按户数，A 按面积。")
        return translate("EditTools", "按回车拆分；输入数字是份数，H 按户数，A 按面积。")
    if isinstance(deed, LineDeed):
        return _line_hint(deed)
    return ""


def _adjust_hint(deed: Adjust) -> str:
    if deed.held is not None:
        return translate("EditTools", "放到新的位置；可输入长度、方位角或坐标，Esc 放弃。")
    grip = deed.hovered
    if grip is None:
        return translate("EditTools", "把鼠标移到网格边界上；拖动顶点或边界，邻格跟着变。")
    if grip.kind in ("vertex", "junction"):
        return translate("EditTools", "拖动或点击这个顶点，Delete 键删除它。")
    if grip.kind == "border":
        return translate("EditTools", "拖动菱形，整条边界一起移动。")
    return translate("EditTools", "拖动边界会加一个顶点；双击原地加顶点；拖动菱形移动整条边界。")


def _line_hint(deed: LineDeed) -> str:
    if isinstance(deed, HandOverPart) and deed.to is None:
        return translate("EditTools", "先点击要接收的网格。")
    if deed.is_taking and not deed.points:
        return translate("EditTools", "点击一条路、围墙或建筑的边，就沿它划；T 键改回画线。")
    if not deed.points:
        return _first_hint(deed)
    if isinstance(deed, ExtendOutwards):
        return translate("EditTools", "点出范围，双击或回车完成；N 键换成并入相邻的网格。")
    if deed.is_ring:
        return translate("EditTools", "点出范围，点第一个点、双击或回车完成；右键退一步。")
    return translate("EditTools", "继续点，双击或回车完成；可输入长度、方位角或坐标，右键退一步。")


def _first_hint(deed: LineDeed) -> str:
    hints = {
        "reshape": translate(
            "EditTools", "画一条从边界开始、到边界结束的线；T 键改为点选路、墙或建筑的边。"
        ),
        "split": translate(
            "EditTools", "画一条穿过网格的线；T 键改为点选路、墙或建筑的边。按住 Ctrl 不捕捉。"
        ),
        "hand_over": translate(
            "EditTools", "画线切下或圈出要划走的部分；T 键改为点选路、墙或建筑的边。"
        ),
        "carve": translate("EditTools", "点出新网格的范围。"),
        "extend": translate("EditTools", "从外边界开始，点出要增加的范围。"),
    }
    return hints[deed.name]


def effect_words(effect: Effect, office: Office) -> tuple[str, list[tuple[str, bool]]]:
    """Return the title of an effect, and its lines, each with whether it is out of limits."""
    area = translate("EditTools", "{area} 平方米").format(
        area=_from_to(effect.area_m2_before, effect.area_m2_after)
    )
    if effect.is_over:
        beyond = translate("EditTools", "{text}，超过 {limit:,.0f}")
        area = beyond.format(text=area, limit=office.area_high_m2)
    elif effect.is_under:
        below = translate("EditTools", "{text}，不足 {limit:,.0f}")
        area = below.format(text=area, limit=office.area_low_m2)
    lines = [(area, effect.is_over or effect.is_under)]
    if effect.households_before is not None or effect.households_after is not None:
        count = translate("EditTools", "{count} 户").format(
            count=_from_to(effect.households_before, effect.households_after)
        )
        if effect.is_overloaded:
            beyond = translate("EditTools", "{text}，超过 {limit:,.0f}")
            count = beyond.format(text=count, limit=office.households_high)
        lines.append((count, effect.is_overloaded))
    if effect.code is None:
        return translate("EditTools", "新网格"), lines
    if effect.area_m2_after is None:
        return translate("EditTools", "{code} 终止").format(code=short(effect.code)), lines
    return short(effect.code), lines


def _from_to(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        one = after if before is None else before
        return f"{one:,.0f}" if one is not None else "?"
    if round(before) == round(after):
        return f"{after:,.0f}"
    return f"{before:,.0f} → {after:,.0f}"
