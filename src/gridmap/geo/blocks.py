"""Blocks: the ground of one area, cut by all lanes at once: arrays in, arrays out.

Coordinates are metres in a projected CRS on a grid of 1 mm.
"""

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import Place, RequestError
from gridmap.geo import block_texts as texts
from gridmap.geo.coverage import GRID_M, Change, Coverage, Key
from gridmap.geo.features import Geometries

_SLIVER_M2 = 1.0


def cut_into_blocks(
    coverage: Coverage,
    key: Key,
    lines: Geometries,
    smallest_m2: float,
    new_key: Callable[[], Key],
) -> Change:
    """Cut one area into the blocks that lines enclose in it, small ones joined to a neighbour.

    Lines that end inside a block are left out. Where lines meet the border of the area, its
    neighbours get the vertex as well, rounded to 1 mm.

    Args:
        coverage: the area and all that touch it.
        key: which area is cut.
        lines: LineStrings or MultiLineStrings.
        smallest_m2: a block below this is joined to that with the longest common border.
        new_key: gives a key for each block.

    Raises:
        RequestError: the lines enclose less than two blocks, or the result would not tile.

    >>> square = Coverage(("a",), np.array([shapely.box(0, 0, 100, 100)], dtype=object))
    >>> lines = np.array([shapely.LineString([(50, -5), (50, 105)])], dtype=object)
    >>> names = iter("bc")
    >>> change = cut_into_blocks(square, "a", lines, 100.0, lambda: next(names))
    >>> sorted(change.new), sorted(change.gone)
    (['b', 'c'], ['a'])
    """
    area = coverage.shape(key)
    faces = _faces(coverage, area, lines)
    owners = _owners(coverage, faces)
    at = coverage.position(key)
    blocks = _joined(faces[owners == at], smallest_m2)
    if len(blocks) < 2:
        on = shapely.point_on_surface(area)
        raise RequestError(texts.no_blocks(), place=Place(xy=(on.x, on.y)))
    before, after = {key: area}, {}
    for position in np.unique(owners[owners >= 0]).tolist():
        own = faces[owners == position]
        if position == at:
            continue
        shape = own[0] if len(own) == 1 else shapely.coverage_union_all(own)
        if not shape.equals_exact(coverage.shapes[position], 0.0, normalize=True):
            before[coverage.keys[position]] = coverage.shapes[position]
            after[coverage.keys[position]] = shape
    named = {new_key(): block for block in blocks}
    change = Change(before, after | named, dict.fromkeys(named, (key,)))
    _ensure_tiles(coverage, change, area)
    return change


def _faces(coverage: Coverage, area: shapely.Polygon, lines: Geometries) -> Geometries:
    reach = shapely.buffer(area, 2 * GRID_M)
    inside = shapely.intersection(lines[shapely.intersects(lines, reach)], reach)
    work = [*shapely.boundary(coverage.shapes), *inside]
    noded = shapely.union_all(work, grid_size=GRID_M)
    faces: Geometries = shapely.get_parts(shapely.polygonize([noded]))
    return faces


def _owners(coverage: Coverage, faces: Geometries) -> NDArray[np.int64]:
    """Return the position of the area that each face lies in, -1 where no area is."""
    owners = np.full(len(faces), -1, np.int64)
    inner = shapely.point_on_surface(faces)
    of, at = shapely.STRtree(coverage.shapes).query(inner, predicate="intersects")
    owners[of] = at
    return owners


def _joined(blocks: Geometries, smallest_m2: float) -> list[shapely.Polygon]:
    """Join small blocks, the smallest first, to the one with which they share most border."""
    held = list(blocks)
    while len(held) > 1:
        areas = shapely.area(held)
        small = int(areas.argmin())
        if areas[small] >= max(smallest_m2, _SLIVER_M2):
            break
        others = [block for number, block in enumerate(held) if number != small]
        shared = shapely.length(shapely.intersection(others, held[small]))
        host = int(shared.argmax())
        if shared[host] <= 0:
            break
        others[host] = shapely.coverage_union_all([others[host], held[small]])
        held = others
    return held


def _ensure_tiles(coverage: Coverage, change: Change, area: shapely.Polygon) -> None:
    result = change.applied(coverage)
    kinds = shapely.get_type_id(result.shapes)
    if not (result.is_valid and (kinds == shapely.GeometryType.POLYGON).all()):
        on = shapely.point_on_surface(area)
        raise RequestError(texts.blocks_do_not_tile(), place=Place(xy=(on.x, on.y)))
