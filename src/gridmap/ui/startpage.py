"""The start page: open, make, import, try; and what was open lately."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui import theme
from gridmap.ui.icons import IconLabel, icon

_ICON = 40
_CARD = QSize(232, 168)
_GAP = 20
_EDGE = 24
_RECENT_SHOWN = 8
_LIST_FRAME = 20


class Card(QPushButton):
    """A large button: icon, title, one sentence, its key."""

    def __init__(self, name: str, title: str, text: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAutoDefault(True)
        picture = IconLabel(_ICON, self, name)
        words = [QLabel(title, self), QLabel(text, self), QLabel(key, self)]
        for label, role in zip(words, ("cardTitle", "cardText", "cardKey"), strict=True):
            label.setObjectName(role)
            label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 18, 14)
        layout.setSpacing(6)
        layout.addWidget(picture)
        layout.addSpacing(4)
        for label in words[:2]:
            layout.addWidget(label)
        layout.addStretch()
        layout.addWidget(words[2])
        for label in (picture, *words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class StartPage(QWidget):
    """What is seen while no workspace is open."""

    chosen = Signal(str)
    """The id of the command that was clicked."""
    recent_chosen = Signal(str)
    recent_dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.cards: dict[str, QAbstractButton] = {}
        self.recent = QListWidget(self)
        self.recent.setObjectName("recent")
        self.recent.setAccessibleName(self.tr("最近打开"))
        self.recent.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(self._on_recent)
        self.recent.itemClicked.connect(self._on_recent)
        self._heading = QLabel(self.tr("最近打开"), self)
        self._heading.setObjectName("startHeading")
        self._grid = QGridLayout()
        self._body = QWidget(self)
        self._lay_out()
        drop = QShortcut(Qt.Key.Key_Delete, self.recent, context=Qt.ShortcutContext.WidgetShortcut)
        drop.activated.connect(self._drop_current)

    def show_recent(self, workspaces: Sequence[str]) -> None:
        """Show the workspaces that were open lately and are still there."""
        self.recent.clear()
        for workspace in workspaces[:_RECENT_SHOWN]:
            path = Path(workspace)
            try:
                changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            except OSError:
                continue
            item = QListWidgetItem(icon("gridmap"), f"{path.stem}    ·    {path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, workspace)
            when = self.tr("上次修改：{when}").format(when=f"{changed:%Y-%m-%d %H:%M}")
            item.setToolTip(f"{workspace}\n{when}")
            self.recent.addItem(item)
        has_recent = self.recent.count() > 0
        self._heading.setVisible(has_recent)
        self.recent.setVisible(has_recent)
        self._fit_recent()

    def focus(self) -> None:
        """Put the focus where most people begin."""
        if self.recent.count():
            self.recent.setCurrentRow(0)
            self.recent.setFocus()
        else:
            self.cards["open"].setFocus()

    def _make_cards(self) -> None:
        described = (
            ("open", self.tr("打开"), self.tr("打开已有的工作库，继续工作"), "Ctrl+O"),
            ("new", self.tr("新建"), self.tr("为您的街道新建一个工作库"), "Ctrl+N"),
            ("start_import", self.tr("导入"), self.tr("从 Shapefile、表格等文件开始"), "Ctrl+I"),
            ("sample", self.tr("示例"), self.tr("用虚构的街道试一试各项功能"), "Ctrl+Shift+O"),
        )
        for command, title, text, key in described:
            name = "import" if command == "start_import" else command
            card = Card(name, title, text, key, self)
            card.clicked.connect(lambda _checked=False, id_=command: self.chosen.emit(id_))
            self.cards[command] = card

    def _lay_out(self) -> None:
        self._make_cards()
        body = self._body
        body.setObjectName("startBody")
        title, subtitle = QLabel("gridmap", body), QLabel(self.tr("街道网格地图"), body)
        title.setObjectName("startTitle")
        subtitle.setObjectName("startSubtitle")
        self._grid.setSpacing(_GAP)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 24)
        inner.setSpacing(8)
        inner.addWidget(title)
        inner.addWidget(subtitle)
        inner.addSpacing(24)
        # WORKAROUND(PySide6 6.11): a layout is added empty. Of one with cards Python would keep
        # items that Qt frees when the cards are arranged anew, and take others for them later.
        inner.addLayout(self._grid)
        inner.addSpacing(28)
        inner.addWidget(self._heading)
        inner.addWidget(self.recent)
        inner.addStretch()
        page = QWidget(self)
        page.setObjectName("startBody")
        outer = QGridLayout(page)
        outer.setRowStretch(0, 2)
        outer.setRowStretch(2, 3)
        outer.setColumnStretch(0, 1)
        outer.setColumnStretch(2, 1)
        outer.addWidget(body, 1, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._arrange()

    def _arrange(self) -> None:
        """Put as many cards side by side as there is room for: four, two or one."""
        card = QSize(theme.sized(_CARD.width()), theme.sized(_CARD.height()))
        room = (self.width() - 2 * _EDGE + _GAP) // (card.width() + _GAP)
        columns = next((count for count in (4, 2) if count <= room), 1)
        for number, one in enumerate(self.cards.values()):
            one.setFixedSize(card)
            self._grid.addWidget(one, number // columns, number % columns)
        self._body.setFixedWidth(columns * (card.width() + _GAP) - _GAP)
        self._fit_recent()

    def _fit_recent(self) -> None:
        rows = sum(self.recent.sizeHintForRow(row) for row in range(self.recent.count()))
        self.recent.setFixedHeight(rows + _LIST_FRAME)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()

    def _on_recent(self, item: QListWidgetItem) -> None:
        self.recent_chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _drop_current(self) -> None:
        item = self.recent.currentItem()
        if item is not None:
            self.recent_dropped.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the cards by arrow keys."""
        cards = list(self.cards.values())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        if steps is not None and focused in cards:
            cards[(cards.index(focused) + steps) % len(cards)].setFocus()
            return
        super().keyPressEvent(event)
