"""Rules of styles as expressions over fields: their opposites, alternatives and order.

Here a row belongs to the first class that it meets. QGIS and SLD draw a row by every rule that it
meets. Going out, a rule therefore also says that none of the earlier ones holds; coming in, what
says only that is taken away again.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gridmap.model.style import Comparison, Condition, Style, StyleClass, Symbol

ANY_TEXT = ""
"""No text comes before it, so what is from here on is whatever is not missing."""
_MOST_ALTERNATIVES = 64
_NUMBERS = (Comparison.BELOW, Comparison.FROM)


@dataclass(frozen=True)
class Not:
    """The part is known to be false; a missing value makes nothing known."""

    part: "Node"


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """At least one part holds."""

    parts: tuple["Node", ...]


Node = Condition | Not | All | Either


class Unsayable(Exception):
    """An expression that no conditions can stand for."""


@dataclass(frozen=True)
class Rule:
    """One rule of QGIS or SLD; without a node it is for what met no other rule."""

    node: Node | None
    symbol: Symbol
    name: str = ""
    min_denominator: float = 0.0
    max_denominator: float = math.inf


# --- expressions --------------------------------------------------------------------------------


def simplified(node: Node) -> Node:
    """Return the same expression without nested or lone brackets, doubled ``Not`` and detours."""
    if isinstance(node, Condition):
        return node
    if isinstance(node, Not):
        part = simplified(node.part)
        return part.part if isinstance(part, Not) else Not(part)
    kind = type(node)
    flat: list[Node] = []
    for part in map(simplified, node.parts):
        flat += part.parts if isinstance(part, kind) else [part]
    flat = list(dict.fromkeys(flat))
    if kind is Either:
        flat = _with_is_not(flat)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _with_is_not(parts: list[Node]) -> list[Node]:
    """Write "not equal, or missing" as ``IS_NOT``, which means both."""
    unequal = {
        part.part.field: part.part
        for part in parts
        if isinstance(part, Not)
        and isinstance(part.part, Condition)
        and part.part.comparison is Comparison.IS
    }
    both = {
        part.field
        for part in parts
        if isinstance(part, Condition)
        and part.comparison is Comparison.MISSING
        and part.field in unequal
    }
    result: list[Node] = []
    for part in parts:
        if isinstance(part, Not) and isinstance(part.part, Condition) and part.part.field in both:
            result.append(replace(part.part, comparison=Comparison.IS_NOT))
        elif not (isinstance(part, Condition) and part.comparison is Comparison.MISSING
                  and part.field in both):  # fmt: skip
            result.append(part)
    return result


def conjunction(where: Sequence[Condition]) -> Node:
    """Return that all of the conditions hold."""
    return simplified(All(tuple(where)))


def negation(where: Sequence[Condition]) -> Node:
    """Return that not all of the conditions hold; a missing value is a reason not to."""
    return simplified(Either(tuple(_opposite(condition) for condition in where)))


def _opposite(condition: Condition) -> Node:
    field, comparison, value = condition.field, condition.comparison, condition.value
    missing = Condition(field, Comparison.MISSING)
    if comparison is Comparison.IS:
        return Condition(field, Comparison.IS_NOT, value)
    if comparison is Comparison.IS_NOT:
        return Condition(field, Comparison.IS, value)
    if comparison is Comparison.BELOW:
        return Either((Condition(field, Comparison.FROM, value), missing))
    if comparison is Comparison.FROM:
        return Either((Condition(field, Comparison.BELOW, value), missing))
    if comparison is Comparison.HAS:
        return Either((Not(condition), missing))
    return Not(missing)


def alternatives(node: Node) -> list[tuple[Condition, ...]]:
    """Return conditions of which one group must hold as a whole.

    Raises:
        Unsayable: conditions cannot say it, or there would be too many groups.
    """
    if isinstance(node, Condition):
        return [(node,)]
    if isinstance(node, Not):
        return alternatives(_pushed(node.part))
    if isinstance(node, Either):
        groups = [group for part in node.parts for group in alternatives(part)]
    else:
        groups = [()]
        for part in node.parts:
            more = alternatives(part)
            if len(groups) * len(more) > _MOST_ALTERNATIVES:
                raise Unsayable
            groups = [tuple(dict.fromkeys((*one, *other))) for one in groups for other in more]
    if len(groups) > _MOST_ALTERNATIVES:
        raise Unsayable
    return groups


def _pushed(part: Node) -> Node:
    """Return what says that ``part`` is known to be false."""
    if isinstance(part, Not):
        return part.part
    if isinstance(part, All):
        return Either(tuple(Not(inner) for inner in part.parts))
    if isinstance(part, Either):
        return All(tuple(Not(inner) for inner in part.parts))
    opposites = {
        Comparison.IS: Comparison.IS_NOT,
        Comparison.IS_NOT: Comparison.IS,
        Comparison.BELOW: Comparison.FROM,
        Comparison.FROM: Comparison.BELOW,
    }
    if part.comparison is Comparison.MISSING:
        return Condition(part.field, Comparison.FROM, ANY_TEXT)
    if part.comparison not in opposites:
        raise Unsayable
    return replace(part, comparison=opposites[part.comparison])


def unequal(node: Node) -> Iterator[Condition]:
    """Yield each "is not" that leaves out missing values, as conditions here do not."""
    if isinstance(node, Not) and isinstance(node.part, Condition):
        if node.part.comparison is Comparison.IS:
            yield node.part
    elif isinstance(node, Not):
        yield from unequal(node.part)
    elif isinstance(node, All | Either):
        for part in node.parts:
            yield from unequal(part)


def are_disjoint(one: Sequence[Condition], other: Sequence[Condition]) -> bool:
    """Return whether no row can meet both."""
    return any(_exclude(a, b) or _exclude(b, a) for a in one for b in other if a.field == b.field)


def _exclude(a: Condition, b: Condition) -> bool:
    if a.comparison is Comparison.IS:
        if b.comparison is Comparison.IS:
            return str(a.value) != str(b.value)
        return b.comparison is Comparison.IS_NOT and str(a.value) == str(b.value)
    if a.comparison is Comparison.BELOW:
        return b.comparison is Comparison.FROM and _is_at_least(b.value, a.value)
    if a.comparison is Comparison.MISSING:
        return b.comparison not in (Comparison.MISSING, Comparison.IS_NOT)
    return False


def _is_at_least(one: str | float | None, other: str | float | None) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one >= other
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return False
    return one >= other


# --- out: classes to rules that exclude one another --------------------------------------------


def rules_of(style: Style, names: Sequence[str], rest: str, *, is_else_known: bool) -> list[Rule]:
    """Return a rule for each class, none of which meets what an earlier one meets, and the rest.

    ``names`` are those of the classes, ``rest`` that of the others. Where nobody knows "else", the
    rest says that no class is met.
    """
    wheres = list(_wheres(style))
    rules: list[Rule] = []
    for number, class_ in enumerate(style.classes):
        earlier = [
            (wheres[n], style.classes[n])
            for n in range(number)
            if not are_disjoint(wheres[n], wheres[number])
        ]
        rules += _exclusive(class_, names[number], conjunction(wheres[number]), earlier)
    if is_else_known or not style.classes:
        return [*rules, Rule(None, style.symbol, rest)]
    everything = StyleClass(style.symbol)
    all_classes = list(zip(wheres, style.classes, strict=True))
    return [*rules, *_exclusive(everything, rest, All(()), all_classes)]


def _exclusive(
    class_: StyleClass,
    name: str,
    node: Node,
    earlier: Sequence[tuple[tuple[Condition, ...], StyleClass]],
) -> Iterator[Rule]:
    """Yield the rules of a class for each stretch of scale, without what meets an earlier one."""
    for low, high in _stretches(class_, [other for _where, other in earlier]):
        used = [
            where
            for where, other in earlier
            if other.min_denominator <= low and high <= other.max_denominator
        ]
        if () in used:
            continue  # an earlier class takes every row here
        whole = simplified(All((node, *map(negation, used))))
        yield Rule(whole, class_.symbol, name, low, high)


def _wheres(style: Style) -> Iterator[tuple[Condition, ...]]:
    low: float | None = None
    for class_ in style.classes:
        own: list[Condition] = []
        if style.by and class_.value is not None:
            own.append(Condition(style.by, Comparison.IS, class_.value))
        elif style.by and class_.below is not None:
            if low is not None:
                own.append(Condition(style.by, Comparison.FROM, low))
            own.append(Condition(style.by, Comparison.BELOW, class_.below))
            low = class_.below if not style.is_ruled else None
        yield (*own, *class_.where)


def _stretches(class_: StyleClass, others: Sequence[StyleClass]) -> Iterator[tuple[float, float]]:
    """Yield stretches of scale inside of which no other class begins or ends to be used."""
    low, high = class_.min_denominator, class_.max_denominator
    bounds = {bound for o in others for bound in (o.min_denominator, o.max_denominator)}
    yield from pairwise([low, *sorted(b for b in bounds if low < b < high), high])


# --- in: rules to classes -----------------------------------------------------------------------


def merged(classes: Iterable[StyleClass]) -> list[StyleClass]:
    """Join classes that differ in nothing but scale, where one ends as the next begins."""
    result: list[StyleClass] = []
    for class_ in classes:
        last = result[-1] if result else None
        if (
            last is not None
            and last.max_denominator == class_.min_denominator
            and replace(last, max_denominator=class_.max_denominator)
            == replace(class_, min_denominator=last.min_denominator)
        ):
            result[-1] = replace(last, max_denominator=class_.max_denominator)
        else:
            result.append(class_)
    return result


def without_negations(node: Node, earlier: Iterable[Sequence[Condition]]) -> Node:
    """Return the expression without those parts that only say that an earlier class is not met."""
    spoken = {negation(where) for where in earlier if where}
    # a negation of several conditions stands as one part, that of one condition as its own
    kept = tuple(
        part for part in (node.parts if isinstance(node, All) else (node,)) if part not in spoken
    )
    return simplified(All(kept)) if len(kept) != 1 else kept[0]


def by_of(classes: Sequence[StyleClass]) -> tuple[str, list[StyleClass]] | None:
    """Return the field and the classes by it, where all rules ask for its value or its range."""
    if not classes or any(
        c.min_denominator or c.max_denominator != math.inf or not c.where for c in classes
    ):
        return None
    fields = {condition.field for class_ in classes for condition in class_.where}
    if len(fields) != 1:
        return None
    (field,) = fields
    if all([c.comparison for c in class_.where] == [Comparison.IS] for class_ in classes):
        return field, [replace(c, where=(), value=_word(c.where[0].value)) for c in classes]
    ranges = [_range(class_.where) for class_ in classes]
    if any(one is None for one in ranges):
        return None
    order = sorted(range(len(classes)), key=lambda n: (ranges[n] or (0, 0))[1])
    rising = [ranges[n] or (0.0, 0.0) for n in order]
    if any(low[1] != high[0] for low, high in pairwise(rising)):
        return None
    return field, [replace(classes[n], where=(), below=(ranges[n] or (0, 0))[1]) for n in order]


def _word(value: str | float | None) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def _range(where: Sequence[Condition]) -> tuple[float, float] | None:
    """Return from where to where (exclusive) the numbers reach; None if it is no such range."""
    low, high = -math.inf, None
    for condition in where:
        if condition.comparison not in _NUMBERS or not isinstance(condition.value, int | float):
            return None
        if condition.comparison is Comparison.BELOW:
            high = float(condition.value)
        else:
            low = float(condition.value)
    return None if high is None else (low, high)
