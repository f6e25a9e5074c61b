"""Plans on the command line: from a copy to the notice of what is in force."""

import pytest
from tests.services import plan_scenes as scenes
from tests.services.plan_scenes import DOCUMENT

from gridmap.services import checks
from gridmap.store.workspace import open_workspace


@pytest.fixture
def planned(sample_path):
    """A sample with a plan in which cells were changed, and a document."""
    with open_workspace(sample_path) as opened:
        scenes.changed_plan(opened)
        scenes.add_document(opened)
    return sample_path


def approve(gridmap, path, *more):
    return gridmap(
        "plan", "approve", path, "旧城调整", "--by", "王主任", "--document", DOCUMENT, *more
    )


def test_a_plan_goes_from_copy_to_force_and_its_notice_is_printed(gridmap, planned, tmp_path):
    told = gridmap("plan", "diff", planned, "旧城调整", "--json").json
    assert {one["change"] for one in told["cells"]} == {"reshaped", "ended", "new"}
    assert told["households_moved"] == sum(one["households"] for one in told["moved"])
    done = approve(gridmap, planned, "--seen", told["fingerprint"], "--json").json
    assert (done["state"], done["approved_by"], done["document"]) == (
        "approved",
        "王主任",
        DOCUMENT,
    )
    forced = gridmap("plan", "in-force", planned, "旧城调整", "--json").json
    assert (forced["state"], len(forced["new"]), forced["ended"]) == ("in_force", 3, 3)
    for number, which in enumerate(
        (("--plan", "旧城调整"), ("--document", DOCUMENT), ("--transaction", forced["transaction"]))
    ):
        target = tmp_path / f"{number}.pdf"
        said = gridmap("notice", planned, target, *which, "--json").json
        assert said["pages"] == 1
        assert said["rows"] >= 6
        assert target.exists()
    with open_workspace(planned) as opened:
        assert checks.check(opened).value == []


def test_an_approval_without_a_look_shows_the_changes_and_asks(gridmap, planned):
    said = approve(gridmap, planned)
    assert said.exit_code == 3
    assert "新设" in said.stdout
    told = gridmap("plan", "diff", planned, "旧城调整", "--json").json
    assert f"--seen {told['fingerprint']}" in said.stderr
    assert gridmap("plan", "list", planned, "--json").json["plans"][0]["state"] == "draft"


def test_an_approval_of_what_has_changed_since_is_refused(gridmap, planned):
    seen = gridmap("plan", "diff", planned, "旧城调整", "--json").json["fingerprint"]
    with open_workspace(planned) as opened:
        scenes.Scene(opened).rename("119999001002020")
    said = approve(gridmap, planned, "--seen", seen)
    assert said.exit_code == 2
    assert "又有了改动" in said.stderr


def test_a_new_document_is_entered_with_the_approval(gridmap, planned):
    seen = gridmap("plan", "diff", planned, "旧城调整", "--json").json["fingerprint"]
    words = ("--by", "王主任", "--document", "新1号", "--seen", seen, "--in-force-on", "2999-01-01")
    said = gridmap("plan", "approve", planned, "旧城调整", *words)
    assert said.exit_code == 2
    said = gridmap("plan", "approve", planned, "旧城调整", *words, "--signatory", "李明", "--json")
    assert said.json["document"] == "新1号"
    said = gridmap("plan", "in-force", planned, "旧城调整")
    assert said.exit_code == 2
    assert "2999-01-01 还没有到" in said.stderr


def test_a_rehearsal_is_kept_as_a_plan_or_given_up(gridmap, sample_path):
    made = gridmap("plan", "new", sample_path, "--rehearsal", "--json").json
    assert made["kind"] == "rehearsal"
    assert gridmap("plan", "keep", sample_path, made["id"], "东片", "--json").json["kind"] == "plan"
    assert gridmap("plan", "discard", sample_path, "东片").exit_code == 0
    listed = gridmap("plan", "list", sample_path)
    assert "东片" in listed.stdout
    assert "已废弃" in listed.stdout


def test_what_leaves_is_the_division_in_force_or_that_of_a_plan(gridmap, planned, tmp_path):
    target = tmp_path / "cells.gpkg"
    counts = {
        words: gridmap("export", planned, target, "--layer", "cell", *words, "--json").json["rows"]
        for words in ((), ("--plan", "旧城调整"), ("--with-ended",))
    }
    assert list(counts.values()) == [50, 50, 100]
    pictures = []
    for number, words in enumerate([(), ("--plan", "旧城调整")]):
        picture = tmp_path / f"{number}.png"
        assert gridmap("render", planned, picture, "--size", "700x500", *words).exit_code == 0
        pictures.append(picture.read_bytes())
    assert pictures[0] != pictures[1]
    said = gridmap("export", planned, tmp_path / "x.gpkg", "--layer", "cell", "--plan", "没有")
    assert said.exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "diff", "没有"), "没有叫"),
        (("plan", "new", " "), "名称"),
        (("plan", "new", "x", "--community", "没有的"), "没有的"),
        (("plan", "in-force", "旧城调整"), "草案"),
        (("plan", "in-force", "旧城调整", "--on", "gestern"), "2026-11-24"),
        (("notice", "x.pdf"), "只能给一个"),
        (("notice", "x.png", "--plan", "旧城调整"), ".pdf"),
    ],
)
def test_what_cannot_be_is_said_and_exits_2(gridmap, planned, tmp_path, words, said):
    verb, rest = (words[:2], words[2:]) if words[0] == "plan" else (words[:1], words[1:])
    if verb == ("notice",):
        rest = (tmp_path / rest[0], *rest[1:])
    told = gridmap(*verb, planned, *rest)
    assert told.exit_code == 2
    assert said in told.stderr
    assert not list(tmp_path.glob("x.*"))
