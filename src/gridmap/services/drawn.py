"""What was typed instead of drawn: lines as WKT, places as two numbers."""

import math

import shapely

from gridmap.base.errors import RequestError
from gridmap.model.cell_edits import XY, Line
from gridmap.services import cell_texts as texts

_SHOWN = 60


def parse_line(given: str) -> Line:
    """Return the line or ring of a WKT text, in the workspace's CRS.

    Raises:
        RequestError: it is no LINESTRING, LINEARRING or POLYGON without holes.
    """
    try:
        shape = shapely.from_wkt(given)
    except shapely.GEOSException:
        shape = None
    if isinstance(shape, shapely.Polygon) and not shape.interiors:
        shape = shape.exterior
    if not isinstance(shape, shapely.LineString) or shape.is_empty:
        raise RequestError(texts.wrong_line(given=given[:_SHOWN]))
    line = tuple((float(x), float(y)) for x, y in shapely.get_coordinates(shape))
    if not all(map(_is_finite, line)):
        raise RequestError(texts.wrong_line(given=given[:_SHOWN]))
    return line


def parse_xy(given: str) -> XY:
    """Return a place (or a way) written as ``east,north``, in metres.

    Raises:
        RequestError: these are not two numbers.
    """
    try:
        x, y = (float(part) for part in given.split(","))
    except ValueError:
        raise RequestError(texts.wrong_place(given=given[:_SHOWN])) from None
    if not _is_finite((x, y)):
        raise RequestError(texts.wrong_place(given=given[:_SHOWN]))
    return x, y


def _is_finite(xy: XY) -> bool:
    return all(map(math.isfinite, xy))
