import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from gridmap.report.boxes import Boxes

WIDTH, HEIGHT = 40, 30


def octets(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, image.bytesPerLine())
    return rows[:, : 4 * WIDTH].reshape(HEIGHT, WIDTH, 4).astype(int)


def box(left: float, top: float, right: float, bottom: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([[left, top]], float), np.array([[right, bottom]], float)


def test_pixels_get_the_share_of_a_box_that_lies_in_them() -> None:
    boxes = Boxes(WIDTH, HEIGHT)
    boxes.add(*box(3.5, 4.0, 6.0, 5.5), QColor("#FF0000"))
    alpha = octets(boxes.image())[..., 3]
    assert alpha[4, 3:7].tolist() == [127, 255, 255, 0]
    assert alpha[5, 3:7].tolist() == [63, 127, 127, 0]
    assert alpha.sum() == 127 + 255 + 255 + 63 + 127 + 127


def test_neighbours_of_two_colours_fill_a_pixel_together() -> None:
    boxes = Boxes(WIDTH, HEIGHT)
    boxes.add(*box(2.0, 2.0, 3.5, 3.0), QColor("#FF0000"))
    boxes.add(*box(3.5, 2.0, 5.0, 3.0), QColor("#0000FF"))
    blue, green, red, alpha = octets(boxes.image())[2, 3]
    assert (blue, green, red) == (127, 0, 127)
    assert alpha == 255


def test_what_lies_over_one_another_is_mixed_and_never_more_than_opaque() -> None:
    boxes = Boxes(WIDTH, HEIGHT)
    for colour in ("#FF0000", "#FF0000", "#0000FF"):
        boxes.add(*box(1.0, 1.0, 4.0, 4.0), QColor(colour))
    blue, green, red, alpha = octets(boxes.image())[2, 2]
    assert (blue, green, red, alpha) == (85, 0, 170, 255)


@pytest.mark.parametrize("count", [5, 6, 8, 300])
def test_many_boxes_over_one_another_keep_their_colour(count: int) -> None:
    boxes = Boxes(WIDTH, HEIGHT)
    boxes.add(*box(10.0, 10.0, 12.0, 12.0), QColor("#00FF00"))
    boxes.add(np.full((count, 2), 1.0), np.full((count, 2), [4.0, 4.875]), QColor(0xAA, 0xBB, 0xCC))
    pixels = octets(boxes.image())
    assert pixels[2, 2].tolist() == [0xCC, 0xBB, 0xAA, 255]
    assert abs(pixels[4, 2] - [0xCC, 0xBB, 0xAA, 255]).max() <= 1  # its edge
    assert pixels[2, 5].tolist() == [0, 0, 0, 0]
    assert pixels[10, 10].tolist() == [0, 255, 0, 255]


def test_a_translucent_colour_stays_so() -> None:
    boxes = Boxes(WIDTH, HEIGHT)
    boxes.add(*box(1.0, 1.0, 4.0, 4.0), QColor(255, 255, 255, 128))
    assert octets(boxes.image())[2, 2].tolist() == [128, 128, 128, 128]


@given(
    corners=st.lists(
        st.tuples(
            st.floats(-20, WIDTH + 20), st.floats(-20, HEIGHT + 20),
            st.floats(0, 7), st.floats(0, 7),
        ),
        min_size=1, max_size=3,
    )
)  # fmt: skip
@pytest.mark.usefixtures("qapp")
def test_nothing_leaks_out_of_a_box(corners: list[tuple[float, float, float, float]]) -> None:
    low = np.array([(x, y) for x, y, _w, _h in corners])
    high = low + np.array([(w, h) for _x, _y, w, h in corners])
    boxes = Boxes(WIDTH, HEIGHT)
    boxes.add(low, high, QColor("#336699"))
    alpha = octets(boxes.image())[..., 3]
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    may = np.zeros((HEIGHT, WIDTH), bool)
    for (left, top), (right, bottom) in zip(low - 0.1, high + 0.1, strict=True):
        may |= (columns + 1 > left) & (columns < right) & (rows + 1 > top) & (rows < bottom)
    assert not alpha[~may].any()
    assert (alpha >= 0).all()
