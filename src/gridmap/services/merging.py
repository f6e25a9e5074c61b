"""Three-way merge of coverages in files: borders as linework, attributes by column."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from gridmap.base.errors import InputError, Place, RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet, share
from gridmap.exchange.read import read_source
from gridmap.exchange.source import Source
from gridmap.exchange.write import write_layer
from gridmap.geo.coverage import GRID_M, Coverage
from gridmap.geo.crs import get_crs
from gridmap.geo.features import Features, Geometries, as_objects
from gridmap.geo.mend import to_type
from gridmap.geo.merge3 import Conflict, merge3
from gridmap.model.changes import Outcome
from gridmap.model.schema import Geometry
from gridmap.services import merging_texts as texts
from gridmap.services.merging_values import ValueConflict, as_columns, merge_values, rows_of

_GRID_DEGREES = 1e-8
"""About a millimetre: degrees stay degrees, so that what nobody changed is not moved at all."""
_AREAS = (int(shapely.GeometryType.POLYGON), int(shapely.GeometryType.MULTIPOLYGON))
_ARCS_SUFFIX = ".conflicts.geojson"


@dataclass(frozen=True)
class MergeRequest:
    """Three versions of a layer of areas, and where their merge goes.

    ``key`` is the column that tells which row is which. ``layer`` and ``crs`` are needed where a
    file has several layers, or does not say its CRS.
    """

    base: Path
    mine: Path
    theirs: Path
    target: Path
    key: str
    layer: str | None = None
    crs: int | None = None


@dataclass(frozen=True)
class MergeReport:
    """What came out: how many rows were written (None: nothing was), and what needs a person.

    ``arcs`` is the file with the borders that need a person; the conflicts' lines are in ``epsg``.
    """

    rows: int | None
    epsg: int
    conflicts: tuple[Conflict, ...]
    values: tuple[ValueConflict, ...]
    arcs: Path | None
    notes: tuple[Text, ...]

    @property
    def is_clean(self) -> bool:
        """Return whether all that both sides did is in the merge."""
        return not self.conflicts and not self.values


@dataclass(frozen=True)
class _Version:
    source: Source
    epsg: int
    coverage: Coverage
    keys: tuple[str, ...]


def merge_files(request: MergeRequest, progress: Progress = quiet) -> Outcome[MergeReport]:
    """Merge what two sides did to a layer, and write it; what needs a person is as in the base.

    Raises:
        InputError: a file cannot be read, or a row has no key or no area.
        RequestError: a column, layer or CRS is missing or differs, or borders are torn.
        EnvironmentProblem: the target cannot be written.
    """
    inputs = (request.base, request.mine, request.theirs)
    if request.target.resolve() in [path.resolve() for path in inputs]:
        raise RequestError(texts.output_is_input(file=request.target.name))
    versions = [
        _read(path, request, share(progress, at * 0.2, at * 0.2 + 0.2))
        for at, path in enumerate(inputs)
    ]
    base, mine, theirs = versions
    for version in (mine, theirs):
        if version.epsg != base.epsg:
            found, own = f"EPSG:{version.epsg}", f"EPSG:{base.epsg}"
            file = version.source.path.name
            raise RequestError(texts.other_crs(file=file, found=found, base=own))
    progress(6, 10, texts.merging())
    merged = merge3(base.coverage, mine.coverage, theirs.coverage, grid=_grid(base.epsg))
    progress(8, 10, texts.merging())
    rows, values = None, list[ValueConflict]()
    if merged.coverage is not None:
        features, values = _with_values(merged.coverage, versions)
        rows = len(features)
        write_layer(
            request.target,
            features,
            layer=base.source.layer or request.target.stem,
            epsg_from=base.epsg,
            epsg_to=base.epsg,
            progress=share(progress, 0.8, 1),
        )
    arcs = _write_arcs(request.target, merged.conflicts, base.epsg)
    notes = {str(note): note for version in versions for note in version.source.notes}
    told = tuple(notes.values())
    return Outcome(MergeReport(rows, base.epsg, merged.conflicts, tuple(values), arcs, told))


def _grid(epsg: int) -> float:
    """Return what tells two places apart, in the units of a CRS: a millimetre or so."""
    crs = get_crs(epsg)
    if crs.is_geographic:
        return _GRID_DEGREES
    return GRID_M / float(crs.axis_info[0].unit_conversion_factor)


def _read(path: Path, request: MergeRequest, progress: Progress) -> _Version:
    source = read_source(path, layer=request.layer, crs=request.crs, progress=progress)
    columns = source.features.columns
    if request.key not in columns:
        known = ", ".join(columns)
        raise RequestError(texts.no_key_column(file=path.name, column=request.key, known=known))
    keys = _keys(source, request.key)
    geometry = source.features.geometry
    shapes = as_objects([None] * len(keys)) if geometry is None else geometry
    is_area = np.isin(shapely.get_type_id(shapes), _AREAS) & ~shapely.is_empty(shapes)
    if not is_area.all():
        at = int(np.flatnonzero(~is_area)[0])
        row = int(source.rows[at])
        text = texts.no_area(file=path.name, row=row, key=keys[at])
        raise InputError(text, place=Place(file=path, row=row))
    if not isinstance(source.crs, int):
        raise RequestError(texts.crs_without_code(file=path.name))
    return _Version(source, source.crs, Coverage(keys, _single(shapes)), keys)


def _keys(source: Source, column: str) -> tuple[str, ...]:
    """Return the keys as texts, one for each row.

    Raises:
        InputError: one is missing or stands twice.
    """
    seen: set[str] = set()
    keys = []
    for value, row in zip(source.features.columns[column].tolist(), source.rows, strict=True):
        place = Place(file=source.path, row=int(row))
        name = source.path.name
        if value is None:
            raise InputError(texts.key_missing(file=name, row=int(row), column=column), place=place)
        key = str(value)
        if key in seen:
            raise InputError(texts.key_twice(file=name, row=int(row), key=key), place=place)
        seen.add(key)
        keys.append(key)
    return tuple(keys)


def _single(shapes: Geometries) -> Geometries:
    """Return areas of one part as plain polygons: programs differ in how they store these."""
    alone = (shapely.get_type_id(shapes) == _AREAS[1]) & (shapely.get_num_geometries(shapes) == 1)
    result = shapes.copy()
    result[alone] = shapely.get_geometry(shapes[alone], 0)
    return result


def _with_values(
    coverage: Coverage, versions: Sequence[_Version]
) -> tuple[Features, list[ValueConflict]]:
    tables = [rows_of(one.keys, one.source.features.columns) for one in versions]
    rows, conflicts = merge_values(tables[0], tables[1], tables[2], coverage.keys)
    kinds = shapely.get_type_id(versions[0].source.features.geometry)
    shapes = coverage.shapes
    if (kinds == _AREAS[1]).any() or (shapely.get_type_id(shapes) == _AREAS[1]).any():
        shapes, _ = to_type(shapes, Geometry.MULTIPOLYGON)
    return Features(as_columns(rows), shapes), conflicts


def _write_arcs(target: Path, conflicts: Sequence[Conflict], epsg: int) -> Path | None:
    """Write the arcs that need a person beside the target; an older such file goes."""
    path = target.with_suffix(_ARCS_SUFFIX)
    if not conflicts:
        path.unlink(missing_ok=True)
        return None
    lines: list[tuple[shapely.Geometry, dict[str, Any]]] = []
    for number, one in enumerate(conflicts, start=1):
        told = {
            "conflict": number,
            "keys": ", ".join(one.keys),
            "base_keys": ", ".join(one.base_keys),
            "mine_keys": ", ".join(one.mine_keys),
            "theirs_keys": ", ".join(one.theirs_keys),
            "reason": str(one.reason),
        }
        lines.append((one.line, {"line": "border", **told}))
        drawn = {"mine": one.mine, "theirs": one.theirs}
        lines += [(each, {"line": who, **told}) for who, each in drawn.items() if not each.is_empty]
    features = Features(
        as_columns([told for _, told in lines]), as_objects([line for line, _ in lines])
    )
    write_layer(path, features, layer="conflicts", epsg_from=epsg)
    return path
