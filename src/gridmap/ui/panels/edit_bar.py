"""The line above the map with the tools that edit cells."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gridmap.ui.icons import icon

_ICON = QSize(20, 20)


class EditBar(QWidget):
    """One button for each tool; that of the tool at work is held down."""

    closed = Signal()

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("网格编辑工具栏"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 8, 3)
        layout.setSpacing(2)
        self.buttons: dict[QAction, QToolButton] = {}
        for action in actions:
            button = QToolButton(self)
            button.setIconSize(_ICON)
            button.setIcon(action.icon())
            button.setText(action.iconText())
            button.setToolTip(action.toolTip())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCheckable(True)
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            layout.addWidget(button)
            self.buttons[action] = button
        layout.addStretch(1)
        close = QToolButton(self)
        close.setIcon(icon("close"))
        close.setToolTip(self.tr("关闭网格编辑工具栏"))
        close.setAccessibleName(close.toolTip())
        close.clicked.connect(self.closed)
        layout.addWidget(close)

    def mark(self, at_work: QAction | None) -> None:
        """Hold down the button of the tool at work."""
        for action, button in self.buttons.items():
            button.setChecked(action is at_work)
