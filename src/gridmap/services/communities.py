"""Drawing a community: its border fits those beside it, and the subdistrict grows with it."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base import clock
from gridmap.base.errors import Place, RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.edit_checks import is_sliver
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import Features, as_objects
from gridmap.geo.parents import follow
from gridmap.model import codes
from gridmap.model.cell_edits import Extend, Line
from gridmap.model.changes import Outcome
from gridmap.services import community_texts as texts
from gridmap.services import reach
from gridmap.services.division import Cells, read_cells
from gridmap.services.parents import follow_communities
from gridmap.store import edit as store
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class DrawCommunity:
    """A new community: a ring in metres in the workspace's CRS, its name, its 12-digit code."""

    ring: Line
    name: str
    code: str


def propose_code(opened: Workspace) -> Outcome[str]:
    """Return the code after the highest one that a community of the subdistrict has."""
    with opened.reading() as reader:
        found = store.read_where(reader, "subdistrict", ("code",), "1", with_shapes=False)
        prefix = str(found.columns["code"][0])[:9]
        taken = store.read_where(reader, "community", ("code",), "1", with_shapes=False)
    numbers = [
        int(code[9:])
        for code in taken.columns["code"]
        if code
        and len(code) == codes.COMMUNITY_DIGITS
        and code.startswith(prefix)
        and code[9:].isdecimal()
    ]
    return Outcome(f"{prefix}{max(numbers, default=0) + 1:03}")


def ring_of(shape: shapely.Geometry) -> Line:
    """Return the outer ring of a polygon, or of the first part of a multipolygon."""
    first = shapely.get_parts(shape)[0]
    coordinates = shapely.get_coordinates(shapely.get_exterior_ring(first)).tolist()
    return tuple((x, y) for x, y in coordinates)


def draw_community(
    opened: Workspace, request: DrawCommunity, _progress: Progress = quiet
) -> Outcome[str]:
    """Make a community of the ground within a ring that no other one has; return its id.

    Where the ring meets a neighbour's border, the two share it from then on, vertex by vertex,
    and so do the cells beside it. The subdistrict grows by the new ground, or begins with it.

    Raises:
        RequestError: it has no name, the code is wrong or taken, or the ring leaves no ground, a
            sliver or a narrow gap, or takes ground of a community that no cell has; ``place``
            says where, and nothing has changed.
        WorkspaceError: the workspace cannot be written.
    """
    name, code = request.name.strip(), request.code.strip()
    if not name:
        raise RequestError(texts.name_missing())
    with opened.transaction(texts.drawn(community=name)) as tx:
        subdistrict = _ensure_code(tx, code)
        beside = _read_beside(tx, request.ring)
        new = clock.new_id()
        edit = Extend(request.ring)
        change = apply_edit(beside.members.coverage, edit, new_key=lambda: new)
        _write_beside(tx, beside, change, new)
        _ensure_nobodys(tx, beside, change.after[new])
        values = {"name": name, "code": code, "subdistrict_id": subdistrict}
        shape = shapely.MultiPolygon([change.after[new]])
        store.insert_row(tx, "community", values, shape, row_id=new)
        _grow_subdistrict(tx, subdistrict, beside, change, new)
    return Outcome(new, opened.touched_by(tx), tx.id)


@dataclass(frozen=True)
class _Beside:
    """What lies around: cells, and whole communities (``blank``) where these have no cells."""

    members: Cells
    blank: frozenset[str]
    communities: Coverage


def _ensure_code(tx: Transaction, code: str) -> str:
    """Return the subdistrict of a new community's code."""
    found = store.read_where(tx.connection, "subdistrict", ("code",), "1", with_shapes=False)
    row_id, of = found.columns["id"][0], str(found.columns["code"][0])
    if not (code.isascii() and code.isdecimal() and len(code) == codes.COMMUNITY_DIGITS):
        raise RequestError(texts.wrong_code(code=code, subdistrict=of[:9]))
    if not code.startswith(of[:9]):
        raise RequestError(texts.wrong_code(code=code, subdistrict=of[:9]))
    named = store.read_where(
        tx.connection, "community", ("name",), "t.code = ?", (code,), with_shapes=False
    )
    if len(named):
        raise RequestError(texts.code_taken(code=code, community=str(named.columns["name"][0])))
    return str(row_id)


def _read_beside(tx: Transaction, ring: Line) -> _Beside:
    boxes = reach.grown(reach.boxes_of((ring,)))
    near = store.boxes_near(tx.connection, "cell", boxes, store.DIVISION, (None,))
    cells = read_cells(tx.connection, reach.grown([*boxes, *near]), None)
    held = _polygons(store.read_near(tx.connection, "community", boxes))
    with_cells = set(cells.communities.values())
    blank = [at for at, key in enumerate(held.keys) if key not in with_cells]
    keys = (*cells.coverage.keys, *(held.keys[at] for at in blank))
    shapes = as_objects([*cells.coverage.shapes, *held.shapes[blank]])
    return _Beside(
        Cells(Coverage(keys, shapes), cells.rows),
        frozenset(held.keys[at] for at in blank),
        held,
    )


def _ensure_nobodys(tx: Transaction, beside: _Beside, ground: shapely.Polygon) -> None:
    """Refuse ground of a community that no cell of it has.

    Raises:
        RequestError: naming the community and the place.
    """
    shared = shapely.intersection(beside.communities.shapes, ground)
    for at in np.flatnonzero(shapely.area(shared) > 0).tolist():
        if is_sliver(shared[at]):  # a crossing rounded to the 1 mm grid
            continue
        key = beside.communities.keys[at]
        named = store.read_rows(tx.connection, "community", [key], ("name",), with_shapes=False)
        on = shapely.point_on_surface(shared[at])
        place = Place(table="community", id=key, xy=(float(on.x), float(on.y)))
        said = texts.ground_taken(community=str(named.columns["name"][0] or key))
        raise RequestError(said, place=place)


def _polygons(found: Features) -> Coverage:
    """Return communities as a coverage; one of several parts counts as each of them."""
    shapes = found.geometry if found.geometry is not None else as_objects([])
    there = ~shapely.is_missing(shapes)
    keys = tuple(found.columns["id"][there].tolist())
    single = [
        parts[0] if len(parts := shapely.get_parts(one)) == 1 else one for one in shapes[there]
    ]
    return Coverage(keys, as_objects(single))


def _write_beside(tx: Transaction, beside: _Beside, change: Change, new: str) -> None:
    """Give the neighbours the vertices that the new border brings."""
    for key in sorted(change.changed):
        table = "community" if key in beside.blank else "cell"
        shape = change.after[key]
        stored = shapely.MultiPolygon([shape]) if table == "community" else shape
        store.update_row(tx, table, key, {}, stored)
    of_cells = Change(
        {key: shape for key, shape in change.before.items() if key not in beside.blank},
        {key: change.after[key] for key in change.changed - beside.blank - {new}},
    )
    follow_communities(tx, beside.members, of_cells, beside.members.communities)


def _grow_subdistrict(
    tx: Transaction, subdistrict: str, beside: _Beside, change: Change, new: str
) -> None:
    found = store.read_rows(tx.connection, "subdistrict", [subdistrict], ())
    whole = found.geometry[0] if found.geometry is not None else None
    if whole is None:
        every = store.read_where(tx.connection, "community", (), "t.geom IS NOT NULL").geometry
        ground = shapely.coverage_union_all(every)
    else:
        # what follows its cells has brought the subdistrict along already
        blank = change.changed & beside.blank
        grown = Change(
            {key: change.before[key] for key in blank},
            {key: change.after[key] for key in (*blank, new)},
        )
        one = Coverage((subdistrict,), as_objects([whole]))
        of = dict.fromkeys(grown.after, subdistrict)
        ground = follow(one, beside.communities, grown, of).after.get(subdistrict, whole)
    parts = shapely.MultiPolygon([*shapely.get_parts(ground)])
    store.update_row(tx, "subdistrict", subdistrict, {}, parts)
