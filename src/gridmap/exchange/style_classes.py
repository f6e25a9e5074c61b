"""Classes as files bring them: named, of known fields and values, one after another."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from gridmap.exchange import style_texts as texts
from gridmap.exchange.qml_expressions import expression_of
from gridmap.exchange.style_rules import (
    All,
    Node,
    Rule,
    Unsayable,
    alternatives,
    are_disjoint,
    merged,
    unequal,
    without_negations,
)
from gridmap.exchange.style_terms import MOST_CLASSES, Losses, Terms, class_names
from gridmap.exchange.style_xml import refusal
from gridmap.model.style import Condition, StyleClass, Symbol


def ensure_field(name: str, terms: Terms, path: Path) -> str:
    """Return the table's name of the field by which a file makes classes.

    Raises:
        InputError: the table has no such field.
    """
    found = terms.find_field(name)
    if found is None:
        known = ", ".join(terms.table.field_names)
        table = terms.table.name
        raise refusal(path, texts.unknown_class_field(path.name, name[:60], table, known))
    return found.name


def named(class_: StyleClass, label: str, by: str | None, terms: Terms) -> StyleClass:
    """Return the class with the names that a file's legend gives it."""
    zh, en = class_names(label.strip(), class_.value, terms.choices(by))
    return replace(class_, zh=zh, en=en)


def classes_of(
    classes: Sequence[StyleClass], by: str, terms: Terms, losses: Losses
) -> tuple[StyleClass, ...]:
    """Return the classes whose values the field may have, up to as many as are reasonable."""
    kept: list[StyleClass] = []
    for class_ in classes:
        if class_.value is None:
            kept.append(_surely_named(class_, f"< {class_.below:g}"))
            continue
        value = terms.find_choice(by, class_.value)
        if value is None:
            losses.add(texts.unknown_choice(by, class_.value[:60]))
            continue
        label = class_.zh if class_.zh == class_.en else f"{class_.zh} / {class_.en}"
        kept.append(named(replace(class_, value=value), label, by, terms))
    return _limited(kept, losses)


def _surely_named(class_: StyleClass, otherwise: str) -> StyleClass:
    zh = class_.zh or class_.en or otherwise
    return replace(class_, zh=zh, en=class_.en or zh)


def _limited(classes: list[StyleClass], losses: Losses) -> tuple[StyleClass, ...]:
    if len(classes) > MOST_CLASSES:
        losses.left_out(texts.surplus_classes(len(classes), MOST_CLASSES))
    return tuple(classes[:MOST_CLASSES])


def named_rules(
    rules: Iterable[Rule], terms: Terms, losses: Losses
) -> tuple[tuple[StyleClass, ...], Symbol | None]:
    """Return the classes that rules stand for, and the symbol of what meets none of them."""
    rest: Symbol | None = None
    classes: list[StyleClass] = []
    whole: list[tuple[Condition, ...]] = []
    for rule in rules:
        if rule.node is None:
            rest = rest or rule.symbol
            continue
        node = without_negations(rule.node, whole)
        found = _alternatives(node, rule, terms, losses)
        if node == rule.node and any(_meet(where, rule, one) for where in found for one in classes):
            losses.add(texts.first_rule_only())
        whole += found
        for where in found:
            class_ = StyleClass(
                rule.symbol,
                where=where,
                min_denominator=rule.min_denominator,
                max_denominator=rule.max_denominator,
            )
            class_ = named(class_, rule.name, None, terms)
            classes.append(_surely_named(class_, expression_of(All(where)) or "*"))
        if len(classes) > MOST_CLASSES:
            break
    classes = merged(classes)
    if rest is None and classes and _takes_the_rest(classes[-1], classes[:-1]):
        rest = classes.pop().symbol
    return _limited(classes, losses), rest


def _meet(where: tuple[Condition, ...], rule: Rule, earlier: StyleClass) -> bool:
    """Return whether a row may meet both at some scale."""
    low = max(rule.min_denominator, earlier.min_denominator)
    high = min(rule.max_denominator, earlier.max_denominator)
    return low < high and not are_disjoint(where, earlier.where)


def _takes_the_rest(last: StyleClass, others: Sequence[StyleClass]) -> bool:
    """Return whether at every scale the last class takes what is left, or nothing is left."""
    if last.where:
        return False
    whole = [other for other in others if not other.where]
    is_nearer = last.min_denominator == 0 or any(
        one.min_denominator == 0 and one.max_denominator >= last.min_denominator for one in whole
    )
    is_farther = last.max_denominator == math.inf or any(
        one.max_denominator == math.inf and one.min_denominator <= last.max_denominator
        for one in whole
    )
    return is_nearer and is_farther


def _alternatives(
    node: Node, rule: Rule, terms: Terms, losses: Losses
) -> list[tuple[Condition, ...]]:
    try:
        found = alternatives(node)
    except Unsayable:
        losses.left_out(texts.rule(rule.name[:60]))
        return []
    for condition in unequal(node):
        losses.add(texts.not_takes_missing(condition.field, str(condition.value)[:60]))
    kept = []
    for where in found:
        known = [_known(condition, terms) for condition in where]
        unknown = [c.field for c, one in zip(where, known, strict=True) if one is None]
        for name in unknown:
            losses.add(texts.unknown_field(name[:60], terms.table.name, texts.the_rule()))
        if not unknown:
            kept.append(tuple(one for one in known if one is not None))
    return kept


def _known(condition: Condition, terms: Terms) -> Condition | None:
    """Return the condition with the table's own name of its field and of the choice it asks for."""
    found = terms.find_field(condition.field)
    if found is None:
        return None
    value = condition.value
    if isinstance(value, str) and found.choices:
        value = terms.find_choice(found.name, value) or value
    return replace(condition, field=found.name, value=value)
