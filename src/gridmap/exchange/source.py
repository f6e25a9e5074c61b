"""What a reader hands over: rows as they stand in the file, and what was noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.messages import Text
from gridmap.geo.features import Features, Geometries


@dataclass(frozen=True)
class SourceLayer:
    """One layer (table, sheet) of a file, before it is read."""

    name: str
    rows: int
    geometry_type: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken, by its number in the file, and the sentence why."""

    row: int
    reason: Text


@dataclass(frozen=True)
class Source:
    """One layer as read: every column raw, geometries 2D in ``crs``, notes for the user.

    ``crs`` is an EPSG code where one is known, else WKT, None where nothing has a place.
    ``rows`` are the numbers that a person finds in the file: the sheet's own row, the line of
    a text, else counted from 1. ``unreadable`` says by position which rows have a geometry
    that cannot be read at all.
    """

    path: Path
    layer: str | None
    encoding: str | None
    crs: str | int | None
    features: Features
    notes: tuple[Text, ...]
    rows: NDArray[np.int64]
    unreadable: Mapping[int, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class RawLayer:
    """What the reader of one format gives to ``read``: as ``Source``, the CRS undecided.

    ``crs`` is what the file says; ``crs_is_default`` where only the format's rule says it.
    """

    layer: str | None
    encoding: str | None
    columns: Mapping[str, NDArray[Any]]
    geometry: Geometries | None
    rows: NDArray[np.int64]
    crs: str | None = None
    crs_is_default: bool = False
    notes: tuple[Text, ...] = ()
    unreadable: Mapping[int, Text] = field(default_factory=dict)


def unique_names(names: list[str]) -> list[str]:
    """Return the names with ``_2``, ``_3`` … behind repeated ones; empty ones get a name."""
    taken: set[str] = set()
    result = []
    for number, name in enumerate(names, start=1):
        stem = name.strip() or f"column_{number}"
        candidate, count = stem, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{stem}_{count}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result


def objects(values: list[Any]) -> NDArray[np.object_]:
    """Return the values as a column of objects, also where they are sequences."""
    column = np.empty(len(values), object)
    column[:] = values
    return column


def is_none(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where a column of objects has no value."""
    return np.asarray(column == np.array(None, object), bool)
