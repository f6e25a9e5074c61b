"""What is measured, and how it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridmap.base.messages import use_language
from gridmap.services.measure import (
    HECTARE_M2,
    MU_M2,
    area_in_all_units,
    area_text,
    bearing_text,
    length_text,
    measure,
    report,
)

EPSG = 4548
WAY = [(604_000.0, 4_296_000.0), (604_100.0, 4_296_000.0), (604_100.0, 4_296_200.0)]


def test_a_way_is_measured_leg_by_leg_and_as_a_whole() -> None:
    measured = measure(WAY, EPSG, is_area=False)
    assert len(measured.legs) == 2
    assert measured.plane_m == pytest.approx(300)
    assert measured.ground_m == pytest.approx(299.96, abs=0.01)
    assert measured.ground_m == pytest.approx(sum(leg.ground_m for leg in measured.legs))
    assert measured.legs[0].bearing_deg == pytest.approx(90.75, abs=0.05)


def test_an_area_is_closed_and_its_border_measured() -> None:
    measured = measure(WAY, EPSG, is_area=True)
    assert len(measured.legs) == 3
    assert measured.plane_m2 == pytest.approx(10_000)
    assert measured.ground_m2 == pytest.approx(10_000 * 0.99973, rel=1e-5)
    assert not measured.is_crossed


def test_two_corners_are_a_way_and_one_is_nothing() -> None:
    assert len(measure(WAY[:2], EPSG, is_area=True).legs) == 1
    assert measure(WAY[:1], EPSG, is_area=True).legs == ()
    assert measure([], EPSG, is_area=False).ground_m == 0


def test_a_border_that_crosses_itself_is_told_instead_of_a_wrong_area() -> None:
    x, y = WAY[0]
    bow_tie = [(x, y), (x + 100, y + 100), (x + 100, y), (x, y + 100)]
    measured = measure(bow_tie, EPSG, is_area=True)
    assert measured.is_crossed
    assert not any("面积" in str(line) for line in report(measured))


def test_an_area_whose_corners_coincide_does_not_fail() -> None:
    assert measure([WAY[0]] * 4, EPSG, is_area=True).ground_m2 == 0


@pytest.mark.parametrize(
    ("length_m", "zh", "en"),
    [
        (0.0, "0.00 米", "0.00 m"),
        (12.345, "12.35 米", "12.35 m"),
        (999.99, "999.99 米", "999.99 m"),
        (1_234.5, "1.234 公里", "1.234 km"),
    ],
)
def test_lengths_are_told_in_metres_and_from_a_kilometre_on_in_kilometres(
    length_m: float, zh: str, en: str
) -> None:
    assert length_text(length_m).render("zh") == zh
    assert length_text(length_m).render("en") == en


def test_areas_are_told_in_all_three_units() -> None:
    assert str(area_text(9_999.96)) == "10,000.0 平方米"
    assert str(area_text(25_000)) == "2.500 公顷"
    assert str(area_in_all_units(10_000)) == "10,000.0 平方米 = 15.00 亩 = 1.000 公顷"
    assert pytest.approx(HECTARE_M2) == 15 * MU_M2


@given(st.floats(0, 360))
def test_a_bearing_never_reaches_360_degrees_nor_60_minutes(bearing_deg: float) -> None:
    degrees, minutes = bearing_text(bearing_deg).rstrip("′").split("°")
    assert 0 <= int(degrees) < 360
    assert 0 <= int(minutes) < 60


def test_the_report_for_the_clipboard_tells_everything_in_either_language() -> None:
    measured = measure(WAY, EPSG, is_area=True)
    lines = [str(line) for line in report(measured)]
    assert len(lines) == 3 + 3
    assert lines[0].startswith("面积：")
    use_language("en")
    assert str(report(measured)[0]).startswith("Area: ")
