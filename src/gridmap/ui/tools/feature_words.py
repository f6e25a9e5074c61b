"""What the bar over the map says while something is drawn or reshaped."""

from typing import TYPE_CHECKING

from gridmap.ui.words import translate

if TYPE_CHECKING:
    from gridmap.ui.tools.feature_draw import DrawTool
    from gridmap.ui.tools.feature_edit import EditTool

_FEWEST_CORNERS = 3


def draw_words(tool: "DrawTool", title: str) -> tuple[str, str]:
    """Return what is drawn, and what can be done next."""
    drawing = tool.drawing
    result = translate("Drawing", "画：{table}").format(table=title)
    if tool.is_waiting:
        return result, translate("Drawing", "在右侧填写内容，回车保存，Esc 回去接着画")
    if tool.snap_words:
        snapped = translate("Drawing", "捕捉到{what}").format(what=tool.snap_words)
        result = f"{result} · {snapped}"
    if drawing.dimension == 0:
        return result, translate("Drawing", "点一下放下；Esc 退出")
    if drawing.way == "rectangle":
        steps = (
            translate("Drawing", "矩形：点一个角"),
            translate("Drawing", "矩形：点同一条边的另一端"),
            translate("Drawing", "矩形：点对边，定深度"),
        )
        return result, steps[min(len(drawing.pending), 2)]
    if drawing.way == "arc" and drawing.points:
        if drawing.pending:
            return result, translate("Drawing", "圆弧：点弧的终点")
        return result, translate("Drawing", "圆弧：先点弧上的一点，再点终点；F9 改回直线")
    if drawing.way == "trace" and tool.leads_nowhere:
        return result, translate("Drawing", "这两处之间没有相连的边：换一处点，或按 F9 改画直线")
    if drawing.way == "trace" and drawing.points:
        return result, translate(
            "Drawing", "描边：点边上的另一处，中间的顶点自动带上；按 X 走另一边"
        )
    if len(drawing.points) + 1 < _FEWEST_CORNERS:
        return result, translate(
            "Drawing", "点击加点，右键或 Esc 退一步；Shift 走直角，Ctrl 不捕捉，直接键入长度"
        )
    return result, translate(
        "Drawing", "双击或回车结束，右键或 Esc 退一步；直接键入长度、方位角或坐标"
    )


def edit_words(tool: "EditTool", title: str) -> tuple[str, str]:
    """Return what is reshaped, and what can be done next."""
    if tool.is_waiting:
        return title, translate("Drawing", "正在保存…")
    snapped = translate("Drawing", "捕捉到{what}").format(what=tool.snap_words)
    parts = [title, *([tool.amount] if tool.amount else [])]
    result = " · ".join([*parts, *([snapped] if tool.snap_words else [])])
    said = {
        "vertices": translate(
            "Drawing", "拖动顶点；在边上按住拖出新顶点；双击或 Delete 删除顶点；Esc 结束"
        ),
        "move": translate("Drawing", "点起点再点终点，或键入 @东,北；Esc 退一步")
        if tool.base is None
        else translate("Drawing", "点终点，或键入距离、距离<方位角、@东,北；Esc 退一步"),
        "rotate": translate("Drawing", "移动鼠标看角度，点一下确定，或键入顺时针的度数；Esc 结束"),
        "offset": translate(
            "Drawing",
            "移动鼠标看距离，点一下确定，或键入米数（面：正数向外；线：正数向左）；Esc 结束",
        ),
    }
    return result, said[tool.deed]
