"""Labels from QML."""

import math
import re
from dataclasses import replace

from gridmap.exchange import style_texts as texts
from gridmap.exchange.qml_expressions import read_field
from gridmap.exchange.qml_layers import colour_of, pixels_of
from gridmap.exchange.style_terms import HALO, Losses, Terms, number, scale_of
from gridmap.exchange.style_xml import Element
from gridmap.model.style import Label

_PRIORITIES = 10
_FARTHEST = 1e10
_NO_HALO = "#00FFFFFF"
_NEAR = 0.2  # style pixels
_BOLD = 60
_RIGHT = re.compile(r"right\((.+), (\d{1,3})\)", re.DOTALL)
_AFTER = re.compile(r"array_last\(string_to_array\((.+), '((?:[^']|'')*)'\)\)", re.DOTALL)


def read_label(root: Element, terms: Terms, losses: Losses, priority: int | None) -> Label | None:
    """Return the label of a QML file; ``priority`` is what it was here, if it came from here."""
    labeling = root.find("labeling")
    if labeling is None or root.get("labelsEnabled") == "0":
        return None
    found = [one for one in labeling.iter("settings") if one.find("text-style") is not None]
    if not found:
        return None
    if len(found) > 1:
        losses.add(texts.labels(len(found)))
    settings = found[0]
    style = settings.find("text-style")
    label = None if style is None else _field_label(style, terms, losses)
    if label is None or style is None:
        return None
    label = _styled(label, style, losses)
    return _placed(label, settings, priority)


def _field_label(style: Element, terms: Terms, losses: Losses) -> Label | None:
    """Return a label with nothing but what it writes."""
    text = style.get("fieldName", "").strip()
    last, after = 0, ""
    if style.get("isExpression") == "1":
        if found := _RIGHT.fullmatch(text):
            text, last = found[1], int(found[2])
        if found := _AFTER.fullmatch(text):
            text, after = found[1], found[2].replace("''", "'").replace("\\\\", "\\")
        name = read_field(text)
    else:
        name = text
    if name is None:
        losses.left_out(texts.label_expression(text[:80]))
        return None
    known = terms.find_field(name)
    if known is None:
        losses.add(texts.unknown_field(name[:60], terms.table.name, texts.the_label()))
        return None
    return Label(known.name, max_denominator=math.inf, last=last, after=after)


def _styled(label: Label, style: Element, losses: Losses) -> Label:
    unit = style.get("fontSizeUnit")
    if unit in ("MapUnit", "RenderMetersInMapUnits"):
        losses.left_out(texts.setting("fontSizeUnit", unit))
        unit = "Point"
    opacity = number(style.get("textOpacity"), 1.0)
    text_colour = style.get("textColor", "")
    weight = number(style.get("fontWeight"), 50)
    # the colour's own opacity is that of the text again
    colour = colour_of(_without_opacity(text_colour), opacity)
    return replace(
        label,
        size=pixels_of(style.get("fontSize"), unit, label.size),
        colour=colour or label.colour,
        halo=_halo(style.find("text-buffer"), label, losses),
        bold=weight > _BOLD or "bold" in style.get("namedStyle", "").lower(),
        spacing=pixels_of(style.get("fontLetterSpacing"), "Point"),
    )


def _without_opacity(text: str) -> str:
    return ",".join(text.split(",")[:3])


def _halo(buffer: Element | None, label: Label, losses: Losses) -> str:
    if buffer is None or buffer.get("bufferDraw") != "1":
        losses.add(texts.no_halo())
        return _NO_HALO
    width = pixels_of(buffer.get("bufferSize"), buffer.get("bufferSizeUnits"), HALO)
    if abs(width - HALO) > _NEAR:
        losses.add(texts.halo_width(width, HALO))
    opacity = number(buffer.get("bufferOpacity"), 1.0)
    return colour_of(_without_opacity(buffer.get("bufferColor", "")), opacity) or label.halo


def _placed(label: Label, settings: Element, priority: int | None) -> Label:
    placement, rendering = settings.find("placement"), settings.find("rendering")
    given = 0 if placement is None else round(number(placement.get("priority"), 5))
    if priority is None or min(round(priority / _PRIORITIES), _PRIORITIES) != given:
        priority = min(max(given, 0), _PRIORITIES) * _PRIORITIES
    label = replace(label, priority=priority)
    if rendering is None or rendering.get("scaleVisibility") != "1":
        return label
    far = scale_of(rendering.get("scaleMax"), math.inf)
    return replace(
        label,
        min_denominator=scale_of(rendering.get("scaleMin"), 0.0),
        max_denominator=math.inf if far >= _FARTHEST else far,
    )
