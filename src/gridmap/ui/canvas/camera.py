"""Where the map is looked at from: a ladder of scales, and a grid of whole pixels.

Scales are steps of a ladder and positions are whole pixels, so that a tile painted once fits to
the pixel wherever the map is dragged, and again when the user comes back to that scale.
"""

import math
from collections.abc import Set
from dataclasses import dataclass, replace

from gridmap.model.style import PIXEL_M
from gridmap.report.view import Extent

TILE = 256
"""Device pixels of a tile's side: small, because painting one holds Python's lock."""
STEPS = 4
"""Steps of the ladder until the scale has doubled."""
_NEAREST = -26  # 11 mm of ground per pixel
_FARTHEST = 48  # 4 km per pixel


@dataclass(frozen=True)
class TileKey:
    """A tile by its step of the ladder, and its place in that step's grid (rows go south)."""

    level: int
    column: int
    row: int

    @property
    def extent(self) -> Extent:
        """Return the ground that the tile shows."""
        side = TILE * resolution_of(self.level)
        left, top = self.column * side, -self.row * side
        return left, top - side, left + side, top


@dataclass(frozen=True)
class Block:
    """Neighbouring tiles that are painted in one go, by the first one's place and how many."""

    level: int
    column: int
    row: int
    columns: int = 1
    rows: int = 1

    @property
    def keys(self) -> tuple[TileKey, ...]:
        """Return the tiles."""
        return tuple(
            TileKey(self.level, self.column + x, self.row + y)
            for y in range(self.rows)
            for x in range(self.columns)
        )

    @property
    def corner(self) -> tuple[float, float]:
        """Return the ground (east, north) under the top left corner."""
        side = TILE * resolution_of(self.level)
        return self.column * side, -self.row * side

    def place_of(self, key: TileKey) -> tuple[int, int]:
        """Return where in the block a tile lies, in device pixels."""
        return (key.column - self.column) * TILE, (key.row - self.row) * TILE


def block_around(key: TileKey, wanted: Set[TileKey], most: int) -> Block:
    """Return the block of wanted tiles around one of them, as high as may be, and then as wide.

    ``most`` is how many tiles it may have. Full columns leave rectangles beside them, where
    squares would leave strips.
    """
    block = Block(key.level, key.column, key.row)
    is_growing = True
    while is_growing:
        is_growing = False
        for grown in _grown(block):
            if len(grown.keys) <= most and wanted >= set(grown.keys):
                block, is_growing = grown, True
                break
    return block


def _grown(block: Block) -> list[Block]:
    """Return a block larger by a row or by a column, on each side."""
    higher = replace(block, rows=block.rows + 1)
    wider = replace(block, columns=block.columns + 1)
    return [
        higher,
        replace(higher, row=block.row - 1),
        wider,
        replace(wider, column=block.column - 1),
    ]


def resolution_of(level: int) -> float:
    """Return the metres of ground per device pixel at a step of the ladder."""
    return float(2.0 ** (level / STEPS))


@dataclass(frozen=True)
class Camera:
    """The window in device pixels: its left edge (``x``) and its top edge (``y``, going south)."""

    level: int = 0
    x: int = 0
    y: int = 0
    width: int = 1
    height: int = 1
    ratio: float = 1.0

    @property
    def resolution(self) -> float:
        """Return the metres of ground per device pixel."""
        return resolution_of(self.level)

    @property
    def denominator(self) -> float:
        """Return N of the scale 1:N, on a screen of 96 style pixels to the inch."""
        return self.resolution * self.ratio / PIXEL_M

    @property
    def extent(self) -> Extent:
        """Return the ground in the window."""
        scale = self.resolution
        bottom = -(self.y + self.height) * scale
        return self.x * scale, bottom, (self.x + self.width) * scale, -self.y * scale

    def to_ground(self, x: float, y: float) -> tuple[float, float]:
        """Return the ground (east, north) under a device pixel of the window."""
        return (self.x + x) * self.resolution, -(self.y + y) * self.resolution

    def to_pixel(self, east: float, north: float) -> tuple[float, float]:
        """Return the device pixel of the window that shows a place."""
        return east / self.resolution - self.x, -north / self.resolution - self.y

    def moved(self, dx: float, dy: float) -> "Camera":
        """Return the camera moved by device pixels, right and down."""
        return replace(self, x=self.x + round(dx), y=self.y + round(dy))

    def zoomed(self, steps: int, x: float, y: float) -> "Camera":
        """Return the camera nearer by ``steps``, the ground under pixel (x, y) staying there."""
        level = min(max(self.level - steps, _NEAREST), _FARTHEST)
        east, north = self.to_ground(x, y)
        scale = resolution_of(level)
        return replace(self, level=level, x=round(east / scale - x), y=round(-north / scale - y))

    def resized(self, width: int, height: int, ratio: float) -> "Camera":
        """Return the camera with a window of another size, its centre staying where it is."""
        # towards zero, so that there and back again is where it was: ``//`` loses a pixel each time
        dx, dy = int((self.width - width) / 2), int((self.height - height) / 2)
        return replace(
            self, x=self.x + dx, y=self.y + dy, width=max(width, 1), height=max(height, 1),
            ratio=ratio,
        )  # fmt: skip

    def fitted(self, extent: Extent, *, margin: float = 0.04) -> "Camera":
        """Return the camera at the nearest step of the ladder that shows the whole extent."""
        xmin, ymin, xmax, ymax = extent
        room = 1 - 2 * margin
        needed = max((xmax - xmin) / (self.width * room), (ymax - ymin) / (self.height * room))
        level = math.ceil(STEPS * math.log2(max(needed, 1e-9)))
        level = min(max(level, _NEAREST), _FARTHEST)
        scale = resolution_of(level)
        x = round((xmin + xmax) / 2 / scale - self.width / 2)
        y = round(-(ymin + ymax) / 2 / scale - self.height / 2)
        return replace(self, level=level, x=x, y=y)

    def tiles(self, margin: int = 0) -> list[TileKey]:
        """Return the tiles in the window and ``margin`` around it, the middle first."""
        columns = range(self.x // TILE - margin, (self.x + self.width - 1) // TILE + 1 + margin)
        rows = range(self.y // TILE - margin, (self.y + self.height - 1) // TILE + 1 + margin)
        middle_x, middle_y = self.x + self.width / 2, self.y + self.height / 2

        def distance(key: TileKey) -> float:
            dx, dy = (key.column + 0.5) * TILE - middle_x, (key.row + 0.5) * TILE - middle_y
            return dx * dx + dy * dy

        return sorted((TileKey(self.level, c, r) for c in columns for r in rows), key=distance)
