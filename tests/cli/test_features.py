"""Single rows on the command line, and the way back to any entry."""

import pytest
from tests.store.helpers import content

from gridmap.services import checks
from gridmap.store.workspace import open_workspace


def names(path, table, column="name"):
    with open_workspace(path, read_only=True) as opened, opened.reading() as reader:
        return [name for (name,) in reader.execute(f"SELECT {column} FROM {table}")]


def test_a_row_is_added_filled_in_copied_and_deleted(gridmap, sample_path):
    compound = names(sample_path, "compound")[0]
    with open_workspace(sample_path) as opened:
        before = content(opened)
    done = gridmap(
        *("feature", "add", sample_path, "officer", "--set", "姓名=王一", "--set", "role=网格员"),
        "--json",
    ).json
    (officer,) = done["ids"]
    assert done["transaction"]
    gridmap("feature", "set", sample_path, "officer", "王一", "--set", f"community_id={compound}")
    said = gridmap("feature", "set", sample_path, "officer", officer, "--set", "duty_phone=110")
    assert (said.exit_code, officer in said.stdout) == (0, True)
    copied = gridmap("feature", "copy", sample_path, "compound", "walkway", compound, "--json").json
    assert compound in names(sample_path, "walkway")
    gridmap("feature", "delete", sample_path, "walkway", copied["ids"][0])
    gridmap("feature", "delete", sample_path, "officer", "王一")
    assert gridmap("undo", sample_path, "--to", "1").exit_code == 0
    with open_workspace(sample_path) as opened:
        assert content(opened) == before
        assert checks.check(opened).value == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "officer", "--set", "姓名"), "字段=值"),
        (("add", "officer", "--set", "from_on=昨天"), "完整的日期"),
        (("add", "component", "--wkt", "POINT (1"), "WKT"),
        (("add", "component", "--wkt", "POINT (116.4 39.9)"), "坐标带"),
        (("add", "component"), "位置"),
        (("add", "cell", "--wkt", "POINT (1 1)"), "无缝相接"),
        (("set", "building", "没有这栋", "--set", "floors=3"), "没有叫"),
        (("delete", "nothing", "x"), "nothing"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(gridmap, sample_path, arguments, said):
    verb, *rest = arguments
    answer = gridmap("feature", verb, sample_path, *rest)
    assert answer.exit_code == 2
    assert said in answer.stderr
    as_json = gridmap("feature", verb, sample_path, *rest, "--json")
    assert said in as_json.json["error"]["message"]


def test_a_shape_may_be_given_in_degrees(gridmap, sample_path):
    with open_workspace(sample_path, read_only=True) as opened, opened.reading() as reader:
        x, y = reader.execute("SELECT AVG(ST_X(geom)), AVG(ST_Y(geom)) FROM component").fetchone()
    wkt = f"POINT ({x} {y})"
    (made,) = gridmap(*("feature", "add", sample_path, "component", "--wkt", wkt, "--json")).json[
        "ids"
    ]
    moved = gridmap(
        *("feature", "shape", sample_path, "component", made),
        *("--wkt", f"POINT ({x + 2} {y})", "--crs", "4548", "--json"),
    )
    assert moved.json["ids"] == [made]


def test_the_history_is_listed_and_walked(gridmap, sample_path):
    for name in ("甲", "乙", "丙"):
        gridmap("feature", "add", sample_path, "officer", "--set", f"name={name}")
    listed = gridmap("history", sample_path, "--json").json["entries"]
    assert [one["intention"] for one in listed[:3]] == [
        f"新增网格员 {name}" for name in ("丙", "乙", "甲")
    ]
    first = listed[2]["seq"]
    dry = gridmap("undo", sample_path, "--to", first, "--dry-run")
    assert dry.stdout.splitlines() == ["会撤销：新增网格员 丙", "会撤销：新增网格员 乙"]
    assert len([one for one in names(sample_path, "officer") if one in "甲乙丙"]) == 3
    gone = gridmap("undo", sample_path, "--to", first, "--json").json
    assert (gone["steps"], len(gone["undo"]), gone["redo"]) == (2, 2, [])
    assert "→" in gridmap("history", sample_path).stdout
    on = gridmap("undo", sample_path, "--to", listed[0]["seq"])
    assert on.stdout.splitlines() == ["已重做：新增网格员 乙", "已重做：新增网格员 丙"]
    assert gridmap("undo", sample_path, "--to", "999").exit_code == 2
    assert "会撤销" in gridmap("undo", sample_path, "--dry-run").stdout
