"""Tables out: CSV that Excel opens with its codes whole, or XLSX."""

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from gridmap.base import files
from gridmap.base.errors import InputError, Place, RequestError
from gridmap.exchange import texts

Value = str | int | float


def write_table(target: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Write a table with one line of headings; the file appears whole or not at all.

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
        csv.writer(stream).writerows([headings, *rows])


def _write_xlsx(draft: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headings, *rows):
        sheet.append(list(row))  # texts stay texts: a code keeps its zeros
    book.save(draft)
