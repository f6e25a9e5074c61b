"""Read any file that gridmap understands: what it is, its encoding, its CRS, its rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gridmap.base.errors import InputError, Place, RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.exchange import (
    archive,
    detect,
    ledger,
    placing,
    projection,
    shapefile,
    texts,
    vector,
)
from gridmap.exchange import encoding as encodings
from gridmap.exchange.detect import Format
from gridmap.exchange.faults import cannot_read
from gridmap.exchange.source import RawLayer, Refusal, Source, SourceLayer
from gridmap.geo.crs import WGS84
from gridmap.geo.features import Features

__all__ = ["Refusal", "Source", "SourceLayer", "list_layers", "read_source"]

_LISTERS: dict[Format, Callable[[Path], tuple[SourceLayer, ...]]] = {
    Format.SHAPEFILE: shapefile.list_layers,
    Format.GEOPACKAGE: vector.list_layers,
    Format.GEOJSON: vector.list_layers,
    Format.CSV: ledger.list_csv,
    Format.XLSX: ledger.list_xlsx,
}


def list_layers(path: Path) -> tuple[SourceLayer, ...]:
    """Return the layers (tables, sheets) of a file.

    Raises:
        InputError: the file is not there, damaged, or of no kind that is read.
    """
    with _readable(path):
        path = detect.shp_beside(path) or path
        kind = detect.sniff(path)
        if kind is not Format.ZIP:
            return _LISTERS[kind](path)
        with archive.unpacked(path) as files:
            return tuple(layer for file in files for layer in list_layers(file))


def read_source(
    path: Path,
    *,
    layer: str | None = None,
    encoding: str | None = None,
    crs: int | None = None,
    progress: Progress = quiet,
) -> Source:
    """Read one layer of a file.

    Args:
        path: shapefile, GeoPackage, GeoJSON, CSV, XLSX, or a zip of them.
        layer: which layer or sheet; needed where several hold rows.
        encoding: how its texts are encoded, where the user knows better than trial decoding.
        crs: EPSG code of its coordinates, where the user knows better than the file.
        progress: told how far it is.

    Raises:
        InputError: the file is not there, damaged, empty, of no kind that is read, or neither
            says its CRS nor lets it be recognised.
        RequestError: layer, encoding or CRS do not exist, or the layer must be named.
    """
    given = None if encoding is None else encodings.get_encoding(encoding)
    progress(0, 2, texts.reading(file=path.name))
    with _readable(path):
        path = detect.shp_beside(path) or path
        kind = detect.sniff(path)
        if kind is Format.ZIP:
            with archive.unpacked(path) as files:
                inner = _choose_inside(path, files, layer)
                raw = _read_raw(*inner, given, progress)
        else:
            raw = _read_raw(path, kind, layer, given, progress)
    if not len(raw.rows):
        raise InputError(texts.layer_empty(file=path.name), place=Place(file=path))
    progress(1, 2, texts.reading(file=path.name))
    decided = projection.decide(
        path, raw.geometry, given=crs, found=raw.crs, is_default=raw.crs_is_default
    )
    progress(2, 2, texts.reading(file=path.name))
    return Source(
        path,
        raw.layer,
        raw.encoding,
        decided.crs,
        Features(raw.columns, raw.geometry),
        _once((*raw.notes, *decided.notes)),
        raw.rows,
        raw.unreadable,
    )


def _read_raw(
    path: Path, kind: Format, layer: str | None, encoding: str | None, progress: Progress
) -> RawLayer:
    if kind is Format.SHAPEFILE:
        return shapefile.read(path, encoding=encoding)
    if kind in (Format.GEOPACKAGE, Format.GEOJSON):
        return vector.read(path, layer=layer, is_json=kind is Format.GEOJSON)
    if kind is Format.CSV:
        return _placed(ledger.read_csv(path, encoding=encoding))
    return _placed(ledger.read_xlsx(path, layer=layer, progress=progress))


def _placed(table: ledger.Ledger) -> RawLayer:
    """Return a ledger as a layer; its columns of coordinates stay among the columns."""
    placed = placing.place(table.columns)
    return RawLayer(
        table.layer,
        table.encoding,
        table.columns,
        placed.geometry,
        table.rows,
        crs=f"EPSG:{WGS84}" if placed.is_lonlat else None,
        crs_is_default=placed.is_lonlat,
        notes=(*table.notes, *placed.notes, *projection.offset_hint(placed.used)),
        unreadable=placed.unreadable,
    )


def _once(notes: tuple[Text, ...]) -> tuple[Text, ...]:
    return tuple(note for n, note in enumerate(notes) if note not in notes[:n])


def _choose_inside(
    path: Path, files: tuple[Path, ...], layer: str | None
) -> tuple[Path, Format, str | None]:
    """Return which file of an archive is meant, its format, and the layer inside it."""
    if len(files) == 1:
        kind = detect.sniff(files[0])
        is_name = layer == files[0].stem and kind not in (Format.GEOPACKAGE, Format.XLSX)
        return files[0], kind, None if is_name else layer
    by_layer = {each.name: file for file in files for each in list_layers(file)}
    known = ", ".join(by_layer)
    if layer is None:
        raise RequestError(texts.layer_needed(file=path.name, known=known))
    if layer not in by_layer:
        raise RequestError(texts.no_such_layer(file=path.name, layer=layer, known=known))
    return by_layer[layer], detect.sniff(by_layer[layer]), layer


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn whatever the system refuses while reading into one sentence."""
    try:
        yield
    except OSError as error:
        raise cannot_read(path, error) from error
    except MemoryError as error:
        raise InputError(texts.too_large(file=path.name), place=Place(file=path)) from error
