"""Files as they come from outside, made by hand or through GDAL."""

import struct
import warnings
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def column(*values):
    result = np.empty(len(values), object)
    result[:] = values
    return result


def squares(count, *, lon=116.44, lat=39.96, size=0.0005):
    """Squares in a row, some 50 m wide, in longitude and latitude."""
    west = lon + np.arange(count) * 2 * size
    return shapely.box(west, lat, west + size, lat + size)


def write(path, geometry, columns=None, *, driver, crs="EPSG:4326", kind=None, **options):
    columns = columns or {"编号": np.arange(len(geometry))}
    geometry = np.array([*geometry, None], object)[:-1]
    present = geometry[~shapely.is_missing(geometry)]
    kind = kind or (present[0].geom_type if len(present) else "Polygon")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided")
        pyogrio.raw.write(
            path,
            shapely.to_wkb(geometry),
            list(columns.values()),
            list(columns),
            geometry_type=kind,
            crs=crs,
            driver=driver,
            **options,
        )
    return path


def write_dbf(path, fields, rows, *, ldid=0, deleted=()):
    """Write a .dbf from bytes: fields are (name, kind, width, decimals), rows lists of bytes."""
    width = 1 + sum(field[2] for field in fields)
    head = struct.pack("<BBBBIHH", 3, 124, 1, 1, len(rows), 33 + 32 * len(fields), width)
    content = head.ljust(29, b"\0") + bytes([ldid]) + b"\0\0"
    for name, kind, size, decimals in fields:
        content += (
            name[:11].ljust(11, b"\0") + kind + b"\0" * 4 + bytes([size, decimals]) + b"\0" * 14
        )
    content += b"\r"
    for number, row in enumerate(rows):
        content += b"*" if number in deleted else b" "
        for value, (_, kind, size, _) in zip(row, fields, strict=True):
            content += value[:size].rjust(size) if kind in b"NF" else value[:size].ljust(size)
    path.write_bytes(content + b"\x1a")


def shapefile(
    folder, name="图层.shp", *, rows=(), fields=(), ldid=0, cpg=None, prj=True, deleted=()
):
    """A polygon shapefile whose attributes are exactly these bytes."""
    path = folder / name
    count = max(len(rows), 1)
    write(
        path,
        squares(count),
        driver="ESRI Shapefile",
        crs="EPSG:4326" if prj else None,
        encoding="UTF-8",
    )
    path.with_suffix(".cpg").unlink()
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    if fields:
        write_dbf(path.with_suffix(".dbf"), fields, rows, ldid=ldid, deleted=deleted)
    return path


def values(source, name):
    return source.features.columns[name].tolist()
