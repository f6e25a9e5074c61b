"""What is shown of an edit before it is done: new borders, ground that changes hands, effects.

Plain Python, worked out in a worker; coordinates are metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import RequestError
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import XY, CellEdit
from gridmap.services import cell_texts as texts
from gridmap.services.effects import Effect
from gridmap.services.ground import Ground, Preview, preview_edit
from gridmap.services.office import Office
from gridmap.ui.tools.edit_shapes import runs_of
from gridmap.ui.tools.edit_wishes import Wish

Points = NDArray[np.float64]
_LEAST_M2 = 0.01
_MOST_BOXES = 8
_ROUNDING_M = 0.003
_STILL_M2 = 0.05
"""Cells whose area changes by less only got a vertex: there is nothing to tell of them."""


@dataclass(frozen=True)
class Patch:
    """Ground that changes hands: rings (n, 2); ``tint`` counts those who get."""

    tint: int
    rings: tuple[Points, ...]


@dataclass(frozen=True)
class Box:
    """What an edit does to one cell, and where in it that is written."""

    xy: XY
    effect: Effect
    office: Office


@dataclass(frozen=True)
class Picture:
    """What is drawn of an edit."""

    patches: tuple[Patch, ...] = ()
    new_lines: tuple[Points, ...] = ()
    old_lines: tuple[Points, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Tried:
    """What became of a wish: the edit that can be done and its picture, or why none can."""

    edit: CellEdit | None = None
    preview: Preview | None = None
    picture: Picture | None = None
    error: RequestError | None = None


def choose_edit(ground: Ground, wish: Wish) -> Tried:
    """Return the first edit of a wish that can be done, else the first refusal; no picture."""
    refused: RequestError | None = None
    for edit in wish(ground):
        try:
            return Tried(edit, preview_edit(ground, edit))
        except RequestError as error:
            refused = refused or error
    return Tried(error=refused)


def ensure_edit(ground: Ground, wish: Wish) -> CellEdit:
    """Return the edit to be done; one that is the only one is not tried before.

    Raises:
        RequestError: none can be done, or the wish found nothing.
    """
    edits = wish(ground)
    if len(edits) == 1:
        return edits[0]
    found = choose_edit(ground, wish)
    if found.edit is None:
        raise found.error or RequestError(texts.nothing_drawn_on())
    return found.edit


def try_wish(ground: Ground, wish: Wish) -> Tried:
    """Return what a wish would do, as it is shown."""
    found = choose_edit(ground, wish)
    if found.preview is None:
        return found
    return Tried(found.edit, found.preview, draw(found.preview, ground.office))


def lines_of(picture: Picture | None) -> Picture | None:
    """Return a picture without its tints and boxes: what is left of it once the edit is done."""
    if picture is None:
        return None
    return Picture((), picture.new_lines, picture.old_lines)


def draw(preview: Preview, office: Office) -> Picture:
    """Return the picture of an edit."""
    change = preview.change
    before, after = change.before, change.after
    patches: list[Patch] = []
    for key, shape in after.items():
        ground = shapely.difference(shape, before[key]) if key in before else shape
        if shapely.area(ground) > _LEAST_M2:
            patches.append(Patch(len(patches), _rings(ground)))
    for key in before:
        if key in after:
            lost = shapely.difference(before[key], shapely.union_all(list(after.values())))
            if shapely.area(lost) > _LEAST_M2:
                patches.append(Patch(-1, _rings(lost)))
    old, new = _network(list(before.values())), _network(list(after.values()))
    return Picture(
        tuple(patches),
        _lines(shapely.difference(new, old), old),
        _lines(shapely.difference(old, new), new),
        _boxes(preview, office),
    )


def _boxes(preview: Preview, office: Office) -> tuple[Box, ...]:
    change = preview.change
    told = [effect for effect in preview.effects if _is_told(effect)]
    told.sort(key=lambda effect: -abs((effect.area_m2_after or 0) - (effect.area_m2_before or 0)))
    found = []
    for effect in told[:_MOST_BOXES]:
        if effect.area_m2_after is None and change.new:
            continue  # its heirs are told
        shape = change.after.get(effect.key, change.before.get(effect.key))
        at = shapely.point_on_surface(shape)
        found.append(Box((float(at.x), float(at.y)), effect, office))
    return tuple(found)


def _is_told(effect: Effect) -> bool:
    if effect.area_m2_before is None or effect.area_m2_after is None:
        return True
    return (
        abs(effect.area_m2_after - effect.area_m2_before) > _STILL_M2
        or effect.households_after != effect.households_before
    )


def _network(shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    return shapely.union_all(shapely.boundary(as_objects(list(shapes))))


def _rings(ground: shapely.Geometry) -> tuple[Points, ...]:
    areas = [part for part in shapely.get_parts(ground) if part.geom_type == "Polygon"]
    return tuple(shapely.get_coordinates(ring) for ring in shapely.get_rings(as_objects(areas)))


def _lines(found: shapely.Geometry, beside: shapely.Geometry | None = None) -> tuple[Points, ...]:
    """Return lines; those that differ from what lies beside them by a rounding are left out."""
    runs = runs_of(found)
    if runs and beside is not None:
        near = shapely.buffer(beside, _ROUNDING_M)
        runs = [run for run in runs if not shapely.covered_by(run, near)]
    return tuple(shapely.get_coordinates(run) for run in runs)
