"""The selected row: its values on one page, its history on the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui import theme
from gridmap.ui.icons import icon
from gridmap.ui.panels.details_model import ChangeLines, Line

_TARGET_ROLE = Qt.ItemDataRole.UserRole


class DetailsPanel(QWidget):
    """What was clicked: which of the rows at that place, its values, its history."""

    hit_chosen = Signal(str, str)
    """Another row at the same place should be selected."""
    reference_wanted = Signal(str, str)
    history_wanted = Signal()
    bring_back_wanted = Signal()
    """The row should get back the values that are shown, which are of a past day."""
    edit_wanted = Signal()
    """The selected rows should be filled in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setObjectName("heading")
        self._title.setWordWrap(True)
        self._title.setContentsMargins(14, 12, 14, 2)
        self.hits = QComboBox(self)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.hits.setSizeAdjustPolicy(policy)  # a long title must not push the map aside
        self.hits.setAccessibleName(self.tr("此处的其他要素"))
        self.hits.activated.connect(lambda row: self.hit_chosen.emit(*self.hits.itemData(row)))
        self._hint = QLabel(self.tr("在地图上点一个要素，\n或从搜索、属性表中选一行。"), self)
        self._hint.setObjectName("hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.values = _make_grid(self.tr("属性"))
        self.history = _make_tree(self.tr("历史"))
        self.values.itemActivated.connect(self._on_activated)
        self.values.itemClicked.connect(self._on_activated)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.values, self.tr("属性"))
        self.tabs.addTab(self.history, self.tr("历史"))
        self.tabs.currentChanged.connect(lambda _page: self._ask_history())
        self.bring_back = self._make_bring_back()
        self.edit = self._make_edit()
        self._page = QWidget(self)
        self._form: QWidget | None = None
        self._lay_out()
        self.clear()

    def _make_bring_back(self) -> QPushButton:
        button = QPushButton(icon("bring_back"), self.tr("恢复成这时的样子…"), self)
        button.clicked.connect(self.bring_back_wanted)
        button.hide()
        return button

    def _make_edit(self) -> QPushButton:
        button = QPushButton(icon("rename"), self.tr("编辑…"), self)
        button.setToolTip(self.tr("修改所选各行的内容（F3）"))
        button.clicked.connect(self.edit_wanted)
        button.hide()
        return button

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setContentsMargins(12, 2, 12, 4)
        choice.addWidget(self.hits)
        offer = QHBoxLayout()
        offer.setContentsMargins(12, 4, 12, 10)
        offer.addWidget(self.bring_back)
        offer.addWidget(self.edit)
        offer.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addLayout(choice)
        layout.addWidget(self._hint)
        layout.addWidget(self.tabs, 1)
        layout.addStretch()
        layout.addLayout(offer)

    @property
    def is_history_shown(self) -> bool:
        """Return whether the page of the history is in front."""
        return self.tabs.currentWidget() is self.history

    def clear(self, hint: str = "") -> None:
        """Show that nothing is selected, or a remark such as how many rows are."""
        self._title.setText(hint)
        self._title.setVisible(bool(hint))
        self.hits.hide()
        self.tabs.hide()
        self._hint.setVisible(not hint)

    def offer_edit(self, *, is_offered: bool) -> None:
        """Offer, or do not offer, to fill in the selected rows."""
        self.edit.setVisible(is_offered)

    def show_form(self, form: QWidget | None) -> None:
        """Show a form in place of the row, or the row again."""
        layout = self.layout()
        if form is not None and form is not self._form and layout is not None:
            layout.addWidget(form)
            self._form = form
        if self._form is not None:
            self._form.setVisible(form is not None)
        self._page.setVisible(form is None)

    def offer_bring_back(self, *, is_offered: bool) -> None:
        """Offer, or do not offer, to bring the row back as it is shown."""
        self.bring_back.setVisible(is_offered)

    def show_row(self, title: str, lines: Sequence[Line]) -> None:
        """Show a row; its history is asked for when its page is in front."""
        self._title.setText(title)
        self._title.show()
        self._hint.hide()
        self.tabs.show()
        self.history.clear()
        self.values.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self._show_line(row, line)
        self.values.resizeRowsToContents()
        self._ask_history()

    def show_hits(self, hits: Sequence[tuple[str, str, str]], current: tuple[str, str]) -> None:
        """Offer the other rows at the same place: (table, id, words)."""
        self.hits.clear()
        for table, row_id, words in hits:
            self.hits.addItem(words, (table, row_id))
            if (table, row_id) == current:
                self.hits.setCurrentIndex(self.hits.count() - 1)
        self.hits.setVisible(len(hits) > 1)

    def show_history(self, changes: Sequence[ChangeLines]) -> None:
        """Show the history of the row."""
        self.history.clear()
        for change in changes:
            item = QTreeWidgetItem([f"{change.title}\n{change.when} · {change.author}"])
            for title, before, after in change.columns:
                text = self.tr("{title}：{before} → {after}").format(
                    title=title, before=before, after=after
                )
                part = QTreeWidgetItem([text])
                part.setToolTip(0, text)
                part.setForeground(0, QBrush(QColor(theme.MUTED)))
                item.addChild(part)
            self.history.addTopLevelItem(item)
            item.setExpanded(True)

    def show_history_page(self) -> None:
        """Bring the page of the history to the front."""
        self.tabs.setCurrentWidget(self.history)
        self.history.setFocus()

    def _show_line(self, row: int, line: Line) -> None:
        title, value = QTableWidgetItem(line.title), QTableWidgetItem(line.value)
        title.setForeground(QBrush(QColor(theme.MUTED)))
        title.setTextAlignment(Qt.AlignmentFlag.AlignTop)
        value.setTextAlignment(Qt.AlignmentFlag.AlignTop)
        if line.target is not None:
            value.setData(_TARGET_ROLE, line.target)
            value.setForeground(QBrush(QColor(theme.ACCENT)))
            value.setToolTip(self.tr("点击查看：{name}").format(name=line.value))
        self.values.setItem(row, 0, title)
        self.values.setItem(row, 1, value)

    def _ask_history(self) -> None:
        if self.is_history_shown and not self.tabs.isHidden():
            self.history_wanted.emit()

    def _on_activated(self, item: QTableWidgetItem) -> None:
        target = item.data(_TARGET_ROLE)
        if target:
            self.reference_wanted.emit(*target)


def _make_grid(name: str) -> QTableWidget:
    grid = QTableWidget(0, 2)
    grid.setObjectName("facts")
    grid.setAccessibleName(name)
    grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    grid.setTabKeyNavigation(False)
    grid.setAlternatingRowColors(True)
    grid.setShowGrid(False)
    grid.setWordWrap(True)
    grid.horizontalHeader().hide()
    grid.verticalHeader().hide()
    grid.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    grid.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    grid.horizontalHeader().sectionResized.connect(lambda *_: grid.resizeRowsToContents())
    return grid


def _make_tree(name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setHeaderHidden(True)
    tree.setIndentation(14)
    return tree
