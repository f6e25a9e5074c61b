"""A table's style made anew with graduated classes, and kept as the user's own."""

from dataclasses import dataclass

from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model.changes import Outcome
from gridmap.model.style import Graduation, Method, Style
from gridmap.report.palettes import palettes
from gridmap.services import styles, texts
from gridmap.store.workspace import Workspace

LEAST, MOST = 2, 12
"""How many classes can be asked for."""


@dataclass(frozen=True)
class GradeRequest:
    """Which table is graded, by which field, and how."""

    table: str
    field: str
    method: Method = Method.NATURAL
    count: int = 5
    palette: str = "viridis"
    is_reversed: bool = False


def grade(opened: Workspace, request: GradeRequest, progress: Progress = quiet) -> Outcome[Style]:
    """Give a table's style graduated classes by the workspace's numbers, and keep it as own style.

    Raises:
        RequestError: there is no such table, field or palette, the field holds no numbers, or the
            count is out of reach.
        EnvironmentProblem: the style cannot be written.
    """
    from gridmap.report.grading import graduated  # late: only making classes needs it

    if not LEAST <= request.count <= MOST:
        raise RequestError(texts.wrong_class_count(given=request.count, least=LEAST, most=MOST))
    palette = palettes().get(request.palette)
    if palette is None:
        known = ", ".join(palettes())
        raise RequestError(texts.no_such_palette(palette=request.palette, known=known))
    bounds = styles.graduate(
        opened, request.table, request.field, request.method, request.count, progress
    ).value
    if not bounds:
        raise RequestError(texts.no_numbers_to_grade(table=request.table, field=request.field))
    made = Graduation(request.method, request.count, request.palette, request.is_reversed)
    style = graduated(styles.load()[request.table], request.field, bounds, made, palette)
    styles.save(style)
    return Outcome(style)
