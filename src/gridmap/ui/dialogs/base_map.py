"""What can be set about the base map: how strong, in which coordinates, how quick."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSlider, QWidget

from gridmap.services.basemaps import BaseMap, BaseMapRequest
from gridmap.ui.dialogs.form import FormDialog


class BaseMapDialog(FormDialog):
    """Opacity (at once), the datum of its coordinates, its CRS, and its overviews."""

    opacity_changed = Signal(float)
    overviews_wanted = Signal()
    zoom_wanted = Signal()

    def __init__(self, parent: QWidget | None, opened: BaseMap) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("底图设置"))
        self._opened = opened
        facts, request = opened.facts, opened.request
        kinds = {
            "tiles": self.tr("图片瓦片"),
            "vectors": self.tr("矢量瓦片"),
            "raster": self.tr("影像"),
        }
        self._intro.setText(f"{facts.name} · {kinds[facts.kind]}\n{request.path}")
        self._intro.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.agree.setText(self.tr("确定(&O)"))
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setValue(round(request.opacity * 100))
        self.opacity.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        self.datum = QComboBox(self)
        self.datum.addItem(self.tr("WGS 84、CGCS2000（不偏移）"), "wgs84")
        self.datum.addItem(self.tr("GCJ-02（高德、腾讯）"), "gcj02")
        self.datum.addItem(self.tr("BD-09（百度）"), "bd09")
        self.datum.setCurrentIndex(self.datum.findData(request.datum))
        self.crs = QLineEdit(self)
        self.crs.setPlaceholderText(self.tr("按文件所写"))
        self.crs.setText("" if request.crs is None else str(request.crs))
        self.form.addRow(self.tr("不透明度(&A)"), self.opacity)
        self.form.addRow(self.tr("底图的坐标(&D)"), self.datum)
        self.zoom = self._button(self.tr("缩放到底图(&Z)"))
        self.zoom.setEnabled(facts.extent is not None)
        self.zoom.clicked.connect(self.zoom_wanted)
        if facts.kind == "raster":
            self.form.addRow(self.tr("坐标系 EPSG(&E)"), self.crs)
        if facts.attribution:
            said = QLabel(facts.attribution, self)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setWordWrap(True)
            self.form.addRow(self.tr("来源"), said)
        self.form.addRow("", self.zoom)
        if facts.needs_overviews:
            self.overviews = self._button(self.tr("建立概视图，让缩小时显示得快(&B)"))
            self.overviews.clicked.connect(self.overviews_wanted)
            self.form.addRow("", self.overviews)
        self.opacity.setFocus()

    def find_fault(self) -> str:
        """Return what is missing or wrong, nothing where all is well."""
        text = self.crs.text().strip().removeprefix("EPSG:")
        if text and not text.isdigit():
            return self.tr("坐标系请写 EPSG 代码，例如 4548；留空则按文件所写。")
        return ""

    def request(self) -> BaseMapRequest:
        """Return what the user wants."""
        text = self.crs.text().strip().removeprefix("EPSG:")
        return BaseMapRequest(
            self._opened.request.path,
            self.datum.currentData(),
            int(text) if text else None,
            self.opacity.value() / 100,
        )

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button
