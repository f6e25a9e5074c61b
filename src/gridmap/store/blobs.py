"""SpatiaLite's geometry blobs, written and read by the hundred thousand.

Layout (SpatiaLite, "BLOB-Geometry"): 00, 01 for little endian, SRID (int32), MBR (4 doubles), 7C,
class type (uint32), the body, FE. The body is that of WKB, but for the parts of a collection,
which begin with 69 where WKB has its byte order.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries
from gridmap.geo.pieces import slices
from gridmap.geo.shapes import Shapes, offsets, ranges

_HEAD = 39  # bytes before the class type
_FOOT = b"\xfe"
_PART = b"\x69"
_LITTLE = b"\x01"
_HEAD_TYPE = np.dtype(
    [("start", "u1"), ("order", "u1"), ("srid", "<i4"), ("mbr", "<f8", 4), ("end", "u1")]
)
_POINT, _LINE, _AREA = 1, 2, 3
_FIRST_COLLECTION = 4
_DIMENSION_OF_CLASS = {1: 0, 2: 1, 3: 2, 4: 0, 5: 1, 6: 2}


def encode(geometries: Geometries, srid: int) -> list[bytes | None]:
    """Return one blob a geometry; a missing or an empty one gives None."""
    blobs: list[bytes | None] = []
    for part in slices(len(geometries)):
        blobs += _encode(geometries[part], srid)
    return blobs


def _encode(geometries: Geometries, srid: int) -> list[bytes | None]:
    usable = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    present = geometries[usable]
    heads = np.zeros(len(present), _HEAD_TYPE)
    heads["order"], heads["srid"], heads["end"] = 1, srid, 0x7C
    heads["mbr"] = shapely.bounds(present)
    head_bytes = heads.tobytes()
    wkb = shapely.to_wkb(present, output_dimension=2, byte_order=1)
    bodies = _bodies(present, wkb)
    blobs: list[bytes | None] = [
        head_bytes[_HEAD * n : _HEAD * (n + 1)] + body + _FOOT for n, body in enumerate(bodies)
    ]
    if usable.all():
        return blobs
    filled: list[bytes | None] = [None] * len(geometries)
    for position, blob in zip(np.flatnonzero(usable).tolist(), blobs, strict=True):
        filled[position] = blob
    return filled


def _bodies(geometries: Geometries, wkb: NDArray[np.object_]) -> list[bytes]:
    """Return WKB without its byte order, parts marked in SpatiaLite's way."""
    is_collection = shapely.get_type_id(geometries) >= shapely.GeometryType.MULTIPOINT
    if not is_collection.any():
        return [one[1:] for one in wkb]
    several = is_collection & (shapely.get_num_geometries(geometries) > 1)
    bodies = [
        one[1:9] + _PART + one[10:] if collected else one[1:]
        for one, collected in zip(wkb, is_collection, strict=True)
    ]
    for position in np.flatnonzero(several).tolist():
        parts = shapely.to_wkb(
            shapely.get_parts(geometries[position]), output_dimension=2, byte_order=1
        )
        bodies[position] = wkb[position][1:9] + b"".join(_PART + part[1:] for part in parts)
    return bodies


class NotPlain(ValueError):
    """A blob is big endian, compressed or nested: another program packed it its own way."""


def ensure_plain(blobs: Sequence[bytes]) -> tuple[bytes, NDArray[np.int64], NDArray[np.int64]]:
    """Return the blobs as one, where each begins, and the class of each.

    Raises:
        NotPlain: some are not as gridmap writes them.
    """
    sizes = np.fromiter(map(len, blobs), np.int64, len(blobs))
    if len(blobs) and sizes.min() < _HEAD + 5:
        raise NotPlain
    whole = b"".join(blobs)
    starts = offsets(sizes)[:-1]
    buffer = np.frombuffer(whole, np.uint8)
    kinds = _uint32(buffer, starts + _HEAD)
    marks = ((0, 0), (1, 1), (_HEAD - 1, 0x7C))
    if not all((buffer[starts + place] == mark).all() for place, mark in marks):
        raise NotPlain
    if not ((kinds >= _POINT) & (kinds <= max(_DIMENSION_OF_CLASS))).all():
        raise NotPlain
    collections = starts[kinds >= _FIRST_COLLECTION]
    filled = collections[_uint32(buffer, collections + _HEAD + 4) > 0]
    parts = _uint32(buffer, filled + _HEAD + 9)  # SpatiaLite compresses the parts, not the whole
    if not ((parts >= _POINT) & (parts <= _AREA)).all():
        raise NotPlain
    return whole, starts, kinds


def is_plain(blobs: Sequence[bytes | None]) -> bool:
    """Return whether all blobs are as gridmap writes them."""
    try:
        ensure_plain([blob for blob in blobs if blob is not None])
    except NotPlain:
        return False
    return True


def to_wkb(blob: bytes) -> bytes:
    """Return the WKB of a plain blob."""
    kind = int.from_bytes(blob[_HEAD : _HEAD + 4], "little")
    if kind < _FIRST_COLLECTION:
        return _LITTLE + blob[_HEAD:-1]
    count = int.from_bytes(blob[_HEAD + 4 : _HEAD + 8], "little")
    if count == 1:
        return _LITTLE + blob[_HEAD : _HEAD + 8] + _LITTLE + blob[_HEAD + 9 : -1]
    return _marked_as_wkb(blob, count)


def _marked_as_wkb(blob: bytes, count: int) -> bytes:
    """Put WKB's byte order where SpatiaLite marks the parts of a collection."""
    body = bytearray(_LITTLE + blob[_HEAD:-1])
    position = 9
    for _ in range(count):
        body[position] = 1
        kind = int.from_bytes(body[position + 1 : position + 5], "little")
        position += 5
        if kind == _POINT:
            position += 16
            continue
        rings = 1
        if kind == _AREA:
            rings = int.from_bytes(body[position : position + 4], "little")
            position += 4
        for _ring in range(rings):
            vertices = int.from_bytes(body[position : position + 4], "little")
            position += 4 + 16 * vertices
    return bytes(body)


def decode(blobs: Sequence[bytes | None]) -> Geometries:
    """Return the geometries of plain blobs; None stays None.

    Raises:
        NotPlain: some are not as gridmap writes them.
    """
    ensure_plain([blob for blob in blobs if blob is not None])
    wkb = np.array([None if blob is None else to_wkb(blob) for blob in blobs], dtype=object)
    geometries: Geometries = shapely.from_wkb(wkb)
    return geometries


def decode_shapes(
    blobs: Sequence[bytes | None], rows: NDArray[np.int64] | None = None
) -> tuple[Shapes, ...]:
    """Return plain blobs as shapes, one object for each dimension that occurs.

    ``rows`` numbers the blobs, by default from 0. Several times faster than by way of shapely.

    Raises:
        NotPlain: some are not as gridmap writes them.
    """
    present = [blob for blob in blobs if blob is not None]
    positions = np.arange(len(blobs))
    if len(present) < len(blobs):
        positions = positions[np.array([blob is not None for blob in blobs])]
    if not present:
        return ()
    whole, starts, kinds = ensure_plain(present)
    buffer = np.frombuffer(whole, np.uint8)
    numbers = positions if rows is None else rows[positions]
    dimensions = np.array([_DIMENSION_OF_CLASS[kind] for kind in range(1, 7)])[kinds - 1]
    found = []
    for dimension in (2, 1, 0):
        chosen = dimensions == dimension
        if chosen.any():
            runs = _find_runs(buffer, starts[chosen], kinds[chosen])
            bounds = _mbrs(buffer, starts[chosen])
            found.append(_gather(whole, runs, numbers[chosen], bounds, dimension))
    return tuple(found)


def _uint32(buffer: NDArray[np.uint8], at: NDArray[np.int64]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = buffer[at[:, None] + np.arange(4)].view("<u4")[:, 0].astype(np.int64)
    return found


def _mbrs(buffer: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    mbr: NDArray[np.float64] = buffer[starts[:, None] + np.arange(6, 38)].view("<f8")
    return mbr


_Runs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _find_runs(
    buffer: NDArray[np.uint8], starts: NDArray[np.int64], kinds: NDArray[np.int64]
) -> _Runs:
    """Find each run of vertices: (feature, byte where it starts, number of vertices).

    All features are walked side by side, one run a step, so the number of steps is that of the
    runs in the richest feature.
    """
    at = starts + _HEAD + 4
    part_kind = np.where(kinds >= _FIRST_COLLECTION, kinds - 3, kinds)
    is_collection = kinds >= _FIRST_COLLECTION
    parts = np.ones(len(starts), np.int64)
    parts[is_collection] = _uint32(buffer, at[is_collection])
    at[is_collection] += 4
    rings = np.zeros(len(starts), np.int64)
    found: list[_Runs] = []
    while True:
        opens = np.flatnonzero((rings == 0) & (parts > 0))
        at[opens] += np.where(is_collection[opens], 5, 0)
        areas = opens[part_kind[opens] == _AREA]
        rings[opens] = 1
        rings[areas] = _uint32(buffer, at[areas])
        at[areas] += 4
        parts[opens] -= 1
        active = np.flatnonzero(rings > 0)
        if not len(active):
            break
        counted = part_kind[active] != _POINT
        count = np.ones(len(active), np.int64)
        count[counted] = _uint32(buffer, at[active[counted]])
        at[active] += np.where(counted, 4, 0)
        found.append((active, at[active].copy(), count))
        at[active] += 16 * count
        rings[active] -= 1
    feature, start, count = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(feature, kind="stable")
    return feature[order], start[order], count[order]


def _gather(
    whole: bytes,
    runs: _Runs,
    rows: NDArray[np.int64],
    bounds: NDArray[np.float64],
    dimension: int,
) -> Shapes:
    feature, start, count = runs
    xy = _doubles_at(whole, start, 2 * count).reshape(-1, 2)
    features = offsets(np.bincount(feature, minlength=len(rows)))
    return Shapes(dimension, xy, offsets(count), features, rows, bounds)


def _doubles_at(
    whole: bytes, start: NDArray[np.int64], count: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Gather runs of doubles that begin at any byte: one pass for each of the eight alignments."""
    places = offsets(count)
    gathered = np.empty(int(places[-1]), np.float64)
    for shift in range(8):
        chosen = np.flatnonzero(start % 8 == shift)
        if len(chosen):
            aligned = np.frombuffer(whole, "<f8", count=(len(whole) - shift) // 8, offset=shift)
            source = ranges(start[chosen] // 8, count[chosen])
            gathered[ranges(places[chosen], count[chosen])] = aligned[source]
    return gathered
