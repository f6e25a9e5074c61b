"""Wiring: builds the window and all that it needs, and hands each what it works with."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from gridmap.base import log, paths
from gridmap.base.errors import GridmapError
from gridmap.base.messages import Language, current_language, use_language
from gridmap.base.settings import load_settings
from gridmap.ui import theme
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.base_maps import BaseMapHandlers
from gridmap.ui.handlers.bookmarks import BookmarkHandlers
from gridmap.ui.handlers.care import CareHandlers
from gridmap.ui.handlers.cell_records import CellRecordHandlers
from gridmap.ui.handlers.communities import CommunityHandlers
from gridmap.ui.handlers.compare import CompareHandlers
from gridmap.ui.handlers.drawing import DrawingHandlers
from gridmap.ui.handlers.edits import EditHandlers
from gridmap.ui.handlers.features import FeatureHandlers
from gridmap.ui.handlers.files import FileHandlers
from gridmap.ui.handlers.forms import FormHandlers
from gridmap.ui.handlers.looks import AGAIN, LookHandlers, look_of
from gridmap.ui.handlers.measuring import MeasureHandlers
from gridmap.ui.handlers.painting import PaintHandlers
from gridmap.ui.handlers.palette import PaletteHandlers
from gridmap.ui.handlers.places import PlaceHandlers
from gridmap.ui.handlers.plan_compare import PlanComparison
from gridmap.ui.handlers.plan_notices import NoticeHandlers
from gridmap.ui.handlers.plans import PlanHandlers
from gridmap.ui.handlers.rules import RuleHandlers
from gridmap.ui.handlers.styles import StyleHandlers
from gridmap.ui.handlers.time import TimeHandlers
from gridmap.ui.memory import Memory
from gridmap.ui.notices import BoxNotices, Notices
from gridmap.ui.picking import BoxPicker, Picker
from gridmap.ui.window import MainWindow
from gridmap.ui.work import Work
from gridmap.ui.workbench import Workbench

_log = logging.getLogger(__name__)


class Program(QObject):
    """One window and everything behind it, from start to end."""

    def __init__(self, memory: Memory, notices: Notices, picker: Picker) -> None:
        super().__init__()
        self._is_closed = False
        self.memory = memory
        self.work = Work(notices, self)
        self.window = MainWindow(self.work)
        self.desk = Desk(self.work, notices, memory, self)
        self.bench = Workbench(self.window, self.desk)
        self.files = FileHandlers(self.window, self.desk, self.bench, picker)
        self.edits = EditHandlers(self.window, self.desk, self.bench)
        self.care = CareHandlers(self.window, self.desk, self.bench)
        self.looks = LookHandlers(self.window, self.desk, self.bench, picker)
        self.comparing = CompareHandlers(self.window, self.desk, self.bench, self.looks)
        self.grounds = BaseMapHandlers(self.window, self.desk, self.bench)
        self.styling = StyleHandlers(self.window, self.desk, self.bench, picker)
        self.measuring = MeasureHandlers(self.window, self.desk, self.bench)
        self.bookmarks = BookmarkHandlers(self.window, self.desk, self.bench)
        self.places = PlaceHandlers(
            self.window, self.desk, self.bench, self.measuring, self.bookmarks
        )
        self.forms = FormHandlers(self.window, self.desk, self.bench, self.places)
        self.features = FeatureHandlers(
            self.window, self.desk, self.bench, self.measuring, self.forms
        )
        self.palette = PaletteHandlers(
            self.window, self.desk, self.bench, self.places, self.bookmarks
        )
        self.drawing = DrawingHandlers(self.window, self.desk, self.bench, self.measuring)
        self.painting = PaintHandlers(self.window, self.desk, self.bench, self.measuring)
        self.time = TimeHandlers(self.window, self.desk, self.bench, self.comparing)
        self.places.menu_made.connect(self.time.add_to_menu)
        self.places.busy.append(lambda: self.features.is_busy)
        self.edits.unfinished.append(self.features.step_back)
        self.edits.unfinished.append(self.drawing.step_back)
        self.places.busy.append(lambda: self.drawing.is_busy)
        self.places.busy.append(lambda: self.painting.is_busy)
        comparison = PlanComparison(self.window, self.desk, self.bench, self.comparing)
        self.planning = PlanHandlers(self.window, self.desk, self.bench, comparison)
        self.notices = NoticeHandlers(self.window, self.desk, self.planning, picker)
        self.communities = CommunityHandlers(
            self.window, self.desk, self.bench, self.features, self.forms
        )
        self.records = CellRecordHandlers(self.window, self.desk, self.bench, picker)
        self.rules = RuleHandlers(self.window, self.desk, self.bench)
        self.window.install(
            self.files.handlers()
            | self.rules.handlers()
            | self.planning.handlers()
            | self.notices.handlers()
            | self.edits.handlers()
            | self.care.handlers()
            | self.looks.handlers()
            | self.comparing.handlers()
            | self.time.handlers()
            | self.grounds.handlers()
            | self.styling.handlers()
            | self.measuring.handlers()
            | self.bookmarks.handlers()
            | self.places.handlers()
            | self.palette.handlers()
            | self.drawing.handlers()
            | self.painting.handlers()
            | self.forms.handlers()
            | self.records.handlers()
            | self.communities.handlers()
            | self.features.handlers()
            | {
                "quit": self._quit,
                "cancel": self.work.cancel_shown,
                "box_select": self._select_by_box,
            }
        )
        self.planning.put_on_tool_bar()
        self._notices = notices
        self._connect()
        if memory.geometry:
            self.window.restoreGeometry(QByteArray(memory.geometry))

    def _connect(self) -> None:
        status = self.window.status
        self.work.shown.connect(status.busy.show_job)
        status.busy.stopped.connect(self.work.cancel_shown)
        self.desk.opened.connect(self._refresh)
        self.desk.closed.connect(self._refresh)
        self.desk.moment_changed.connect(self._refresh)
        self.desk.backed_up.connect(lambda _made: status.note(self.tr("已自动备份。")))
        self.desk.not_backed_up.connect(self._on_not_backed_up)
        self.bench.selection.changed.connect(self._refresh)
        self.styling.styled.connect(self.comparing.show_style)
        self.window.closing.connect(self._on_closing)
        self.window.start.chosen.connect(self._on_card)
        self.window.start.recent_chosen.connect(self.files.open_path)
        self.window.start.recent_dropped.connect(self._drop_recent)

    def show(self, path: Path | None) -> None:
        """Show the window, with a workspace or the start page."""
        self._refresh()
        self.window.show_start(self.memory.settings.recent if path is None else ())
        if path is not None:
            self.window.pages.hide()  # no start page flashes by while the workspace is opened
            self.files.open_path(str(path))
        self.window.show()

    def close(self) -> None:
        """End all work and close the workspace; the window is gone afterwards."""
        if self._is_closed:
            return
        self._is_closed = True
        self.bench.remember_layout()
        self.work.close()  # first: what still writes is stopped and rolls back
        self.desk.close()
        self.window.hide()
        self.window.deleteLater()

    def _select_by_box(self) -> None:
        self.measuring.stop()  # two tools cannot have one mouse
        self.bench.start_box_select()

    def _quit(self) -> None:
        self.window.close()

    def _refresh(self) -> None:
        self.window.pages.show()
        self.window.update_actions(
            has_workspace=self.desk.is_open,
            is_writable=self.desk.is_writable,
            has_selection=bool(self.bench.selection),
            is_past=self.desk.is_past,
        )
        self.planning.offer()
        self.edits.show_next()
        self.window.show_recent(self.memory.settings.recent, self.files.open_path)

    def _on_card(self, command: str) -> None:
        if command == "start_import":
            self.files.start_import()
        else:
            self.window.actions_by_id[command].trigger()

    def _drop_recent(self, path: str) -> None:
        self.memory.forget(path)
        self.window.start.show_recent(self.memory.settings.recent)

    def _on_not_backed_up(self, error: Exception) -> None:
        why = str(error) if isinstance(error, GridmapError) else type(error).__name__
        text = self.tr("自动备份没有成功，稍后会再试。{why}")
        self.window.status.note(text.format(why=why))

    def _on_closing(self, event: QCloseEvent) -> None:
        if self.work.is_writing and not self._notices.ask(
            self.tr("还有任务没有完成。要停止它并退出吗？"),
            yes=self.tr("停止并退出(&S)"),
            explanation=self.tr("停止后，工作库保持任务开始前的样子。"),
        ):
            event.ignore()
            return
        self.bench.remember_layout()
        event.accept()
        QTimer.singleShot(0, self, QApplication.quit)


def run(path: Path | None = None, *, language: Language | None = None) -> int:
    """Show the window until it is closed; return the exit code."""
    log.start_log()
    memory = Memory(load_settings())
    app = make_application(look_of(memory.settings))
    chosen = language or current_language()
    code = AGAIN
    while code == AGAIN:
        translators = install_language(app, chosen)
        notices = BoxNotices()
        program = Program(memory, notices, BoxPicker())
        notices.parent = program.window
        program.show(path)
        code = app.exec()
        path = program.desk.workspace.path if program.desk.workspace is not None else None
        program.close()
        program.deleteLater()
        for translator in translators:
            app.removeTranslator(translator)
        chosen = memory.settings.language
    return code


def make_application(look: theme.Look | None = None) -> QApplication:
    """Return the application, with gridmap's look in the theme that was chosen."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([sys.argv[0]])
    app.setApplicationName("gridmap")
    app.setQuitOnLastWindowClosed(False)  # a new window in another language may follow
    theme.dress(app, look)
    theme.follow_system(app)
    return app


def install_language(app: QApplication, language: Language) -> Sequence[QTranslator]:
    """Use a language for our own texts and for Qt's; return what is to be removed again."""
    use_language(language)
    folder = str(paths.resource_dir() / "translations")
    wanted = (
        [("gridmap_en", folder)]
        if language == "en"
        else [("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))]
    )
    installed = []
    for name, place in wanted:
        translator = QTranslator(app)
        if translator.load(name, place):
            app.installTranslator(translator)
            installed.append(translator)
        else:
            _log.warning("no translation %s in %s", name, place)
    return installed
