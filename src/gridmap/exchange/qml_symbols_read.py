"""The symbol layers of QGIS as symbols, with a sentence for each thing that has no like here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gridmap.exchange import style_texts as texts
from gridmap.exchange.qml_expressions import read_field
from gridmap.exchange.qml_layers import MM_PER_PIXEL, SymbolLayer, colour_of, rounded
from gridmap.exchange.qml_symbols import ANGLES, SHAPES, picture_name, size_share
from gridmap.exchange.style_terms import Losses, Terms, hatch_colour, number, solid
from gridmap.model.style import Hatch, Marker, Proportion, Symbol

_LINES = frozenset({"SimpleLine"})
_LINE_STYLES = {"dash": (4.0, 2.0), "dot": (1.0, 2.0), "dash dot": (4.0, 2.0, 1.0, 2.0),
                "dash dot dot": (4.0, 2.0, 1.0, 2.0, 1.0, 2.0)}  # fmt: skip
_BRUSHES = {
    "b_diagonal": Hatch.RISING,
    "f_diagonal": Hatch.FALLING,
    "diagonal_x": Hatch.CROSSED,
    "horizontal": Hatch.LEVEL,
    "vertical": Hatch.UPRIGHT,
    "cross": Hatch.CHECKED,
}
_LIKE: dict[str, Marker] = {
    "equilateral_triangle": Marker.TRIANGLE,
    "filled_arrowhead": Marker.TRIANGLE,
    "regular_star": Marker.STAR,
    "rectangle": Marker.SQUARE,
    "square_with_corners": Marker.SQUARE,
    "cross": Marker.PLUS,
    "cross2": Marker.CROSS,
    "x": Marker.CROSS,
    "pentagon": Marker.HEXAGON,
    "octagon": Marker.HEXAGON,
    "asterisk_fill": Marker.STAR,
}
_SAME = frozenset({"equilateral_triangle", "regular_star", "rectangle"})
_NUMBER = r"([-+]?[\d.]+(?:[eE][-+]?\d+)?)"
_GROUND = re.compile(rf"max\({_NUMBER}, {_NUMBER} \* 1000 / @map_scale\)(?: \+ {_NUMBER})?")
_GROWING = re.compile(
    rf'max\({_NUMBER}, {_NUMBER} \* sqrt\(max\(0, coalesce\("(.+)", 0\)\) / {_NUMBER}\)\)'
)
_SCALED = re.compile(
    rf"(?:coalesce\()?\s*scale_(?:exp|linear)\((.+?)\s*,\s*{_NUMBER}\s*,\s*{_NUMBER}\s*,"
    rf"\s*{_NUMBER}\s*,\s*{_NUMBER}\s*(?:,\s*{_NUMBER}\s*)?\)(?:\s*,\s*0\s*\))?"
)
_AREA_EXPONENT = 0.5


@dataclass
class _Draft:
    """What has been gathered of a symbol."""

    symbol: Symbol = field(default_factory=Symbol)
    lines: list[tuple[str, float, tuple[float, ...], float]] = field(default_factory=list)
    """Colour, width, dash and width on the ground of each line, undermost first."""
    angles: list[float] = field(default_factory=list)
    hatch_colour: str | None = None
    is_dotted: bool = False
    fills: int = 0
    markers: int = 0
    marker_fill: str | None = None
    marker_edge: str | None = None
    proportion: Proportion | None = None


def read_layers(
    layers: Sequence[SymbolLayer], terms: Terms, losses: Losses
) -> tuple[Symbol, Proportion | None]:
    """Return the symbol that QGIS's layers draw, and how its marker grows, if it does."""
    draft = _Draft()
    for layer in layers:
        _read_layer(layer, draft, terms, losses)
    _take_lines(draft, losses)
    _take_hatch(draft, losses)
    _take_marker(draft, terms, losses)
    return draft.symbol, draft.proportion


def _read_layer(layer: SymbolLayer, draft: _Draft, terms: Terms, losses: Losses) -> None:
    if layer.kind == "SimpleFill":
        _read_fill(layer, draft, losses)
    elif layer.kind in _LINES:
        _read_line(layer, draft, losses)
    elif layer.kind == "LinePatternFill":
        draft.angles.append(number(layer.get("angle", "lineangle")))
        draft.hatch_colour = _pattern_colour(layer)
    elif layer.kind == "PointPatternFill":
        draft.is_dotted = True
        draft.hatch_colour = _pattern_colour(layer)
    elif layer.kind in ("CentroidFill", "MarkerLine") and layer.inner:
        if layer.kind == "MarkerLine" and "central" not in layer.get("placement", "placements"):
            losses.left_out(texts.setting("MarkerLine", layer.get("placement", "placements")))
        else:
            for inner in layer.inner:
                _read_layer(inner, draft, terms, losses)
    elif layer.kind in ("SimpleMarker", "SvgMarker", "FilledMarker", "EllipseMarker"):
        _read_marker(layer, draft, terms, losses)
    elif layer.kind in ("FontMarker", "RasterMarker", "VectorField"):
        losses.add(texts.picture_marker())
        _read_marker(layer, draft, terms, losses)
    else:
        losses.add(texts.unknown_layer(layer.kind or "?"))
    _tell_settings(layer, losses)


def _tell_settings(layer: SymbolLayer, losses: Losses) -> None:
    """Note what of a layer's settings is not read."""
    if layer.get("offset", otherwise="0,0") not in ("0,0", "0", ""):
        losses.left_out(texts.setting("offset", layer.get("offset")))
    for name, expression in layer.dynamic.items():
        is_read = name == "outlineWidth" and _GROUND.fullmatch(expression)
        if not is_read and name != "size":
            losses.left_out(texts.dynamic(name, expression[:80]))


def _colour(layer: SymbolLayer, *names: str) -> str | None:
    return colour_of(layer.get(*names), number(layer.get("@opacity"), 1.0))


# --- areas --------------------------------------------------------------------------------------


def _read_fill(layer: SymbolLayer, draft: _Draft, losses: Losses) -> None:
    brush = layer.get("style", otherwise="solid")
    if brush == "solid":
        draft.fills += 1
        if draft.fills > 1:
            losses.add(texts.too_many_layers(draft.fills, "SimpleFill"))
        draft.symbol = replace(draft.symbol, fill=_colour(layer, "color"))
    elif brush in _BRUSHES:
        draft.symbol = replace(draft.symbol, hatch=_BRUSHES[brush])
        draft.hatch_colour = _colour(layer, "color")
    elif brush != "no":
        losses.left_out(texts.setting("style", brush))
    style = layer.get("outline_style", "style_border", otherwise="solid")
    code = _colour(layer, "outline_color", "color_border")
    if style == "no" or code is None:
        return
    width, ground = _width(layer, losses, "outline_width", "width_border")
    draft.lines.append((code, width, _LINE_STYLES.get(style, ()), ground))


def _width(layer: SymbolLayer, losses: Losses, *names: str) -> tuple[float, float]:
    """Return a line's width in style pixels and on the ground."""
    if layer.is_in_map_units(*names):
        metres = layer.pixels(*names)
        losses.add(texts.map_units(metres))
        return 1.0, metres
    return layer.pixels(*names, otherwise=0.26), 0.0


def _pattern_colour(layer: SymbolLayer) -> str | None:
    """Return the colour of a pattern: that of the symbol in it, else its own."""
    for inner in layer.inner:
        found = _colour(inner, "line_color", "color")
        if found:
            return found
    return _colour(layer, "color")


def _take_hatch(draft: _Draft, losses: Losses) -> None:
    if draft.angles:
        turns = {round(angle / 45) % 4 * 45.0 for angle in draft.angles}
        known = {frozenset(angles): hatch for hatch, angles in ANGLES.items()}
        hatch = known.get(frozenset(turns), Hatch.CROSSED)
        if len(turns) > 2 or any(angle % 45 for angle in draft.angles):
            losses.left_out(texts.setting("angle", ", ".join(f"{a:g}" for a in draft.angles)))
        draft.symbol = replace(draft.symbol, hatch=hatch)
    if draft.is_dotted:
        if draft.symbol.hatch is not Hatch.NONE:
            losses.add(texts.unknown_layer("PointPatternFill"))
        else:
            draft.symbol = replace(draft.symbol, hatch=Hatch.DOTTED)
    if draft.symbol.hatch is not Hatch.NONE:
        usual = hatch_colour(draft.symbol)
        own = None if draft.hatch_colour == usual else draft.hatch_colour
        draft.symbol = replace(draft.symbol, hatch_colour=own)


# --- lines --------------------------------------------------------------------------------------


def _read_line(layer: SymbolLayer, draft: _Draft, losses: Losses) -> None:
    code = _colour(layer, "line_color", "color")
    style = layer.get("line_style", "penstyle", otherwise="solid")
    if code is None or style == "no":
        return
    width, ground = _width(layer, losses, "line_width", "width")
    found = _GROUND.fullmatch(layer.dynamic.get("outlineWidth", ""))
    if found:
        ground = number(found[2])
    dash = _LINE_STYLES.get(style, ())
    if layer.get("use_custom_dash") == "1":
        dash = _custom_dash(layer, width, losses)
    draft.lines.append((code, width, dash, ground))


def _custom_dash(layer: SymbolLayer, width: float, losses: Losses) -> tuple[float, ...]:
    scaled = replace(layer, settings={**layer.settings})
    parts = []
    for part in layer.get("customdash").split(";")[:16]:
        one = replace(scaled, settings={**layer.settings, "customdash": part})
        parts.append(round(one.pixels("customdash") / (width or 1.0), 3))
    if len(parts) % 2 or not all(part > 0 for part in parts):
        losses.left_out(texts.setting("customdash", layer.get("customdash")[:80]))
        return ()
    return tuple(parts)


def _take_lines(draft: _Draft, losses: Losses) -> None:
    """Take the uppermost line as the line itself, one below that is wider as its casing."""
    if not draft.lines:
        return
    code, width, dash, ground = draft.lines[-1]
    draft.symbol = replace(
        draft.symbol, outline=code, width=width, dash=dash, ground_width_m=ground
    )
    if len(draft.lines) < 2:
        return
    below, wide, _dash, _ground = draft.lines[-2]
    if wide > width:
        casing_width = rounded((wide - width) / 2)
        draft.symbol = replace(draft.symbol, casing=below, casing_width=casing_width)
    if len(draft.lines) > 2 or wide <= width:
        losses.add(texts.too_many_layers(len(draft.lines), "SimpleLine"))


# --- markers ------------------------------------------------------------------------------------


def _read_marker(layer: SymbolLayer, draft: _Draft, terms: Terms, losses: Losses) -> None:
    draft.markers += 1
    if draft.markers > 1:
        losses.add(texts.too_many_layers(draft.markers, "Marker"))
    marker = _marker_of(layer, terms, losses)
    share = size_share(marker)
    size = layer.pixels("size", otherwise=2.0)
    if layer.is_in_map_units("size"):
        losses.left_out(texts.setting("size", f"{size:g} m"))
        size = 8.0
    draft.symbol = replace(draft.symbol, marker=marker, size=round(size / share, 3))
    fill = _colour(layer, "color")
    if fill is not None and len(fill) > 7:
        losses.add(texts.opaque_markers())
    draft.marker_fill = solid(fill) if fill else None
    is_edged = layer.get("outline_style", otherwise="solid") != "no"
    draft.marker_edge = _colour(layer, "outline_color", "color_border") if is_edged else None
    if "size" in layer.dynamic:
        draft.proportion = _proportion(layer.dynamic["size"], share, terms, losses)


def _marker_of(layer: SymbolLayer, terms: Terms, losses: Losses) -> Marker:
    name = layer.get("name", "symbol_name", otherwise="circle")
    if layer.kind == "SvgMarker":
        for marker in Marker:
            if marker not in SHAPES and picture_name(marker, terms.outlines) == name:
                return marker
        losses.add(texts.picture_marker())
        return Marker.CIRCLE
    angle = number(layer.get("angle")) % 90
    known = {(shape, turn): marker for marker, (shape, turn, _r) in SHAPES.items()}
    if (name, angle) in known:
        return known[name, angle]
    usual = {shape: marker for marker, (shape, turn, _reach) in SHAPES.items() if not turn}
    marker = usual.get(name) or _LIKE.get(name) or Marker.CIRCLE
    if name not in usual and name not in _SAME:
        losses.add(texts.unknown_marker(name[:40], marker.value))
    elif angle:
        losses.left_out(texts.setting("angle", f"{angle:g}"))
    return marker


def _take_marker(draft: _Draft, terms: Terms, losses: Losses) -> None:
    if not draft.markers:
        return
    symbol, fill, edge = draft.symbol, draft.marker_fill, draft.marker_edge
    if terms.dimension == 0:
        draft.symbol = replace(symbol, fill=fill, outline=edge)
        return
    own = symbol.fill or symbol.outline
    if (fill is not None and own is not None and fill != solid(own)) or (
        edge is not None and symbol.outline not in (None, edge)
    ):
        losses.add(texts.marker_colour())


def _proportion(expression: str, share: float, terms: Terms, losses: Losses) -> Proportion | None:
    found = _GROWING.fullmatch(expression.strip())
    if found:
        name = found[3].replace('""', '"')
        least, size, largest = (number(found[n]) for n in (1, 2, 4))
    else:
        scaled = _SCALED.fullmatch(expression.strip())
        named = read_field(scaled[1]) if scaled else read_field(expression)
        if scaled is None or named is None:
            losses.left_out(texts.dynamic("size", expression[:80]))
            return None
        name, largest = named, number(scaled[3])
        least, size = number(scaled[4]), number(scaled[5])
        if number(scaled[6], 1.0) != _AREA_EXPONENT or least or number(scaled[2]):
            losses.add(texts.area_grows())
    known = terms.find_field(name)
    if known is None:
        losses.add(texts.unknown_field(name, terms.table.name, texts.the_size()))
        return None
    if not largest > 0 or not size > 0:
        losses.left_out(texts.dynamic("size", expression[:80]))
        return None
    scale = share * MM_PER_PIXEL
    return Proportion(known.name, largest, round(size / scale, 3), round(max(least, 0) / scale, 3))


def uppermost(found: Iterable[Proportion | None]) -> Proportion | None:
    """Return the first of the proportions that is there: they hold for a whole table."""
    return next((one for one in found if one is not None), None)
