"""Ranges of scales in the style dialog: typed, chosen, or taken from the map."""

import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui.dialogs.style_model import EVERYWHERE, StyleEditor
from gridmap.ui.icons import icon

Denominator = Callable[[], float]
"""Returns the denominator of the scale at which the map is seen now."""
_OFFERED = (500, 1000, 2000, 5000, 10_000, 25_000, 50_000, 100_000, 200_000)
_SCALE = re.compile(r"(?:1\s*[:：/]\s*)?(\d+(?:\.\d+)?)")
_MOST = 100_000_000.0


def parsed_scale(text: str) -> float | None:
    """Return the denominator of "1:5,000", "5000" or "1：2000"; None where it is none."""
    plain = text.replace(",", "").replace("，", "").strip()
    found = _SCALE.fullmatch(plain)
    if found is None:
        return None
    number = float(found[1])
    return number if 1 <= number <= _MOST else None


def scale_text(denominator: float) -> str:
    """Return a scale as people write it."""
    return f"1:{round(denominator):,}"


def rounded_scale(denominator: float) -> float:
    """Return a denominator with two significant digits: nobody wants 1:4,713."""
    step = 10 ** max(len(str(round(denominator))) - 2, 0)
    return float(max(round(denominator / step) * step, 1))


class ScaleBox(QWidget):
    """One end of a range: a scale or no limit, and a button that takes the map's."""

    changed = Signal(float)
    faulty = Signal()
    """What was typed is no scale."""

    def __init__(
        self, name: str, unlimited: float, now: Denominator, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._unlimited = unlimited
        self._now = now
        self._value = unlimited
        self.box = QComboBox(self)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setAccessibleName(name)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(9)
        self.box.addItem(self.tr("不限"), unlimited)
        for denominator in _OFFERED:
            self.box.addItem(scale_text(denominator), float(denominator))
        self.take = QToolButton(self)
        self.take.setIcon(icon("zoom_to"))
        self.take.setToolTip(self.tr("用地图现在的比例尺"))
        self.take.setAccessibleName(self.tr("{name}：用地图现在的比例尺").format(name=name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.take)
        self.setFocusProxy(self.box)
        self.box.activated.connect(lambda row: self._give(float(self.box.itemData(row))))
        line = self.box.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._on_typed)
        self.take.clicked.connect(lambda: self._give(rounded_scale(self._now())))

    def show_value(self, denominator: float) -> None:
        """Show a scale; nobody is told."""
        self._value = denominator
        text = self._text_of(denominator)
        if self.box.currentText() != text:
            self.box.setEditText(text)

    def _text_of(self, denominator: float) -> str:
        is_unlimited = denominator in (0.0, EVERYWHERE)
        return self.box.itemText(0) if is_unlimited else scale_text(denominator)

    def _give(self, denominator: float) -> None:
        self.show_value(denominator)
        self.changed.emit(denominator)

    def _on_typed(self) -> None:
        text = self.box.currentText().strip()
        if text == self._text_of(self._value):
            return
        is_unlimited = text in ("", self.box.itemText(0))
        denominator = self._unlimited if is_unlimited else parsed_scale(text)
        if denominator is None:
            self.faulty.emit()
        else:
            self._give(denominator)


class ScaleRange(QWidget):
    """From the nearest to the farthest scale; what makes no sense is told below."""

    changed = Signal(float, float)
    """The nearest and the farthest denominator."""

    def __init__(self, now: Denominator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nearest, self._farthest = 0.0, EVERYWHERE
        self.nearest = ScaleBox(self.tr("放大到此为止"), 0.0, now, self)
        self.farthest = ScaleBox(self.tr("缩小到此为止"), EVERYWHERE, now, self)
        self.complaint = QLabel(self)
        self.complaint.setObjectName("complaint")
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("放大到此为止"), self.nearest)
        form.addRow(self.tr("缩小到此为止"), self.farthest)
        form.addRow(self.complaint)
        self.nearest.changed.connect(lambda value: self._take(value, self._farthest))
        self.farthest.changed.connect(lambda value: self._take(self._nearest, value))
        for end in (self.nearest, self.farthest):
            end.faulty.connect(self._on_faulty)

    def show_range(self, nearest: float, farthest: float) -> None:
        """Show a range; nobody is told."""
        self._nearest, self._farthest = nearest, farthest
        self.nearest.show_value(nearest)
        self.farthest.show_value(farthest)
        self._complain("")

    def _take(self, nearest: float, farthest: float) -> None:
        if nearest > farthest:
            self._complain(self.tr("“放大”一端的数字要比“缩小”一端的小，例如 1:500 和 1:5,000。"))
            return
        self._nearest, self._farthest = nearest, farthest
        self._complain("")
        self.changed.emit(nearest, farthest)

    def _on_faulty(self) -> None:
        self._complain(self.tr("请写成 1:5000 的样子，或选“不限”。"))

    def _complain(self, text: str) -> None:
        self.complaint.setText(text)
        self.complaint.setVisible(bool(text))


class ScalesPage(QWidget):
    """At which scales the layer is shown, and from where on points are only dots."""

    def __init__(
        self, editor: StyleEditor, now: Denominator, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._now = now
        self.range = ScaleRange(now, self)
        self.range.changed.connect(self._on_range)
        self.dots = ScaleBox(self.tr("缩得比这更小时，只画小点"), EVERYWHERE, now, self)
        self.dots.changed.connect(self._on_dots)
        self.now = QLabel(self)
        self.now.setObjectName("muted")
        heading = QLabel(self.tr("在哪些比例尺下显示这个图层"), self)
        heading.setObjectName("section")
        layout = QVBoxLayout(self)
        layout.addWidget(heading)
        layout.addWidget(self.range)
        if editor.options.has_points:
            second = QLabel(self.tr("缩得比这更小时，只画小点"), self)
            second.setObjectName("section")
            layout.addWidget(second)
            layout.addWidget(self.dots)
        else:
            self.dots.hide()
        layout.addWidget(self.now)
        layout.addStretch()

    def refresh(self) -> None:
        """Show the style as it is now."""
        style = self._editor.style
        self.range.show_range(style.min_denominator, style.max_denominator)
        self.dots.show_value(style.marker_max_denominator)
        self.note_scale()

    def note_scale(self) -> None:
        """Tell the scale of the map."""
        scale = scale_text(self._now())
        self.now.setText(self.tr("地图现在的比例尺：{scale}").format(scale=scale))

    def _on_range(self, nearest: float, farthest: float) -> None:
        held = self._editor.style
        self._editor.change(replace(held, min_denominator=nearest, max_denominator=farthest))

    def _on_dots(self, denominator: float) -> None:
        held = self._editor.style
        self._editor.change(replace(held, marker_max_denominator=denominator))
