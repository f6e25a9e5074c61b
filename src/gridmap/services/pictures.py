"""The map as a picture or a page."""

import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.messages import current_language
from gridmap.base.progress import Progress, quiet, share
from gridmap.geo.layers import LayerRows
from gridmap.model.catalogue import MAP_ORDER
from gridmap.model.changes import Outcome
from gridmap.services import texts
from gridmap.services.as_of import AsOfSource, say_moment
from gridmap.services.basemaps import BaseMapRequest, lent_base_map
from gridmap.services.layers import LayerSource
from gridmap.services.plan_records import get_plan
from gridmap.services.styles import load
from gridmap.services.workspaces import get_info
from gridmap.store import rows
from gridmap.store.workspace import Workspace

Extent = tuple[float, float, float, float]
"""(xmin, ymin, xmax, ymax) in metres, in the workspace's CRS."""

_MARGIN = 0.03  # of the extent, so that no border lies on the frame


@dataclass(frozen=True)
class RenderRequest:
    """What to draw and where to; without ``layers`` and ``extent`` all that there is."""

    target: Path
    size: tuple[int, int] | None = None
    extent: Extent | None = None
    layers: tuple[str, ...] | None = None
    base_map: BaseMapRequest | None = None
    as_of: datetime | None = None
    """Draw the map as it was then."""
    plan: str | None = None
    """Draw the cells of this plan, by its name or id, instead of the official ones."""


def parse_extent(text: str) -> Extent:
    """Return an extent written ``xmin,ymin,xmax,ymax``.

    Raises:
        RequestError: it is not four rising numbers.
    """
    try:
        xmin, ymin, xmax, ymax = map(float, text.split(","))
    except ValueError:
        raise RequestError(texts.wrong_extent(extent=text)) from None
    if not (-math.inf < xmin < xmax < math.inf and -math.inf < ymin < ymax < math.inf):
        raise RequestError(texts.wrong_extent(extent=text))
    return xmin, ymin, xmax, ymax


def render(opened: Workspace, request: RenderRequest, progress: Progress = quiet) -> Outcome[Path]:
    """Draw the map as PNG or PDF, with title, legend, scale bar and north arrow.

    Raises:
        RequestError: a layer or the plan does not exist, there is nothing to draw, or was not then.
        EnvironmentProblem: the target cannot be written.
        InputError: the base map cannot be read.
    """
    from gridmap.report.sheet import MapPicture, write_map

    if request.target.suffix.lower() not in (".png", ".pdf"):
        raise RequestError(texts.unknown_picture_kind(path=str(request.target)))
    names = _chosen(request.layers)
    styles = load()
    layers = []
    with opened.reading() as reader:
        plan = get_plan(reader, request.plan) if request.plan else None
    source = _source(opened, request.as_of, plan.id if plan else None)
    for done, name in enumerate(names):
        progress(done, 2 * len(names), texts.reading_layers())
        found = source.load(name, styles[name].fields)
        if len(found):
            layers.append((styles[name], found))
    extent = request.extent or _whole([found for _, found in layers])
    info = get_info(opened).value
    today = clock.now().astimezone().date().isoformat()
    with lent_base_map(opened, request.base_map, progress) as base_map:
        picture = MapPicture(
            layers=tuple(layers),
            extent=extent,
            title=info.name,
            subtitle=plan.name if plan else "",
            epsg=info.epsg,
            language=current_language(),
            is_imaginary=info.imaginary,
            day=say_moment(request.as_of) if request.as_of else today,
            ground=base_map.painter() if base_map else None,
            credit=base_map.facts.attribution if base_map else "",
        )
        write_map(request.target, picture, size=request.size, progress=share(progress, 0.5, 1))
    return Outcome(request.target)


def _source(
    opened: Workspace, as_of: datetime | None, division: str | None
) -> AsOfSource | LayerSource:
    if as_of is not None:
        return AsOfSource(opened, as_of, division)
    return LayerSource(opened, division)


def _chosen(layers: tuple[str, ...] | None) -> tuple[str, ...]:
    if layers is None:
        return MAP_ORDER
    for name in layers:
        if rows.get_table(name).geometry is None:
            raise RequestError(texts.layer_without_geometry(table=name))
    return tuple(sorted(layers, key=MAP_ORDER.index))


def _whole(layers: list[LayerRows]) -> Extent:
    """Return the extent of all layers, with a margin."""
    boxes = [box for layer in layers if (box := layer.bounds) is not None]
    if not boxes:
        raise RequestError(texts.nothing_to_draw())
    xmin, ymin = min(box[0] for box in boxes), min(box[1] for box in boxes)
    xmax, ymax = max(box[2] for box in boxes), max(box[3] for box in boxes)
    margin = max(xmax - xmin, ymax - ymin, 1.0) * _MARGIN
    return xmin - margin, ymin - margin, xmax + margin, ymax + margin
