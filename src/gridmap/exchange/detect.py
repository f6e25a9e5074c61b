"""What a file really is: its first bytes count, its name only where they say nothing."""

import struct
import zipfile
from enum import StrEnum
from pathlib import Path

from gridmap.base.errors import InputError, Place
from gridmap.exchange import texts
from gridmap.exchange.faults import cannot_read
from gridmap.exchange.shapefile import MAGIC as SHAPEFILE_MAGIC

_HEAD = 4096
_SQLITE = b"SQLite format 3\x00"
_OLE = b"\xd0\xcf\x11\xe0"  # Word, Excel and others up to 2003
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")
_LEDGER_SUFFIXES = {".csv", ".txt", ".tsv", ".tab", ".dat"}
_SHAPEFILE_PARTS = {".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj"}


class Format(StrEnum):
    """The formats that are read."""

    SHAPEFILE = "shapefile"
    GEOPACKAGE = "geopackage"
    GEOJSON = "geojson"
    CSV = "csv"
    XLSX = "xlsx"
    ZIP = "zip"


def sniff(path: Path) -> Format:
    """Return the format of a file.

    Raises:
        InputError: it is not there, empty, or nothing that is read here.
    """
    head = _head(path)
    place = Place(file=path)
    if not head.strip(b"\0"):
        raise InputError(texts.file_empty(file=path.name), place=place)
    if head.startswith(SHAPEFILE_MAGIC):
        return Format.SHAPEFILE
    if head.startswith(_SQLITE):
        return _sniff_sqlite(path, head)
    if head.startswith(_OLE):
        raise InputError(texts.old_excel(file=path.name), place=place)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _sniff_zip(path)
    if path.suffix.lower() in (".xlsx", ".zip", ".gpkg", ".shp"):
        raise InputError(texts.file_damaged(file=path.name), place=place)
    return _sniff_text(path, head)


def shp_beside(path: Path) -> Path | None:
    """Return the .shp that a .dbf, .shx or .prj belongs to, or None."""
    if path.suffix.lower() not in _SHAPEFILE_PARTS:
        return None
    candidates = (path.with_suffix(suffix) for suffix in (".shp", ".SHP"))
    return next((shp for shp in candidates if shp.is_file()), None)


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise InputError(texts.is_folder(file=str(path)), place=Place(file=path))
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except FileNotFoundError as error:
        raise InputError(texts.file_not_there(file=str(path)), place=Place(file=path)) from error
    except OSError as error:
        raise cannot_read(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise InputError(texts.file_not_there(file=repr(str(path)))) from error


def _sniff_sqlite(path: Path, head: bytes) -> Format:
    if head[68:72] not in _GPKG_IDS and path.suffix.lower() != ".gpkg":
        raise InputError(texts.other_database(file=path.name), place=Place(file=path))
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    # The count is only kept up by SQLite since 3.7 (2010), which both marks being equal says.
    if head[24:28] == head[92:96]:
        declared = page * int.from_bytes(head[28:32], "big")
        size = path.stat().st_size
        if size < declared:
            sentence = texts.file_truncated(file=path.name, size=size, declared=declared)
            raise InputError(sentence, place=Place(file=path))
    return Format.GEOPACKAGE


def _sniff_zip(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, struct.error) as error:
        raise InputError(texts.zip_damaged(file=path.name), place=Place(file=path)) from error
    except OSError as error:
        raise cannot_read(path, error) from error
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "[Content_Types].xml" in names or "mimetype" in names:  # Word, OpenDocument
        raise InputError(texts.unknown_format(file=path.name), place=Place(file=path))
    return Format.ZIP


def _sniff_text(path: Path, head: bytes) -> Format:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return Format.GEOJSON
    if head.startswith(_UTF16):
        return Format.CSV
    is_text = not any(byte < 0x09 or 0x0D < byte < 0x20 for byte in head)
    if is_text and path.suffix.lower() in _LEDGER_SUFFIXES:
        return Format.CSV
    if is_text and path.suffix.lower() in (".geojson", ".json"):
        raise InputError(texts.not_geojson(file=path.name), place=Place(file=path))
    raise InputError(texts.unknown_format(file=path.name), place=Place(file=path))
