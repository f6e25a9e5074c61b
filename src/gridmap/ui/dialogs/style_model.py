"""What the style dialog edits: one style, step by step, and what its layer allows; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Field, Kind, Table
from gridmap.model.style import Gather, Gathering, Label, Marker, Method, Style, StyleClass, Symbol
from gridmap.report.palettes import PaletteKind, palettes
from gridmap.report.schemes import Census, as_rules, recoloured, with_alpha
from gridmap.report.styles import shipped_style

EVERYWHERE = float("inf")
STRONG = Symbol(fill="#0072B2", outline="#FFFFFF", marker=Marker.CIRCLE)
_STEPS_KEPT = 200


class Display(StrEnum):
    """How the rows of a layer are told apart."""

    SINGLE = "single"
    CLASSES = "classes"
    GRADUATED = "graduated"
    RULES = "rules"


class Presence(StrEnum):
    """How points appear: each for itself, or many together."""

    PLAIN = "plain"
    PROPORTIONAL = "proportional"
    CLUSTERS = "clusters"
    HEAT = "heat"
    HEXAGONS = "hexagons"


class Facts(Protocol):
    """What the dialog asks about the rows; answers come later, in the interface thread."""

    def ask_values(self, field: str, then: Callable[[Census], None]) -> None:
        """Ask for the values of a field with their counts."""

    def ask_bounds(
        self, field: str, method: Method, count: int, then: Callable[[tuple[float, ...]], None]
    ) -> None:
        """Ask for the upper bounds of classes of numbers; none where there is no number."""

    def ask_range(self, field: str, then: Callable[[tuple[float, float] | None], None]) -> None:
        """Ask for the least and the largest number of a field."""

    def denominator(self) -> float:
        """Return the scale at which the map is seen now."""


@dataclass(frozen=True)
class Options:
    """What makes sense for a layer: by its geometry and by its fields."""

    table: Table
    has_areas: bool
    has_lines: bool
    has_points: bool
    class_fields: tuple[Field, ...]
    number_fields: tuple[Field, ...]
    rule_fields: tuple[Field, ...]
    label_fields: tuple[Field, ...]

    @property
    def is_only_points(self) -> bool:
        """Return whether the layer has neither areas nor lines."""
        return not (self.has_areas or self.has_lines)


def options_of(table: str) -> Options:
    """Return what makes sense for the layer of ``table``."""
    described = TABLE_BY_NAME[table]
    dimension = described.geometry.dimension if described.geometry else None
    plain = tuple(each for each in described.fields if each.refers_to is None)
    chosen = [each for each in plain if each.choices or each.kind is Kind.YES_NO]
    others = [
        each
        for each in plain
        if each not in chosen and each.kind in (Kind.TEXT, Kind.CODE, Kind.INTEGER)
    ]
    return Options(
        described,
        has_areas=dimension in (2, None),
        has_lines=dimension in (1, None),
        has_points=dimension in (0, None),
        class_fields=(*chosen, *others),
        number_fields=tuple(sorted(filter(is_number, plain), key=_is_year)),
        rule_fields=(*chosen, *(each for each in plain if each not in chosen)),
        label_fields=tuple(each for each in plain if each.kind is not Kind.YES_NO),
    )


def _is_year(described: Field) -> bool:
    """Return whether a number says when, not how much: amounts are offered first."""
    return described.name.endswith("_year")


def is_number(described: Field) -> bool:
    """Return whether a field holds amounts that can be graded."""
    return described.kind in (Kind.INTEGER, Kind.REAL)


def display_of(style: Style) -> Display:
    """Return how a style tells rows apart."""
    if style.is_ruled:
        return Display.RULES
    if style.graduation is not None or any(each.below is not None for each in style.classes):
        return Display.GRADUATED
    return Display.CLASSES if style.by is not None and style.classes else Display.SINGLE


def presence_of(style: Style) -> Presence:
    """Return how a style shows points."""
    if style.gather is not None:
        return Presence(style.gather.kind.value)
    return Presence.PLAIN if style.proportion is None else Presence.PROPORTIONAL


def palette_of(style: Style, kinds: Sequence[PaletteKind]) -> str | None:
    """Return the palette in which the classes are coloured, None where it is none of these."""
    offered = [each for each in palettes().values() if each.kind in kinds]
    if style.graduation is not None and style.graduation.palette in {one.name for one in offered}:
        return style.graduation.palette
    for palette in offered:
        colours = palette.sampled(len(style.classes))
        painted = recoloured(style, colours, is_copier_safe=False).classes
        if painted and all(
            (ours.symbol.fill, ours.symbol.outline) == (theirs.symbol.fill, theirs.symbol.outline)
            for ours, theirs in zip(painted, style.classes, strict=True)
        ):
            return palette.name
    return None if style.classes else offered[0].name


def is_copier_safe(style: Style) -> bool:
    """Return whether classes differ by more than their colours."""
    looks = {(each.symbol.hatch, each.symbol.marker, each.symbol.dash) for each in style.classes}
    return len(looks) > 1


# --- one change each: a style in, a style out


def with_opacity(symbol: Symbol, alpha: str) -> Symbol:
    """Return a symbol whose fill has another opacity (two hex digits)."""
    fill = None if symbol.fill is None else with_alpha(symbol.fill, alpha)
    return replace(symbol, fill=fill)


def with_symbol(style: Style, place: int, symbol: Symbol) -> Style:
    """Return the style with another symbol at ``place`` of ``style.symbols``."""
    if place >= len(style.classes):
        return replace(style, symbol=symbol)
    return with_class(style, place, replace(style.classes[place], symbol=symbol))


def with_class(style: Style, place: int, class_: StyleClass) -> Style:
    """Return the style with another class at ``place``."""
    classes = list(style.classes)
    classes[place] = class_
    return replace(style, classes=tuple(classes))


def without_class(style: Style, place: int) -> Style:
    """Return the style without the class at ``place``; its rows join the rest."""
    kept = style.classes[:place] + style.classes[place + 1 :]
    return replace(style, classes=kept)


def with_moved(style: Style, place: int, to: int) -> Style:
    """Return the style with the class at ``place`` moved to ``to``: the first that fits counts."""
    classes = list(style.classes)
    classes.insert(to, classes.pop(place))
    return replace(style, classes=tuple(classes))


def with_name(style: Style, place: int, text: str, *, is_english: bool) -> Style:
    """Return the style with a class called otherwise; the other language follows if it agreed."""
    held = style.classes[place]
    own, other = (held.en, held.zh) if is_english else (held.zh, held.en)
    other = text if other in ("", own) else other
    zh, en = (other, text) if is_english else (text, other)
    return with_class(style, place, replace(held, zh=zh, en=en))


def with_presence(style: Style, presence: Presence) -> Style:
    """Return the style with points shown in another way; a proportion is set by its numbers."""
    if presence in (Presence.PLAIN, Presence.PROPORTIONAL):
        held = style.proportion if presence is Presence.PROPORTIONAL else None
        limit = style.max_denominator
        if style.gather is not None and limit == float("inf"):  # it was lifted below
            limit = shipped_style(style.table).max_denominator
        return replace(style, gather=None, proportion=held, max_denominator=limit)
    kind = Gathering(presence.value)
    gather = style.gather or Gather(kind)
    # far out is where rows are gathered: a limit for single ones would hide them there
    gathered = replace(gather, kind=kind)
    return replace(style, proportion=None, gather=gathered, max_denominator=float("inf"))


def with_strong_symbols(style: Style) -> Style:
    """Return the style with symbols that are seen as circles, where they were of areas or lines.

    A pale yard is seen because it is large; a pale circle is not.
    """
    if options_of(style.table).is_only_points:
        return style
    kinds = next(each for each in palettes().values() if each.kind == "qualitative")
    strong = replace(style, symbol=STRONG)
    return recoloured(strong, kinds.sampled(len(style.classes) or 1), is_copier_safe=False)


def with_label(style: Style, label: Label | None) -> Style:
    """Return the style with other labels, or none."""
    return replace(style, label=label)


def first_label(style: Style) -> Label | None:
    """Return labels to begin with: of the field that names the rows."""
    options = options_of(style.table)
    named = options.table.label or next((each.name for each in options.label_fields), None)
    return None if named is None else Label(named)


# --- the editor


@dataclass(frozen=True)
class Step:
    """One state of the dialog to which undoing leads back."""

    style: Style
    display: Display
    place: int


@dataclass
class StyleEditor:
    """One style while it is edited: every change is a step that can be taken back.

    ``place`` is the chosen symbol in ``style.symbols``. ``changed`` is called after each step.
    """

    style: Style
    changed: Callable[[], None] = lambda: None
    display: Display = Display.SINGLE
    place: int = 0
    is_unmade: bool = False
    """Whether a way was chosen whose classes are still asked for: not worth showing yet."""
    _past: list[Step] = field(default_factory=list)
    _future: list[Step] = field(default_factory=list)
    _kept: dict[Display, Style] = field(default_factory=dict)
    _key: str = ""

    def __post_init__(self) -> None:
        self.saved = self.style
        self.options = options_of(self.style.table)
        self.display = display_of(self.style)
        self.place = self._place_within(0)

    @property
    def is_changed(self) -> bool:
        """Return whether the style differs from the one that was saved last."""
        return self.style != self.saved

    @property
    def can_undo(self) -> bool:
        """Return whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Return whether a step was taken back that can be made again."""
        return bool(self._future)

    @property
    def symbol(self) -> Symbol:
        """Return the chosen symbol."""
        return self.style.symbols[self.place]

    @property
    def class_(self) -> StyleClass | None:
        """Return the chosen class, None where the rest is chosen."""
        is_rest = self.place >= len(self.style.classes)
        return None if is_rest else self.style.classes[self.place]

    def change(self, style: Style, key: str = "", *, place: int | None = None) -> None:
        """Make a step; steps in a row with the same ``key`` (a slider's) are one."""
        if style == self.style and place in (None, self.place):
            return
        if not key or key != self._key:
            self._remember()
        self._key = key
        self.is_unmade = False
        self.style = style
        self.place = self._place_within(self.place if place is None else place)
        self._future.clear()
        self.changed()

    def change_symbol(self, symbol: Symbol, key: str = "") -> None:
        """Make a step that changes the chosen symbol."""
        self.change(with_symbol(self.style, self.place, symbol), key and f"{key}.{self.place}")

    def choose(self, place: int) -> None:
        """Choose a symbol; this is no step."""
        self.place = self._place_within(place)
        self._key = ""
        self.changed()

    def choose_display(self, display: Display) -> bool:
        """Tell rows apart in another way; return whether its classes are still to be made.

        What was set up for a way is kept, so that looking at another one loses nothing.
        """
        if display is self.display:
            return False
        self._kept[self.display] = self.style
        self._remember()
        held = self._kept.get(display)
        self.style = self._converted(display) if held is None else _told_apart_as(self.style, held)
        self.display = display
        self.place = self._place_within(0)
        self._key = ""
        self._future.clear()
        self.is_unmade = display is not Display.SINGLE and not self.style.classes
        self.changed()
        return self.is_unmade

    def undo(self) -> bool:
        """Take the last step back; return whether there was one."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Make the step again that was taken back last; return whether there was one."""
        return self._travel(self._future, self._past)

    def replace_all(self, style: Style) -> None:
        """Make a step to quite another style: an imported one, the shipped one."""
        self._remember()
        self._kept.clear()
        self.is_unmade = False
        self.style = style
        self.display = display_of(style)
        self.place = self._place_within(0)
        self._key = ""
        self._future.clear()
        self.changed()

    def _converted(self, display: Display) -> Style:
        if display is Display.RULES:
            return as_rules(self.style)
        return replace(self.style, by=None, classes=(), graduation=None)

    def _place_within(self, place: int) -> int:
        return min(max(place, 0), len(self.style.classes))

    def _remember(self) -> None:
        self._past.append(self._step())
        del self._past[:-_STEPS_KEPT]

    def _step(self) -> Step:
        return Step(self.style, self.display, self.place)

    def _travel(self, source: list[Step], target: list[Step]) -> bool:
        if not source:
            return False
        target.append(self._step())
        step = source.pop()
        self.is_unmade = False
        self.style, self.display, self.place = step.style, step.display, step.place
        self._key = ""
        self.changed()
        return True


def _told_apart_as(style: Style, other: Style) -> Style:
    """Return ``style`` with the classes of ``other``."""
    return replace(
        style,
        symbol=other.symbol,
        by=other.by,
        classes=other.classes,
        graduation=other.graduation,
    )
