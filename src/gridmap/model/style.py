"""How a table looks on the map: symbols, classes, labels, and at which scales they show.

Lengths are in *style pixels*, 1/96 inch, on the screen as on paper, unless their name says metres.
Colours are ``#RRGGBB`` or ``#AARRGGBB``. A scale is given by its denominator: 5000 is 1:5,000, and
a larger number is farther out.
"""

from dataclasses import dataclass
from enum import StrEnum

PIXEL_M = 0.0254 / 96
"""One style pixel in metres of paper or screen."""


class Hatch(StrEnum):
    """Lines or dots laid over a fill, so that kinds differ in black and white too."""

    NONE = "none"
    RISING = "rising"
    FALLING = "falling"
    CROSSED = "crossed"
    LEVEL = "level"
    UPRIGHT = "upright"
    CHECKED = "checked"
    DOTTED = "dotted"


class Marker(StrEnum):
    """The shape that stands for a point; each has an outline of its own."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    HOUSE = "house"
    RING = "ring"
    CROSS = "cross"
    PLUS = "plus"
    HOURGLASS = "hourglass"
    SHIELD = "shield"
    DROP = "drop"
    STAR = "star"
    HEXAGON = "hexagon"
    FLAG = "flag"


@dataclass(frozen=True)
class Symbol:
    """How one class of a table is drawn: its areas, its lines, its points."""

    fill: str | None = None
    hatch: Hatch = Hatch.NONE
    hatch_colour: str | None = None
    outline: str | None = None
    width: float = 1.0
    ground_width_m: float = 0.0
    """Lines never get narrower on the map than this is on the ground."""
    dash: tuple[float, ...] = ()
    """Lengths of dash and gap, in line widths."""
    casing: str | None = None
    casing_width: float = 0.0
    """A second line below the first one, wider by this on each side."""
    marker: Marker | None = None
    size: float = 8.0


class Comparison(StrEnum):
    """What a condition asks of a field."""

    IS = "is"
    IS_NOT = "is_not"
    BELOW = "below"
    FROM = "from"
    """At least so much: the other half of ``BELOW``."""
    HAS = "has"
    """The text holds these characters."""
    MISSING = "missing"
    """There is no value."""


@dataclass(frozen=True)
class Condition:
    """One thing that a rule asks of a row; a missing value meets ``MISSING`` and ``IS_NOT``."""

    field: str
    comparison: Comparison
    value: str | float | None = None


@dataclass(frozen=True)
class StyleClass:
    """One class: of a value of ``by``, of the numbers below a bound, or of what meets a rule.

    A row belongs to the first class that is used at the scale and that it meets.
    """

    symbol: Symbol
    value: str | None = None
    below: float | None = None
    where: tuple[Condition, ...] = ()
    """A rule: all of these hold. Classes with a rule need no ``by``."""
    min_denominator: float = 0.0
    """Nearer than this the class is not used."""
    max_denominator: float = float("inf")
    """Farther out than this the class is not used."""
    zh: str = ""
    en: str = ""

    def is_used_at(self, denominator: float) -> bool:
        """Return whether rows may belong to the class at the scale 1:``denominator``."""
        return self.min_denominator <= denominator <= self.max_denominator


class Method(StrEnum):
    """How the bounds of graduated classes are found."""

    EQUAL = "equal"
    """Steps of equal width."""
    QUANTILE = "quantile"
    """As many rows in each class."""
    NATURAL = "natural"
    """Natural breaks (Fisher and Jenks): as alike as can be inside each class."""


@dataclass(frozen=True)
class Graduation:
    """How the ``below`` classes of a style were made, so that they can be made anew."""

    method: Method
    count: int
    palette: str
    is_reversed: bool = False


@dataclass(frozen=True)
class Proportion:
    """Markers whose area grows with a number: at ``largest`` they are ``size`` wide."""

    field: str
    largest: float
    size: float = 40.0
    least_size: float = 4.0


class Gathering(StrEnum):
    """What many rows are shown as together."""

    CLUSTERS = "clusters"
    """One circle with a count for those that lie near one another on the screen."""
    HEAT = "heat"
    """A heat map: how many there are around each place."""
    HEXAGONS = "hexagons"
    """Hexagons on the ground, coloured by how many lie in each."""


@dataclass(frozen=True)
class Gather:
    """Shows rows together where the map is seen from farther off than ``min_denominator``."""

    kind: Gathering
    min_denominator: float = 0.0
    radius: float = 36.0
    """Style pixels: how near clusters gather, how far a place of a heat map reaches."""
    size_m: float = 100.0
    """Metres between two parallel sides of a hexagon."""
    field: str | None = None
    """The number that is summed up; without one, rows are counted."""
    palette: str = "heat"


@dataclass(frozen=True)
class Label:
    """What is written beside (or in) a feature, and from which scale on."""

    field: str
    max_denominator: float = 5000.0
    size: float = 11.0
    colour: str = "#333333"
    halo: str = "#E6FFFFFF"
    bold: bool = False
    priority: int = 0
    """Where labels fight for room, the higher one is written."""
    min_denominator: float = 0.0
    last: int = 0
    """Write only so many of the last characters: a cell's short code is its last three digits."""
    after: str = ""
    """Write only what follows this: of a grid's name what its community does not say."""
    spacing: float = 0.0
    """Extra room between characters, in style pixels."""


@dataclass(frozen=True)
class Style:
    """How one table is drawn."""

    table: str
    symbol: Symbol
    by: str | None = None
    classes: tuple[StyleClass, ...] = ()
    label: Label | None = None
    graduation: Graduation | None = None
    proportion: Proportion | None = None
    gather: Gather | None = None
    max_denominator: float = float("inf")
    """Farther out than this the table is not drawn."""
    min_denominator: float = 0.0
    """Nearer than this the table is not drawn."""
    marker_max_denominator: float = float("inf")
    """Farther out than this points are dots of a tint, not markers."""
    is_border: bool = False
    """Borders of neighbours are drawn once, as one line (a dashed one stays dashed)."""
    is_overlapping: bool = False
    """Areas may cover one another, so each is filled for itself."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields of the table that the style reads."""
        label = (self.label.field,) if self.label else ()
        return tuple(dict.fromkeys((*self.class_fields, *label)))

    @property
    def class_fields(self) -> tuple[str, ...]:
        """Return the fields that decide on symbols and their size; the label's is left out."""
        ruled = (condition.field for class_ in self.classes for condition in class_.where)
        sized = self.proportion.field if self.proportion else None
        gathered = self.gather.field if self.gather else None
        named = (self.by, *ruled, sized, gathered)
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def is_ruled(self) -> bool:
        """Return whether classes are told by rules or by scale, not by ``by`` alone."""
        return any(
            class_.where or class_.min_denominator or class_.max_denominator != float("inf")
            for class_ in self.classes
        )

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """Return every symbol: those of the classes in their order, last the one of the rest."""
        return (*(class_.symbol for class_ in self.classes), self.symbol)

    def is_shown_at(self, denominator: float) -> bool:
        """Return whether the table is drawn at the scale 1:``denominator``."""
        return self.min_denominator <= denominator <= self.max_denominator

    def is_gathered_at(self, denominator: float) -> bool:
        """Return whether rows are shown together at the scale 1:``denominator``."""
        return self.gather is not None and denominator >= self.gather.min_denominator

    def is_labelled_at(self, denominator: float) -> bool:
        """Return whether labels are written at the scale 1:``denominator``."""
        if self.label is None:
            return False
        return self.label.min_denominator <= denominator <= self.label.max_denominator
