"""What both programs paint: the same tables, colours and windows."""

from dataclasses import replace

import numpy as np

from gridmap.model.style import Marker, Style, StyleClass, Symbol

SIZE = (1600, 1000)
BUILDINGS, CELLS = "building", "cell"
POINTS = ("component", "patrol_post", "sensor", "case_file", "organisation")
TABLES = (BUILDINGS, CELLS, *POINTS)
CLASS_FIELD = "households"
BOUNDS = (20, 60, 100, 150, 200, 260, 350, 100_000)
COLOURS = ("F7FBFF", "DEEBF7", "C6DBEF", "9ECAE1", "6BAED6", "4292C6", "2171B5", "084594")
CELL_ALPHA = 0x80
OUTLINE, BUILDING_FILL, BUILDING_OUTLINE, POINT_FILL = "D6177F", "DDD6CB", "BFB5A5", "0072B2"
POINT_SIZE = 4.0
SHARES = {"whole extent": 1.0, "a quarter": 1 / 4, "a twentieth": 1 / 20}
"""How much of the whole extent's width and height a window shows."""
WINDOWS_EACH = 7

Extent = tuple[float, float, float, float]


def styles() -> dict[str, Style]:
    """Return how the tables are painted, undermost first, without labels."""
    cell = Symbol(fill=None, outline=f"#{OUTLINE}", width=1.0)
    classes = tuple(
        StyleClass(
            replace(cell, fill=f"#{CELL_ALPHA:02X}{colour}"), below=bound, zh=colour, en=colour
        )
        for colour, bound in zip(COLOURS, BOUNDS, strict=True)
    )
    building = Symbol(fill=f"#{BUILDING_FILL}", outline=f"#{BUILDING_OUTLINE}", width=0.8)
    point = Symbol(fill=f"#{POINT_FILL}", marker=Marker.CIRCLE, size=POINT_SIZE)
    made = [
        Style(BUILDINGS, building),
        Style(CELLS, cell, by=CLASS_FIELD, classes=classes),
        *(Style(table, point) for table in POINTS),
    ]
    return {style.table: style for style in made}


def windows(whole: Extent, share: float) -> list[Extent]:
    """Return windows of a share of the whole extent, the same ones every time."""
    xmin, ymin, xmax, ymax = whole
    width, height = (xmax - xmin) * share, (ymax - ymin) * share
    if share >= 1:
        return [whole] * WINDOWS_EACH
    places = np.random.default_rng(7).random((WINDOWS_EACH, 2))
    found = []
    for right, up in places:
        left, bottom = xmin + right * (xmax - xmin - width), ymin + up * (ymax - ymin - height)
        found.append((left, bottom, left + width, bottom + height))
    return found


def described() -> dict[str, object]:
    """Return what the peer is told of it."""
    return {
        "tables": TABLES,
        "cells": CELLS,
        "buildings": BUILDINGS,
        "outline": OUTLINE,
        "colours": COLOURS,
        "bounds": BOUNDS,
        "cell_alpha": CELL_ALPHA,
        "class_field": CLASS_FIELD,
        "building_fill": BUILDING_FILL,
        "building_outline": BUILDING_OUTLINE,
        "point_fill": POINT_FILL,
        "point_size": POINT_SIZE,
    }
