"""What pasted coordinates mean in a workspace, and how a place is told to others."""

import numpy as np
import pytest
import shapely

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.geo import crs
from gridmap.geo.features import Features, as_objects
from gridmap.geo.offsets import DATUMS, Datum
from gridmap.services import places, texts
from gridmap.services.places import WhereRequest, where
from gridmap.store import rows
from gridmap.store.workspace import Workspace

AMAP = "https://uri.amap.com/marker?position={}"


@pytest.fixture
def cell(sample: Workspace) -> tuple[str, tuple[float, float]]:
    """Return a cell of the sample and a place in it."""
    with sample.reading() as reader:
        features = rows.read_features(reader, "cell", ["code"])
    number = len(features) // 2
    inside = features.geometry[number].representative_point()
    return str(features.columns["code"][number]), (inside.x, inside.y)


@pytest.mark.parametrize("datum", DATUMS)
def test_of_three_readings_the_one_in_the_subdistrict_is_likely(
    sample: Workspace, cell: tuple[str, tuple[float, float]], datum: Datum
) -> None:
    code, xy = cell
    found = where(sample, WhereRequest(places.told(xy, sample.epsg, datum))).value
    likely = found.readings[DATUMS.index(datum)]
    assert likely.outside_m == 0
    assert np.hypot(likely.xy[0] - xy[0], likely.xy[1] - xy[1]) < 0.15  # six digits of a degree
    assert [one.label for one in likely.beside if one.table == "cell"] == [code]
    if sum(reading.outside_m == 0 for reading in found.readings) == 1:
        assert found.readings[found.likely] is likely


def test_the_readings_lie_hundreds_of_metres_apart(
    sample: Workspace, cell: tuple[str, tuple[float, float]]
) -> None:
    text = places.told(cell[1], sample.epsg, "gcj02")
    found = where(sample, WhereRequest(AMAP.format(text))).value
    assert found.likely == 1
    assert found.readings[1].apart_m == 0
    assert 300 < found.readings[0].apart_m < 800
    assert 500 < found.readings[2].apart_m < 1_500
    assert "高德" in str(found.because)


def test_what_the_link_says_counts_more_than_where_it_lies(
    sample: Workspace, cell: tuple[str, tuple[float, float]]
) -> None:
    text = places.told(cell[1], sample.epsg, "wgs84")  # inside only as WGS 84
    assert where(sample, WhereRequest(AMAP.format(text))).value.likely == 1
    assert where(sample, WhereRequest(AMAP.format(text) + "&coordinate=wgs84")).value.likely == 0


def test_where_nothing_tells_the_last_choice_is_taken(workspace: Workspace) -> None:
    found = where(workspace, WhereRequest("116.397,39.908", "bd09")).value
    assert found.likely == 2
    assert all(reading.outside_m is None for reading in found.readings)
    assert where(workspace, WhereRequest("116.397,39.908")).value.likely == 0


def test_metres_have_one_reading_also_from_another_zone(
    sample: Workspace, cell: tuple[str, tuple[float, float]]
) -> None:
    _, xy = cell
    found = where(sample, WhereRequest(places.told(xy, sample.epsg, None))).value
    assert [reading.xy for reading in found.readings] == [pytest.approx(xy, abs=1e-3)]
    east, north = crs.transform_xy(np.array([xy]), sample.epsg, 4528)[0]  # zone 40, CM 120
    told = where(sample, WhereRequest(f"{east:.3f} {north:.3f}")).value.readings
    assert [reading.xy for reading in told] == [pytest.approx(xy, abs=2e-3)]


def test_a_text_without_coordinates_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RequestError):
        where(workspace, WhereRequest("槐荫路12号"))


def test_the_nearest_row_is_told_with_its_distance(workspace: Workspace) -> None:
    boxes = [shapely.box(x, 4_400_000, x + 100, 4_400_100) for x in (500_000, 500_300, 500_310)]
    held = {"id": as_objects(clock.new_ids(3)), "code": as_objects(["甲", "乙", "丙"])}
    with workspace.transaction(texts.repaired()) as tx:
        rows.insert(tx, "cell", Features(held, as_objects(boxes)))
    told = {
        x: [(one.label, round(one.distance_m)) for one in places.beside(workspace, (x, 4_400_050))
            .value]
        for x in (500_050.0, 500_150.0, 500_250.0, 504_410.0, 600_000.0)
    }  # fmt: skip
    assert told == {
        500_050.0: [("甲", 0)],
        500_150.0: [("甲", 50)],
        500_250.0: [("乙", 50)],
        504_410.0: [("丙", 4_000)],
        600_000.0: [],
    }


def test_a_place_is_told_as_phones_write_it(workspace: Workspace) -> None:
    told = [places.told((448_484.3, 4_417_787.6), workspace.epsg, datum) for datum in DATUMS]
    assert all(text.startswith("116.") and ",39." in text for text in told)
    assert len(set(told)) == 3
    assert places.told((448_484.3, 4_417_787.6), workspace.epsg, None) == "448484.300,4417787.600"
