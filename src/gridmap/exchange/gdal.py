"""Calls into GDAL: its warnings gathered, its errors turned into one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Text
from gridmap.exchange import texts
from gridmap.exchange.faults import cannot_read
from gridmap.exchange.quiet import no_warnings
from gridmap.exchange.source import is_none
from gridmap.geo.features import Geometries
from gridmap.geo.pieces import in_pieces

_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FieldError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.CRSError,
    UnicodeDecodeError,
    UnboundLocalError,  # WORKAROUND(pyogrio 0.13): what it raises where a CRS's text is no UTF-8
)


_PIECE = 20_000  # rows read in one call: about 25 ms


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Run calls into GDAL that read ``path``; nothing of GDAL's own words comes out.

    Raises:
        InputError: the file vanished, may not be read, or is damaged.
    """
    with no_warnings():
        try:
            yield
        except _ERRORS as error:
            raise _failed(path) from error
        except OSError as error:
            raise cannot_read(path, error) from error


def read_layer(path: Path, **options: Any) -> tuple[dict[str, Any], Any, Any, list[NDArray[Any]]]:
    """Return pyogrio's raw (meta, fids, WKB, columns) of a layer, geometries in 2D."""
    with reading(path):
        meta, fids, wkb, columns = pyogrio.raw.read(
            path, force_2d=True, return_fids=True, datetime_as_string=True, **options
        )
    return meta, fids, wkb, list(columns)


def read_in_pieces(path: Path, encoding: str) -> tuple[dict[str, Any], Any, Any]:
    """Return pyogrio's raw (meta, fids, WKB) of a layer without columns, read piece by piece.

    One call holds Python's lock until it has read all. Where pieces do not fit together, as with
    deleted rows, the whole is read at once: for formats that find their n-th row quickly.
    """
    count = int(layer_facts(path, encoding=encoding)["features"])
    options = {"columns": [], "encoding": encoding}
    if count > _PIECE:
        pieces = [
            read_layer(path, skip_features=start, max_features=_PIECE, **options)[:3]
            for start in range(0, count, _PIECE)
        ]
        fids = np.concatenate([fids for _meta, fids, _wkb in pieces])
        if len(fids) == count and (np.diff(fids) > 0).all():
            wkb = [wkb for _meta, _fids, wkb in pieces]
            geometry = None if wkb[0] is None else np.concatenate(wkb)
            return pieces[0][0], fids, geometry
    meta, fids, geometry, _columns = read_layer(path, **options)
    return meta, fids, geometry


def layer_facts(
    path: Path, layer: str | None = None, encoding: str | None = None
) -> dict[str, Any]:
    """Return pyogrio's facts of a layer (``features``, ``fields``, ``geometry_type`` …)."""
    with reading(path):
        facts: dict[str, Any] = pyogrio.read_info(
            path, layer=layer, encoding=encoding, force_feature_count=True
        )
    return facts


def layer_names(path: Path) -> list[tuple[str, str | None]]:
    """Return name and geometry type (None for a table without) of each layer."""
    with reading(path):
        return [(str(name), kind) for name, kind in pyogrio.list_layers(path)]


def from_wkb(wkb: NDArray[np.object_] | None) -> tuple[Geometries | None, dict[int, Text]]:
    """Return the geometries, and by position those that nobody can read.

    Rings that do not close are closed.
    """
    if wkb is None:
        return None, {}
    with no_warnings():
        try:
            return in_pieces(_from_sound_wkb, wkb), {}
        except shapely.errors.GEOSException:
            pass
        geometry = np.array([*(_one_from_wkb(each) for each in wkb), None], object)[:-1]
    unread = np.flatnonzero(shapely.is_missing(geometry) & ~is_none(wkb))
    return geometry, {position: texts.geometry_unreadable() for position in unread.tolist()}


def _from_sound_wkb(wkb: NDArray[np.object_]) -> Geometries:
    return np.asarray(shapely.from_wkb(wkb, on_invalid="raise"), object)


def _one_from_wkb(wkb: bytes | None) -> Any:
    try:
        return shapely.from_wkb(wkb, on_invalid="fix")
    except shapely.errors.GEOSException:
        return None


def _failed(path: Path) -> InputError:
    if not path.exists():
        return InputError(texts.file_vanished(file=str(path)), place=Place(file=path))
    return InputError(texts.file_damaged(file=path.name), place=Place(file=path))
