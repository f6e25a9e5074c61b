"""The judge itself is judged: it must see each fault that is planted."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.kill import judge, templates
from bench.kill.judge import Broken, Script
from bench.kill.works import KINDS, NAME

from gridmap.base.errors import WorkspaceDamaged
from gridmap.store.backup import list_backups
from gridmap.store.engine import sqlite
from gridmap.store.lock import WriterLock

_EDIT = KINDS["edit"]


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Script, list[str]]:
    """Return a folder in which the edits were done, their script, and what was acknowledged."""
    root = tmp_path_factory.mktemp("judge")
    sample = templates.make(root / "templates")["sample"]
    script = judge.script_of(_EDIT, Path(shutil.copytree(sample, root / "script")))
    acknowledged: list[str] = []
    folder = Path(shutil.copytree(sample, root / "done"))
    _EDIT.act(folder, acknowledged.append)
    return folder, script, acknowledged


@pytest.fixture
def folder(done: tuple[Path, Script, list[str]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(done[0], tmp_path / "left"))


def _execute(folder: Path, statement: str) -> None:
    connection = sqlite.connect(folder / NAME, isolation_level=None)
    connection.execute(statement)
    connection.close()


def _lose_last_edit(folder: Path) -> None:
    last = "(SELECT max(seq) FROM journal_transaction)"
    _execute(
        folder,
        f"DELETE FROM journal_value WHERE entry IN (SELECT entry FROM journal"
        f" WHERE transaction_seq = {last})",
    )


def _change_one_row(folder: Path) -> None:
    _execute(folder, "UPDATE category SET name = 'x' WHERE rowid = 1")


def _tear_backup(folder: Path) -> None:
    backup = list_backups(folder / NAME)[0].path
    backup.write_bytes(backup.read_bytes()[: 1 << 16])


def _lose_index(folder: Path) -> None:
    _execute(folder, "DELETE FROM idx_defect_geom_rowid")


_FAULTS = (_lose_last_edit, _change_one_row, _tear_backup, _lose_index)


def test_undisturbed_work_is_found_sound(
    done: tuple[Path, Script, list[str]], folder: Path
) -> None:
    assert not judge.judge(_EDIT, folder, done[1], done[2]).is_ahead


def test_a_missing_acknowledgement_is_found_to_be_ahead(
    done: tuple[Path, Script, list[str]], folder: Path
) -> None:
    assert judge.judge(_EDIT, folder, done[1], done[2][:-1]).is_ahead


def test_two_steps_ahead_are_refused(done: tuple[Path, Script, list[str]], folder: Path) -> None:
    with pytest.raises(Broken):
        judge.judge(_EDIT, folder, done[1], done[2][:-2])


@pytest.mark.parametrize("plant", _FAULTS)
def test_a_planted_fault_is_seen(
    done: tuple[Path, Script, list[str]], folder: Path, plant: Callable[[Path], None]
) -> None:
    plant(folder)
    with pytest.raises((Broken, WorkspaceDamaged)):
        judge.judge(_EDIT, folder, done[1], done[2])


def test_a_lock_that_is_still_held_is_seen(
    done: tuple[Path, Script, list[str]], folder: Path
) -> None:
    lock = WriterLock(folder / NAME)
    assert lock.take("test")
    try:
        with pytest.raises(Broken, match="right to write"):
            judge.judge(_EDIT, folder, done[1], done[2])
    finally:
        lock.release()
