"""Rows told apart by rules: what a row must be like, and at which scales; the first one counts."""

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.schema import Choice, Field, Kind
from gridmap.model.style import Comparison, Condition, StyleClass
from gridmap.report.palettes import palettes
from gridmap.report.schemes import (
    coloured,
    comparisons_for,
    first_condition,
    rule_names,
    values_of,
    with_conditions,
)
from gridmap.ui.dialogs.style_classes import field_items
from gridmap.ui.dialogs.style_inputs import choice_box, show_choice
from gridmap.ui.dialogs.style_list import ClassList
from gridmap.ui.dialogs.style_model import EVERYWHERE, StyleEditor, is_number, with_class
from gridmap.ui.dialogs.style_scales import Denominator, ScaleRange
from gridmap.ui.icons import icon
from gridmap.ui.panels.shown import heading, shown
from gridmap.ui.words import translate

_MOST_CONDITIONS = 6
_SMALL = QSize(14, 14)


def comparison_text(comparison: Comparison) -> str:
    """Return a comparison in words."""
    return {
        Comparison.IS: translate("StyleRules", "是"),
        Comparison.IS_NOT: translate("StyleRules", "不是"),
        Comparison.BELOW: translate("StyleRules", "小于"),
        Comparison.FROM: translate("StyleRules", "不小于"),
        Comparison.HAS: translate("StyleRules", "包含"),
        Comparison.MISSING: translate("StyleRules", "没有填写"),
    }[comparison]


class ConditionRow(QWidget):
    """One condition: field, comparison, value."""

    changed = Signal(object)
    removed = Signal()

    def __init__(self, editor: StyleEditor, condition: Condition, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = editor.options.table
        self._condition = condition
        fields = field_items(editor.options.rule_fields)
        self.field = choice_box(self.tr("字段"), fields, self._on_field, self)
        self.comparison = choice_box(self.tr("比较"), [], self._on_comparison, self)
        self.choice = choice_box(self.tr("值"), [], self._on_choice, self)
        self.text = QLineEdit(self)
        self.text.setAccessibleName(self.tr("值"))
        self.text.setMinimumWidth(70)
        self.text.editingFinished.connect(self._on_text)
        self.remove = QToolButton(self)
        self.remove.setIcon(icon("close"))
        self.remove.setIconSize(_SMALL)
        self.remove.setToolTip(self.tr("去掉这个条件"))
        self.remove.setAccessibleName(self.tr("去掉这个条件"))
        self.remove.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field, 4)
        layout.addWidget(self.comparison, 3)
        layout.addWidget(self.choice, 4)
        layout.addWidget(self.text, 4)
        layout.addWidget(self.remove)
        self.show_condition(condition)

    def show_condition(self, condition: Condition) -> None:
        """Show a condition; nobody is told."""
        self._condition = condition
        described = self._table.get_field(condition.field)
        show_choice(self.field, condition.field)
        self.comparison.clear()
        for each in comparisons_for(described):
            self.comparison.addItem(comparison_text(each), each)
        show_choice(self.comparison, condition.comparison)
        known = values_of(described)
        is_asked = condition.comparison is not Comparison.MISSING
        self.choice.setVisible(bool(known) and is_asked)
        self.text.setVisible(not known and is_asked)
        self.choice.clear()
        for value in known:
            self.choice.addItem(_choice_text(described, value), value)
        show_choice(self.choice, condition.value)
        if not self.text.hasFocus():
            self.text.setText(_value_text(condition.value))

    def _on_field(self, name: str) -> None:
        self.changed.emit(first_condition(self._table.get_field(name)))

    def _on_comparison(self, comparison: Comparison) -> None:
        described = self._table.get_field(self._condition.field)
        value = self._condition.value
        if comparison is Comparison.MISSING:
            value = None
        elif value is None:
            known = values_of(described)
            value = known[0] if known else (0.0 if is_number(described) else "")
        self._give(replace(self._condition, comparison=comparison, value=value))

    def _on_choice(self, value: str) -> None:
        self._give(replace(self._condition, value=value))

    def _on_text(self) -> None:
        described = self._table.get_field(self._condition.field)
        text = self.text.text().strip()
        if is_number(described):
            try:
                self._give(replace(self._condition, value=float(text.replace(",", ""))))
            except ValueError:
                self.text.setText(_value_text(self._condition.value))
            return
        self._give(replace(self._condition, value=text))

    def _give(self, condition: Condition) -> None:
        """Tell the condition, or wait for its value: "contains nothing" asks for nothing."""
        if condition.comparison is not Comparison.MISSING and condition.value == "":
            self.show_condition(condition)
            self.text.setPlaceholderText(self.tr("请填写"))
            self.text.setFocus()
            return
        if condition != self._condition or condition.value == "":
            self.changed.emit(condition)


def _choice_text(described: Field, value: str) -> str:
    if described.kind is Kind.YES_NO:
        return shown(described, int(value), current_language())
    found: Choice = next(each for each in described.choices if each.value == value)
    return heading(found, current_language())


def _value_text(value: str | float | None) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else value


class RulesPart(QWidget):
    """The rules in their order, and below them the conditions and scales of the chosen one."""

    def __init__(self, editor: StyleEditor, now: Denominator, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._rows: list[ConditionRow] = []
        self.intro = QLabel(self.tr("从上往下，先符合哪一条就按哪一条显示。"), self)
        self.intro.setObjectName("muted")
        self.add = QPushButton(self.tr("添加规则(&A)"), self)
        self.add.setAutoDefault(False)
        self.list = ClassList(editor, self)
        self.box = QGroupBox(self.tr("这条规则的条件"), self)
        self.add_condition = QPushButton(self.tr("再加一个条件(&J)"), self.box)
        self.add_condition.setAutoDefault(False)
        self.range = ScaleRange(now, self.box)
        self.note = QLabel(self.box)
        self.note.setObjectName("complaint")
        self.note.setWordWrap(True)
        self.note.hide()
        self._conditions = QVBoxLayout()
        self._lay_out()
        self.add.clicked.connect(self.add_rule)
        self.add_condition.clicked.connect(self._on_more)
        self.range.changed.connect(self._on_range)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.intro, 1)
        top.addWidget(self.add)
        more = QHBoxLayout()
        more.addWidget(self.add_condition)
        more.addStretch()
        inside = QVBoxLayout(self.box)
        inside.addLayout(self._conditions)
        inside.addLayout(more)
        inside.addWidget(self.note)
        about = QLabel(self.tr("只在这些比例尺下起作用"), self.box)
        about.setObjectName("section")
        inside.addWidget(about)
        inside.addWidget(self.range)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.list)
        layout.addWidget(self.box)
        layout.addStretch()

    def begin(self) -> None:
        """Make the first rule."""
        self.add_rule()

    def add_rule(self) -> None:
        """Put a rule before the chosen one's successor, in a colour of its own."""
        style, options = self._editor.style, self._editor.options
        first = first_condition(options.rule_fields[0])
        zh, en = rule_names(options.table, [first])
        colours = next(iter(palettes().values())).colours
        colour = colours[len(style.classes) % len(colours)]
        geometry = options.table.geometry
        symbol = coloured(style.symbol, colour, geometry, is_frame=style.is_border)
        rule = StyleClass(symbol, where=(first,), zh=zh, en=en)
        at = min(self._editor.place + 1, len(style.classes)) if style.classes else 0
        classes = (*style.classes[:at], rule, *style.classes[at:])
        changed = replace(style, by=None, classes=classes, graduation=None)
        self._editor.change(changed, place=at)

    def refresh(self) -> None:
        """Show the style as it is now."""
        self.list.refresh()
        rule = self._editor.class_
        self.box.setVisible(rule is not None)
        if rule is None:
            return
        where = rule.where
        while len(self._rows) > len(where):
            row = self._rows.pop()
            self._conditions.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, condition in enumerate(where):
            if place < len(self._rows):
                self._rows[place].show_condition(condition)
            else:
                self._add_row(place, condition)
        for row in self._rows:
            row.remove.setEnabled(len(where) > 1 or _has_scales(rule))
        self.add_condition.setEnabled(len(where) < _MOST_CONDITIONS)
        self.range.show_range(rule.min_denominator, rule.max_denominator)

    def _add_row(self, place: int, condition: Condition) -> None:
        row = ConditionRow(self._editor, condition, self.box)
        row.changed.connect(lambda changed: self._set(place, changed))
        row.removed.connect(lambda: self._set(place, None))
        self._conditions.addWidget(row)
        self._rows.append(row)

    def _set(self, place: int, condition: Condition | None) -> None:
        rule = self._editor.class_
        if rule is None:
            return
        where = list(rule.where)
        where[place : place + 1] = [] if condition is None else [condition]
        self._change(tuple(where))

    def _on_more(self) -> None:
        rule = self._editor.class_
        if rule is not None:
            first = first_condition(self._editor.options.rule_fields[0])
            self._change((*rule.where, first))

    def _change(self, where: tuple[Condition, ...]) -> None:
        style, place = self._editor.style, self._editor.place
        self._editor.change(with_class(style, place, with_conditions(style, place, where)))

    def _on_range(self, nearest: float, farthest: float) -> None:
        rule, place = self._editor.class_, self._editor.place
        if rule is None:
            return
        changed = replace(rule, min_denominator=nearest, max_denominator=farthest)
        is_empty = not changed.where and not _has_scales(changed)
        self.note.setText(self.tr("一条规则至少要有一个条件，或者一个比例尺。"))
        self.note.setVisible(is_empty)
        if not is_empty:
            self._editor.change(with_class(self._editor.style, place, changed))


def _has_scales(rule: StyleClass) -> bool:
    return bool(rule.min_denominator) or rule.max_denominator != EVERYWHERE
