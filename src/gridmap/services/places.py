"""Places by coordinates: what a pasted pair may mean here, and how a place is told to others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.messages import Text
from gridmap.geo import coordinates, crs, offsets
from gridmap.geo.coordinates import Pasted
from gridmap.geo.geodesic import measure_legs
from gridmap.geo.offsets import DATUMS, Datum
from gridmap.model.changes import Outcome
from gridmap.services import place_texts as texts
from gridmap.store import filters, rows, rtree
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

XY = tuple[float, float]
_REACHES_M = (0.0, 100.0, 1_000.0, 10_000.0)
_GROUNDS = ("community", "grid", "cell", "building")
"""Whose boxes tell where the workspace lies, if the subdistrict has no border."""
_DIGITS = 6  # a tenth of a metre


@dataclass(frozen=True)
class Beside:
    """The row that holds a place, or (``distance_m`` above 0) the nearest one."""

    table: str
    id: str
    label: str
    distance_m: float


@dataclass(frozen=True)
class Reading:
    """One thing that a pasted pair may mean.

    ``lonlat`` is WGS 84; ``xy`` is in the workspace's CRS. ``outside_m`` is how far it lies from
    the subdistrict, 0 inside, None where nobody knows how far that reaches. ``apart_m`` is how
    far it lies from the likely reading. Metres have no datum.
    """

    name: Text
    datum: Datum | None
    lonlat: XY
    xy: XY
    outside_m: float | None
    apart_m: float
    beside: tuple[Beside, ...]


@dataclass(frozen=True)
class Readings:
    """What a pasted text may mean, which reading is likely, and why."""

    pasted: Pasted
    readings: tuple[Reading, ...]
    likely: int
    because: Text


@dataclass(frozen=True)
class WhereRequest:
    """A pasted text, and the datum that was chosen the last time."""

    text: str
    last_datum: Datum | None = None


def where(workspace: Workspace, request: WhereRequest) -> Outcome[Readings]:
    """Tell what a pasted text may mean: as WGS 84, GCJ-02 or BD-09, or as metres.

    Raises:
        RequestError: it holds no coordinates in China, or is a short link.
    """
    pasted = coordinates.read_place(request.text)
    named = _named(pasted, workspace.epsg)
    with workspace.reading() as reader:
        ground = _ground(reader)
        found = []
        for name, datum, lonlat in named:
            xy = _in_workspace(lonlat, pasted, workspace.epsg)
            outside = None if ground is None else float(shapely.distance(ground, shapely.Point(xy)))
            found.append(Reading(name, datum, lonlat, xy, outside, 0.0, _beside(reader, xy)))
    likely, because = _likely(pasted, found, request.last_datum)
    apart = [_apart_m(found[likely].xy, reading.xy, workspace.epsg) for reading in found]
    readings = tuple(
        Reading(one.name, one.datum, one.lonlat, one.xy, one.outside_m, apart_m, one.beside)
        for one, apart_m in zip(found, apart, strict=True)
    )
    return Outcome(Readings(pasted, readings, likely, because))


def beside(workspace: Workspace, xy: XY) -> Outcome[tuple[Beside, ...]]:
    """Tell in (or near) which community and which cell a place lies."""
    with workspace.reading() as reader:
        return Outcome(_beside(reader, xy))


def told(xy: XY, epsg: int, datum: Datum | None) -> str:
    """Return a place of the workspace as others read it: "longitude,latitude" in a datum.

    Without a datum it is told in the workspace's metres, to the millimetre.
    """
    if datum is None:
        return f"{xy[0]:.3f},{xy[1]:.3f}"
    lonlat = crs.transform_xy(np.array([xy], np.float64), epsg, crs.WGS84)
    lon, lat = offsets.from_wgs84(lonlat, datum)[0]
    return f"{lon:.{_DIGITS}f},{lat:.{_DIGITS}f}"


def datum_name(datum: Datum) -> Text:
    """Return what a datum is called, and who uses it."""
    return {"wgs84": texts.wgs84, "gcj02": texts.gcj02, "bd09": texts.bd09}[datum]()


def _named(pasted: Pasted, epsg: int) -> list[tuple[Text, Datum | None, XY]]:
    """Return the names and the WGS 84 degrees of what a pair may mean."""
    pair = np.array([pasted.xy], np.float64)
    if pasted.is_metres:
        held = pasted.epsg or epsg
        return [(texts.plane(epsg=held), None, _pair(crs.transform_xy(pair, held, crs.WGS84)))]
    return [(datum_name(datum), datum, _pair(offsets.to_wgs84(pair, datum))) for datum in DATUMS]


def _in_workspace(lonlat: XY, pasted: Pasted, epsg: int) -> XY:
    if pasted.is_metres and pasted.epsg in (None, epsg):
        return pasted.xy
    return _pair(crs.transform_xy(np.array([lonlat], np.float64), crs.WGS84, epsg))


def _pair(array: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> XY:
    return float(array[0][0]), float(array[0][1])


def _likely(pasted: Pasted, found: Sequence[Reading], last: Datum | None) -> tuple[int, Text]:
    """Return which reading is likely, and why."""
    if pasted.is_metres:
        return 0, texts.because_of_metres()
    if pasted.datum is not None:
        return DATUMS.index(pasted.datum), _because_of(pasted)
    inside = [number for number, reading in enumerate(found) if reading.outside_m == 0]
    if len(inside) == 1:
        return inside[0], texts.because_alone_inside()
    if last is not None:
        return DATUMS.index(last), texts.because_of_last_time()
    return 0, texts.because_of_nothing()


def _because_of(pasted: Pasted) -> Text:
    """Return why a pair is in the datum that its text tells."""
    usual: dict[str, tuple[Datum, Text]] = {
        "amap": ("gcj02", texts.amap()),
        "qq": ("gcj02", texts.tencent()),
        "baidu": ("bd09", texts.baidu()),
    }
    datum, name = usual.get(pasted.source, (None, None))
    if name is not None and datum == pasted.datum:
        return texts.because_of_source(source=name)
    return texts.because_it_says_so()


def _apart_m(first: XY, second: XY, epsg: int) -> float:
    return float(measure_legs(np.array([first, second], np.float64), epsg).ground_m[0])


def _ground(reader: sqlite.Connection) -> shapely.Geometry | None:
    """Return where the workspace lies: the subdistrict, or the box around what is in it."""
    geometry = rows.read_features(reader, "subdistrict", []).geometry
    if geometry is not None:
        whole = geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]
        if len(whole):
            return shapely.union_all(whole)
    for table in _GROUNDS:
        _, boxes = rtree.read_boxes(reader, table)
        if len(boxes):
            return shapely.box(*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))
    return None


def _beside(reader: sqlite.Connection, xy: XY) -> tuple[Beside, ...]:
    found = (_nearest(reader, table, xy) for table in ("community", "cell"))
    return tuple(each for each in found if each is not None)


def _nearest(reader: sqlite.Connection, table: str, xy: XY) -> Beside | None:
    """Return the row of areas that holds a place, the smallest of several, or the nearest one.

    Of the cells only those that are in force are looked at.
    """
    label = rows.get_table(table).label or "id"
    place = shapely.Point(xy)
    for reach_m in _REACHES_M:
        ids = rtree.ids_near(reader, table, xy, reach_m)
        if not ids:
            continue
        columns = [label, *(filters.COLUMNS if filters.is_divided(table) else ())]
        features = rows.read_features(reader, table, columns, ids=ids)
        if filters.is_divided(table):
            features = features.take(filters.are_of_division(features.columns, None))
        if not len(features):
            continue
        distances = shapely.distance(features.geometry, place)
        order = np.lexsort((shapely.area(features.geometry), distances))
        first = int(order[0])
        if distances[first] > reach_m and reach_m < _REACHES_M[-1]:
            continue  # its box is near, but another one may be nearer
        name = features.columns[label][first]
        id_ = str(features.columns["id"][first])
        return Beside(table, id_, str(name or id_), float(distances[first]))
    return None
