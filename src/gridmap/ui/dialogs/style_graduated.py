"""Rows told apart by a number: classes from little to much, coloured by a ramp."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gridmap.model.style import Graduation, Method
from gridmap.report.grading import graduated
from gridmap.report.palettes import palettes
from gridmap.report.schemes import recoloured
from gridmap.ui.dialogs.style_classes import Counting, field_items
from gridmap.ui.dialogs.style_inputs import PaletteBox, Tiles, choice_box, inset, show_choice
from gridmap.ui.dialogs.style_list import ClassList
from gridmap.ui.dialogs.style_model import Display, Facts, StyleEditor, palette_of
from gridmap.ui.dialogs.style_pictures import TILE, method_picture

if TYPE_CHECKING:
    from gridmap.report.palettes import PaletteKind

_KINDS: "tuple[PaletteKind, ...]" = ("sequential", "diverging")
_FEWEST, _MOST, _USUAL = 2, 9, 5
_FIRST_PALETTE = "heat"


class GraduatedPart(QWidget):
    """The field, how its numbers are cut, the ramp, and the classes."""

    def __init__(
        self, editor: StyleEditor, facts: Facts, counting: Counting, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._facts = facts
        self._counting = counting
        self._asked: tuple[str, Graduation] | None = None
        fields = field_items(editor.options.number_fields)
        self.field = choice_box(self.tr("字段"), fields, lambda name: self._make(field=name), self)
        self.method = Tiles(self.tr("分级方法"), 3, self)
        for method, text in (
            (Method.NATURAL, self.tr("自然断点")),
            (Method.QUANTILE, self.tr("等量")),
            (Method.EQUAL, self.tr("等距")),
        ):
            self.method.add(method, method_picture(method), TILE, text, is_named=True)
        self.method.button(Method.NATURAL).setToolTip(self.tr("自然断点：在数值的空档处分开"))
        self.method.button(Method.QUANTILE).setToolTip(self.tr("等量：每一级的个数差不多"))
        self.method.button(Method.EQUAL).setToolTip(self.tr("等距：每一级的宽度一样"))
        self.count = QSpinBox(self)
        self.count.setRange(_FEWEST, _MOST)
        inset(self.count)
        self.count.setAccessibleName(self.tr("级数"))
        self.colours = PaletteBox(_KINDS, self)
        self.reverse = QCheckBox(self.tr("颜色反过来(&V)"), self)
        self.list = ClassList(editor, self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.hide()
        self._lay_out()
        self.method.chosen.connect(lambda method: self._make(method=method))
        self.count.valueChanged.connect(lambda count: self._make(count=count))
        self.colours.picked.connect(lambda _name: self._recolour())
        self.reverse.clicked.connect(lambda _checked: self._recolour())

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.addWidget(self.count)
        numbers.addStretch()
        numbers.addWidget(self.reverse)
        form = QFormLayout()
        form.addRow(self.tr("字段"), self.field)
        form.addRow(self.tr("方法"), self.method)
        form.addRow(self.tr("级数"), numbers)
        form.addRow(self.tr("配色"), self.colours)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.list)
        layout.addStretch()

    def begin(self) -> None:
        """Make the first classes, of the first field of numbers."""
        self._make(field=self._editor.options.number_fields[0].name)

    def refresh(self) -> None:
        """Show the style as it is now."""
        style = self._editor.style
        if self._asked is None and style.by is not None:
            show_choice(self.field, style.by)
        held = self._held()
        self.method.choose(held.method)
        self.count.blockSignals(True)
        self.count.setValue(held.count)
        self.count.blockSignals(False)
        self.reverse.setChecked(held.is_reversed)
        is_painted = bool(style.classes) and self._asked is None
        palette = palette_of(style, _KINDS) if is_painted else held.palette
        self.colours.show_palette(palette, is_reversed=held.is_reversed)
        for widget in (self.colours, self.reverse, self.list):
            widget.setEnabled(bool(style.classes))
        self.list.refresh(*self._counting.of_classes(style))

    def _held(self) -> Graduation:
        """Return how the classes are made, or will be."""
        if self._asked is not None:
            return self._asked[1]
        style = self._editor.style
        if style.graduation is not None:
            return style.graduation
        count = min(max(len(style.classes), _FEWEST), _MOST) if style.classes else _USUAL
        palette = palette_of(style, _KINDS) if style.classes else None
        return Graduation(Method.NATURAL, count, palette or _FIRST_PALETTE)

    def _make(
        self, *, field: str | None = None, method: Method | None = None, count: int | None = None
    ) -> None:
        held = self._held()
        name = field or (self._asked[0] if self._asked else str(self.field.currentData()))
        wanted = replace(held, method=method or held.method, count=count or held.count)
        asked = name, wanted
        self._asked = asked
        self._say(self.tr("正在计算分级……"), is_wrong=False)
        self._facts.ask_bounds(
            name, wanted.method, wanted.count, lambda bounds: self._on_bounds(asked, bounds)
        )

    def _on_bounds(self, asked: tuple[str, Graduation], bounds: tuple[float, ...]) -> None:
        if asked is not self._asked:
            return
        self.stop_waiting()
        if self._editor.display is not Display.GRADUATED:
            return
        name, wanted = asked
        show_choice(self.field, name)
        if not bounds:
            self._say(self.tr("这个字段还没有填写任何数字，请换一个字段。"), is_wrong=True)
            return
        text = self.tr("不同的数字不够多，只分得出 {number} 级。").format(number=len(bounds))
        self._say(text if len(bounds) < wanted.count else "", is_wrong=False)
        palette = palettes()[wanted.palette]
        made = graduated(self._editor.style, name, bounds, wanted, palette)
        colours = palette.sampled(len(bounds))
        colours = colours[::-1] if wanted.is_reversed else colours
        self._editor.change(recoloured(made, colours, is_copier_safe=False), place=0)

    def stop_waiting(self) -> None:
        """Wait for no answer any more."""
        self._asked = None
        self._say("", is_wrong=False)

    def _say(self, text: str, *, is_wrong: bool) -> None:
        self.note.setObjectName("complaint" if is_wrong else "muted")
        self.note.style().polish(self.note)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _recolour(self) -> None:
        style = self._editor.style
        wanted = replace(
            self._held(), palette=self.colours.name, is_reversed=self.reverse.isChecked()
        )
        colours = palettes()[wanted.palette].sampled(len(style.classes))
        colours = colours[::-1] if wanted.is_reversed else colours
        painted = recoloured(style, colours, is_copier_safe=False)
        self._editor.change(replace(painted, graduation=wanted))
