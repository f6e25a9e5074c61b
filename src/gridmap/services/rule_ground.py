"""What the rules look at, held in memory: a division's cells and the ground that they divide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Features, as_objects
from gridmap.geo.held import HeldShapes, Ints
from gridmap.model import codes
from gridmap.services import rule_texts as texts
from gridmap.services.office import Office, load_office
from gridmap.services.rule_findings import Accepted
from gridmap.store import as_of
from gridmap.store import edit as store
from gridmap.store.engine import sqlite

COLUMNS: dict[str, tuple[str, ...]] = {
    "cell": ("code", "code_scheme", "community_id"),
    "community": ("code", "civil_code", "name"),
    "building": ("name",),
    "compound": ("name", "single_owner"),
    "walkway": (),
    "component": (),
}
"""The tables that are held, and the fields of each."""
WATCHED = frozenset({*COLUMNS, "office_setting", "rule_exception"})
"""Changes of these tables can change what the rules find."""
_THERE = "t.geom IS NOT NULL"


@dataclass
class RuleGround:
    """A division and its ground; kept up to date by ``put``."""

    division: str | None
    office: Office
    layers: dict[str, HeldShapes]
    retired: dict[str, int]
    """How many cells that ended have a code; of plans none."""
    accepted: Accepted
    members: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_code: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for at in self.cells.alive.tolist():
            self._note(at)

    @property
    def cells(self) -> HeldShapes:
        """Return the cells of the division."""
        return self.layers["cell"]

    @property
    def communities(self) -> HeldShapes:
        """Return the communities."""
        return self.layers["community"]

    def _note(self, at: int) -> None:
        code, community = self._named(at)
        self.members[community].add(at)
        self.by_code[code].add(at)

    def _forget(self, at: int) -> None:
        code, community = self._named(at)
        self.members[community].discard(at)
        self.by_code[code].discard(at)

    def _named(self, at: int) -> tuple[str, str]:
        columns = self.cells.columns
        return columns["code"][at] or "", columns["community_id"][at] or ""

    def put(
        self, table: str, ids: Sequence[str], found: Features
    ) -> tuple[list[shapely.Geometry], Ints]:
        """Take some rows as they are now; return their shapes before and now, and positions."""
        held = self.layers[table]
        known = dict(zip(found.columns["id"].tolist(), range(len(found)), strict=True))
        shapes = found.geometry if found.geometry is not None else as_objects([])
        rows = [(id_, shapes[known[id_]] if id_ in known else None) for id_ in ids]
        columns = {
            name: [found.columns[name][known[id_]] if id_ in known else None for id_ in ids]
            for name in COLUMNS[table]
        }
        if table == "cell":
            for id_ in ids:
                at = held.position.get(id_)
                if at is not None and held.shapes[at] is not None:
                    self._forget(at)
        before, positions = held.put(rows, columns)
        if table == "cell":
            for at in positions.tolist():
                if held.shapes[at] is not None:
                    self._note(at)
        every = [*before, *(shape for _, shape in rows)]
        return [shape for shape in every if shape is not None], positions

    def cells_of(self, communities: Iterable[str]) -> Ints:
        """Return the positions of the cells of some communities."""
        found = sorted(at for one in communities for at in self.members.get(one, ()))
        return np.array(found, np.int64)

    def community_of(self, cell: int) -> str:
        """Return the community of a cell, "" where it has none that is known."""
        id_ = self.cells.columns["community_id"][cell] or ""
        return id_ if id_ in self.communities.position else ""

    # --- names -----------------------------------------------------------------------------------

    def cell_name(self, at: int) -> Text:
        """Return how people call a cell."""
        return texts.cell_named(codes.short(self.cells.columns["code"][at]))

    def name(self, table: str, at: int, unnamed: Text | None = None) -> Text | str:
        """Return the name of a row."""
        given = self.layers[table].columns["name"][at]
        return str(given) if given else unnamed or texts.unnamed()


def load_rule_ground(
    reader: sqlite.Connection, division: str | None, progress: Progress = quiet
) -> RuleGround:
    """Read all that the rules look at: two seconds for a district."""
    layers: dict[str, HeldShapes] = {}
    with as_of.one_moment(reader):
        for done, (table, names) in enumerate(COLUMNS.items()):
            progress(done, len(COLUMNS), texts.reading())
            where, bound = _condition(table, division)
            found = store.read_where(reader, table, names, where, bound)
            layers[table] = to_held(found, names)
        return RuleGround(
            division,
            load_office(reader),
            layers,
            _retired(reader, division),
            load_accepted(reader, division),
        )


def _condition(table: str, division: str | None) -> tuple[str, tuple[Any, ...]]:
    if table == "cell":
        return f"{_THERE} AND {store.DIVISION}", (division,)
    return _THERE, ()


def to_held(found: Features, names: Sequence[str]) -> HeldShapes:
    """Return rows as they are held."""
    shapes = found.geometry if found.geometry is not None else as_objects([])
    columns = {name: found.columns[name].tolist() for name in names}
    return HeldShapes(found.columns["id"].tolist(), shapes, columns)


def read_again(
    reader: sqlite.Connection, table: str, ids: Sequence[str], division: str | None
) -> Features:
    """Return those of some rows that belong to what the rules look at, as they are now."""
    names = COLUMNS[table]
    extra = ("plan_id", "valid_to") if table == "cell" else ()
    found = store.read_rows(reader, table, ids, (*names, *extra))
    shapes = found.geometry if found.geometry is not None else as_objects([])
    is_held = ~shapely.is_missing(shapes) if len(found) else np.zeros(0, bool)
    if table == "cell":
        plan, end = found.columns["plan_id"], found.columns["valid_to"]
        is_here = [one == division and to is None for one, to in zip(plan, end, strict=True)]
        is_held = is_held & np.array(is_here, bool)
    return found.take(np.flatnonzero(is_held))


def _retired(reader: sqlite.Connection, division: str | None) -> dict[str, int]:
    if division is not None:
        return {}
    where = "t.plan_id IS NULL AND t.valid_to IS NOT NULL"
    return store.count_by(reader, "cell", "code", where)


def load_accepted(reader: sqlite.Connection, division: str | None) -> Accepted:
    """Return what was accepted with a reason in a division."""
    names = ("rule", "table_name", "row_id", "other_id", "fingerprint", "reason")
    columns = store.read_where(
        reader, "rule_exception", names, "t.plan_id IS ?", (division,)
    ).columns
    found: defaultdict[tuple[str, str, str, str], tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for rule, table, row, other, fingerprint, reason in zip(
        *(columns[name] for name in names), strict=True
    ):
        found[rule, table, row, other or ""] += ((fingerprint or "", reason or ""),)
    return dict(found)
