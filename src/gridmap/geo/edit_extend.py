"""Ground added at the outer edge of the cells."""

from collections.abc import Callable

import numpy as np
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import OUTSIDE, Borders, Ints, to_metres
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import (
    change_of,
    ensure_no_gap,
    ensure_no_sliver,
    ensure_sound,
    place_in,
    position,
)
from gridmap.geo.edit_faces import Draft, Face, classify, is_known, rebuilt
from gridmap.geo.edit_line import ensure_ring, trace
from gridmap.geo.edit_split import Cut
from gridmap.model.cell_edits import Extend


def extend(coverage: Coverage, edit: Extend, new_key: Callable[[], Key]) -> Change:
    """Return the change that gives the free ground within a ring to a cell, or to a new one.

    What the ring has of other cells' ground stays theirs. Where it crosses their outer edge there
    is a new vertex, rounded to 1 mm.

    Raises:
        RequestError: there is no free ground, it is a sliver, does not hang together with the
            cell, or leaves a narrow gap.

    Example:
        >>> cells = Coverage(("a",), shapely.box([0], [0], [10], [10]))
        >>> ring = ((5, 0), (15, 0), (15, 10), (5, 10), (5, 0))
        >>> change = extend(cells, Extend(ring, "a"), lambda: "c")
        >>> float(change.after["a"].area)
        150.0
    """
    mm = ensure_ring(coverage, edit.ring)
    cell = None if edit.cell is None else position(coverage, edit.cell)
    area = shapely.Polygon(to_metres(mm))
    ensure_no_sliver(area)
    borders = Borders.of(coverage)
    near = np.flatnonzero(shapely.dwithin(coverage.shapes, area, 1.0)).astype(np.int64)
    touched = near if cell is None else np.union1d(near, [cell])
    draft, faces = _free_faces(coverage, borders, touched, mm)
    if not faces:
        raise RequestError(texts.no_free_ground(), place=place_in(area))
    for face in faces:
        ensure_no_sliver(face.shape)
    shapes = [face.shape for face in faces]
    key = new_key() if cell is None else coverage.keys[cell]
    owned = np.empty(0, np.int64) if cell is None else np.array([cell])
    shares = {key: shapes if cell is None else [rebuilt(borders, cell, draft.nodes), *shapes]}
    change = change_of(coverage, borders, owned, shares, nodes=draft.nodes)
    _ensure_one(change.after[key], faces)
    x, y = mm[0].tolist()
    ensure_sound(coverage, borders, change, at=(x, y), keeps_union=False)
    ensure_no_gap(coverage, change)
    return change


def _free_faces(
    coverage: Coverage, borders: Borders, touched: Ints, mm: Ints
) -> tuple[Draft, list[Face]]:
    """Return the ground within a ring that none of the touched cells has, as faces."""
    if not len(touched):
        draft = Draft(coverage, borders, touched)
        return draft, draft.faces([[(x, y) for x, y in mm.tolist()]])
    traced = trace(borders, borders.around(touched), mm)
    known = Draft(coverage, borders, touched, traced.nodes).left
    pieces = [piece for piece in traced.pieces() if not is_known(piece.points, known)]
    owners = classify(coverage, touched, pieces)
    outside = [piece.points for piece, cell in zip(pieces, owners, strict=True) if cell == OUTSIDE]
    used = {points[end] for points in outside for end in (0, -1)}
    draft = Draft(coverage, borders, touched, traced.nodes_at(used))
    cut = Cut(draft, outside, {})
    ring = shapely.Polygon(to_metres(np.array(traced.path)))
    shapely.prepare(ring)
    return draft, [face for face in cut.faces_of(OUTSIDE) if shapely.contains(ring, face.inside)]


def _ensure_one(shape: shapely.Geometry, faces: list[Face]) -> None:
    if shapely.get_num_geometries(shape) > 1:
        raise RequestError(texts.ground_not_adjacent(), place=place_in(faces[-1].shape))
