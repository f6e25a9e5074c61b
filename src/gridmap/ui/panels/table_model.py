"""Which rows of a table are at hand, and which must be fetched; plain Python."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Field, Table
from gridmap.services.layers import Order, Page
from gridmap.ui.panels.shown import heading, shown

PAGE = 200
"""Rows of a page: more than a screen shows, few enough to be read in 10 ms."""
_PAGES_KEPT = 60


@dataclass
class TableRows:
    """The rows of one table in one order, as far as they are at hand."""

    table: Table
    count: int = 0
    order: Order | None = None
    generation: int = 0
    """Counts orders and reloads, so that a late page is known as such."""
    _pages: OrderedDict[int, Page] = field(default_factory=OrderedDict)
    _asked: set[int] = field(default_factory=set)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the columns."""
        return self.table.fields

    def find(self, row: int) -> tuple[Any, ...] | None:
        """Return the values of a row, None while they are not at hand."""
        page = self._pages.get(row // PAGE)
        at = row % PAGE
        return page.rows[at] if page is not None and at < len(page.rows) else None

    def find_id(self, row: int) -> str | None:
        """Return the id of a row, None while it is not at hand."""
        page = self._pages.get(row // PAGE)
        at = row % PAGE
        return page.ids[at] if page is not None and at < len(page.ids) else None

    def ask(self, row: int) -> int | None:
        """Return where the page of ``row`` begins if it must be fetched now, and note that."""
        number = row // PAGE
        if number in self._pages or number in self._asked:
            return None
        self._asked.add(number)
        return number * PAGE

    def give_up(self, offset: int) -> None:
        """Note that a page does not come; it is asked for again when it is looked at."""
        self._asked.discard(offset // PAGE)

    def take(self, page: Page) -> None:
        """Keep a page; the longest unused ones go."""
        number = page.offset // PAGE
        self._asked.discard(number)
        self._pages[number] = page
        self._pages.move_to_end(number)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def forget(self) -> None:
        """Drop all pages, because the order or the rows have changed."""
        self._pages.clear()
        self._asked.clear()
        self.generation += 1


def make_rows(table: str, count: int) -> TableRows:
    """Return the rows of a table, none of them at hand."""
    return TableRows(TABLE_BY_NAME[table], count)


def as_text(fields: Sequence[Field], rows: Iterable[Sequence[Any]], language: Language) -> str:
    """Return rows as text for the clipboard: headings, tabs between, a line each."""

    def cell(text: str) -> str:
        return " ".join(text.split())

    lines = ["\t".join(heading(field_, language) for field_ in fields)]
    lines += [
        "\t".join(
            cell(shown(field_, value, language)) for field_, value in zip(fields, row, strict=True)
        )
        for row in rows
    ]
    return "\n".join(lines)
