"""Styles from QML: the file in which QGIS 3 keeps how a layer looks."""

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from gridmap.exchange import style_texts as texts
from gridmap.exchange.qml_expressions import read_expression, read_field
from gridmap.exchange.qml_kept import Kept, read_kept
from gridmap.exchange.qml_labels import read_label
from gridmap.exchange.qml_layers import (
    SymbolLayer,
    colour_of,
    pixels_of,
    read_map,
    read_symbol,
)
from gridmap.exchange.qml_symbols_read import read_layers
from gridmap.exchange.style_classes import classes_of, ensure_field, named, named_rules
from gridmap.exchange.style_rules import All, Rule, Unsayable, simplified
from gridmap.exchange.style_terms import Losses, Terms, nearest, number, scale_of
from gridmap.exchange.style_xml import Element, no_style, read_xml, refusal
from gridmap.model.style import (
    Gather,
    Gathering,
    Proportion,
    Style,
    StyleClass,
    Symbol,
)

_INNER = ("invertedPolygonRenderer", "mergedFeatureRenderer", "pointDisplacement")
_OPEN = 1e200
"""Bounds of ranges beyond this stand for no bound."""
_MOST_RULES = 2000
_DEEPEST_RULE = 12


def read_qml(path: Path, terms: Terms, losses: Losses) -> Style:
    """Return the style that a QML file gives a table, and note what it loses.

    Raises:
        InputError: the file cannot be read or holds no style of a vector layer.
    """
    root = read_xml(path)
    renderer = root.find("renderer-v2")
    if root.tag != "qgis" or renderer is None:
        raise no_style(path)
    return _Reader(path, root, terms, losses).style(renderer)


class _Reader:
    """Reads one file."""

    def __init__(self, path: Path, root: Element, terms: Terms, losses: Losses) -> None:
        self._path = path
        self._root = root
        self._terms = terms
        self._losses = losses
        self._opacity = number(root.findtext("layerOpacity"), 1.0)
        self._proportion: Proportion | None = None

    def style(self, renderer: Element) -> Style:
        kept = read_kept(self._root, self._terms)
        style = Style(self._terms.table.name, Symbol())
        style = self._rendered(style, renderer, kept)
        style = replace(style, proportion=self._proportion, **kept.flags)
        label = read_label(self._root, self._terms, self._losses, kept.priority)
        has_limits = self._root.get("hasScaleBasedVisibilityFlag") == "1"
        if has_limits:
            style = replace(
                style,
                min_denominator=scale_of(self._root.get("maxScale"), 0.0),
                max_denominator=_far(self._root.get("minScale")),
            )
        self._tell()
        return replace(style, label=label)

    def _tell(self) -> None:
        if self._root.find("SingleCategoryDiagramRenderer") is not None or (
            self._root.find("LinearlyInterpolatedDiagramRenderer") is not None
        ):
            self._losses.left_out(texts.diagrams())
        if any(e.get("enabled") == "1" for e in self._root.iter("effect")):
            self._losses.left_out(texts.effects())
        for name in ("blendMode", "featureBlendMode"):
            if self._root.findtext(name, "0").strip() not in ("0", ""):
                self._losses.left_out(texts.setting(name, self._root.findtext(name, "")[:20]))

    # --- renderers --------------------------------------------------------------------------------

    def _rendered(self, style: Style, renderer: Element, kept: Kept, depth: int = 0) -> Style:
        kind = renderer.get("type", "")
        if renderer.get("enableorderby") == "1":
            self._losses.left_out(texts.drawing_order())
        inner = renderer.find("renderer-v2")
        if kind == "pointCluster":
            gather = kept.gather or Gather(Gathering.CLUSTERS)
            radius = pixels_of(renderer.get("tolerance"), renderer.get("toleranceUnit"), 36.0)
            style = replace(style, gather=replace(gather, kind=Gathering.CLUSTERS, radius=radius))
        elif kind in _INNER:
            self._losses.add(texts.outer_renderer(kind))
        elif kept.gather is not None and kind != "heatmapRenderer" and depth == 0:
            style = replace(style, gather=kept.gather_elsewhere(self._terms.dimension))
        if inner is not None and depth < 4:
            return self._rendered(style, inner, kept, depth + 1)
        symbols = self._symbols(renderer)
        if kind == "singleSymbol":
            return replace(style, symbol=symbols.get("0", Symbol()))
        if kind == "categorizedSymbol":
            return self._categorized(style, renderer, symbols)
        if kind == "graduatedSymbol":
            return self._graduated(style, renderer, symbols, kept)
        if kind == "RuleRenderer":
            return self._ruled(style, renderer, symbols)
        if kind == "heatmapRenderer":
            return self._heat(style, renderer, kept)
        if kind == "nullSymbol":
            return self._with_rest(style, None)
        raise refusal(self._path, texts.unknown_renderer(self._path.name, kind[:40]))

    def _symbols(self, renderer: Element) -> dict[str, Symbol]:
        found: dict[str, Symbol] = {}
        for element in renderer.findall("symbols/symbol"):
            layers = tuple(_dimmed(layer, self._opacity) for layer in read_symbol(element))
            symbol, proportion = read_layers(layers, self._terms, self._losses)
            found[element.get("name", "")] = symbol
            self._proportion = self._proportion or proportion
        return found

    def _with_rest(self, style: Style, rest: Symbol | None) -> Style:
        """Return the style with a symbol for what belongs to no class: in QGIS often none."""
        if rest is None and self._terms.dimension == 0:
            self._losses.add(texts.rest_is_shown())
            return replace(style, symbol=Symbol("#BBBBBB", outline="#888888", size=3.0))
        return replace(style, symbol=rest or Symbol())

    def _categorized(self, style: Style, renderer: Element, symbols: dict[str, Symbol]) -> Style:
        by = ensure_field(_field_of(renderer), self._terms, self._path)
        classes: list[StyleClass] = []
        rest: Symbol | None = None
        for entry in renderer.findall("categories/category"):
            symbol = symbols.get(entry.get("symbol", ""))
            if symbol is None or entry.get("render") == "false":
                self._losses.left_out(texts.rule(entry.get("label", "")[:60]))
                continue
            values = [entry.get("value", "")]
            values += [value.get("value", "") for value in entry.findall("val")]
            values = [v for v in values if v and v != "NULL"] or [""]
            for value in values:
                if value == "":
                    rest = symbol
                    continue
                class_ = StyleClass(symbol, value=value)
                classes.append(named(class_, entry.get("label", ""), by, self._terms))
        kept = classes_of(classes, by, self._terms, self._losses)
        return self._with_rest(replace(style, by=by if kept else None, classes=kept), rest)

    def _graduated(
        self, style: Style, renderer: Element, symbols: dict[str, Symbol], kept: Kept
    ) -> Style:
        by = ensure_field(_field_of(renderer), self._terms, self._path)
        entries = renderer.findall("ranges/range")
        found = [
            (number_or(e.get("lower"), -math.inf), number_or(e.get("upper"), math.inf), e)
            for e in entries
            if e.get("symbol", "") in symbols and e.get("render") != "false"
        ]
        if len(found) < len(entries):
            self._losses.left_out(texts.rule("render=false"))
        is_falling = [low for low, _h, _e in found] != sorted(low for low, _h, _e in found)
        found.sort(key=lambda one: one[:2])
        rest: Symbol | None = None
        if found and found[-1][1] > _OPEN:
            rest = symbols[found.pop()[2].get("symbol", "")]
        classes = []
        for number_, (_low, high, entry) in enumerate(found):
            if rest is None and number_ == len(found) - 1:
                high = math.nextafter(high, math.inf)  # QGIS counts the bound itself in
            class_ = StyleClass(symbols[entry.get("symbol", "")], below=high)
            classes.append(named(class_, entry.get("label", ""), by, self._terms))
        if not is_falling and len(found) > 1:
            self._losses.add(texts.bounds_go_up())
        if found and found[0][0] > -_OPEN:
            self._losses.add(texts.first_class_is_open(found[0][0]))
        if any(one[1] != other[0] for one, other in pairwise(found)):
            self._losses.add(texts.ranges_touch())
        style = replace(
            style,
            by=by if classes else None,
            classes=classes_of(classes, by, self._terms, self._losses),
            graduation=kept.graduation_of(renderer, len(classes)),
        )
        return self._with_rest(style, rest)

    def _heat(self, style: Style, renderer: Element, kept: Kept) -> Style:
        gather = kept.gather or Gather(Gathering.HEAT)
        radius = pixels_of(renderer.get("radius"), _heat_unit(renderer.get("radius_unit")), 36.0)
        gather = replace(gather, kind=Gathering.HEAT, radius=radius, field=None)
        weight = renderer.get("weight_expression", "")
        if weight:
            name = read_field(weight)
            known = self._terms.find_field(name) if name else None
            if known is None:
                text = texts.unknown_field(weight[:60], self._terms.table.name, texts.the_weight())
                self._losses.add(text)
            else:
                gather = replace(gather, field=known.name)
        colours = _ramp(renderer.find("colorramp"))
        if len(colours) > 1 and self._terms.palettes:
            palette, is_reversed, is_same = nearest(self._terms.palettes, colours)
            gather = replace(gather, palette=palette)
            if is_reversed or not is_same:
                self._losses.add(texts.nearest_palette(palette))
        return self._with_rest(replace(style, gather=gather), None)

    # --- rules ------------------------------------------------------------------------------------

    def _ruled(self, style: Style, renderer: Element, symbols: dict[str, Symbol]) -> Style:
        root = renderer.find("rules")
        rules: list[Rule] = []
        if root is not None:
            self._collect(root, Rule(All(()), Symbol()), symbols, rules, 0)
        classes, rest = named_rules(rules, self._terms, self._losses)
        return self._with_rest(replace(style, classes=classes), rest)

    def _collect(
        self,
        parent: Element,
        outer: Rule,
        symbols: dict[str, Symbol],
        rules: list[Rule],
        depth: int,
    ) -> None:
        """Append the rules inside ``parent``; what it asks for, they ask for as well."""
        for element in parent.findall("rule"):
            name = element.get("label", "") or element.get("filter", "")
            if element.get("checkstate") == "0" or len(rules) >= _MOST_RULES:
                self._losses.left_out(texts.rule(name[:60]))
                continue
            rule = self._rule(element, outer, name)
            if rule is None:
                self._losses.left_out(texts.rule(name[:60]))
                continue
            inner = element.findall("rule")
            symbol = symbols.get(element.get("symbol", ""))
            if symbol is not None:
                rules.append(replace(rule, symbol=symbol))
                if inner:
                    self._losses.add(texts.first_rule_only())
            if inner and depth < _DEEPEST_RULE and rule.node is not None:
                self._collect(element, rule, symbols, rules, depth + 1)

    def _rule(self, element: Element, outer: Rule, name: str) -> Rule | None:
        text = element.get("filter", "")
        low = max(outer.min_denominator, scale_of(element.get("scalemindenom"), 0.0))
        high = min(outer.max_denominator, scale_of(element.get("scalemaxdenom"), math.inf))
        if text.strip().upper() == "ELSE":
            node = None if outer.node == All(()) else outer.node
            return Rule(node, outer.symbol, name, low, high)
        try:
            node = read_expression(text, self._terms.kind_of) if text.strip() else All(())
        except Unsayable:
            return None
        whole = simplified(All((outer.node or All(()), node)))
        return Rule(whole, outer.symbol, name, low, high)


def _field_of(renderer: Element) -> str:
    attr = renderer.get("attr", "")
    return read_field(attr) or attr


def _dimmed(layer: SymbolLayer, opacity: float) -> SymbolLayer:
    """Return the layer with the opacity of the whole map layer."""
    own = number(layer.get("@opacity"), 1.0) * opacity
    inner = tuple(_dimmed(one, opacity) for one in layer.inner)
    return replace(layer, settings={**layer.settings, "@opacity": str(own)}, inner=inner)


def _far(text: str | None) -> float:
    found = scale_of(text, math.inf)
    return math.inf if found >= 1e10 else found


def number_or(text: str | None, otherwise: float) -> float:
    """Return a number of any size; ``otherwise`` where there is none."""
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return value if math.isfinite(value) else otherwise


def _heat_unit(code: str | None) -> str:
    """Return the unit of a heat map's radius, which QGIS writes as a number."""
    return {"0": "MM", "2": "Pixel", "4": "Point", "5": "Inch"}.get(code or "0", "MM")


def _ramp(element: Element | None) -> list[str]:
    """Return the colours of a ramp, from its beginning to its end, opaque."""
    values = read_map(element)
    for prop in () if element is None else element.findall("prop"):
        values.setdefault(prop.get("k", ""), prop.get("v", ""))
    stops = [stop.partition(";")[2].split(";")[0] for stop in values.get("stops", "").split(":")]
    names = [values.get("color1", ""), *stops[:100], values.get("color2", "")]
    codes = [colour_of(name) for name in names if name]
    return ["#" + code[-6:] for code in codes if code]
