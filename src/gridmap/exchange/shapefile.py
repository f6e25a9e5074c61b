"""Shapefiles: geometry through GDAL, attributes by ``dbf``, what is missing or torn found first."""

import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Text
from gridmap.exchange import encoding as encodings
from gridmap.exchange import gdal, texts
from gridmap.exchange.dbf import Dbf
from gridmap.exchange.source import RawLayer, SourceLayer, is_none

MAGIC = b"\x00\x00\x27\x0a"
_HEADER = 100
_RECORD_HEADER = 8
_TYPE_NAMES = {1: "Point", 3: "LineString", 5: "Polygon", 8: "MultiPoint"}
_FIRST_WITH_Z = 10
_MULTIPATCH = 31


@dataclass(frozen=True)
class _Parts:
    """The files that make one shapefile, and its record offsets (bytes; content lengths)."""

    shp: Path
    dbf: Path | None
    shx: Path | None
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]


def list_layers(path: Path) -> tuple[SourceLayer, ...]:
    """Return the one layer of a shapefile.

    Raises:
        InputError: it is torn or no shapefile.
        OSError: it cannot be read.
    """
    parts = _get_parts(path)
    fields: tuple[str, ...] = ()
    if parts.dbf is not None:
        dbf = Dbf(parts.dbf)
        fields = tuple(dbf.names(dbf.decide(claim=_claim(parts, dbf), given=None).encoding))
    kind = _TYPE_NAMES.get(_shape_type(parts.shp) % 10)
    return (SourceLayer(path.stem, len(parts.starts), kind, fields),)


def read(path: Path, *, encoding: str | None) -> RawLayer:
    """Return the shapefile's rows; deleted records are left out.

    Raises:
        InputError: it is torn, or the encoding cannot be told.
        OSError: it cannot be read.
    """
    parts = _get_parts(path)
    if _shape_type(parts.shp) == _MULTIPATCH:
        raise InputError(texts.multipatch(file=path.name), place=Place(file=path))
    dbf = None if parts.dbf is None else Dbf(parts.dbf)
    notes: list[Text] = []
    if _shape_type(parts.shp) > _FIRST_WITH_Z:
        notes.append(texts.heights_dropped())
    if parts.shx is None:
        notes.append(texts.shx_missing(file=path.name))
    prj, is_sound = _prj_text(parts.shp)
    with _openable(parts, alone=not is_sound) as shp:
        # Latin-1 decodes anything: GDAL looks at names that it would else fail on.
        meta, fids, wkb = gdal.read_in_pieces(shp, encoding="ISO-8859-1")
    rows = np.asarray(fids, np.int64)
    geometry, unreadable = gdal.from_wkb(wkb)
    if geometry is not None:
        unreadable.update(_torn_records(parts, rows, wkb))
    columns: dict[str, NDArray[Any]] = {}
    if dbf is None:
        encoding = None
        notes.append(texts.dbf_missing(file=path.name))
    else:
        columns, encoding, more = _attributes(parts, dbf, rows, encoding)
        notes += more
    return RawLayer(
        path.stem,
        encoding,
        columns,
        geometry,
        rows + 1,
        crs=meta["crs"] or prj,
        notes=tuple(notes),
        unreadable=unreadable,
    )


def _attributes(
    parts: _Parts, dbf: Dbf, rows: NDArray[np.int64], given: str | None
) -> tuple[dict[str, NDArray[Any]], str, tuple[Text, ...]]:
    """Return columns, encoding and notes."""
    if dbf.rows != len(parts.starts):
        raise InputError(
            texts.dbf_does_not_fit(file=parts.shp.name, shapes=len(parts.starts), rows=dbf.rows),
            place=Place(file=parts.dbf),
        )
    claim = _claim(parts, dbf)
    decision = dbf.decide(claim=claim, given=given)
    columns, sound = dbf.columns(decision.encoding, rows)
    dropped = tuple(texts.column_dropped(column=name) for name in dbf.unread(decision.encoding))
    if not sound:
        decision = dbf.decide_by_all(claim=claim, given=given)
        columns, sound = dbf.columns(decision.encoding, rows)
    damaged = () if sound else (texts.some_text_damaged(),)
    return columns, decision.encoding, (*decision.notes, *dropped, *damaged)


def _companion(shp: Path, suffix: str) -> Path | None:
    for spelling in (suffix, suffix.upper()):
        candidate = shp.with_suffix(spelling)
        if candidate.is_file():
            return candidate
    return None


def _claim(parts: _Parts, dbf: Dbf) -> str | None:
    """Return what .cpg or else the .dbf says of the encoding, None where it says nothing."""
    cpg = _companion(parts.shp, ".cpg")
    if cpg is not None:
        named = encodings.find_encoding(cpg.read_bytes()[:64].decode("ascii", "ignore"))
        if named is not None:
            return named
    return encodings.LANGUAGE_DRIVERS.get(dbf.language_driver)


def _shape_type(shp: Path) -> int:
    with shp.open("rb") as stream:
        head = stream.read(_HEADER)
    return int.from_bytes(head[32:36], "little")


def _prj_text(shp: Path) -> tuple[str | None, bool]:
    """Return the .prj, for what GDAL did not understand, and whether GDAL can be shown it.

    Names in it may be in GBK, on which pyogrio fails.
    """
    prj = _companion(shp, ".prj")
    raw = prj.read_bytes() if prj else b""
    try:
        text, is_sound = raw.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, is_sound = raw.decode("gb18030", "replace"), False
    return text.strip().strip("\0") or None, is_sound


def _get_parts(path: Path) -> _Parts:
    """Find the companions and check that the .shp is whole: GDAL drops what is torn silently."""
    shp = path if path.suffix.lower() == ".shp" else (_companion(path, ".shp") or path)
    size = shp.stat().st_size
    with shp.open("rb") as stream:
        head = stream.read(_HEADER)
    declared = int.from_bytes(head[24:28], "big") * 2
    if not head.startswith(MAGIC) or len(head) < _HEADER:
        raise InputError(texts.shp_damaged(file=shp.name), place=Place(file=shp))
    if size < declared:
        raise _truncated(shp, size, declared)
    shx = _companion(shp, ".shx")
    starts, lengths = _records_from_shx(shx) if shx else _records_from_shp(shp, declared)
    ends = starts + _RECORD_HEADER + lengths
    if len(starts) and int(ends.max()) > size:
        raise _truncated(shp, size, int(ends.max()))
    return _Parts(shp, _companion(shp, ".dbf"), shx, starts, lengths)


def _records_from_shx(shx: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    raw = shx.read_bytes()
    declared = int.from_bytes(raw[24:28], "big") * 2
    if not raw.startswith(MAGIC) or not _HEADER <= declared <= len(raw):
        raise InputError(texts.shx_truncated(file=shx.name), place=Place(file=shx))
    count = (declared - _HEADER) // 8
    pairs = np.frombuffer(raw, ">i4", count * 2, _HEADER).reshape(-1, 2).astype(np.int64) * 2
    return pairs[:, 0], pairs[:, 1]


def _records_from_shp(shp: Path, declared: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Walk the records one by one, for want of an index: 0.1 s for 200,000."""
    raw = shp.read_bytes()
    end = min(declared, len(raw)) or len(raw)
    starts, lengths, at = [], [], _HEADER
    unpack = struct.Struct(">ii").unpack_from
    while at + _RECORD_HEADER <= end:
        length = unpack(raw, at)[1] * 2
        if length < 4:  # not even the shape's type
            raise InputError(texts.shp_damaged(file=shp.name), place=Place(file=shp))
        starts.append(at)
        lengths.append(length)
        at += _RECORD_HEADER + length
    return np.array(starts, np.int64), np.array(lengths, np.int64)


def _truncated(shp: Path, size: int, declared: int) -> InputError:
    sentence = texts.file_truncated(file=shp.name, size=size, declared=declared)
    return InputError(sentence, place=Place(file=shp))


@contextmanager
def _openable(parts: _Parts, *, alone: bool) -> Iterator[Path]:
    """Yield a path that GDAL can open.

    Where the .shx is missing, or the others must not be seen, it is a copy of the .shp with a
    .shx of our own, in a folder of our own.
    """
    if parts.shx is not None and not alone:
        yield parts.shp
        return
    with tempfile.TemporaryDirectory(prefix="gridmap-") as folder:
        copy = Path(folder) / "copy.shp"
        shutil.copyfile(parts.shp, copy)
        copy.with_suffix(".shx").write_bytes(_index(parts))
        yield copy


def _index(parts: _Parts) -> bytes:
    """Return the content of the .shx that belongs to the records."""
    with parts.shp.open("rb") as stream:
        head = bytearray(stream.read(_HEADER))
    head[24:28] = ((_HEADER + 8 * len(parts.starts)) // 2).to_bytes(4, "big")
    pairs = np.column_stack([parts.starts, parts.lengths]) // 2
    return bytes(head) + pairs.astype(">i4").tobytes()


def _torn_records(parts: _Parts, rows: NDArray[np.int64], wkb: Any) -> dict[int, Text]:
    """Return by position the records that hold something of which GDAL made no geometry."""
    empty_content = 4  # a null shape has its type and nothing more
    lost = np.flatnonzero(is_none(wkb) & (parts.lengths[rows] > empty_content))
    torn = {}
    with parts.shp.open("rb") as stream:
        for position in lost.tolist():
            stream.seek(int(parts.starts[rows[position]]) + _RECORD_HEADER)
            if stream.read(4) != b"\0\0\0\0":
                torn[position] = texts.geometry_unreadable()
    return torn
