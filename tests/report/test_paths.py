import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from gridmap.geo.shapes import shapes_of
from gridmap.report.borders import border_lines
from gridmap.report.index import BoxIndex, spatial_order
from gridmap.report.paths import culled, path_of, thinned

NEAR_CORNERS = st.sampled_from([-60, -20, 20, 80, 120, 160])
NUMBERS = st.floats(-1000, 1000, allow_nan=False)


def test_a_path_has_the_runs_of_its_arrays() -> None:
    xy = np.array([[0, 0], [10, 0], [10, 10], [0, 0], [20.5, 20], [30, 40]], float)
    path = path_of(xy, np.array([0, 4, 6]))
    assert path.elementCount() == 6
    kinds = [path.elementAt(n).isMoveTo() for n in range(6)]
    assert kinds == [True, False, False, False, True, False]
    assert path.elementAt(4).x == 20.5
    assert path.contains(QPointF(8, 2))


def test_no_vertices_are_an_empty_path() -> None:
    assert path_of(np.zeros((0, 2)), np.array([0])).isEmpty()


@given(st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=4, max_size=12), max_size=6))
def test_thinning_keeps_runs_and_their_ends(rings: list[list[tuple[float, float]]]) -> None:
    closed = [np.array([*ring, ring[0]]) for ring in rings]
    xy = np.vstack(closed) if closed else np.zeros((0, 2))
    runs = np.concatenate([[0], np.cumsum([len(ring) for ring in closed])]).astype(np.int64)
    thin, thin_runs = thinned(xy, runs, is_closed=True)
    assert len(thin_runs) == len(runs)
    for n, ring in enumerate(closed):
        part = thin[thin_runs[n] : thin_runs[n + 1]]
        assert len(part) >= 4
        assert (part[0] == ring[0]).all()
        assert (part[-1] == ring[-1]).all()


def test_thinning_drops_what_no_pixel_shows() -> None:
    line = np.column_stack([np.linspace(0, 10, 5001), np.zeros(5001)])
    thin, runs = thinned(line, np.array([0, 5001]), is_closed=False)
    assert 20 <= len(thin) <= 24
    assert runs.tolist() == [0, len(thin)]


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, st.floats(0, 50), st.floats(0, 50)), max_size=300),
    st.tuples(NUMBERS, NUMBERS, st.floats(0, 500), st.floats(0, 500)),
)
def test_the_index_finds_what_a_plain_search_finds(
    sizes: list[tuple[float, float, float, float]], frame: tuple[float, float, float, float]
) -> None:
    boxes = np.array([(x, y, x + w, y + h) for x, y, w, h in sizes]).reshape(-1, 4)
    boxes = boxes[spatial_order(boxes)]
    x, y, width, height = frame
    window = (x, y, x + width, y + height)
    met = (
        (boxes[:, 0] <= window[2])
        & (boxes[:, 2] >= window[0])
        & (boxes[:, 1] <= window[3])
        & (boxes[:, 3] >= window[1])
    )
    assert BoxIndex(boxes).query(window).tolist() == np.flatnonzero(met).tolist()


def test_spatial_order_is_an_order_of_all() -> None:
    boxes = np.random.default_rng(3).uniform(0, 1e6, (1000, 2)).repeat(2, axis=0).reshape(-1, 4)
    assert sorted(spatial_order(boxes).tolist()) == list(range(len(boxes)))


@pytest.mark.parametrize("side", [1, 2, 5])
def test_every_border_of_a_coverage_is_a_line_once(side: int) -> None:
    cells = [shapely.box(x, y, x + 1, y + 1) for x in range(side) for y in range(side)]
    (areas,) = shapes_of(np.array(cells, object))
    lines = border_lines(areas)
    assert lines is not None
    steps = np.diff(lines.xy, axis=0)
    inside = np.ones(len(steps), bool)
    inside[lines.runs[1:-1] - 1] = False
    assert np.hypot(steps[:, 0], steps[:, 1])[inside].sum() == 2 * side * (side + 1)


@given(
    st.lists(st.tuples(NEAR_CORNERS, NEAR_CORNERS), min_size=70, max_size=90),
    st.integers(0, 99),
    st.integers(0, 99),
)
def test_culling_changes_nothing_that_is_seen(
    corners: list[tuple[int, int]], x: int, y: int
) -> None:
    ring = np.array([*corners, corners[0]], float)
    kept, runs = culled(ring, np.array([0, len(ring)]), width=100, height=100)
    assert runs.tolist() == [0, len(kept)]
    runs_before = np.array([0, len(ring)])
    place = QPointF(x + 0.37, y + 0.53)
    assert path_of(kept, runs).contains(place) == path_of(ring, runs_before).contains(place)


def test_a_border_round_the_window_is_culled() -> None:
    turn = np.linspace(0, 2 * np.pi, 5001)
    ring = 50 + 5000 * np.column_stack([np.cos(turn), np.sin(turn)])
    kept, _runs = culled(ring, np.array([0, 5001]), width=100, height=100)
    assert len(kept) < 120


def test_a_line_round_a_corner_of_the_window_does_not_cut_it() -> None:
    right, corner, below = [(150, 50)] * 30, [(150, 150)] * 30, [(50, 150)] * 30
    xy = np.array(right + corner + below, float)
    kept, runs = culled(xy, np.array([0, len(xy)]), width=100, height=100)
    assert (150, 150) in map(tuple, kept)
    assert runs[-1] == len(kept) < 10
