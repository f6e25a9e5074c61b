"""Styles from SLD 1.0 and 1.1, as QGIS and GeoServer write them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gridmap.exchange import style_texts as texts
from gridmap.exchange.qml_layers import SymbolLayer, rgba
from gridmap.exchange.qml_symbols_read import read_layers
from gridmap.exchange.sld_filters import read_filter
from gridmap.exchange.style_classes import classes_of, named_rules
from gridmap.exchange.style_rules import All, Rule, Unsayable, by_of
from gridmap.exchange.style_terms import (
    HALO,
    Losses,
    Terms,
    channels,
    colour_code,
    is_colour,
    number,
    scale_of,
)
from gridmap.exchange.style_xml import Element, no_style, read_xml
from gridmap.model.style import Label, Style, Symbol

_MOST_RULES = 2000
_FARTHEST = 1e10
_NEAR = 0.6  # QGIS writes the radius of a halo in whole pixels
_NO_HALO = "#00FFFFFF"
_METRES = {"metre": 1.0, "meter": 1.0, "foot": 0.3048}
_MARKS = {"cross": ("cross_fill", "0"), "x": ("cross_fill", "45"),
          "shape://plus": ("cross_fill", "0"), "shape://times": ("cross_fill", "45")}  # fmt: skip
_HATCHES = {
    "horline": (0,),
    "slash": (45,),
    "vertline": (90,),
    "backslash": (135,),
    "plus": (0, 90),
    "times": (45, 135),
    "cross": (0, 90),
    "x": (45, 135),
}
_DOTS = frozenset({"dot", "circle"})


@dataclass(frozen=True)
class _Read:
    """A rule; ``texts`` are the labels that it writes."""

    rule: Rule
    texts: tuple[Element, ...]
    has_symbol: bool


def read_sld(path: Path, terms: Terms, losses: Losses) -> Style:
    """Return the style that an SLD file gives a table, and note what it loses.

    Raises:
        InputError: the file cannot be read, holds no style, or makes classes by an unknown field.
    """
    root = read_xml(path)
    styles = [root] if root.tag == "UserStyle" else list(root.iter("UserStyle"))[:1]
    features = (styles[0] if styles else root).iter("FeatureTypeStyle")
    rules = [rule for one in features for rule in one.findall("Rule")]
    if not rules:
        raise no_style(path)
    return _Reader(terms, losses).style(rules[:_MOST_RULES])


class _Reader:
    """Reads the rules of one file."""

    def __init__(self, terms: Terms, losses: Losses) -> None:
        self._terms = terms
        self._losses = losses

    def style(self, elements: list[Element]) -> Style:
        read = [one for element in elements if (one := self._rule(element)) is not None]
        drawn = [one.rule for one in read if one.has_symbol]
        low = min((rule.min_denominator for rule in drawn), default=0.0)
        high = max((rule.max_denominator for rule in drawn), default=math.inf)
        classes, rest = named_rules(
            [self._within(rule, low, high) for rule in drawn], self._terms, self._losses
        )
        style = Style(
            self._terms.table.name,
            self._rest(rest),
            classes=classes,
            label=self._label(read),
            min_denominator=low,
            max_denominator=high,
            **self._terms.nature,
        )
        found = by_of(classes)
        if found is None:
            return style
        by, plain = found
        return replace(style, by=by, classes=classes_of(plain, by, self._terms, self._losses))

    def _within(self, rule: Rule, low: float, high: float) -> Rule:
        """Return the rule without limits that are those of all."""
        if rule.min_denominator <= low:
            rule = replace(rule, min_denominator=0.0)
        if rule.max_denominator >= high:
            rule = replace(rule, max_denominator=math.inf)
        return rule

    def _rest(self, rest: Symbol | None) -> Symbol:
        if rest is None and self._terms.dimension == 0:
            self._losses.add(texts.rest_is_shown())
            return Symbol("#BBBBBB", outline="#888888", size=3.0)
        return rest or Symbol()

    def _rule(self, element: Element) -> _Read | None:
        name = element.findtext("Description/Title") or element.findtext("Title")
        name = (name or element.findtext("Name") or "").strip()
        layers = tuple(self._layers(element))
        symbol, _proportion = read_layers(layers, self._terms, self._losses)
        written = tuple(element.findall("TextSymbolizer"))
        low = scale_of(element.findtext("MinScaleDenominator"), 0.0)
        high = scale_of(element.findtext("MaxScaleDenominator"), math.inf)
        high = math.inf if high >= _FARTHEST else high
        asked = element.find("Filter")
        node = None
        try:
            if asked is not None:
                node = read_filter(asked, self._terms.kind_of)
            elif element.find("ElseFilter") is None:
                node = All(())
        except Unsayable:
            self._losses.left_out(texts.rule(name[:60]))
            return None
        return _Read(Rule(node, symbol, name, low, high), written, bool(layers))

    # --- symbolizers ------------------------------------------------------------------------------

    def _layers(self, rule: Element) -> Iterator[SymbolLayer]:
        for element in rule:
            if element.tag == "PolygonSymbolizer":
                yield from self._polygon(element)
            elif element.tag == "LineSymbolizer":
                yield from _stroke(element)
            elif element.tag == "PointSymbolizer":
                yield from self._point(element)
            elif element.tag == "RasterSymbolizer":
                self._losses.add(texts.unknown_layer(element.tag))

    def _polygon(self, element: Element) -> Iterator[SymbolLayer]:
        fill = element.find("Fill")
        if fill is not None:
            graphic = fill.find("GraphicFill/Graphic")
            if graphic is not None:
                yield from self._hatch(graphic)
            elif (code := _paint(fill, "fill", "#808080")) is not None:
                settings = {"style": "solid", "color": rgba(code), "outline_style": "no"}
                yield SymbolLayer("SimpleFill", settings)
        yield from _stroke(element)

    def _hatch(self, graphic: Element) -> Iterator[SymbolLayer]:
        mark = graphic.find("Mark")
        name = "" if mark is None else (mark.findtext("WellKnownName") or "").strip()
        kind = name.rpartition("/")[2]
        stroke = None if mark is None else mark.find("Stroke")
        inside = None if mark is None else mark.find("Fill")
        code = _paint(stroke, "stroke", "#000000") if stroke is not None else None
        code = code or (_paint(inside, "fill", "#808080") if inside is not None else "#000000")
        if kind in _DOTS:
            yield SymbolLayer("PointPatternFill", {"color": rgba(code or "#000000")})
        elif kind in _HATCHES:
            turn = number(graphic.findtext("Rotation/Literal") or graphic.findtext("Rotation"))
            for angle in _HATCHES[kind]:
                settings = {"angle": str(angle + turn), "color": rgba(code or "#000000")}
                yield SymbolLayer("LinePatternFill", settings)
        else:
            self._losses.add(texts.unknown_layer(name[:40] or "GraphicFill"))

    def _point(self, element: Element) -> Iterator[SymbolLayer]:
        graphic = element.find("Graphic")
        if graphic is None:
            return
        settings = {"size_unit": _unit(element), "outline_width_unit": _unit(element)}
        size = (graphic.findtext("Size") or "").strip() or graphic.findtext("Size/Literal")
        settings["size"] = size or "6"
        mark = graphic.find("Mark")
        if mark is None:
            self._losses.add(texts.picture_marker())
            settings["name"] = "circle"
        else:
            name = (mark.findtext("WellKnownName") or "square").strip()
            settings["name"], settings["angle"] = _MARKS.get(name, (name, "0"))
            settings |= _mark_colours(mark)
        turn = number(graphic.findtext("Rotation/Literal") or graphic.findtext("Rotation"))
        settings["angle"] = str(number(settings.get("angle")) + turn)
        opacity = number(graphic.findtext("Opacity"), 1.0)
        settings["@opacity"] = str(opacity)
        marker = SymbolLayer("SimpleMarker", settings)
        if self._terms.dimension == 0:
            yield marker
        else:
            yield SymbolLayer("CentroidFill", {}, inner=(marker,), inner_kind="marker")

    # --- labels -----------------------------------------------------------------------------------

    def _label(self, read: list[_Read]) -> Label | None:
        found = [(one.rule, text) for one in read for text in one.texts]
        if not found:
            return None
        if len(found) > 1:
            self._losses.add(texts.labels(len(found)))
        rule, text = found[0]
        named = text.find("Label")
        parts = [] if named is None else list(named)
        name = parts[0].text if len(parts) == 1 and parts[0].tag == "PropertyName" else None
        if not name:
            said = "" if named is None else "".join(named.itertext())
            self._losses.left_out(texts.label_expression(" ".join(said.split())[:80]))
            return None
        known = self._terms.find_field(name)
        if known is None:
            table = self._terms.table.name
            self._losses.add(texts.unknown_field(name[:60], table, texts.the_label()))
            return None
        font, fill = text.find("Font"), text.find("Fill")
        weight = "" if font is None else _parameter(font, "font-weight")
        return Label(
            known.name,
            max_denominator=rule.max_denominator,
            min_denominator=rule.min_denominator,
            size=number("" if font is None else _parameter(font, "font-size"), 11.0),
            colour=(None if fill is None else _paint(fill, "fill", "#000000")) or "#000000",
            halo=self._halo(text.find("Halo")),
            priority=self._terms.priority,
            bold=weight == "bold" or number(weight) > 500,
        )

    def _halo(self, halo: Element | None) -> str:
        if halo is None:
            self._losses.add(texts.no_halo())
            return _NO_HALO
        radius = halo.findtext("Radius/Literal") or halo.findtext("Radius")
        width = number(radius, 1.0)
        if abs(width - HALO) > _NEAR:
            self._losses.add(texts.halo_width(width, HALO))
        fill = halo.find("Fill")
        return (None if fill is None else _paint(fill, "fill", "#FFFFFF")) or "#FFFFFF"


def _stroke(element: Element) -> Iterator[SymbolLayer]:
    stroke = element.find("Stroke")
    if stroke is None:
        return
    code = _paint(stroke, "stroke", "#000000")
    if code is None:
        return
    width, unit = _parameter(stroke, "stroke-width") or "1", _unit(element)
    settings = {"line_color": rgba(code), "line_width": width, "line_width_unit": unit}
    if unit == "MapUnit":
        settings["line_width"] = str(number(width) * _metres(element))
    lengths = _parameter(stroke, "stroke-dasharray").replace(",", " ").split()
    if lengths:
        lengths = lengths * 2 if len(lengths) % 2 else lengths
        settings |= {
            "use_custom_dash": "1",
            "customdash": ";".join(lengths),
            "customdash_unit": "Pixel",
        }
    yield SymbolLayer("SimpleLine", settings)


def _mark_colours(mark: Element) -> dict[str, str]:
    settings: dict[str, str] = {}
    fill, stroke = mark.find("Fill"), mark.find("Stroke")
    inside = None if fill is None else _paint(fill, "fill", "#808080")
    edge = None if stroke is None else _paint(stroke, "stroke", "#000000")
    if inside is not None:
        settings["color"] = rgba(inside)
    if edge is None:
        settings["outline_style"] = "no"
    else:
        settings["outline_color"] = rgba(edge)
    return settings


def _parameter(parent: Element, name: str) -> str:
    """Return a value of SLD 1.1 or 1.0; nothing where it is missing or an expression."""
    for tag in ("SvgParameter", "CssParameter"):
        for parameter in parent.findall(tag):
            if parameter.get("name") == name:
                return (parameter.text or "").strip() or (parameter.findtext("Literal") or "")
    return ""


def _paint(parent: Element, name: str, otherwise: str) -> str | None:
    """Return the colour of a fill or stroke with its opacity; None if nothing is to be seen."""
    code = _parameter(parent, name) or otherwise
    if len(code) != 7 or not is_colour(code):
        code = otherwise
    opacity = number(_parameter(parent, f"{name}-opacity"), 1.0)
    red, green, blue, _alpha = channels(code)
    return colour_code(red, green, blue, min(max(opacity, 0.0), 1.0) * 255)


def _unit(element: Element) -> str:
    name = element.get("uom", "").rpartition("/")[2].lower()
    return "MapUnit" if name in _METRES else "Pixel"


def _metres(element: Element) -> float:
    return _METRES.get(element.get("uom", "").rpartition("/")[2].lower(), 1.0)
