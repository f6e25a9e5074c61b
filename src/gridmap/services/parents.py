"""Communities and the subdistrict follow the cells whose outer borders move."""

from collections.abc import Mapping

import shapely

from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.features import Features, as_objects
from gridmap.geo.parents import follow
from gridmap.services import reach
from gridmap.services.division import Cells
from gridmap.store import edit as store
from gridmap.store.journal import Transaction

_SUBDISTRICT = "subdistrict"


def changed_groups(change: Change, group_of: Mapping[str, str]) -> set[str]:
    """Return the groups of cells (communities, grids) whose common outline a change alters.

    A vertex more or less counts as well: what follows must have the same vertices.

    Args:
        change: what changes of the cells.
        group_of: the group of each cell of it that has one, also of new ones.
    """
    groups = {group_of[key] for key in (*change.before, *change.after) if key in group_of}
    return {
        group
        for group in groups
        if not _is_same_outline(
            [shape for key, shape in change.before.items() if group_of.get(key) == group],
            [shape for key, shape in change.after.items() if group_of.get(key) == group],
        )
    }


def _is_same_outline(was: list[shapely.Polygon], is_: list[shapely.Polygon]) -> bool:
    if not was or not is_:
        return False
    one, other = (
        shapely.normalize(shapely.coverage_union_all(as_objects(shapes))) for shapes in (was, is_)
    )
    return bool(shapely.equals_exact(one, other, 0.0))


def follow_communities(
    tx: Transaction, cells: Cells, change: Change, community_of: Mapping[str, str]
) -> None:
    """Let communities, and where their outer border moves the subdistrict, follow their cells.

    Nothing is read where no outline of a community's cells changed: nearly always.

    Raises:
        RequestError: a community would be in two parts, or empty.
    """
    touched = changed_groups(change, community_of)
    if not touched:
        return
    shapes = [*change.before.values(), *change.after.values()]
    near = reach.grown(reach.boxes_around(shapes))
    found = store.read_near(tx.connection, "community", near)
    communities = _coverage(found)
    followed = follow(communities, cells.coverage, change, community_of)
    _write(tx, "community", followed)
    _follow_subdistrict(tx, communities, followed)


def _coverage(found: Features) -> Coverage:
    shapes = found.geometry if found.geometry is not None else as_objects([])
    return Coverage(tuple(found.columns["id"].tolist()), shapes)


def _follow_subdistrict(tx: Transaction, communities: Coverage, followed: Change) -> None:
    if not followed.after:
        return
    found = store.read_where(tx.connection, _SUBDISTRICT, (), "t.geom IS NOT NULL")
    if len(found) != 1:  # nothing is drawn, or nobody knows to which one a community belongs
        return
    one = _coverage(found)
    parent_of = dict.fromkeys((*communities.keys, *followed.after), one.keys[0])
    if changed_groups(followed, parent_of):
        _write(tx, _SUBDISTRICT, follow(one, communities, followed, parent_of))


def _write(tx: Transaction, table: str, change: Change) -> None:
    for key in sorted(change.changed):
        store.update_row(tx, table, key, {}, _as_multipolygon(change.after[key]))


def _as_multipolygon(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([*shapely.get_parts(shape)])
