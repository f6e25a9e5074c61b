"""How tables look: the shipped styles, the user's own over them, and what classes can be made."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridmap.base import files, paths
from gridmap.base.errors import EnvironmentProblem, InputError, Place, RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME
from gridmap.model.changes import Outcome
from gridmap.model.schema import Kind
from gridmap.model.style import Method, Style
from gridmap.report.rules import word_of
from gridmap.report.style_writer import write_style
from gridmap.report.styles import load_style, load_styles, parse_style, shipped_style
from gridmap.services import texts
from gridmap.store import rows, values
from gridmap.store.workspace import Workspace

_log = logging.getLogger(__name__)
_NUMBERS = (Kind.INTEGER, Kind.REAL)


@dataclass(frozen=True)
class LoadedStyles:
    """The styles by table, in painting order; ``problems`` tell of own files that are wrong."""

    styles: dict[str, Style]
    problems: tuple[InputError, ...]


def load() -> dict[str, Style]:
    """Return the style of every table that has a place, in painting order.

    The user's own styles stand over the shipped ones. One that is wrong is left out, and
    ``load_checked`` tells why.

    Raises:
        InputError: a shipped style is missing or wrong.
    """
    return load_checked().styles


def load_checked() -> LoadedStyles:
    """Return the styles, and what is wrong with the user's own ones.

    Raises:
        InputError: a shipped style is missing or wrong.
    """
    styles = load_styles()
    problems: list[InputError] = []
    for table in MAP_ORDER:
        if not is_own(table):
            continue
        try:
            styles[table] = load_style(own_file(table), TABLE_BY_NAME[table])
        except InputError as error:
            _log.warning("own style left out: %s", error.render("en"))
            problems.append(error)
    return LoadedStyles(styles, tuple(problems))


def own_file(table: str) -> Path:
    """Return where the user's own style of a table lies, or would lie."""
    return paths.data_dir() / "styles" / f"{table}.toml"


def is_own(table: str) -> bool:
    """Return whether the user has an own style for a table."""
    return own_file(table).is_file()


def save(style: Style) -> Outcome[Path]:
    """Keep a style as the user's own; it holds for every workspace.

    Raises:
        InputError: the style could not be read back, e.g. a class has no name.
        EnvironmentProblem: the file cannot be written.
    """
    target = own_file(_described(style.table).name)
    text = write_style(style)
    parse_style(text, TABLE_BY_NAME[style.table], target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write_text(target, text)
    except OSError as error:
        raise _not_written(target, error) from error
    return Outcome(target)


def reset(table: str) -> Outcome[Style]:
    """Drop the user's own style of a table, if there is one, and return the shipped one.

    Raises:
        RequestError: there is no such table, or it has no place on a map.
        EnvironmentProblem: the file cannot be removed.
    """
    described = _described(table)
    target = own_file(table)
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(target, error) from error
    return Outcome(shipped_style(described.name))


def graduate(
    opened: Workspace,
    table: str,
    field: str,
    method: Method,
    count: int,
    progress: Progress = quiet,
) -> Outcome[tuple[float, ...]]:
    """Return the upper bounds of up to ``count`` classes of a field's numbers, rising.

    Classes hold what lies *below* their bound; the last bound lies above all numbers. There are
    fewer where fewer numbers differ, none where there is no number. Bounds are rounded as far as
    that moves hardly a row. Natural breaks of more than 500 numbers are those of 500 of them,
    evenly taken by rank: mapclassify's exact search grows with the square of their count.

    Raises:
        RequestError: there is no such table or field, or the field holds no numbers.
    """
    from gridmap.report.grading import bounds_of  # late: it brings numpy's and mapclassify's weight

    _ensure_numbers(table, field)
    progress(0, 2, texts.making_classes())
    with opened.reading() as reader:
        numbers = values.numbers(reader, table, field)
    progress(1, 2, texts.making_classes())
    return Outcome(bounds_of(numbers, method, count))


def number_range(opened: Workspace, table: str, field: str) -> Outcome[tuple[float, float] | None]:
    """Return the least and the largest number of a field, None where there is no number.

    Raises:
        RequestError: there is no such table or field, or the field holds no numbers.
    """
    _ensure_numbers(table, field)
    with opened.reading() as reader:
        return Outcome(values.number_range(reader, table, field))


def distinct(
    opened: Workspace, table: str, field: str, limit: int = 50
) -> Outcome[tuple[tuple[str, int], ...]]:
    """Return a field's values as a style writes them, with counts, the most frequent first.

    Missing values are left out; yes and no are 1 and 0; a reference is an id.

    Raises:
        RequestError: there is no such table or field.
    """
    _ensure_field(table, field)
    with opened.reading() as reader:
        found = values.distinct(reader, table, field, limit)
    return Outcome(tuple((word_of(value), count) for value, count in found))


def _described(table: str) -> Any:
    described = rows.get_table(table)
    if described.geometry is None:
        raise RequestError(texts.layer_without_geometry(table=table))
    return described


def _ensure_field(table: str, field: str) -> None:
    described = rows.get_table(table)
    if field not in described.field_names:
        known = ", ".join(described.field_names)
        raise RequestError(texts.no_such_field(table=table, field=field, known=known))


def _ensure_numbers(table: str, field: str) -> None:
    _ensure_field(table, field)
    if rows.get_table(table).get_field(field).kind not in _NUMBERS:
        raise RequestError(texts.field_without_numbers(table=table, field=field))


def _not_written(target: Path, error: OSError) -> EnvironmentProblem:
    reason = error.strerror or str(error)
    return EnvironmentProblem(
        texts.style_not_written(file=str(target), reason=reason), place=Place(file=target)
    )
