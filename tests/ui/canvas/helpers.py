"""A world of a few squares, and a source that counts what is asked of it."""

import threading
from collections import Counter

import numpy as np
import shapely

from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import shapes_of
from gridmap.model.style import Label, Marker, Style, Symbol

SIDE = 10
STEP_M = 100.0
ORIGIN = (500_000.0, 4_400_000.0)


def rows_of(table: str, geometries: list[shapely.Geometry], **columns: list[object]) -> LayerRows:
    ids = np.array([f"{table}-{n}" for n in range(len(geometries))], object)
    arrays = {name: np.array(values, object) for name, values in columns.items()}
    return LayerRows(table, ids, shapes_of(np.array(geometries, object)), arrays)


def cells() -> list[shapely.Polygon]:
    x, y = ORIGIN
    return [
        shapely.box(x + c * STEP_M, y + r * STEP_M, x + (c + 1) * STEP_M, y + (r + 1) * STEP_M)
        for r in range(SIDE)
        for c in range(SIDE)
    ]


STYLES = {
    "cell": Style("cell", Symbol(fill="#FF0000"), label=Label("code", max_denominator=6_000)),
    "sensor": Style("sensor", Symbol(fill="#0000FF", outline="#0000FF", marker=Marker.CIRCLE)),
    "component": Style("component", Symbol(marker=Marker.CIRCLE), max_denominator=500),
}


class Source:
    """Gives the squares; notes who asked, and can be made to fail or to change a row."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.boxes_asked: Counter[str] = Counter()
        self.fields: dict[str, tuple[str, ...]] = {}
        self.threads: set[str] = set()
        self.broken: set[str] = set()
        self.geometries: dict[str, list[shapely.Geometry]] = {
            "cell": list(cells()),
            "sensor": [shapely.Point(ORIGIN[0] + 250, ORIGIN[1] + 250)],
            "component": [shapely.Point(ORIGIN)],
        }

    def load(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        self.asked[table] += 1
        self.fields[table] = fields
        self.threads.add(threading.current_thread().name)
        if table in self.broken:
            raise RuntimeError(f"{table} cannot be read")
        geometries = self.geometries[table]
        codes = [f"{n:03d}" for n in range(len(geometries))]
        return rows_of(table, geometries, **dict.fromkeys(fields, codes))

    def load_boxes(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        self.boxes_asked[table] += 1
        self.threads.add(threading.current_thread().name)
        boxes = [shapely.box(*geometry.bounds) for geometry in self.geometries[table]]
        return rows_of(table, boxes)
