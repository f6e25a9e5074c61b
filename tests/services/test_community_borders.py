"""The border between two communities follows a line, and the cells on both sides with it."""

from itertools import combinations

import shapely
from shapely import ops
from tests.services.divisions import bytes_of, ensure_whole, in_force

from gridmap.geo.borders import find_arcs
from gridmap.geo.coverage import Coverage
from gridmap.geo.edit_between import find_between
from gridmap.geo.features import as_objects
from gridmap.services import history
from gridmap.services.cells import EditCells, edit_cells
from gridmap.store import rows


def divided(opened):
    """Return the cells, the community of each, and the communities."""
    cells = in_force(opened)
    ids = tuple(id_ for id_, _, _ in cells.values())
    coverage = Coverage(ids, as_objects([shape for _, shape, _ in cells.values()]))
    parent_of = {id_: row["community_id"] for id_, _, row in cells.values()}
    with opened.reading() as reader:
        found = rows.read_features(reader, "community", [])
    shapes = [shapely.get_parts(shape)[0] for shape in found.geometry]
    return coverage, parent_of, Coverage(tuple(found.columns["id"].tolist()), as_objects(shapes))


def line_beside(parents, beside_m):
    """Return a line beside the common border, from one point of it to another."""
    arcs = [arc for pair in combinations(parents.keys, 2) for arc in find_arcs(parents, *pair)]
    arc = max(arcs, key=lambda one: one.length)
    part = ops.substring(arc, 0.2, 0.6, normalized=True)
    beside = ops.substring(shapely.offset_curve(part, beside_m), 0.05, 0.95, normalized=True)
    return (part.coords[0], *beside.coords, part.coords[-1])


def test_cells_and_communities_follow_a_line_along_their_border(sample):
    coverage, parent_of, parents = divided(sample)
    before = bytes_of(sample)
    (edit,) = find_between(coverage, parent_of, line_beside(parents, 4.0))
    done = edit_cells(sample, EditCells(edit)).value
    assert not done.new
    assert not done.gone
    assert len(done.changed) > 2
    assert len({parent_of[key] for key in done.changed}) == 2
    ensure_whole(sample)
    assert "社区之间的边界" in history.recent(sample, 1).value[0].intention.zh
    sample.undo()
    assert bytes_of(sample) == before


def test_a_line_that_ends_on_no_border_of_communities_means_none(sample):
    coverage, parent_of, _ = divided(sample)
    inside = shapely.point_on_surface(coverage.shapes[0])
    line = ((inside.x, inside.y), (inside.x + 5, inside.y))
    assert find_between(coverage, parent_of, line) == ()
