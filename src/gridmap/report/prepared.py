"""A layer made ready to be painted: in spatial order, indexed, every feature with its class."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import Shapes
from gridmap.model.style import Style
from gridmap.report.anchors import anchors_of, filled_shares
from gridmap.report.borders import border_lines, ring_lines
from gridmap.report.gathered import Gathered
from gridmap.report.index import BoxIndex, spatial_order
from gridmap.report.rules import Mask, first_classes, memberships, used_classes
from gridmap.report.sized import marker_sizes

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

    @cached_property
    def box_sides(self) -> NDArray[np.float32]:
        """Return by what the sides of each area's box shrink so that it covers as much, (n,)."""
        return np.sqrt(filled_shares(self.shapes)).astype(np.float32)

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
    gathered: Gathered = field(init=False, compare=False, repr=False)
    """What the rows look like together; worked out when a scale first asks for it."""
    _by_used: dict[tuple[bool, ...], "PreparedLayer"] = field(
        init=False, compare=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "gathered", Gathered(self.style, self.rows))

    def at(self, denominator: float) -> "PreparedLayer":
        """Return the layer with the classes that it has at a scale; mostly that is itself."""
        used = used_classes(self.style, denominator)
        if all(used):
            return self
        known = self._by_used.get(used)
        if known is None:  # two threads may both work it out, once a scale band
            classes = first_classes(self._members, used, len(self.rows))
            parts = tuple(replace(part, classes=classes[part.shapes.rows]) for part in self.parts)
            known = self._by_used[used] = replace(self, parts=parts)
        return known

    @cached_property
    def row_classes(self) -> NDArray[np.int16]:
        """Return for each row the position of its symbol."""
        result = np.full(len(self.rows), len(self.style.classes), np.int16)
        for part in self.parts:
            result[part.shapes.rows] = part.classes
        return result

    @cached_property
    def marker_sizes(self) -> NDArray[np.float64] | None:
        """Return how wide each row's marker is, where the style has it grow with a number."""
        proportion = self.style.proportion
        if proportion is None:
            return None
        return marker_sizes(self.rows.columns, len(self.rows), proportion)

    @cached_property
    def _members(self) -> tuple[Mask, ...]:
        return memberships(self.rows.columns, len(self.rows), self.style)

    @property
    def table(self) -> str:
        """Return the name of the table."""
        return self.rows.table

    @cached_property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """Return (xmin, ymin, xmax, ymax), None for an empty layer."""
        return self.rows.bounds


def prepare(rows: LayerRows, style: Style, *, is_ordered: bool = False) -> PreparedLayer:
    """Sort, index and classify the rows of a layer. Slow enough for a worker thread.

    ``is_ordered`` says that all but a few shapes lie in spatial order already.
    """
    ordered = rows.shapes
    if not is_ordered:
        ordered = tuple(shapes.take(spatial_order(shapes.bounds)) for shapes in rows.shapes)
        rows = replace(rows, shapes=ordered)
    classes = classify(rows, style)
    parts = tuple(_prepare_part(shapes, classes, style) for shapes in ordered if len(shapes))
    return PreparedLayer(style, rows, parts, _borders(parts, style))


def restyled(layer: PreparedLayer, style: Style) -> PreparedLayer:
    """Return a layer in another style, which asks for no other columns; the arrays are shared."""
    classes = classify(layer.rows, style)
    old = layer.style
    parts = tuple(
        replace(
            part,
            classes=classes[part.shapes.rows],
            alone=part.alone
            if style.is_overlapping == old.is_overlapping
            else _alone(part.shapes, style),
        )
        for part in layer.parts
    )
    same_borders = (style.is_border, style.symbol.dash) == (old.is_border, old.symbol.dash)
    borders = layer.borders if same_borders else _borders(parts, style)
    return PreparedLayer(style, layer.rows, parts, borders)


def classify(rows: LayerRows, style: Style) -> NDArray[np.int16]:
    """Return for each row the position of its symbol in ``style.symbols``, all classes used."""
    members = memberships(rows.columns, len(rows), style)
    return first_classes(members, (True,) * len(members), len(rows))


def _median(values: NDArray[np.float64]) -> float:
    """Return the middle value; numpy's own loads a module for it that takes 60 ms in a window."""
    return float(np.partition(values, len(values) // 2)[len(values) // 2])


def _prepare_part(shapes: Shapes, row_classes: NDArray[np.int16], style: Style) -> PreparedShapes:
    size = shapes.bounds[:, 2:] - shapes.bounds[:, :2]
    typical = _median(np.maximum(size[:, 0], size[:, 1])) if shapes.dimension else 0.0
    return PreparedShapes(
        shapes,
        BoxIndex(shapes.bounds),
        row_classes[shapes.rows],
        _alone(shapes, style),
        typical,
    )


def _alone(shapes: Shapes, style: Style) -> NDArray[np.bool_] | None:
    is_asked = shapes.dimension == AREA and style.is_overlapping
    return _meets_another(shapes) if is_asked else None


def _meets_another(shapes: Shapes) -> NDArray[np.bool_]:
    """Return which features' boxes overlap another one's."""
    import shapely  # late: only layers whose areas overlap need it

    boxes = shapely.box(*shapes.bounds.T)
    pairs = shapely.STRtree(boxes).query(boxes)
    result = np.zeros(len(shapes), bool)
    result[pairs[0][pairs[0] != pairs[1]]] = True
    return result


def _borders(parts: tuple[PreparedShapes, ...], style: Style) -> PreparedShapes | None:
    areas = [part for part in parts if part.shapes.dimension == AREA]
    if not (style.is_border and areas):
        return None
    return _prepare_borders(areas[0], is_dashed=bool(style.symbol.dash))


def _prepare_borders(part: PreparedShapes, *, is_dashed: bool) -> PreparedShapes | None:
    lines = border_lines(part.shapes) if is_dashed else ring_lines(part.shapes)
    if lines is None:
        return None
    classes = np.full(len(lines), -1, np.int16)  # a shared border has the symbol of no class
    return PreparedShapes(lines, BoxIndex(lines.bounds), classes, None, part.typical_size_m)
