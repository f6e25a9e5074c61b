"""The past on the command line: the map as of a day, and rows brought back from there."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from tests.store.helpers import content, elsewhere, execute

from gridmap.services import checks
from gridmap.store.workspace import open_workspace


@pytest.fixture
def changed(sample_path):
    """A sample made on 2026-10-09, in which an organisation was deleted since; and its id."""
    with elsewhere(sample_path) as other:
        other.execute("UPDATE journal_transaction SET at = '2026-10-09T04:00:00.000Z'")
    with open_workspace(sample_path) as opened:
        with opened.reading() as reader:
            (gone,) = reader.execute("SELECT id FROM organisation").fetchone()
        before = content(opened)
        execute(opened, "DELETE FROM organisation WHERE id = ?", gone)
    return sample_path, gone, before


def test_rows_come_back(gridmap, changed):
    path, gone, before = changed
    told = gridmap("bring-back", path, "organisation", gone, "--as-of", "2026-10-12", "--json").json
    assert [(step["id"], step["deed"], step["asked"]) for step in told["steps"]] == [
        (gone, "reinsert", True)
    ]
    assert told["transaction"]
    with open_workspace(path) as opened:
        assert content(opened) == before
        assert checks.check(opened).value == []
    assert "恢复为 2026-10-12 的样子" in gridmap("history", path, "organisation", gone).stdout


def test_a_dry_run_tells_and_writes_nothing(gridmap, changed):
    path, gone, before = changed
    said = gridmap("bring-back", path, "organisation", gone, "--as-of", "2026-10-12", "--dry-run")
    assert said.exit_code == 0
    assert "没有写入" in said.stdout
    assert "重新加入" in said.stdout
    with open_workspace(path, read_only=True) as opened:
        assert content(opened) != before


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-10-01", "还什么都没有"), ("gestern", "2026-11-20"), ("2026-10-12", "从未有过|还没有")],
)
def test_what_cannot_be_is_said_and_exits_2(gridmap, changed, day, words):
    path, _, _ = changed
    said = gridmap("bring-back", path, "organisation", "nobody", "--as-of", day)
    assert said.exit_code == 2
    assert any(word in said.stderr for word in words.split("|"))


def blocks(picture: Path) -> np.ndarray:
    """Return the mean colours of blocks of 10 pixels."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    octets = np.frombuffer(image.constBits(), np.uint8).reshape(500, 700, 4)[..., :3]
    return octets.reshape(50, 10, 70, 10, 3).mean(axis=(1, 3))


def test_the_map_is_drawn_as_of_a_day(gridmap, changed, tmp_path):
    path, _, _ = changed
    pictures = []
    for number, options in enumerate([(), ("--as-of", "2026-10-12"), ("--as-of", "2026-10-12")]):
        target = tmp_path / f"{number}.png"
        said = gridmap("render", path, target, "--size", "700x500", *options)
        assert said.exit_code == 0
        pictures.append(blocks(target))
    # Qt draws a glyph a shade differently the first time, so pictures are compared by blocks
    assert np.abs(pictures[1] - pictures[2]).max() < 4
    assert np.abs(pictures[0] - pictures[1]).max() > 20
    said = gridmap("render", path, tmp_path / "no.png", "--as-of", "2026-10-01")
    assert said.exit_code == 2
    assert not (tmp_path / "no.png").exists()
