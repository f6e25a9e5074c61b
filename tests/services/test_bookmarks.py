"""Places are kept outside of the workspace, whole or not at all, and read with distrust."""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridmap.base.errors import EnvironmentProblem
from gridmap.services import bookmarks
from gridmap.services.bookmarks import Bookmark
from gridmap.store.workspace import Workspace, open_workspace

KEPT = (
    Bookmark("居委会", (604_000.0, 4_296_000.0, 604_500.0, 4_296_300.0), b"\x89PNG"),
    Bookmark("街心花园 2", (604_100.5, 4_296_000.25, 604_101.0, 4_296_300.0)),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
EXTENT = st.lists(st.floats() | st.integers() | st.none(), min_size=3, max_size=5)
ENTRY = st.fixed_dictionaries(
    {}, optional={"name": JSON | st.text(), "extent": EXTENT | JSON, "picture": st.text() | JSON}
)


def write(workspace: Workspace, text: str) -> None:
    file = bookmarks.file_of(workspace)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_what_is_kept_is_there_again_in_its_order(workspace: Workspace) -> None:
    assert bookmarks.load(workspace).value == ()
    bookmarks.save(workspace, KEPT)
    assert bookmarks.load(workspace).value == KEPT
    bookmarks.save(workspace, KEPT[::-1])
    assert bookmarks.load(workspace).value == KEPT[::-1]


def test_a_copy_has_the_same_bookmarks_and_another_workspace_has_its_own(
    workspace: Workspace, sample: Workspace, tmp_path: Path
) -> None:
    bookmarks.save(workspace, KEPT)
    copy = Path(shutil.copy(workspace.path, tmp_path / "copy.gridmap"))
    with open_workspace(copy, read_only=True) as opened:
        assert bookmarks.load(opened).value == KEPT
    assert bookmarks.load(sample).value == ()


def test_keeping_a_place_changes_nothing_in_the_workspace(workspace: Workspace) -> None:
    before = workspace.path.read_bytes()
    bookmarks.save(workspace, KEPT)
    assert workspace.path.read_bytes() == before
    with workspace.reading() as reader:
        (edits,) = reader.execute(
            "SELECT count(*) FROM journal_transaction WHERE kind = 'edit'"
        ).fetchone()
    assert edits == 0


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 5_000, '{"bookmarks": 7}', "\ufeff"])
def test_a_torn_or_foreign_file_gives_no_bookmarks(workspace: Workspace, text: str) -> None:
    write(workspace, text)
    assert bookmarks.load(workspace).value == ()


@given(st.lists(ENTRY | JSON, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_content_of_the_file_makes_reading_fail(
    workspace: Workspace, entries: list[object]
) -> None:
    write(workspace, json.dumps({"bookmarks": entries}))
    for bookmark in bookmarks.load(workspace).value:
        xmin, ymin, xmax, ymax = bookmark.extent
        assert xmin < xmax
        assert ymin < ymax
        assert bookmark.name == bookmarks.clean_name(bookmark.name) != ""


def test_good_entries_beside_bad_ones_are_kept(workspace: Workspace) -> None:
    good = {"name": "好", "extent": [0, 0, 10, 10], "picture": "没有"}
    bad = [{"name": "", "extent": [0, 0, 1, 1]}, {"name": "倒", "extent": [9, 0, 1, 1]}, 7]
    bad.append({"name": "无穷", "extent": [0, 0, float("inf"), 1]})
    bad.append({"name": "大", "extent": [0, 0, 10**400, 1]})
    write(workspace, json.dumps({"bookmarks": [*bad, good]}))
    assert bookmarks.load(workspace).value == (Bookmark("好", (0.0, 0.0, 10.0, 10.0)),)


def test_a_folder_that_cannot_be_made_is_told(workspace: Workspace, own_place: Path) -> None:
    (own_place / "bookmarks").write_text("a file in the folder's place")
    with pytest.raises(EnvironmentProblem) as told:
        bookmarks.save(workspace, KEPT)
    assert os.fspath(own_place) in str(told.value)
