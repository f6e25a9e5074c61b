"""Markers beyond what is kept as stamps are drawn all the same."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from gridmap.model.style import Marker, Symbol
from gridmap.report.stamps import stamp_markers, stamp_sized

SIDE = 60
SYMBOL = Symbol(fill="#3366CC", outline="#000000", marker=Marker.SQUARE)
MIDDLE = np.array([[30.2, 29.7]])


def painted(size: float, *, is_sized: bool, shift: float = 0.0) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    if is_sized:
        class_ = np.zeros(1, np.int16)
        stamp_sized(painter, MIDDLE + shift, np.array([size]), class_, [SYMBOL], ratio=1.0)
    else:
        stamp_markers(painter, MIDDLE + shift, SYMBOL, size=size, ratio=1.0)
    painter.end()
    return image


@pytest.mark.parametrize("is_sized", [False, True])
@pytest.mark.parametrize("size", [300.0, 1e5])
def test_a_marker_larger_than_the_window_fills_it(size: float, is_sized: bool) -> None:
    image = painted(size, is_sized=is_sized)
    inside = QColor(SYMBOL.fill or "")
    for corner in (0, SIDE - 1):
        colour = image.pixelColor(corner, corner)
        assert abs(colour.red() - inside.red()) <= 2
        assert abs(colour.blue() - inside.blue()) <= 2
        assert colour.alpha() > 150


@pytest.mark.parametrize("is_sized", [False, True])
def test_a_large_marker_looks_the_same_in_the_next_tile(is_sized: bool) -> None:
    here = painted(100.0, is_sized=is_sized, shift=10.0)
    there = painted(100.0, is_sized=is_sized, shift=-10.0)
    assert here.copy(20, 20, 40, 40) == there.copy(0, 0, 40, 40)
