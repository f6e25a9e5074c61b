"""The page of the style dialog on labels: which field, how it is written, at which scales."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from gridmap.model.style import Label
from gridmap.ui.dialogs.style_classes import field_items
from gridmap.ui.dialogs.style_colours import ColourButton
from gridmap.ui.dialogs.style_inputs import choice_box, number_box, show_choice, show_number
from gridmap.ui.dialogs.style_model import StyleEditor, first_label, with_label
from gridmap.ui.dialogs.style_scales import Denominator, ScaleRange

_NO_HALO = "#00FFFFFF"
_MOST_PRIORITY = 100


class LabelPage(QWidget):
    """Whether there are labels, and what they are like."""

    def __init__(
        self, editor: StyleEditor, now: Denominator, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._kept: Label | None = editor.style.label
        self.shown = QCheckBox(self.tr("在地图上写出文字(&L)"), self)
        self.body = QWidget(self)
        fields = field_items(editor.options.label_fields)
        self.field = choice_box(
            self.tr("字段"), fields, lambda name: self._set(field=name), self.body
        )
        self.letter = number_box(self.tr("字号"), 6.0, 40.0, self.body, step=0.5, decimals=1)
        self.bold = QCheckBox(self.tr("加粗(&B)"), self.body)
        self.colour = ColourButton(self.tr("文字颜色"), self.body, is_optional=False)
        self.halo = ColourButton(self.tr("描边颜色"), self.body, is_optional=True)
        self.priority = QSlider(Qt.Orientation.Horizontal, self.body)
        self.priority.setRange(0, _MOST_PRIORITY)
        self.priority.setPageStep(10)
        self.priority.setAccessibleName(self.tr("优先程度"))
        self.priority.setToolTip(self.tr("文字挤在一起时，优先的先写，其余的不写"))
        self.range = ScaleRange(now, self.body)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        sizes = QHBoxLayout()
        sizes.addWidget(self.letter)
        sizes.addWidget(self.bold)
        sizes.addStretch()
        colours = QHBoxLayout()
        colours.addWidget(self.colour)
        colours.addSpacing(12)
        colours.addWidget(QLabel(self.tr("描边"), self.body))
        colours.addWidget(self.halo)
        colours.addStretch()
        priority = QHBoxLayout()
        priority.addWidget(QLabel(self.tr("低"), self.body))
        priority.addWidget(self.priority, 1)
        priority.addWidget(QLabel(self.tr("高"), self.body))
        form = QFormLayout()
        form.addRow(self.tr("字段"), self.field)
        form.addRow(self.tr("字号"), sizes)
        form.addRow(self.tr("颜色"), colours)
        form.addRow(self.tr("优先"), priority)
        heading = QLabel(self.tr("在哪些比例尺下写出来"), self.body)
        heading.setObjectName("section")
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(form)
        inside.addWidget(heading)
        inside.addWidget(self.range)
        layout = QVBoxLayout(self)
        layout.addWidget(self.shown)
        layout.addWidget(self.body)
        layout.addStretch()

    def _connect(self) -> None:
        self.shown.clicked.connect(self._on_shown)
        self.letter.valueChanged.connect(self._on("size"))
        self.bold.clicked.connect(self._on("bold"))
        self.colour.chosen.connect(self._on("colour"))
        self.halo.chosen.connect(lambda colour: self._set(halo=colour or _NO_HALO))
        self.priority.valueChanged.connect(self._on("priority"))
        self.range.changed.connect(
            lambda near, far: self._set(min_denominator=near, max_denominator=far)
        )

    def refresh(self) -> None:
        """Show the style as it is now."""
        label = self._editor.style.label
        self.shown.setChecked(label is not None)
        self.body.setEnabled(label is not None)
        shown = label or self._kept or first_label(self._editor.style)
        if label is not None:
            self._kept = label
        if shown is None:
            self.shown.setEnabled(False)
            return
        show_choice(self.field, shown.field)
        show_number(self.letter, shown.size)
        self.priority.blockSignals(True)
        self.priority.setValue(shown.priority)
        self.priority.blockSignals(False)
        self.bold.setChecked(shown.bold)
        self.colour.show_colour(shown.colour)
        self.halo.show_colour(None if shown.halo == _NO_HALO else shown.halo)
        self.range.show_range(shown.min_denominator, shown.max_denominator)

    def _on_shown(self, is_shown: bool) -> None:
        style = self._editor.style
        label = (self._kept or first_label(style)) if is_shown else None
        self._editor.change(with_label(style, label))

    def _on(self, name: str) -> Callable[[Any], None]:
        return lambda value: self._set(**{name: value})

    def _set(self, **values: Any) -> None:
        style = self._editor.style
        if style.label is None:
            return
        key = next(iter(values))
        changed = replace(style.label, **values)
        if "field" in values:  # what shortens the old field's text says nothing of the new one's
            changed = replace(changed, last=0, after="")
        is_sliding = key in ("size", "priority")
        self._editor.change(with_label(style, changed), f"label.{key}" if is_sliding else "")
