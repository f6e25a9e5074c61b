"""Which labels are written, and where: none over another, the more important ones first."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from gridmap.model.style import Label
from gridmap.report import marks, pens
from gridmap.report.fonts import map_font, text_width
from gridmap.report.prepared import AREA, LINE, PreparedLayer, PreparedShapes
from gridmap.report.turns import give_way
from gridmap.report.unlocked import stroke_path
from gridmap.report.view import PaintView

_MOST_CANDIDATES = 1500
"""Of each layer the largest; where more would fit, the map is too full to be read anyway."""
_CELL_PX = 4
_BLOCK_PX = 256  # whole cells, so that the same labels take the same cells
_AREA_FILL = 0.92
"""How much of an area's width its label may take."""
_REPEAT_PX = 260.0
"""Style pixels between two labels of the same street."""
_ANY_ROOM = 14.0
"""Style pixels that an area must have in height."""


@dataclass(frozen=True)
class PlacedLabel:
    """One label: the middle of its text in device pixels, and its turn in degrees clockwise."""

    text: str
    label: Label
    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0


class _Room:
    """Which parts of the window are taken, in cells of a few pixels."""

    def __init__(self, view: PaintView) -> None:
        self._step = _CELL_PX * view.ratio
        self._taken = np.zeros(
            (int(view.height / self._step) + 2, int(view.width / self._step) + 2), bool
        )

    def take(self, label: PlacedLabel) -> bool:
        """Take the label's box if all of it is free."""
        half_width, half_height = label.width / 2, label.height / 2
        if label.angle:
            turn = np.radians(label.angle)
            sine, cosine = abs(float(np.sin(turn))), abs(float(np.cos(turn)))
            half_width, half_height = (
                half_width * cosine + half_height * sine,
                half_width * sine + half_height * cosine,
            )
        left, right = label.x - half_width, label.x + half_width
        top, bottom = label.y - half_height, label.y + half_height
        if left < 0 or top < 0:
            return False
        rows = slice(int(top / self._step), int(bottom / self._step) + 1)
        columns = slice(int(left / self._step), int(right / self._step) + 1)
        if rows.stop > self._taken.shape[0] or columns.stop > self._taken.shape[1]:
            return False
        if self._taken[rows, columns].any():
            return False
        self._taken[rows, columns] = True
        return True


def place_labels(
    view: PaintView, layers: Iterable[PreparedLayer], *, is_steady: bool = False
) -> list[PlacedLabel]:
    """Return the labels that fit into the window, none of which overlap.

    With ``is_steady`` they stay where they are while the window moves: places are found in a
    larger window, whose edges lie on lines of the ground. What meets the window is returned.
    """
    if is_steady:
        wide, dx, dy = _steady_window(view)
        moved = (
            replace(label, x=label.x + dx, y=label.y + dy) for label in place_labels(wide, layers)
        )
        return [label for label in moved if _meets(view, label)]
    labelled = [layer.at(view.denominator) for layer in layers if _is_labelled(layer, view)]
    labelled.sort(key=lambda layer: -(layer.style.label.priority if layer.style.label else 0))
    room = _Room(view)
    placed: list[PlacedLabel] = []
    for layer in labelled:
        placed += _place_layer(view, layer, room)
    return placed


def _is_labelled(layer: PreparedLayer, view: PaintView) -> bool:
    """Return whether names are written: rows that are shown together have none."""
    style, denominator = layer.style, view.denominator
    is_seen = style.is_shown_at(denominator) and not style.is_gathered_at(denominator)
    return is_seen and style.is_labelled_at(denominator)


def _steady_window(view: PaintView) -> tuple[PaintView, float, float]:
    """Return the window whose edges lie on lines of the ground, and the shift back, in pixels."""
    block = round(_BLOCK_PX * view.ratio)
    left, top = view.left / view.resolution, -view.top / view.resolution
    first_column, first_row = math.floor(left / block), math.floor(top / block)
    columns = math.ceil((left + view.width) / block) - first_column
    rows = math.ceil((top + view.height) / block) - first_row
    wide = replace(
        view,
        left=first_column * block * view.resolution,
        top=-first_row * block * view.resolution,
        width=columns * block,
        height=rows * block,
    )
    return wide, first_column * block - left, first_row * block - top


def _meets(view: PaintView, label: PlacedLabel) -> bool:
    reach = max(label.width, label.height) / 2
    is_across = -reach < label.x < view.width + reach
    return is_across and -reach < label.y < view.height + reach


def _place_layer(view: PaintView, layer: PreparedLayer, room: _Room) -> Iterator[PlacedLabel]:
    label = layer.style.label
    if label is None or label.field not in layer.rows.columns:
        return
    seen: dict[str, list[tuple[float, float]]] = {}
    for part in layer.parts:
        for text, spot in _spots(view, layer, part, label):
            if part.shapes.dimension == LINE and _is_near(seen, text, spot, view.ratio):
                continue
            for candidate in spot:
                if room.take(candidate):
                    seen.setdefault(text, []).append((candidate.x, candidate.y))
                    yield candidate
                    break


def _is_near(
    seen: dict[str, list[tuple[float, float]]],
    text: str,
    spot: Sequence[PlacedLabel],
    ratio: float,
) -> bool:
    limit = _REPEAT_PX * ratio
    return any(
        abs(x - spot[0].x) + abs(y - spot[0].y) < limit for x, y in seen.get(text, ()) if spot
    )


def _spots(
    view: PaintView, layer: PreparedLayer, part: PreparedShapes, label: Label
) -> Iterator[tuple[str, list[PlacedLabel]]]:
    """Yield texts with the places where each may stand, the largest features first."""
    font = map_font(label.size * view.ratio, is_bold=label.bold, spacing=label.spacing * view.ratio)
    height = QFontMetricsF(font).height() * 0.92
    column = layer.rows.columns[label.field]
    for position, (x, y) in zip(*_candidates(view, part, label), strict=True):
        text = _text_of(column[part.shapes.rows[position]], label)
        if not text:
            continue
        width = text_width(text, font)
        box = (float(x), float(y), width, height)
        spots = _spots_of(view, layer, part, int(position), box)
        if spots:
            yield (
                text,
                [PlacedLabel(text, label, x, y, width, height, angle) for x, y, angle in spots],
            )


def _candidates(
    view: PaintView, part: PreparedShapes, label: Label
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the features that may be labelled, the largest first, and their pixels."""
    positions = part.index.query(view.extent)
    box = part.shapes.bounds[positions]
    size = (box[:, 2:] - box[:, :2]) / view.resolution
    if part.shapes.dimension:
        has_room = size.max(axis=1) >= label.size * view.ratio
        positions, size = positions[has_room], size[has_room]
    order = np.argsort(-size.sum(axis=1), kind="stable")[:_MOST_CANDIDATES]
    positions = positions[order]
    pixels = view.to_pixels(part.anchors(positions))
    inside = (pixels >= 0).all(axis=1) & (pixels < (view.width, view.height)).all(axis=1)
    return positions[inside], pixels[inside]


def _text_of(value: Any, label: Label) -> str:
    text = "" if value is None else str(value)
    if label.after:
        text = text.rpartition(label.after)[2]
    return text[-label.last :] if label.last else text


def _spots_of(
    view: PaintView,
    layer: PreparedLayer,
    part: PreparedShapes,
    position: int,
    box: tuple[float, float, float, float],
) -> list[tuple[float, float, float]]:
    """Return where (x, y) and how turned a label may stand, the best place first.

    ``box`` is where the feature is (x, y) and how large the text (width, height).
    """
    x, y, width, height = box
    if part.shapes.dimension == LINE:
        return _along(view, part, position, width)
    if part.shapes.dimension == AREA:
        bounds = part.shapes.bounds[position]
        room = (bounds[2:] - bounds[:2]) / view.resolution
        fits = width <= room[0] * _AREA_FILL and room[1] >= _ANY_ROOM * view.ratio
        if not fits:
            return []
        if layer.marker_sizes is None:
            return [(x, y, 0.0)]
        below = _marker_size(view, layer, part, position) * view.ratio / 2 + height / 2
        return [(x, y + below, 0.0), (x, y - below, 0.0)]
    beside = _marker_size(view, layer, part, position) * view.ratio / 2 + 3 * view.ratio
    return [
        (x + beside + width / 2, y, 0.0),
        (x - beside - width / 2, y, 0.0),
        (x, y - beside - height / 2, 0.0),
        (x, y + beside + height / 2, 0.0),
    ]


def _marker_size(
    view: PaintView, layer: PreparedLayer, part: PreparedShapes, position: int
) -> float:
    """Return how wide a feature's marker is, in style pixels."""
    if layer.marker_sizes is not None:
        return float(np.nan_to_num(layer.marker_sizes[part.shapes.rows[position]]))
    symbol = layer.style.symbols[int(part.classes[position])]
    return symbol.size * marks.marker_share(layer.style, view.denominator)


def _along(
    view: PaintView, part: PreparedShapes, position: int, width: float
) -> list[tuple[float, float, float]]:
    """Return the middle of a line's longest stretch, where that is long enough for the text."""
    shapes = part.shapes
    first = shapes.runs[shapes.features[position]]
    last = shapes.runs[shapes.features[position] + 1]
    pixels = view.to_pixels(shapes.xy[first:last])
    steps = np.diff(pixels, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    longest = int(np.argmax(lengths))
    if lengths[longest] < width * 1.15:
        return []
    x, y = (pixels[longest] + pixels[longest + 1]) / 2
    angle = float(np.degrees(np.arctan2(steps[longest, 1], steps[longest, 0])))
    if abs(angle) > 90:
        angle -= 180 if angle > 0 else -180
    return [(float(x), float(y), angle)]


def paint_labels(painter: QPainter, labels: Iterable[PlacedLabel], *, ratio: float = 1.0) -> None:
    """Write the labels, each with a pale rim; the text stays text, also on paper."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for placed in labels:
        label = placed.label
        font = map_font(label.size * ratio, is_bold=label.bold, spacing=label.spacing * ratio)
        metrics = QFontMetricsF(font)
        base = (metrics.ascent() - metrics.descent()) / 2
        start = QPointF(-placed.width / 2 + label.spacing * ratio / 2, base)
        painter.save()
        painter.translate(placed.x, placed.y)
        painter.rotate(placed.angle)
        outline = QPainterPath()
        outline.addText(start, font, placed.text)
        rim = QPen(pens.colour(label.halo), 3.0 * ratio)
        rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        stroke_path(painter, outline, rim)
        painter.setFont(font)
        painter.setPen(pens.colour(label.colour))
        painter.drawText(start, placed.text)
        painter.restore()
        give_way()
