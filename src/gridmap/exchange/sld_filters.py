"""Filters of SLD rules (OGC Filter Encoding), read and written as far as conditions say them."""

from collections.abc import Callable

from gridmap.exchange.qml_expressions import compared
from gridmap.exchange.style_rules import ANY_TEXT, All, Either, Node, Not, Unsayable, simplified
from gridmap.exchange.style_terms import plain
from gridmap.exchange.style_xml import Element, child
from gridmap.model.schema import Kind
from gridmap.model.style import Comparison, Condition

_MANY, _ONE, _ESCAPE = "*", "?", "!"
_SIGNS = {
    "PropertyIsEqualTo": "=",
    "PropertyIsNotEqualTo": "<>",
    "PropertyIsLessThan": "<",
    "PropertyIsLessThanOrEqualTo": "<=",
    "PropertyIsGreaterThan": ">",
    "PropertyIsGreaterThanOrEqualTo": ">=",
}
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_NAMES = {
    Comparison.IS: "PropertyIsEqualTo",
    Comparison.IS_NOT: "PropertyIsNotEqualTo",
    Comparison.BELOW: "PropertyIsLessThan",
    Comparison.FROM: "PropertyIsGreaterThanOrEqualTo",
}
_FIELDS = ("PropertyName", "ValueReference")
_DEEPEST = 50


# --- writing ------------------------------------------------------------------------------------


def write_filter(parent: Element, node: Node) -> None:
    """Append what a rule asks for."""
    if isinstance(node, Not):
        write_filter(child(parent, "ogc:Not"), node.part)
    elif isinstance(node, All | Either):
        inner = child(parent, "ogc:And" if isinstance(node, All) else "ogc:Or")
        for part in node.parts:
            write_filter(inner, part)
    else:
        _write_condition(parent, node)


def _write_condition(parent: Element, condition: Condition) -> None:
    comparison = condition.comparison
    missing = Condition(condition.field, Comparison.MISSING)
    if comparison is Comparison.MISSING:
        child(child(parent, "ogc:PropertyIsNull"), "ogc:PropertyName", condition.field)
    elif comparison is Comparison.FROM and condition.value == ANY_TEXT:
        _write_condition(child(parent, "ogc:Not"), missing)
    elif comparison is Comparison.HAS:
        like = child(
            parent, "ogc:PropertyIsLike", wildCard=_MANY, singleChar=_ONE, escapeChar=_ESCAPE
        )
        _write_sides(like, condition.field, f"{_MANY}{_escaped(str(condition.value))}{_MANY}")
    elif comparison is Comparison.IS_NOT:
        either = child(parent, "ogc:Or")
        _write_sides(child(either, "ogc:PropertyIsNotEqualTo"), condition.field, condition.value)
        _write_condition(either, missing)
    else:
        _write_sides(child(parent, f"ogc:{_NAMES[comparison]}"), condition.field, condition.value)


def _write_sides(parent: Element, field: str, value: str | float | None) -> None:
    child(parent, "ogc:PropertyName", field)
    child(parent, "ogc:Literal", plain(value) if isinstance(value, float | int) else str(value))


def _escaped(text: str) -> str:
    return "".join(_ESCAPE + sign if sign in (_MANY, _ONE, _ESCAPE) else sign for sign in text)


# --- reading ------------------------------------------------------------------------------------


def read_filter(element: Element, kind_of: Callable[[str], Kind]) -> Node:
    """Return what a rule asks for.

    Raises:
        Unsayable: conditions cannot say it.
    """
    parts = tuple(_read(part, kind_of, 0) for part in element)
    if len(parts) != 1:
        raise Unsayable
    return simplified(parts[0])


def _read(element: Element, kind_of: Callable[[str], Kind], depth: int) -> Node:
    if depth > _DEEPEST:
        raise Unsayable
    tag = element.tag
    if tag in ("And", "Or", "Not"):
        parts = tuple(_read(part, kind_of, depth + 1) for part in element)
        if tag == "Not":
            return Not(All(parts))
        return All(parts) if tag == "And" else Either(parts)
    if tag == "PropertyIsNull":
        return Condition(_field(element), Comparison.MISSING)
    if tag == "PropertyIsLike":
        return _like(element)
    if tag == "PropertyIsBetween":
        return _between(element, kind_of)
    if tag not in _SIGNS or len(element) != 2:
        raise Unsayable
    name, sign = _field(element), _SIGNS[tag]
    if element[0].tag not in _FIELDS:
        sign = _FLIPPED.get(sign, sign)
    return compared(name, sign, _literal(element), kind_of(name))


def _field(element: Element) -> str:
    found = [part for part in element if part.tag in _FIELDS]
    if len(found) != 1 or not found[0].text:
        raise Unsayable
    return found[0].text.strip().rpartition(":")[2]


def _literal(element: Element) -> str:
    found = element.find("Literal")
    if found is None or len(found):
        raise Unsayable
    return found.text or ""


def _between(element: Element, kind_of: Callable[[str], Kind]) -> Node:
    name = _field(element)
    bounds = [element.find(tag) for tag in ("LowerBoundary", "UpperBoundary")]
    values = ["" if bound is None else _literal(bound) for bound in bounds]
    signs = (">=", "<=")
    return All(
        tuple(
            compared(name, sign, value, kind_of(name))
            for sign, value in zip(signs, values, strict=True)
        )
    )


def _like(element: Element) -> Node:
    """Return a pattern as "is" or "has", which are all that conditions know."""
    name, pattern = _field(element), _literal(element)
    many, one = element.get("wildCard", _MANY), element.get("singleChar", _ONE)
    escape = element.get("escapeChar") or element.get("escape") or _ESCAPE
    has_many: list[int] = []
    text = ""
    for sign in _signs(pattern, escape):
        if len(sign) == 2:
            text += sign[1]
        elif sign == many:
            has_many.append(len(text))
        elif sign == one:
            raise Unsayable
        else:
            text += sign
    if not text or any(place not in (0, len(text)) for place in has_many):
        raise Unsayable
    if not has_many:
        return Condition(name, Comparison.IS, text)
    if {0, len(text)} - set(has_many):
        raise Unsayable
    return Condition(name, Comparison.HAS, text)


def _signs(pattern: str, escape: str) -> list[str]:
    """Return the characters of a pattern, an escaped one with the sign before it."""
    signs: list[str] = []
    place = 0
    while place < len(pattern):
        width = 2 if pattern[place] == escape and place + 1 < len(pattern) else 1
        signs.append(pattern[place : place + width])
        place += width
    return signs
