"""Adjacent cells made one."""

from collections.abc import Callable

import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import Borders
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import by_area, change_of, ensure_sound, place_in, positions
from gridmap.geo.edit_faces import dissolved
from gridmap.model.cell_edits import Merge


def merge(coverage: Coverage, edit: Merge, new_key: Callable[[], Key]) -> Change:
    """Return the change that makes one new cell of adjacent ones.

    Vertices where a border ended stay on the outline, since neighbours have them as well.

    Raises:
        RequestError: fewer than two cells, or they do not hang together.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 30], [10, 10]))
        >>> change = merge(cells, Merge(("a", "b")), lambda: "c")
        >>> float(change.after["c"].area), dict(change.heirs)
        (300.0, {'c': ('b', 'a')})
    """
    cells = positions(coverage, edit.cells)
    if len(cells) < 2:
        raise RequestError(texts.merge_needs_two())
    borders = Borders.of(coverage)
    shapes = {coverage.keys[cell]: coverage.shapes[cell] for cell in cells.tolist()}
    whole = dissolved(list(shapes.values()))
    parts = shapely.get_parts(whole)
    if len(parts) > 1:
        raise RequestError(
            texts.not_adjacent(), place=place_in(parts[shapely.area(parts).argmin()])
        )
    key = new_key()
    heirs = {key: by_area(shapes)}
    change = change_of(coverage, borders, cells, {key: [whole]}, nodes={}, heirs=heirs)
    row = borders.mm[borders.cell == cells[0]][0]
    return ensure_sound(coverage, borders, change, at=(int(row[0]), int(row[1])))
