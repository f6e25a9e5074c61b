"""The editing tools that only pick cells: merging, and equal parts; plain Python, no Qt."""

from gridmap.model.cell_edits import Measure, Merge, SplitParts
from gridmap.ui.tools.edit_deeds import Deed, DeedName, Spot
from gridmap.ui.tools.edit_site import Site
from gridmap.ui.tools.edit_wishes import Wish, only

_FEWEST, _MOST = 2, 20
_HOUSEHOLDS, _AREA = "h", "a"


class MergeCells(Deed):
    """Picks cells, those that are selected already first, and merges them by Enter."""

    name: DeedName = "merge_cells"

    def __init__(self, selected: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._chosen = list(selected)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the cells that were picked."""
        return tuple(self._chosen)

    def use(self, site: Site) -> None:
        """Let go of cells that are no more, e.g. because an undo took them away."""
        super().use(site)
        self._chosen = [key for key in self._chosen if key in site.ground.rows]

    def click(self, spot: Spot) -> Wish | None:
        """Pick the cell there, or let it go."""
        self.hover(spot)
        cell = self.site.ground.cell_at(spot.raw) if self.site is not None else None
        if cell is None:
            return None
        if cell in self._chosen:
            self._chosen.remove(cell)
        else:
            self._chosen.append(cell)
        self.serial += 1
        return None

    def double_click(self, spot: Spot) -> Wish | None:
        """Take the last cell as well, and merge; the click before has let it go or picked it."""
        cell = self.site.ground.cell_at(spot.raw) if self.site is not None else None
        if cell is not None and cell not in self._chosen:
            self._chosen.append(cell)
        return self.finish()

    def finish(self) -> Wish | None:
        """Merge what was picked."""
        return self.preview()

    def preview(self) -> Wish | None:
        """Return the merge of what was picked."""
        return only(Merge(self.chosen)) if len(self._chosen) >= _FEWEST else None

    def step_back(self) -> bool:
        """Let the last cell go."""
        if not self._chosen:
            return False
        self._chosen.pop()
        self.serial += 1
        return True

    def clear(self) -> None:
        """Pick anew."""
        super().clear()
        self._chosen = []


class EqualParts(Deed):
    """Splits one cell into parts of equal area or equal households."""

    name: DeedName = "split_parts"

    def __init__(self, selected: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.cell: str | None = selected[0] if len(selected) == 1 else None
        self.parts = _FEWEST
        self.by: Measure = "area"

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the cell to be split."""
        return (self.cell,) if self.cell is not None else ()

    def use(self, site: Site) -> None:
        """Let go of a cell that is no more."""
        super().use(site)
        if self.cell not in site.ground.rows:
            self.cell = None

    def click(self, spot: Spot) -> Wish | None:
        """Pick the cell there."""
        self.hover(spot)
        self.cell = self.site.ground.cell_at(spot.raw) if self.site is not None else None
        self.serial += 1
        return None

    def hover(self, spot: Spot) -> None:
        """Follow the pointer; the preview does not depend on it."""
        self.spot = spot

    def type_number(self, number: float) -> bool:
        """Take the number of parts."""
        if number != round(number) or not _FEWEST <= number <= _MOST:
            return False
        self.parts = round(number)
        self.serial += 1
        return True

    def letter(self, letter: str) -> bool:
        """Make the parts equal by households (H) or by area (A)."""
        if letter not in (_HOUSEHOLDS, _AREA):
            return False
        self.by = "households" if letter == _HOUSEHOLDS else "area"
        self.serial += 1
        return True

    def finish(self) -> Wish | None:
        """Split the cell."""
        return self.preview()

    def preview(self) -> Wish | None:
        """Return the split."""
        return only(SplitParts(self.cell, self.parts, self.by)) if self.cell is not None else None

    def step_back(self) -> bool:
        """Let the cell go."""
        if self.cell is None:
            return False
        self.cell = None
        self.serial += 1
        return True

    def clear(self) -> None:
        """Pick anew, with the same number of parts."""
        super().clear()
        self.cell = None
