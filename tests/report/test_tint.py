import numpy as np
import shapely
from PySide6.QtGui import QColor
from tests.report.helpers import layer_of, painted, pixels_of

from gridmap.model.style import Symbol
from gridmap.report.tint import Tint


def test_ten_thousand_tiny_squares_sum_up_to_their_area() -> None:
    random = np.random.default_rng(1)
    tint = Tint(200, 200)
    centres = random.uniform(20, 180, (10_000, 2))
    tint.add(centres, np.full(10_000, 0.25), QColor("#000000"))
    alpha = pixels_of(tint.image())[..., 3].astype(float) / 255
    assert abs(alpha.sum() - 2500) < 25


def test_crowded_pixels_are_opaque_and_not_more() -> None:
    tint = Tint(10, 10)
    tint.add(np.full((1000, 2), 5.0), np.ones(1000), QColor("#FF0000"))
    pixels = pixels_of(tint.image())
    assert pixels[4:6, 4:6, 3].min() == 255
    assert pixels[5, 5, 2] == 255


def test_colours_that_share_a_pixel_are_mixed() -> None:
    tint = Tint(3, 3)
    centre = np.array([[1.5, 1.5]])
    tint.add(centre, np.ones(1), QColor("#FF0000"))
    tint.add(centre, np.ones(1), QColor("#0000FF"))
    blue, green, red, alpha = pixels_of(tint.image())[1, 1]
    assert (green, alpha) == (0, 255)
    assert abs(int(blue) - 128) < 3
    assert abs(int(red) - 128) < 3


def test_a_tint_runs_over_the_edge_of_its_tile() -> None:
    left, right = Tint(8, 8), Tint(8, 8)
    left.add(np.array([[8.0, 4.0]]), np.ones(1), QColor("#000000"))
    right.add(np.array([[0.0, 4.0]]), np.ones(1), QColor("#000000"))
    total = pixels_of(left.image())[..., 3].sum(dtype=int) + pixels_of(right.image())[..., 3].sum(
        dtype=int
    )
    assert abs(total - 255) < 4


def test_small_features_are_painted_as_a_tint_and_none_is_left_out() -> None:
    squares = [
        shapely.box(x + 0.25, y + 0.25, x + 0.75, y + 0.75)
        for x in range(10, 90)
        for y in range(10, 90)
    ]
    symbol = Symbol(fill="#FF0000", outline="#FF0000")
    alpha = painted(layer_of(squares, symbol))[..., 3] / 255
    assert abs(alpha.sum() - 0.9 * 6400 * 0.25) < 20
    assert alpha[:5].max() == 0


def test_a_thing_too_small_to_see_is_still_a_dot() -> None:
    hut = shapely.box(50, 50, 50.1, 50.1)
    symbol = Symbol(fill="#FF0000", marker="house")
    layer = layer_of([hut], symbol, table="defect", marker_max_denominator=1000)
    assert painted(layer)[..., 3].sum() > 200
