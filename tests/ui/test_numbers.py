"""Numbers typed while drawing, and shapes in the making without a window."""

import contextlib

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gridmap.base.errors import RequestError
from gridmap.ui.tools.feature_drawing import Drawing
from gridmap.ui.tools.numbers import Numbers, place_of, read_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12.5", Numbers(length_m=12.5)),
        ("12.5 米", Numbers(length_m=12.5)),
        ("12.5<90", Numbers(length_m=12.5, bearing_deg=90)),
        ("<-30", Numbers(bearing_deg=330)),
        ("@3,-4", Numbers(way=(3, -4))),
        ("603994.3, 4296437", Numbers(xy=(603994.3, 4296437))),
        ("６０３９９４，４２９６４３７", Numbers(xy=(603994, 4296437))),
        ("abc", None),
        ("", None),
        ("1,2,3", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, numbers: Numbers | None) -> None:
    assert read_numbers(text) == numbers


def test_numbers_tell_a_place_from_the_last_point_and_the_pointer() -> None:
    last, pointer = (10.0, 20.0), (10.0, 50.0)
    assert place_of(Numbers(length_m=5), last, pointer) == pytest.approx((10, 25))
    assert place_of(Numbers(bearing_deg=90), last, pointer) == pytest.approx((40, 20))
    assert place_of(Numbers(length_m=5, bearing_deg=180), last, None) == pytest.approx((10, 15))
    assert place_of(Numbers(way=(1, 2)), last, None) == (11, 22)
    assert place_of(Numbers(xy=(7, 8)), None, None) == (7, 8)
    assert place_of(Numbers(length_m=5), None, pointer) is None
    assert place_of(Numbers(length_m=5), last, None) is None


def no_edges(_start: object, _end: object) -> np.ndarray:
    return np.empty((0, 2, 2))


def test_a_trace_without_edges_adds_nothing() -> None:
    drawing = Drawing(1, no_edges, "trace")
    assert drawing.add((0, 0))
    assert not drawing.add((5, 5))
    assert drawing.points == [(0, 0)]


def test_the_depth_of_a_rectangle_goes_to_the_side_of_the_pointer() -> None:
    drawing = Drawing(2, no_edges, "rectangle")
    drawing.add((0, 0))
    assert drawing.depth_point(5, (3, 3)) is None
    drawing.add((10, 0))
    assert drawing.depth_point(5, (3, 3)) == pytest.approx((10, 5))
    assert drawing.depth_point(5, (3, -3)) == pytest.approx((10, -5))


@given(
    st.sampled_from(["free", "arc"]),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=8),
)
def test_steps_back_lead_to_nothing_in_as_many_steps_as_forward(way, clicks) -> None:
    drawing = Drawing(1, no_edges, way)
    states = [(list(drawing.points), list(drawing.pending))]
    for click in clicks:
        with contextlib.suppress(RequestError):  # what makes no arc leaves all as it was
            drawing.add((float(click[0]), float(click[1])))
        state = (list(drawing.points), list(drawing.pending))
        if state != states[-1]:
            states.append(state)
    steps = 0
    while drawing.step_back():
        steps += 1
        assert steps < 50
    assert drawing.is_empty
    shape = Drawing(2, no_edges).shape([(0, 0), (1, 0), (1, 1)])
    assert shapely.area(shape) == 0.5
