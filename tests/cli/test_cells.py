"""Cells, codes, documents and settings on the command line."""

import pytest
from tests.services.divisions import across, code, in_force, inner_vertex

from gridmap.services import checks
from gridmap.store.workspace import open_workspace


def cells_of(path):
    with open_workspace(path, read_only=True) as opened:
        return in_force(opened)


def wkt(line):
    return "LINESTRING(" + ", ".join(f"{x} {y}" for x, y in line) + ")"


def test_a_cell_is_split_by_its_code_and_told_as_json(gridmap, sample_path):
    cells = cells_of(sample_path)
    line = wkt(across(cells[code(3)][1]))
    said = gridmap("cell", "split", sample_path, code(3), "--line", line, "--json").json
    assert said["ended"] == [code(3)]
    assert len(said["new"]) == 2
    assert said["intention"].startswith("单元网格 003 拆为")
    after = cells_of(sample_path)
    assert set(said["new"]) == after.keys() - cells.keys()
    areas = [one["area_m2_after"] for one in said["cells"] if one["code"] in said["new"]]
    assert sum(areas) == pytest.approx(
        cells[code(3)][1].area, abs=0.05
    )  # crossings lie on the 1 mm grid
    assert gridmap("undo", sample_path).exit_code == 0
    assert cells_of(sample_path).keys() == cells.keys()


def test_merge_move_and_reshape_say_what_they_did(gridmap, sample_path):
    with open_workspace(sample_path, read_only=True) as opened:
        (x, y), codes = inner_vertex(opened)
    to = f"{x + 1.5},{y + 1}"
    said = gridmap("cell", "move", sample_path, "--from", f"{x},{y}", "--to", to)
    assert "的顶点" in said.stdout
    assert "改动" in said.stdout
    one, other, *_ = sorted(codes)
    merged = gridmap("cell", "merge", sample_path, one, other, "--on", "2026-12-01")
    assert "并为" in merged.stdout
    told = gridmap("cell", "lineage", sample_path, one, "--json").json
    assert told["valid_to"] == "2026-12-01"
    assert told["to"][0]["kind"] == "merge"
    assert "合并" in gridmap("cell", "lineage", sample_path, one).stdout
    with open_workspace(sample_path) as opened:
        assert checks.check(opened).value == []


def test_codes_grids_and_the_table_of_codes_have_their_verbs(gridmap, sample_path, tmp_path):
    cells = cells_of(sample_path)
    gridmap("cell", "split", sample_path, code(3), "--line", wkt(across(cells[code(3)][1])))
    target = tmp_path / "对照.csv"
    said = gridmap("cell", "old-to-new", sample_path, target, "--json").json
    assert said["rows"] == 2
    assert code(3) in target.read_text(encoding="utf-8-sig")
    assert gridmap("cell", "mark-codes", sample_path, "--json").json["DB11-15"] == len(cells) + 2
    said = gridmap("cell", "renumber", sample_path, code(3)[:12])
    assert (said.exit_code, "没有要编的" in said.stderr) == (2, True)
    assert gridmap("cell", "group", sample_path, code(4)).exit_code == 0


def test_a_document_is_entered_and_the_office_may_want_one(gridmap, sample_path, tmp_path):
    scan = tmp_path / "批文.pdf"
    scan.write_bytes(b"%PDF")
    assert gridmap("office", sample_path, "needs_document", "yes").exit_code == 0
    cells = cells_of(sample_path)
    split = ("cell", "split", sample_path, code(3), "--line", wkt(across(cells[code(3)][1])))
    assert gridmap(*split).exit_code == 2
    gridmap("document", "add", sample_path, "9号", "--title", "批复", "--scan", scan)
    assert gridmap(*split, "--document", "9号").exit_code == 0
    (listed,) = [
        one
        for one in gridmap("document", "list", sample_path, "--json").json["documents"]
        if one["number"] == "9号"
    ]
    assert [one["ok"] for one in listed["scans"]] == [True]
    assert gridmap("document", "attach", sample_path, "9号", scan).exit_code == 0
    for file in sample_path.with_name("示例.files").iterdir():
        file.unlink()
    lost = gridmap("document", "list", sample_path)
    assert (lost.exit_code, "✗" in lost.stdout) == (3, True)


def test_settings_are_listed_read_and_set(gridmap, sample_path):
    assert gridmap("office", sample_path, "--json").json["area_low_m2"] == "9000"
    gridmap("office", sample_path, "area_low_m2", "8500")
    assert gridmap("office", sample_path, "area_low_m2").stdout.strip() == "area_low_m2 = 8500"
    for wrong in (("colour",), ("area_low_m2", "many")):
        assert gridmap("office", sample_path, *wrong).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("split", "FILE", code(3)), "--line"),
        (("split", "FILE", code(3), "--line", "hello"), "WKT"),
        (("split", "FILE", code(3), "--line", "LINESTRING(116.4 39.9, 116.5 39.9)"), "经纬度"),
        (("split", "FILE", "119999001001999", "--line", "LINESTRING(0 0, 1 1)"), "没有编码"),
        (("move", "FILE", "--from", "1", "--to", "2,3"), "东,北"),
        (("move", "FILE", "--from", "1,2", "--to", "2,3"), "没有单元网格"),
        (("merge", "FILE", code(3), code(4), "--plan", "草案"), "没有方案"),
        (("merge", "FILE", code(3), code(4), "--document", "1号"), "没有批文"),
        (("lineage", "FILE", "7"), "没有编码"),
        (("renumber", "FILE", "某社区"), "没有叫"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_exits_2(gridmap, sample_path, arguments, words):
    said = gridmap("cell", *(sample_path if one == "FILE" else one for one in arguments))
    assert said.exit_code == 2
    assert words in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
