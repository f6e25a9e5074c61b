"""What must hold of a workspace whose writer was killed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.kill.edits import edit
from bench.kill.state import fingerprint, fingerprint_of_file, transaction_ids
from bench.kill.works import NAME, Kind, rescue
from gridmap.services import checks, workspaces
from gridmap.store.backup import list_backups
from gridmap.store.connect import connect_foreign
from gridmap.store.workspace import Workspace

_IS_TRANSACTION = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7")
_ABSENT = "absent"


class Broken(AssertionError):
    """A killed writer left something behind that must not be."""


@dataclass(frozen=True)
class Script:
    """How the work runs undisturbed.

    ``states`` are those at its beginning and after each acknowledgement, ``copies`` those of the
    backups that it finds.
    """

    states: tuple[str, ...]
    copies: tuple[str, ...]

    def is_allowed(self, state: str, acknowledged: int) -> bool:
        """Return whether a state holds what was acknowledged, and at most one step more, whole."""
        return state in self.states[acknowledged : acknowledged + 2]


@dataclass(frozen=True)
class Verdict:
    """What a kill left: whether the step that it hit is there (whole) though unacknowledged."""

    is_ahead: bool
    leftovers: int


def script_of(kind: Kind, folder: Path) -> Script:
    """Do the work undisturbed, in this process, and note the states."""
    listed = list_backups(folder / NAME)
    copies = tuple(fingerprint_of_file(one.path) for one in listed)
    states = [_state(kind, folder)]
    with kind.program():
        kind.act(folder, lambda _: states.append(_state(kind, folder)))
    return Script(tuple(states), copies)


def judge(kind: Kind, folder: Path, script: Script, acknowledged: Sequence[str]) -> Verdict:
    """Return what the kill left.

    Raises:
        Broken: something acknowledged is missing, something half is there, or it is not sound.
    """
    found = _state(kind, folder)
    if not script.is_allowed(found, len(acknowledged)):
        known = script.states.index(found) if found in script.states else "no known state"
        raise Broken(f"acknowledged {len(acknowledged)} of {len(script.states) - 1}, is at {known}")
    is_ahead = found != script.states[len(acknowledged)]
    leftovers = sum(1 for path in folder.rglob(".*") if path.suffix not in (".lock", ".holder"))
    if kind.name == "rescue":
        _ensure_rescued(folder, script)
    if found != _ABSENT:
        with kind.program(), workspaces.open_existing(folder / NAME) as opened:
            _ensure_sound(opened)
            _ensure_acknowledged(opened, acknowledged)
            _ensure_works(opened)
    _ensure_copies_whole(kind, folder, script, acknowledged)
    return Verdict(is_ahead, leftovers)


def _state(kind: Kind, folder: Path) -> str:
    """Return the state as any reader of the file finds it."""
    path = folder / NAME
    if kind.name == "rescue" and not _is_database(path):
        return "damaged"
    return fingerprint_of_file(path) if path.exists() else _ABSENT


def _is_database(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as stream:
        return stream.read(6) == b"SQLite"


def _ensure_sound(opened: Workspace) -> None:
    if opened.is_read_only:
        raise Broken(f"the right to write was not given back: {opened.why_read_only}")
    problems = checks.check(opened).value
    if problems:
        raise Broken("; ".join(str(problem.text) for problem in problems))


def _ensure_acknowledged(opened: Workspace, acknowledged: Sequence[str]) -> None:
    with opened.reading() as reader:
        there = set(transaction_ids(reader))
    wanted = {told for told in acknowledged if _IS_TRANSACTION.match(told)}
    if not wanted <= there:
        raise Broken(f"acknowledged transactions are missing: {wanted - there}")


def _ensure_works(opened: Workspace) -> None:
    """The workspace can be written as if nothing had happened."""
    made = edit(opened, 1)
    with opened.reading() as reader:
        if transaction_ids(reader)[-1] != made:
            raise Broken("an edit after the kill left no trace")


def _ensure_rescued(folder: Path, script: Script) -> None:
    """A rescue that was cut short can be repeated, and the damaged file is kept."""
    if not _is_database(folder / NAME):
        rescue(folder)
    if fingerprint_of_file(folder / NAME) != script.states[-1]:
        raise Broken("the rescued workspace is not the backup")
    if not any(not _is_database(path) for path in folder.glob("office.damaged-*.gridmap")):
        raise Broken("the damaged file was not kept")


def _ensure_copies_whole(
    kind: Kind, folder: Path, script: Script, acknowledged: Sequence[str]
) -> None:
    """Every backup that is listed, and every file put aside by a migration, is whole."""
    listed = list_backups(folder / NAME)
    names = {one.path.name for one in listed}
    missing = {told for told in acknowledged if told.endswith(".gridmap")} - names
    if missing:
        raise Broken(f"acknowledged backups are missing: {missing}")
    aside = list(folder.glob("office.v*.gridmap"))
    if kind.name == "migration" and not aside and script.states[0] != _state(kind, folder):
        raise Broken("it was migrated, and the old file was not put aside")
    for path in [*(one.path for one in listed), *aside]:
        _ensure_whole(path, script)


def _ensure_whole(path: Path, script: Script) -> None:
    connection = connect_foreign(path)
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        state = fingerprint(connection)
    finally:
        connection.close()
    if verdict != "ok":
        raise Broken(f"{path.name}: {verdict}")
    if state not in script.states + script.copies:
        raise Broken(f"{path.name} holds a state that never was")
