"""QGIS 3 loads what we write, draws it as we do, and we read what it writes."""

import json
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QImage, QPainter
from tests.report.helpers import pixels_of, rows_of

from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME
from gridmap.model.schema import Kind
from gridmap.model.style import (
    Comparison,
    Condition,
    Gather,
    Gathering,
    Graduation,
    Hatch,
    Marker,
    Method,
    Proportion,
    Style,
    StyleClass,
    Symbol,
)
from gridmap.report.paint import paint
from gridmap.report.prepared import prepare
from gridmap.report.styles import load_styles
from gridmap.report.view import PaintView
from gridmap.services.style_files import read_style_file, write_style_file

PYTHON = "/usr/bin/python3"
PROGRAM = Path(__file__).with_name("qgis_styles.py")
GEOMETRIES = {0: "Point", 1: "LineString", 2: "Polygon", None: "Polygon"}
KINDS = {Kind.INTEGER: "int", Kind.REAL: "double", Kind.YES_NO: "int"}
SHIPPED = load_styles()


@cache
def why_not() -> str:
    if not shutil.which(PYTHON):
        return f"no {PYTHON}"
    run = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
    return "" if run.returncode == 0 else "QGIS's python (python3-qgis) is not installed"


@pytest.fixture(autouse=True)
def _needs_qgis(qapp):
    if why_not():
        pytest.skip(why_not())


def qgis(*requests):
    run = subprocess.run(
        [PYTHON, str(PROGRAM)], input=json.dumps(requests), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert run.stdout, run.stderr
    return json.loads(run.stdout)


def request(table, **more):
    described = TABLE_BY_NAME[table]
    fields = {field.name: KINDS.get(field.kind, "string") for field in described.fields}
    return {"geometry": GEOMETRIES[described.geometry.dimension], "fields": fields, **more}


def written(style, path):
    write_style_file(style, path)
    return str(path)


def row(table, wkt, **values):
    return [wkt, *(values.get(name) for name in TABLE_BY_NAME[table].field_names)]


# --- QGIS reads ours


def test_qgis_loads_every_shipped_style(tmp_path):
    told = qgis(
        *(
            request(table, load=written(SHIPPED[table], tmp_path / f"{table}.{kind}"))
            for table in MAP_ORDER
            for kind in ("qml", "sld")
        )
    )
    for table, (qml, sld) in zip(MAP_ORDER, zip(told[::2], told[1::2], strict=True), strict=True):
        style = SHIPPED[table]
        assert (qml["is_loaded"], sld["is_loaded"]) == (True, True), table
        kinds = {class_.value is not None for class_ in style.classes}
        expected = {frozenset(): "singleSymbol", frozenset({True}): "categorizedSymbol"}
        assert qml["type"] == expected.get(frozenset(kinds), "graduatedSymbol")
        assert len(qml["symbols"]) == len(sld["symbols"]) == len(style.classes) + 1
        assert bool(qml["label"]) == bool(sld["label"]) == bool(style.label)
        if style.label:
            assert qml["label"]["colour"] == sld["label"]["colour"] == style.label.colour.lower()
            assert qml["label"]["size"] == pytest.approx(style.label.size * 0.75)
            assert qml["label"]["has_buffer"]
            assert qml["label"]["scales"] == [
                style.label.min_denominator, style.label.max_denominator
            ]  # fmt: skip


def test_qgis_knows_the_classes_and_colours_of_the_cases(tmp_path):
    style = SHIPPED["case_file"]
    (told,) = qgis(request("case_file", load=written(style, tmp_path / "a.qml")))
    assert told["values"] == [*(class_.value for class_ in style.classes), ""]
    assert told["labels"][1] == "立案 / Filed"
    assert [symbol["colour"] for symbol in told["symbols"]] == [
        symbol.fill.lower() for symbol in style.symbols
    ]
    assert told["scales"] == [0.0, style.max_denominator, True]


WIDTHS = [1.0, 2.5, 3.9, 4.0, 7.0, None]


@pytest.mark.parametrize("kind", ["qml", "sld"])
def test_qgis_draws_each_row_by_the_class_that_we_take(tmp_path, kind):
    style = SHIPPED["walkway"]
    rows = [row("walkway", "LINESTRING(0 0, 9 9)", width_m=width) for width in WIDTHS]
    (told,) = qgis(request("walkway", rows=rows, load=written(style, tmp_path / f"a.{kind}")))
    colours = [symbol["colour"] for symbol in told["symbols"]]
    order = [0, 1, 1, 2, 3] if kind == "sld" else [4, 3, 3, 2, 1]  # ours writes the highest first
    assert told["drawn"][:5] == [[colours[n]] for n in order]
    # of rows without a width a sentence says that QGIS does not draw them by ranges
    assert told["drawn"][5] == ([colours[4]] if kind == "sld" else [])


@pytest.mark.parametrize("kind", ["qml", "sld"])
def test_qgis_draws_each_row_by_the_first_rule_only(tmp_path, kind):
    def told_apart(number):
        return Symbol(f"#{number}{number}0000", outline="#000000")

    high = Condition("floors", Comparison.FROM, 7.0)
    tower = Condition("name", Comparison.HAS, "塔")
    unnamed = Condition("name", Comparison.MISSING)
    style = Style(
        "building",
        told_apart(9),
        classes=(
            StyleClass(told_apart(1), where=(high, tower), zh="高塔", en="High tower"),
            StyleClass(told_apart(2), where=(high,), zh="高", en="High"),
            StyleClass(told_apart(3), where=(tower,), zh="塔", en="Tower"),
            StyleClass(told_apart(4), where=(unnamed,), max_denominator=500, zh="近", en="Near"),
            StyleClass(told_apart(5), where=(unnamed,), zh="无名", en="Unnamed"),
        ),
    )
    values = [("塔楼", 9), ("楼", 9), ("塔", 3), (None, 9), (None, None), ("楼", 3), ("楼", None)]
    shapes = boxes(len(values))
    rows = [
        row("building", shape.wkt, name=name, floors=floors)
        for shape, (name, floors) in zip(shapes, values, strict=True)
    ]
    picture = tmp_path / "a.png"
    (told,) = qgis(
        request(
            "building", rows=rows, load=written(style, tmp_path / f"a.{kind}"),
            picture=str(picture), size=[SIZE, SIZE], extent=[0, 0, SIZE, SIZE],
        )
    )  # fmt: skip
    assert told["type"] == "RuleRenderer"
    image = QImage(str(picture))
    seen = [image.pixelColor(int(s.centroid.x), SIZE - int(s.centroid.y)).name() for s in shapes]
    assert seen == [f"#{n}{n}0000" for n in (1, 2, 3, 2, 5, 9, 9)]


def test_qgis_gathers_and_sizes_as_said(tmp_path):
    posts = Style("patrol_post", Symbol("#1F5FA8", outline="#123A68", marker=Marker.STAR))
    clusters = replace(posts, gather=Gather(Gathering.CLUSTERS, radius=30.0))
    heat = replace(posts, gather=Gather(Gathering.HEAT, field="times_a_week"))
    sized = replace(posts, proportion=Proportion("times_a_week", 10.0, 40.0, 4.0))
    told = qgis(
        request("patrol_post", load=written(clusters, tmp_path / "clusters.qml")),
        request("patrol_post", load=written(heat, tmp_path / "heat.qml")),
        request("patrol_post", load=written(sized, tmp_path / "sized.qml")),
    )
    assert [one["type"] for one in told] == ["pointCluster", "heatmapRenderer", "singleSymbol"]
    assert all(one["is_loaded"] for one in told)


def test_qgis_keeps_how_classes_were_made(tmp_path):
    made = Graduation(Method.NATURAL, 2, "viridis")
    low = StyleClass(Symbol("#440154", outline="#000000"), below=3.0, zh="低", en="Low")
    high = StyleClass(Symbol("#FDE725", outline="#000000"), below=6.0, zh="高", en="High")
    style = Style("building", Symbol(), "floors", (low, high), graduation=made)
    again = tmp_path / "again.qml"
    (told,) = qgis(request("building", load=written(style, tmp_path / "a.qml"), save=[str(again)]))
    assert told["method"] == "Jenks"
    found = read_style_file(again, "building").value
    assert found.style == style
    assert found.lost == ()


# --- we read QGIS's


@pytest.mark.parametrize("table", MAP_ORDER)
def test_what_qgis_saves_of_ours_is_still_ours(tmp_path, table, saved_again):
    found = read_style_file(saved_again / f"{table}.qml", table).value
    assert [text.render("en") for text in found.lost] == []
    ours = read_style_file(saved_again / f"ours-{table}.qml", table).value.style
    assert found.style == ours


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory, qapp):
    if why_not():
        pytest.skip(why_not())
    folder = tmp_path_factory.mktemp("again")
    qgis(
        *(
            request(
                table,
                load=written(SHIPPED[table], folder / f"ours-{table}.qml"),
                save=[str(folder / f"{table}.qml")],
            )
            for table in MAP_ORDER
        )
    )
    return folder


MADE_IN_QGIS = """
from qgis.core import *
from qgis.PyQt.QtGui import QColor
one = QgsFillSymbol.createSimple({"color": "10,200,30,128", "outline_color": "0,0,0,255",
                                  "outline_width": "0.5"})
two = QgsFillSymbol.createSimple({"color": "#ff0000", "style": "diagonal_x"})
svg = QgsFillSymbol.createSimple({"color": "#0000ff"})
svg.appendSymbolLayer(QgsSVGFillSymbolLayer("x.svg"))
svg.appendSymbolLayer(QgsShapeburstFillSymbolLayer())
layer.setRenderer(QgsCategorizedSymbolRenderer("use", [
    QgsRendererCategory("residential", one, "住宅"),
    QgsRendererCategory(["shop", "office"], two, "商"),
    QgsRendererCategory("zoo", svg, "动物园")]))
label = QgsPalLayerSettings()
label.fieldName = "upper(name)"
label.isExpression = True
layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
layer.setLabelsEnabled(True)
layer.setOpacity(0.5)
"""


def test_a_style_made_in_qgis_is_read_and_what_is_lost_is_told(tmp_path):
    files = [str(tmp_path / "a.qml"), str(tmp_path / "a.sld")]
    qgis(request("building", make=MADE_IN_QGIS, save=files))
    found = read_style_file(Path(files[0]), "building").value
    style = found.style
    assert style.by == "use"
    assert [class_.value for class_ in style.classes] == ["residential", "shop", "office"]
    first, second, third = (class_.symbol for class_ in style.classes)
    assert (first.fill, first.outline) == ("#400AC81E", "#80000000")
    assert first.width == pytest.approx(0.5 * 96 / 25.4, abs=1e-3)
    assert second == third
    assert second.hatch is Hatch.CROSSED
    assert style.label is None
    said = " ".join(text.render("en") for text in found.lost)
    for word in ("SVGFill", "ShapeburstFill", "zoo", "upper(name)"):
        assert word in said
    as_sld = read_style_file(Path(files[1]), "building").value.style
    assert as_sld.classes[0].symbol.fill == "#800AC81E"


# --- the same picture

SIZE = 240
STEP = 60
TOLERANCE = 26
"""Of 255, in the mean of a square of 20 pixels: renderers smooth edges and lay hatches each in
their own way; a wrong colour, a missing hatch or outline differs by more (see the test below)."""


def boxes(count):
    places = [(n % 4 * STEP, n // 4 * STEP) for n in range(count)]
    return [shapely.box(x + 6, y + 6, x + STEP - 6, y + STEP - 6) for x, y in places]


def ours(style, geometries, **columns):
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    view = PaintView(0.0, float(SIZE), 1.0, SIZE, SIZE)
    paint(painter, view, [prepare(rows_of(style.table, geometries, **columns), style)])
    painter.end()
    return coarse(image)


def coarse(image):
    pixels = pixels_of(image)[:, :, :3].astype(float)
    side = 20
    return pixels.reshape(SIZE // side, side, SIZE // side, side, 3).mean(axis=(1, 3))


def theirs(style, geometries, path, field):
    """Return QGIS's picture of the geometries, each with its value of the field."""
    rows = [row(style.table, shape.wkt, **{field: value}) for shape, value in geometries]
    picture = path.with_suffix(".png")
    (told,) = qgis(
        request(
            style.table, rows=rows, load=written(style, path), picture=str(picture),
            size=[SIZE, SIZE], extent=[0, 0, SIZE, SIZE],
        )
    )  # fmt: skip
    assert told["is_loaded"]
    return coarse(QImage(str(picture)))


DEFECTS = [*(class_.value for class_ in SHIPPED["defect"].classes), "?"]


@pytest.mark.parametrize("kind", ["qml", "sld"])
def test_qgis_draws_classes_as_we_do(tmp_path, kind):
    style = shown_at_all_scales(SHIPPED["defect"])
    if kind == "sld":  # sentences say that it has not all markers and no dots
        plain = tuple(replace(c, symbol=plain_symbol(c.symbol)) for c in style.classes)
        style = replace(style, symbol=plain_symbol(style.symbol), classes=plain)
    shapes = boxes(len(DEFECTS))
    theirs_ = theirs(style, list(zip(shapes, DEFECTS, strict=True)), tmp_path / f"a.{kind}", "kind")
    difference = np.abs(ours(style, shapes, kind=DEFECTS) - theirs_)
    assert difference.max() < TOLERANCE, difference.max()


def plain_symbol(symbol):
    hatch = Hatch.NONE if symbol.hatch is Hatch.DOTTED else symbol.hatch
    return replace(symbol, hatch=hatch, marker=None)


def test_a_class_in_another_colour_is_seen_in_the_picture(tmp_path):
    style = shown_at_all_scales(SHIPPED["defect"])
    shapes = boxes(len(DEFECTS))
    wrong = list(zip(shapes, [*DEFECTS[1:], DEFECTS[0]], strict=True))
    difference = np.abs(
        ours(style, shapes, kind=DEFECTS) - theirs(style, wrong, tmp_path / "a.qml", "kind")
    )
    assert difference.max() > 2 * TOLERANCE


def shown_at_all_scales(style):
    return replace(style, label=None, max_denominator=float("inf"), marker_max_denominator=1e9)


def test_qgis_draws_markers_as_we_do(tmp_path):
    star = Symbol("#1F5FA8", outline="#123A68", size=34.0)
    classes = tuple(
        StyleClass(replace(star, marker=marker), value=marker.value, zh="记号", en="Marker")
        for marker in Marker
    )
    style = Style("sensor", Symbol(), "name", classes)
    points = [shape.centroid for shape in boxes(len(Marker))]
    values = [marker.value for marker in Marker]
    theirs_ = theirs(style, list(zip(points, values, strict=True)), tmp_path / "a.qml", "name")
    difference = np.abs(ours(style, points, name=values) - theirs_)
    # QGIS's crosses are thinner and its triangle stands higher; the others hardly differ
    assert np.quantile(difference, 0.9) < 10
    assert difference.max() < 70, difference.max()
