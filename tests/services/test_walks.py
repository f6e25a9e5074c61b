"""Random walks of edits, undo, redo and restarts agree with a model; bench/walks.py takes more."""

from pathlib import Path

import pytest
from bench import walks

from gridmap.services import history

WALKS, PARTS = 500, 5


@pytest.fixture
def quick_place(tmp_path, request):
    """Return a folder in memory, where there is one: it is no test of the disk."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    folder = memory / f"walks-{tmp_path.parent.name}-{tmp_path.name}"
    folder.mkdir()
    yield folder
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_walks_agree_with_a_model(quick_place, part):
    done = walks.walks(quick_place / "walks.gridmap", part, WALKS // PARTS)
    assert done["walks"] == WALKS // PARTS
    assert done["kinds of edits"] > 6
    assert min(done[what] for what in ("edits", "undone", "redone", "restarts")) > 10


def test_a_walk_notices_a_cell_that_is_not_as_it_should_be(tmp_path, monkeypatch):
    path = tmp_path / "walks.gridmap"

    def forgetful(opened):
        outcome = history.undo(opened)
        with opened.transaction(outcome.value.intention) as tx:
            tx.connection.execute("UPDATE cell SET geom = ShiftCoords(geom, 1, 0)")
        return outcome

    monkeypatch.setattr(walks.history, "undo", forgetful, raising=True)
    with pytest.raises(walks.Disagreement, match="undo"):
        walks.walks(path, 3, 20)
