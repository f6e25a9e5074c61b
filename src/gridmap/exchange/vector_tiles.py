"""Vector tiles (MVT): decoded by GDAL, sorted into the few kinds that a base map shows.

A tile is one protobuf message of layers. Each layer is handed to GDAL alone, so that it parses
no layer twice, and none that is not shown. The layers' names are those of the usual schemas:
OpenMapTiles, Protomaps, Shortbread and Mapbox Streets. Layers of other names are shown plainly.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyogrio.errors
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from gridmap.exchange import tile_texts as texts
from gridmap.exchange.tiles import wrong
from gridmap.exchange.tiles_pmtiles import unpacked
from gridmap.geo.ground import GroundKind, GroundTile
from gridmap.geo.shapes import Shapes, joined, shapes_of

_CLASS_FIELDS = ("class", "kind", "pmap:kind", "highway", "type")
_LAYER, _NAME = 0x1A, 0x0A  # field 3 of a tile, field 1 of a layer, both of a given length
_K = GroundKind

_UNSEEN = {
    "aerodrome_label", "addresses", "airport_label", "boundary_labels", "housenum_label",
    "housenumber", "label", "motorway_junction", "mountain_peak", "natural_label", "place",
    "place_label", "place_labels", "places", "poi", "poi_label", "pois", "street_labels",
    "street_labels_points", "streets_polygons_labels", "structure", "transit_stop_label",
    "transportation_name", "water_lines_labels", "water_name", "water_polygons_labels",
}  # fmt: skip
_BY_LAYER = {
    "land": _K.LAND, "earth": _K.LAND, "landuse": _K.BUILT, "landcover": _K.GREEN,
    "globallandcover": _K.GREEN, "natural": _K.GREEN, "park": _K.GREEN,
    "landuse_overlay": _K.GREEN, "sites": _K.BUILT, "water": _K.WATER, "ocean": _K.WATER,
    "water_polygons": _K.WATER, "dam_polygons": _K.BUILT, "waterway": _K.STREAM,
    "water_lines": _K.STREAM, "physical_line": _K.STREAM, "transportation": _K.STREET,
    "road": _K.STREET, "roads": _K.STREET, "streets": _K.STREET, "street_polygons": _K.BUILT,
    "bridges": _K.BUILT, "pier_polygons": _K.BUILT, "transit": _K.RAIL, "building": _K.BUILDING,
    "buildings": _K.BUILDING, "boundary": _K.BORDER, "boundaries": _K.BORDER, "admin": _K.BORDER,
}  # fmt: skip
_BY_CLASS = {
    **dict.fromkeys(
        ("forest", "wood", "grass", "park", "garden", "cemetery", "farmland", "farm", "meadow",
         "orchard", "vineyard", "scrub", "heath", "wetland", "golf_course", "nature_reserve",
         "national_park", "pitch", "playground", "recreation_ground", "village_green", "zoo",
         "allotments", "grassland", "greenery", "crop", "tree", "shrub"), _K.GREEN),
    **dict.fromkeys(
        ("residential", "commercial", "industrial", "retail", "school", "hospital", "university",
         "college", "railway", "parking", "pedestrian_area", "urban_area", "urban", "kindergarten",
         "sand", "beach", "rock", "bare_rock", "barren"), _K.BUILT),
    **dict.fromkeys(("water", "lake", "ocean", "basin", "reservoir", "riverbank"), _K.WATER),
    **dict.fromkeys(("river", "stream", "canal", "drain", "ditch"), _K.STREAM),
    **dict.fromkeys(("motorway", "highway", "motorway_link", "trunk", "trunk_link"), _K.MOTORWAY),
    **dict.fromkeys(
        ("primary", "primary_link", "secondary", "secondary_link", "major_road", "main"), _K.ROAD),
    **dict.fromkeys(
        ("tertiary", "tertiary_link", "street", "minor", "medium_road", "minor_road",
         "unclassified", "residential_road", "link"), _K.STREET),
    **dict.fromkeys(
        ("service", "track", "living_street", "pedestrian", "street_limited", "other"), _K.LANE),
    **dict.fromkeys(("path", "footway", "cycleway", "steps", "bridleway", "sidewalk"), _K.PATH),
    **dict.fromkeys(
        ("rail", "major_rail", "minor_rail", "subway", "light_rail", "tram", "transit",
         "narrow_gauge", "monorail"), _K.RAIL),
}  # fmt: skip
_ROADS = (_K.PATH, _K.LANE, _K.STREET, _K.ROAD, _K.MOTORWAY, _K.RAIL)
_AREAS = (_K.LAND, _K.BUILT, _K.GREEN, _K.WATER, _K.BUILDING)
_LINES = (*_ROADS, _K.STREAM, _K.BORDER)
_ORDER = (
    _K.LAND, _K.AREA, _K.BUILT, _K.GREEN, _K.WATER, _K.STREAM, _K.PATH, _K.LINE, _K.RAIL, _K.LANE,
    _K.STREET, _K.ROAD, _K.MOTORWAY, _K.BUILDING, _K.BORDER,
)  # fmt: skip

_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FieldError,
    pyogrio.errors.FeatureError,
    shapely.errors.GEOSException,
    ValueError,
    IndexError,  # pyogrio: features of no type that it knows
    EOFError,
    OSError,
    RuntimeError,
)


def decode(content: bytes, zoom: int, x: int, y: int, path: Path) -> GroundTile:
    """Return the shapes of a tile's content, packed or not; points are left out.

    Measured: 4 microseconds a feature and 20 a layer; 15 ms for 2,200 features, 40 ms for 7,400.

    Raises:
        InputError: the tile is damaged; ``path`` names its file.
    """
    found: dict[tuple[GroundKind, int], list[Shapes]] = {}
    try:
        for name, layer in _layers(unpacked(content)):
            if name.lower() not in _UNSEEN:
                for kind, shapes in _shapes(name.lower(), layer, zoom, x, y):
                    found.setdefault((kind, shapes.dimension), []).append(shapes)
    except _ERRORS as error:
        raise wrong(path, texts.vector_damaged(file=path.name)) from error
    order = sorted(found, key=lambda key: _ORDER.index(key[0]))
    return GroundTile(tuple((key[0], joined(found[key])) for key in order))


def _layers(tile: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and message of each layer of a tile.

    Raises:
        ValueError: the tile is no such message.
    """
    at = 0
    while at < len(tile):
        start = at
        key, at = _varint(tile, at)
        size, at = _varint(tile, at)
        if key & 7 != 2 or at + size > len(tile):
            raise ValueError("no vector tile")
        if key == _LAYER:
            yield _name(tile[at : at + size]), tile[start : at + size]
        at += size


def _name(layer: bytes) -> str:
    at = 0
    while at < len(layer):
        key, at = _varint(layer, at)
        size, after = _varint(layer, at)
        if key == _NAME:
            return layer[after : after + size].decode("utf-8", "replace")
        at = after + size if key & 7 == 2 else after
    return ""


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise ValueError("a number without an end")


def _shapes(
    name: str, layer: bytes, zoom: int, x: int, y: int
) -> Iterator[tuple[GroundKind, Shapes]]:
    """Yield the shapes of one layer by kind, in Web Mercator metres."""
    options = {"X": str(x), "Y": str(y), "Z": str(zoom), "METADATA_FILE": ""}
    meta, _, wkb, columns = pyogrio.raw.read(layer, columns=list(_CLASS_FIELDS), **options)
    if wkb is None or not len(wkb):
        return
    classes = dict(zip(meta["fields"], columns, strict=True))
    told = next((classes[field] for field in _CLASS_FIELDS if field in classes), None)
    geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    for shapes in shapes_of(geometries):
        if shapes.dimension == 0:
            continue
        kinds = _kinds(name, told, shapes)
        for kind in set(kinds.tolist()):
            chosen = np.flatnonzero(kinds == kind)
            yield _ORDER[kind], shapes.take(chosen) if len(chosen) < len(shapes) else shapes


def _kinds(name: str, told: NDArray[np.object_] | None, shapes: Shapes) -> NDArray[np.int64]:
    """Return the kind of each shape, by its place in ``_ORDER``."""
    is_area = shapes.dimension == 2
    plain = _K.AREA if is_area else _K.LINE
    usual = _fitting(_BY_LAYER.get(name, plain), is_area=is_area) or plain
    result = np.full(len(shapes), _ORDER.index(usual), np.int64)
    if told is None or name in ("building", "buildings", "boundary", "boundaries", "admin"):
        return result
    values = told[shapes.rows]
    for value in {each for each in values.tolist() if isinstance(each, str)}:
        kind = _BY_CLASS.get(value.lower())
        fitting = None if kind is None else _fitting(kind, is_area=is_area)
        if fitting is not None:
            result[values == value] = _ORDER.index(fitting)
    return result


def _fitting(kind: GroundKind, *, is_area: bool) -> GroundKind | None:
    """Return the kind that shapes of a dimension can be, if any: a road's area is built ground."""
    if is_area:
        return (
            kind
            if kind in _AREAS
            else (_K.BUILT if kind in _ROADS else _K.WATER if kind is _K.STREAM else None)
        )
    if kind is _K.WATER:
        return _K.STREAM
    return kind if kind in _LINES else None
