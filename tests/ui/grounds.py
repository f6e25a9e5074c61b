"""A small ground to edit: nine cells of 100 m, lanes, a wall and buildings."""

from itertools import product

import numpy as np
import shapely

from gridmap.geo.coverage import Coverage
from gridmap.geo.features import Features, as_objects
from gridmap.services.ground import Ground
from gridmap.services.office import Office
from gridmap.ui.tools.edit_deeds import Deed, Spot
from gridmap.ui.tools.edit_site import Site
from gridmap.ui.tools.edit_wishes import Wish

EAST, NORTH = 500_000.0, 4_000_000.0
SIDE = 100.0


def at(east: float, north: float) -> tuple[float, float]:
    """Return a place by its way from the south-western corner."""
    return EAST + east, NORTH + north


def features(shapes: list[shapely.Geometry], **columns: list[object]) -> Features:
    """Return rows with shapes."""
    ids = as_objects([f"f{number}" for number in range(len(shapes))])
    made = {name: as_objects(values) for name, values in columns.items()}
    return Features({"id": ids} | made, as_objects(shapes))


def make_ground() -> Ground:
    """Return cells ``c00`` (south-west) to ``c22``, named by column and row.

    A lane of three pieces goes from west to east at 150 m, one of its ends within ``c21``; a wall
    encloses the middle of ``c00``; a building of 12 households stands in ``c22``.
    """
    spots = list(product(range(3), range(3)))
    corners = [at(column * SIDE, row * SIDE) for column, row in spots]
    shapes = as_objects([shapely.box(x, y, x + SIDE, y + SIDE) for x, y in corners])
    keys = tuple(f"c{column}{row}" for column, row in spots)
    rows = {
        key: {"code": f"11010100100{n:04d}", "name": key, "households": 10, "locked": 0}
        for n, key in enumerate(keys)
    }
    lanes = [
        shapely.LineString([at(-20, 150), at(140, 152)]),
        shapely.LineString([at(240, 149), at(140, 152)]),
        shapely.LineString([at(140, 152), at(141, 230)]),
    ]
    wall = shapely.box(*at(20, 30), *at(60, 80))
    building = shapely.box(*at(220, 220), *at(240, 250))
    return Ground(
        (*at(-50, -50), *at(350, 350)),
        None,
        Coverage(keys, shapes),
        rows,
        Coverage((), as_objects([])),
        {},
        features([building], name=["楼"], use=[None], households=[12]),
        features([wall], name=["院"], single_owner=[1]),
        features(lanes, name=["巷"] * 3, kind=[None] * 3, width_m=[4.0] * 3),
        Office(),
        1,
    )


def spot(deed: Deed, east: float, north: float, *, reach_m: float = 2.0) -> Spot:
    """Return a place as the pointer gives it, snapped where the deed wants it."""
    raw = at(east, north)
    site = deed.site
    found = None
    if site is not None and deed.may_snap:
        found = site.snap(raw, reach_m, deed.last, is_moving=deed.is_moving)
    return Spot(found.xy if found is not None else raw, raw, reach_m, found)


def edits_of(wish: Wish | None, site: Site) -> list[object]:
    """Return the edits that a wish has tried."""
    assert wish is not None
    return list(wish(site.ground))


def areas(shapes: dict[str, shapely.Polygon]) -> list[int]:
    """Return the areas, rounded to whole square metres, in order."""
    return sorted(int(area) for area in np.round(shapely.area(as_objects(list(shapes.values())))))
