"""The main window: menus, tool bar, panels, status bar; it shows and asks, others act."""

import re
from collections.abc import Callable, Iterable

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui import theme
from gridmap.ui.commands import Command, Handlers, Needs, commands, menus, toolbar
from gridmap.ui.full_screen import FullScreen
from gridmap.ui.icons import icon
from gridmap.ui.panels.banner import Banner
from gridmap.ui.panels.bookmarks import BookmarksPanel
from gridmap.ui.panels.details import DetailsPanel
from gridmap.ui.panels.history import HistoryPanel
from gridmap.ui.panels.layers import LayersPanel
from gridmap.ui.panels.problems import ProblemsPanel
from gridmap.ui.panels.search import SearchBox
from gridmap.ui.panels.table import TablePanel
from gridmap.ui.startpage import StartPage
from gridmap.ui.status import Status
from gridmap.ui.work import Work

_SIZE = QSize(1480, 920)
_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_ICON = QSize(20, 20)
_MNEMONIC = re.compile(r"\(&.\)")
_SIDE_WIDTH, _BOTTOM_HEIGHT = 290, 260
_RED_FRAME = 6


class MainWindow(QMainWindow):
    """The window. Commands come from ``commands.py``; what they do is handed in."""

    closing = Signal(object)
    """The window is asked to close (``QCloseEvent``): it may be refused."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setWindowTitle("gridmap")
        self.setWindowIcon(icon("gridmap"))
        theme.give_room(self, _SIZE)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks
        )
        self.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        self.actions_by_id: dict[str, QAction] = {}
        self._needs: dict[str, Needs] = {}
        self._menus: dict[str, QMenu] = {}
        self.start = StartPage(self)
        self.banner = Banner(self)
        self.map: QWidget | None = None
        self._frame: QWidget | None = None
        self._below: QWidget | None = None
        self._map_page, self._map_layout = self._make_map_page()
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.start)
        self.pages.addWidget(self._map_page)
        self.setCentralWidget(self.pages)
        self.search = SearchBox(self)
        self.layers = LayersPanel(self)
        self.details = DetailsPanel(self)
        self.table = TablePanel(work, self)
        self.history = HistoryPanel(self)
        self.problems = ProblemsPanel(self)
        self.bookmarks = BookmarksPanel(self)
        self.docks = self._make_docks()
        self.status = Status(self)
        self.setStatusBar(self.status)
        self.tools = QToolBar(self.tr("工具栏"), self)
        self._roomy = 0
        self.recent_menu = QMenu(self.tr("最近打开(&R)"), self)
        self.base_map_menu = QMenu(self.tr("用过的底图(&U)"), self)
        self.full_screen = FullScreen(self)

    # --- making --------------------------------------------------------------------------------

    def install(self, handlers: Handlers) -> None:
        """Make menus and tool bar, and connect each command with what it does."""
        for name, title in menus():
            self._menus[name] = self.menuBar().addMenu(title)
        for command in commands():
            self._add(command, handlers)
        self._make_tool_bar()
        self.update_actions(has_workspace=False, is_writable=False, has_selection=False)

    def _add(self, command: Command, handlers: Handlers) -> None:
        menu = self._menus[command.menu]
        if command.id == "-":
            menu.addSeparator()
            return
        action = QAction(command.text, self)
        if command.icon:
            action.setIcon(icon(command.icon))
        action.setShortcut(QKeySequence(command.key))
        plain = _plain(command.text)
        action.setToolTip(f"{command.tip or plain} ({_key_of(action)})")
        action.setStatusTip(command.tip)
        action.setIconText(plain)
        action.triggered.connect(_without_argument(handlers[command.id]))
        self.actions_by_id[command.id] = action
        self._needs[command.id] = command.needs
        menu.addAction(action)
        if command.id == "sample":
            menu.addMenu(self.recent_menu)
        elif command.id == "basemap":
            menu.addMenu(self.base_map_menu)

    def _make_tool_bar(self) -> None:
        self.tools.setObjectName("tools")
        self.tools.setMovable(False)
        self.tools.setIconSize(_ICON)
        self.tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in toolbar():
            if name == "-":
                self.tools.addSeparator()
            else:
                self.tools.addAction(self.actions_by_id[name])
        gap = QWidget(self.tools)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.tools.addWidget(gap)
        self._search_action = self.tools.addWidget(self.search)
        self.addToolBar(self.tools)
        self.fit_tool_bar()
        self.tools.hide()

    def put_beside_search(self, widget: QWidget) -> None:
        """Put something on the tool bar, left of the search box."""
        self.tools.insertWidget(self._search_action, widget)

    def fit_tool_bar(self) -> None:
        """Leave out the words on the tool bar where they have no room, as they are now."""
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.search.save_width(is_narrow=False)
        if (layout := self.tools.layout()) is not None:  # else it tells how wide it was before
            layout.invalidate()
        self._roomy = round(self.tools.sizeHint().width() * 100 / theme.sized(100))
        self._fit_words()

    def _make_map_page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        return page, layout

    def _make_docks(self) -> dict[str, QDockWidget]:
        described: tuple[tuple[str, str, QWidget, Qt.DockWidgetArea], ...] = (
            ("layers", self.tr("图层"), self.layers, _LEFT),
            ("details", self.tr("详情"), self.details, _RIGHT),
            ("table", self.tr("属性表"), self.table, _BOTTOM),
            ("history", self.tr("操作记录"), self.history, _BOTTOM),
            ("problems", self.tr("检查结果"), self.problems, _BOTTOM),
            ("bookmarks", self.tr("书签"), self.bookmarks, _LEFT),
        )
        docks: dict[str, QDockWidget] = {}
        for name, title, panel, area in described:
            dock = QDockWidget(title, self)
            dock.setObjectName(f"dock.{name}")
            panel.setObjectName("panel")
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            dock.setWidget(panel)
            self.addDockWidget(area, dock)
            docks[name] = dock
            dock.hide()
        self.tabifyDockWidget(docks["layers"], docks["bookmarks"])
        self.tabifyDockWidget(docks["table"], docks["history"])
        self.tabifyDockWidget(docks["history"], docks["problems"])
        return docks

    # --- what is shown ---------------------------------------------------------------------------

    def show_map(self, view: QWidget, title: str, state: bytes) -> None:
        """Show a map and the panels beside it, as they were the last time."""
        self.full_screen.leave()
        self.drop_map()
        self.map = view
        self._map_layout.addWidget(view, 1)
        self.pages.setCurrentWidget(self._map_page)
        self.pages.show()  # panels would take the room of a map that is hidden
        self.tools.show()
        if not (state and self.restoreState(QByteArray(state))):
            self._arrange()
        self.tools.show()
        self.setWindowTitle(f"{title} — gridmap")
        view.setFocus()

    def _arrange(self) -> None:
        """Arrange the panels as a newcomer finds them."""
        for name, dock in self.docks.items():
            dock.setVisible(name in ("layers", "details"))
        sides = [self.docks["layers"], self.docks["details"]]
        width = min(theme.sized(_SIDE_WIDTH), self.width() // 4)  # half is the map's
        height = min(theme.sized(_BOTTOM_HEIGHT), self.height() // 3)
        self.resizeDocks(sides, [width, width], Qt.Orientation.Horizontal)
        self.resizeDocks([self.docks["table"]], [height], Qt.Orientation.Vertical)

    def frame_map(self, frame: QWidget | None) -> None:
        """Show a frame that holds the map (and more) in the map's place, or the map alone again."""
        held = self._frame or self.map
        place = self._map_layout.indexOf(held) if held is not None else -1
        if self._frame is not None:
            self._map_layout.removeWidget(self._frame)
        self._frame = frame
        shown = frame or self.map
        if shown is not None:
            self._map_layout.insertWidget(place, shown, 1)
            shown.show()

    def show_above_map(self, bar: QWidget) -> None:
        """Keep a line right above the map; it shows and hides itself."""
        self._map_layout.insertWidget(self._map_layout.indexOf(self.banner) + 1, bar)

    def frame_in_red(self, *, is_framed: bool) -> None:
        """Put a red frame round the map and its lines, or take it away."""
        self._map_page.setObjectName("rehearsal" if is_framed else "")
        self._map_page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, is_framed)
        width = _RED_FRAME if is_framed else 0
        self._map_layout.setContentsMargins(width, width, width, width)
        self._map_page.style().polish(self._map_page)

    def show_below_map(self, bar: QWidget | None) -> None:
        """Show a line below the map, or none."""
        if self._below is not None:
            self._map_layout.removeWidget(self._below)
            self._below.hide()
        self._below = bar
        if bar is not None:
            self._map_layout.addWidget(bar)
            bar.show()

    def drop_map(self) -> None:
        """Let go of the map, if there is one."""
        if self.map is not None:
            self._map_layout.removeWidget(self.map)
            self.map.close()
            self.map.deleteLater()
            self.map = None

    def show_start(self, recent: Iterable[str]) -> None:
        """Show the start page alone."""
        self.full_screen.leave()
        self.drop_map()
        self.search.close_list()
        self.search.clear()
        for dock in self.docks.values():
            dock.hide()
        self.tools.hide()
        self.banner.say("")
        self.status.clear_map()
        self.setWindowTitle("gridmap")
        self.start.show_recent(list(recent))
        self.pages.setCurrentWidget(self.start)
        self.start.focus()

    def show_dock(self, name: str) -> None:
        """Show a panel and move the focus there."""
        dock = self.docks[name]
        dock.show()
        dock.raise_()
        _focus_inside(dock.widget())

    def show_recent(self, recent: Iterable[str], choose: Callable[[str], None]) -> None:
        """Offer the workspaces that were open lately in the menu, by number keys."""
        self.recent_menu.clear()
        for number, path in enumerate(recent, start=1):
            action = self.recent_menu.addAction(f"&{number}  {path}")
            action.triggered.connect(lambda _checked=False, path=path: choose(path))
        self.recent_menu.setEnabled(not self.recent_menu.isEmpty())

    def update_actions(
        self,
        *,
        has_workspace: bool,
        is_writable: bool,
        has_selection: bool,
        is_past: bool = False,
    ) -> None:
        """Offer only what can be done now; of a past day nothing can be changed."""
        may_bring_back = is_writable and is_past and has_selection
        is_writable = is_writable and not is_past
        met = {
            Needs.NOTHING: True,
            Needs.WORKSPACE: has_workspace,
            Needs.WRITABLE: is_writable,
            Needs.NOT_READ_ONLY: is_writable or not has_workspace,
            Needs.SELECTION: has_selection,
            Needs.WRITABLE_SELECTION: is_writable and has_selection,
            Needs.PAST_SELECTION: may_bring_back,
        }
        for name, action in self.actions_by_id.items():
            action.setEnabled(met[self._needs[name]])

    def set_action(self, name: str, text: str, *, is_enabled: bool) -> None:
        """Change what a command is called, e.g. what undo would take back."""
        action = self.actions_by_id[name]
        short = action.iconText()
        action.setText(text)
        action.setIconText(short)
        action.setToolTip(f"{_plain(text)} ({_key_of(action)})")
        action.setEnabled(is_enabled)

    # --- the keyboard ----------------------------------------------------------------------------

    def step_pane(self, steps: int) -> None:
        """Move the focus to the next (or, below zero, the previous) pane that is seen."""
        panes = [self.search, self.docks["layers"].widget(), self._frame or self.map]
        beside = ("bookmarks", "details", "table", "history", "problems", "rules")
        panes += [self.docks[name].widget() for name in beside if name in self.docks]
        seen = [pane for pane in panes if pane is not None and pane.isVisible()]
        if not seen:
            return
        focused = self.focusWidget()
        place = next(
            (
                number
                for number, pane in enumerate(seen)
                if focused is not None and (pane is focused or pane.isAncestorOf(focused))
            ),
            -1 if steps > 0 else 0,
        )
        _focus_inside(seen[(place + steps) % len(seen)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words where there is no room for them."""
        super().resizeEvent(event)
        self.full_screen.settle()
        self._fit_words()

    def _fit_words(self) -> None:
        style = Qt.ToolButtonStyle
        is_roomy = self.width() >= theme.sized(self._roomy)
        wanted = style.ToolButtonTextBesideIcon if is_roomy else style.ToolButtonIconOnly
        if self.tools.toolButtonStyle() != wanted:
            self.tools.setToolButtonStyle(wanted)
        self.search.save_width(not is_roomy)
        self.layers.save_width(not is_roomy)

    def say(self, text: str) -> None:
        """Say something in passing, also where the status bar is not seen."""
        self.status.note(text)
        self.full_screen.say(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the whole screen by Esc, where nothing else wants that key."""
        if event.key() == Qt.Key.Key_Escape and self.full_screen.is_on:
            self.full_screen.leave()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whether the window may close."""
        self.closing.emit(event)


def _focus_inside(pane: QWidget) -> None:
    """Give the focus to a pane, or to the first widget in it that takes it."""
    target = pane
    if pane.focusPolicy() == Qt.FocusPolicy.NoFocus:
        inside = [
            child
            for child in pane.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible()
        ]
        target = next((child for child in inside if child.inherits("QAbstractItemView")), pane)
        if target is pane and inside:
            target = inside[0]
    target.setFocus(Qt.FocusReason.TabFocusReason)


def _plain(text: str) -> str:
    """Return the text of a command without its mnemonic and its dots."""
    return _MNEMONIC.sub("", text).replace("&", "").strip().rstrip("…")


def _key_of(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _without_argument(handler: Callable[[], None]) -> Callable[[bool], None]:
    def on_triggered(_checked: bool = False) -> None:
        handler()

    return on_triggered
