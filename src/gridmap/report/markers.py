"""The outlines of markers, in a square from -1 to 1, y down."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.shapes import offsets
from gridmap.model.style import Marker

_CORNERS: dict[Marker, tuple[tuple[float, float], ...]] = {
    Marker.SQUARE: ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    Marker.DIAMOND: ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    Marker.TRIANGLE: ((0, -1.05), (1.05, 0.8), (-1.05, 0.8)),
    Marker.HOUSE: ((0, -1.1), (1.1, -0.1), (0.8, -0.1), (0.8, 0.95), (-0.8, 0.95), (-0.8, -0.1),
                   (-1.1, -0.1)),
    Marker.HOURGLASS: ((-0.95, -1), (0.95, -1), (0.22, 0), (0.95, 1), (-0.95, 1), (-0.22, 0)),
    Marker.SHIELD: ((-0.9, -0.95), (0, -0.7), (0.9, -0.95), (0.9, 0.1), (0.5, 0.75), (0, 1.1),
                    (-0.5, 0.75), (-0.9, 0.1)),
    Marker.PLUS: ((-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35), (1, 0.35), (0.35, 0.35),
                  (0.35, 1), (-0.35, 1), (-0.35, 0.35), (-1, 0.35), (-1, -0.35), (-0.35, -0.35)),
    Marker.FLAG: ((-0.75, -1.1), (0.95, -0.45), (-0.5, 0.2), (-0.5, 1.1), (-0.75, 1.1)),
}  # fmt: skip
_CIRCLE_CORNERS = 20


@cache
def marker_runs(marker: Marker) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the closed outline of a marker: vertices and where its runs begin and end.

    Outer runs turn one way and holes the other, so that the path can be filled by winding:
    markers that lie on one another then do not cut holes into each other.
    """
    if marker is Marker.RING:
        runs = [_polygon(_CIRCLE_CORNERS, 1.0), _polygon(_CIRCLE_CORNERS, 0.42)[::-1]]
    elif marker is Marker.CIRCLE:
        runs = [_polygon(_CIRCLE_CORNERS, 1.0)]
    elif marker is Marker.HEXAGON:
        runs = [_polygon(6, 1.05)]
    elif marker is Marker.STAR:
        runs = [_star()]
    elif marker is Marker.DROP:
        runs = [_drop()]
    elif marker is Marker.CROSS:
        runs = [_turned(np.array(_CORNERS[Marker.PLUS]), np.pi / 4) * 1.08]
    else:
        runs = [np.array(_CORNERS[marker], np.float64)]
    closed = [np.vstack([run, run[:1]]) for run in runs]
    return np.vstack(closed), offsets(np.array([len(run) for run in closed]))


def _polygon(corners: int, radius: float) -> NDArray[np.float64]:
    angle = np.arange(corners) * (2 * np.pi / corners) - np.pi / 2
    return radius * np.column_stack([np.cos(angle), np.sin(angle)])


def _star() -> NDArray[np.float64]:
    points = _polygon(10, 1.15)
    points[1::2] *= 0.48
    return points


def _drop() -> NDArray[np.float64]:
    angle = np.linspace(-0.25 * np.pi, 1.25 * np.pi, 17)
    bowl = np.column_stack([0.78 * np.cos(angle), 0.35 + 0.75 * np.sin(angle)])
    return np.vstack([[[0.0, -1.2]], bowl])


def _turned(xy: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.asarray(xy @ np.array([[cosine, sine], [-sine, cosine]]))
