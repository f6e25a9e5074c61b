"""One row in full, and its history, as lines to be shown; plain Python."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import RowChange
from gridmap.model.schema import Table
from gridmap.services.layers import RowDetails
from gridmap.ui.panels.shown import heading, local_time, shown
from gridmap.ui.words import translate

_HECTARE_M2 = 10_000
_KM_M = 1_000


@dataclass(frozen=True)
class Line:
    """One line: a heading and a value; ``target`` is the (table, id) that it refers to."""

    title: str
    value: str
    target: tuple[str, str] | None = None


@dataclass(frozen=True)
class ChangeLines:
    """One change of a row: what was done, when, by whom, and column by column."""

    title: str
    when: str
    author: str
    columns: tuple[tuple[str, str, str], ...]


def row_lines(row: RowDetails, language: Language) -> list[Line]:
    """Return what is known of a row; fields without a value are left out."""
    table = TABLE_BY_NAME[row.table]
    lines = []
    for field in table.fields:
        value = row.values.get(field.name)
        text = row.labels.get(field.name) or shown(field, value, language)
        if text:
            target = (field.refers_to, str(value)) if field.refers_to else None
            lines.append(Line(heading(field, language), text, target))
    if row.area_m2:
        lines.append(Line(translate("Details", "面积"), area(row.area_m2)))
    if row.length_m:
        lines.append(Line(translate("Details", "长度"), length(row.length_m)))
    return [*lines, *_extra_lines(row.extra)]


def area(area_m2: float) -> str:
    """Return an area in a unit that fits."""
    if area_m2 < 10 * _HECTARE_M2:
        return f"{area_m2:,.1f} m²"
    return f"{area_m2 / _HECTARE_M2:,.2f} " + translate("Details", "公顷")


def length(length_m: float) -> str:
    """Return a length in a unit that fits."""
    return f"{length_m:,.1f} m" if length_m < 10 * _KM_M else f"{length_m / _KM_M:,.2f} km"


def change_lines(table: str, changes: Sequence[RowChange], language: Language) -> list[ChangeLines]:
    """Return the history of a row, the newest change first."""
    described = TABLE_BY_NAME[table]
    return [_one_change(described, change, language) for change in reversed(changes)]


def _one_change(table: Table, change: RowChange, language: Language) -> ChangeLines:
    record = change.transaction
    columns = tuple(
        (
            _column_title(table, name, language),
            _value_text(table, name, change.before.get(name), language),
            _value_text(table, name, change.after.get(name), language),
        )
        for name in dict.fromkeys((*change.before, *change.after))
    )
    title = record.intention.render(language)
    return ChangeLines(title, local_time(record.at), record.author, columns)


def _column_title(table: Table, name: str, language: Language) -> str:
    if name in table.field_names:
        return heading(table.get_field(name), language)
    return translate("Details", "位置和形状") if name == "geom" else name


def _value_text(table: Table, name: str, value: Any, language: Language) -> str:
    if value is None:
        return "—"
    if isinstance(value, bytes):
        return translate("Details", "（图形）")
    if name in table.field_names:
        return shown(table.get_field(name), value, language) or "—"
    return str(value)


def _extra_lines(extra: str | None) -> list[Line]:
    """Return what a file brought along that has no field here."""
    try:
        held = json.loads(extra or "{}")
    except ValueError:
        return []
    if not isinstance(held, dict):
        return []
    return [Line(str(key), str(value)) for key, value in held.items() if value not in (None, "")]
