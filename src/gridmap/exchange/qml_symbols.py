"""Symbols as the symbol layers of QGIS."""

import base64
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from gridmap.exchange.qml_expressions import quoted
from gridmap.exchange.qml_layers import MM_PER_PIXEL, SymbolLayer, millimetres, rgba
from gridmap.exchange.style_terms import (
    HATCH_STEP,
    HATCH_WIDTH,
    MARKER_EDGE,
    Outlines,
    Terms,
    hatch_colour,
    marker_colours,
    plain,
)
from gridmap.model.style import Hatch, Marker, Proportion, Symbol

KINDS = ("marker", "line", "fill")
"""What QGIS calls symbols of points, lines and areas."""

ANGLES: Mapping[Hatch, tuple[float, ...]] = MappingProxyType(
    {
        Hatch.RISING: (45,),
        Hatch.FALLING: (135,),
        Hatch.CROSSED: (45, 135),
        Hatch.LEVEL: (0,),
        Hatch.UPRIGHT: (90,),
        Hatch.CHECKED: (0, 90),
    }
)

SHAPES: Mapping[Marker, tuple[str, float, float]] = MappingProxyType(
    {
        Marker.CIRCLE: ("circle", 0, 1.0),
        Marker.SQUARE: ("square", 0, 0.85),
        Marker.DIAMOND: ("diamond", 0, 1.1),
        Marker.TRIANGLE: ("triangle", 0, 1.05),
        Marker.STAR: ("star", 0, 1.15),
        Marker.HEXAGON: ("hexagon", 0, 1.05),
        Marker.PLUS: ("cross_fill", 0, 1.0),
        Marker.CROSS: ("cross_fill", 45, 1.08),
    }
)
"""QGIS's name of a marker, its turn, and how far ours reaches from its middle; others are SVG."""

SIZE_SHARE = 2.2
"""A marker's outlines reach from -1 to 1, which are this part of its size apart from 0."""
PICTURE_REACH = 1.3
"""How far the picture of a marker that QGIS does not know reaches."""


def symbol_layers(
    symbol: Symbol, terms: Terms, proportion: Proportion | None = None
) -> tuple[SymbolLayer, ...]:
    """Return the layers that draw a symbol for the table's geometry, undermost first."""
    if terms.dimension == 0:
        return (marker_layer(symbol, terms.outlines, proportion),)
    if terms.dimension == 1:
        return tuple(_line_layers(symbol, terms, proportion))
    return tuple(_area_layers(symbol, terms, proportion))


# --- areas --------------------------------------------------------------------------------------


def _area_layers(
    symbol: Symbol, terms: Terms, proportion: Proportion | None
) -> Iterator[SymbolLayer]:
    has_casing = bool(symbol.casing and symbol.casing_width)
    if not (symbol.hatch is not Hatch.NONE or has_casing or symbol.dash):
        yield SymbolLayer("SimpleFill", {**_fill(symbol.fill), **_outline(symbol)})
    else:  # what lies on the fill lies below the outline
        yield SymbolLayer("SimpleFill", {**_fill(symbol.fill), "outline_style": "no"})
        yield from _hatch_layers(symbol)
        if symbol.casing and symbol.casing_width:
            yield SymbolLayer(
                "SimpleLine", _pen(symbol.casing, symbol.width + 2 * symbol.casing_width)
            )
        if symbol.outline:
            yield SymbolLayer("SimpleLine", _pen(symbol.outline, symbol.width, symbol.dash))
    if symbol.marker is not None:
        inner = marker_layer(symbol, terms.outlines, proportion)
        settings = {"point_on_surface": "0", "point_on_all_parts": "1"}
        yield SymbolLayer("CentroidFill", settings, inner=(inner,), inner_kind="marker")


def _fill(code: str | None) -> dict[str, str]:
    if code is None:
        return {"style": "no", "color": "255,255,255,255"}
    return {"style": "solid", "color": rgba(code)}


def _outline(symbol: Symbol) -> dict[str, str]:
    if symbol.outline is None:
        return {"outline_style": "no"}
    return {
        "outline_style": "solid",
        "outline_color": rgba(symbol.outline),
        "outline_width": millimetres(symbol.width),
        "outline_width_unit": "MM",
        "joinstyle": "miter",
    }


def _hatch_layers(symbol: Symbol) -> Iterator[SymbolLayer]:
    code = hatch_colour(symbol)
    if symbol.hatch is Hatch.DOTTED:
        dot = {
            "name": "circle", "color": rgba(code), "outline_style": "no",
            "size": millimetres(2.2), "size_unit": "MM",
        }  # fmt: skip
        settings = {
            "distance_x": millimetres(HATCH_STEP), "distance_x_unit": "MM",
            "distance_y": millimetres(HATCH_STEP / 2), "distance_y_unit": "MM",
            "displacement_x": millimetres(HATCH_STEP / 2), "displacement_x_unit": "MM",
        }  # fmt: skip
        inner = (SymbolLayer("SimpleMarker", dot),)
        yield SymbolLayer("PointPatternFill", settings, inner=inner, inner_kind="marker")
        return
    for angle in ANGLES.get(symbol.hatch, ()):
        step = HATCH_STEP / (np.sqrt(2) if angle % 90 else 1)
        settings = {
            "angle": plain(angle), "distance": millimetres(step), "distance_unit": "MM",
            "color": rgba(code), "line_width": millimetres(HATCH_WIDTH), "line_width_unit": "MM",
        }  # fmt: skip
        inner = (SymbolLayer("SimpleLine", _pen(code, HATCH_WIDTH)),)
        yield SymbolLayer("LinePatternFill", settings, inner=inner, inner_kind="line")


# --- lines --------------------------------------------------------------------------------------


def _line_layers(
    symbol: Symbol, terms: Terms, proportion: Proportion | None
) -> Iterator[SymbolLayer]:
    """Yield casing and core; casings have the lower level, so that crossings stay open."""
    width, ground = symbol.width, symbol.ground_width_m
    if symbol.casing and symbol.casing_width:
        sides = 2 * symbol.casing_width
        dynamic = {"outlineWidth": ground_width(width, ground, sides)} if ground else {}
        yield SymbolLayer("SimpleLine", _pen(symbol.casing, width + sides), dynamic)
    if symbol.outline:
        dynamic = {"outlineWidth": ground_width(width, ground)} if ground else {}
        yield SymbolLayer("SimpleLine", _pen(symbol.outline, width, symbol.dash), dynamic, level=1)
    if symbol.marker is not None:
        inner = marker_layer(symbol, terms.outlines, proportion)
        settings = {"placement": "centralpoint", "rotate": "0"}
        yield SymbolLayer("MarkerLine", settings, inner=(inner,), inner_kind="marker", level=2)


def _pen(code: str, width: float, dash: tuple[float, ...] = ()) -> dict[str, str]:
    settings = {
        "line_color": rgba(code),
        "line_style": "solid",
        "line_width": millimetres(width),
        "line_width_unit": "MM",
        "joinstyle": "round",
        "capstyle": "flat" if dash else "round",
        "use_custom_dash": "1" if dash else "0",
    }
    if dash:
        settings["customdash"] = ";".join(millimetres(part * width) for part in dash)
        settings["customdash_unit"] = "MM"
    return settings


def ground_width(pixels: float, metres: float, sides: float = 0.0) -> str:
    """Return QGIS's expression for a line that is never narrower than on the ground."""
    wide = f"max({millimetres(pixels)}, {plain(metres)} * 1000 / @map_scale)"
    return f"{wide} + {millimetres(sides)}" if sides else wide


# --- markers ------------------------------------------------------------------------------------


def marker_layer(
    symbol: Symbol, outlines: Outlines, proportion: Proportion | None = None
) -> SymbolLayer:
    """Return the layer that draws a symbol's marker."""
    marker = symbol.marker or Marker.CIRCLE
    fill, edge = marker_colours(symbol)
    share = size_share(marker)
    settings = {
        "color": rgba(fill),
        "outline_color": rgba(edge),
        "outline_width": millimetres(MARKER_EDGE),
        "outline_width_unit": "MM",
        "size": millimetres(symbol.size * share),
        "size_unit": "MM",
        "scale_method": "diameter",
    }
    dynamic = {} if proportion is None else {"size": proportional_size(proportion, share)}
    if marker not in SHAPES:
        named = {"name": picture_name(marker, outlines)}
        return SymbolLayer("SvgMarker", {**settings, **named}, dynamic)
    name, angle, _reach = SHAPES[marker]
    named = {"name": name, "angle": plain(angle), "outline_style": "solid", "joinstyle": "miter"}
    return SymbolLayer("SimpleMarker", {**settings, **named}, dynamic)


def size_share(marker: Marker) -> float:
    """Return how large a marker is in QGIS's sense, for a size of one here."""
    reach = SHAPES[marker][2] if marker in SHAPES else PICTURE_REACH
    return 2 * reach / SIZE_SHARE


def proportional_size(proportion: Proportion, share: float) -> str:
    """Return QGIS's expression for the size, in millimetres, of a marker that grows."""
    size = f"{proportion.size * share * MM_PER_PIXEL:.9g}"
    least = f"{proportion.least_size * share * MM_PER_PIXEL:.9g}"
    value = f"max(0, coalesce({quoted(proportion.field)}, 0))"
    return f"max({least}, {size} * sqrt({value} / {proportion.largest!r}))"


def picture_name(marker: Marker, outlines: Outlines) -> str:
    """Return the picture of a marker as QGIS keeps it inside a style."""
    picture = _picture(marker, outlines)
    return "base64:" + base64.b64encode(picture.encode("ascii")).decode("ascii")


def _picture(marker: Marker, outlines: Outlines) -> str:
    xy, runs = outlines(marker)
    path = ""
    for first, last in pairwise(runs):
        points = " L".join(f"{x:.3f} {y:.3f}" for x, y in xy[first:last])
        path += f"M{points} Z "
    reach = PICTURE_REACH
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="26" height="26" '
        f'viewBox="{-reach} {-reach} {2 * reach} {2 * reach}">'
        '<path fill="param(fill) #888888" stroke="param(outline) #444444" '
        f'stroke-width="param(outline-width) 0.1" d="{path.strip()}"/></svg>'
    )
