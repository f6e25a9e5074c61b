import numpy as np
import pytest
import shapely
from tests.report.helpers import layer_of, painted, rows_of

from gridmap.model.style import Hatch, Marker, Style, StyleClass, Symbol
from gridmap.report.paint import Pass, passes
from gridmap.report.prepared import prepare
from gridmap.report.styles import load_styles

RED = Symbol(fill="#FF0000")
BLUE_GREEN_RED_ALPHA = (0, 0, 255, 255)


def is_red(pixels: np.ndarray, x: int, y: int) -> bool:
    """x and y in metres, y up."""
    return tuple(pixels[len(pixels) - 1 - y, x]) == BLUE_GREEN_RED_ALPHA


def test_an_area_fills_its_box_and_nothing_else() -> None:
    pixels = painted(layer_of([shapely.box(20, 30, 60, 70)], RED))
    alpha = pixels[..., 3]
    assert alpha[30:70, 20:60].min() == 255
    assert alpha.sum() == 40 * 40 * 255
    assert is_red(pixels, 21, 31)


def test_a_hole_stays_empty() -> None:
    ring = shapely.box(10, 10, 90, 90) - shapely.box(40, 40, 60, 60)
    pixels = painted(layer_of([ring], RED))
    assert is_red(pixels, 20, 20)
    assert pixels[40:60, 40:60, 3].max() == 0


def test_both_parts_of_a_multipolygon_are_filled() -> None:
    parts = shapely.MultiPolygon([shapely.box(5, 5, 20, 20), shapely.box(70, 70, 90, 90)])
    pixels = painted(layer_of([parts], RED))
    assert is_red(pixels, 10, 10)
    assert is_red(pixels, 80, 80)
    assert not is_red(pixels, 50, 50)


@pytest.mark.parametrize("count", [2, 3])
def test_areas_that_overlap_do_not_cancel_each_other(count: int) -> None:
    boxes = [shapely.box(10 + 5 * n, 10, 60 + 5 * n, 60) for n in range(count)]
    pixels = painted(layer_of(boxes, RED, table="defect", is_overlapping=True))
    assert is_red(pixels, 40, 30)


def test_a_line_is_as_wide_as_on_the_ground() -> None:
    road = Symbol(outline="#FF0000", width=1.0, ground_width_m=10.0)
    pixels = painted(layer_of([shapely.LineString([(-50, 50), (150, 50)])], road, table="walkway"))
    assert (pixels[:, 50, 3] > 127).sum() == 10


def test_a_casing_lies_below_every_line() -> None:
    road = Symbol(outline="#FF0000", width=6.0, casing="#0000FF", casing_width=2.0)
    cross = [shapely.LineString([(0, 50), (100, 50)]), shapely.LineString([(50, 0), (50, 100)])]
    pixels = painted(layer_of(cross, road, table="walkway"))
    assert is_red(pixels, 50, 50)
    assert is_red(pixels, 54, 50)  # the other road's casing does not cut across


def test_classes_have_their_own_colours() -> None:
    style = Style(
        "defect",
        Symbol(fill="#00FF00"),
        by="kind",
        classes=(StyleClass(RED, value="pollution"),),
    )
    boxes = [shapely.box(0, 0, 40, 40), shapely.box(60, 60, 100, 100)]
    pixels = painted(prepare(rows_of("defect", boxes, kind=["pollution", None]), style))
    assert is_red(pixels, 20, 20)
    assert tuple(pixels[20, 80]) == (0, 255, 0, 255)


def test_numbers_are_classified_by_their_bounds() -> None:
    blue = Symbol(outline="#0000FF", width=8)
    style = Style(
        "walkway",
        Symbol(outline="#00FF00", width=8),
        by="width_m",
        classes=(
            StyleClass(Symbol(outline="#FF0000", width=8), below=2.5, zh="窄", en="narrow"),
            StyleClass(blue, below=4.0, zh="宽", en="wide"),
        ),
    )
    lines = [shapely.LineString([(0, y), (100, y)]) for y in (20, 50, 80)]
    pixels = painted(prepare(rows_of("walkway", lines, width_m=[2.4, 2.5, None]), style))
    assert is_red(pixels, 50, 20)
    assert tuple(pixels[50, 50, :3]) == (255, 0, 0)
    assert tuple(pixels[20, 50, :3]) == (0, 255, 0)


def test_yes_and_no_are_classified_as_words() -> None:
    style = Style(
        "compound", Symbol(fill="#00FF00"), by="is_old", classes=(StyleClass(RED, value="1"),)
    )
    boxes = [shapely.box(0, 0, 40, 40), shapely.box(60, 60, 100, 100)]
    pixels = painted(prepare(rows_of("compound", boxes, is_old=[True, 0]), style))
    assert is_red(pixels, 20, 20)
    assert not is_red(pixels, 80, 80)


@pytest.mark.parametrize("marker", list(Marker))
def test_each_marker_is_painted_round_its_point(marker: Marker) -> None:
    symbol = Symbol(fill="#FF0000", outline="#FF0000", marker=marker, size=30)
    alpha = painted(layer_of([shapely.Point(50, 50)], symbol, table="sensor"))[..., 3]
    rows, columns = np.nonzero(alpha > 200)
    assert abs(rows.mean() - 50) < 6
    assert abs(columns.mean() - 50) < 6
    assert 150 < (alpha > 200).sum() < 1200


def test_markers_and_hatches_of_defects_differ_in_black_and_white() -> None:
    symbols = [class_.symbol for class_ in load_styles()["defect"].classes]
    assert len({symbol.hatch for symbol in symbols} - {Hatch.NONE}) == len(symbols) == 7
    silhouettes = [silhouette(symbol.marker) for symbol in symbols]
    for n, one in enumerate(silhouettes):
        for other in silhouettes[n + 1 :]:
            assert (one ^ other).sum() > 40


def silhouette(marker: Marker | None) -> np.ndarray:
    symbol = Symbol(fill="#000000", outline="#000000", marker=marker, size=24)
    pixels = painted(layer_of([shapely.Point(50, 50)], symbol, table="sensor"))
    return (pixels[..., :3].sum(axis=2) < 100) & (pixels[..., 3] > 200)


@pytest.mark.parametrize("hatch", [hatch for hatch in Hatch if hatch is not Hatch.NONE])
@pytest.mark.parametrize("is_vector", [False, True])
def test_a_hatch_covers_some_of_its_area_and_nothing_outside(hatch: Hatch, is_vector: bool) -> None:
    symbol = Symbol(hatch=hatch, hatch_colour="#FF0000")
    alpha = painted(layer_of([shapely.box(20, 20, 80, 80)], symbol), is_vector=is_vector)[..., 3]
    covered = (alpha[20:80, 20:80] > 60).mean()
    assert 0.04 < covered < 0.6
    assert alpha.sum() - alpha[19:81, 19:81].sum() == 0


def test_layers_are_hidden_beyond_their_scales() -> None:
    box = [shapely.box(0, 0, 100, 100)]
    assert painted(layer_of(box, RED, max_denominator=3000)).max() == 0  # 1 m a pixel is 1:3,780
    assert painted(layer_of(box, RED, min_denominator=5000)).max() == 0
    assert painted(layer_of(box, RED, max_denominator=4000)).max() == 255


def test_borders_lie_over_what_comes_between() -> None:
    styles = [
        Style("community", Symbol(), is_border=True),
        Style("building", Symbol()),
        Style("grid", Symbol(), is_border=True),
        Style("defect", Symbol()),
    ]
    order = [(style.table, which) for style, which in passes(styles)]
    assert order == [
        ("community", Pass.GROUND),
        ("building", Pass.GROUND),
        ("grid", Pass.GROUND),
        ("grid", Pass.BORDER),
        ("community", Pass.BORDER),
        ("defect", Pass.GROUND),
    ]


def test_a_shared_dashed_border_keeps_its_gaps() -> None:
    symbol = Symbol(outline="#FF0000", width=4.0, dash=(4, 4))
    halves = [shapely.box(-200, -200, 50, 300), shapely.box(50, -200, 300, 300)]
    style = {"table": "community", "is_border": True}
    alpha = painted(layer_of(halves, symbol, **style))[:, 50, 3]
    assert 0.3 < (alpha > 127).mean() < 0.7
