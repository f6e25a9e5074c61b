"""Which division is shown: the button that switches it, and the line above a plan's map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from gridmap.ui.icons import IconLabel, icon

_SPACING, _BESIDE = 4, 60
"""Between the parts of the line, and what its picture and margins take."""


@dataclass(frozen=True)
class ShownDivision:
    """A division to choose: the id of its plan (None: the official one), and its words."""

    id: str | None
    text: str
    is_rehearsal: bool = False


class DivisionButton(QToolButton):
    """Says which division is shown, and offers the others.

    Args:
        offered: tells the divisions, the official one first, and which of them is shown.
        choose: is called with the id of the one that was chosen.
    """

    def __init__(
        self,
        offered: Callable[[], tuple[Sequence[ShownDivision], str | None]],
        choose: Callable[[str | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._offered, self._choose = offered, choose
        self._below: list[QAction] = []
        self.setObjectName("division")
        self.setIcon(icon("division"))
        self.setToolTip(self.tr("选择地图显示和编辑哪一个划分"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def add_below(self, *actions: QAction) -> None:
        """Offer commands below the divisions."""
        self._below += actions

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        offered, shown = self._offered()
        for one in offered:
            action = menu.addAction(one.text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(one.id == shown)
            action.triggered.connect(lambda _checked=False, id_=one.id: self._choose(id_))
            if one.id is None:
                menu.addSeparator()
        menu.addSeparator()
        menu.addActions(self._below)


class PlanBar(QWidget):
    """The line above the map while it shows a plan: which one, and what can be done with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("planBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._picture = IconLabel(20, self)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._buttons: list[QToolButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 4, 10, 4)
        self._layout.setSpacing(_SPACING)
        self._layout.addWidget(self._picture)
        self._layout.addWidget(self.text, 1)
        self.hide()

    def add_action(self, action: QAction) -> None:
        """Put a button at the right end; it is hidden while its command cannot be given."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setVisible(action.isEnabled())
        action.enabledChanged.connect(button.setVisible)
        action.enabledChanged.connect(self._fit)
        self._layout.addWidget(button)
        self._buttons.append(button)

    def say(self, text: str, *, is_rehearsal: bool) -> None:
        """Show a text; an empty one hides the line."""
        self.setProperty("isRehearsal", is_rehearsal)
        for widget in (self, self.text):
            self.style().polish(widget)
        self._picture.show_icon("rehearse" if is_rehearsal else "plan")
        self.text.setText(text)
        self.text.setToolTip(text)
        self.setVisible(bool(text))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return that the line makes no window wider."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the words of the buttons where what is shown has no room beside them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self, *_: object) -> None:
        style = Qt.ToolButtonStyle
        words = self.text.fontMetrics().horizontalAdvance(self.text.text())
        shown = [button for button in self._buttons if not button.isHidden()]
        for button in shown:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        wanted = words + sum(button.sizeHint().width() + _SPACING for button in shown)
        if wanted + _BESIDE > self.width():
            for button in shown:
                button.setToolButtonStyle(style.ToolButtonIconOnly)
