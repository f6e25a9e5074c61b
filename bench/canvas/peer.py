"""QGIS's parallel renderer on the same file, windows and colours; for the Python that has QGIS.

Standard input holds the task as JSON, standard output gets the seconds of each window.
"""

import json
import os
import sys
import time

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataSourceUri,
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsRectangle,
    QgsRendererRange,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

_PIXELS_PER_MM = 96 / 25.4


def main() -> None:
    """Paint every window of the task, the one of the largest share first."""
    task = json.load(sys.stdin)
    application = QgsApplication([], False)
    application.initQgis()
    layers = [_layer(task, table) for table in task["tables"]]
    told: dict = {"version": Qgis.QGIS_VERSION, "seconds": {}}
    for name, windows in task["windows"].items():
        told["seconds"][name] = [_paint(task, layers, window) for window in windows]
    _paint(task, layers, task["windows"]["whole extent"][0], task["picture"])
    print(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)  # QGIS 3.22 dies while it ends in some processes; all is said


def _layer(task: dict, table: str) -> QgsVectorLayer:
    uri = QgsDataSourceUri()
    uri.setDatabase(task["file"])
    uri.setDataSource("", table, "geom", "", "")
    layer = QgsVectorLayer(uri.uri(), table, "spatialite")
    if not layer.isValid():
        raise RuntimeError(f"QGIS does not open {table}")
    layer.setRenderer(_renderer(task, table))
    return layer


def _renderer(task: dict, table: str):
    if table == task["cells"]:
        outline = {"outline_color": f"#{task['outline']}", "outline_width": _mm(1.0)}
        ranges, lower = [], -1.0
        for colour, bound in zip(task["colours"], task["bounds"], strict=True):
            fill = QColor(f"#{colour}")
            fill.setAlpha(task["cell_alpha"])
            symbol = QgsFillSymbol.createSimple({**outline, "color": _rgba(fill)})
            ranges.append(QgsRendererRange(lower, bound, symbol, colour))
            lower = bound
        return QgsGraduatedSymbolRenderer(task["class_field"], ranges)
    if table == task["buildings"]:
        return QgsSingleSymbolRenderer(
            QgsFillSymbol.createSimple(
                {
                    "color": f"#{task['building_fill']}",
                    "outline_color": f"#{task['building_outline']}",
                    "outline_width": _mm(0.8),
                }
            )
        )
    return QgsSingleSymbolRenderer(
        QgsMarkerSymbol.createSimple(
            {
                "name": "circle",
                "color": f"#{task['point_fill']}",
                "outline_style": "no",
                "size": _mm(task["point_size"]),
            }
        )
    )


def _paint(task: dict, layers: list, window: list, picture: str = "") -> float:
    settings = QgsMapSettings()
    settings.setLayers(layers[::-1])  # QGIS wants the uppermost first
    settings.setOutputSize(QSize(*task["size"]))
    settings.setOutputDpi(96)
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(QgsRectangle(*window))
    settings.setBackgroundColor(QColor(task["paper"]))
    settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    job = QgsMapRendererParallelJob(settings)
    start = time.perf_counter()
    job.start()
    job.waitForFinished()
    took = time.perf_counter() - start
    if picture:
        job.renderedImage().save(picture)
    return took


def _mm(pixels: float) -> str:
    return f"{pixels / _PIXELS_PER_MM:.4f}"


def _rgba(colour: QColor) -> str:
    return f"{colour.red()},{colour.green()},{colour.blue()},{colour.alpha()}"


if __name__ == "__main__":
    main()
