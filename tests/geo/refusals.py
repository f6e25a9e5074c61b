"""What an edit says where it refuses."""

import pytest
import shapely
from tests.geo.tilings import EAST, NORTH

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.editing import apply_edit
from gridmap.model.cell_edits import CellEdit


def refused(coverage: Coverage, edit: CellEdit) -> tuple[str, tuple[float, float] | None]:
    """Return the sentence's name and its place from the corner; the coverage is as it was."""
    before = shapely.to_wkb(coverage.shapes).tolist()
    with pytest.raises(RequestError) as caught:
        apply_edit(coverage, edit)
    assert shapely.to_wkb(coverage.shapes).tolist() == before
    assert caught.value.render("zh") != caught.value.render("en")
    xy = caught.value.place.xy
    name = caught.value.code.rpartition(".")[2]
    return name, None if xy is None else (round(xy[0] - EAST, 3), round(xy[1] - NORTH, 3))


def areas(change: Change) -> dict[str, float]:
    return {key: round(float(shape.area), 2) for key, shape in sorted(change.after.items())}


def points(shape: shapely.Polygon) -> set[tuple[float, float]]:
    """Return an area's vertices by their distance from the corner."""
    return {
        (round(float(x) - EAST, 3), round(float(y) - NORTH, 3)) for x, y in shape.exterior.coords
    }
