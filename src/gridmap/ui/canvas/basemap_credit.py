"""Whom a base map is from, in the corner of the map."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

_MOST_SHARE = 0.6
"""How much of the map's width it may take."""


class Credit(QLabel):
    """A line in the lower right corner of a map; it stays there when the map gets another size."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setObjectName("credit")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a file's markup is not ours
        self.setStyleSheet(
            "background: rgba(255, 255, 255, 190); color: #4A4A4A; padding: 1px 6px;"
            " font-size: 11px; border: none;"
        )
        self._view = view
        view.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Show a text; an empty one hides the line."""
        self.setToolTip(text)
        self.setText(text)
        self.setVisible(bool(text))
        self._place()

    def go(self) -> None:
        """Take the line away."""
        self._view.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the map's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        most = round(self._view.width() * _MOST_SHARE)
        text = self.fontMetrics().elidedText(
            self.toolTip(), Qt.TextElideMode.ElideRight, max(most - 12, 40)
        )
        self.setText(text)
        self.adjustSize()
        self.move(self._view.width() - self.width(), self._view.height() - self.height())
        self.raise_()
