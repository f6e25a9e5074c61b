"""Cells cut by a drawn line."""

from collections.abc import Callable, Mapping

import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import OUTSIDE, Borders, Ints, Point
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import (
    change_of,
    ensure_no_sliver,
    ensure_sound,
    place_in,
    positions,
)
from gridmap.geo.edit_faces import Draft, Face, classify, is_known
from gridmap.geo.edit_line import Piece, Traced, ensure_line, place_of, trace
from gridmap.model.cell_edits import Split


def split(coverage: Coverage, edit: Split, new_key: Callable[[], Key]) -> Change:
    """Return the change that cuts cells by a line; all parts are new cells.

    The line may begin and end outside; it gets a vertex, rounded to 1 mm, where it crosses a
    border, and so have all cells on that border. Where that is the outer edge of all cells, their
    ground changes by this rounding.

    Raises:
        RequestError: it crosses itself, misses a cell, ends inside one, only runs along a border,
            or leaves a sliver.

    Example:
        >>> from itertools import count
        >>> from gridmap.model.cell_edits import Split
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> names = map(str, count())
        >>> change = split(cells, Split(("a",), ((-1, 4), (11, 4))), lambda: next(names))
        >>> {key: float(shape.area) for key, shape in sorted(change.after.items())}
        {'0': 60.0, '1': 40.0, 'b': 100.0}
        >>> dict(change.heirs)
        {'0': ('a',), '1': ('a',)}
    """
    cells = positions(coverage, edit.cells)
    mm = ensure_line(coverage, edit.line)
    borders = Borders.of(coverage)
    cut = cut_cells(coverage, borders, cells, mm)
    given: dict[Key, list[shapely.Polygon]] = {}
    heirs: dict[Key, tuple[Key, ...]] = {}
    for cell in cells.tolist():
        faces = sorted(cut.faces_of(cell), key=lambda face: -float(shapely.area(face.shape)))
        if len(faces) < 2:
            if cell in cut.loose:
                raise RequestError(texts.line_ends_inside(), place=place_of(cut.loose[cell]))
            raise RequestError(texts.line_does_not_cross(), place=place_in(coverage.shapes[cell]))
        for face in faces:
            ensure_no_sliver(face.shape)
            key = new_key()
            given[key], heirs[key] = [face.shape], (coverage.keys[cell],)
    nodes = cut.draft.nodes
    change = change_of(coverage, borders, cells, given, nodes=nodes, heirs=heirs)
    return ensure_sound(coverage, borders, change, at=cut.at, nodes=nodes)


class Cut:
    """Cells and the faces into which lines cut them; ``loose``: where one ends in a cell."""

    def __init__(
        self, draft: Draft, lines: list[tuple[Point, ...]], loose: Mapping[int, Point]
    ) -> None:
        self.draft = draft
        self.lines = lines
        self.loose = loose
        self.faces = draft.faces(lines)
        self._cell = [self._find_cell(face) for face in self.faces]

    @property
    def at(self) -> Point:
        """Return a place on the line."""
        line = self.lines[0]
        return line[len(line) // 2]

    def faces_of(self, cell: int) -> list[Face]:
        """Return the faces of a cell."""
        return [face for face, own in zip(self.faces, self._cell, strict=True) if own == cell]

    def _find_cell(self, face: Face) -> int:
        if face.owners and (
            len(face.owners) == 1 or face.owners.isdisjoint(self.draft.cells.tolist())
        ):
            return min(face.owners)
        inside = face.inside  # all its edges were drawn
        for cell in self.draft.cells.tolist():
            if shapely.contains_xy(self.draft.coverage.shapes[cell], inside.x, inside.y):
                return int(cell)
        return OUTSIDE


def cut_cells(coverage: Coverage, borders: Borders, cells: Ints, mm: Ints) -> Cut:
    """Return cells cut by the parts of a line that go through them.

    Raises:
        RequestError: none does; or the line ends inside a cell.
    """
    traced = trace(borders, borders.around(cells), mm)
    inside = pieces_inside(coverage, borders, cells, traced)
    through = [piece for piece, _ in inside if piece.is_through]
    loose = {cell: piece.free_end for piece, cell in inside if not piece.is_through}
    if not through:
        if loose:
            first = next(iter(loose.values()))
            raise RequestError(texts.line_ends_inside(), place=place_of(first))
        place = place_of(traced.path[len(traced.path) // 2])
        sentence = texts.line_runs_along if any(traced.is_on) else texts.line_does_not_cross
        raise RequestError(sentence(), place=place)
    used = {piece.points[end] for piece in through for end in (0, -1)}
    draft = Draft(coverage, borders, cells, traced.nodes_at(used))
    return Cut(draft, [piece.points for piece in through], loose)


def pieces_inside(
    coverage: Coverage, borders: Borders, cells: Ints, traced: Traced
) -> list[tuple[Piece, int]]:
    """Return the pieces of a line that lie in cells, not along borders, and in which."""
    known = Draft(coverage, borders, cells, traced.nodes).left
    pieces = [piece for piece in traced.pieces() if not is_known(piece.points, known)]
    owners = classify(coverage, cells, pieces)
    every = zip(pieces, owners, strict=True)
    return [(piece, cell) for piece, cell in every if cell != OUTSIDE]
