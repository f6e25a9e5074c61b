import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridmap.ui.canvas.camera import TILE, Camera, TileKey, resolution_of

CAMERAS = st.builds(
    Camera,
    level=st.integers(-20, 40),
    x=st.integers(-(10**6), 10**6),
    y=st.integers(-(10**7), 10**6),
    width=st.integers(50, 3000),
    height=st.integers(50, 2000),
    ratio=st.sampled_from([1.0, 1.25, 2.0]),
)


@given(CAMERAS, st.integers(0, 3000), st.integers(0, 2000))
def test_ground_and_pixel_are_inverse(camera: Camera, x: int, y: int) -> None:
    east, north = camera.to_ground(x, y)
    assert camera.to_pixel(east, north) == (pytest.approx(x, abs=1e-3), pytest.approx(y, abs=1e-3))


@given(CAMERAS, st.integers(-8, 8), st.integers(0, 1000), st.integers(0, 1000))
def test_the_ground_under_the_pointer_stays_when_zooming(
    camera: Camera, steps: int, x: int, y: int
) -> None:
    before = camera.to_ground(x, y)
    zoomed = camera.zoomed(steps, x, y)
    after = zoomed.to_ground(x, y)
    assert abs(before[0] - after[0]) <= zoomed.resolution
    assert abs(before[1] - after[1]) <= zoomed.resolution


@given(CAMERAS)
def test_tiles_cover_the_window_each_once(camera: Camera) -> None:
    keys = camera.tiles()
    assert len(keys) == len(set(keys))
    xmin, ymin, xmax, ymax = camera.extent
    boxes = [key.extent for key in keys]
    assert min(box[0] for box in boxes) <= xmin
    assert max(box[2] for box in boxes) >= xmax
    assert min(box[1] for box in boxes) <= ymin
    assert max(box[3] for box in boxes) >= ymax
    most = (camera.width // TILE + 2) * (camera.height // TILE + 2)
    assert len(keys) <= most


@given(CAMERAS, st.floats(1, 2e4), st.floats(1, 2e4))
def test_an_extent_fits_and_is_not_lost_in_the_window(
    camera: Camera, width: float, height: float
) -> None:
    extent = (500_000.0, 4_400_000.0, 500_000.0 + width, 4_400_000.0 + height)
    fitted = camera.fitted(extent, margin=0.0)
    xmin, ymin, xmax, ymax = fitted.extent
    rim = fitted.resolution
    assert xmin <= extent[0] + rim
    assert ymin <= extent[1] + rim
    assert xmax >= extent[2] - rim
    assert ymax >= extent[3] - rim
    if -26 < fitted.level < 48:
        nearer = resolution_of(fitted.level - 1)
        assert width / nearer > camera.width - 1 or height / nearer > camera.height - 1


def test_four_steps_double_the_scale() -> None:
    assert resolution_of(4) == 2 * resolution_of(0)
    assert Camera(level=8).zoomed(4, 0, 0).resolution == 2.0


def test_a_resized_window_keeps_its_centre() -> None:
    camera = Camera(level=0, x=1000, y=-2000, width=400, height=300)
    resized = camera.resized(800, 500, 1.0)
    assert resized.to_ground(400, 250) == camera.to_ground(200, 150)


def test_tiles_in_the_middle_come_first() -> None:
    camera = Camera(level=0, x=0, y=0, width=5 * TILE, height=5 * TILE)
    assert camera.tiles()[0] == TileKey(0, 2, 2)


def test_rows_of_tiles_go_south() -> None:
    assert TileKey(0, 0, 0).extent == (0.0, -256.0, 256.0, 0.0)
