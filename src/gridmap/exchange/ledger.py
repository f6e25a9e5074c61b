"""Ledgers: CSV and Excel sheets to columns, the header row found, codes kept as text."""

import csv
import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import numpy as np
import openpyxl
from numpy.typing import NDArray

from gridmap.base.errors import InputError, Place, RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress
from gridmap.exchange import archive, texts
from gridmap.exchange import encoding as encodings
from gridmap.exchange.quiet import no_warnings
from gridmap.exchange.source import SourceLayer, is_none, objects, unique_names

_DELIMITERS = ",;\t|"
_HEADER_SEARCH = 30
_SNIFF_LINES = 50
_PROGRESS_ROWS = 5000
_FIELD_LIMIT = (
    1 << 26
)  # characters: a WKT of a city's border has millions, csv's default is 131,072
_EXACT_DIGITS = 1e15  # Excel keeps 15 digits; what is longer lost some before it came to us
_DAMAGED = (  # what zipfile, the XML parser and openpyxl raise on damage; found by fuzzing
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
)
_EMPTY = (None, "")
_CELL_ERRORS = {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"}

Row = Sequence[Any]


@dataclass(frozen=True)
class Ledger:
    """A sheet below its header: columns by heading, and the sheet's own row numbers."""

    layer: str
    columns: dict[str, NDArray[Any]]
    rows: NDArray[np.int64]
    encoding: str | None
    notes: tuple[Text, ...]


def list_csv(path: Path) -> tuple[SourceLayer, ...]:
    """Return the one table of a text file."""
    found = read_csv(path, encoding=None)
    return (SourceLayer(path.stem, len(found.rows), None, tuple(found.columns)),)


def read_csv(path: Path, *, encoding: str | None) -> Ledger:
    """Return a table of a text file; each value stays the text that it is.

    Raises:
        InputError: it is no table, or its encoding cannot be told.
        OSError: it cannot be read.
    """
    raw = path.read_bytes()
    text, decided, notes = _decoded(path, raw, encoding)
    csv.field_size_limit(_FIELD_LIMIT)
    rows: list[Row] = []
    lines: list[int] = []
    line = 1
    # Strict: else a quote that is never closed swallows the rest of the file without a word.
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter=_delimiter(text), strict=True
    )
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        sentence = texts.csv_damaged(file=path.name, row=line)
        raise InputError(sentence, place=Place(file=path, row=line)) from error
    if len(rows) > 1 and len(rows[-1]) < len(rows[-2]) and not text.endswith(("\n", "\r")):
        notes = (*notes, texts.last_row_short(row=lines[-1]))
    return _ledger(path, path.stem, rows, np.array(lines, np.int64), decided, notes)


def list_xlsx(path: Path) -> tuple[SourceLayer, ...]:
    """Return the sheets of an Excel file that hold a table.

    Raises:
        InputError: the file is damaged or absurdly large.
    """
    layers = []
    for name in _sheet_names(path):
        rows, numbers = _sheet_rows(path, name, None)
        try:
            found = _ledger(path, name, rows, numbers, None, ())
        except InputError:
            continue
        layers.append(SourceLayer(name, len(found.rows), None, tuple(found.columns)))
    return tuple(layers)


def read_xlsx(path: Path, *, layer: str | None, progress: Progress) -> Ledger:
    """Return the table of a sheet; of the only one that holds any where none is named.

    Raises:
        InputError: the file is damaged or absurdly large, or holds no table.
        RequestError: the sheet does not exist, or must be named.
    """
    names = _sheet_names(path)
    known = ", ".join(names)
    if layer is None:
        filled = [each.name for each in list_xlsx(path) if each.rows] if len(names) > 1 else names
        if len(filled) > 1:
            raise RequestError(texts.layer_needed(file=path.name, known=", ".join(filled)))
        if not filled:
            raise InputError(texts.layer_empty(file=path.name), place=Place(file=path))
        layer = filled[0]
    elif layer not in names:
        raise RequestError(texts.no_such_layer(file=path.name, layer=layer, known=known))
    rows, numbers = _sheet_rows(path, layer, progress)
    return _ledger(path, layer, rows, numbers, None, ())


def _decoded(path: Path, raw: bytes, given: str | None) -> tuple[str, str, tuple[Text, ...]]:
    """Return text, encoding and notes; a text that ends inside a character is truncated."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, notes = "UTF-16", tuple[Text, ...]()
    elif raw.startswith(b"\xef\xbb\xbf"):
        encoding, notes, raw = encodings.UTF8, (), raw[3:]
    else:
        lines = raw.splitlines()
        if len(lines) > 1 and not raw.endswith((b"\n", b"\r")):
            lines.pop()  # it may be cut inside a character, which is no sign of an encoding
        decision = encodings.decide(path, lines, claim=None, given=given)
        encoding, notes = decision.encoding, decision.notes
    try:
        return raw.decode(encoding), encoding, notes
    except UnicodeDecodeError as error:
        if error.end == len(raw):
            sentence = texts.text_truncated(file=path.name)
            raise InputError(sentence, place=Place(file=path)) from error
    return raw.decode(encoding, "replace"), encoding, (*notes, texts.some_text_damaged())


def _delimiter(text: str) -> str:
    """Return the mark that cuts the first lines into most columns, evenly."""
    sample = text[:65536].splitlines()[:_SNIFF_LINES]
    best, best_score = ",", 0.0
    for mark in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=mark) if row]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count) if widths else 1
        score = (common - 1) * widths.count(common) / len(widths) if widths else 0.0
        if score > best_score:
            best, best_score = mark, score
    return best


def _sheet_names(path: Path) -> list[str]:
    archive.ensure_modest(path)
    with _workbook(path) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _sheet_rows(
    path: Path, name: str, progress: Progress | None
) -> tuple[list[Row], NDArray[np.int64]]:
    rows: list[Row] = []
    with _workbook(path) as book:
        sheet = book[name]
        total = sheet.max_row or 0
        sheet.reset_dimensions()  # what other programs write there is often wrong
        for row in sheet.iter_rows(values_only=True):
            rows.append(row)
            if progress is not None and len(rows) % _PROGRESS_ROWS == 0:
                progress(len(rows), max(total, len(rows)), texts.reading(file=path.name))
    return rows, np.arange(1, len(rows) + 1)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """Yield an Excel file opened for reading; whatever is wrong inside becomes one sentence."""
    with no_warnings():  # of styles and checks that openpyxl does not know
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                yield book
            finally:
                book.close()
        except _DAMAGED as error:
            sentence = texts.file_damaged(file=path.name)
            raise InputError(sentence, place=Place(file=path)) from error


def _ledger(
    path: Path,
    layer: str,
    rows: list[Row],
    numbers: NDArray[np.int64],
    encoding: str | None,
    notes: tuple[Text, ...],
) -> Ledger:
    header = _find_header(rows)
    if header is None:
        raise InputError(texts.no_header(file=path.name), place=Place(file=path))
    width = max(len(row) for row in rows[header:])
    kept = [n for n in range(header + 1, len(rows)) if any(v not in _EMPTY for v in rows[n])]
    padded = (_padded(rows[n], width) for n in kept)
    headings = [_heading(value) for value in _padded(rows[header], width)]
    by_column = list(zip(*padded, strict=True)) if kept else [()] * width
    columns: dict[str, NDArray[Any]] = {}
    names = unique_names(headings)
    for heading, name, values in zip(headings, names, by_column, strict=True):
        column = objects([_value(value) for value in values])
        if heading or not is_none(column).all():
            columns[name] = column
    if header:
        notes = (*notes, texts.header_found(row=int(numbers[header])))
    return Ledger(layer, columns, numbers[kept], encoding, notes)


def _find_header(rows: list[Row]) -> int | None:
    """Return the first row with two texts or more; of a single column, the first text."""
    for needed in (2, 1):
        for position, row in enumerate(rows[:_HEADER_SEARCH]):
            if sum(1 for value in row if _is_heading(value)) >= needed:
                return position
    return None


def _is_heading(value: Any) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    try:
        float(value)
    except ValueError:
        return True
    return False


def _padded(row: Row, width: int) -> Iterator[Any]:
    yield from row
    yield from [None] * (width - len(row))


def _heading(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _value(value: Any) -> Any:
    """Return a cell as text, number, bool, ISO date, or None."""
    if isinstance(value, str):
        plain = value.strip()
        return None if not plain or plain in _CELL_ERRORS else plain
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return float(value) if abs(value) >= _EXACT_DIGITS else value
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)
