"""The findings of a division, kept up to date: after a change only its surroundings are checked."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.progress import Progress, quiet, share
from gridmap.geo.features import as_objects
from gridmap.geo.held import Ints
from gridmap.model.changes import Touched
from gridmap.services import rule_texts as texts
from gridmap.services.rule_checks import CHECKS, Check
from gridmap.services.rule_findings import Finding, with_reasons
from gridmap.services.rule_ground import (
    COLUMNS,
    WATCHED,
    RuleGround,
    load_accepted,
    load_rule_ground,
    read_again,
)
from gridmap.store.workspace import Workspace

_NEAR_M = 1.5
_Findings = dict[str, list[Finding]]
"""Of one check, by the id of the owner; "" holds those of rows that nobody owns."""
_FEATURES = ("building", "compound", "walkway")


@dataclass(frozen=True)
class Changed:
    """What a change made of the findings: those that are over, and those that are new."""

    gone: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)


class RuleKeeper:
    """Holds a division in memory, and what the rules find in it.

    ``build``, ``update`` and ``findings`` may be called in any thread; one waits for the other.
    """

    def __init__(self, opened: Workspace, division: str | None = None) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._division = division
        self._ground: RuleGround | None = None
        self._found: dict[str, _Findings] = {}

    @property
    def is_built(self) -> bool:
        """Return whether everything was looked at once."""
        return self._ground is not None

    @property
    def division(self) -> str | None:
        """Return which division it looks at."""
        return self._division

    @property
    def ground(self) -> RuleGround:
        """Return what it holds.

        Raises:
            RuntimeError: nothing was built yet.
        """
        if self._ground is None:
            raise RuntimeError("not built")
        return self._ground

    def build(self, progress: Progress = quiet) -> list[Finding]:
        """Read the whole division and check it; return what was found."""
        with self._lock:
            return self._build(progress)

    def _build(self, progress: Progress) -> list[Finding]:
        with self._opened.reading() as reader:
            self._ground = load_rule_ground(reader, self._division, share(progress, 0.0, 0.5))
        checked = share(progress, 0.5, 1.0)
        found: dict[str, _Findings] = {}
        for done, check in enumerate(CHECKS):
            checked(done, len(CHECKS), texts.checking())
            owners = self._ground.layers[check.table].alive
            found[check.id] = _by_owner(check, check.run(self._ground, owners))
        checked(len(CHECKS), len(CHECKS), texts.checking())
        self._found = found
        return self._findings()

    def findings(self) -> list[Finding]:
        """Return all that was found, in the order of the rules; accepted ones are marked."""
        with self._lock:
            return self._findings()

    def _findings(self) -> list[Finding]:
        return with_reasons(self._every(), self.ground.accepted)

    def _every(self) -> list[Finding]:
        """Return all findings as they were found; a pair that two communities tell of is one."""
        every: dict[tuple[str, str, str, str], Finding] = {}
        for by_owner in self._found.values():
            for some in by_owner.values():
                every |= {one.key: one for one in some}
        return list(every.values())

    def update(self, touched: Touched) -> Changed:
        """Check again what a change can have altered; see ``Changed``."""
        if not any(table in touched for table in WATCHED):
            return Changed()
        with self._lock:
            if self._ground is None:
                return Changed()
            if self._must_build(touched):
                before = self._findings()
                return _changed(before, self._build(quiet))
            return self._follow(self._ground, touched)

    def _must_build(self, touched: Touched) -> bool:
        """Return whether more changed than is worth following."""
        if "office_setting" in touched:
            return True
        return any(touched.rows[table] is None for table in COLUMNS if table in touched)

    def _follow(self, ground: RuleGround, touched: Touched) -> Changed:
        places: dict[str, list[shapely.Geometry]] = {}
        rows: dict[str, Ints] = {}
        codes = set()
        communities: set[str] = set()
        was_accepted = ground.accepted
        with self._opened.reading() as reader:
            for table in COLUMNS:
                ids = sorted(touched.rows.get(table) or ())
                if not ids:
                    continue
                if table == "cell":
                    codes |= _codes(ground, ids)
                    communities |= _communities(ground, ids)
                found = read_again(reader, table, ids, self._division)
                places[table], rows[table] = ground.put(table, ids, found)
                if table == "cell":
                    codes |= _codes(ground, ids)
                    communities |= _communities(ground, ids)
            if "rule_exception" in touched:
                ground.accepted = load_accepted(reader, self._division)
        gone: list[Finding] = []
        new: list[Finding] = []
        for check in CHECKS:
            owners = _owners(check, ground, places, rows, codes, communities)
            if len(owners):
                old, found_now = self._again(ground, check, owners)
                gone += old
                new += found_now
        gone, new = with_reasons(gone, was_accepted), with_reasons(new, ground.accepted)
        if ground.accepted is not was_accepted:
            every = self._every()
            before, after = with_reasons(every, was_accepted), with_reasons(every, ground.accepted)
            marked = _changed(before, after)
            gone, new = [*gone, *marked.gone], [*new, *marked.new]
        return _changed(gone, new)

    def _again(
        self, ground: RuleGround, check: Check, owners: Ints
    ) -> tuple[list[Finding], list[Finding]]:
        held, by_owner = ground.layers[check.table], self._found[check.id]
        names = {held.ids[at] for at in owners.tolist()} | {""}
        old = [one for name in names for one in by_owner.pop(name, ())]
        alive = owners[~shapely.is_missing(held.shapes[owners])]
        now = _by_owner(check, check.run(ground, alive))
        by_owner |= now
        return old, [one for some in now.values() for one in some]


def _by_owner(check: Check, findings: Iterable[Finding]) -> _Findings:
    found: _Findings = {}
    for one in findings:
        owner = (one.community_id or "") if check.table == "community" else one.row_id
        found.setdefault(owner, []).append(one)
    return found


def _changed(before: list[Finding], after: list[Finding]) -> Changed:
    was = {(one.key, one.fingerprint, one.accepted) for one in before}
    is_ = {(one.key, one.fingerprint, one.accepted) for one in after}
    return Changed(
        tuple(one for one in before if (one.key, one.fingerprint, one.accepted) not in is_),
        tuple(one for one in after if (one.key, one.fingerprint, one.accepted) not in was),
    )


def _codes(ground: RuleGround, ids: Iterable[str]) -> set[str]:
    """Return the codes that some cells have as far as is known."""
    held = ground.cells
    return {held.columns["code"][held.position[id_]] or "" for id_ in ids if id_ in held.position}


def _communities(ground: RuleGround, ids: Iterable[str]) -> set[str]:
    held = ground.cells
    known = [held.position[id_] for id_ in ids if id_ in held.position]
    return {held.columns["community_id"][at] or "" for at in known}


def _owners(
    check: Check,
    ground: RuleGround,
    places: dict[str, list[shapely.Geometry]],
    rows: dict[str, Ints],
    codes: set[str],
    communities: set[str],
) -> Ints:
    """Return the positions of the owners whose findings a change can have altered."""
    mine = rows.get(check.table, np.empty(0, np.int64))
    if check.id == "codes":
        mates = [at for code in codes - {""} for at in ground.by_code.get(code, ())]
        named = ground.cells_of(_ids(ground, "community", rows))
        return np.unique(np.concatenate([mine, np.array(mates, np.int64), named]))
    if check.table == "community":
        tables: tuple[str, ...] = ("cell", "component") if check.id == "balance" else ("cell",)
        known = [ground.communities.position.get(one) for one in communities]
        around = _near(ground, check.table, places, tables)
        found = np.array([at for at in known if at is not None], np.int64)
        return np.unique(np.concatenate([mine, found, around]))
    if check.table in ("building", "compound"):
        return np.unique(np.concatenate([mine, _near(ground, check.table, places, ("cell",))]))
    tables = {
        "walkways": ("walkway",),
        "areas": ("compound",),
        "borders": _FEATURES,
    }[check.id]
    return np.unique(np.concatenate([mine, _near(ground, "cell", places, tables)]))


def _near(
    ground: RuleGround,
    table: str,
    places: dict[str, list[shapely.Geometry]],
    tables: Iterable[str],
) -> Ints:
    shapes = [shape for one in tables for shape in places.get(one, ())]
    return ground.layers[table].near(as_objects(shapes), _NEAR_M)


def _ids(ground: RuleGround, table: str, rows: dict[str, Ints]) -> list[str]:
    return [ground.layers[table].ids[at] for at in rows.get(table, np.empty(0, int)).tolist()]
