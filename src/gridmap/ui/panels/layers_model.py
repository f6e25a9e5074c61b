"""The layers as a list of entries: titles, legends, counts; no widgets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Geometry
from gridmap.model.style import Style, Symbol
from gridmap.report.legend import Entry, style_entries
from gridmap.ui.memory import LayerMemory

_HIGHEST = 16.0
"""Style pixels: a marker in a line of the tree."""


@dataclass(frozen=True)
class LegendLine:
    """One line below a layer: what it means, how it looks, and which symbol of the style it is."""

    entry: Entry
    place: int
    """The place in ``style.symbols``, -1 for what is none of them."""


@dataclass
class LayerEntry:
    """One layer of the list."""

    table: str
    title: str
    symbol: Symbol
    geometry: Geometry | None
    legend: tuple[LegendLine, ...]
    style: Style
    is_visible: bool = True
    opacity: float = 1.0
    count: int | None = None


@dataclass
class LayerList:
    """The layers, uppermost first, as people see them."""

    entries: list[LayerEntry] = field(default_factory=list)

    @property
    def painting_order(self) -> tuple[str, ...]:
        """Return the tables, undermost first, as they are painted."""
        return tuple(entry.table for entry in reversed(self.entries))

    def find(self, table: str) -> int | None:
        """Return at which place a table stands."""
        for place, entry in enumerate(self.entries):
            if entry.table == table:
                return place
        return None

    def move(self, place: int, to: int) -> bool:
        """Move the layer at ``place`` so that it stands at ``to``; False where it cannot."""
        if not (0 <= place < len(self.entries) and 0 <= to < len(self.entries)) or place == to:
            return False
        self.entries.insert(to, self.entries.pop(place))
        return True

    def is_shown(self, entry: LayerEntry, denominator: float) -> bool:
        """Return whether a layer can be seen at a scale."""
        return entry.is_visible and entry.style.is_shown_at(denominator)

    def note_style(self, style: Style, language: Language) -> LayerEntry | None:
        """Note that a layer is drawn otherwise; return it, None where there is no such layer."""
        place = self.find(style.table)
        if place is None:
            return None
        entry = self.entries[place]
        entry.style, entry.symbol = style, style.symbol
        entry.legend = legend_of(style, language)
        return entry

    def note_counts(self, counts: Mapping[str, int]) -> None:
        """Note how many rows some tables have."""
        for entry in self.entries:
            entry.count = counts.get(entry.table, entry.count)

    def memory(self) -> LayerMemory:
        """Return what is to be remembered."""
        return LayerMemory(
            self.painting_order,
            frozenset(entry.table for entry in self.entries if not entry.is_visible),
            {entry.table: entry.opacity for entry in self.entries if entry.opacity < 1},
        )


def make_layer_list(styles: Iterable[Style], memory: LayerMemory, language: Language) -> LayerList:
    """Return the layers of some styles (undermost first), arranged as remembered."""
    by_table = {style.table: style for style in styles}
    known = [table for table in memory.order if table in by_table]
    order = _merged(known, list(by_table))
    entries = [_entry(by_table[table], memory, language) for table in reversed(order)]
    return LayerList(entries)


def _merged(known: Sequence[str], everything: Sequence[str]) -> list[str]:
    """Return the known order with new tables put behind the one they usually follow."""
    order = list(known)
    for place, table in enumerate(everything):
        if table not in order:
            before = everything[place - 1] if place else None
            order.insert(order.index(before) + 1 if before in order else 0, table)
    return order


def _entry(style: Style, memory: LayerMemory, language: Language) -> LayerEntry:
    table = TABLE_BY_NAME[style.table]
    return LayerEntry(
        style.table,
        table.en if language == "en" else table.zh,
        style.symbol,
        table.geometry,
        legend_of(style, language),
        style,
        style.table not in memory.hidden,
        memory.opacity.get(style.table, 1.0),
    )


def legend_of(style: Style, language: Language) -> tuple[LegendLine, ...]:
    """Return the lines that explain a style; none where the layer's own swatch says all."""
    lines = []
    place = 0
    largest = style.proportion.size if style.proportion else _HIGHEST
    for entry in style_entries(style, language):
        is_size = entry.is_cluster or entry.ramp or entry.marker_size is not None
        is_class = not is_size and place < len(style.classes)
        if entry.marker_size is not None:  # lines are low: sizes shrink together
            share = min(_HIGHEST / largest, 1.0)
            entry = replace(entry, marker_size=entry.marker_size * share)
        lines.append(LegendLine(entry, place if is_class else -1))
        place += is_class
    return tuple(lines)
