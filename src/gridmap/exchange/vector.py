"""GeoPackage and GeoJSON: read whole by GDAL, columns brought to plain values."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.errors import InputError, Place, RequestError
from gridmap.base.messages import Text
from gridmap.exchange import gdal, texts
from gridmap.exchange.source import RawLayer, SourceLayer, objects

_Z_MARKS = (" Z", " M", " ZM", "2.5D")


def list_layers(path: Path) -> tuple[SourceLayer, ...]:
    """Return the layers of a GeoPackage or GeoJSON file.

    Raises:
        InputError: the file is damaged.
    """
    layers = []
    for name, kind in gdal.layer_names(path):
        facts = gdal.layer_facts(path, name)
        fields = tuple(str(field) for field in facts["fields"])
        layers.append(SourceLayer(name, int(facts["features"]), kind, fields))
    return tuple(layers)


def read(path: Path, *, layer: str | None, is_json: bool) -> RawLayer:
    """Return the rows of a layer; of the only one that holds any where none is named.

    Raises:
        InputError: the file is damaged, or the layer has no rows.
        RequestError: the layer does not exist, or must be named.
    """
    chosen = _choose(path, layer)
    options = {"DATE_AS_STRING": "YES"} if is_json else {}
    meta, _, wkb, columns = gdal.read_layer(path, layer=chosen.name, **options)
    read_rows = len(wkb) if wkb is not None else (len(columns[0]) if columns else 0)
    if read_rows < chosen.rows:
        sentence = texts.rows_lost(file=path.name, read=read_rows, expected=chosen.rows)
        raise InputError(sentence, place=Place(file=path))
    geometry, unreadable = gdal.from_wkb(wkb)
    notes: list[Text] = []
    if any(mark in (chosen.geometry_type or "") for mark in _Z_MARKS):
        notes.append(texts.heights_dropped())
    plain = {}
    for name, column, subtype in zip(
        meta["fields"], columns, _kinds(meta, len(columns)), strict=True
    ):
        values = _plain(column, subtype)
        if values is None:
            notes.append(texts.column_dropped(column=str(name)))
        else:
            plain[str(name)] = values
    return RawLayer(
        chosen.name,
        None,
        plain,
        geometry,
        np.arange(1, read_rows + 1),
        crs=meta["crs"],
        crs_is_default=is_json and not _names_crs(path),
        notes=tuple(notes),
        unreadable=unreadable,
    )


def _choose(path: Path, layer: str | None) -> SourceLayer:
    layers = list_layers(path)
    known = ", ".join(each.name for each in layers)
    if layer is not None:
        for each in layers:
            if each.name == layer:
                return each
        raise RequestError(texts.no_such_layer(file=path.name, layer=layer, known=known))
    filled = [each for each in layers if each.rows]
    if not filled:
        raise InputError(texts.layer_empty(file=path.name), place=Place(file=path))
    if len(filled) > 1:
        raise RequestError(texts.layer_needed(file=path.name, known=known))
    return filled[0]


def _kinds(meta: dict[str, Any], count: int) -> list[str]:
    """Return OGR's type of each column, e.g. ``OFTInteger``."""
    kinds = meta.get("ogr_types")
    return [str(kind) for kind in kinds] if kinds is not None else [""] * count


def _plain(column: NDArray[Any], kind: str) -> NDArray[Any] | None:
    """Return a column of numbers, or of objects with None; None for bytes, which say nothing."""
    if "Binary" in kind:
        return None
    if column.dtype.kind in "iu":
        return column.astype(np.int64)
    if column.dtype.kind == "f":
        return _plain_floats(column.astype(np.float64), is_int="Integer" in kind)
    if column.dtype.kind == "b":
        return column
    return objects([_plain_value(value) for value in column.tolist()])


def _plain_floats(column: NDArray[np.float64], *, is_int: bool) -> NDArray[Any]:
    missing = np.isnan(column)
    if not missing.any():
        return column
    whole = is_int and bool((np.abs(column[~missing]) < 2**53).all())
    values = np.where(missing, 0, column)
    plain = (values.astype(np.int64) if whole else values).astype(object)
    plain[missing] = None
    return plain


def _plain_value(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip() or None
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple, np.ndarray)):
        return json.dumps(np.asarray(value).tolist(), ensure_ascii=False)
    return str(value)


def _names_crs(path: Path) -> bool:
    """Return whether a GeoJSON file says its CRS itself (before RFC 7946 it could)."""
    with path.open("rb") as stream:
        head = stream.read(65536)
    return b'"crs"' in head
