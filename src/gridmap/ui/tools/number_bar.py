"""The panel over the map while something is drawn: what is drawn, and a line for numbers."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gridmap.ui.canvas.tool import MapTool
from gridmap.ui.icons import IconLabel
from gridmap.ui.tools.floating import Floating

_LINE_WIDTH = 190


class NumberBar(Floating):
    """Two lines of text, and one to type a length, a bearing or coordinates into.

    Digits typed over the map go into the line by themselves (``take_key``).
    """

    entered = Signal(str)
    """Numbers were typed and confirmed by Enter."""
    left = Signal()
    """Esc was pressed in the empty line: the keys are the map's again."""

    def __init__(self, over: QWidget, picture: str) -> None:
        super().__init__(over)
        self._picture = IconLabel(22, self, picture)
        self.result = QLabel(self)
        self.result.setObjectName("floatingText")
        self.beside = QLabel(self)
        self.beside.setObjectName("muted")
        self.line = QLineEdit(self)
        self.line.setFixedWidth(_LINE_WIDTH)
        self.line.setPlaceholderText(self.tr("12.5  或  12.5<90  或  东,北"))
        self.line.setToolTip(
            self.tr("长度（米）；长度<方位角；@东,北 是相对上一点；东,北 是坐标。回车确定。")
        )
        self.line.setAccessibleName(self.tr("长度、方位角或坐标"))
        self.line.installEventFilter(self)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(self.result)
        lines.addWidget(self.beside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addLayout(lines, 1)
        layout.addWidget(self.line)
        self.show()
        self.place()

    def ask_count(self) -> None:
        """Ask for a number of parts instead of a place."""
        self.line.setPlaceholderText(self.tr("份数"))
        self.line.setToolTip(self.tr("分成几份；回车拆分。"))
        self.line.setAccessibleName(self.tr("份数"))

    def tell(self, result: str, beside: str, picture: str = "") -> None:
        """Show what is drawn so far, and below it what can be done next."""
        if picture:
            self._picture.show_icon(picture)
        if (result, beside) != (self.result.text(), self.beside.text()):
            self.result.setText(result)
            self.beside.setText(beside)
            self.place()

    def take_key(self, event: QKeyEvent) -> bool:
        """Begin to type by a digit or sign that was pressed over the map."""
        text = event.text()
        if (
            not text
            or self.line.isHidden()
            or text not in "0123456789.@<-"
            or event.modifiers()
            & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        ):
            return False
        self.line.setFocus()
        self.line.setText(text)
        return True

    def refuse(self) -> None:
        """Show that the numbers say no place."""
        self.line.setProperty("isError", True)
        self.line.style().polish(self.line)

    def wrap(self, *, is_wrapped: bool) -> None:
        """Write the texts in more lines where the map is narrow."""
        for label in (self.result, self.beside):
            label.setWordWrap(is_wrapped)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # the layout within it learns of it no other way

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Confirm by Enter, leave by Esc."""
        if watched is self.line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.line.setProperty("isError", False)
                self.line.style().polish(self.line)
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self.entered.emit(self.line.text())
                    return True
                if event.key() == Qt.Key.Key_Escape:
                    self.clear_line()
                    self.left.emit()
                    return True
        return super().eventFilter(watched, event)

    def clear_line(self) -> None:
        """Empty the line."""
        self.line.clear()
        self.line.setProperty("isError", False)
        self.line.style().polish(self.line)


class WithNumbers:
    """A tool whose keys go to the line for numbers where they are digits."""

    def __init__(self, tool: MapTool, bar: NumberBar, dropped: Callable[[], None]) -> None:
        self._tool = tool
        self._bar = bar
        self.dropped = dropped
        self.press, self.move, self.release = tool.press, tool.move, tool.release

    def key(self, event: QKeyEvent) -> bool:
        """Hand a key to the tool, or else to the line."""
        return self._tool.key(event) or self._bar.take_key(event)
