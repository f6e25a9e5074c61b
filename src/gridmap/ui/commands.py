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
        ("data", translate("Commands", "数据(&D)")),
        ("help", translate("Commands", "帮助(&H)")),
    )


def commands() -> tuple[Command, ...]:
    """Return every command, in the order of the menus."""
    return (*_file(), *_edit(), *_view(), *_map(), *_data(), *_help())


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
        Command("box_select", "edit", translate("Commands", "框选(&B)"), "Ctrl+Shift+B",
                "box_select", translate("Commands", "在地图上拖出一个框，选中框内的要素"),
                Needs.WORKSPACE),
        Command("clear", "edit", translate("Commands", "取消选择(&D)"), "Ctrl+D", "",
                needs=Needs.SELECTION),
        _line("edit"),
        Command("search", "edit", translate("Commands", "搜索(&F)"), "Ctrl+F", "search",
                translate("Commands", "按中文、拼音、首字母或编码搜索"), Needs.WORKSPACE),
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
        _line("view"),
        Command("next_pane", "view", translate("Commands", "下一个窗格(&F)"), "F6",
                needs=Needs.WORKSPACE),
        Command("previous_pane", "view", translate("Commands", "上一个窗格(&E)"), "Shift+F6",
                needs=Needs.WORKSPACE),
        Command("full_screen", "view", translate("Commands", "全屏(&U)"), "F11"),
    )  # fmt: skip


def _map() -> tuple[Command, ...]:
    return (
        Command("basemap", "map", translate("Commands", "底图…(&B)"), "Ctrl+M", "basemap",
                translate("Commands", "用 MBTiles 文件作底图"), Needs.WORKSPACE),
        Command("no_basemap", "map", translate("Commands", "去掉底图(&N)"), "Ctrl+Shift+M", "",
                needs=Needs.WORKSPACE),
    )  # fmt: skip


def _data() -> tuple[Command, ...]:
    return (
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
