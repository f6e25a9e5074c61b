"""Lines out of what shapely gives back; no Qt."""

import shapely


def runs_of(found: shapely.Geometry) -> list[shapely.LineString]:
    """Return the lines of a geometry, joined where they go on in each other; no empty ones.

    >>> runs_of(shapely.MultiLineString([[(0, 0), (1, 0)], [(1, 0), (2, 0)]]))
    [<LINESTRING (0 0, 1 0, 2 0)>]
    >>> runs_of(shapely.LineString())
    []
    """
    parts = [
        part
        for part in shapely.get_parts(found)
        if part.geom_type == "LineString" and not shapely.is_empty(part)
    ]
    if not parts:
        return []
    return list(shapely.get_parts(shapely.line_merge(shapely.MultiLineString(parts))))
