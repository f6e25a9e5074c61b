"""The line above the map that says why nothing can be changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gridmap.ui.icons import IconLabel


class Banner(QWidget):
    """A line above the map that says why nothing can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._picture = IconLabel(20, self)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.addWidget(self._picture)
        layout.addWidget(self.text, 1)
        self.hide()

    def say(self, text: str, picture: str = "lock", *, is_warning: bool = True) -> None:
        """Show a text with a picture; an empty one hides the line."""
        self.setProperty("isWarning", is_warning)
        self.style().polish(self)
        self.style().polish(self.text)
        self._picture.show_icon(picture)
        self.text.setText(text)
        self.setVisible(bool(text))
