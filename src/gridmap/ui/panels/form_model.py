"""A form for one or many rows: what each field shows, what was touched; plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Field, Kind, Sensitivity, Table
from gridmap.model.upkeep import PLACED, is_kept
from gridmap.services.features import Shared
from gridmap.services.values import check_value
from gridmap.ui.panels.shown import heading, shown

_NOTHING = Shared()


@dataclass(frozen=True)
class FormLine:
    """One field of a form: what stands there at first."""

    field: Field
    title: str
    text: str = ""
    is_mixed: bool = False
    is_kept: bool = False
    is_sensitive: bool = False
    is_placed: bool = False
    """Whether the value follows from the place of a new row, where none is given."""


@dataclass
class Form:
    """What is typed into a form for rows of one table; no ids stand for a row that is to be."""

    table: Table
    ids: tuple[str, ...]
    lines: tuple[FormLine, ...]
    typed: dict[str, str] = field(default_factory=dict)
    """What was typed, by field; of a reference that was chosen from the list its id."""

    @property
    def is_new(self) -> bool:
        """Return whether the row is still to be made."""
        return not self.ids

    @property
    def is_touched(self) -> bool:
        """Return whether something would be written."""
        return bool(self.typed)

    def line(self, name: str) -> FormLine:
        """Return the line of a field."""
        return next(line for line in self.lines if line.field.name == name)

    def type(self, name: str, text: str) -> str:
        """Note what is typed into a field; return what is wrong with it, or nothing.

        What is typed back to what stood there is no change, but for mixed values.
        """
        line = self.line(name)
        if text == line.text and not line.is_mixed:
            self.typed.pop(name, None)
        else:
            self.typed[name] = text
        return self.fault(name)

    def fault(self, name: str) -> str:
        """Return what is wrong with a field as it is, or nothing."""
        line = self.line(name)
        if name not in self.typed and not (self.is_new and line.field.required):
            return ""
        checked = check_value(line.field, self.typed.get(name, line.text))
        return str(checked.fault) if checked.fault is not None else ""

    def faults(self) -> dict[str, str]:
        """Return what is wrong, by field."""
        found = {line.field.name: self.fault(line.field.name) for line in self.lines}
        return {name: text for name, text in found.items() if text}


def make_form(
    table: str, ids: tuple[str, ...], values: Mapping[str, Shared], language: Language
) -> Form:
    """Return a form that shows what rows have; fields that the program keeps are last."""
    described = TABLE_BY_NAME[table]
    lines = [
        _line(described, one, values.get(one.name, _NOTHING), language) for one in described.fields
    ]
    if not ids:
        lines = [
            replace(line, is_placed=(table, line.field.name) in PLACED)
            for line in lines
            if not line.is_kept
        ]
    lines.sort(key=lambda line: line.is_kept)
    return Form(described, ids, tuple(lines))


def _line(table: Table, described: Field, held: Shared, language: Language) -> FormLine:
    return FormLine(
        described,
        heading(described, language),
        "" if held.is_mixed else text_of(described, held.value, held.label, language),
        held.is_mixed,
        is_kept(table, described),
        described.sensitivity is Sensitivity.SENSITIVE,
    )


def text_of(described: Field, value: Any, label: str, language: Language) -> str:
    """Return a value as it is typed: no thousands, no units."""
    if value is None:
        return ""
    if described.refers_to is not None:
        return label
    if described.choices or described.kind in (Kind.YES_NO, Kind.MOMENT):
        return shown(described, value, language)
    if described.kind is Kind.REAL and isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)
