"""Styles as SLD (Styled Layer Descriptor with Symbology Encoding 1.1), for QGIS and GeoServer."""

import math
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import Element  # only to build; nothing is read with it

from gridmap.base.messages import Text
from gridmap.exchange import style_texts as texts
from gridmap.exchange.qml_layers import MM_PER_PIXEL
from gridmap.exchange.qml_symbols import ANGLES, size_share
from gridmap.exchange.sld_filters import write_filter
from gridmap.exchange.style_rules import All, Rule, rules_of
from gridmap.exchange.style_terms import (
    HALO,
    HATCH_STEP,
    HATCH_WIDTH,
    MARKER_EDGE,
    Losses,
    Terms,
    channels,
    class_label,
    hatch_colour,
    marker_colours,
    plain,
    rest_label,
)
from gridmap.exchange.style_xml import child, write_xml
from gridmap.model.style import Hatch, Label, Marker, Style, Symbol

PIXEL = "http://www.opengeospatial.org/se/units/pixel"
MARKS: Mapping[Marker, str] = MappingProxyType(
    {
        Marker.CIRCLE: "circle",
        Marker.SQUARE: "square",
        Marker.TRIANGLE: "triangle",
        Marker.STAR: "star",
        Marker.PLUS: "cross",
        Marker.CROSS: "x",
        Marker.DIAMOND: "diamond",  # QGIS's name, as is the next
        Marker.HEXAGON: "hexagon",
    }
)
_LIKE: Mapping[Marker, Marker] = MappingProxyType(
    {
        Marker.HOUSE: Marker.SQUARE,
        Marker.RING: Marker.CIRCLE,
        Marker.HOURGLASS: Marker.CROSS,
        Marker.SHIELD: Marker.HEXAGON,
        Marker.DROP: Marker.DIAMOND,
        Marker.FLAG: Marker.TRIANGLE,
    }
)
_SHAPES = {
    0: "shape://horline",
    45: "shape://slash",
    90: "shape://vertline",
    135: "shape://backslash",
}
"""GeoServer's hatches; QGIS knows one, turned. Each takes the first mark that it knows."""
_QGIS_WIDTH = round(HATCH_WIDTH * MM_PER_PIXEL, 4)
_SPACES = {
    "xmlns": "http://www.opengis.net/sld",
    "xmlns:se": "http://www.opengis.net/se",
    "xmlns:ogc": "http://www.opengis.net/ogc",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}


def write_sld(style: Style, path: Path, terms: Terms) -> tuple[Text, ...]:
    """Write a style as SLD; return what SLD cannot say of it.

    Raises:
        GridmapError: the file cannot be written.
    """
    losses = Losses(path)
    write_xml(path, _Writer(style, terms, losses).document())
    return losses.sentences


class _Writer:
    """Writes one style."""

    def __init__(self, style: Style, terms: Terms, losses: Losses) -> None:
        self._style = style
        self._terms = terms
        self._losses = losses

    def document(self) -> Element:
        root = Element("StyledLayerDescriptor", {**_SPACES, "version": "1.1.0"})
        layer = child(root, "NamedLayer")
        child(layer, "se:Name", self._style.table)
        user = child(layer, "UserStyle")
        child(user, "se:Name", self._style.table)
        features = child(user, "se:FeatureTypeStyle")
        choices = self._terms.choices(self._style.by)
        names = [class_label(class_, choices) for class_ in self._style.classes]
        # QGIS 3.22 takes an ElseFilter for none at all, so the rest says that no class is met
        for rule in rules_of(self._style, names, rest_label(), is_else_known=False):
            self._rule(features, rule)
        if self._style.label is not None:
            self._label(child(user, "se:FeatureTypeStyle"), self._style.label)
        self._tell()
        return root

    def _tell(self) -> None:
        style, add = self._style, self._losses.add
        if style.is_border:
            add(texts.border_twice())
        if style.marker_max_denominator != math.inf:
            add(texts.dots_far_out(style.marker_max_denominator))
        if style.proportion is not None:
            add(texts.fixed_size(style.proportion.field))
        if style.gather is not None:
            add(texts.gather_in_sld())
        if style.graduation is not None:
            add(texts.graduation_in_sld())
        geometry = self._terms.table.geometry
        if geometry is not None and geometry.dimension is None:
            add(texts.areas_only())

    def _rule(self, parent: Element, rule: Rule) -> None:
        low = max(rule.min_denominator, self._style.min_denominator)
        high = min(rule.max_denominator, self._style.max_denominator)
        if low >= high:
            return
        element = child(parent, "se:Rule")
        if rule.node is not None:
            child(element, "se:Name", rule.name)
            child(child(element, "se:Description"), "se:Title", rule.name)
        if rule.node is not None and rule.node != All(()):
            write_filter(child(element, "ogc:Filter"), rule.node)
        _write_scales(element, low, high)
        self._symbol(element, rule.symbol)

    # --- symbols ----------------------------------------------------------------------------------

    def _symbol(self, rule: Element, symbol: Symbol) -> None:
        if self._terms.dimension == 2:
            self._area(rule, symbol)
        elif self._terms.dimension == 1:
            self._line(rule, symbol)
        if self._terms.dimension == 0 or symbol.marker is not None:
            self._marker(rule, symbol)

    def _area(self, rule: Element, symbol: Symbol) -> None:
        if symbol.fill is not None:
            polygon = child(rule, "se:PolygonSymbolizer", uom=PIXEL)
            _write_paint(child(polygon, "se:Fill"), "fill", symbol.fill)
        self._hatch(rule, symbol)
        if symbol.casing and symbol.casing_width:
            _write_line(rule, symbol.casing, symbol.width + 2 * symbol.casing_width)
        if symbol.outline:
            _write_line(rule, symbol.outline, symbol.width, symbol.dash)

    def _hatch(self, rule: Element, symbol: Symbol) -> None:
        if symbol.hatch is Hatch.DOTTED:
            self._losses.add(texts.dots_in_sld())
        for angle in ANGLES.get(symbol.hatch, ()):
            step = HATCH_STEP / (math.sqrt(2) if angle % 90 else 1)
            polygon = child(rule, "se:PolygonSymbolizer", uom=PIXEL)
            fill = child(child(polygon, "se:Fill"), "se:GraphicFill")
            graphic = child(fill, "se:Graphic")
            # QGIS takes the first mark, and its width as millimetres whatever the unit
            for name, width in (("horline", _QGIS_WIDTH), (_SHAPES[int(angle)], HATCH_WIDTH)):
                mark = child(graphic, "se:Mark")
                child(mark, "se:WellKnownName", name)
                stroke = child(mark, "se:Stroke")
                _write_paint(stroke, "stroke", hatch_colour(symbol))
                _write_value(stroke, "stroke-width", width)
            child(graphic, "se:Size", plain(round(step, 4)))
            child(child(graphic, "se:Rotation"), "ogc:Literal", plain(angle))

    def _line(self, rule: Element, symbol: Symbol) -> None:
        if symbol.ground_width_m:
            self._losses.add(texts.ground_width(symbol.ground_width_m, symbol.width))
        if symbol.casing and symbol.casing_width:
            _write_line(rule, symbol.casing, symbol.width + 2 * symbol.casing_width)
        if symbol.outline:
            _write_line(rule, symbol.outline, symbol.width, symbol.dash)

    def _marker(self, rule: Element, symbol: Symbol) -> None:
        marker = symbol.marker or Marker.CIRCLE
        if marker not in MARKS:
            other = _LIKE[marker]
            self._losses.add(texts.other_marker(marker.value, MARKS[other]))
            marker = other
        fill, edge = marker_colours(symbol)
        graphic = child(child(rule, "se:PointSymbolizer", uom=PIXEL), "se:Graphic")
        mark = child(graphic, "se:Mark")
        child(mark, "se:WellKnownName", MARKS[marker])
        _write_paint(child(mark, "se:Fill"), "fill", fill)
        stroke = child(mark, "se:Stroke")
        _write_paint(stroke, "stroke", edge)
        _write_value(stroke, "stroke-width", MARKER_EDGE)
        child(graphic, "se:Size", plain(round(symbol.size * size_share(marker), 5)))

    # --- labels -----------------------------------------------------------------------------------

    def _label(self, features: Element, label: Label) -> None:
        rule = child(features, "se:Rule")
        low = max(label.min_denominator, self._style.min_denominator)
        high = min(label.max_denominator, self._style.max_denominator)
        _write_scales(rule, low, high)
        text = child(rule, "se:TextSymbolizer", uom=PIXEL)
        child(child(text, "se:Label"), "ogc:PropertyName", label.field)
        font = child(text, "se:Font")
        _write_value(font, "font-size", round(label.size))  # QGIS reads whole numbers only
        if label.size != round(label.size):
            self._losses.add(texts.whole_size(label.size, round(label.size)))
        if label.bold:
            child(font, "se:SvgParameter", "bold", name="font-weight")
        place = child(text, "se:LabelPlacement")
        if self._terms.dimension == 1:
            child(place, "se:LinePlacement")
        else:
            point = child(place, "se:PointPlacement")
            anchor = child(point, "se:AnchorPoint")
            is_area = self._terms.dimension == 2
            child(anchor, "se:AnchorPointX", "0.5" if is_area else "0")
            child(anchor, "se:AnchorPointY", "0.5")
        halo = child(text, "se:Halo")
        child(halo, "se:Radius", plain(HALO))
        _write_paint(child(halo, "se:Fill"), "fill", label.halo)
        _write_paint(child(text, "se:Fill"), "fill", label.colour)
        if label.last or label.after:
            self._losses.add(texts.whole_label())
        if label.spacing:
            self._losses.add(texts.label_spacing())
        if label.priority != self._terms.priority:
            self._losses.add(texts.label_priority())


def _write_scales(rule: Element, low: float, high: float) -> None:
    if low > 0:
        child(rule, "se:MinScaleDenominator", plain(low))
    if high != math.inf:
        child(rule, "se:MaxScaleDenominator", plain(high))


def _write_line(rule: Element, code: str, width: float, dash: tuple[float, ...] = ()) -> None:
    stroke = child(child(rule, "se:LineSymbolizer", uom=PIXEL), "se:Stroke")
    _write_paint(stroke, "stroke", code)
    _write_value(stroke, "stroke-width", width)
    child(stroke, "se:SvgParameter", "round", name="stroke-linejoin")
    child(stroke, "se:SvgParameter", "butt" if dash else "round", name="stroke-linecap")
    if dash:
        lengths = " ".join(plain(round(part * width, 4)) for part in dash)
        child(stroke, "se:SvgParameter", lengths, name="stroke-dasharray")


def _write_paint(parent: Element, name: str, code: str) -> None:
    child(parent, "se:SvgParameter", "#" + code[-6:].lower(), name=name)
    alpha = channels(code)[3]
    if alpha < 255:
        child(parent, "se:SvgParameter", f"{alpha / 255:.4f}", name=f"{name}-opacity")


def _write_value(parent: Element, name: str, value: float) -> None:
    child(parent, "se:SvgParameter", plain(value), name=name)
