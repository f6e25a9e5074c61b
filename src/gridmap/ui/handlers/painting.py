"""Commands that paint: buildings and blocks to cells, cells to responsibility grids."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from gridmap.base.errors import GridmapError
from gridmap.base.progress import Progress
from gridmap.model.changes import Outcome, Touched
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.measuring import MeasureHandlers
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.painting import Stroke, Tried
    from gridmap.services.palette import Kind, Palette
    from gridmap.services.strays import Stray
    from gridmap.ui.tools.paint import PaintTool
    from gridmap.ui.tools.paint_bar import PaintBar

_TABLES = ("cell", "building", "walkway", "grid", "office_setting")
_WIDEST_M = 6_000.0
"""Of more ground than this nobody sees single buildings, and it takes long to read."""
_ROOM = 0.25
_WAIT_MS = 60
_AROUND_M = 80.0


class PaintHandlers(QObject):
    """Lends the map's mouse to the brush, and does its strokes."""

    def __init__(
        self, window: MainWindow, desk: Desk, bench: Workbench, measuring: MeasureHandlers
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._measuring = measuring
        self.tool: PaintTool | None = None
        self.bar: PaintBar | None = None
        self._asked_for = 0
        self._is_trying = False
        self._tried_for: Stroke | None = None
        self._concerned: list[str] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_WAIT_MS)
        self._again.timeout.connect(self._load)
        desk.closed.connect(self._forget)
        desk.moment_changed.connect(self.stop)
        desk.division_changed.connect(self._start_anew)
        desk.work.changed.connect(self._on_changed)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"paint": self.start}

    @property
    def is_busy(self) -> bool:
        """Return whether clicks on the map, also right ones, are for the brush."""
        return self.tool is not None

    # --- the tool comes and goes -----------------------------------------------------------------

    def start(self) -> None:
        """Begin to paint on what the map shows."""
        view = self._bench.view
        if view is None:
            return
        self.stop()
        self._measuring.stop()
        self._is_trying = False  # what was asked for a map that is gone gets no answer
        self._desk.today_wanted.emit()
        from gridmap.ui.tools.paint import LEAST_M, MOST_M, PaintTool  # late: seldom needed
        from gridmap.ui.tools.paint_bar import PaintBar

        tool = PaintTool(
            view,
            changed=self._show,
            stroked=self._do,
            locked=self._lock,
            ended=self.stop,
            dropped=self._leave,
        )
        bar = PaintBar(view, radius_m=tool.radius_m, limits=(LEAST_M, MOST_M))
        bar.kind_chosen.connect(self._choose_kind)
        bar.radius_chosen.connect(lambda radius: tool.resize(radius / tool.radius_m))
        bar.lock_wanted.connect(tool.lock_hovered)
        bar.strays_wanted.connect(self._find_strays)
        bar.stray_chosen.connect(self._go_to_stray)
        bar.close_wanted.connect(self.stop)
        self.tool, self.bar = tool, bar
        view.set_tool(tool)
        view.view_changed.connect(self._on_moved)
        view.settled.connect(tool.forget_done)
        view.setCursor(Qt.CursorShape.CrossCursor)
        view.setFocus()
        self._bench.clear_selection()
        self._bench.show_layer("building", is_visible=True)
        self._bench.show_layer("cell", is_visible=True)
        self._show()
        self._load()

    def stop(self) -> None:
        """Give the mouse back, and take the drawing off the map."""
        view = self._bench.view
        if self.tool is not None and view is not None:
            view.set_tool(None)
            view.unsetCursor()

    def _leave(self) -> None:
        view, bar = self._bench.view, self.bar
        self._forget()
        if view is not None:
            view.view_changed.disconnect(self._on_moved)
        if bar is not None:
            bar.hide()
            bar.deleteLater()

    def _forget(self) -> None:
        self._again.stop()
        self._asked_for += 1
        self.tool = None
        self.bar = None

    def _start_anew(self) -> None:
        if self.tool is not None:
            self.start()

    # --- the ground ------------------------------------------------------------------------------

    def _on_moved(self, extent: "tuple[float, float, float, float]", _denominator: float) -> None:
        tool = self.tool
        if tool is None or (tool.palette is not None and _holds(tool.palette, extent)):
            return
        self._again.start()

    def _on_changed(self, touched: Touched, _initiator: object) -> None:
        if self.tool is not None and any(table in touched for table in _TABLES):
            self._load()

    def _load(self) -> None:
        """Read the ground that the map shows, with some room around it."""
        view, tool = self._bench.view, self.tool
        if view is None or tool is None:
            return
        xmin, ymin, xmax, ymax = view.extent
        if xmax - xmin > _WIDEST_M:
            tool.palette = None
            self._show()
            return
        from gridmap.services.palette import load_palette  # late: loaded by now

        dx, dy = (xmax - xmin) * _ROOM, (ymax - ymin) * _ROOM
        extent = (xmin - dx, ymin - dy, xmax + dx, ymax + dy)
        workspace, division = self._desk.get_workspace(), self._desk.division
        self._asked_for += 1
        asked, kind = self._asked_for, tool.kind

        def call(_progress: Progress) -> "Palette":
            palette = load_palette(workspace, extent, division)
            palette.things(kind)  # worked out here, not in the interface thread
            return palette

        self._desk.work.query(call, partial(self._take_palette, asked))

    def _take_palette(self, asked: int, palette: "Palette") -> None:
        if asked == self._asked_for and self.tool is not None:
            self._tried_for = None
            self.tool.show_palette(palette)

    def _choose_kind(self, kind: "Kind") -> None:
        if self.tool is not None:
            self.tool.choose_kind(kind)
            self._load()

    # --- strokes ---------------------------------------------------------------------------------

    def _do(self, stroke: "Stroke") -> None:
        """Write a finished stroke; what it did stays drawn until the map has it too."""
        tool = self.tool
        if tool is None or tool.palette is None:
            return
        from gridmap.services.painting import paint  # late: loaded by now

        workspace, palette = self._desk.get_workspace(), tool.palette
        self._desk.work.operate(
            self.tr("划入"),
            lambda progress: paint(workspace, palette, stroke, progress),
            self._say_done,
            initiator=self,
            failed=self._show_refused,
        )

    def _say_done(self, outcome: Outcome[str]) -> None:
        tool = self.tool
        if tool is not None and tool.palette is not None:
            name = tool.palette.name_of(outcome.value)
            self._window.say(self.tr("已划入 {name}。Ctrl+Z 撤销。").format(name=name))

    def _show_refused(self, error: Exception) -> None:
        if not isinstance(error, GridmapError):
            self._desk.notices.fault(error)
        elif self.tool is not None:
            self.tool.clear()
            self.tool.show_tried(None, error)

    def _try(self) -> None:
        """Tell what the stroke would do, one question at a time."""
        tool = self.tool
        if tool is None or tool.palette is None or tool.stroke is None or self._is_trying:
            return
        if tool.stroke == self._tried_for:
            return
        from gridmap.services.painting import try_stroke  # late: loaded by now

        palette, stroke = tool.palette, tool.stroke
        self._is_trying = True

        def call(_progress: Progress) -> "Tried | GridmapError":
            try:
                return try_stroke(palette, stroke)
            except GridmapError as error:
                return error

        self._desk.work.query(call, partial(self._take_tried, stroke), failed=self._not_tried)

    def _not_tried(self, error: Exception) -> None:
        self._is_trying = False
        self._desk.notices.fault(error)

    def _take_tried(self, stroke: "Stroke", tried: "Tried | GridmapError") -> None:
        self._is_trying = False
        tool = self.tool
        if tool is None or tool.stroke is None:
            return
        if tool.stroke != stroke:
            self._try()
            return
        self._tried_for = stroke
        if isinstance(tried, GridmapError):
            tool.show_tried(None, tried)
        else:
            tool.show_tried(tried, None)

    # --- locks, and what nobody has --------------------------------------------------------------

    def _lock(self, cell: str) -> None:
        tool = self.tool
        if tool is None or tool.palette is None:
            return
        from gridmap.services.locking import LockCells, lock_cells  # late: loaded by now

        workspace = self._desk.get_workspace()
        request = LockCells((cell,), locked=cell not in tool.palette.locked)
        self._desk.work.operate(
            self.tr("锁定"),
            lambda progress: lock_cells(workspace, request, progress),
            initiator=self,
        )

    def _find_strays(self) -> None:
        tool, bar = self.tool, self.bar
        if tool is None or bar is None:
            return
        if bar.strays.isVisible():
            bar.show_strays(())
            return
        from gridmap.services.strays import find_strays  # late: seldom needed

        workspace, division, kind = self._desk.get_workspace(), self._desk.division, tool.kind
        self._desk.work.query(
            lambda progress: find_strays(workspace, kind, division, progress).value,
            self._show_strays,
            title=self.tr("查找未划入的对象"),
        )

    def _show_strays(self, strays: "tuple[Stray, ...]") -> None:
        if self.bar is None:
            return
        self.bar.show_strays(strays)
        if strays:
            found = self.tr("{count:,} 个对象未划入。点一个去看。")
            self._window.say(found.format(count=len(strays)))
        else:
            self._window.say(self.tr("没有未划入的对象。"))

    def _go_to_stray(self, stray: "Stray") -> None:
        view = self._bench.view
        if view is not None:
            x, y = stray.xy
            view.zoom_to((x - _AROUND_M, y - _AROUND_M, x + _AROUND_M, y + _AROUND_M))
            self._bench.select(stray.table, [stray.id])

    # --- what the panel says ---------------------------------------------------------------------

    def _show(self) -> None:
        tool, bar = self.tool, self.bar
        if tool is None or bar is None:
            return
        bar.show_radius(tool.radius_m, is_used=tool.kind == "building")
        if tool.is_painting:
            self._try()
        title = self._title(tool)
        if tool.refusal is not None:
            bar.say(title, str(tool.refusal), is_wrong=True)
        else:
            bar.say(title, self._hint(tool))
        self._show_balances(tool, bar)

    def _show_balances(self, tool: "PaintTool", bar: "PaintBar") -> None:
        palette = tool.palette
        if palette is None:
            return
        from gridmap.services.painting import balances_of  # late: loaded by now

        if tool.tried is not None:
            self._concerned = [one.key for one in tool.tried.balances]
            bar.show_balances(tool.tried.balances)
            return
        keys = [tool.target] if tool.target is not None else []
        if keys == self._concerned[:1] and not tool.is_painting:
            keys = self._concerned  # as they are now, after the last stroke
        bar.show_balances(balances_of(palette, keys, tool.target))

    def _title(self, tool: "PaintTool") -> str:
        if tool.palette is None or tool.target is None:
            return self.tr("划入责任网格") if tool.kind == "cell" else self.tr("划入单元网格")
        name = tool.palette.name_of(tool.target)
        if tool.kind == "cell":
            return self.tr("划入责任网格 {name}").format(name=name)
        return self.tr("划入单元网格 {name}").format(name=name)

    def _hint(self, tool: "PaintTool") -> str:
        if tool.palette is None:
            return self.tr("请放大地图，直到看得清建筑。")
        if tool.target is None:
            if tool.kind == "cell" and tool.palette.ground.division is not None:
                return self.tr("方案里没有责任网格。请回到现行划分再划责任网格。")
            if tool.kind == "cell":
                return self.tr("先点一下要接收的责任网格。")
            return self.tr("先点一下要接收的单元网格。L 键锁定或解锁鼠标所在的网格。")
        return self.tr("按住左键刷过要划入的对象。按住 Alt 点别的网格换接收者；右键或 Esc 退一步。")


def _holds(palette: "Palette", extent: "tuple[float, float, float, float]") -> bool:
    xmin, ymin, xmax, ymax = palette.ground.extent
    return bool(xmin <= extent[0] and ymin <= extent[1] and xmax >= extent[2] and ymax >= extent[3])
