"""What leaves the workspace as a file."""

from dataclasses import dataclass
from pathlib import Path

from gridmap.base.progress import Progress, quiet, share
from gridmap.exchange.write import write_layer
from gridmap.geo.features import Features
from gridmap.model.changes import Outcome
from gridmap.services.plan_records import get_plan
from gridmap.store import filters, rows
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class ExportRequest:
    """Which table goes where, and in which CRS (by default the file format's or the file's).

    Columns that the office classed as sensitive stay home unless ``with_sensitive`` is set. Of the
    cells those in force leave, or those of ``plan`` (its name or id); with ``with_ended`` also
    those that ended and those of all plans.
    """

    table: str
    target: Path
    crs: int | None = None
    with_sensitive: bool = False
    plan: str | None = None
    with_ended: bool = False


def export_layer(
    opened: Workspace, request: ExportRequest, progress: Progress = quiet
) -> Outcome[int]:
    """Write a table to a GeoPackage or GeoJSON file; return the number of rows.

    Raises:
        RequestError: there is no such table, plan, CRS or format.
        InputError: the target cannot be written.
    """
    with opened.reading() as reader:
        hidden = set() if request.with_sensitive else rows.sensitive_columns(reader, request.table)
        names = (*rows.get_table(request.table).field_names, "extra")
        features = rows.read_features(reader, request.table, names)
        if filters.is_divided(request.table) and not request.with_ended:
            division = get_plan(reader, request.plan).id if request.plan else None
            features = features.take(filters.are_of_division(features.columns, division))
    kept = {name: column for name, column in features.columns.items() if name not in hidden}
    features = Features(kept, features.geometry)
    write_layer(
        request.target,
        features,
        layer=request.table,
        epsg_from=opened.epsg,
        epsg_to=request.crs,
        progress=share(progress, 0.3, 1),
    )
    return Outcome(len(features))
