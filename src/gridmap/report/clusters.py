"""Clusters: one circle with a count for the rows that lie near one another on the screen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gridmap.geo.shapes import ranges
from gridmap.model.style import Gather, Symbol
from gridmap.report.fonts import map_font, text_width
from gridmap.report.gathered import Gathered, Places
from gridmap.report.index import BoxIndex
from gridmap.report.turns import give_way
from gridmap.report.view import PaintView

_MERGING_ROUNDS = 6
"""Each joins the pairs that are nearest to one another; after a few none is left."""
_ROW_OF_CELLS = 1 << 31
"""Cells from one row of the grid to the next: more than there are from one end to the other."""
_LEAST_SHARE, _MOST_SHARE = 0.28, 0.5
"""Radius of the smallest and the largest circle, in the distance over which rows gather."""
_RING = 0.22
_DIGITS = 3.0
"""A sum of ten to the power of this has the largest circle."""
_THOUSANDS = ((1e9, "G"), (1e6, "M"), (1e4, "k"))


@dataclass(frozen=True)
class Clusters:
    """The clusters of a layer at a scale: middle (n, 2) in metres, how many rows, their sum.

    ``rows`` is the row of a cluster that has only one.
    """

    xy: NDArray[np.float64]
    counts: NDArray[np.int64]
    sums: NDArray[np.float64]
    rows: NDArray[np.int64]
    index: BoxIndex

    def __len__(self) -> int:
        return len(self.counts)

    def take(self, view: PaintView, margin: float) -> NDArray[np.int64]:
        """Return the clusters in the window and ``margin`` device pixels around it."""
        return self.index.query(view.grown(margin))


def find_clusters(gathered: Gathered, gather: Gather, view: PaintView) -> Clusters:
    """Return the clusters of the whole layer at the view's scale, worked out once a scale."""
    distance_m = gather.radius * view.ratio * view.resolution
    key = ("clusters", float(f"{distance_m:.9g}"))
    return gathered.once(key, lambda: _clusters(gathered.places, distance_m))


def _clusters(places: Places, distance_m: float) -> Clusters:
    """Gather by cells of a grid that is fixed on the ground, then join what is still too near."""
    owners = _groups(_cell_keys(places.xy, distance_m))
    xy, counts, sums = _joined(places.xy, np.ones(len(places), np.int64), places.weights, owners)
    for _round in range(_MERGING_ROUNDS):
        pairs = _nearest_pairs(xy, distance_m)
        if pairs is None:
            break
        owners = pairs[owners]
        xy, counts, sums = _joined(xy, counts, sums, pairs)
    rows = np.zeros(len(counts), np.int64)
    rows[owners] = places.rows
    return Clusters(xy, counts, sums, rows, BoxIndex(np.hstack([xy, xy])))


def _cell_keys(xy: NDArray[np.float64], side_m: float) -> NDArray[np.int64]:
    """Return one number for the cell of the ground's grid in which each place lies."""
    cells = np.floor(xy / side_m).astype(np.int64)
    return cells[:, 1] * _ROW_OF_CELLS + cells[:, 0]


def _groups(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each key the number of its group, those of equal keys being one."""
    return np.unique(keys, return_inverse=True)[1].reshape(-1)


def _joined(
    xy: NDArray[np.float64],
    counts: NDArray[np.int64],
    sums: NDArray[np.float64],
    group: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Return middle, count and sum of each group; the middle is that of the rows."""
    number = int(group.max()) + 1 if len(group) else 0
    total = np.bincount(group, counts, minlength=number)
    middle = np.column_stack(
        [np.bincount(group, xy[:, n] * counts, minlength=number) / total for n in (0, 1)]
    )
    summed = np.bincount(group, sums, minlength=number).astype(np.float64)
    return middle, total.astype(np.int64), summed


def _nearest_pairs(xy: NDArray[np.float64], distance_m: float) -> NDArray[np.int64] | None:
    """Return new groups in which each two that are nearest to one another are one, if there are."""
    one, other = _near_pairs(xy, distance_m)
    if len(one) == 0:
        return None
    away = ((xy[one] - xy[other]) ** 2).sum(axis=1)
    best = np.full(len(xy), np.inf)
    np.minimum.at(best, one, away)
    is_best = away == best[one]
    nearest = np.full(len(xy), len(xy), np.int64)
    np.minimum.at(nearest, one[is_best], other[is_best])  # of several as near, the first
    numbers = np.arange(len(xy))
    has_one = np.flatnonzero(nearest < len(xy))
    mutual = has_one[nearest[nearest[has_one]] == has_one]
    owner = numbers.copy()
    owner[mutual] = np.minimum(mutual, nearest[mutual])
    return _groups(owner)


def _near_pairs(
    xy: NDArray[np.float64], distance_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every two positions that are nearer than the distance, both ways round."""
    keys = _cell_keys(xy, distance_m)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    ones, others = [], []
    for step in (0, 1, _ROW_OF_CELLS - 1, _ROW_OF_CELLS, _ROW_OF_CELLS + 1):
        first = np.searchsorted(ordered, ordered + step)
        if step == 0:
            first = np.arange(1, len(order) + 1)
        counts = np.maximum(np.searchsorted(ordered, ordered + step, side="right") - first, 0)
        one = np.repeat(order, counts)
        other = order[ranges(first, counts)]
        is_near = ((xy[one] - xy[other]) ** 2).sum(axis=1) < distance_m**2
        ones += [one[is_near], other[is_near]]
        others += [other[is_near], one[is_near]]
    return np.concatenate(ones), np.concatenate(others)


def paint_clusters(
    painter: QPainter,
    view: PaintView,
    clusters: Clusters,
    chosen: NDArray[np.int64],
    gather: Gather,
    symbol: Symbol,
) -> None:
    """Paint circles with their counts, the largest on top."""
    colour = cluster_colour(symbol)
    chosen = chosen[np.argsort(clusters.sums[chosen], kind="stable")]
    pixels = view.to_pixels(clusters.xy[chosen])
    radii = radius_of(clusters.sums[chosen], gather) * view.ratio
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    values = clusters.counts if gather.field is None else clusters.sums
    for (x, y), radius, value in zip(pixels, radii, values[chosen], strict=True):
        at = QPointF(float(x), float(y))
        paint_cluster(painter, at, float(radius), count_text(float(value)), colour, view.ratio)
        give_way()


def radius_of(sums: NDArray[np.float64], gather: Gather) -> NDArray[np.float64]:
    """Return how large circles are, in style pixels: by the number of digits."""
    share = np.log10(np.maximum(np.abs(sums), 1.0)) / _DIGITS
    span = _MOST_SHARE - _LEAST_SHARE
    return np.asarray(gather.radius * (_LEAST_SHARE + span * np.minimum(share, 1.0)))


def cluster_colour(symbol: Symbol) -> QColor:
    """Return the colour of a layer's circles: the strongest that its symbol has."""
    codes = [code for code in (symbol.fill, symbol.outline) if code]
    colours = [QColor("#FF" + code[-6:]) for code in codes] or [QColor("#5F7580")]
    return min(colours, key=lambda colour: abs(colour.lightnessF() - 0.42))


def paint_cluster(
    painter: QPainter, at: QPointF, radius: float, text: str, colour: QColor, ratio: float
) -> None:
    """Paint one circle with its text; lengths are device pixels."""
    ring = QColor(colour)
    ring.setAlphaF(0.35)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ring)
    painter.drawEllipse(at, radius * (1 + _RING), radius * (1 + _RING))
    painter.setPen(QPen(QColor(255, 255, 255, 230), 1.2 * ratio))
    painter.setBrush(colour)
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    size = round(min(radius * 0.95, 13 * ratio))
    font = map_font(size, is_bold=True)
    room = radius * 1.7
    if text_width(text, font) > room:
        font = map_font(int(size * room / text_width(text, font)), is_bold=True)
    metrics = QFontMetricsF(font)
    base = at.y() + metrics.capHeight() / 2
    painter.setFont(font)
    painter.setPen(ink_on(colour))
    painter.drawText(QPointF(at.x() - text_width(text, font) / 2, base), text)


def ink_on(colour: QColor) -> QColor:
    """Return white or a dark ink, whichever is read better on a colour."""
    is_pale = 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue() > 150
    return QColor("#26242E") if is_pale else QColor("#FFFFFF")


def count_text(value: float) -> str:
    """Return a number short enough for a circle."""
    for unit, letter in _THOUSANDS:
        if abs(value) >= unit:
            thousand = 1e3 if letter == "k" else unit
            return f"{value / thousand:.0f}{letter}"
    return f"{value:.0f}" if value == round(value) or abs(value) >= 100 else f"{value:.1f}"


def cluster_box(at: QPointF, radius: float) -> QRectF:
    """Return the square around a circle with its ring."""
    whole = radius * (1 + _RING)
    return QRectF(at.x() - whole, at.y() - whole, 2 * whole, 2 * whole)
