"""A layer made ready to be painted: in spatial order, indexed, every feature with its class."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import Shapes
from gridmap.model.style import Style
from gridmap.report.borders import border_lines, ring_lines
from gridmap.report.index import BoxIndex, spatial_order

AREA = 2
LINE = 1
POINT = 0


@dataclass(frozen=True)
class PreparedShapes:
    """Shapes of one dimension, in spatial order.

    ``classes[f]`` is the position of feature f's symbol in ``style.symbols``; ``alone[f]`` says
    that its area may cover others, so that it must be a path of its own (areas are filled
    odd-even, and two in one path would cancel each other).
    """

    shapes: Shapes
    index: BoxIndex
    classes: NDArray[np.int16]
    alone: NDArray[np.bool_] | None
    typical_size_m: float

    def __len__(self) -> int:
        return len(self.shapes)

    def anchors(self, positions: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return where a marker or a label of each feature goes, (n, 2).

        Not kept: the few in a window take a millisecond, all of a district a third of a second.
        """
        return anchors_of(self.shapes.take(positions))

    def take(self, positions: NDArray[np.int64], *, class_: int) -> "PreparedShapes":
        """Return the features at ``positions``, all of one class, each a path of its own."""
        shapes = self.shapes.take(positions)
        count = len(positions)
        return PreparedShapes(
            shapes,
            BoxIndex(shapes.bounds),
            np.full(count, class_, np.int16),
            np.ones(count, bool) if shapes.dimension == AREA else None,
            self.typical_size_m,
        )


@dataclass(frozen=True)
class PreparedLayer:
    """The rows of one table with the style in which they are painted."""

    style: Style
    rows: LayerRows
    parts: tuple[PreparedShapes, ...]
    borders: PreparedShapes | None
    """The borders of areas as lines, each once, where the style wants them so."""

    @property
    def table(self) -> str:
        """Return the name of the table."""
        return self.rows.table

    @cached_property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """Return (xmin, ymin, xmax, ymax), None for an empty layer."""
        return self.rows.bounds


def prepare(rows: LayerRows, style: Style) -> PreparedLayer:
    """Sort, index and classify the rows of a layer. Slow enough for a worker thread."""
    ordered = tuple(shapes.take(spatial_order(shapes.bounds)) for shapes in rows.shapes)
    rows = replace(rows, shapes=ordered)
    classes = classify(rows, style)
    parts = tuple(_prepare_part(shapes, classes, style) for shapes in ordered if len(shapes))
    borders = None
    if style.is_border:
        areas = [part for part in parts if part.shapes.dimension == AREA]
        is_dashed = bool(style.symbol.dash)
        borders = _prepare_borders(areas[0], is_dashed=is_dashed) if areas else None
    return PreparedLayer(style, rows, parts, borders)


def classify(rows: LayerRows, style: Style) -> NDArray[np.int16]:
    """Return for each row the position of its symbol in ``style.symbols``."""
    rest = len(style.classes)
    result = np.full(len(rows), rest, np.int16)
    if style.by is None or style.by not in rows.columns:
        return result
    column = rows.columns[style.by]
    if any(class_.below is not None for class_ in style.classes):
        numbers = _as_numbers(column)
        for n in reversed(range(rest)):
            bound = style.classes[n].below
            if bound is not None:
                result[numbers < bound] = n
        return result
    words = _as_words(column)
    for n, class_ in enumerate(style.classes):
        result[words == class_.value] = n
    return result


def _as_numbers(column: NDArray[Any]) -> NDArray[np.float64]:
    """Return numbers; what is missing is NaN and so below nothing."""
    if column.dtype != object:
        return column.astype(np.float64)
    return np.array([np.nan if value is None else value for value in column], np.float64)


def _as_words(column: NDArray[Any]) -> NDArray[np.object_]:
    """Return text; yes and no are 1 and 0."""
    if column.dtype != object:
        return column.astype(np.int64).astype(str).astype(object)
    return np.array(
        [value if isinstance(value, str | None) else str(int(value)) for value in column], object
    )


def _prepare_part(shapes: Shapes, row_classes: NDArray[np.int16], style: Style) -> PreparedShapes:
    size = shapes.bounds[:, 2:] - shapes.bounds[:, :2]
    typical = float(np.median(size.max(axis=1))) if shapes.dimension else 0.0
    alone = None
    if shapes.dimension == AREA and style.is_overlapping:
        alone = _meets_another(shapes)
    return PreparedShapes(
        shapes,
        BoxIndex(shapes.bounds),
        row_classes[shapes.rows],
        alone,
        typical,
    )


def anchors_of(shapes: Shapes) -> NDArray[np.float64]:
    """Return the point itself, the middle of a line, the centre of gravity of an area."""
    if len(shapes) == 0:
        return np.zeros((0, 2))
    first = shapes.runs[shapes.features[:-1]]
    if shapes.dimension == AREA:
        return _centres_of_gravity(shapes, first)
    last = shapes.runs[shapes.features[:-1] + 1] - 1  # of the first part
    middle: NDArray[np.float64] = (
        shapes.xy[(first + last) // 2] + shapes.xy[(first + last + 1) // 2]
    )
    return middle / 2


def _centres_of_gravity(shapes: Shapes, first: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum the triangles between each edge and a point of the feature; all features at once."""
    counts = np.diff(np.append(first, len(shapes.xy)))
    local = shapes.xy - np.repeat(shapes.bounds[:, :2], counts, axis=0)
    cross = np.zeros(len(local))
    cross[:-1] = local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]
    cross[shapes.runs[1:] - 1] = 0.0  # no edge leads from one ring to the next
    double_area = np.add.reduceat(cross, first)
    moments = np.zeros_like(local)
    moments[:-1] = (local[:-1] + local[1:]) * cross[:-1, None]
    sums = np.add.reduceat(moments, first)
    is_flat = np.abs(double_area) < 1e-9  # square metres: no area at all
    centre = sums / np.where(is_flat, 1.0, 3.0 * double_area)[:, None]
    half = (shapes.bounds[:, 2:] - shapes.bounds[:, :2]) / 2
    outside = is_flat | (centre < 0).any(axis=1) | (centre > 2 * half).any(axis=1)
    centre[outside] = half[outside]
    result: NDArray[np.float64] = centre + shapes.bounds[:, :2]
    return result


def _meets_another(shapes: Shapes) -> NDArray[np.bool_]:
    """Return which features' boxes overlap another one's."""
    import shapely  # late: only layers whose areas overlap need it

    boxes = shapely.box(*shapes.bounds.T)
    pairs = shapely.STRtree(boxes).query(boxes)
    result = np.zeros(len(shapes), bool)
    result[pairs[0][pairs[0] != pairs[1]]] = True
    return result


def _prepare_borders(part: PreparedShapes, *, is_dashed: bool) -> PreparedShapes | None:
    lines = border_lines(part.shapes) if is_dashed else ring_lines(part.shapes)
    if lines is None:
        return None
    classes = np.full(len(lines), -1, np.int16)  # a shared border has the symbol of no class
    return PreparedShapes(lines, BoxIndex(lines.bounds), classes, None, part.typical_size_m)
