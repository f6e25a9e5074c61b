"""A division to edit: cells of the sample by place, and what must hold of them at any time."""

import numpy as np
import shapely

from gridmap.model.cell_edits import (
    AddVertex,
    Assign,
    Carve,
    DeleteVertex,
    Extend,
    HandOver,
    Merge,
    MoveBorder,
    MoveVertex,
    Reshape,
    Split,
    SplitParts,
)
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.division import COLUMNS
from gridmap.store import edit as store
from gridmap.store import rows
from gridmap.store.triggers import quoted

AREA_TABLES = ("cell", "community", "subdistrict", "grid")


def in_force(opened, division=None):
    """Return the cells of a division as {code: (id, shape, row)}."""
    with opened.reading() as reader:
        found = store.read_where(reader, "cell", COLUMNS, store.DIVISION, (division,))
    return {
        found.columns["code"][at]: (
            found.columns["id"][at],
            found.geometry[at],
            {name: found.columns[name][at] for name in COLUMNS},
        )
        for at in range(len(found))
    }


def code(number):
    """Return the code of the n-th cell of the sample."""
    return f"119999001001{number:03d}"


def across(shape, share=0.5):
    """Return a line through a shape from west to east, at a share of its height."""
    west, south, east, north = shape.bounds
    y = south + share * (north - south)
    return ((west - 5, y), (east + 5, y))


def split(opened, one, share=0.5, **options):
    """Split a cell by a line from west to east."""
    cell, shape, _ = in_force(opened, options.get("division"))[one]
    return edit_cells(opened, EditCells(Split((cell,), across(shape, share)), **options))


def inner_vertex(opened, division=None):
    """Return a vertex that three cells have, and the codes of these."""
    cells = in_force(opened, division)
    held = {}
    for one, (_, shape, _) in cells.items():
        for xy in shapely.get_coordinates(shape)[:-1].tolist():
            held.setdefault(tuple(xy), set()).add(one)
    rim = shapely.union_all([shape for _, shape, _ in cells.values()]).boundary
    return next(
        (xy, codes)
        for xy, codes in sorted(held.items())
        if len(codes) == 3 and rim.distance(shapely.Point(xy)) > 20
    )


def outer_vertex(opened):
    """Return a vertex on the rim that only one cell has, and its code."""
    cells = in_force(opened)
    whole = shapely.union_all([shape for _, shape, _ in cells.values()])
    for one, (_, shape, _) in sorted(cells.items()):
        for xy in shapely.get_coordinates(shape)[:-1].tolist():
            point = shapely.Point(xy)
            others = [s for other, (_, s, _) in cells.items() if other != one]
            if whole.boundary.distance(point) < 1e-9 and min(s.distance(point) for s in others) > 5:
                return tuple(xy), one
    raise AssertionError("no cell has a vertex of its own")


def nudge(opened, xy, east=1.5, north=1.0, **options):
    """Move a vertex a little."""
    to = (round(xy[0] + east, 3), round(xy[1] + north, 3))
    return edit_cells(opened, EditCells(MoveVertex(xy, to), **options))


def bytes_of(opened, tables=AREA_TABLES):
    """Return every row of some tables, geometries as stored."""
    with opened.reading() as reader:
        return {
            table: sorted(
                reader.execute(f"SELECT * FROM {quoted(table)}").fetchall(), key=lambda row: row[0]
            )
            for table in tables
        }


def ensure_whole(opened):
    """Hold that cells tile, and that community, subdistrict and grids are what their cells are."""
    cells = in_force(opened)
    shapes = np.array([shape for _, shape, _ in cells.values()], object)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    with opened.reading() as reader:
        for table, column in (("community", "community_id"), ("grid", "grid_id")):
            found = rows.read_features(reader, table, ["households"])
            for id_, parent, people in zip(
                found.columns["id"], found.geometry, found.columns["households"], strict=True
            ):
                members = [held for held in cells.values() if held[2][column] == id_]
                if not members:
                    assert table == "grid"
                    assert parent is None
                    continue
                whole = shapely.coverage_union_all(np.array([m[1] for m in members], object))
                assert shapely.area(shapely.symmetric_difference(whole, parent)) < 1e-6
                assert vertices(whole) == vertices(parent)
                if table == "grid":
                    assert (people or 0) == sum(m[2]["households"] or 0 for m in members)
        whole = rows.read_features(reader, "subdistrict", []).geometry[0]
        communities = rows.read_features(reader, "community", []).geometry
    assert vertices(shapely.union_all(communities)) <= vertices(whole)
    assert shapely.equals(shapely.union_all(communities), whole)


def vertices(shape):
    return set(map(tuple, shapely.get_coordinates(shape).tolist()))


def any_edit(chance, cells):
    """Return an edit of any kind, somewhere; many of them cannot be done."""
    cell, shape, _ = cells[chance.choice(sorted(cells, key=str))]
    beside = sorted(
        (id_, other)
        for id_, other, _ in cells.values()
        if id_ != cell
        and shapely.line_merge(shapely.intersection(other, shape)).geom_type == "LineString"
    )
    other, neighbour = chance.choice(beside)
    xy = chance.choice(shape.exterior.coords[:-1])
    near = moved(xy, chance.uniform(-4, 4), chance.uniform(-4, 4))
    middle = shape.centroid.coords[0]
    bay = bay_of(shape, neighbour, chance.uniform(0.1, 0.4))
    disc = disc_at(chance.choice([xy, middle]), chance.uniform(6, 22))
    return chance.choice(
        [
            Split((cell,), across(shape, chance.uniform(0.2, 0.8))),
            SplitParts(cell, 2, "area"),
            Merge((cell, other)),
            MoveVertex(xy, near),
            MoveBorder(cell, chance.choice([other, None]), moved((0, 0), 2.0, -1.5)),
            AddVertex(moved(along(shape.exterior, chance.random()), 0, 0)),
            DeleteVertex(xy),
            Reshape(cell, chance.choice([other, None]), bay),
            HandOver(cell, other, bay),
            Carve(disc),
            Extend(disc, chance.choice([cell, None])),
            Assign((disc,), cell),
        ]
    )


def moved(xy, east, north):
    """Return a place some way off, on the 1 mm grid."""
    return (round(xy[0] + east, 3), round(xy[1] + north, 3))


def along(line, share):
    """Return a place at a share of a line's length."""
    return shapely.line_interpolate_point(line, share, normalized=True).coords[0]


def bay_of(shape, neighbour, depth):
    """Return a line from the border of two cells into the first one and back to the border."""
    border = shapely.line_merge(shapely.intersection(shape, neighbour))
    start, (x, y), end = (along(border, share) for share in (0.2, 0.5, 0.8))
    to_x, to_y = shape.centroid.coords[0]
    return (
        moved(start, 0, 0),
        moved((x, y), depth * (to_x - x), depth * (to_y - y)),
        moved(end, 0, 0),
    )


def disc_at(xy, radius):
    """Return a ring of five corners."""
    ring = shapely.Point(xy).buffer(radius, quad_segs=2).exterior.coords[::2]
    return tuple(moved(corner, 0, 0) for corner in ring)
