"""The style of a layer, edited while the map shows it: what, how, labelled, at which scales."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.style import Style
from gridmap.ui import theme
from gridmap.ui.dialogs.style_inputs import CalmWheel
from gridmap.ui.dialogs.style_kinds import KindsPage
from gridmap.ui.dialogs.style_label import LabelPage
from gridmap.ui.dialogs.style_model import Facts, StyleEditor
from gridmap.ui.dialogs.style_presence import PresencePage
from gridmap.ui.dialogs.style_scales import ScalesPage
from gridmap.ui.dialogs.style_symbol import SymbolPage
from gridmap.ui.icons import icon
from gridmap.ui.panels.shown import heading

PREVIEW_MS = 150
"""The map follows so long after a change; while a slider moves, it follows that often."""
_SIZE = QSize(500, 660)
_LEAST = QSize(460, 320)
_MARGIN = 16
_MOST_OF_WIDTH = 0.45
_BELOW_TOOLS = 84
"""Below the tool bar, where the search box stays free."""
_FRAME = 36
"""Room for the window's title, which Qt does not know yet."""

_SYMBOL = 1

Page = KindsPage | SymbolPage | PresencePage | LabelPage | ScalesPage
_PageT = TypeVar("_PageT", bound=QWidget)


class StyleDialog(QDialog):
    """Beside the map, which goes on working: the style is shown on it while it is edited.

    Ctrl+Z takes a step back. Cancel puts back what was saved last.
    """

    previewed = Signal(object)
    """The map is to show this style."""
    wanted = Signal(object, bool)
    """This style is to be kept; whether the dialog closes then."""
    import_wanted = Signal()
    export_wanted = Signal()
    show_wanted = Signal()
    """The layer is to be shown: it is hidden, or not drawn at this scale."""

    def __init__(
        self, parent: QWidget, style: Style, facts: Facts, shipped: Callable[[], Style]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.editor = StyleEditor(style)
        self._facts = facts
        self._shipped = shipped
        self._shown = style
        title = heading(self.editor.options.table, current_language())
        self.setWindowTitle(self.tr("样式：{layer}").format(layer=title))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PREVIEW_MS)
        self._timer.timeout.connect(self._preview)
        self.tabs = self._make_tabs()
        self.undo = self._tool("undo", self.tr("撤销上一步（Ctrl+Z）"))
        self.redo = self._tool("redo", self.tr("重做（Ctrl+Shift+Z）"))
        self.import_ = self._tool("import", self.tr("导入样式…"))
        self.export = self._tool("export", self.tr("导出样式…"))
        self.hint = QLabel(self)
        self.hint.setObjectName("hintLine")
        self.hint.setWordWrap(True)
        self.show_layer = QPushButton(self.tr("显示图层(&W)"), self)
        self.show_layer.setAutoDefault(False)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.hide()
        self.reset = QPushButton(self.tr("恢复默认(&D)"), self)
        self.reset.setAutoDefault(False)
        self.buttons = self._make_buttons()
        self._lay_out()
        self._connect()
        self.editor.changed = self._on_changed
        self._refresh()

    # --- making --------------------------------------------------------------------------------

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(self.tr("样式的各个方面"))
        for title in (
            self.tr("显示方式"),
            self.tr("符号"),
            self.tr("点和密度"),
            self.tr("标注"),
            self.tr("比例尺"),
        ):
            area = QScrollArea(tabs)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            tabs.addTab(area, title)
        return tabs

    # pages are made when they are first looked at: all at once would stop the map for 0.1 s

    @cached_property
    def kinds(self) -> KindsPage:
        """Return the page on how rows are told apart."""
        page = KindsPage(self.editor, self._facts, self)
        page.symbol_wanted.connect(self.show_symbol)
        return self._put(0, page)

    @cached_property
    def symbol(self) -> SymbolPage:
        """Return the page on one symbol."""
        return self._put(_SYMBOL, SymbolPage(self.editor, self))

    @cached_property
    def presence(self) -> PresencePage:
        """Return the page on many rows at once."""
        return self._put(2, PresencePage(self.editor, self._facts, self))

    @cached_property
    def label(self) -> LabelPage:
        """Return the page on labels."""
        return self._put(3, LabelPage(self.editor, self._facts.denominator, self))

    @cached_property
    def scales(self) -> ScalesPage:
        """Return the page on scales."""
        return self._put(4, ScalesPage(self.editor, self._facts.denominator, self))

    def _put(self, place: int, page: _PageT) -> _PageT:
        area = self.tabs.widget(place)
        assert isinstance(area, QScrollArea)  # noqa: S101 - tells mypy what was put in
        area.setWidget(page)
        for typed in (*page.findChildren(QLineEdit), *page.findChildren(QAbstractSpinBox)):
            typed.installEventFilter(self)
        for kind in (QComboBox, QAbstractSpinBox, QSlider):
            for widget in page.findChildren(kind):
                CalmWheel(widget)
        return page

    @property
    def page(self) -> Page:
        """Return the page that is shown."""
        place = self.tabs.currentIndex()
        if place == 0:
            return self.kinds
        if place == _SYMBOL:
            return self.symbol
        if place == 2:
            return self.presence
        return self.label if place == 3 else self.scales

    def _tool(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _make_buttons(self) -> QDialogButtonBox:
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Cancel, self)
        self.apply = buttons.addButton(self.tr("应用(&P)"), QDialogButtonBox.ButtonRole.ApplyRole)
        self.agree = buttons.addButton(self.tr("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree.setDefault(True)
        return buttons

    def _lay_out(self) -> None:
        for button in (self.import_, self.export):
            button.setText(button.toolTip())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        title = QLabel(heading(self.editor.options.table, current_language()), self)
        title.setObjectName("heading")
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(title, 1)
        for tool in (self.undo, self.redo, self.import_, self.export):
            top.addWidget(tool)
        hint = QHBoxLayout()
        hint.addWidget(self.hint, 1)
        hint.addWidget(self.show_layer)
        bottom = QHBoxLayout()
        bottom.addWidget(self.reset)
        bottom.addStretch()
        bottom.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(hint)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.message)
        layout.addLayout(bottom)
        self.setMinimumSize(theme.fitting(self, _LEAST))

    def _connect(self) -> None:
        self.undo.clicked.connect(self.editor.undo)
        self.redo.clicked.connect(self.editor.redo)
        for keys, act in (
            (QKeySequence("Ctrl+Z"), self.editor.undo),
            (QKeySequence("Ctrl+Shift+Z"), self.editor.redo),
            (QKeySequence("Ctrl+Y"), self.editor.redo),
        ):
            QShortcut(keys, self).activated.connect(act)
        self.import_.clicked.connect(self.import_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.show_layer.clicked.connect(self.show_wanted)
        self.tabs.currentChanged.connect(lambda _: self._refresh())
        self.reset.clicked.connect(self._on_reset)
        self.apply.clicked.connect(lambda: self._ask_to_keep(is_last=False))
        self.buttons.accepted.connect(lambda: self._ask_to_keep(is_last=True))
        self.buttons.rejected.connect(self.reject)

    # --- what is shown ----------------------------------------------------------------------------

    def place_beside(self, window: QWidget) -> None:
        """Open at the right side of a window, no larger than it."""
        room = window.screen().availableGeometry()
        corner = window.mapToGlobal(QPoint(window.width(), _BELOW_TOOLS))
        low = min(window.mapToGlobal(QPoint(0, window.height())).y(), room.bottom())
        right = min(corner.x(), room.right())
        height = max(low - corner.y() - _FRAME, self.minimumHeight())
        width = max(round(room.width() * _MOST_OF_WIDTH), self.minimumWidth())
        wanted = QSize(theme.sized(_SIZE.width()), theme.sized(_SIZE.height()))
        self.resize(wanted.boundedTo(QSize(width, height)))
        x = max(right - self.width() - _MARGIN, room.left())
        y = max(min(corner.y(), room.bottom() - self.height() - _FRAME), room.top())
        self.move(x, y)

    def show_symbol(self, place: int | None = None) -> None:
        """Show the page of one symbol: the chosen one, or another."""
        if place is not None:
            self.editor.choose(place)
        self.tabs.setCurrentIndex(_SYMBOL)

    def say(self, text: str, *, is_wrong: bool = False) -> None:
        """Say something below the pages; an empty text takes it back."""
        self.message.setObjectName("complaint" if is_wrong else "muted")
        self.message.style().polish(self.message)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def note_layer(self, *, is_visible: bool) -> None:
        """Say why the layer is not seen, if it is not."""
        denominator = self._facts.denominator()
        is_drawn = self.editor.style.is_shown_at(denominator)
        text = ""
        if not is_visible:
            text = self.tr("这个图层没有打勾，地图上看不到。")
        elif not is_drawn:
            text = self.tr("地图现在的比例尺下，这个图层不显示。")
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.show_layer.setVisible(bool(text))
        page = self.page
        if isinstance(page, ScalesPage):
            page.note_scale()

    def note_kept(self, style: Style) -> None:
        """Note that a style was kept: from now on Cancel leads back to it."""
        self.editor.saved = style
        self._refresh()

    def finish(self) -> None:
        """Close, and leave the map as it is."""
        self._timer.stop()
        self.accept()

    def reject(self) -> None:
        """Close, and put back what was saved last."""
        self._timer.stop()
        if self._shown != self.editor.saved:
            self.previewed.emit(self.editor.saved)
        super().reject()

    # --- inside -----------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self.say("")
        self._refresh()
        if not self._timer.isActive():
            self._timer.start()

    def _refresh(self) -> None:
        self.page.refresh()
        self.undo.setEnabled(self.editor.can_undo)
        self.redo.setEnabled(self.editor.can_redo)
        self.apply.setEnabled(self.editor.is_changed)

    def _preview(self) -> None:
        if self._shown != self.editor.style and not self.editor.is_unmade:
            self._shown = self.editor.style
            self.previewed.emit(self._shown)

    def _ask_to_keep(self, *, is_last: bool) -> None:
        self._timer.stop()
        self._preview()
        if self.editor.is_changed:
            self.wanted.emit(self.editor.style, is_last)
        elif is_last:
            self.finish()

    def _on_reset(self) -> None:
        shipped = self._shipped()
        if shipped != self.editor.style:
            self.editor.replace_all(shipped)
        self.say(self.tr("这是软件自带的样式。点“确定”才会换掉您的样式。"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter end what is typed; only elsewhere it agrees to all."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        typed = QLineEdit | QAbstractSpinBox | QComboBox
        if not (is_enter and isinstance(self.focusWidget(), typed)):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z reach the dialog where a line has nothing of its own to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            line = watched.lineEdit() if isinstance(watched, QAbstractSpinBox) else watched
            has_own = isinstance(line, QLineEdit) and line.isUndoAvailable()
            if event.matches(QKeySequence.StandardKey.Undo) and not has_own:
                event.ignore()
                return True
        return super().eventFilter(watched, event)
