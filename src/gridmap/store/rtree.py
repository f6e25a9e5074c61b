"""A spatial index built in one go, many times faster than SQLite fills it row by row.

SQLite keeps an R*Tree in three ordinary tables (rtree.c, "database format of the R-Tree"):
``_node`` holds the nodes as blobs (a root with the depth of the tree, a count of cells, then
cells of a 64-bit id and the four sides as 32-bit floats, all big endian), ``_rowid`` says in
which leaf a row is, ``_parent`` which node holds a node. Packing sorted boxes into full nodes
(Leutenegger et al. 1997, sort-tile-recursive) gives a better tree as well.
``rtreecheck()`` of SQLite itself tells whether the result is sound.
"""

import math
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from gridmap.store.engine import sqlite
from gridmap.store.triggers import quoted

_CELL = np.dtype([("id", ">i8"), ("box", ">f4", 4)])  # box: xmin, xmax, ymin, ymax
_BLOB_HEAD = np.dtype([("start", "u1"), ("order", "u1"), ("srid", "<i4"), ("mbr", "<f8", 4)])
_HEAD_BYTES = 4
_ROOT = 1
_PAGE_OVERHEAD, _MOST_CELLS = 64, 51  # rtree.c: getNodeSize, RTREE_MAXCELLS
_SMALLEST_NODE = 512 - _PAGE_OVERHEAD  # smaller roots are refused as corrupt

_Boxes = NDArray[np.float32]


def index_name(table: str) -> str:
    """Return the name of the spatial index of a table."""
    return f"idx_{table}_geom"


def read_boxes(
    connection: sqlite.Connection, table: str
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return (row ids, (n, 4) boxes xmin, ymin, xmax, ymax) as the index has them.

    Boxes are up to half a metre too large, for they are kept in 32 bits; a quarter of a million
    are read in a twentieth of a second.
    """
    name = index_name(table)
    leaves = connection.execute(
        f"SELECT data FROM {quoted(name + '_node')} WHERE nodeno NOT IN"
        f" (SELECT parentnode FROM {quoted(name + '_parent')})"
    ).fetchall()
    cells = [
        np.frombuffer(leaf, _CELL, count=int.from_bytes(leaf[2:4], "big"), offset=_HEAD_BYTES)
        for (leaf,) in leaves
    ]
    read = np.concatenate(cells) if cells else np.empty(0, _CELL)
    order = np.argsort(read["id"], kind="stable")
    boxes = read["box"][order][:, [0, 2, 1, 3]]
    return read["id"][order].astype(np.int64), boxes.astype(np.float64)


def rebuild(connection: sqlite.Connection, table: str) -> None:
    """Build a table's spatial index anew from its geometries, inside the open transaction."""
    found = connection.execute(
        f"SELECT rowid, substr(geom, 1, {_BLOB_HEAD.itemsize}) FROM {quoted(table)}"
        " WHERE geom IS NOT NULL"
    ).fetchall()
    rowids = np.fromiter((rowid for rowid, _ in found), np.int64, len(found))
    mbr = _mbrs_at_head([head for _, head in found])
    if mbr is None:
        rowids, mbr = _mbrs_asked_for(connection, table)
    _write(connection, index_name(table), rowids, _outward(mbr))


def _mbrs_at_head(heads: list[bytes]) -> NDArray[np.float64] | None:
    """Return the MBRs that stand in the blobs, None where some stand otherwise or not at all."""
    if any(len(head) != _BLOB_HEAD.itemsize for head in heads):
        return None
    read = np.frombuffer(b"".join(heads), _BLOB_HEAD)
    is_plain = (read["start"] == 0) & (read["order"] == 1)
    return read["mbr"] if is_plain.all() else None


def _mbrs_asked_for(
    connection: sqlite.Connection, table: str
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return row ids and MBRs as SpatiaLite tells them: of blobs packed by other programs."""
    found = connection.execute(
        "SELECT rowid, MbrMinX(geom), MbrMinY(geom), MbrMaxX(geom), MbrMaxY(geom)"
        f" FROM {quoted(table)} WHERE MbrMinX(geom) IS NOT NULL"
    ).fetchall()
    numbers = np.array(found, np.float64).reshape(-1, 5)
    return np.array([row[0] for row in found], np.int64), numbers[:, 1:]


def _outward(mbr: NDArray[np.float64]) -> _Boxes:
    """Return (xmin, xmax, ymin, ymax) in 32 bits, rounded so that nothing sticks out."""
    low, high = mbr[:, [0, 1]], mbr[:, [2, 3]]
    low32, high32 = low.astype(np.float32), high.astype(np.float32)
    low32 = np.where(low32 > low, np.nextafter(low32, np.float32(-np.inf)), low32)
    high32 = np.where(high32 < high, np.nextafter(high32, np.float32(np.inf)), high32)
    return np.column_stack([low32[:, 0], high32[:, 0], low32[:, 1], high32[:, 1]])


def _node_size(connection: sqlite.Connection, name: str) -> int:
    """Return the bytes of a node: those of the root, or where it is ruined, of a new index."""
    row = connection.execute(
        f"SELECT length(data) FROM {quoted(name + '_node')} WHERE nodeno = {_ROOT}"
    ).fetchone()
    if row is not None and row[0] >= _SMALLEST_NODE:
        return int(row[0])
    page = int(connection.execute("PRAGMA page_size").fetchone()[0])
    return min(page - _PAGE_OVERHEAD, _HEAD_BYTES + _MOST_CELLS * _CELL.itemsize)


def _write(
    connection: sqlite.Connection, name: str, rowids: NDArray[np.int64], boxes: _Boxes
) -> None:
    size = _node_size(connection, name)
    capacity = (size - _HEAD_BYTES) // _CELL.itemsize
    nodes: list[tuple[int, bytes]] = []
    parents: list[tuple[int, int]] = []
    ids, level, next_node = rowids, 0, _ROOT + 1
    leaf_of: Iterable[tuple[int, int]] = ()
    while True:
        order = _tiles(boxes, capacity)
        ids, boxes = ids[order], boxes[order]
        is_root = len(ids) <= capacity
        starts = np.arange(0, max(len(ids), 1), capacity)  # an empty index has a root as well
        numbers = np.array([_ROOT]) if is_root else next_node + np.arange(len(starts))
        next_node += len(starts)
        held_by = np.repeat(numbers, capacity)[: len(ids)]
        if level == 0:
            leaf_of = _links(ids, held_by)
        else:
            parents += _links(ids, held_by)
        nodes += _pack(ids, boxes, numbers, capacity, size, depth=level if is_root else 0)
        if is_root:
            break
        boxes = np.column_stack(
            [
                reduce.reduceat(boxes[:, side], starts)
                for side, reduce in enumerate((np.minimum, np.maximum, np.minimum, np.maximum))
            ]
        )
        ids, level = numbers, level + 1
    for table in ("_node", "_rowid", "_parent"):
        connection.execute(f"DELETE FROM {quoted(name + table)}")
    insert = "INSERT INTO {} VALUES (?, ?)"
    connection.executemany(insert.format(quoted(name + "_node")), sorted(nodes))
    connection.executemany(insert.format(quoted(name + "_rowid")), leaf_of)
    connection.executemany(insert.format(quoted(name + "_parent")), sorted(parents))


def _links(ids: NDArray[np.int64], held_by: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield (id, node that holds it) by rising id."""
    order = np.argsort(ids)
    return zip(ids[order].tolist(), held_by[order].tolist(), strict=True)


def _tiles(boxes: _Boxes, capacity: int) -> NDArray[np.int64]:
    """Return an order in which each run of ``capacity`` boxes lies close together."""
    x, y = boxes[:, 0] + boxes[:, 1], boxes[:, 2] + boxes[:, 3]
    leaves = math.ceil(len(boxes) / capacity)
    strip = capacity * math.ceil(math.sqrt(leaves))
    by_x = np.argsort(x, kind="stable")
    strip_of = np.empty(len(boxes), np.int64)
    strip_of[by_x] = np.arange(len(boxes)) // strip
    order: NDArray[np.int64] = np.lexsort((y, strip_of))
    return order


def _pack(
    ids: NDArray[np.int64],
    boxes: _Boxes,
    numbers: NDArray[np.int64],
    capacity: int,
    size: int,
    depth: int,
) -> list[tuple[int, bytes]]:
    cells = np.empty(len(ids), _CELL)
    cells["id"], cells["box"] = ids, boxes
    raw = cells.tobytes()
    step = capacity * _CELL.itemsize
    packed = []
    for position, number in enumerate(numbers.tolist()):
        body = raw[position * step : (position + 1) * step]
        count = len(body) // _CELL.itemsize
        head = depth.to_bytes(2, "big") + count.to_bytes(2, "big")
        packed.append((number, (head + body).ljust(size, b"\x00")))
    return packed


def ids_near(
    connection: sqlite.Connection, table: str, xy: tuple[float, float], reach_m: float
) -> list[str]:
    """Return the ids of the rows whose box lies within ``reach_m`` of a place."""
    x, y = xy
    found = connection.execute(
        f"SELECT t.id FROM {quoted(index_name(table))} i JOIN {quoted(table)} t ON t.rowid = i.pkid"
        " WHERE i.xmin <= ? AND i.xmax >= ? AND i.ymin <= ? AND i.ymax >= ?",
        (x + reach_m, x - reach_m, y + reach_m, y - reach_m),
    )
    return [id_ for (id_,) in found]
