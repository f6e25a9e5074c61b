"""The symbol layers of a QML file as values: their settings, and what an expression decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gridmap.exchange.style_terms import channels, colour_code, number
from gridmap.exchange.style_xml import Element, child
from gridmap.model.style import PIXEL_M

MM_PER_PIXEL = PIXEL_M * 1000
_PIXELS = {
    "mm": 1 / MM_PER_PIXEL,
    "point": 96 / 72,
    "points": 96 / 72,
    "pixel": 1.0,
    "pixels": 1.0,
    "inch": 96.0,
    "inches": 96.0,
}
_EXPRESSION = "3"
"""QGIS's number for a setting that an expression decides."""
_FIELD = "2"
_MOST_NESTED = 8


@dataclass(frozen=True)
class SymbolLayer:
    """One layer of a symbol; ``inner`` are those of the symbol inside it, ``level`` its turn."""

    kind: str
    settings: Mapping[str, str]
    dynamic: Mapping[str, str] = field(default_factory=dict)
    inner: tuple["SymbolLayer", ...] = ()
    inner_kind: str = ""
    level: int = 0

    def get(self, *names: str, otherwise: str = "") -> str:
        """Return the first of the settings that is there: QGIS has renamed some."""
        return next((self.settings[name] for name in names if name in self.settings), otherwise)

    def is_in_map_units(self, *names: str) -> bool:
        """Return whether a length is one on the ground, in metres in our systems."""
        return "map" in self._unit(names)

    def pixels(self, *names: str, otherwise: float = 0.0) -> float:
        """Return a length in style pixels; one on the ground in metres, as it is."""
        value = max(number(self.get(*names), otherwise), 0.0)
        if self.is_in_map_units(*names):
            return value
        return rounded(value * _PIXELS.get(self._unit(names), 1 / MM_PER_PIXEL))

    def _unit(self, names: tuple[str, ...]) -> str:
        return self.get(*(f"{name}_unit" for name in names), otherwise="MM").lower()


# --- units and colours --------------------------------------------------------------------------


def millimetres(pixels: float) -> str:
    """Return a length in style pixels as QGIS writes one, in millimetres."""
    return f"{round(pixels * MM_PER_PIXEL, 7):.7f}".rstrip("0").rstrip(".")


def rounded(pixels: float) -> float:
    """Return a length without the noise of having been millimetres."""
    return round(pixels, 4)


def pixels_of(text: str | None, unit: str | None, otherwise: float = 0.0) -> float:
    """Return a length in style pixels from a number and a unit."""
    scale = _PIXELS.get((unit or "MM").lower(), 1 / MM_PER_PIXEL)
    return rounded(max(number(text, otherwise / scale), 0.0) * scale)


def rgba(code: str) -> str:
    """Return a colour as QGIS writes it: red, green, blue, opacity."""
    return ",".join(map(str, channels(code)))


def colour_of(text: str, opacity: float = 1.0) -> str | None:
    """Return the code of a colour that QGIS wrote; None if it is none."""
    if re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        return text.upper()
    parts = text.split(",")[:4]
    if len(parts) < 3 or not all(re.fullmatch(r"\s*\d{1,3}\s*", part) for part in parts):
        return None
    red, green, blue, *alpha = map(float, parts)
    return colour_code(red, green, blue, (alpha[0] if alpha else 255) * opacity)


# --- writing ------------------------------------------------------------------------------------


def write_symbol(parent: Element, name: str, kind: str, layers: tuple[SymbolLayer, ...]) -> None:
    """Append a symbol; ``kind`` is fill, line or marker."""
    symbol = child(
        parent, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0"
    )
    for number_, layer in enumerate(layers):
        element = child(
            symbol,
            "layer",
            enabled="1",
            locked="0",
            **{"class": layer.kind, "pass": str(layer.level)},
        )
        write_map(element, layer.settings)
        for key, value in layer.settings.items():  # up to 3.16 QGIS knows only these
            child(element, "prop", k=key, v=value)
        write_dynamic(element, layer.dynamic)
        if layer.inner:
            write_symbol(element, f"@{name}@{number_}", layer.inner_kind, layer.inner)


def write_map(parent: Element, values: Mapping[str, str]) -> None:
    """Append settings as QGIS's map of options."""
    options = child(parent, "Option", type="Map")
    for key, value in values.items():
        child(options, "Option", name=key, type="QString", value=value)


def write_dynamic(
    parent: Element, expressions: Mapping[str, str], tag: str = "data_defined_properties"
) -> None:
    """Append what expressions decide."""
    options = child(child(parent, tag), "Option", type="Map")
    child(options, "Option", name="name", type="QString", value="")
    properties = child(options, "Option", name="properties", type="Map")
    for key, expression in expressions.items():
        entry = child(properties, "Option", name=key, type="Map")
        child(entry, "Option", name="active", type="bool", value="true")
        child(entry, "Option", name="expression", type="QString", value=expression)
        child(entry, "Option", name="type", type="int", value=_EXPRESSION)
    child(options, "Option", name="type", type="QString", value="collection")


# --- reading ------------------------------------------------------------------------------------


def read_symbol(symbol: Element, depth: int = 0) -> tuple[SymbolLayer, ...]:
    """Return the layers of a symbol that are switched on, undermost first."""
    opacity = number(symbol.get("alpha"), 1.0)
    return tuple(
        _read_layer(element, opacity, depth)
        for element in symbol.findall("layer")
        if element.get("enabled") != "0"
    )


def _read_layer(element: Element, opacity: float, depth: int) -> SymbolLayer:
    settings = read_map(element)
    for prop in element.findall("prop"):
        settings.setdefault(prop.get("k", ""), prop.get("v", ""))
    settings["@opacity"] = str(opacity)
    inner = element.find("symbol") if depth < _MOST_NESTED else None
    return SymbolLayer(
        element.get("class", ""),
        settings,
        read_dynamic(element.find("data_defined_properties")),
        () if inner is None else read_symbol(inner, depth + 1),
        "" if inner is None else inner.get("type", ""),
    )


def read_map(parent: Element | None) -> dict[str, str]:
    """Return the options of QGIS's map inside an element."""
    options = None if parent is None else parent.find("Option")
    if options is None:
        return {}
    return {
        option.get("name", ""): option.get("value", "")
        for option in options.findall("Option")
        if option.get("value") is not None
    }


def read_dynamic(collection: Element | None) -> dict[str, str]:
    """Return what expressions decide, by the name of the setting."""
    found: dict[str, str] = {}
    for entry in () if collection is None else collection.iterfind("Option/Option/Option"):
        values = {option.get("name"): option.get("value", "") for option in entry}
        if values.get("active") == "false":
            continue
        if values.get("type") == _EXPRESSION:
            found[entry.get("name", "")] = values.get("expression", "")
        elif values.get("type") == _FIELD:
            sized = entry.find("Option[@name='transformer']")
            field_ = '"' + values.get("field", "").replace('"', '""') + '"'
            found[entry.get("name", "")] = field_ if sized is None else _grown(field_, sized)
        if (
            values.get("type") == _EXPRESSION
            and (sized := entry.find("Option[@name='transformer']")) is not None
        ):
            found[entry.get("name", "")] = _grown(values.get("expression", ""), sized)
    return {key: value for key, value in found.items() if value}


def _grown(expression: str, transformer: Element) -> str:
    """Return the expression that QGIS's size assistant stands for."""
    inner = transformer.find("Option[@name='d']")
    values = {} if inner is None else {o.get("name"): o.get("value", "") for o in inner}
    named = ("minValue", "maxValue", "minSize", "maxSize", "exponent")
    numbers = ", ".join(str(number(values.get(name), 1.0)) for name in named)
    return f"scale_exp({expression}, {numbers})"
