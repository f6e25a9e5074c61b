"""Write a layer to a GeoPackage or GeoJSON file, whole or not at all."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from gridmap.base import files
from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.exchange import texts
from gridmap.exchange.faults import cannot_write
from gridmap.exchange.quiet import no_warnings
from gridmap.exchange.source import is_none
from gridmap.geo import crs
from gridmap.geo.features import Features, Geometries

_GEOJSON_DIGITS = 9  # 0.1 mm of a degree's 111 km: the 1 mm grid comes back unchanged
_METRIC_DIGITS = 3
_DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON"}


def write_layer(
    target: Path,
    features: Features,
    *,
    layer: str,
    epsg_from: int,
    epsg_to: int | None = None,
    titles: Mapping[str, str] | None = None,
    progress: Progress = quiet,
) -> None:
    """Write features to ``target``; a file that is there is replaced, with all its layers.

    Args:
        target: ends in .gpkg, .geojson or .json.
        features: geometries in ``epsg_from``; codes are texts, None is null.
        layer: the layer's name in the file.
        epsg_from: CRS of the features.
        epsg_to: CRS of the file; by default EPSG:4326 for GeoJSON (RFC 7946), else ``epsg_from``.
        titles: headings to write instead of the columns' names.
        progress: told how far it is.

    Raises:
        RequestError: another ending, or a CRS that does not exist.
        EnvironmentProblem: the folder is not there or not writable, or the disk is full.
    """
    driver = _DRIVERS.get(target.suffix.lower())
    if driver is None:
        raise RequestError(texts.unknown_target(suffix=target.suffix or target.name))
    epsg = epsg_to or (crs.WGS84 if driver == "GeoJSON" else epsg_from)
    crs.get_crs(epsg)
    what = texts.writing(file=target.name)
    progress(0, 3, what)
    geometry = features.geometry
    if geometry is not None:
        geometry = crs.transform(geometry, epsg_from, epsg)
    progress(1, 3, what)
    # GDAL writes to memory and Python to the disk: a disk that fills up is then told as such.
    content = _encoded(features, geometry, driver=driver, layer=layer, epsg=epsg, titles=titles)
    progress(2, 3, what)
    try:
        with files.replacing(target) as draft:
            draft.write_bytes(content)
    except OSError as error:
        raise cannot_write(target, error) from error
    progress(3, 3, what)


def _encoded(
    features: Features,
    geometry: Geometries | None,
    *,
    driver: str,
    layer: str,
    epsg: int,
    titles: Mapping[str, str] | None,
) -> bytes:
    names = [(titles or {}).get(name, name) for name in features.columns]
    columns, masks = [], []
    for column in features.columns.values():
        values, mask = _writable(column)
        columns.append(values)
        masks.append(mask)
    options: dict[str, Any] = {"layer_options": {}}
    if driver == "GeoJSON":
        options["layer_options"] = _geojson_options(epsg)
        options["layer_options"]["WRITE_NAME"] = "YES"
    buffer = io.BytesIO()
    with no_warnings():
        pyogrio.raw.write(
            buffer,
            None if geometry is None else shapely.to_wkb(geometry),
            columns,
            names,
            field_mask=masks,
            geometry_type=None if geometry is None else _geometry_type(geometry),
            crs=None if geometry is None else f"EPSG:{epsg}",
            driver=driver,
            layer=layer,
            **options,
        )
    return buffer.getvalue()


def _geojson_options(epsg: int) -> dict[str, Any]:
    if epsg == crs.WGS84:
        return {"RFC7946": "YES", "COORDINATE_PRECISION": _GEOJSON_DIGITS}
    is_metric = crs.get_crs(epsg).is_projected
    return {"COORDINATE_PRECISION": _METRIC_DIGITS if is_metric else _GEOJSON_DIGITS}


def _geometry_type(geometry: Geometries) -> str:
    """Return the type that all geometries have, ``Unknown`` where they differ."""
    kinds = np.unique(shapely.get_type_id(geometry[~shapely.is_missing(geometry)]))
    names = {
        0: "Point",
        1: "LineString",
        3: "Polygon",
        4: "MultiPoint",
        5: "MultiLineString",
        6: "MultiPolygon",
    }
    return names.get(int(kinds[0]), "Unknown") if len(kinds) == 1 else "Unknown"


def _writable(column: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Return a column as pyogrio takes it, and where it is null: integers stay integers."""
    if column.dtype.kind == "U":
        return column.astype(object), None
    if column.dtype != object:
        return column, None
    missing = is_none(column)
    kinds = {type(value) for value in column[~missing].tolist()}
    filled = column.copy()
    if kinds and kinds <= {int, bool}:
        filled[missing] = 0
        return filled.astype(np.int64), missing
    if kinds and kinds <= {int, bool, float}:
        filled[missing] = 0.0
        return filled.astype(np.float64), missing
    if not kinds <= {str}:
        filled[~missing] = [str(value) for value in column[~missing].tolist()]
    return filled, None
