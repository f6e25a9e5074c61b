"""Styles go out as QML and SLD and come back the same, or a sentence says what got lost."""

import contextlib
import math
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.exchange.styles import AREAS, by_range, by_value, styles

from gridmap.base.errors import GridmapError, InputError, RequestError
from gridmap.model.catalogue import MAP_ORDER
from gridmap.model.style import (
    Comparison,
    Condition,
    Gather,
    Gathering,
    Hatch,
    Label,
    Marker,
    Proportion,
    Style,
    StyleClass,
    Symbol,
)
from gridmap.report.styles import load_styles
from gridmap.services.style_files import read_style_file, write_style_file

SHIPPED = load_styles()
RED = Symbol("#FF0000")
slow_folder = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def there_and_back(style: Style, path: Path) -> tuple[Style, list[str]]:
    lost = write_style_file(style, path).value
    found = read_style_file(path, style.table).value
    assert not found.lost, found.lost
    return found.style, [text.id.rpartition(".")[2] for text in lost]


# --- there and back


@slow_folder
@given(style=styles())
def test_qml_gives_back_every_style_that_it_can_say(tmp_path, style):
    back, _lost = there_and_back(style, tmp_path / "a.qml")
    assert back == style


@pytest.mark.parametrize("table", MAP_ORDER)
def test_qml_gives_back_the_shipped_styles(tmp_path, table):
    style = replace(SHIPPED[table], classes=tuple(map(without_idle_casing, SHIPPED[table].classes)))
    back, _lost = there_and_back(style, tmp_path / "样式.qml")
    assert back == style


@pytest.mark.parametrize("table", MAP_ORDER)
def test_toml_gives_back_the_shipped_styles(tmp_path, table):
    back, lost = there_and_back(SHIPPED[table], tmp_path / "a.toml")
    assert (back, lost) == (SHIPPED[table], [])


def without_idle_casing(class_: StyleClass) -> StyleClass:
    """A casing of no width is not drawn, so it is not written."""
    if class_.symbol.casing_width:
        return class_
    return replace(class_, symbol=replace(class_.symbol, casing=None))


@slow_folder
@given(style=styles(classed=by_value) | styles(classed=by_range))
def test_sld_gives_back_what_is_not_said_to_be_lost(tmp_path, style):
    lost = write_style_file(style, tmp_path / "a.sld").value
    back = read_style_file(tmp_path / "a.sld", style.table).value.style
    said = {text.id.rpartition(".")[2] for text in lost}
    assert seen_by_sld(back, said) == seen_by_sld(style, said)


def seen_by_sld(style: Style, said: set[str]) -> Style:
    """Return the style without those things of which a sentence says that they are lost."""
    label = style.label
    if label is not None:
        if "whole_label" in said:
            label = replace(label, last=0, after="")
        if "label_spacing" in said:
            label = replace(label, spacing=0.0)
        if "label_priority" in said:
            label = replace(label, priority=SHIPPED[style.table].label.priority)
        if "whole_size" in said:
            label = replace(label, size=float(round(label.size)))
        low = max(label.min_denominator, style.min_denominator)
        high = min(label.max_denominator, style.max_denominator)
        label = replace(label, min_denominator=low, max_denominator=high)
        if low >= high:
            label = None
    for sentence, field in [("fixed_size", "proportion"), ("gather_in_sld", "gather"),
                            ("graduation_in_sld", "graduation")]:  # fmt: skip
        if sentence in said:
            style = replace(style, **{field: None})
    symbol = seen_symbol(style.symbol, said)
    classes = tuple(replace(c, symbol=seen_symbol(c.symbol, said)) for c in style.classes)
    usual = SHIPPED[style.table]
    return replace(
        style, symbol=symbol, classes=classes, label=label, is_border=usual.is_border,
        is_overlapping=usual.is_overlapping, marker_max_denominator=usual.marker_max_denominator,
    )  # fmt: skip


def seen_symbol(symbol: Symbol, said: set[str]) -> Symbol:
    if "ground_width" in said:
        symbol = replace(symbol, ground_width_m=0.0)
    if "dots_in_sld" in said and symbol.hatch in (Hatch.DOTTED, Hatch.NONE):
        symbol = replace(symbol, hatch=Hatch.NONE, hatch_colour=None)
    if "other_marker" in said and symbol.marker is not None:
        symbol = replace(symbol, marker=Marker.CIRCLE, size=0.0)
    return symbol


def test_rules_at_scales_come_back_from_both(tmp_path):
    high = Condition("floors", Comparison.FROM, 7.0)
    named = Condition("name", Comparison.HAS, "号*楼!")
    empty = Condition("remark", Comparison.MISSING)
    style = Style(
        AREAS,
        Symbol("#111111", outline="#222222"),
        classes=(
            StyleClass(RED, where=(high,), max_denominator=5000.0, zh="高", en="High"),
            StyleClass(Symbol("#00FF00"), where=(named,), zh="有名", en="Named"),
            StyleClass(Symbol("#0000FF"), min_denominator=20000.0, zh="远", en="Far"),
            StyleClass(
                Symbol("#FFFF00"),
                where=(empty, Condition("name", Comparison.IS_NOT, "甲")),
                zh="空", en="Empty",
            ),
        ),
    )  # fmt: skip
    for kind in ("qml", "sld"):
        back, _lost = there_and_back(style, tmp_path / f"a.{kind}")
        # farther out than 1:20,000 all rows are of the third class
        last = replace(style.classes[3], max_denominator=20000.0)
        assert back == replace(style, classes=(*style.classes[:3], last))


# --- what gets lost is said

LOST = {
    "border": ("community", {"is_border": True}, "border_twice", "border_twice"),
    "dots": ("sensor", {"marker_max_denominator": 5000.0}, "dots_far_out", "dots_far_out"),
    "hexagons": ("sensor", {"gather": Gather(Gathering.HEXAGONS)}, "hexagons", "gather_in_sld"),
    "far heat": (
        "sensor", {"gather": Gather(Gathering.HEAT, 5000.0)}, "heat_left_out", "gather_in_sld",
    ),
    "heat": ("sensor", {"gather": Gather(Gathering.HEAT)}, "symbols_under_heat", "gather_in_sld"),
    "heat of areas": (
        "building", {"gather": Gather(Gathering.HEAT)}, "gather_of_points_only", "gather_in_sld",
    ),
    "clusters by scale": (
        "sensor", {"gather": Gather(Gathering.CLUSTERS, 5000.0)}, "clusters_at_all_scales",
        "gather_in_sld",
    ),
    "sums in clusters": (
        "patrol_post", {"gather": Gather(Gathering.CLUSTERS, field="times_a_week")},
        "clusters_count", "gather_in_sld",
    ),
    "priority": ("building", {"label": Label("name", priority=33)}, "coarse_priority",
                 "label_priority"),
    "part of a label": ("building", {"label": Label("name", last=3)}, None, "whole_label"),
    "spacing": ("building", {"label": Label("name", spacing=3)}, None, "label_spacing"),
    "size of a label": ("building", {"label": Label("name", size=9.5)}, None, "whole_size"),
    "sizes": ("patrol_post", {"proportion": Proportion("times_a_week", 9.0)}, None, "fixed_size"),
    "ground": ("walkway", {"symbol": Symbol(outline="#000000", ground_width_m=3)}, None,
               "ground_width"),
    "marker": ("sensor", {"symbol": Symbol("#000000", marker=Marker.HOUSE)}, None, "other_marker"),
    "hatch": ("building", {"symbol": Symbol(hatch=Hatch.DOTTED)}, None, "dots_in_sld"),
    "mixed": ("defect", {}, "areas_only", "areas_only"),
    "missing": (
        "walkway",
        {"by": "width_m", "classes": (StyleClass(Symbol(), below=3.0, zh="窄", en="Narrow"),)},
        "missing_not_shown", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LOST)
def test_what_cannot_be_said_is_told(tmp_path, what):
    table, parts, in_qml, in_sld = LOST[what]
    style = replace(Style(table, Symbol("#000000", outline="#000000")), **parts)
    for kind, expected in (("qml", in_qml), ("sld", in_sld)):
        lost = write_style_file(style, tmp_path / f"a.{kind}").value
        assert (
            ([t.id for t in lost] == [])
            if expected is None
            else any(text.id.endswith(f".{expected}") for text in lost)
        )
        for text in lost:
            assert text.render("zh")
            assert text.render("en")


# --- what strangers write

SLD = """<?xml version="1.0" encoding="{encoding}"?>
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld"
  xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><Name>x</Name><UserStyle>
  <FeatureTypeStyle>{rules}</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"""

FILL = """<PolygonSymbolizer><Fill><CssParameter name="fill">#3366CC</CssParameter>
<CssParameter name="fill-opacity">0.5</CssParameter></Fill><Stroke>
<CssParameter name="stroke">#000080</CssParameter><CssParameter name="stroke-width">2</CssParameter>
</Stroke></PolygonSymbolizer>"""


def sld(path, rules, encoding="utf-8"):
    text = SLD.format(encoding=encoding, rules=rules)
    path.write_text(text, encoding="gb18030" if encoding == "GBK" else encoding)
    return path


def test_sld_of_version_1_0_is_read(tmp_path):
    path = sld(tmp_path / "a.sld", f"<Rule><Title>全部</Title>{FILL}</Rule>")
    found = read_style_file(path, "building").value
    assert found.lost == ()
    assert found.style.symbol == Symbol("#803366CC", outline="#000080", width=2.0)
    assert found.style.classes == ()


def test_sld_in_gbk_keeps_its_chinese(tmp_path):
    rule = (
        "<Rule><Title>高层住宅</Title><ogc:Filter><ogc:PropertyIsGreaterThan>"
        "<ogc:PropertyName>层数</ogc:PropertyName><ogc:Literal>6</ogc:Literal>"
        f"</ogc:PropertyIsGreaterThan></ogc:Filter>{FILL}</Rule>"
    )
    found = read_style_file(sld(tmp_path / "a.sld", rule, "GBK"), "building").value.style
    (class_,) = found.classes
    assert class_.zh == "高层住宅"
    assert class_.where == (Condition("floors", Comparison.FROM, 7.0),)  # the field by its heading


def test_fields_and_values_that_are_not_there_are_told(tmp_path):
    def asks(name, value):
        return (
            f"<Rule><Title>{value}</Title><ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>"
            f"{name}</ogc:PropertyName><ogc:Literal>{value}</ogc:Literal>"
            f"</ogc:PropertyIsEqualTo></ogc:Filter>{FILL}</Rule>"
        )

    rules = (
        asks("use", "residential")
        + asks("用途", "商业")
        + asks("use", "zoo")
        + asks("colour", "red")
    )
    text = (
        "<Rule><TextSymbolizer><Label><ogc:PropertyName>nickname</ogc:PropertyName></Label>"
        "</TextSymbolizer></Rule>"
    )
    found = read_style_file(sld(tmp_path / "a.sld", rules + text), "building").value
    assert found.style.by == "use"
    assert [class_.value for class_ in found.style.classes] == ["residential", "shop"]
    assert found.style.label is None
    said = [text.render("en") for text in found.lost]
    assert any("colour" in one for one in said)
    assert any("zoo" in one for one in said)
    assert any("nickname" in one for one in said)


def qml(path, renderer, more=""):
    path.write_text(f"<qgis version='3.22'>{renderer}{more}</qgis>", encoding="utf-8")
    return path


SYMBOL = """<symbols><symbol name="0" type="fill" alpha="0.5"><layer class="SimpleFill" enabled="1">
<prop k="color" v="51,102,204,255"/><prop k="outline_style" v="no"/></layer></symbol></symbols>"""


def test_classes_by_a_field_that_is_not_there_are_refused(tmp_path):
    path = qml(
        tmp_path / "a.qml",
        f'<renderer-v2 type="categorizedSymbol" attr="zone">{SYMBOL}</renderer-v2>',
    )
    with pytest.raises(InputError) as caught:
        read_style_file(path, "building")
    assert caught.value.code == "exchange.style_texts.unknown_class_field"
    assert caught.value.place.file == path
    assert "floors" in str(caught.value)


def test_rules_within_rules_are_read_as_one_each(tmp_path):
    rules = """<rules><rule filter="&quot;floors&quot; &gt; 6" label="高" scalemaxdenom="9000">
      <rule filter="&quot;use&quot; IN ('residential','商业')" symbol="0" label="住商"/>
      <rule filter="area($geometry) &gt; 5" symbol="0" label="大"/></rule>
      <rule filter="ELSE" symbol="0"/></rules>"""
    path = qml(
        tmp_path / "a.qml", f'<renderer-v2 type="RuleRenderer">{rules}{SYMBOL}</renderer-v2>'
    )
    found = read_style_file(path, "building").value
    high = Condition("floors", Comparison.FROM, 7.0)
    assert [class_.where for class_ in found.style.classes] == [
        (high, Condition("use", Comparison.IS, "residential")),
        (high, Condition("use", Comparison.IS, "shop")),
    ]
    assert {class_.max_denominator for class_ in found.style.classes} == {9000.0}
    assert found.style.symbol.fill == "#803366CC"
    assert ["大" in text.render("zh") for text in found.lost] == [True]


@pytest.mark.parametrize(
    ("expression", "wheres"),
    [
        ("\"name\" IS NOT NULL", [(Condition("name", Comparison.FROM, ""),)]),
        ("name like '%楼%'", [(Condition("name", Comparison.HAS, "楼"),)]),
        ("floors between 3 and 6",
         [(Condition("floors", Comparison.FROM, 3.0), Condition("floors", Comparison.BELOW, 7.0))]),
        ("not (floors < 3 or name is null)",
         [(Condition("floors", Comparison.FROM, 3.0), Condition("name", Comparison.FROM, ""))]),
        ("3 < \"height_m\"", [(Condition("height_m", Comparison.FROM, math.nextafter(3, 4)),)]),
        ("name = 'it''s' or name is not 'b'",
         [(Condition("name", Comparison.IS, "it's"),),
          (Condition("name", Comparison.IS_NOT, "b"),)]),
        ("upper(name) = 'A'", []),
        ("floors + 1 > 3", []),
        ("((((", []),
        ("(" * 2000 + "floors=1" + ")" * 2000, []),
    ],
)  # fmt: skip
def test_expressions_of_qgis_are_read_or_told(tmp_path, expression, wheres):
    filter_ = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    rules = f'<rules><rule filter="{filter_}" symbol="0" label="一"/></rules>'
    path = qml(
        tmp_path / "a.qml", f'<renderer-v2 type="RuleRenderer">{rules}{SYMBOL}</renderer-v2>'
    )
    found = read_style_file(path, "building").value
    assert [class_.where for class_ in found.style.classes] == wheres
    assert bool(found.lost) == (not wheres)


# --- hostile files

ENTITIES = '<!DOCTYPE qgis [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE qgis [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

HOSTILE = {
    "entities": (f"{ENTITIES}<qgis>&b;</qgis>", "has_entities"),
    "outside": (f"{OUTSIDE}<qgis>&a;</qgis>", "has_entities"),
    "deep": ("<qgis>" + "<a>" * 5000 + "</a>" * 5000 + "</qgis>", "too_deep"),
    "torn": ("<qgis><renderer-v2", "not_xml"),
    "empty": ("", "not_xml"),
    "another": ("<html><body/></html>", "no_style"),
    "raster": ("<qgis><pipe><rasterrenderer/></pipe></qgis>", "no_style"),
    "unknown": ("<qgis><renderer-v2 type='25dRenderer'/></qgis>", "unknown_renderer"),
    "code": ("<?xml version='1.0' encoding='klingon'?><qgis/>", "not_xml"),
    "nought": ("\0\0\0\0", "not_xml"),
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("kind", ["qml", "sld"])
def test_hostile_files_are_refused_in_a_sentence(tmp_path, what, kind):
    content, code = HOSTILE[what]
    path = tmp_path / f"坏.{kind}"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_style_file(path, "building")
    if kind == "qml":
        assert caught.value.code == f"exchange.style_texts.{code}"
    assert caught.value.place.file == path


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "a.qml"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)
    with pytest.raises(InputError, match="1024 MB"):
        read_style_file(path, "building")


@pytest.mark.parametrize("value", ["nan", "inf", "-5", "1e308", "0", "x", ""])
def test_odd_numbers_do_no_harm(tmp_path, value):
    style = SHIPPED["walkway"]
    path = tmp_path / "a.qml"
    write_style_file(style, path)
    text = path.read_text("utf-8")
    for name in ("outline_width", "line_width", "customdash", "size"):
        text = text.replace(
            f'name="{name}" type="QString" value="',
            f'name="{name}" type="QString" value="{value}" was="',
        )
    for name in ("lower", "upper", "scaleMin", "fontSize", "minScale", "bufferSize"):
        text = text.replace(f' {name}="', f' {name}="{value}" was{name}="')
    path.write_text(text, "utf-8")
    found = read_style_file(path, "walkway").value.style
    write_style_file(found, tmp_path / "a.toml")
    assert read_style_file(tmp_path / "a.toml", "walkway").value.style.table == "walkway"


@pytest.mark.parametrize("kind", ["qml", "sld"])
def test_random_damage_is_read_or_refused_in_a_sentence(tmp_path, kind):
    chance = random.Random(kind)
    path = tmp_path / f"a.{kind}"
    write_style_file(SHIPPED["defect"], path)
    whole = path.read_text("utf-8")
    words = re.findall(r'"[^"]*"', whole)
    read = 0
    for _round in range(60):
        text = whole
        for _change in range(chance.randint(1, 12)):
            text = text.replace(chance.choice(words), chance.choice(words), chance.randint(1, 3))
        path.write_text(text, "utf-8")
        with contextlib.suppress(GridmapError):
            found = read_style_file(path, "defect").value
            assert all(text.render("en") and text.render("zh") for text in found.lost)
            read += 1
    assert read > 20


@pytest.mark.parametrize("name", ["a.lyr", "a", "a.xml"])
def test_other_kinds_of_files_are_refused(tmp_path, name):
    (tmp_path / name).write_text("x")
    with pytest.raises(RequestError):
        read_style_file(tmp_path / name, "building")
    with pytest.raises(RequestError):
        write_style_file(SHIPPED["building"], tmp_path / name)


def test_what_cannot_be_read_or_written_is_told(tmp_path):
    for kind in ("toml", "qml", "sld"):
        with pytest.raises(GridmapError, match="没有"):
            read_style_file(tmp_path / "没有" / f"a.{kind}", "building")
        with pytest.raises(GridmapError, match="没有"):
            write_style_file(SHIPPED["building"], tmp_path / "没有" / f"a.{kind}")
    with pytest.raises(RequestError):
        read_style_file(tmp_path / "a.qml", "document")
