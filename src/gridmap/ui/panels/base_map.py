"""The base map's line below the layers: what lies there, how strongly, and away with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from gridmap.ui.icons import icon


class BaseMapBar(QWidget):
    """One line; hidden while there is no base map."""

    opacity_changed = Signal(float)
    settings_wanted = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = QToolButton(self)
        self.settings.setIcon(icon("basemap"))
        self.settings.setToolTip(self.tr("底图设置"))
        self.settings.setAccessibleName(self.tr("底图设置"))
        self.settings.clicked.connect(self.settings_wanted)
        self.name = QLabel(self)
        self.name.setMinimumWidth(60)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setMaximumWidth(110)
        self.opacity.setAccessibleName(self.tr("底图的不透明度"))
        self.opacity.setToolTip(self.tr("底图的不透明度"))
        self.opacity.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        self.remove = QToolButton(self)
        self.remove.setIcon(icon("close"))
        self.remove.setToolTip(self.tr("去掉底图"))
        self.remove.setAccessibleName(self.tr("去掉底图"))
        self.remove.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self.settings)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.opacity)
        layout.addWidget(self.remove)
        self.hide()

    def show_base_map(self, name: str, tip: str, opacity: float) -> None:
        """Show what lies there; without a name the line is hidden."""
        self.setVisible(bool(name))
        text = self.tr("底图：{name}").format(name=name)
        self.name.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 150))
        self.name.setToolTip(tip)
        self.opacity.blockSignals(True)
        self.opacity.setValue(round(opacity * 100))
        self.opacity.blockSignals(False)
