"""Whether a plan tiles, together with what is official around it."""

from collections.abc import Mapping

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text
from gridmap.geo import redivision
from gridmap.geo.coverage import Change
from gridmap.geo.features import Features, Geometries, as_objects
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
    outside = _shapes(_outside(reader, boxes, plan))
    beside = _with_vertices(outside, after)
    kept = _meeting(_shapes(found.mine)[found.is_same], boxes)
    was = np.concatenate([as_objects(list(before.values())), kept, outside])
    is_ = np.concatenate([as_objects(list(after.values())), kept, beside])
    broken = is_[~shapely.is_valid(is_) | (shapely.get_type_id(is_) != 3)]
    if len(broken):
        return _place(broken[0])
    torn = redivision.new_tears(was, is_)
    return None if torn is None else _place(torn)


def find_beside(reader: sqlite.Connection, found: Pairing, plan: Plan) -> Change:
    """Return which official cells outside of a plan get vertices that it puts on their borders."""
    _, after = touched_shapes(found)
    if not after:
        return Change({}, {})
    outside = _outside(reader, _boxes(list(after.values())), plan)
    was = _shapes(outside)
    is_ = _with_vertices(was, after)
    new = np.flatnonzero(shapely.get_num_coordinates(is_) != shapely.get_num_coordinates(was))
    ids = outside.columns["id"]
    return Change({ids[n]: was[n] for n in new}, {ids[n]: is_[n] for n in new})


def _with_vertices(outside: Geometries, after: Mapping[str, shapely.Polygon]) -> Geometries:
    if not len(outside) or not after:
        return outside
    points = np.unique(shapely.get_coordinates(as_objects(list(after.values()))), axis=0)
    return redivision.with_vertices(outside, points)


def _outside(reader: sqlite.Connection, boxes: list[Box], plan: Plan) -> Features:
    """Return the official cells near some boxes that are of communities outside of the plan."""
    near = store.read_near(reader, "cell", boxes, ("community_id",), store.DIVISION, (None,))
    scope = set(plan.scope)
    is_out = np.array([id_ not in scope for id_ in near.columns["community_id"]], bool)
    columns = {name: values[is_out] for name, values in near.columns.items()}
    return Features(columns, _shapes(near)[is_out])


def _shapes(found: Features) -> Geometries:
    return found.geometry if found.geometry is not None else as_objects([])


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
