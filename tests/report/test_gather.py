"""Rows shown together: right counts, no seams between tiles, the same wherever the map is."""

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QImage, QPainter
from tests.report.helpers import painted, pixels_of, rows_of

from gridmap.model.style import (
    Gather,
    Gathering,
    Graduation,
    Label,
    Marker,
    Method,
    Style,
    Symbol,
)
from gridmap.report.clusters import count_text, find_clusters
from gridmap.report.hexagons import find_hexagons
from gridmap.report.labels import place_labels
from gridmap.report.legend import legend_entries
from gridmap.report.marks import reach
from gridmap.report.paint import Pass, paint_layer
from gridmap.report.prepared import PreparedLayer, prepare
from gridmap.report.view import PaintView

TILE = 256
DOT = Symbol(fill="#0072B2", outline="#222222", marker=Marker.SQUARE, size=6)


def layer(
    kind: Gathering, count: int = 3000, *, side: float = 2000.0, seed: int = 1, **gather: object
) -> PreparedLayer:
    rng = np.random.default_rng(seed)
    middles = rng.uniform(0, side, (12, 2))
    xy = middles[rng.integers(0, 12, count)] + rng.normal(0, side / 16, (count, 2))
    rows = rows_of("component", list(shapely.points(xy)), weight=rng.integers(0, 9, count).tolist())
    return prepare(rows, Style("component", DOT, gather=Gather(kind, **gather)))


def view(column: int, row: int, tiles: int = 1, *, resolution: float = 2.0) -> PaintView:
    """Return a window of whole tiles; rows go south from the ground's origin."""
    side = TILE * resolution
    return PaintView(column * side, -row * side, resolution, tiles * TILE, tiles * TILE)


def pixels(layer: PreparedLayer, window: PaintView) -> np.ndarray:
    image = QImage(window.width, window.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_layer(painter, window, layer)
    painter.end()
    return pixels_of(image).astype(int)


@pytest.mark.parametrize("kind", Gathering)
def test_tiles_beside_one_another_make_the_picture_that_one_window_makes(kind) -> None:
    made = layer(kind)
    whole = pixels(made, view(0, -4, 3))
    assert (whole[..., 3] > 0).mean() > 0.1
    for column in range(3):
        for row in range(3):
            part = whole[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
            tile = pixels(made, view(column, row - 4))
            assert (np.abs(tile - part).max(axis=2) > 12).mean() < 0.0005


@pytest.mark.parametrize("kind", Gathering)
def test_another_load_of_the_same_rows_gives_the_same_picture(kind) -> None:
    assert (pixels(layer(kind), view(1, -2)) == pixels(layer(kind), view(1, -2))).all()


@pytest.mark.parametrize("kind", Gathering)
def test_nothing_is_painted_where_nothing_is(kind) -> None:
    image = QImage(TILE, TILE, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    made = layer(kind, 50)
    assert not paint_layer(painter, view(50, 50), made)
    assert paint_layer(painter, view(0, -4, 4), made)
    assert not paint_layer(painter, view(0, -4, 4), made, Pass.BORDER)
    empty = prepare(rows_of("component", []), made.style)
    assert not paint_layer(painter, view(0, -4), empty)
    painter.end()


@pytest.mark.parametrize("kind", Gathering)
def test_from_near_rows_are_shown_one_by_one(kind) -> None:
    together = layer(kind, 200, side=100.0, min_denominator=5000.0)
    alone = prepare(together.rows, Style("component", DOT))
    assert (painted(together) == painted(alone)).all(), "at 1:3,780"
    assert (painted(together, ratio=2.0) != painted(alone, ratio=2.0)).any(), "at 1:7,559"


# --- clusters


@pytest.mark.parametrize("resolution", [0.05, 1.0, 8.0, 500.0])
def test_clusters_hold_every_row_once_and_lie_apart(resolution) -> None:
    made = layer(Gathering.CLUSTERS, radius=40.0)
    clusters = find_clusters(made.gathered, made.style.gather, view(0, 0, resolution=resolution))
    assert clusters.counts.sum() == 3000
    if len(clusters) > 1:
        distances = shapely.STRtree(shapely.points(clusters.xy)).query_nearest(
            shapely.points(clusters.xy), exclusive=True, return_distance=True
        )[1]
        assert np.quantile(distances, 0.02) >= 40 * resolution * 0.98


def test_a_cluster_is_where_its_rows_are_and_a_row_alone_is_itself() -> None:
    points = [shapely.Point(x, 50) for x in (10, 14, 18, 90)]
    style = Style("component", DOT, gather=Gather(Gathering.CLUSTERS, field="number"))
    made = prepare(rows_of("component", points, number=[1, 2, None, 40]), style)
    clusters = find_clusters(made.gathered, style.gather, PaintView(0.0, 100.0, 1.0, 100, 100))
    order = np.argsort(clusters.xy[:, 0])
    assert clusters.xy[order].tolist() == [[14, 50], [90, 50]]
    assert clusters.counts[order].tolist() == [3, 1]
    assert clusters.sums[order].tolist() == [3, 40]
    assert made.rows.ids[clusters.rows[order[1]]] == "component-3"
    assert painted(made)[50, 90].tolist() == [0xB2, 0x72, 0x00, 255], "its own marker"


def test_an_area_is_gathered_at_its_centre() -> None:
    style = Style("building", DOT, gather=Gather(Gathering.CLUSTERS))
    boxes = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)]
    made = prepare(rows_of("building", boxes), style)
    assert sorted(made.gathered.places.xy.tolist()) == [[5, 5], [15, 5]]


@pytest.mark.parametrize(
    ("value", "text"),
    [(2, "2"), (9999, "9999"), (12345, "12k"), (3_400_000, "3M"), (2.5, "2.5"), (250.25, "250")],
)
def test_counts_are_short(value, text) -> None:
    assert count_text(value) == text


# --- heat


def test_the_hottest_place_of_the_layer_has_the_hottest_colour_and_no_other_window_has_it() -> None:
    rng = np.random.default_rng(3)
    much = rng.normal((500, 500), 20, (400, 2))
    little = rng.normal((4000, 500), 20, (40, 2))
    points = list(shapely.points(np.vstack([much, little])))
    style = Style("component", DOT, gather=Gather(Gathering.HEAT, palette="reds"))
    made = prepare(rows_of("component", points), style)
    hot = pixels(made, PaintView(250.0, 750.0, 2.0, TILE, TILE))
    cool = pixels(made, PaintView(3750.0, 750.0, 2.0, TILE, TILE))
    assert hot[..., 3].max() == round(255 * 0.86)
    dark = hot.reshape(-1, 4)[hot[..., 3].argmax()]
    assert hot[..., 3].max() > 2 * cool[..., 3].max() > 0, "a tenth stays a tenth elsewhere"
    assert dark[2] > dark[1]


def test_the_peak_of_the_heat_is_that_of_the_whole_ground() -> None:
    made = layer(Gathering.HEAT, 4000, radius=30.0)
    for resolution in (1.5, 3.0, 12.0):
        span = 3000 / resolution
        window = PaintView(-500.0, 2500.0, resolution, round(span), round(span))
        shown = pixels(made, window)[..., 3]
        assert 0.8 * 255 < shown.max() <= 0.86 * 255 + 1


def test_heat_is_weighted_by_the_field() -> None:
    points = [shapely.Point(20, 50), shapely.Point(80, 50)]
    style = Style("component", DOT, gather=Gather(Gathering.HEAT, radius=20.0, field="number"))
    heavy = painted(prepare(rows_of("component", points, number=[10, 1]), style))
    assert heavy[50, 20, 3] > 2 * int(heavy[50, 80, 3]) > 0
    none = prepare(rows_of("component", points, number=[None, 0]), style)
    assert not painted(none).any()


# --- hexagons


def test_hexagons_hold_every_row_and_each_lies_in_its_own() -> None:
    made = layer(Gathering.HEXAGONS, size_m=150.0)
    hexagons = find_hexagons(made.gathered, made.style, made.style.gather, view(0, 0))
    assert hexagons.sums.sum() == 3000
    places = made.gathered.places.xy
    nearest = shapely.STRtree(shapely.points(hexagons.xy)).query_nearest(
        shapely.points(places), return_distance=True, all_matches=False
    )[1]
    assert nearest.max() <= 150 / np.sqrt(3) + 1e-6, "no farther than a corner"
    held = np.bincount(
        shapely.STRtree(shapely.points(hexagons.xy)).query_nearest(
            shapely.points(places), all_matches=False
        )[1]
    )
    assert held.tolist() == hexagons.sums.tolist()


def test_more_rows_make_a_higher_class() -> None:
    made = layer(Gathering.HEXAGONS)
    hexagons = find_hexagons(made.gathered, made.style, made.style.gather, view(0, 0))
    order = np.argsort(hexagons.sums, kind="stable")
    assert (np.diff(hexagons.classes[order]) >= 0).all()
    assert hexagons.classes.max() == len(hexagons.bounds) - 1


def test_hexagons_by_equal_steps_have_equal_steps() -> None:
    quantiles = layer(Gathering.HEXAGONS)
    style = Style(
        "component", DOT, gather=quantiles.style.gather,
        graduation=Graduation(Method.EQUAL, 4, "heat"),
    )  # fmt: skip
    made = prepare(quantiles.rows, style)
    bounds = find_hexagons(made.gathered, style, style.gather, view(0, 0)).bounds
    assert len(bounds) == 4
    assert np.diff(bounds[:3]) == pytest.approx(bounds[1] - bounds[0], rel=0.05)


def test_hexagons_too_small_to_be_seen_are_made_larger() -> None:
    made = layer(Gathering.HEXAGONS, size_m=10.0)
    near = find_hexagons(made.gathered, made.style, made.style.gather, view(0, 0, resolution=1.0))
    far = find_hexagons(made.gathered, made.style, made.style.gather, view(0, 0, resolution=10.0))
    assert near.size_m == 10.0
    assert far.size_m == 80.0
    assert far.sums.sum() == near.sums.sum() == 3000


# --- what goes with it


@pytest.mark.parametrize("kind", Gathering)
def test_rows_that_are_shown_together_have_no_names(kind) -> None:
    points = [shapely.Point(30, 50), shapely.Point(70, 50)]
    rows = rows_of("component", points, name=["甲", "乙"])
    window = PaintView(0.0, 100.0, 1.0, 100, 100)
    gather = Gather(kind, min_denominator=5000.0)
    style = Style("component", DOT, label=Label("name", max_denominator=9e9), gather=gather)
    made = prepare(rows, style)
    assert len(place_labels(window, [made])) == 2
    far = PaintView(0.0, 100.0, 1.0, 100, 100, ratio=2.0)
    assert place_labels(far, [made]) == []


@pytest.mark.parametrize("kind", Gathering)
def test_the_legend_explains_what_is_shown_together(kind) -> None:
    made = layer(kind, 400)
    window = view(-1, -6, 8)
    entries = legend_entries([made], window, "en")
    assert entries[0].text == "Component"
    assert entries[0].count == 400
    if kind is Gathering.HEXAGONS:
        assert "100 m" in entries[1].text
        hexagons = find_hexagons(made.gathered, made.style, made.style.gather, window)
        assert sum(entry.count for entry in entries[2:]) == len(hexagons.sums)
    elif kind is Gathering.HEAT:
        assert len(entries[1].ramp) > 4
    else:
        assert entries[1].is_cluster


def test_a_changed_row_may_change_all_of_a_gathered_picture() -> None:
    made = layer(Gathering.HEAT, 10, min_denominator=5000.0)
    assert reach(made.style, 10_000.0) == float("inf")
    assert reach(made.style, 1000.0) < 50
