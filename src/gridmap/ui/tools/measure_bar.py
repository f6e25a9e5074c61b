"""The panel over the map that tells what is measured, and copies it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gridmap.services.measure import Measured, area_in_all_units, bearing_text, length_text
from gridmap.ui.icons import IconLabel, icon
from gridmap.ui.tools.floating import Floating

_BUTTON = QSize(18, 18)


class MeasureBar(Floating):
    """Two lines: the result, and pale below it the map's own figures beside those of the ground."""

    copy_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, over: QWidget, *, is_area: bool) -> None:
        super().__init__(over)
        self._is_area = is_area
        picture = IconLabel(22, self, "measure_area" if is_area else "measure_length")
        self.result = QLabel(self)
        self.result.setObjectName("floatingText")
        self.beside = QLabel(self)
        self.beside.setObjectName("muted")
        self.beside.setToolTip(
            self.tr("大数是椭球面上的实地尺寸；平面尺寸按地图投影计算，离中央经线越远差得越多。")
        )
        self.copy = self._button("copy", self.tr("复制结果（Ctrl+C）"))
        self.copy.clicked.connect(self.copy_wanted)
        close = self._button("close", self.tr("结束量测（Esc）"))
        close.clicked.connect(self.close_wanted)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(self.result)
        lines.addWidget(self.beside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(picture)
        layout.addLayout(lines, 1)
        layout.addWidget(self.copy)
        layout.addWidget(close)
        self.show_measured(Measured(is_area))
        self.show()
        self.place()

    def show_measured(self, measured: Measured) -> None:
        """Show what is measured so far."""
        if not measured.legs:
            begin = self.tr("点击地图开始量面积") if self._is_area else self.tr("点击地图开始量距")
            self.result.setText(begin)
            self.beside.setText(
                self.tr("双击或回车结束，右键或退格键退一步，Esc 退出；按住 Ctrl 不捕捉顶点")
            )
        else:
            self.result.setText(self._result(measured))
            self.beside.setText("    ".join(self._beside(measured)))
        self.copy.setEnabled(bool(measured.legs))
        self.place()

    def wrap(self, *, is_wrapped: bool) -> None:
        """Write the figures in more lines where the map is narrow."""
        for label in (self.result, self.beside):
            label.setWordWrap(is_wrapped)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # the layout within it learns of it no other way

    def _result(self, measured: Measured) -> str:
        if not self._is_area:
            return self.tr("总长 {length}").format(length=length_text(measured.ground_m))
        if measured.is_crossed:
            return self.tr("边线相交，算不出面积")
        if not measured.ground_m2:
            return self.tr("再点一个角就有面积")
        return str(area_in_all_units(measured.ground_m2))

    def _beside(self, measured: Measured) -> list[str]:
        told: list[str] = []
        if not self._is_area:
            last = measured.legs[-1]
            told.append(
                self.tr("平面 {length}（差 {difference:+.2f} 米）").format(
                    length=length_text(measured.plane_m),
                    difference=measured.plane_m - measured.ground_m,
                )
            )
            told.append(
                self.tr("末段 {length}，方位角 {bearing}").format(
                    length=length_text(last.ground_m), bearing=bearing_text(last.bearing_deg)
                )
            )
            return told
        told.append(self.tr("周长 {length}").format(length=length_text(measured.ground_m)))
        if measured.ground_m2 and not measured.is_crossed:
            told.append(
                self.tr("平面面积 {area:,.1f} 平方米（差 {difference:+.1f}）").format(
                    area=measured.plane_m2, difference=measured.plane_m2 - measured.ground_m2
                )
            )
        return told

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(_BUTTON)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the map's while measuring
        return button
