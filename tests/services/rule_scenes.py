"""Divisions with a fault: planted in the sample, one at a time."""

import shapely
from shapely.ops import substring
from tests.services.divisions import in_force

from gridmap.base.messages import Wording
from gridmap.services.rules import CheckRules, check_rules
from gridmap.store import edit as store

PLANTED = Wording("动手脚", "Planted")


def plant(opened, table, row_id, shape=None, **values):
    """Change a row behind the back of all services."""
    with opened.transaction(PLANTED) as tx:
        store.update_row(tx, table, row_id, values, shape)
    return opened.touched_by(tx)


def found(opened, rule=None, division=None):
    """Return what the rules find, or what one of them does."""
    findings = check_rules(opened, CheckRules(division)).value
    return [one for one in findings if rule is None or one.rule == rule]


def with_divided_compounds(opened, count=2):
    """Say that one unit runs some compounds that lie in several cells; return their ids."""
    with opened.transaction(PLANTED) as tx:
        compounds = store.read_where(tx.connection, "compound", (), "t.geom IS NOT NULL")
        divided = [
            id_
            for id_, ground in zip(compounds.columns["id"], compounds.geometry, strict=True)
            if sum(
                shape.intersection(ground).area > 100 for _, shape, _ in in_force(opened).values()
            )
            > 1
        ]
        for id_ in divided[:count]:
            store.update_row(tx, "compound", id_, {"single_owner": 1})
    return divided[:count]


def inner_pair(opened):
    """Return two neighbours inside one community, (code, id, shape) each, and their border."""
    cells = in_force(opened)
    whole = {
        community: shapely.union_all(
            [shape for _, shape, row in cells.values() if row["community_id"] == community]
        )
        for community in {row["community_id"] for _, _, row in cells.values()}
    }
    for one, (id_, shape, row) in sorted(cells.items()):
        inner = shape.distance(whole[row["community_id"]].boundary) > 1
        for other, (other_id, beside, other_row) in sorted(cells.items()):
            border = shapely.line_merge(shapely.intersection(shape, beside))
            is_same = row["community_id"] == other_row["community_id"]
            if inner and one != other and is_same and border.length > 40:
                return (one, id_, shape), (other, other_id, beside), border
    raise AssertionError


def strip_along(border, width_m):
    """Return a strip along both sides of the middle of a border."""
    middle = substring(border, 0.3, 0.7, normalized=True)
    return shapely.set_precision(middle.buffer(width_m / 2, cap_style="flat"), 0.001)


def with_gap(opened, width_m=0.2):
    """Cut a strip out of a cell along its border; return the touched, and the cell's code."""
    (code, id_, shape), _, border = inner_pair(opened)
    less = shapely.difference(shape, strip_along(border, width_m))
    return plant(opened, "cell", id_, less), code


def with_overlap(opened, width_m=0.2):
    """Let a cell reach over its border; return the touched, and the cell's code."""
    (code, id_, shape), _, border = inner_pair(opened)
    more = shapely.union(shape, strip_along(border, width_m))
    return plant(opened, "cell", id_, shapely.set_precision(more, 0.001)), code


def on_the_rim(opened):
    """Return (code, id, shape) of a cell at the outer edge of all communities, and that edge."""
    cells = in_force(opened)
    rim = shapely.union_all([shape for _, shape, _ in cells.values()]).boundary
    for code, (id_, shape, _) in sorted(cells.items()):
        edge = shapely.line_merge(shapely.intersection(shape.boundary, rim))
        if edge.length > 60 and edge.geom_type == "LineString":
            return (code, id_, shape), edge
    raise AssertionError
