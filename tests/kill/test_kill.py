"""Killed at a random moment, a workspace opens again with all that was acknowledged.

Each kill is judged by ``bench/kill/judge.py``: the file opens for writing, holds every
acknowledged transaction and backup whole, nothing half, and its check is clean.
``python -m bench.kill`` does the same ten thousand times.
"""

import pytest
from bench.kill.harness import Harness

_PROMISED = ("import", "edit", "undo", "migration", "backup")
_FURTHER = ("restore", "rescue", "new")
_TIMES, _FURTHER_TIMES = 20, 8
_PARTS = 2  # the tests of a kind are spread over the processes that run tests


@pytest.mark.slow
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.parametrize("kind", _PROMISED)
def test_a_kill_loses_nothing_and_leaves_nothing_half(
    harness: Harness, kind: str, part: int
) -> None:
    for _ in range(_TIMES // _PARTS):
        harness.kill(kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", _FURTHER)
def test_restoring_and_making_a_workspace_stand_a_kill_too(harness: Harness, kind: str) -> None:
    for _ in range(_FURTHER_TIMES):
        harness.kill(kind)


@pytest.mark.slow
def test_killed_at_any_statement_of_a_migration_the_old_file_is_whole(harness: Harness) -> None:
    statement, killed = 1, 0
    while harness.kill_at("migration", statement):
        killed += 1
        statement += 1 + statement // 6  # the first ones one by one, then the triggers by leaps
    assert killed > 20
