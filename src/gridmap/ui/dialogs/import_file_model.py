"""What the import dialog shows of a file and what it asks for; plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME, TABLES
from gridmap.model.schema import Table
from gridmap.ui.panels.shown import heading, shown

if TYPE_CHECKING:
    from gridmap.exchange.source import SourceLayer
    from gridmap.services.imports import ImportRequest, Preview

SAMPLE_ROWS = 5
ENCODINGS = ("utf-8", "gb18030", "gbk", "big5")
_IMPORTABLE_WITHOUT_PLACE = ("officer", "document", "plan", "category")


@dataclass
class ImportChoices:
    """What the user has chosen so far; None and an empty mapping leave it to the program."""

    source: Path
    table: str
    layer: str | None = None
    encoding: str | None = None
    crs: int | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def request(self, *, dry_run: bool) -> "ImportRequest":
        """Return the request to the service."""
        from gridmap.services.imports import ImportRequest  # late: seldom needed

        return ImportRequest(
            self.source,
            self.table,
            source_layer=self.layer,
            encoding=self.encoding,
            crs=self.crs,
            fields=dict(self.fields),
            dry_run=dry_run,
        )


@dataclass(frozen=True)
class SampleTable:
    """The first rows as they would come in: headings, and a text for each cell."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def importable_tables() -> list[Table]:
    """Return the tables into which a file makes sense: those with a place, and a few lists."""
    return [
        table
        for table in TABLES
        if table.geometry is not None or table.name in _IMPORTABLE_WITHOUT_PLACE
    ]


def guess_table(layer: "SourceLayer") -> str | None:
    """Return the table whose fields most of the columns fit, None where too few fit any."""
    from gridmap.exchange.synonyms import suggest_mapping  # late: seldom needed

    dimension = _dimension(layer.geometry_type)
    best, most = None, (1, True)
    for table in importable_tables():
        wanted = table.geometry.dimension if table.geometry else None
        if dimension is not None and wanted is not None and wanted != dimension:
            continue
        mapping = suggest_mapping(table, layer.fields)
        if any(field.required and field.name not in mapping for field in table.fields):
            continue
        fitting = (len(mapping), table.geometry is not None)
        if fitting > most:
            best, most = table.name, fitting
    return best


def _dimension(geometry_type: str | None) -> int | None:
    """Return 0 for points, 1 for lines, 2 for areas, None where the file does not say.

    A ledger has no shapes, so its places can only be points.
    """
    if geometry_type is None:
        return 0
    name = geometry_type.lower()
    for part, dimension in (("polygon", 2), ("line", 1), ("point", 0)):
        if part in name:
            return dimension
    return None


def sample_rows(seen: "Preview", table: str, language: Language) -> SampleTable:
    """Return the first rows of the mapped fields."""
    described = TABLE_BY_NAME[table]
    fields = [each for each in described.fields if each.name in seen.mapping]
    columns = seen.mapped.features.columns
    count = min(len(seen.mapped.features), SAMPLE_ROWS)
    rows = tuple(
        tuple(shown(each, _plain(columns[each.name][row]), language) for each in fields)
        for row in range(count)
    )
    return SampleTable(tuple(heading(each, language) for each in fields), rows)


def suggested(table: Table, columns: Sequence[str]) -> dict[str, str]:
    """Return what the program would do with the columns of a file by itself."""
    from gridmap.exchange.synonyms import suggest_mapping  # late: seldom needed

    return dict(suggest_mapping(table, columns))


def refused_lines(seen: "Preview", most: int = 50) -> Sequence[tuple[int, str]]:
    """Return the first refused rows and why."""
    return [(each.row, str(each.reason)) for each in seen.mapped.refused[:most]]


def _plain(value: Any) -> Any:
    """Return a value without numpy's type; NaN is a missing one."""
    value = value.item() if hasattr(value, "item") else value
    return None if value != value else value  # NaN
