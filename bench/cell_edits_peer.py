"""Moving a vertex that cells share, in QGIS: found, moved in each cell, saved. Nothing is checked.

For the Python that has QGIS. Standard input holds the file and the moves as JSON, standard output
gets the milliseconds of each.
"""

import json
import os
import sys
import time

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeatureRequest,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerEditUtils,
)

_NEAR_M = 1e-4


def main() -> None:
    """Do every move of the task, each as one edit session."""
    task = json.load(sys.stdin)
    application = QgsApplication([], False)
    application.initQgis()
    layer = QgsVectorLayer(task["file"], "cell", "ogr")
    if not layer.isValid():
        raise RuntimeError("QGIS does not open the cells")
    took = []
    for (x, y), (to_x, to_y) in task["moves"]:
        start = time.perf_counter()
        _move(layer, QgsPointXY(x, y), to_x, to_y)
        took.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"version": Qgis.QGIS_VERSION, "milliseconds": took}))
    sys.stdout.flush()
    os._exit(0)  # QGIS 3.22 dies while it ends in some processes; all is said


def _move(layer: QgsVectorLayer, at: QgsPointXY, to_x: float, to_y: float) -> None:
    layer.startEditing()
    utils = QgsVectorLayerEditUtils(layer)
    around = QgsRectangle(at.x() - _NEAR_M, at.y() - _NEAR_M, at.x() + _NEAR_M, at.y() + _NEAR_M)
    for feature in list(layer.getFeatures(QgsFeatureRequest(around))):
        _, vertex, _, _, squared = feature.geometry().closestVertex(at)
        if squared <= _NEAR_M**2:
            utils.moveVertex(to_x, to_y, feature.id(), vertex)
    if not layer.commitChanges():
        raise RuntimeError(str(layer.commitErrors()))


if __name__ == "__main__":
    main()
