"""Styles as QML: the file in which QGIS 3 keeps how a layer looks."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element  # only to build; nothing is read with it

from gridmap.base.messages import Text
from gridmap.exchange import style_texts as texts
from gridmap.exchange.qml_expressions import expression_of, literal, quoted
from gridmap.exchange.qml_layers import (
    SymbolLayer,
    millimetres,
    rgba,
    write_dynamic,
    write_map,
    write_symbol,
)
from gridmap.exchange.qml_symbols import KINDS, symbol_layers
from gridmap.exchange.style_rules import All, rules_of
from gridmap.exchange.style_terms import (
    HALO,
    Losses,
    Terms,
    channels,
    class_label,
    plain,
    rest_label,
)
from gridmap.exchange.style_xml import child, write_xml
from gridmap.model.style import Gather, Gathering, Label, Method, Style, StyleClass, Symbol

KEPT = "gridmap"
"""The name under which QGIS keeps for us what it has no word for."""
METHODS = {
    Method.EQUAL: "EqualInterval",
    Method.QUANTILE: "Quantile",
    Method.NATURAL: "Jenks",
}
_VERSION = "3.22.16"
_DOCUMENT_TYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
_PRIORITIES = 10
_FARTHEST = 1e10
_USUAL_FARTHEST = 1e8
_LOWEST, _HIGHEST = "-1e+300", "1e+300"
_PLACEMENTS = (
    {"placement": "6", "dist": millimetres(2)},
    {"placement": "2", "placementFlags": "9"},
    {"placement": "1", "quadOffset": "4"},
)
"""Beside points, on lines, in the middle of areas."""


def write_qml(style: Style, path: Path, terms: Terms) -> tuple[Text, ...]:
    """Write a style for QGIS; return what QGIS cannot say of it.

    Raises:
        GridmapError: the file cannot be written.
    """
    losses = Losses(path)
    write_xml(path, _Writer(style, terms, losses).document(), document_type=_DOCUMENT_TYPE)
    return losses.sentences


class _Writer:
    """Writes one style."""

    def __init__(self, style: Style, terms: Terms, losses: Losses) -> None:
        self._style = style
        self._terms = terms
        self._losses = losses
        self._symbols: list[Symbol] = []

    def document(self) -> Element:
        style = self._style
        has_limits = style.min_denominator > 0 or style.max_denominator != math.inf
        root = Element(
            "qgis",
            version=_VERSION,
            styleCategories="AllStyleCategories",
            hasScaleBasedVisibilityFlag=str(int(has_limits)),
            labelsEnabled=str(int(style.label is not None)),
        )
        root.set("maxScale", plain(style.min_denominator))
        root.set(
            "minScale",
            plain(min(style.max_denominator, _FARTHEST if has_limits else _USUAL_FARTHEST)),
        )
        self._renderer(root)
        if style.label is not None:
            self._label(root, style.label)
        kept = json.dumps(self._kept(), ensure_ascii=False, sort_keys=True)
        write_map(child(root, "customproperties"), {KEPT: kept})
        for name in ("blendMode", "featureBlendMode"):
            child(root, name, "0")
        child(root, "layerOpacity", "1")
        child(root, "layerGeometryType", str(self._terms.dimension))
        self._tell()
        return root

    def _kept(self) -> dict[str, Any]:
        """Return what QGIS keeps for us without understanding it."""
        style = self._style
        kept: dict[str, Any] = {
            "table": style.table,
            "is_border": style.is_border,
            "is_overlapping": style.is_overlapping,
            "graduation": asdict(style.graduation) if style.graduation else None,
            "gather": asdict(style.gather) if style.gather else None,
            "priority": style.label.priority if style.label else None,
        }
        if style.marker_max_denominator != math.inf:
            kept["marker_max_denominator"] = style.marker_max_denominator
        return kept

    def _tell(self) -> None:
        style, add = self._style, self._losses.add
        if style.is_border:
            add(texts.border_twice())
        if style.marker_max_denominator != math.inf:
            add(texts.dots_far_out(style.marker_max_denominator))
        geometry = self._terms.table.geometry
        if geometry is not None and geometry.dimension is None:
            add(texts.areas_only())

    # --- renderers --------------------------------------------------------------------------------

    def _renderer(self, parent: Element) -> None:
        gather = self._style.gather
        if gather is None or gather.kind is Gathering.HEXAGONS or self._terms.dimension != 0:
            if gather is not None:
                is_hexagons = gather.kind is Gathering.HEXAGONS
                self._losses.add(texts.hexagons() if is_hexagons else texts.gather_of_points_only())
            self._plain_renderer(parent)
        elif gather.kind is Gathering.CLUSTERS:
            self._clusters(parent, gather)
        elif gather.min_denominator > 0:
            self._losses.add(texts.heat_left_out(gather.min_denominator))
            self._plain_renderer(parent)
        else:
            self._losses.add(texts.symbols_under_heat())
            self._heat(parent, gather)

    def _plain_renderer(self, parent: Element) -> None:
        classes = self._style.classes
        is_valued = {class_.value is not None for class_ in classes}
        if not classes:
            renderer = self._open(parent, "singleSymbol")
            self._close(renderer, [self._style.symbol])
        elif self._style.is_ruled or len(is_valued) > 1 or not _is_rising(classes):
            if not self._style.is_ruled:
                self._losses.add(texts.written_as_rules())
            self._rules(parent)
        elif is_valued == {True}:
            self._categories(parent)
        else:
            self._ranges(parent)

    def _open(self, parent: Element, kind: str, **attributes: str) -> Element:
        has_casing = any(s.casing and s.casing_width for s in self._style.symbols)
        levels = str(int(has_casing and self._terms.dimension == 1))
        return child(
            parent, "renderer-v2", type=kind, symbollevels=levels, enableorderby="0",
            forceraster="0", **attributes,
        )  # fmt: skip

    def _close(self, renderer: Element, symbols: Sequence[Symbol]) -> None:
        """Append the symbols that the renderer has named by their position."""
        parent = child(renderer, "symbols")
        for number, symbol in enumerate(symbols):
            layers = symbol_layers(symbol, self._terms, self._style.proportion)
            write_symbol(parent, str(number), KINDS[self._terms.dimension], layers)

    def _names(self) -> list[str]:
        choices = self._terms.choices(self._style.by)
        return [class_label(class_, choices) for class_ in self._style.classes]

    def _categories(self, parent: Element) -> None:
        renderer = self._open(parent, "categorizedSymbol", attr=str(self._style.by))
        categories = child(renderer, "categories")
        classes = self._style.classes
        for number, (class_, name) in enumerate(zip(classes, self._names(), strict=True)):
            child(categories, "category", value=str(class_.value), label=name,
                  symbol=str(number), render="true")  # fmt: skip
        child(categories, "category", value="", label=rest_label(), symbol=str(len(classes)),
              render="true")  # fmt: skip
        self._close(renderer, self._style.symbols)

    def _ranges(self, parent: Element) -> None:
        """Write the highest range first: QGIS takes the first that holds, bounds included."""
        style = self._style
        renderer = self._open(
            parent, "graduatedSymbol", attr=str(style.by), graduatedMethod="GraduatedColor"
        )
        ranges = child(renderer, "ranges")
        bounds = [plain(class_.below or 0.0) for class_ in style.classes]
        lows = [_LOWEST, *bounds]
        names = [*self._names(), rest_label()]
        for number in reversed(range(len(lows))):
            high = bounds[number] if number < len(bounds) else _HIGHEST
            child(ranges, "range", lower=lows[number], upper=high, label=names[number],
                  symbol=str(number), render="true")  # fmt: skip
        self._close(renderer, style.symbols)
        if style.graduation is not None:
            colours = self._terms.palettes.get(style.graduation.palette, ())
            if style.graduation.is_reversed:
                colours = colours[::-1]
            if len(colours) > 1:
                write_ramp(renderer, colours)
            child(renderer, "classificationMethod", id=METHODS[style.graduation.method])
        self._losses.add(texts.missing_not_shown(str(style.by)))

    def _rules(self, parent: Element) -> None:
        renderer = self._open(parent, "RuleRenderer")
        rules = child(renderer, "rules", key="root")
        made = rules_of(self._style, self._names(), rest_label(), is_else_known=True)
        for number, rule in enumerate(made):
            attributes = {"key": f"rule-{number}", "symbol": str(number), "label": rule.name}
            if rule.node is None:
                attributes["filter"] = "ELSE"
            elif rule.node != All(()):
                attributes["filter"] = expression_of(rule.node)
            if rule.min_denominator > 0:
                attributes["scalemindenom"] = plain(rule.min_denominator)
            if rule.max_denominator != math.inf:
                attributes["scalemaxdenom"] = plain(rule.max_denominator)
            child(rules, "rule", **attributes)
        self._close(renderer, [rule.symbol for rule in made])

    def _clusters(self, parent: Element, gather: Gather) -> None:
        if gather.min_denominator > 0:
            self._losses.add(texts.clusters_at_all_scales(gather.min_denominator))
        if gather.field is not None:
            self._losses.add(texts.clusters_count(gather.field))
        renderer = self._open(
            parent, "pointCluster", tolerance=millimetres(gather.radius), toleranceUnit="MM"
        )
        self._plain_renderer(renderer)
        layers = symbol_layers(Symbol("#4A6FA5", outline="#FFFFFF", size=22), self._terms)
        write_symbol(renderer, "centerSymbol", "marker", (*layers, _count_layer()))

    def _heat(self, parent: Element, gather: Gather) -> None:
        weight = {"weight_expression": quoted(gather.field)} if gather.field else {}
        reach = {"radius": millimetres(gather.radius), "radius_unit": "0"}
        renderer = self._open(
            parent, "heatmapRenderer", quality="1", max_value="0", **reach, **weight
        )
        colours = self._terms.palettes.get(gather.palette, ())
        if len(colours) > 1:
            write_ramp(renderer, colours, is_faint_first=True)

    # --- labels -----------------------------------------------------------------------------------

    def _label(self, parent: Element, label: Label) -> None:
        settings = child(child(parent, "labeling", type="simple"), "settings", calloutType="simple")
        is_part = bool(label.last or label.after)
        alpha = channels(label.colour)[3]
        style = child(
            settings, "text-style",
            fieldName=label_expression(label) if is_part else label.field,
            isExpression=str(int(is_part)), fontSize=_points(label.size), fontSizeUnit="Point",
            fontWeight="75" if label.bold else "50", namedStyle="Bold" if label.bold else "",
            fontLetterSpacing=_points(label.spacing), textColor=rgba(label.colour),
            textOpacity=f"{alpha / 255:.4f}",
        )  # fmt: skip
        halo = channels(label.halo)[3]
        child(
            style, "text-buffer", bufferDraw="1", bufferSize=millimetres(HALO),
            bufferSizeUnits="MM", bufferColor=rgba(label.halo), bufferOpacity=f"{halo / 255:.4f}",
            bufferJoinStyle="128", bufferNoFill="1",
        )  # fmt: skip
        priority = min(round(label.priority / _PRIORITIES), _PRIORITIES)
        if priority * _PRIORITIES != label.priority:
            self._losses.add(texts.coarse_priority(label.priority, priority))
        child(settings, "placement", priority=str(priority), distUnits="MM",
              **_PLACEMENTS[self._terms.dimension])  # fmt: skip
        limits = {}
        if label.min_denominator > 0 or label.max_denominator != math.inf:
            limits = {
                "scaleVisibility": "1",
                "scaleMin": plain(label.min_denominator),
                "scaleMax": plain(min(label.max_denominator, _FARTHEST)),
            }
        child(settings, "rendering", drawLabels="1", obstacle="1", **limits)
        write_dynamic(settings, {}, "dd_properties")


def label_expression(label: Label) -> str:
    """Return QGIS's expression for the part of its field that a label writes."""
    text = quoted(label.field)
    if label.after:
        text = f"array_last(string_to_array({text}, {literal(label.after)}))"
    return f"right({text}, {label.last})" if label.last else text


def write_ramp(parent: Element, colours: Sequence[str], *, is_faint_first: bool = False) -> None:
    """Append a ramp of colours; where it begins there may be nothing to see."""
    codes = list(map(rgba, colours))
    if is_faint_first:
        codes[0] = codes[0].rpartition(",")[0] + ",0"
    values = {"color1": codes[0], "color2": codes[-1], "discrete": "0", "rampType": "gradient"}
    steps = len(codes) - 1
    if steps > 1:
        values["stops"] = ":".join(f"{n / steps:.6g};{codes[n]}" for n in range(1, steps))
    ramp = child(parent, "colorramp", type="gradient", name="[source]")
    write_map(ramp, values)
    for key, value in values.items():
        child(ramp, "prop", k=key, v=value)


def _is_rising(classes: Sequence[StyleClass]) -> bool:
    bounds = [class_.below for class_ in classes if class_.below is not None]
    return bounds == sorted(set(bounds))


def _points(pixels: float) -> str:
    return f"{round(pixels * 0.75, 6):g}" if pixels else "0"


def _count_layer() -> SymbolLayer:
    """Return the layer that writes how many points a cluster holds."""
    settings = {
        "chr": "0", "color": "255,255,255,255", "size": millimetres(11), "size_unit": "MM",
        "outline_width": "0", "outline_color": "255,255,255,0", "font_style": "Bold",
        "offset": "0," + millimetres(-1),
    }  # fmt: skip
    return SymbolLayer("FontMarker", settings, {"char": "@cluster_size"})
