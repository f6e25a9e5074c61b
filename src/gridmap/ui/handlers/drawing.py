"""Commands that edit the cells on the map: borders, splits, merges and hand-overs."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from gridmap.base.errors import GridmapError
from gridmap.base.progress import Progress
from gridmap.model.changes import Outcome, Touched
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.measuring import MeasureHandlers
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.cells import Edited
    from gridmap.ui.panels.edit_bar import EditBar
    from gridmap.ui.tools.edit_deeds import Deed, DeedName
    from gridmap.ui.tools.edit_picture import Tried
    from gridmap.ui.tools.edit_site import Site
    from gridmap.ui.tools.edit_tool import EditTool
    from gridmap.ui.tools.edit_wishes import Wish
    from gridmap.ui.tools.number_bar import NumberBar

TOOLS: "tuple[DeedName, ...]" = (
    "adjust_border",
    "reshape",
    "split",
    "split_parts",
    "merge_cells",
    "hand_over",
    "carve",
    "extend",
)
_CELL = "cell"
_TABLES = (_CELL, "building", "compound", "walkway", "community", "office_setting")
_WIDEST_M = 3_000.0
"""Of more ground than this nobody sees the borders of cells, and it takes long to read."""
_ROOM = 0.25
_WAIT_MS, _MOST_WAITS = 60, 8


class DrawingHandlers(QObject):
    """Lends the map's mouse to a tool that edits cells, previews its edits, and does them."""

    def __init__(
        self, window: MainWindow, desk: Desk, bench: Workbench, measuring: MeasureHandlers
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._measuring = measuring
        self.tool: EditTool | None = None
        self.bar: NumberBar | None = None
        self.tools: EditBar | None = None
        self._site: Site | None = None
        self._asked_for = 0
        self._is_trying = False
        self._tried_serial = -1
        self._waits = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_WAIT_MS)
        self._again.timeout.connect(self._load_at_rest)
        desk.closed.connect(self._forget)
        desk.closed.connect(self._hide_tools)
        desk.moment_changed.connect(self.stop)
        desk.division_changed.connect(self._start_anew)
        desk.work.changed.connect(self._on_changed)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {name: partial(self.start, name) for name in TOOLS} | {
            "edit_tools": self.toggle_tools
        }

    @property
    def is_busy(self) -> bool:
        """Return whether clicks on the map, also right ones, are for a tool."""
        return self.tool is not None

    # --- the tool comes and goes -----------------------------------------------------------------

    def start(self, name: "DeedName") -> None:
        """Begin to edit what the map shows."""
        view = self._bench.view
        if view is None:
            return
        self.stop()
        self._measuring.stop()
        self._desk.today_wanted.emit()
        if not self._desk.may_change:
            return
        from gridmap.ui.tools.edit_tool import EditTool  # late: seldom needed
        from gridmap.ui.tools.number_bar import NumberBar

        self._show_tools()
        tool = EditTool(
            view,
            self._desk.get_workspace().epsg,
            self._make_deed(name),
            changed=self._show,
            wanted=self._do,
            ended=self.stop,
            dropped=self._leave,
        )
        self.tool = tool
        self.bar = NumberBar(view, name)
        if name == "split_parts":
            self.bar.ask_count()
        self.bar.line.setVisible(name != "merge_cells")  # nothing can be typed there
        self.bar.place()
        self.bar.line.textChanged.connect(self._follow)
        self.bar.entered.connect(self._enter)
        self.bar.left.connect(view.setFocus)
        view.set_tool(tool)
        view.view_changed.connect(self._on_moved)
        view.settled.connect(tool.forget_done)
        view.installEventFilter(self)
        view.setCursor(Qt.CursorShape.CrossCursor)
        view.setFocus()
        self._bench.show_layer(_CELL, is_visible=True)
        self._mark(name)
        self._show()
        self._load()

    def _make_deed(self, name: "DeedName") -> "Deed":
        from gridmap.ui.tools import edit_lines, edit_picks  # late: seldom needed
        from gridmap.ui.tools.edit_deeds import Adjust

        selection = self._bench.selection
        selected = tuple(selection.ids) if selection.table == _CELL else ()
        made: dict[DeedName, Deed] = {
            "adjust_border": Adjust(),
            "reshape": edit_lines.ReshapeBorder(),
            "split": edit_lines.SplitByLine(),
            "split_parts": edit_picks.EqualParts(selected),
            "merge_cells": edit_picks.MergeCells(selected),
            "hand_over": edit_lines.HandOverPart(),
            "carve": edit_lines.CarveOut(),
            "extend": edit_lines.ExtendOutwards(),
        }
        return made[name]

    def stop(self) -> None:
        """Give the mouse back, and take the drawing off the map."""
        view = self._bench.view
        if self.tool is not None and view is not None:
            view.set_tool(None)
            view.unsetCursor()

    def step_back(self) -> bool:
        """Take back the last step of what is drawn; return False where nothing is."""
        tool = self.tool
        if tool is None or tool.is_waiting or not (tool.deed.points or tool.deed.is_moving):
            return False
        tool.step_back()
        return True

    def _leave(self) -> None:
        view, bar, tool = self._bench.view, self.bar, self.tool
        self._forget()
        if view is not None and tool is not None:
            view.view_changed.disconnect(self._on_moved)
            view.settled.disconnect(tool.forget_done)
            view.removeEventFilter(self)
        if bar is not None:
            bar.hide()
            bar.deleteLater()
        self._mark(None)

    def _forget(self) -> None:
        self._again.stop()
        self._asked_for += 1
        self._is_trying = False  # what was asked of a workspace that is closed gets no answer
        self.tool = self.bar = self._site = None

    def _start_anew(self) -> None:
        if self.tool is not None:
            self.start(self.tool.deed.name)

    # --- the tool bar ----------------------------------------------------------------------------

    def toggle_tools(self) -> None:
        """Show the bar of the tools, or hide it."""
        if self.tools is not None and self.tools.isVisible():
            self._hide_tools()
        else:
            self._show_tools()

    def _show_tools(self) -> None:
        from gridmap.ui.panels.edit_bar import EditBar  # late: seldom needed

        if self.tools is None:
            actions = self._window.actions_by_id
            self.tools = EditBar([actions[name] for name in (*TOOLS, "paint")], self._window)
            self.tools.closed.connect(self._close_tools)
            self._window.show_above_map(self.tools)
        self.tools.show()

    def _close_tools(self) -> None:
        self.stop()
        self._hide_tools()

    def _hide_tools(self) -> None:
        if self.tools is not None:
            self.tools.hide()

    def _mark(self, name: "DeedName | None") -> None:
        if self.tools is not None:
            action = self._window.actions_by_id[name] if name is not None else None
            self.tools.mark(action)

    # --- the ground ------------------------------------------------------------------------------

    def _on_moved(self, extent: "tuple[float, float, float, float]", _denominator: float) -> None:
        if self.tool is None or (self._site is not None and _holds(self._site, extent)):
            return
        self._again.start()

    def _on_changed(self, touched: Touched, _initiator: object) -> None:
        if self.tool is not None and any(table in touched for table in _TABLES):
            self._again.start()

    def _load_at_rest(self) -> None:
        """Read the ground once the map is painted: its own reading goes first."""
        view = self._bench.view
        if view is None or view.is_settled or self._waits >= _MOST_WAITS:
            self._waits = 0
            self._load()
        else:
            self._waits += 1
            self._again.start()

    def _load(self) -> None:
        """Read the ground that the map shows, with some room around it."""
        view, tool = self._bench.view, self.tool
        if view is None or tool is None:
            return
        xmin, ymin, xmax, ymax = view.extent
        if xmax - xmin > _WIDEST_M:
            self._asked_for += 1
            self._site = None
            tool.leave()
            return
        from gridmap.ui.tools.edit_site import load_site  # late: loaded by now

        dx, dy = (xmax - xmin) * _ROOM, (ymax - ymin) * _ROOM
        extent = (xmin - dx, ymin - dy, xmax + dx, ymax + dy)
        workspace, division = self._desk.get_workspace(), self._desk.division
        self._asked_for += 1
        self._desk.work.query(
            lambda _progress: load_site(workspace, extent, division),
            partial(self._take_site, self._asked_for),
        )

    def _take_site(self, asked: int, site: "Site") -> None:
        if asked == self._asked_for and self.tool is not None:
            self._site = site
            self.tool.use(site)

    # --- what would be done ----------------------------------------------------------------------

    def _try(self) -> None:
        """Ask what would be done, one question at a time."""
        tool = self.tool
        if tool is None or tool.is_waiting:
            return
        wish, serial = tool.deed.preview(), tool.deed.serial
        if wish is None:
            if tool.tried is not None:
                tool.show_tried(None)
            self._tried_serial = serial
            return
        if self._is_trying or serial == self._tried_serial or self._site is None:
            return
        from gridmap.ui.tools.edit_picture import try_wish  # late: loaded by now

        ground = self._site.ground
        self._is_trying = True
        self._tried_serial = serial

        def failed(error: Exception) -> None:
            self._is_trying = False
            self._desk.notices.fault(error)

        self._desk.work.query(
            lambda _progress: try_wish(ground, wish), partial(self._take_tried, tool), failed=failed
        )

    def _take_tried(self, asked_by: "EditTool", tried: "Tried") -> None:
        self._is_trying = False
        tool = self.tool
        if tool is None:
            return
        if tool is asked_by and not tool.is_waiting and tool.deed.preview() is not None:
            tool.show_tried(tried)
        self._try()

    # --- doing it --------------------------------------------------------------------------------

    def _do(self, wish: "Wish") -> None:
        """Do an edit; what it does stays drawn until the map has it too."""
        tool, site = self.tool, self._site
        if tool is None or site is None:
            return
        from gridmap.services.cells import EditCells, edit_cells  # late: loaded by now
        from gridmap.ui.tools.edit_picture import ensure_edit

        workspace, division = self._desk.get_workspace(), self._desk.division
        tool.wait()

        def call(progress: Progress) -> "Outcome[Edited]":
            edit = ensure_edit(site.ground, wish)
            return edit_cells(workspace, EditCells(edit, division), progress)

        self._desk.work.operate(
            self._title(),
            call,
            partial(self._take_done, tool),
            initiator=self,
            failed=partial(self._take_refused, tool),
            stopped=partial(self._take_refused, tool, None),
        )

    def _title(self) -> str:
        tool = self.tool
        if tool is None:
            return ""
        from gridmap.ui.tools.edit_words import title_of  # late: loaded by now

        return title_of(tool.deed)

    def _take_done(self, tool: "EditTool", outcome: "Outcome[Edited]") -> None:
        self._window.say(str(outcome.value.intention))
        if tool is not self.tool:
            return
        from gridmap.ui.tools.edit_picture import lines_of  # late: loaded by now

        tool.take_done(lines_of(tool.tried.picture) if tool.tried is not None else None)
        if outcome.value.new:
            self._bench.select(_CELL, outcome.value.new)

    def _take_refused(self, tool: "EditTool", error: Exception | None) -> None:
        is_ours = isinstance(error, GridmapError)
        if error is not None and (not is_ours or tool is not self.tool):
            told = self._desk.notices.warn if is_ours else self._desk.notices.fault
            told(error)  # type: ignore[arg-type]
        if tool is self.tool:
            tool.take_refused(error if isinstance(error, GridmapError) else None)
            if is_ours:
                self._window.say(str(error))

    # --- the line for numbers --------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab go to the line for numbers, and digits as well."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            bar = self.bar
            if bar is not None and event.key() == Qt.Key.Key_Tab:
                bar.line.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if bar is not None and bar.take_key(event):
                return True
        return super().eventFilter(watched, event)

    def _follow(self, text: str) -> None:
        if self.tool is not None and self.bar is not None:
            self.bar.line.setText(self.tool.follow(text))

    def _enter(self, text: str) -> None:
        tool, bar = self.tool, self.bar
        if tool is None or bar is None:
            return
        if tool.enter(text):
            bar.clear_line()
            if self._bench.view is not None:
                self._bench.view.setFocus()
        else:
            bar.refuse()

    def _show(self) -> None:
        """Tell in the bar what is drawn and what to do next, and preview it."""
        from gridmap.ui.tools.edit_words import hint_of, state_of  # late: loaded by now

        if self.tool is None or self.bar is None:
            return
        self.bar.tell(state_of(self.tool.deed), hint_of(self.tool.deed))
        self._try()


def _holds(site: "Site", extent: "tuple[float, float, float, float]") -> bool:
    xmin, ymin, xmax, ymax = site.ground.extent
    return bool(xmin <= extent[0] and ymin <= extent[1] and xmax >= extent[2] and ymax >= extent[3])
