"""Values as people read them: words for choices, yes and no, dates, numbers; plain Python."""

from datetime import datetime
from typing import Any

from gridmap.base.messages import Language
from gridmap.model.schema import Choice, Field, Kind, Table
from gridmap.ui.words import translate

_LONGEST_MOMENT = 16  # "2026-11-24 08:30": seconds are for machines


def heading(described: Field | Table | Choice, language: Language) -> str:
    """Return what a field, a table or a choice is called."""
    return described.en if language == "en" else described.zh


def shown(field: Field, value: Any, language: Language) -> str:
    """Return a value of a field as it is shown; nothing for a missing one."""
    if value is None or value == "":
        return ""
    for choice in field.choices:
        if choice.value == value:
            return heading(choice, language)
    if field.kind is Kind.YES_NO and value in (0, 1):
        return translate("Shown", "是") if value else translate("Shown", "否")
    if field.kind is Kind.MOMENT:
        return _moment(str(value))
    if field.kind is Kind.REAL and isinstance(value, int | float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return str(value)


def is_number(field: Field) -> bool:
    """Return whether a field's values stand to the right."""
    return field.kind in (Kind.INTEGER, Kind.REAL)


def local_time(moment: str) -> str:
    """Return a moment of the journal (UTC) in the time of this place."""
    return _moment(moment)


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    if moment.tzinfo is not None:
        moment = moment.astimezone()
    return moment.isoformat(sep=" ")[:_LONGEST_MOMENT]
