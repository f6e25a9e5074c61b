"""What a killed backup leaves lying about never counts, and is swept away later."""

import os
import shutil
import time

from bench.kill.edits import edit
from bench.kill.migrations import future

from gridmap.services import backups, history
from gridmap.store import migrate
from gridmap.store.backup import backup_folder, list_backups
from gridmap.store.workspace import Workspace, open_workspace

_TWO_DAYS = 2 * 86_400


def test_a_half_written_backup_is_not_listed(sample: Workspace) -> None:
    made = backups.back_up(sample).value
    for draft in (".trial-abcdef_1", f".{made.path.stem}-abcdef_2"):
        (backup_folder(sample.path) / f"{draft}.gridmap").write_bytes(b"half")
    assert [one.path for one in list_backups(sample.path)] == [made.path]


def test_old_leftovers_are_swept_and_fresh_ones_stay(sample: Workspace) -> None:
    folder = backup_folder(sample.path)
    folder.mkdir()
    old, fresh = folder / ".trial-old.gridmap", folder / ".trial-fresh.gridmap"
    for draft in (old, fresh):
        draft.write_bytes(b"half")
    then = time.time() - _TWO_DAYS
    os.utime(old, (then, then))
    backups.back_up(sample)
    assert not old.exists()
    assert fresh.exists()


def test_what_a_killed_upgrade_left_is_swept_by_the_next(sample: Workspace) -> None:
    sample.close()
    folder = sample.path.parent
    version = migrate.MIGRATIONS[-1].version
    draft = folder / f".{sample.path.stem}.v{version}-20260101-000000-abcdefgh.gridmap"
    shutil.copy(sample.path, draft)
    with future(), open_workspace(sample.path):
        assert not draft.exists()
        assert len(list(folder.glob(f"{sample.path.stem}.v{version}-*"))) == 1


def test_after_a_restore_the_same_number_does_not_pass_for_the_same_state(
    sample: Workspace,
) -> None:
    first = backups.back_up(sample).value
    edit(sample, 0)
    backups.restore(sample, first.path)  # backs up the edit, under the number that comes next
    edit(sample, 1)
    assert backups.back_up_if_changed(sample).value is not None
    assert backups.back_up_if_changed(sample).value is None
    history.undo(sample)
    assert backups.back_up_if_changed(sample).value is not None
