"""A coverage: areas that tile, each with a key; and what an edit changes of it.

Coordinates are metres in a projected CRS on a grid of 1 mm. Borders are shared vertex by vertex:
what one area has on a border its neighbour has as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries, as_objects

GRID_M = 0.001
Key = str


@dataclass(frozen=True)
class Coverage:
    """Polygons that tile; ``keys`` and ``shapes`` have the same length and order."""

    keys: tuple[Key, ...]
    shapes: Geometries

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def is_valid(self) -> bool:
        """Return whether all areas are valid, and match their neighbours edge by edge."""
        return bool(shapely.is_valid(self.shapes).all() and shapely.coverage_is_valid(self.shapes))

    def position(self, key: Key) -> int:
        """Return where an area is; raises KeyError where it is not."""
        try:
            return self.keys.index(key)
        except ValueError:
            raise KeyError(key) from None

    def shape(self, key: Key) -> shapely.Polygon:
        """Return the area of a key; raises KeyError where there is none."""
        return self.shapes[self.position(key)]

    def take(self, positions: NDArray[np.int64]) -> "Coverage":
        """Return some of the areas."""
        return Coverage(tuple(self.keys[at] for at in positions.tolist()), self.shapes[positions])

    def near(self, shapes: Iterable[shapely.Geometry], distance_m: float = 0.0) -> "Coverage":
        """Return the areas whose boxes come near to some shapes."""
        places = as_objects(list(shapes))
        tree = shapely.STRtree(self.shapes)
        boxes = shapely.box(*(shapely.bounds(places) + _grown(distance_m)).T)
        return self.take(np.unique(tree.query(boxes)[1]))


def _grown(distance_m: float) -> NDArray[np.float64]:
    return np.array([-distance_m, -distance_m, distance_m, distance_m])


@dataclass(frozen=True)
class Change:
    """What an edit does to a coverage; ``~change`` gives the bytes of before back.

    ``after`` holds the shapes of areas that are changed or new, ``before`` those of areas that are
    changed or gone. ``heirs`` tells for each new area from which ones its ground came, the one
    that gave most first.
    """

    before: Mapping[Key, shapely.Polygon]
    after: Mapping[Key, shapely.Polygon]
    heirs: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)

    @property
    def gone(self) -> frozenset[Key]:
        """Return the keys that end."""
        return frozenset(self.before) - frozenset(self.after)

    @property
    def new(self) -> frozenset[Key]:
        """Return the keys that begin."""
        return frozenset(self.after) - frozenset(self.before)

    @property
    def changed(self) -> frozenset[Key]:
        """Return the keys that stay, with another shape."""
        return frozenset(self.before) & frozenset(self.after)

    def __invert__(self) -> "Change":
        return Change(self.after, self.before)

    def __add__(self, later: "Change") -> "Change":
        """Return one change that does what this one and then a later one do.

        What this one makes and the later one ends is in neither of its sides.
        """
        before = {k: shape for k, shape in later.before.items() if k not in self.after}
        after = {k: shape for k, shape in self.after.items() if k not in later.before}
        total = Change(before | dict(self.before), after | dict(later.after))
        heirs = {key: self._traced(later.heirs.get(key, ())) for key in later.new}
        heirs |= {key: from_ for key, from_ in self.heirs.items() if key not in heirs}
        kept = {key: from_ for key, from_ in heirs.items() if key in total.new and from_}
        return Change(total.before, total.after, kept)

    def _traced(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """Follow keys that this change made back to those that it made them of."""
        found = [origin for key in keys for origin in self.heirs.get(key, (key,))]
        return tuple(dict.fromkeys(found))

    def applied(self, coverage: Coverage) -> Coverage:
        """Return the coverage after the change; areas that stay keep their place and bytes."""
        gone = self.gone
        shapes = dict(zip(coverage.keys, coverage.shapes, strict=True)) | dict(self.after)
        kept = [key for key in coverage.keys if key not in gone]
        keys = (*kept, *(key for key in self.after if key not in coverage.keys))
        return Coverage(keys, as_objects([shapes[key] for key in keys]))
