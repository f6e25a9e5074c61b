"""What QGIS keeps for us inside a QML file without understanding it."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gridmap.exchange.qml_layers import read_map
from gridmap.exchange.qml_write import KEPT, METHODS
from gridmap.exchange.style_terms import Terms
from gridmap.exchange.style_xml import Element
from gridmap.model.style import Gather, Gathering, Graduation, Method

_MOST_CHARACTERS = 4000
_NUMBERS = ("min_denominator", "radius", "size_m")


@dataclass(frozen=True)
class Kept:
    """What was kept; QGIS's own settings stand over it where they say the same thing."""

    flags: Mapping[str, Any] = field(default_factory=dict)
    graduation: Graduation | None = None
    gather: Gather | None = None
    priority: int | None = None

    def graduation_of(self, renderer: Element, count: int) -> Graduation | None:
        """Return how the classes were made, if QGIS still says the same method and count."""
        found = renderer.find("classificationMethod")
        name = None if found is None else found.get("id")
        kept = self.graduation
        if kept is None or kept.count < count or METHODS[kept.method] != name:
            return None
        return kept

    def gather_elsewhere(self, dimension: int) -> Gather | None:
        """Return what QGIS could not show; what it could show, it shows no longer."""
        kept = self.gather
        if kept is None or kept.kind is Gathering.HEXAGONS or dimension != 0:
            return kept
        is_far_heat = kept.kind is Gathering.HEAT and kept.min_denominator > 0
        return kept if is_far_heat else None


def read_kept(root: Element, terms: Terms) -> Kept:
    """Return what was kept of a style of this table; nothing if anything of it is odd."""
    text = read_map(root.find("customproperties")).get(KEPT, "")
    try:
        kept = json.loads(text[:_MOST_CHARACTERS])
        if kept["table"] != terms.table.name:
            return Kept(terms.nature)
        return Kept(
            _flags(kept), _graduation(kept), _gather(kept, terms), _whole(kept.get("priority"))
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return Kept(terms.nature)


def _flags(kept: dict[str, Any]) -> dict[str, Any]:
    flags: dict[str, Any] = {name: kept[name] is True for name in ("is_border", "is_overlapping")}
    if "marker_max_denominator" in kept:
        flags["marker_max_denominator"] = _positive(kept["marker_max_denominator"])
    return flags


def _graduation(kept: dict[str, Any]) -> Graduation | None:
    entry = kept["graduation"]
    if entry is None:
        return None
    palette = str(entry["palette"])
    is_reversed = entry["is_reversed"] is True
    return Graduation(Method(entry["method"]), _whole(entry["count"]) or 1, palette, is_reversed)


def _gather(kept: dict[str, Any], terms: Terms) -> Gather | None:
    entry = kept["gather"]
    if entry is None:
        return None
    name = entry["field"]
    numbers = {key: _positive(entry[key]) for key in _NUMBERS}
    return Gather(
        Gathering(entry["kind"]),
        field=name if name in terms.table.field_names else None,
        palette=str(entry["palette"]),
        **numbers,
    )


def _positive(value: Any) -> float:
    number = float(value)
    if not (math.isfinite(number) and number >= 0):
        raise ValueError(value)
    return number


def _whole(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not 0 <= value <= 1000:
        raise ValueError(value)
    return value
