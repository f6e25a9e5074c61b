"""Rows copied from one layer into another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shapely

from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model.changes import Outcome
from gridmap.model.schema import Field, Table
from gridmap.model.upkeep import is_kept
from gridmap.services import feature_texts as texts
from gridmap.services.feature_rows import (
    REPORT_EVERY,
    check_shape,
    ensure_addable,
    insert_row,
    read_rows,
)
from gridmap.services.values import title
from gridmap.store import rows
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class CopyFeatures:
    """Rows of one table to be copied into another (or the same) one."""

    source: str
    ids: tuple[str, ...]
    target: str
    is_forced: bool = False


def copy_features(
    opened: Workspace, request: CopyFeatures, progress: Progress = quiet
) -> Outcome[list[str]]:
    """Copy rows into a table; return the new ids. Fields that both have come along, codes do not.

    Areas become lines by their border and points by a place within; closed lines become areas.

    Raises:
        RequestError: a shape cannot be taken, or a row is gone; nothing is written.
        WorkspaceError: the workspace cannot be written.
    """
    source, target = rows.get_table(request.source), ensure_addable(request.target)
    ids = list(dict.fromkeys(request.ids))
    if not ids:
        raise RequestError(texts.nothing_named())
    made: list[tuple[dict[str, Any], shapely.Geometry | None]] = []
    with opened.reading() as reader:
        held = read_rows(reader, source, ids)
        shared = _shared_fields(source, target)
        for at in range(len(held)):
            values = {name: held.columns[name][at] for name in shared}
            drawn = None if held.geometry is None else held.geometry[at]
            shape = None if drawn is None else _converted(drawn, source, target)
            is_own = request.is_forced or source is target
            shape = check_shape(reader, target, shape, values, is_forced=is_own)
            made.append((values, shape))
    said = texts.copied(count=len(ids), source=title(source), table=title(target))
    with opened.transaction(said) as tx:
        new_ids = []
        for at, (values, shape) in enumerate(made):
            if at % REPORT_EVERY == 0:
                progress(at, len(made), texts.writing())
            new_ids.append(insert_row(tx, target, values, shape))
    return Outcome(new_ids, opened.touched_by(tx), tx.id)


def _shared_fields(source: Table, target: Table) -> list[str]:
    def is_shared(described: Field) -> bool:
        if described.name not in source.field_names or is_kept(target, described):
            return False
        twin = source.get_field(described.name)
        is_alike = (twin.kind, twin.choices, twin.refers_to) == (
            described.kind,
            described.choices,
            described.refers_to,
        )
        return is_alike and described.name not in ("code", "number")

    return [described.name for described in target.fields if is_shared(described)]


def _converted(shape: shapely.Geometry, source: Table, target: Table) -> shapely.Geometry:
    wanted = target.geometry.dimension if target.geometry is not None else None
    has = int(shapely.get_dimensions(shape))
    if wanted is None or wanted == has:
        return shape
    turn: Callable[[shapely.Geometry], shapely.Geometry] | None = {
        (2, 0): shapely.point_on_surface,
        (1, 0): lambda line: shapely.line_interpolate_point(shapely.line_merge(line), 0.5, True),
        (2, 1): shapely.boundary,
    }.get((has, wanted))
    if turn is not None:
        return turn(shape)
    if (has, wanted) == (1, 2):
        merged = shapely.line_merge(shape)
        if shapely.is_closed(merged) and shapely.is_simple(merged):
            return shapely.Polygon(shapely.get_coordinates(merged))
    raise RequestError(texts.cannot_convert(source=title(source), table=title(target)))
