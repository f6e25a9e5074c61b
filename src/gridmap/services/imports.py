"""Bring a file's rows into a layer: read, map, check, load in one transaction."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gridmap.base.errors import InputError, Place, RequestError
from gridmap.base.messages import Text, Wording
from gridmap.base.progress import Progress, quiet, share
from gridmap.exchange.mapping import Mapped, Refusal, map_features, suggest_mapping
from gridmap.exchange.read import Source, read_source
from gridmap.geo.features import Features, as_objects
from gridmap.geo.pieces import let_go
from gridmap.model.changes import Outcome, Touched
from gridmap.model.schema import Table
from gridmap.services import texts
from gridmap.services.numbering import with_marks
from gridmap.store import backup, rows
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class ImportRequest:
    """What to bring in.

    ``fields`` maps our field to the file's column; ``=value`` instead of a column gives every row
    the same value, an empty text leaves the field empty.
    """

    source: Path
    table: str
    source_layer: str | None = None
    encoding: str | None = None
    crs: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False


@dataclass(frozen=True)
class ImportReport:
    """What came in, what did not, and why."""

    rows: int
    refused: tuple[Refusal, ...]
    mended: int
    mapping: Mapping[str, str]
    encoding: str | None
    crs: str | int | None
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class Preview:
    """A file as it would come in, nothing written yet."""

    source: Source
    mapping: Mapping[str, str]
    mapped: Mapped


def preview(opened: Workspace, request: ImportRequest, progress: Progress = quiet) -> Preview:
    """Read and map a file without writing anything.

    Raises:
        InputError: the file cannot be read, or none of its rows fits.
        RequestError: the table, a field or a column does not exist.
    """
    table = rows.get_table(request.table)
    source = read_source(
        request.source,
        layer=request.source_layer,
        encoding=request.encoding,
        crs=request.crs,
        progress=share(progress, 0, 0.6),
    )
    source = _with_constants(source, request.fields)
    mapping = _complete_mapping(table, source, request.fields)
    mapped = map_features(
        table,
        source,
        mapping,
        opened.epsg,
        share(progress, 0.6, 1),
        references=_references(opened, table, mapping),
    )
    if len(mapped.features) == 0 and mapped.refused:
        first = mapped.refused[0]
        raise InputError(
            texts.nothing_importable(source=request.source.name, first=str(first.reason)),
            place=Place(file=request.source, row=first.row),
        )
    return Preview(source, mapping, mapped)


def _with_constants(source: Source, given: Mapping[str, str]) -> Source:
    """Return the source with a column for each value that all rows shall have."""
    constants = {column for column in given.values() if column.startswith("=")}
    if not constants:
        return source
    features = source.features
    added = {name: as_objects([name[1:]] * len(features)) for name in sorted(constants)}
    widened = Features({**features.columns, **added}, features.geometry)
    return dataclasses.replace(source, features=widened)


def _references(
    opened: Workspace, table: Table, mapping: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Return, for each table that a mapped field refers to, the ids by id, code and name."""
    parents = {
        field.refers_to for field in table.fields if field.refers_to and field.name in mapping
    }
    with opened.reading() as reader:
        return {parent: rows.ids_by_name(reader, parent) for parent in sorted(parents)}


def _complete_mapping(table: Table, source: Source, given: Mapping[str, str]) -> dict[str, str]:
    """Return the suggested mapping with what the user said put over it."""
    columns = list(source.features.columns)
    for target, column in given.items():
        if target not in table.field_names:
            raise RequestError(
                texts.no_such_field(
                    table=table.name, field=target, known=", ".join(table.field_names)
                )
            )
        if column and column not in columns:
            raise RequestError(
                texts.no_such_source_column(
                    source=source.path.name,
                    column=column,
                    known=", ".join(name for name in columns if not name.startswith("=")),
                )
            )
    suggested = suggest_mapping(table, columns)
    taken = set(given.values())
    kept = {target: column for target, column in suggested.items() if column not in taken}
    chosen = {**kept, **given}
    return {target: column for target, column in chosen.items() if column}


def import_file(
    opened: Workspace, request: ImportRequest, progress: Progress = quiet
) -> Outcome[ImportReport]:
    """Bring a file into a layer, as one transaction that can be cancelled and undone.

    Raises:
        InputError: the file cannot be read, or none of its rows fits.
        RequestError: the table, a field or a column does not exist.
        WorkspaceError: the workspace cannot be written.
    """
    seen = preview(opened, request, share(progress, 0, 0.6))
    report = ImportReport(
        len(seen.mapped.features),
        seen.mapped.refused,
        seen.mapped.mended,
        seen.mapping,
        seen.source.encoding,
        seen.source.crs,
        (*seen.source.notes, *seen.mapped.notes),
    )
    if request.dry_run or report.rows == 0:
        return Outcome(report)
    backup.before_risky_step(opened, share(progress, 0.6, 0.75))
    described = rows.get_table(request.table)
    title = Wording(described.zh, described.en)
    intention = texts.imported(source=request.source.name, table=title)
    features = seen.mapped.features
    if request.table == "cell":
        features = dataclasses.replace(features, columns=with_marks(features.columns))
    with opened.transaction(intention) as tx:
        rows.insert(tx, request.table, features, share(progress, 0.75, 1))
    _let_go(seen)
    return Outcome(report, Touched.whole(request.table), tx.id)


def _let_go(seen: Preview) -> None:
    """Free what was read, without holding up other threads."""
    features = seen.mapped.features
    for values in (features.geometry, *features.columns.values()):
        let_go(values)
