"""Tables out: CSV or XLSX. A text stays a text: no program that opens it reckons with it."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from gridmap.base import files
from gridmap.base.errors import InputError, Place, RequestError
from gridmap.exchange import texts

Value = str | int | float
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no cell of a worksheet can hold."""
_FORMULA = re.compile("[=+\\-@\t\r]")
"""How a text begins that a spreadsheet takes for a formula."""


def write_table(target: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Write a table with one line of headings; the file appears whole or not at all.

    In CSV a text that a spreadsheet would take for a formula gets an apostrophe before it.

    Raises:
        RequestError: the file's name ends neither with .csv nor with .xlsx.
        InputError: the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise RequestError(texts.unknown_table_kind(path=str(target)))
    try:
        with files.replacing(target) as draft:
            if suffix == ".csv":
                _write_csv(draft, headings, rows)
            else:
                _write_xlsx(draft, headings, rows)
    except OSError as error:
        said = texts.table_not_written(path=str(target), reason=error.strerror or str(error))
        raise InputError(said, place=Place(file=target)) from error


def _write_csv(draft: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    # the mark at the beginning tells Excel that this is UTF-8
    with draft.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([_as_text(one) for one in row] for row in (headings, *rows))


def _as_text(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _write_xlsx(draft: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headings, *rows):
        sheet.append([_cell(sheet, one) for one in row])
    book.save(draft)


def _cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_CONTROLS.sub("", value))
    cell.data_type = "s"  # also what looks like a formula; a code keeps its zeros
    return cell
