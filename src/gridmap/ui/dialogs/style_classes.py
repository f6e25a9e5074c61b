"""Rows told apart by the value of a field: one class a value, coloured by a palette."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.style import Style
from gridmap.report.grading import by_value
from gridmap.report.schemes import MOST_CLASSES, Census, named_values, recoloured, values_of
from gridmap.ui.dialogs.style_inputs import PaletteBox, choice_box, show_choice
from gridmap.ui.dialogs.style_list import ClassList
from gridmap.ui.dialogs.style_model import (
    Display,
    Facts,
    StyleEditor,
    is_copier_safe,
    palette_of,
)
from gridmap.ui.panels.shown import heading

if TYPE_CHECKING:
    from gridmap.model.schema import Field
    from gridmap.report.palettes import PaletteKind

_KINDS: "tuple[PaletteKind, ...]" = ("qualitative",)


def field_items(fields: "tuple[Field, ...]") -> list[tuple[str, str]]:
    """Return fields for a box: (heading, name)."""
    return [(heading(each, current_language()), each.name) for each in fields]


class Counting:
    """How many rows have each value of a field; asked for once a field."""

    def __init__(self, facts: Facts, then: Callable[[], None]) -> None:
        self._facts = facts
        self._then = then
        self._known: dict[str, Census | None] = {}

    def find(self, field: str | None) -> Census | None:
        """Return the values of a field, None while they are not known yet."""
        if field is None:
            return None
        if field not in self._known:
            self._known[field] = None
            self._facts.ask_values(field, lambda census: self.note(field, census))
        return self._known[field]

    def note(self, field: str, census: Census) -> None:
        """Note the values of a field."""
        self._known[field] = census
        self._then()

    def of_classes(self, style: Style) -> tuple[tuple[int, ...], int | None]:
        """Return how many rows each class has, and how many with a value have none."""
        census = self.find(style.by)
        if census is None:
            return (), None
        counts = census.counted(style)
        return counts, census.rows - sum(counts)


class ClassesPart(QWidget):
    """The field, the palette, and the classes."""

    def __init__(
        self, editor: StyleEditor, facts: Facts, counting: Counting, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._facts = facts
        self._counting = counting
        self._asked: str | None = None
        fields = field_items(editor.options.class_fields)
        self.field = choice_box(self.tr("字段"), fields, self.make, self)
        self.colours = PaletteBox(_KINDS, self)
        self.copier = QCheckBox(self.tr("加上图案，黑白复印也分得清(&H)"), self)
        self.again = QPushButton(self.tr("重新分类(&R)"), self)
        self.again.setAutoDefault(False)
        self.again.setToolTip(self.tr("按字段现有的值重新分类，并重新配色"))
        self.list = ClassList(editor, self)
        self.note = QLabel(self)
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.note.hide()
        self._lay_out()
        self.colours.picked.connect(lambda _name: self._recolour())
        self.copier.clicked.connect(lambda _checked: self._recolour())
        self.again.clicked.connect(lambda: self.make(str(self.field.currentData())))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.again)
        form = QFormLayout()
        form.addRow(self.tr("字段"), row)
        form.addRow(self.tr("配色"), self.colours)
        form.addRow("", self.copier)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.list)
        layout.addStretch()

    def begin(self) -> None:
        """Make the first classes: of the first field that has a code table, or of any."""
        self.make(self._editor.options.class_fields[0].name)

    def make(self, name: str) -> None:
        """Make one class for each value of a field."""
        described = self._editor.options.table.get_field(name)
        known = values_of(described)
        self._asked = None
        if known:
            self._set(described, known)
            return
        self._asked = name
        text = self.tr("正在读取“{field}”的值……")
        self._say(text.format(field=heading(described, current_language())))
        self._facts.ask_values(name, lambda census: self._on_values(described, census))

    def refresh(self) -> None:
        """Show the style as it is now."""
        style = self._editor.style
        if self._asked is None and style.by is not None:
            show_choice(self.field, style.by)
        self.colours.show_palette(palette_of(style, _KINDS))
        self.copier.setChecked(is_copier_safe(style))
        for widget in (self.colours, self.copier, self.list):
            widget.setEnabled(bool(style.classes))
        counts, rest = self._counting.of_classes(style)
        self.list.refresh(counts, rest)
        if self._asked is None and style.classes:
            is_cut = bool(rest) and len(style.classes) == MOST_CLASSES
            text = self.tr("值太多：最常见的 {most} 个各成一类，其余归入“其他”。")
            self._say(text.format(most=MOST_CLASSES) if is_cut else "")

    def _on_values(self, described: "Field", census: Census) -> None:
        if self._asked != described.name:
            return
        self.stop_waiting()
        if self._editor.display is not Display.CLASSES:
            return
        self._counting.note(described.name, census)
        if census.values:
            most = census.values[:MOST_CLASSES]
            self._set(described, tuple(value for value, _ in most))
            return
        show_choice(self.field, described.name)
        self._say(self.tr("这个字段还没有填写任何值，请换一个字段。"))

    def stop_waiting(self) -> None:
        """Wait for no answer any more."""
        self._asked = None
        self._say("")

    def _set(self, described: "Field", values: tuple[str, ...]) -> None:
        named = named_values(described, values)
        palette = self.colours.palette_
        made = by_value(self._editor.style, described.name, named, palette)
        colours = palette.sampled(len(named))
        is_safe = self.copier.isChecked()
        self._editor.change(recoloured(made, colours, is_copier_safe=is_safe), place=0)

    def _recolour(self) -> None:
        style = self._editor.style
        colours = self.colours.palette_.sampled(len(style.classes))
        self._editor.change(recoloured(style, colours, is_copier_safe=self.copier.isChecked()))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
