"""Whether a plan tiles, together with what is official around it."""

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text
from gridmap.geo import redivision
from gridmap.geo.features import Geometries, as_objects
from gridmap.services import plan_texts as texts
from gridmap.services.plan_diff import Pairing, pair, touched_shapes
from gridmap.services.plan_records import Plan
from gridmap.services.reach import grown
from gridmap.store import edit as store
from gridmap.store.edit import Box
from gridmap.store.engine import sqlite

_REACH_M = 1.0


def ensure_tiles(reader: sqlite.Connection, plan: Plan, deed: Text) -> None:
    """Refuse a plan that would tear the official division.

    Raises:
        RequestError: there would be a gap or an overlap that is not there today; with the place.
    """
    xy = find_torn(reader, pair(reader, plan), plan)
    if xy is not None:
        told = texts.plan_does_not_tile(name=plan.name, x=xy[0], y=xy[1], deed=deed)
        raise RequestError(told, place=Place(xy=xy))


def find_torn(reader: sqlite.Connection, found: Pairing, plan: Plan) -> tuple[float, float] | None:
    """Return a place where a plan tears what is whole today, None where it tears nothing."""
    before, after = touched_shapes(found)
    if not after and not before:
        return None
    boxes = _boxes([*before.values(), *after.values()])
    around = _outside(reader, boxes, plan)
    kept = found.mine.geometry[found.is_same] if found.mine.geometry is not None else as_objects([])
    kept = _meeting(kept, boxes)
    was = np.concatenate([as_objects(list(before.values())), kept, around])
    is_ = np.concatenate([as_objects(list(after.values())), kept, around])
    broken = is_[~shapely.is_valid(is_) | (shapely.get_type_id(is_) != 3)]
    if len(broken):
        return _place(broken[0])
    torn = redivision.new_tears(was, is_)
    return None if torn is None else _place(torn)


def _outside(reader: sqlite.Connection, boxes: list[Box], plan: Plan) -> Geometries:
    """Return the official cells near some boxes that are of communities outside of the plan."""
    near = store.read_near(reader, "cell", boxes, ("community_id",), store.DIVISION, (None,))
    scope = set(plan.scope)
    is_out = np.array([id_ not in scope for id_ in near.columns["community_id"]], bool)
    shapes = near.geometry if near.geometry is not None else as_objects([])
    outside: Geometries = shapes[is_out]
    return outside


def _boxes(shapes: list[shapely.Geometry]) -> list[Box]:
    boxes = [(a, b, c, d) for a, b, c, d in shapely.bounds(as_objects(shapes)).tolist()]
    return grown(boxes, _REACH_M)


def _meeting(shapes: Geometries, boxes: list[Box]) -> Geometries:
    if not len(shapes):
        return shapes
    places = shapely.box(*np.array(boxes).T)
    near: Geometries = shapes[np.unique(shapely.STRtree(shapes).query(places)[1])]
    return near


def _place(shape: shapely.Geometry) -> tuple[float, float]:
    on = shapely.point_on_surface(shape)
    return float(on.x), float(on.y)
