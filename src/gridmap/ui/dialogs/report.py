"""Show a few facts: a list of lines, each good, bad or plain."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui import theme
from gridmap.ui.icons import IconLabel


@dataclass(frozen=True)
class Fact:
    """One line; ``is_good`` is None where it is neither good nor bad."""

    title: str
    text: str
    is_good: bool | None = None


class ReportDialog(QDialog):
    """Facts to read, and to copy for someone who helps."""

    def __init__(
        self, parent: QWidget | None, title: str, facts: Sequence[Fact], intro: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.give_room(self, QSize(640, 480))
        self._facts = facts
        page = QWidget(self)
        page.setObjectName("paper")
        grid = QGridLayout(page)
        grid.setContentsMargins(18, 16, 18, 16)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        for row, fact in enumerate(facts):
            self._add(grid, row, fact)
        grid.setRowStretch(len(facts), 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        copy = buttons.addButton(self.tr("复制(&C)"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        if intro:
            label = QLabel(intro, self)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(scroll)
        layout.addWidget(buttons)

    def as_text(self) -> str:
        """Return all facts as text."""
        marks = {True: "✓ ", False: "✗ ", None: ""}
        return "\n".join(f"{marks[fact.is_good]}{fact.title}: {fact.text}" for fact in self._facts)

    def _add(self, grid: QGridLayout, row: int, fact: Fact) -> None:
        top = Qt.AlignmentFlag.AlignTop
        if fact.is_good is not None:
            mark = IconLabel(18, self, "good" if fact.is_good else "bad")
            grid.addWidget(mark, row, 0, top)
        title, text = QLabel(fact.title, self), QLabel(fact.text, self)
        title.setObjectName("muted")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(title, row, 1, top)
        grid.addWidget(text, row, 2, top)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())
