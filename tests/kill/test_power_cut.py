"""What was acknowledged is on the disk: a power cut right afterwards loses nothing."""

import ctypes
import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.kill.edits import edit
from bench.kill.migrations import future
from bench.kill.state import fingerprint, fingerprint_of_file, transaction_ids

from gridmap.services import backups, checks, workspaces
from gridmap.store.connect import connect_foreign
from gridmap.store.workspace import Workspace, open_workspace

_CACHESTAT = 451  # the system call's number, the same on every processor; since Linux 6.5
_FULL = 2
_CUTS = 40


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _copy_as_it_is(path: Path, folder: Path) -> Path:
    """Copy the database and its log while the writer has them open."""
    folder.mkdir()
    for part in (path, _wal(path)):
        shutil.copy(part, folder / part.name)
    return folder / path.name


class _Range(ctypes.Structure):
    _fields_ = (("offset", ctypes.c_uint64), ("length", ctypes.c_uint64))


class _Pages(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint64)
        for name in ("cached", "dirty", "writeback", "evicted", "recently_evicted")
    )


def _unwritten_pages(path: Path) -> int:
    """Return how many pages of a file the system holds that are not on the disk yet."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells which pages are not on the disk")
    whole, pages = _Range(0, 0), _Pages()
    descriptor = os.open(path, os.O_RDONLY)
    try:
        failed = ctypes.CDLL(None, use_errno=True).syscall(
            _CACHESTAT, descriptor, ctypes.byref(whole), ctypes.byref(pages), 0
        )
    finally:
        os.close(descriptor)
    if failed:
        pytest.skip("this Linux does not tell which pages are not on the disk (before 6.5)")
    return int(pages.dirty + pages.writeback)


@pytest.fixture
def unwritten(tmp_path: Path) -> Callable[[Path], int]:
    """Return what counts unwritten pages, proved on a file that was just written."""
    fresh = tmp_path / "fresh"
    fresh.write_bytes(os.urandom(1 << 16))
    if not _unwritten_pages(fresh):
        pytest.skip("this file system does not keep pages back")
    return _unwritten_pages


def test_the_writer_waits_for_the_disk(sample: Workspace) -> None:
    with sample.writing() as writer:
        assert writer.execute("PRAGMA synchronous").fetchone()[0] == _FULL
        assert writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert writer.execute("PRAGMA fullfsync").fetchone()[0] == 1


def test_an_acknowledged_edit_is_in_the_files_at_once(sample: Workspace, tmp_path: Path) -> None:
    for number in range(4):
        acknowledged = edit(sample, number)
        copy = _copy_as_it_is(sample.path, tmp_path / f"cut{number}")
        with open_workspace(copy) as opened:
            assert checks.check(opened).value == []
            with opened.reading() as reader, sample.reading() as original:
                assert transaction_ids(reader)[-1] == acknowledged
                assert fingerprint(reader) == fingerprint(original)


def test_nothing_acknowledged_waits_in_memory_for_the_disk(
    sample: Workspace, unwritten: Callable[[Path], int]
) -> None:
    for number in range(8):
        edit(sample, number)
        assert unwritten(_wal(sample.path)) == 0
    sample.close()
    assert unwritten(sample.path) == 0


def test_a_backup_is_on_the_disk_when_it_counts(
    sample: Workspace, unwritten: Callable[[Path], int]
) -> None:
    assert unwritten(backups.back_up(sample).value.path) == 0


def test_a_new_workspace_is_on_the_disk(tmp_path: Path, unwritten: Callable[[Path], int]) -> None:
    path = tmp_path / "新.gridmap"
    workspaces.new_workspace(workspaces.NewWorkspace(path, "110101001", "试验街道")).close()
    assert unwritten(path) == 0


def test_what_a_migration_puts_aside_is_on_the_disk(
    sample_path: Path, unwritten: Callable[[Path], int]
) -> None:
    with future(), open_workspace(sample_path):
        (aside,) = sample_path.parent.glob(f"{sample_path.stem}.v*")
        assert unwritten(aside) == 0


@pytest.mark.parametrize("is_torn", [False, True], ids=["cut", "torn"])
def test_a_log_that_ends_anywhere_holds_what_was_acknowledged_before(
    sample: Workspace, tmp_path: Path, is_torn: bool
) -> None:
    """A power cut may drop, or garble, whatever was written after the last acknowledgement."""
    wal = _wal(sample.path)
    lengths, states = [], []
    for number in range(5):
        edit(sample, number)
        lengths.append(wal.stat().st_size)
        with sample.reading() as reader:
            states.append(fingerprint(reader))
    chance = random.Random(1)
    for n in range(_CUTS):
        cut = chance.randint(lengths[0], lengths[-1])
        copy = _copy_as_it_is(sample.path, tmp_path / f"cut{n}")
        with _wal(copy).open("rb+") as log:
            log.truncate(cut)
            if is_torn:
                log.seek(0, os.SEEK_END)
                log.write(os.urandom(lengths[-1] - cut))
        acknowledged = sum(length <= cut for length in lengths)
        assert fingerprint_of_file(copy) == states[acknowledged - 1]
        with open_workspace(copy) as opened:
            assert checks.check(opened).value == []


def test_the_log_is_never_reset_before_the_database_is_on_the_disk(
    sample: Workspace, unwritten: Callable[[Path], int]
) -> None:
    edit(sample, 0)
    with sample.writing() as writer:
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert _wal(sample.path).stat().st_size == 0
    assert unwritten(sample.path) == 0
    connection = connect_foreign(sample.path)
    try:
        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    finally:
        connection.close()
