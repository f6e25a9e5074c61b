"""What a vector tile holds of the ground, in the few kinds that a quiet base map tells apart."""

from dataclasses import dataclass
from enum import Enum

from gridmap.geo.shapes import Shapes


class GroundKind(Enum):
    """A kind of ground, undermost first."""

    LAND = "land"
    BUILT = "built"
    GREEN = "green"
    WATER = "water"
    STREAM = "stream"
    PATH = "path"
    RAIL = "rail"
    LANE = "lane"
    STREET = "street"
    ROAD = "road"
    MOTORWAY = "motorway"
    BUILDING = "building"
    BORDER = "border"
    AREA = "area"
    """Areas and lines of which nothing is known."""
    LINE = "line"


@dataclass(frozen=True)
class GroundTile:
    """The shapes of one tile in Web Mercator metres, by kind, undermost first."""

    parts: tuple[tuple[GroundKind, Shapes], ...]
