"""Commands that measure on the map."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.measure import Measured
    from gridmap.ui.tools.measure import MeasureTool
    from gridmap.ui.tools.measure_bar import MeasureBar


class MeasureHandlers(QObject):
    """Lends the map's mouse to a tool that measures, and shows what it tells."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self.tool: MeasureTool | None = None
        self.bar: MeasureBar | None = None
        desk.closed.connect(self._forget)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "measure_length": lambda: self.start(is_area=False),
            "measure_area": lambda: self.start(is_area=True),
        }

    @property
    def is_busy(self) -> bool:
        """Return whether clicks on the map, also right ones, are for what is being measured."""
        return self.tool is not None and not self.tool.is_finished

    def start(self, *, is_area: bool, at: tuple[float, float] | None = None) -> None:
        """Begin to measure, at a place if one is given."""
        view = self._bench.view
        if view is None:
            return
        self.stop()
        from gridmap.ui.tools.measure import MeasureTool  # late: seldom needed
        from gridmap.ui.tools.measure_bar import MeasureBar

        self.bar = MeasureBar(view, is_area=is_area)
        self.bar.copy_wanted.connect(self.copy)
        self.bar.close_wanted.connect(self.stop)
        self.tool = MeasureTool(
            view,
            self._desk.get_workspace().epsg,
            is_area=is_area,
            changed=self._show,
            ended=self.stop,
            copied=self.copy,
        )
        if at is not None:
            self.tool.add(at)
        view.set_tool(self.tool)
        view.setCursor(Qt.CursorShape.CrossCursor)
        view.setFocus()

    def stop(self) -> None:
        """Take the result off the map, and give the mouse back."""
        view, tool = self._bench.view, self.tool
        if tool is None or view is None:
            return
        tool.remove()
        view.set_tool(None)
        view.unsetCursor()
        if self.bar is not None:
            self.bar.deleteLater()
            self.bar.hide()
        self._forget()

    def copy(self) -> None:
        """Copy what was measured, line by line."""
        if self.tool is None or not self.tool.measured.legs:
            return
        from gridmap.services.measure import report  # late: loaded by now

        QGuiApplication.clipboard().setText("\n".join(map(str, report(self.tool.measured))))
        self._window.say(self.tr("已复制量测结果。"))

    def _show(self, measured: "Measured") -> None:
        if self.bar is not None:
            self.bar.show_measured(measured)

    def _forget(self) -> None:
        """Let go of what belongs to a map that is gone, or of what was taken off it."""
        self.tool = None
        self.bar = None
