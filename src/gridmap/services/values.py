"""Values as people type them, checked against the schema: a value, or what is wrong with it."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text, Wording, current_language
from gridmap.exchange import spellings
from gridmap.model.schema import Field, Kind, Table
from gridmap.model.upkeep import NARROWED, is_counted, is_kept
from gridmap.services import value_texts as texts
from gridmap.store import lookups
from gridmap.store.engine import sqlite

_WHOLE = re.compile(r"[+-]?\d{1,18}")
_REAL = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_YEARS = (1840, 2200)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_CLOCK_FIELDS = frozenset({"opens", "closes"})
_LONGEST = 10_000
_LONGEST_CODE = 64
_SEVERITY = (1, 3)


@dataclass(frozen=True)
class Checked:
    """A value as it is stored; or, where ``fault`` says so, none that can be."""

    value: Any = None
    fault: Text | None = None


def title(described: Field | Table) -> Wording:
    """Return what a field or a table is called, in both languages."""
    return Wording(described.zh, described.en)


def check_value(field: Field, typed: Any) -> Checked:
    """Return what is stored for a value as it was typed, or one sentence about what is wrong.

    Nothing typed is a missing value. References are checked only for being an id at all: whether
    there is such a row is known to the workspace, see ``resolve``.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return Checked(fault=texts.is_required(field=title(field))) if field.required else Checked()
    text = typed.strip() if isinstance(typed, str) else str(spellings.to_text(typed))
    if field.choices:
        return _choice(field, text)
    if field.kind in (Kind.INTEGER, Kind.REAL):
        return _number(field, text)
    if field.kind is Kind.YES_NO:
        answer = spellings.to_yes_no(text)
        wrong = isinstance(answer, spellings.Lost)
        return Checked(fault=texts.no_yes_no(field=title(field))) if wrong else Checked(answer)
    if field.kind is Kind.DATE:
        return _date(field, text)
    if field.kind is Kind.MOMENT:
        moment = spellings.to_moment(text)
        wrong = not isinstance(moment, str)
        return Checked(fault=texts.no_moment(field=title(field))) if wrong else Checked(moment)
    return _text(field, text)


def _choice(field: Field, text: str) -> Checked:
    for choice in field.choices:
        if text.casefold() in (choice.value.casefold(), choice.zh, choice.en.casefold()):
            return Checked(choice.value)
    is_chinese = current_language() == "zh"
    known = [choice.zh if is_chinese else choice.en for choice in field.choices]
    separator = "、" if is_chinese else ", "
    return Checked(fault=texts.no_choice(field=title(field), known=separator.join(known)))


def _number(field: Field, text: str) -> Checked:
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text)).strip()
    if field.kind is Kind.INTEGER:
        if _WHOLE.fullmatch(plain) is None:
            return Checked(fault=texts.no_whole_number(field=title(field)))
        number: int | float = int(plain)
    else:
        if _REAL.fullmatch(plain) is None:
            return Checked(fault=texts.no_number(field=title(field)))
        number = float(plain)
    if number < 0 and is_counted(field):
        return Checked(fault=texts.below_zero(field=title(field)))
    least, most = _YEARS if field.name.endswith("_year") else (None, None)
    if field.name == "severity":
        least, most = _SEVERITY
    if least is not None and most is not None and not least <= number <= most:
        return Checked(fault=texts.out_of_range(field=title(field), least=least, most=most))
    return Checked(number)


def _date(field: Field, text: str) -> Checked:
    day, was_completed = spellings.to_date(text)
    if not isinstance(day, str) or was_completed:
        example = datetime.date(2026, 11, 24).isoformat()
        return Checked(fault=texts.no_date(field=title(field), example=example))
    return Checked(day)


def _text(field: Field, text: str) -> Checked:
    if len(text) > _LONGEST:
        return Checked(fault=texts.too_long(field=title(field), most=_LONGEST))
    if field.name in _CLOCK_FIELDS and _CLOCK.fullmatch(text) is None:
        return Checked(fault=texts.no_clock(field=title(field)))
    if field.kind is not Kind.CODE:
        return Checked(text)
    code = unicodedata.normalize("NFKC", text)
    if len(code) > _LONGEST_CODE or any(sign.isspace() for sign in code):
        return Checked(fault=texts.no_code(field=title(field)))
    return Checked(code)


def resolve(reader: sqlite.Connection, table: Table, field: Field, typed: Any) -> Checked:
    """Return what is stored for a typed value, references found by id, name or code."""
    if is_kept(table, field):
        return Checked(fault=texts.is_kept(field=title(field)))
    checked = check_value(field, typed)
    if checked.fault is not None or field.refers_to is None or checked.value is None:
        return checked
    only = NARROWED.get((table.name, field.name))
    found = lookups.find_ids(reader, field.refers_to, str(checked.value), only)
    if len(found) == 1:
        return Checked(found[0])
    said = texts.ambiguous_reference if found else texts.no_such_reference
    return Checked(fault=said(field=title(field), name=str(checked.value)[:80]))


def get_field(table: Table, name: str) -> Field:
    """Return a field by its name or heading.

    Raises:
        RequestError: the table has no such field.
    """
    for field in table.fields:
        if name in (field.name, field.zh, field.en):
            return field
    known = ", ".join(table.field_names)
    raise RequestError(texts.no_such_field(table=title(table), field=name, known=known))
