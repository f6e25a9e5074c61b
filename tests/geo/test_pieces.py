import numpy as np
import pytest
import shapely

from gridmap.geo.pieces import PIECE, in_pieces, let_go, slices


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 25])
def test_slices_cover_every_place_once(count: int) -> None:
    places = np.arange(count)
    assert np.concatenate([places[part] for part in slices(count, 10)]).tolist() == places.tolist()


@pytest.mark.parametrize("count", [0, 3, PIECE, PIECE + 7])
def test_piece_by_piece_is_as_all_at_once(count: int) -> None:
    points = np.asarray(shapely.points(np.arange(2.0 * count).reshape(-1, 2)), object)
    moved = in_pieces(lambda some: shapely.transform(some, lambda xy: xy + 1), points)
    assert len(moved) == count
    assert shapely.equals(moved, shapely.transform(points, lambda xy: xy + 1)).all()


def test_letting_go_empties_objects_and_leaves_numbers() -> None:
    things, numbers = np.array(["a", "b"], object), np.arange(3)
    for values in (things, numbers, None):
        let_go(values)
    assert things.tolist() == [None, None]
    assert numbers.tolist() == [0, 1, 2]
