"""What QGIS makes of a style: run by the system's own Python, told as JSON.

Reads one request from standard input: the layers to make, the style to load, what to save or draw.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def layer_of(request):
    fields = "".join(f"&field={name}:{kind}" for name, kind in request["fields"].items())
    uri = f"{request['geometry']}?crs=EPSG:4548{fields}"
    layer = QgsVectorLayer(uri, "layer", "memory")
    assert layer.isValid(), uri
    features = []
    for wkt, *values in request.get("rows", []):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(values)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def symbol_told(symbol):
    layers = [symbol.symbolLayer(n) for n in range(symbol.symbolLayerCount())]
    return {
        "colour": symbol.color().name(),
        "size": symbol.size() if hasattr(symbol, "size") else None,
        "layers": [layer.layerType() for layer in layers],
        "settings": [
            {key: str(value) for key, value in layer.properties().items()} for layer in layers
        ],
    }


def renderer_told(layer):
    renderer = layer.renderer()
    told = {"type": renderer.type()}
    if renderer.type() == "categorizedSymbol":
        told["values"] = [str(category.value()) for category in renderer.categories()]
        told["labels"] = [category.label() for category in renderer.categories()]
    if renderer.type() == "graduatedSymbol":
        told["ranges"] = [[one.lowerValue(), one.upperValue()] for one in renderer.ranges()]
        told["method"] = renderer.classificationMethod().id()
    if renderer.type() == "RuleRenderer":
        rules = renderer.rootRule().children()
        told["rules"] = [
            {
                "filter": rule.filterExpression(),
                "label": rule.label(),
                "is_else": rule.isElse(),
                "scales": [rule.maximumScale(), rule.minimumScale()],
            }
            for rule in rules
        ]
    context = QgsRenderContext()
    context.expressionContext().setFields(layer.fields())
    told["symbols"] = [symbol_told(symbol) for symbol in renderer.symbols(context)]
    return told


def drawn_with(layer):
    """Return for each row the colours of the symbols with which it is drawn."""
    context = QgsRenderContext()
    context.setRendererScale(1000)
    context.expressionContext().setFields(layer.fields())
    renderer = layer.renderer().clone()
    renderer.startRender(context, layer.fields())
    found = []
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        found.append([s.color().name() for s in renderer.symbolsForFeature(feature, context)])
    renderer.stopRender(context)
    return found


def label_told(layer):
    if not layer.labelsEnabled() or layer.labeling() is None:
        return None
    labeling = layer.labeling()
    settings = labeling.settings()
    if labeling.type() == "rule-based":
        settings = labeling.rootRule().children()[0].settings()
    text = settings.format()
    return {
        "field": settings.fieldName,
        "is_expression": settings.isExpression,
        "size": text.size(),
        "unit": int(text.sizeUnit()),
        "colour": text.color().name(),
        "has_buffer": text.buffer().enabled(),
        "scales": [settings.maximumScale, settings.minimumScale],
    }


def draw(layer, request):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(*request["size"]))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("white"))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4548"))
    settings.setExtent(QgsRectangle(*request["extent"]))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(request["picture"])


def answer(request):
    layer = layer_of(request)
    told = {}
    if "load" in request:
        is_qml = request["load"].endswith(".qml")
        load = layer.loadNamedStyle if is_qml else layer.loadSldStyle
        message, is_loaded = load(request["load"])
        told = {"is_loaded": is_loaded, "message": message, **renderer_told(layer)}
        told["label"] = label_told(layer)
        told["scales"] = [
            layer.maximumScale(),
            layer.minimumScale(),
            layer.hasScaleBasedVisibility(),
        ]
        if request.get("rows"):
            told["drawn"] = drawn_with(layer)
    if "make" in request:
        exec(request["make"], {"layer": layer, **globals()})
    for target in request.get("save", []):
        save = layer.saveNamedStyle if target.endswith(".qml") else layer.saveSldStyle
        message, is_saved = save(target)
        assert is_saved, message
    if "picture" in request:
        draw(layer, request)
    assert QgsWkbTypes.geometryDisplayString(layer.geometryType())
    return told


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    answers = [answer(request) for request in json.load(sys.stdin)]
    json.dump(answers, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # QGIS's own end may crash after everything is told
