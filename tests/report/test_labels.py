import itertools

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter
from tests.report.helpers import pixels_of, rows_of

from gridmap.model.style import Label, Marker, Style, Symbol
from gridmap.report.labels import PlacedLabel, paint_labels, place_labels
from gridmap.report.prepared import PreparedLayer, prepare
from gridmap.report.view import PaintView

VIEW = PaintView(0.0, 400.0, 1.0, 400, 400)


def labelled(
    geometries: list[shapely.Geometry],
    names: list[object],
    table: str = "building",
    **label: object,
) -> PreparedLayer:
    style = Style(table, Symbol(marker=Marker.CIRCLE), label=Label("name", **label))
    return prepare(rows_of(table, geometries, name=names), style)


def outline(label: PlacedLabel) -> shapely.Polygon:
    box = shapely.box(-label.width / 2, -label.height / 2, label.width / 2, label.height / 2)
    turned = shapely.affinity.rotate(box, label.angle, origin=(0, 0))
    return shapely.affinity.translate(turned, label.x, label.y)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), max_size=120, unique=True))
def test_labels_never_overlap(places: list[tuple[float, float]]) -> None:
    points = [shapely.Point(place) for place in places]
    layer = labelled(points, [f"{n}号楼" for n in range(len(places))])
    placed = place_labels(VIEW, [layer])
    for one, other in itertools.combinations(placed, 2):
        assert outline(one).intersection(outline(other)).area < 1e-6
    assert not placed or len(placed) <= len(places)
    assert not places or len(placed) >= 0


def test_the_more_important_label_wins() -> None:
    place = [shapely.box(150, 150, 250, 250)]
    low = labelled(place, ["楼"], "building", priority=1)
    high = labelled(place, ["里"], "compound", priority=9)
    assert [label.text for label in place_labels(VIEW, [low, high])] == ["里"]


def test_an_area_too_small_for_its_label_stays_bare() -> None:
    wide, narrow = shapely.box(10, 10, 110, 110), shapely.box(200, 10, 215, 110)
    layer = labelled([wide, narrow], ["安宁里小区", "安宁里小区"])
    (label,) = place_labels(VIEW, [layer])
    assert label.x < 110


def test_a_street_is_labelled_along_its_longest_stretch_and_upright() -> None:
    street = shapely.LineString([(350, 350), (150, 150), (150, 140)])
    (label,) = place_labels(VIEW, [labelled([street], ["安宁路"], "walkway")])
    assert abs(label.angle + 45) < 1
    assert abs(label.x - 250) < 1


def test_a_street_of_many_pieces_is_labelled_once() -> None:
    pieces = [shapely.LineString([(x, 200), (x + 100, 200)]) for x in (0, 100, 200, 300)]
    assert len(place_labels(VIEW, [labelled(pieces, ["路"] * 4, "walkway")])) <= 2


def test_missing_names_and_hidden_scales_are_not_labelled() -> None:
    boxes = [shapely.box(0, 0, 100, 100), shapely.box(200, 0, 300, 100)]
    assert place_labels(VIEW, [labelled(boxes, [None, ""])]) == []
    assert place_labels(VIEW, [labelled(boxes, ["甲", "乙"], max_denominator=100)]) == []
    assert place_labels(VIEW, [labelled(boxes, ["甲", "乙"], min_denominator=9000)]) == []


def test_short_forms() -> None:
    box = [shapely.box(0, 0, 200, 200)]
    code = labelled(box, ["110105001001017"], last=3)
    name = labelled([shapely.box(200, 200, 400, 400)], ["桃涧社区第5网格"], "grid", after="社区")
    assert {label.text for label in place_labels(VIEW, [code, name])} == {"017", "第5网格"}


def test_a_label_has_a_pale_rim() -> None:
    image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0xFF000000)
    painter = QPainter(image)
    box = labelled([shapely.box(100, 100, 300, 300)], ["安宁里"], colour="#000000")
    paint_labels(painter, place_labels(VIEW, [box]))
    painter.end()
    rows, columns = np.nonzero(pixels_of(image)[..., 0] > 200)
    assert len(rows) > 100
    assert abs(columns.mean() - 200) < 5
    assert abs(rows.mean() - 200) < 5


def steady(left: float, top: float) -> dict[str, tuple[float, float]]:
    """Return where on the ground the labels of a crowded window stand that lie well inside it."""
    rng = np.random.default_rng(7)
    points = list(shapely.points(rng.uniform(-600, 1100, (1500, 2))))
    layer = labelled(points, [f"{n}号楼" for n in range(1500)], "component")
    view = PaintView(left, top, 1.0, 500, 400)
    return {
        label.text: (round(label.x + left, 6), round(top - label.y, 6))
        for label in place_labels(view, [layer], is_steady=True)
        if 130 < label.x < 370 and 130 < label.y < 270
    }


def test_labels_stay_where_they_are_while_the_window_moves() -> None:
    before = steady(20.0, 480.0)
    assert len(before) > 8
    for dx, dy in ((1, 0), (37, -21), (-13, 5)):
        after = steady(20.0 + dx, 480.0 + dy)
        common = before.keys() & after.keys()
        assert len(common) > 0.6 * len(before)
        assert all(before[text] == after[text] for text in common)
    assert steady(20.0, 480.0) == before


def test_steady_labels_never_overlap_and_fill_the_whole_window() -> None:
    rng = np.random.default_rng(8)
    points = list(shapely.points(rng.uniform(-200, 700, (400, 2))))
    layer = labelled(points, [f"{n}" for n in range(400)], "component")
    window = PaintView(10.0, 410.0, 1.0, 400, 400)
    placed = place_labels(window, [layer], is_steady=True)
    for one, other in itertools.combinations(placed, 2):
        assert outline(one).intersection(outline(other)).area < 1e-6
    assert {(int(label.x // 200), int(label.y // 200)) for label in placed} >= {
        (0, 0), (0, 1), (1, 0), (1, 1)
    }  # fmt: skip
