"""Every command as data: what it is called, its key, its icon, and what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from gridmap.ui.words import translate


class Needs(Enum):
    """When a command can be given."""

    NOTHING = auto()
    WORKSPACE = auto()
    WRITABLE = auto()
    NOT_READ_ONLY = auto()
    """A workspace that can be written, or none at all: then one is made first."""
    SELECTION = auto()
    WRITABLE_SELECTION = auto()
    """Selected rows that can be changed."""
    PAST_SELECTION = auto()
    """Selected rows of a past day, which can be brought back."""


@dataclass(frozen=True)
class Command:
    """One command. ``menu`` is where it stands; a ``-`` as ``id`` is a line between two."""

    id: str
    menu: str
    text: str = ""
    key: str = ""
    icon: str = ""
    tip: str = ""
    needs: Needs = Needs.NOTHING


Handlers = dict[str, Callable[[], None]]
"""What is done for each command, by its id."""


def menus() -> tuple[tuple[str, str], ...]:
    """Return the menus in their order: (id, title)."""
    return (
        ("file", translate("Commands", "文件(&F)")),
        ("edit", translate("Commands", "编辑(&E)")),
        ("view", translate("Commands", "视图(&V)")),
        ("map", translate("Commands", "地图(&M)")),
        ("grid", translate("Commands", "网格(&G)")),
        ("plan", translate("Commands", "方案(&P)")),
        ("draw", translate("Commands", "绘制(&W)")),
        ("data", translate("Commands", "数据(&D)")),
        ("help", translate("Commands", "帮助(&H)")),
    )


def commands() -> tuple[Command, ...]:
    """Return every command, in the order of the menus."""
    return (*_file(), *_edit(), *_view(), *_map(), *_grid(), *_plan(), *_draw(), *_data(), *_help())


def toolbar() -> tuple[str, ...]:
    """Return the ids of the commands on the tool bar."""
    return (
        *("open", "import", "export", "picture", "-"),
        *("undo", "redo", "-"),
        *("whole", "zoom_in", "zoom_out", "box_select"),
    )


def _line(menu: str) -> Command:
    return Command("-", menu)


def _file() -> tuple[Command, ...]:
    return (
        Command("open", "file", translate("Commands", "打开…(&O)"), "Ctrl+O", "open",
                translate("Commands", "打开一个工作库")),
        Command("new", "file", translate("Commands", "新建…(&N)"), "Ctrl+N", "new",
                translate("Commands", "为一个街道新建工作库")),
        Command("sample", "file", translate("Commands", "打开示例…(&S)"), "Ctrl+Shift+O", "sample",
                translate("Commands", "用虚构的街道试用各项功能")),
        _line("file"),
        Command("import", "file", translate("Commands", "导入…(&I)"), "Ctrl+I", "import",
                translate("Commands", "把文件里的数据导入一个图层"), Needs.NOT_READ_ONLY),
        Command("export", "file", translate("Commands", "导出图层…(&E)"), "Ctrl+E", "export",
                translate("Commands", "把一个图层写成 GeoPackage 或 GeoJSON 文件"),
                Needs.WORKSPACE),
        Command("picture", "file", translate("Commands", "输出地图…(&P)"), "Ctrl+P", "picture",
                translate("Commands", "把地图画成 PNG 图片或 PDF"), Needs.WORKSPACE),
        _line("file"),
        Command("close", "file", translate("Commands", "关闭工作库(&C)"), "Ctrl+W", "close",
                needs=Needs.WORKSPACE),
        Command("quit", "file", translate("Commands", "退出(&Q)"), "Ctrl+Q", "quit"),
    )  # fmt: skip


def _edit() -> tuple[Command, ...]:
    return (
        Command("undo", "edit", translate("Commands", "撤销(&U)"), "Ctrl+Z", "undo",
                needs=Needs.WRITABLE),
        Command("redo", "edit", translate("Commands", "重做(&R)"), "Ctrl+Shift+Z", "redo",
                needs=Needs.WRITABLE),
        _line("edit"),
        Command("copy", "edit", translate("Commands", "复制所选行(&C)"), "Ctrl+Shift+C", "copy",
                translate("Commands", "把表格里选中的行复制到剪贴板"), Needs.SELECTION),
        Command("paste", "edit", translate("Commands", "粘贴到列(&V)"), "Ctrl+V", "paste",
                translate("Commands", "把剪贴板里的一列粘贴到属性表的当前列"),
                Needs.WRITABLE_SELECTION),
        Command("copy_down", "edit", translate("Commands", "向下复制(&W)"), "Ctrl+Alt+D",
                "copy_down", translate("Commands", "把第一行的值复制到选中各行的当前列"),
                Needs.WRITABLE_SELECTION),
        Command("edit_rows", "edit", translate("Commands", "编辑所选…(&E)"), "F3", "rename",
                translate("Commands", "填写所选各行的内容"), Needs.WRITABLE_SELECTION),
        Command("delete_rows", "edit", translate("Commands", "删除所选(&L)"), "Ctrl+Del",
                "remove", translate("Commands", "删除所选的行"), Needs.WRITABLE_SELECTION),
        _line("edit"),
        Command("box_select", "edit", translate("Commands", "框选(&B)"), "Ctrl+Shift+B",
                "box_select", translate("Commands", "在地图上拖出一个框，选中框内的要素"),
                Needs.WORKSPACE),
        Command("clear", "edit", translate("Commands", "取消选择(&D)"), "Ctrl+D", "",
                needs=Needs.SELECTION),
        _line("edit"),
        Command("search", "edit", translate("Commands", "搜索(&F)"), "Ctrl+F", "search",
                translate("Commands", "按中文、拼音、首字母或编码搜索"), Needs.WORKSPACE),
        Command("palette", "edit", translate("Commands", "命令面板(&P)"), "Ctrl+K", "palette",
                translate("Commands", "输入几个字就能找到任何命令、图层、书签和地点")),
        _line("edit"),
        Command("settings", "edit", translate("Commands", "设置…(&S)"), "Ctrl+,", "settings"),
    )  # fmt: skip


def _view() -> tuple[Command, ...]:
    return (
        Command("whole", "view", translate("Commands", "全图(&W)"), "Ctrl+0", "whole",
                translate("Commands", "显示全部范围"), Needs.WORKSPACE),
        Command("zoom_in", "view", translate("Commands", "放大(&I)"), "Ctrl+=", "zoom_in",
                needs=Needs.WORKSPACE),
        Command("zoom_out", "view", translate("Commands", "缩小(&O)"), "Ctrl+-", "zoom_out",
                needs=Needs.WORKSPACE),
        Command("zoom_to", "view", translate("Commands", "缩放到所选(&S)"), "Ctrl+J", "zoom_to",
                needs=Needs.SELECTION),
        _line("view"),
        Command("show_layers", "view", translate("Commands", "图层(&L)"), "Ctrl+1", "layers",
                needs=Needs.WORKSPACE),
        Command("show_details", "view", translate("Commands", "详情(&D)"), "Ctrl+2", "details",
                needs=Needs.WORKSPACE),
        Command("show_table", "view", translate("Commands", "属性表(&T)"), "Ctrl+3", "table",
                needs=Needs.WORKSPACE),
        Command("show_history", "view", translate("Commands", "操作记录(&H)"), "Ctrl+4", "history",
                needs=Needs.WORKSPACE),
        Command("show_problems", "view", translate("Commands", "检查结果(&P)"), "Ctrl+5", "check",
                needs=Needs.WORKSPACE),
        Command("show_bookmarks", "view", translate("Commands", "书签(&B)"), "Ctrl+6", "bookmark",
                needs=Needs.WORKSPACE),
        Command("show_rules", "view", translate("Commands", "划分规则(&R)"), "Ctrl+7", "rules",
                translate("Commands", "检查网格划分是否符合规则，修补或认可例外"),
                Needs.WORKSPACE),
        _line("view"),
        Command("next_pane", "view", translate("Commands", "下一个窗格(&F)"), "F6",
                needs=Needs.WORKSPACE),
        Command("previous_pane", "view", translate("Commands", "上一个窗格(&E)"), "Shift+F6",
                needs=Needs.WORKSPACE),
        Command("full_screen", "view", translate("Commands", "全屏(&U)"), "F11"),
    )  # fmt: skip


def _map() -> tuple[Command, ...]:
    return (
        Command("style", "map", translate("Commands", "样式…(&Y)"), "F4", "style",
                translate("Commands", "设置当前图层的颜色、分类、标注和比例尺"),
                Needs.WORKSPACE),
        _line("map"),
        Command("basemap", "map", translate("Commands", "底图…(&B)"), "Ctrl+M", "basemap",
                translate("Commands", "用影像（GeoTIFF）或瓦片（MBTiles、PMTiles）作底图"),
                Needs.WORKSPACE),
        Command("basemap_settings", "map", translate("Commands", "底图设置…(&S)"), "Ctrl+Alt+M",
                "settings", translate("Commands", "底图的不透明度、坐标和概视图"),
                Needs.WORKSPACE),
        Command("no_basemap", "map", translate("Commands", "去掉底图(&N)"), "Ctrl+Shift+M", "",
                needs=Needs.WORKSPACE),
        _line("map"),
        Command("linked_maps", "map", translate("Commands", "两图对照(&L)"), "Ctrl+Alt+L",
                "linked_maps", translate("Commands", "并排看两幅地图，一起移动和缩放"),
                Needs.WORKSPACE),
        Command("swipe", "map", translate("Commands", "卷帘(&W)"), "Ctrl+Alt+W", "swipe",
                translate("Commands", "两幅地图叠在一起，拖动分界来比较"), Needs.WORKSPACE),
        _line("map"),
        Command("time_bar", "map", translate("Commands", "时间轴(&T)"), "Ctrl+T", "time",
                translate("Commands", "看地图在过去某一天的样子"), Needs.WORKSPACE),
        Command("bring_back", "map", translate("Commands", "恢复成这时的样子…(&R)"), "Ctrl+Alt+R",
                "bring_back", translate("Commands", "把所选的行恢复成时间轴上那一天的样子"),
                Needs.PAST_SELECTION),
        _line("map"),
        Command("copy_picture", "map", translate("Commands", "复制为图片(&C)"), "Ctrl+Alt+C",
                "copy_picture", translate("Commands", "把地图上看到的复制到剪贴板"),
                Needs.WORKSPACE),
        _line("map"),
        Command("measure_length", "map", translate("Commands", "量距(&M)"), "F8",
                "measure_length",
                translate("Commands", "测量：点出一条线，量椭球面上的实地长度和方位角"),
                Needs.WORKSPACE),
        Command("measure_area", "map", translate("Commands", "量面积(&A)"), "Shift+F8",
                "measure_area",
                translate("Commands", "测量：点出一块地，量椭球面上的实地面积和周长"),
                Needs.WORKSPACE),
        _line("map"),
        Command("go_to", "map", translate("Commands", "转到坐标…(&G)"), "Ctrl+G", "go_to",
                translate("Commands", "粘贴经纬度、平面坐标或手机地图的链接"), Needs.WORKSPACE),
        Command("copy_place", "map", translate("Commands", "复制坐标(&P)"), "Ctrl+Shift+G", "place",
                translate("Commands", "复制鼠标所在位置的坐标"), Needs.WORKSPACE),
        Command("bookmark", "map", translate("Commands", "加书签…(&K)"), "Ctrl+Shift+K", "bookmark",
                translate("Commands", "把现在的画面加为书签"), Needs.WORKSPACE),
    )  # fmt: skip


def _grid() -> tuple[Command, ...]:
    return (
        Command("adjust_border", "grid", translate("Commands", "调整边界(&V)"), "Alt+1",
                "adjust_border",
                translate("Commands", "拖动网格的顶点、交点或整条边界，邻格跟着变"),
                Needs.WRITABLE),
        Command("reshape", "grid", translate("Commands", "边界沿线(&R)"), "Alt+2", "reshape",
                translate("Commands", "让边界沿画的线，或沿点选的路、墙、建筑的边"),
                Needs.WRITABLE),
        Command("split", "grid", translate("Commands", "划线拆分(&S)"), "Alt+3", "split",
                translate("Commands", "用画的线，或点选的路、墙，把网格拆开"), Needs.WRITABLE),
        Command("split_parts", "grid", translate("Commands", "等分(&N)"), "Alt+4", "split_parts",
                translate("Commands", "把一个网格分成面积或户数相等的几份"), Needs.WRITABLE),
        Command("merge_cells", "grid", translate("Commands", "合并(&M)"), "Alt+5", "merge_cells",
                translate("Commands", "把相邻的网格并成一个"), Needs.WRITABLE),
        Command("hand_over", "grid", translate("Commands", "划给邻格(&H)"), "Alt+6", "hand_over",
                translate("Commands", "把网格的一部分划给相邻的网格"), Needs.WRITABLE),
        Command("carve", "grid", translate("Commands", "挖出新格(&C)"), "Alt+7", "carve",
                translate("Commands", "把圈出的范围从现有网格里划出来，成为新网格"),
                Needs.WRITABLE),
        Command("extend", "grid", translate("Commands", "向外扩展(&X)"), "Alt+8", "extend",
                translate("Commands", "在外边界以外增加网格，或扩大已有的网格"),
                Needs.WRITABLE),
        Command("paint", "grid", translate("Commands", "刷网格(&B)"), "F5", "paint",
                translate("Commands", "用笔刷把建筑、地块或单元网格划入另一个网格"),
                Needs.WRITABLE),
        _line("grid"),
        Command("edit_tools", "grid", translate("Commands", "编辑工具栏(&T)"), "Alt+9", "",
                translate("Commands", "显示或隐藏网格编辑工具栏"), Needs.WRITABLE),
        _line("grid"),
        Command("draw_community", "grid", translate("Commands", "新画社区…(&Q)"), "Ctrl+Shift+N",
                "draw_community",
                translate("Commands", "在没有归属的地上画出一个社区的边界"), Needs.WRITABLE),
        Command("lay_out", "grid", translate("Commands", "划分社区…(&Y)"), "Ctrl+Shift+Y",
                "lay_out",
                translate("Commands", "沿道路把一个社区一次划成单元网格"), Needs.WRITABLE),
    )  # fmt: skip


def _plan() -> tuple[Command, ...]:
    return (
        Command("official", "plan", translate("Commands", "现行划分(&O)"), "Ctrl+Alt+0",
                "division", translate("Commands", "回到现行划分：看和改的都是正式的网格"),
                Needs.WORKSPACE),
        _line("plan"),
        Command("new_plan", "plan", translate("Commands", "新建方案…(&N)"), "Ctrl+Alt+N", "plan",
                translate("Commands", "复制现行的单元网格，另做一个可以随意修改的方案"),
                Needs.WRITABLE),
        Command("rehearse", "plan", translate("Commands", "开始演练(&R)"), "Ctrl+Alt+Y",
                "rehearse",
                translate("Commands", "在一份副本上演示和试改，结束时丢弃或保留为方案"),
                Needs.WRITABLE),
        _line("plan"),
        Command("compare_plan", "plan", translate("Commands", "和现行比较(&C)"), "Ctrl+Alt+K",
                "plan_diff", translate("Commands", "哪些网格变了，多少户换了网格"),
                Needs.WORKSPACE),
        Command("update_plan", "plan", translate("Commands", "并入现行的改动(&U)"), "Ctrl+Alt+U",
                "merge", translate("Commands", "把方案编制之后现行划分的改动并入方案"),
                Needs.WRITABLE),
        Command("approve_plan", "plan", translate("Commands", "批准…(&A)"), "Ctrl+Alt+A", "approve",
                translate("Commands", "由指定的人凭批文批准这个方案"), Needs.WRITABLE),
        Command("put_in_force", "plan", translate("Commands", "实施…(&F)"), "Ctrl+Alt+F",
                "in_force", translate("Commands", "让批准的方案成为现行划分"), Needs.WRITABLE),
        Command("end_plan", "plan", translate("Commands", "废弃或结束…(&E)"), "Ctrl+Alt+E",
                "remove", translate("Commands", "废弃这个方案，或结束演练"), Needs.WRITABLE),
        _line("plan"),
        Command("change_notice", "plan", translate("Commands", "变更通知…(&T)"), "Ctrl+Alt+O",
                "notice",
                translate("Commands", "把网格变更写成 PDF：前后地图、新旧对照表和批文"),
                Needs.WORKSPACE),
    )  # fmt: skip


def _draw() -> tuple[Command, ...]:
    return (
        Command("draw", "draw", translate("Commands", "画要素(&D)"), "F9", "draw",
                translate("Commands", "在当前图层里画：点、线或面，由图层决定"), Needs.WRITABLE),
        Command("draw_rectangle", "draw", translate("Commands", "矩形(&R)"), "Shift+F9",
                "draw_rectangle", translate("Commands", "点三下画一个矩形：一条边，再点深度"),
                Needs.WRITABLE),
        Command("draw_arc", "draw", translate("Commands", "圆弧(&A)"), "Ctrl+F9", "draw_arc",
                translate("Commands", "接着画一段圆弧：弧上一点，再点终点"), Needs.WRITABLE),
        Command("draw_trace", "draw", translate("Commands", "沿边描画(&T)"), "Ctrl+Shift+F9",
                "draw_trace", translate("Commands", "沿已有的边描画：点边上两处，顶点自动带上"),
                Needs.WRITABLE),
        _line("draw"),
        Command("edit_vertices", "draw", translate("Commands", "改顶点(&V)"), "F12",
                "edit_vertices", translate("Commands", "拖动、添加、删除所选要素的顶点"),
                Needs.WRITABLE_SELECTION),
        Command("move_feature", "draw", translate("Commands", "移动要素(&M)"), "Shift+F12",
                "move_feature", translate("Commands", "把所选要素移到另一处"),
                Needs.WRITABLE_SELECTION),
        Command("rotate_feature", "draw", translate("Commands", "旋转要素(&O)"), "Ctrl+F12",
                "rotate_feature", translate("Commands", "把所选要素绕中心转一个角度"),
                Needs.WRITABLE_SELECTION),
        Command("offset_feature", "draw", translate("Commands", "平行偏移(&P)"), "Ctrl+Shift+F12",
                "offset_feature", translate("Commands", "把面放大或缩小、把线平移一段距离"),
                Needs.WRITABLE_SELECTION),
        _line("draw"),
        Command("copy_to_layer", "draw", translate("Commands", "复制到当前图层(&C)"),
                "Ctrl+Shift+V", "copy_to_layer",
                translate("Commands", "把所选要素复制到图层面板里的当前图层"),
                Needs.WRITABLE_SELECTION),
    )  # fmt: skip


def _data() -> tuple[Command, ...]:
    return (
        Command("lineage", "data", translate("Commands", "网格沿革…(&L)"), "Ctrl+Alt+H", "lineage",
                translate("Commands", "所选单元网格从哪些网格来，变成了哪些，凭哪份批文"),
                Needs.SELECTION),
        Command("old_to_new", "data", translate("Commands", "新旧编码对照表…(&O)"), "Ctrl+Alt+Z",
                "old_to_new", translate("Commands", "把网格变更前后的编码写成表格"),
                Needs.WORKSPACE),
        Command("renumber", "data", translate("Commands", "给社区编码(&N)"), "Ctrl+Alt+X",
                "renumber",
                translate("Commands", "给所选社区没有编码的单元网格编码，自西向东、自北向南"),
                Needs.WRITABLE_SELECTION),
        Command("group_cells", "data", translate("Commands", "编为责任网格(&G)"), "Ctrl+Alt+J",
                "group_cells",
                translate("Commands", "把所选的一到五个相邻单元网格编成一个责任网格"),
                Needs.WRITABLE_SELECTION),
        Command("documents", "data", translate("Commands", "批文…(&D)"), "Ctrl+Alt+P", "document",
                translate("Commands", "登记批文和扫描件，选定凭哪份批文编辑"), Needs.WORKSPACE),
        Command("office", "data", translate("Commands", "街道设置…(&F)"), "Ctrl+Alt+S", "office",
                translate("Commands", "面积上下限、编码规则、网格员户数、要不要批文"),
                Needs.WORKSPACE),
        _line("data"),
        Command("backup", "data", translate("Commands", "立即备份(&B)"), "Ctrl+B", "backup",
                needs=Needs.WORKSPACE),
        Command("restore", "data", translate("Commands", "恢复备份…(&R)"), "Ctrl+R", "restore",
                needs=Needs.WRITABLE),
        _line("data"),
        Command("check", "data", translate("Commands", "检查工作库(&C)"), "F7", "check",
                translate("Commands", "检查文件、关联和网格是否完好"), Needs.WORKSPACE),
        Command("repair", "data", translate("Commands", "修复工作库…(&X)"), "Shift+F7", "",
                translate("Commands", "重建索引和日志触发器"), Needs.WRITABLE),
        Command("info", "data", translate("Commands", "工作库信息…(&I)"), "Ctrl+Shift+I", "info",
                needs=Needs.WORKSPACE),
        _line("data"),
        Command("cancel", "data", translate("Commands", "停止当前任务(&S)"), "Ctrl+.", "stop"),
    )  # fmt: skip


def _help() -> tuple[Command, ...]:
    return (
        Command("keys", "help", translate("Commands", "键盘操作…(&K)"), "F1", "text"),
        Command("doctor", "help", translate("Commands", "体检…(&D)"), "Ctrl+Shift+D", "doctor",
                translate("Commands", "检查这台电脑是否具备所需的组件")),
        Command("log", "help", translate("Commands", "打开日志(&L)"), "Ctrl+Shift+L", "text"),
        _line("help"),
        Command("language", "help", translate("Commands", "English(&G)"), "Ctrl+Shift+E", "",
                translate("Commands", "把界面换成英文")),
        Command("about", "help", translate("Commands", "关于(&A)"), "Shift+F1", "info"),
    )  # fmt: skip
