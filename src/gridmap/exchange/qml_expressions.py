"""Expressions of QGIS: filters of rules read and written as far as conditions can say them."""

import math
import re
from collections.abc import Callable

from gridmap.exchange.style_rules import ANY_TEXT, All, Either, Node, Not, Unsayable, simplified
from gridmap.exchange.style_terms import plain
from gridmap.model.schema import Kind
from gridmap.model.style import Comparison, Condition

_MOST_TOKENS = 4000
_DEEPEST = 50
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<field>"(?:[^"]|"")*")
      | (?P<text>'(?:[^'\\]|''|\\.)*')
      | (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
      | (?P<word>[^\W\d]\w*)
      | (?P<sign><>|!=|<=|>=|[<>=(),])
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"''|\\(.)", re.DOTALL)
_NUMBERS = (Kind.INTEGER, Kind.REAL)
_KEYWORDS = frozenset({"AND", "OR", "NOT", "IS", "NULL", "IN", "LIKE", "BETWEEN"})
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}

Token = tuple[str, str]
Value = str | float


def quoted(name: str) -> str:
    """Return a field's name as QGIS writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Value | None) -> str:
    """Return a value as QGIS writes it."""
    if isinstance(value, float | int):
        return plain(float(value))
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def expression_of(node: Node) -> str:
    """Return what QGIS calls the condition; nothing if every row meets it."""
    if isinstance(node, Not):
        return f"NOT ({expression_of(node.part)})"
    if isinstance(node, All | Either):
        word = " AND " if isinstance(node, All) else " OR "
        return word.join(
            f"({expression_of(part)})" if isinstance(part, All | Either) else expression_of(part)
            for part in node.parts
        )
    field, value = quoted(node.field), literal(node.value)
    written = {
        Comparison.IS: f"{field} = {value}",
        Comparison.IS_NOT: f"{field} IS NOT {value}",
        Comparison.BELOW: f"{field} < {value}",
        Comparison.FROM: f"{field} >= {value}",
        Comparison.HAS: f"strpos({field}, {value}) > 0",
        Comparison.MISSING: f"{field} IS NULL",
    }
    if node.comparison is Comparison.FROM and node.value == ANY_TEXT:
        return f"{field} IS NOT NULL"
    return written[node.comparison]


def read_expression(text: str, kind_of: Callable[[str], Kind]) -> Node:
    """Return what an expression of QGIS asks for; ``kind_of`` tells what a field holds.

    Raises:
        Unsayable: it asks for something that conditions cannot say.
    """
    return simplified(_Reader(_tokens(text), kind_of).whole())


def find_fields(node: Node) -> set[str]:
    """Return the names of the fields that the expression reads."""
    if isinstance(node, Condition):
        return {node.field}
    if isinstance(node, Not):
        return find_fields(node.part)
    return {name for part in node.parts for name in find_fields(part)}


def read_field(text: str) -> str | None:
    """Return the name of the field if the expression is nothing but one."""
    try:
        tokens = _tokens(text)
    except Unsayable:
        return None
    if len(tokens) != 1 or tokens[0][0] not in ("field", "word"):
        return None
    return tokens[0][1]


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    place, text = 0, text.strip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or len(tokens) >= _MOST_TOKENS:
            raise Unsayable
        place = found.end()
        kind = str(found.lastgroup)
        tokens.append(_token(kind, found[kind]))
    return tokens


def _token(kind: str, raw: str) -> Token:
    if kind == "field":
        return "field", raw[1:-1].replace('""', '"')
    if kind == "text":
        escapes = {"n": "\n", "t": "\t"}
        return "text", _ESCAPED.sub(
            lambda found: escapes.get(found[1], found[1]) if found[1] else "'", raw[1:-1]
        )
    if kind == "word" and raw.upper() in _KEYWORDS:
        return "key", raw.upper()
    return kind, raw


class _Reader:
    """Reads tokens by recursive descent."""

    def __init__(self, tokens: list[Token], kind_of: Callable[[str], Kind]) -> None:
        self._tokens = tokens
        self._kind_of = kind_of
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._either()
        if self._place != len(self._tokens):
            raise Unsayable
        return node

    def _peek(self) -> Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("end", "")

    def _next(self) -> Token:
        token = self._peek()
        self._place += 1
        return token

    def _took(self, *token: str) -> bool:
        is_it = self._peek() == token
        self._place += is_it
        return is_it

    def _expect(self, *token: str) -> None:
        if not self._took(*token):
            raise Unsayable

    def _either(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unsayable
        parts = [self._all()]
        while self._took("key", "OR"):
            parts.append(self._all())
        self._depth -= 1
        return Either(tuple(parts))

    def _all(self) -> Node:
        parts = [self._not()]
        while self._took("key", "AND"):
            parts.append(self._not())
        return All(tuple(parts))

    def _not(self) -> Node:
        is_not = False
        while self._took("key", "NOT"):
            is_not = not is_not
        node = self._bracket() if self._is_bracket() else self._comparison()
        return Not(node) if is_not else node

    def _is_bracket(self) -> bool:
        return self._peek() == ("sign", "(")

    def _bracket(self) -> Node:
        self._expect("sign", "(")
        node = self._either()
        self._expect("sign", ")")
        return node

    def _comparison(self) -> Node:
        kind, name = self._next()
        if kind == "word" and self._peek() == ("sign", "("):
            return self._function(name.lower())
        if kind in ("text", "number"):
            return self._flipped(_value(kind, name))
        if kind not in ("field", "word"):
            raise Unsayable
        if self._took("key", "IS"):
            return self._is(name)
        is_not = self._took("key", "NOT")
        if self._took("key", "IN"):
            node: Node = self._in(name)
        elif self._took("key", "LIKE"):
            node = _like(name, self._literal())
        elif self._took("key", "BETWEEN"):
            low = self._literal()
            self._expect("key", "AND")
            node = All((self._compared(name, ">=", low),
                        self._compared(name, "<=", self._literal())))  # fmt: skip
        else:
            sign, value = self._next(), self._literal()
            node = self._compared(name, sign[1] if sign[0] == "sign" else "", value)
        return Not(node) if is_not else node

    def _flipped(self, value: Value) -> Node:
        sign = self._next()[1]
        kind, name = self._next()
        if kind not in ("field", "word"):
            raise Unsayable
        return self._compared(name, _FLIPPED.get(sign, sign), value)

    def _function(self, name: str) -> Node:
        self._expect("sign", "(")
        kind, field = self._next()
        if name != "strpos" or kind not in ("field", "word"):
            raise Unsayable
        self._expect("sign", ",")
        value = self._literal()
        for token in (("sign", ")"), ("sign", ">"), ("number", "0")):
            self._expect(*token)
        return Condition(field, Comparison.HAS, str(value))

    def _is(self, name: str) -> Node:
        is_not = self._took("key", "NOT")
        if self._took("key", "NULL"):
            missing = Condition(name, Comparison.MISSING)
            return Not(missing) if is_not else missing
        comparison = Comparison.IS_NOT if is_not else Comparison.IS
        return Condition(name, comparison, self._literal())

    def _in(self, name: str) -> Node:
        self._expect("sign", "(")
        values = [self._literal()]
        while self._took("sign", ","):
            values.append(self._literal())
        self._expect("sign", ")")
        return Either(tuple(Condition(name, Comparison.IS, value) for value in values))

    def _literal(self) -> Value:
        kind, raw = self._next()
        if kind == "word" and raw.lower() in ("true", "false"):
            return float(raw.lower() == "true")
        if kind not in ("text", "number"):
            raise Unsayable
        return _value(kind, raw)

    def _compared(self, name: str, sign: str, value: Value) -> Node:
        return compared(name, sign, value, self._kind_of(name))


def _value(kind: str, raw: str) -> Value:
    return float(raw) if kind == "number" else raw


def _like(name: str, pattern: Value) -> Node:
    pattern = str(pattern)
    inner = pattern.strip("%")
    if not inner or any(sign in inner for sign in "%_\\"):
        raise Unsayable
    if pattern == inner:
        return Condition(name, Comparison.IS, inner)
    if not (pattern.startswith("%") and pattern.endswith("%")):
        raise Unsayable
    return Condition(name, Comparison.HAS, inner)


def compared(name: str, sign: str, value: Value, kind: Kind) -> Node:
    """Return a comparison as conditions know it: "up to" becomes "below the next number".

    Raises:
        Unsayable: the sign is none, or asks for texts up to one.
    """
    if kind in _NUMBERS:
        value = _number(value)
    if sign == "=":
        return Condition(name, Comparison.IS, value)
    if sign in ("<>", "!="):
        return Not(Condition(name, Comparison.IS, value))
    if sign in ("<", ">="):
        return Condition(name, Comparison.BELOW if sign == "<" else Comparison.FROM, value)
    if sign not in _FLIPPED:
        raise Unsayable
    bound = _number(value)
    next_one = math.floor(bound) + 1.0 if kind is Kind.INTEGER else math.nextafter(bound, math.inf)
    comparison = Comparison.BELOW if sign == "<=" else Comparison.FROM
    return Condition(name, comparison, next_one)


def _number(value: Value) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise Unsayable from error
    if not math.isfinite(number):
        raise Unsayable
    return number
