"""Ground of a community that no cell has, and how a building on it comes to a cell."""

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.patches import ground_of, outlines_beside
from gridmap.model.cell_edits import Extend
from gridmap.services import painting_texts as texts
from gridmap.services.palette import Palette

_SPECK_M2 = 0.5


def extension_to(palette: Palette, target: str, buildings: tuple[int, ...]) -> Extend:
    """Return the edit that gives a cell the free ground of buildings that lie in no cell.

    They take the ground that lies nearer to them than to other such buildings; where they are
    alone on a piece not larger than a cell, all of it.

    Raises:
        RequestError: there is no free ground of the cell's community, or it does not hang
            together.
    """
    patches = palette.buildings.shapes[list(buildings)]
    inner = shapely.point_on_surface(patches)
    piece = next(
        (one for one in _pieces(palette, target) if shapely.intersects(one, inner).all()), None
    )
    if piece is None:
        raise RequestError(texts.no_free_ground(), place=_at(patches[0]))
    parts = ground_of(
        piece, shapely.intersection(patches, piece), _stays(palette, target, piece, buildings)
    )
    held = [part for part in parts if shapely.intersects(part, inner).any()]
    if len(held) != 1:
        raise RequestError(texts.free_ground_in_parts(), place=_at(patches[0]))
    ring = shapely.get_coordinates(shapely.get_exterior_ring(held[0]))
    return Extend(tuple((float(x), float(y)) for x, y in np.round(ring, 3)), target)


def _pieces(palette: Palette, target: str) -> Geometries:
    """Return the pieces of the community's ground that no cell has."""
    ground = palette.ground
    community = ground.rows[target]["community_id"]
    if community not in ground.communities.keys:
        return as_objects([])
    whole = ground.communities.shape(community)
    near = ground.cells.near([whole])
    pieces = shapely.get_parts(shapely.difference(whole, shapely.union_all(near.shapes)))
    found: Geometries = pieces[shapely.area(pieces) > _SPECK_M2]
    return found


def _stays(
    palette: Palette, target: str, piece: shapely.Polygon, buildings: tuple[int, ...]
) -> Geometries:
    """Return what keeps its ground: other buildings there, and of a large piece its far edges."""
    things = palette.buildings
    is_other = np.array([owner is None for owner in things.owners], bool)
    is_other[list(buildings)] = False
    inside = shapely.intersection(things.shapes[is_other], piece)
    others: Geometries = inside[shapely.area(inside) > _SPECK_M2]
    if len(others) or shapely.area(piece) <= palette.ground.office.area_high_m2:
        return others
    return outlines_beside(piece, palette.ground.cells.shape(target))


def _at(shape: shapely.Geometry) -> Place:
    at = shapely.point_on_surface(shape)
    return Place(xy=(float(at.x), float(at.y)))
