"""Commands about what is seen: zoom, panels, base map, language, settings, help."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from gridmap import __version__
from gridmap.base import paths
from gridmap.base.messages import Language, current_language
from gridmap.base.settings import Settings
from gridmap.ui import theme
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.dialogs.report import Fact, ReportDialog
from gridmap.ui.picking import Picker
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

AGAIN = 77
"""The exit code of the event loop that asks for a new window, in another language."""
_STEPS = 2


def look_of(settings: Settings) -> theme.Look:
    """Return the theme and size of type that the settings ask for."""
    return theme.Look(settings.appearance, settings.type_size)


def _wear(look: theme.Look) -> None:
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.dress(application, look)


class LookHandlers(QObject):
    """What the commands of the view menu and some of the help menu do."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench, picker: Picker) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._picker = picker

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        docks = ("layers", "details", "table", "history", "problems", "bookmarks")
        return {
            "whole": self._on_view(lambda view: view.zoom_to_whole()),
            "zoom_in": self._on_view(lambda view: view.zoom(_STEPS)),
            "zoom_out": self._on_view(lambda view: view.zoom(-_STEPS)),
            "zoom_to": self.zoom_to_selection,
            "basemap": self.choose_base_map,
            **{f"show_{name}": self._toggle(name) for name in docks},
            "next_pane": lambda: self._window.step_pane(1),
            "previous_pane": lambda: self._window.step_pane(-1),
            "full_screen": self.toggle_full_screen,
            "settings": self.show_settings,
            "language": self.switch_language,
            "keys": self.show_keys,
            "about": self.show_about,
        }

    def zoom_to_selection(self) -> None:
        """Show where the selected rows are."""
        self._bench.zoom_to_rows(self._bench.selection.table, self._bench.selection.ids)

    def choose_base_map(self) -> None:
        """Ask for a file and paint it below all layers."""
        path = self.ask_base_map()
        if path is not None:
            self._bench.show_base_map(path)

    def ask_base_map(self) -> Path | None:
        """Ask for a file that can be a base map."""
        kinds = self.tr(
            "底图 (*.mbtiles *.pmtiles *.tif *.tiff *.jp2 *.img *.jpg *.jpeg *.png);;所有文件 (*)"
        )
        folder = paths.maps_dir() / "basemaps"
        return self._picker.open_file(
            self._window, self.tr("选择底图"), kinds, folder if folder.is_dir() else Path.home()
        )

    def toggle_full_screen(self) -> None:
        """Fill the screen with the map alone, or go back."""
        self._window.full_screen.toggle()

    def switch_language(self) -> None:
        """Show the windows in the other language."""
        other: Language = "zh" if current_language() == "en" else "en"
        self._desk.memory.change(language=other)
        self._begin_again()

    def show_settings(self) -> None:
        """Ask for the settings and keep them."""
        from gridmap.ui.dialogs.settings import SettingsDialog  # late: seldom needed

        held = self._desk.memory.settings
        dialog = SettingsDialog(self._window, current_language(), held)
        dialog.look_changed.connect(_wear)

        def keep() -> None:
            self._desk.memory.change(
                language=dialog.language.currentData(),
                backup_every_minutes=dialog.minutes.value(),
                appearance=dialog.look.appearance,
                type_size=dialog.look.type_size,
            )
            self._desk.schedule_backups()
            if dialog.language.currentData() != current_language():
                self._begin_again()

        dialog.accepted.connect(keep)
        dialog.rejected.connect(lambda: _wear(look_of(held)))
        dialog.open()

    def show_keys(self) -> None:
        """List every command with its key."""
        native = QKeySequence.SequenceFormat.NativeText
        facts = [
            Fact(action.shortcut().toString(native), action.iconText())
            for action in self._window.actions_by_id.values()
            if not action.shortcut().isEmpty()
        ]
        facts += [
            Fact(self.tr("方向键、+、-、Home"), self.tr("在地图上：移动、缩放、全图")),
            Fact(
                self.tr("空格、Ctrl+↑、Ctrl+↓、回车"), self.tr("在图层中：显隐、排序、打开属性表")
            ),
            Fact("Alt", self.tr("打开菜单")),
        ]
        ReportDialog(self._window, self.tr("键盘操作"), facts).open()

    def show_about(self) -> None:
        """Say what this program is."""
        facts = [
            Fact("gridmap", __version__),
            Fact(self.tr("用途"), self.tr("街道办事处的离线网格地图")),
            Fact(self.tr("设置和日志"), str(paths.data_dir())),
        ]
        ReportDialog(self._window, self.tr("关于"), facts).open()

    def _begin_again(self) -> None:
        if self._desk.work.is_writing:
            self._window.status.note(self.tr("任务完成后，下次启动时换语言。"))
            return
        self._bench.remember_layout()
        QApplication.exit(AGAIN)

    def _on_view(self, act: Callable[["MapView"], None]) -> Callable[[], None]:
        def on_view() -> None:
            if self._bench.view is not None:
                act(self._bench.view)

        return on_view

    def _toggle(self, name: str) -> Callable[[], None]:
        """Return what shows a panel, or hides it where it is in front and has the focus."""

        def toggle() -> None:
            dock = self._window.docks[name]
            focused = self._window.focusWidget()
            if dock.isVisible() and focused is not None and dock.isAncestorOf(focused):
                dock.hide()
                if self._bench.view is not None:
                    self._bench.view.setFocus()
            else:
                self._window.show_dock(name)

        return toggle
