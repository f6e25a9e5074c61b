"""Each verb does what it says, in words and in JSON, and tells by its exit code how it went."""

import json
import os
import sys

import pytest
import shapely
from tests.store.helpers import STEP, content, elsewhere, insert

from gridmap import __version__
from gridmap.base.progress import Cancelled
from gridmap.cli import app as cli
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.services import doctor, history, workspaces
from gridmap.services.doctor import Finding
from gridmap.store import backup
from gridmap.store.workspace import open_workspace

VERBS = [
    "open", "new", "sample", "import", "export", "render", "info", "check", "history",
    "undo", "redo", "backup", "restore", "doctor", "where", "bring-back", "notice", "office",
    "rules", "mend", "merge3",
]  # fmt: skip


@pytest.fixture
def houses(tmp_path):
    """A GeoJSON file of three buildings."""
    path = tmp_path / "房屋 buildings.geojson"
    write_houses(
        path,
        [shapely.box(116.44 + n / 1000, 39.96, 116.4405 + n / 1000, 39.9604) for n in range(3)],
    )
    return path


def write_houses(path, shapes):
    rows = [
        {
            "type": "Feature",
            "properties": {"名称": f"{n + 1}号楼", "层数": n + 5},
            "geometry": json.loads(shapely.to_geojson(shape)) if shape else None,
        }
        for n, shape in enumerate(shapes)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")


def state(path):
    with open_workspace(path, read_only=True) as opened:
        return content(opened)


# --- the program itself


def test_every_verb_is_there_and_has_its_help(gridmap):
    said = gridmap("--help")
    assert said.exit_code == 0
    assert {one.name for one in cli.app.registered_commands if one.name} <= set(VERBS)
    for verb in VERBS:
        assert f"\n  {verb} " in said.stdout
        helped = gridmap(verb, "--help")
        assert helped.exit_code == 0
        assert " · " in helped.stdout  # both languages
        assert ("--json" in helped.stdout) == (verb != "open")


@pytest.mark.parametrize("module", [False, True])
def test_the_program_tells_its_version(program, module):
    said = program("--version", module=module)
    assert (said.exit_code, said.stdout, said.stderr) == (0, f"gridmap {__version__}\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_printed(program, shell):
    said = program(_GRIDMAP_COMPLETE=f"source_{shell}")
    assert said.exit_code == 0
    assert "_GRIDMAP_COMPLETE" in said.stdout


def test_completion_completes_verbs(program):
    said = program(_GRIDMAP_COMPLETE="complete_bash", COMP_WORDS="gridmap re", COMP_CWORD="1")
    assert said.stdout.split() == ["render", "redo", "restore"]


def test_the_command_line_starts_without_qt(python):
    code = (
        "import sys, gridmap.cli, gridmap.cli.app\n"
        "qt = ('PySide6', 'shiboken', 'pyqtgraph')\n"
        "print([name for name in sys.modules if name.startswith(qt)])"
    )
    run = python(code)
    assert run.stdout == "[]\n", run.stderr


@pytest.mark.parametrize("verb", ["info", "check", "undo", "backup"])
def test_a_missing_argument_is_a_wrong_call(gridmap, verb):
    said = gridmap(verb)
    assert said.exit_code == 2
    assert said.stderr


def test_a_verb_that_is_none_is_a_wrong_call(gridmap):
    assert gridmap("fly").exit_code == 2


# --- new, sample, info


def test_new_makes_an_empty_workspace(gridmap, tmp_path):
    path = tmp_path / "新 库.gridmap"
    said = gridmap("new", path, "--subdistrict", "110105006", "--name", "测试街道", "--json")
    assert said.exit_code == 0
    assert said.json == {"path": str(path), "crs": 4548, "subdistrict": "110105006"}
    told = gridmap("info", path, "--json").json
    assert told["crs"] == 4548
    assert told["subdistrict"] == "110105006"
    assert told["name"] == "测试街道"
    assert told["layers"].keys() == TABLE_BY_NAME.keys()
    assert told["layers"]["category"] > 500
    assert told["layers"]["cell"] == 0


def test_new_takes_another_zone(gridmap, tmp_path):
    path = tmp_path / "a.gridmap"
    gridmap("new", path, "--subdistrict", "310101002013", "--name", "x", "--crs", "4549")
    assert gridmap("info", path, "--json").json["crs"] == 4549


WRONG_NEW = {
    "code": (["--subdistrict", "12345", "--name", "x"], "services.wrong_division_code"),
    "code with letters": (
        ["--subdistrict", "11010500x", "--name", "x"],
        "services.wrong_division_code",
    ),
    "name": (["--subdistrict", "110105006", "--name", "  "], "services.name_missing"),
    "crs": (
        ["--subdistrict", "110105006", "--name", "x", "--crs", "4326"],
        "geo.crs_not_in_metres",
    ),
    "unknown crs": (["--subdistrict", "110105006", "--name", "x", "--crs", "1"], "geo.unknown_crs"),
}


@pytest.mark.parametrize("wrong", WRONG_NEW)
def test_new_refuses_what_makes_no_sense(gridmap, tmp_path, wrong):
    options, code = WRONG_NEW[wrong]
    path = tmp_path / "a.gridmap"
    said = gridmap("new", path, *options, "--json")
    assert said.exit_code == 2
    assert said.json["error"]["code"] == code
    assert said.stderr.strip() == said.json["error"]["message"]
    assert not path.exists()


def test_sample_fills_a_workspace(gridmap, tmp_path):
    path = tmp_path / "a.gridmap"
    said = gridmap("sample", path, "--scale", "community", "--seed", "7", "--json")
    assert said.exit_code == 0
    assert said.json["layers"]["cell"] >= 40
    assert gridmap("check", path, "--json").json == {"ok": True, "problems": []}


def test_sample_refuses_a_negative_seed(gridmap, tmp_path):
    said = gridmap("sample", tmp_path / "a.gridmap", "--seed=-1", "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, "sample.negative_seed")


def test_info_speaks_to_people(gridmap, sample_path):
    said = gridmap("info", sample_path)
    assert said.exit_code == 0
    assert "EPSG:4548" in said.stdout
    assert any(line.split() == ["cell", "50"] for line in said.stdout.splitlines())


# --- import, export, render


def test_import_brings_rows_in(gridmap, workspace_path, houses):
    said = gridmap("import", workspace_path, houses, "--layer", "building", "--json")
    assert said.exit_code == 0
    assert said.json["rows"] == 3
    assert said.json["refused"] == []
    assert said.json["fields"]["name"] == "名称"
    assert gridmap("info", workspace_path, "--json").json["layers"]["building"] == 3


def test_import_takes_fields_as_they_are_named(gridmap, workspace_path, houses):
    said = gridmap(
        "import", workspace_path, houses, "--layer", "building",
        "--field", "address=名称", "--field", "floors=层数", "--json",
    )  # fmt: skip
    assert said.json["fields"] == {"address": "名称", "floors": "层数"}
    with open_workspace(workspace_path) as opened, opened.reading() as reader:
        found = reader.execute("SELECT name, address, floors FROM building").fetchall()
    assert found == [(None, f"{n + 1}号楼", n + 5) for n in range(3)]


def test_import_tries_without_writing(gridmap, workspace_path, houses):
    before = state(workspace_path)
    said = gridmap("import", workspace_path, houses, "--layer", "building", "--dry-run", "--json")
    assert (said.exit_code, said.json["rows"], said.json["dry_run"]) == (0, 3, True)
    assert state(workspace_path) == before
    assert not backup.backup_folder(workspace_path).exists()


def test_import_with_refused_rows_leaves_a_decision(gridmap, workspace_path, tmp_path):
    path = tmp_path / "some.geojson"
    square = shapely.box(116.44, 39.96, 116.441, 39.961)
    write_houses(path, [square, shapely.LineString([(116.44, 39.96), (116.45, 39.97)]), square])
    said = gridmap("import", workspace_path, path, "--layer", "building", "--json")
    assert said.exit_code == 3
    assert said.json["rows"] == 2
    assert [one["row"] for one in said.json["refused"]] == [2]
    said = gridmap("import", workspace_path, path, "--layer", "building")
    assert said.exit_code == 3
    assert "第 2 行" in said.stdout


WRONG_IMPORT = {
    "table": (["--layer", "houses"], "store.no_such_table"),
    "field": (["--layer", "building", "--field", "colour=名称"], "services.no_such_field"),
    "column": (["--layer", "building", "--field", "name=color"], "services.no_such_source_column"),
    "spelling": (["--layer", "building", "--field", "name"], "cli.wrong_field"),
    "encoding": (["--layer", "building", "--encoding", "klingon"], None),
    "crs": (["--layer", "building", "--crs", "1"], "geo.unknown_crs"),
    "layer of the source": (["--layer", "building", "--source-layer", "x"], None),
}


@pytest.mark.parametrize("wrong", WRONG_IMPORT)
def test_import_refuses_what_makes_no_sense(gridmap, workspace_path, houses, wrong):
    options, code = WRONG_IMPORT[wrong]
    before = state(workspace_path)
    said = gridmap("import", workspace_path, houses, *options, "--json")
    assert said.exit_code == 2
    assert code in (None, said.json["error"]["code"])
    assert state(workspace_path) == before


def test_import_of_a_missing_file_says_which(gridmap, workspace_path, tmp_path):
    said = gridmap("import", workspace_path, tmp_path / "无.shp", "--layer", "cell", "--json")
    assert said.exit_code == 2
    assert "无.shp" in said.json["error"]["message"]
    assert said.json["error"]["place"]["file"].endswith("无.shp")


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_export_gives_what_import_takes(gridmap, sample_path, workspace_path, tmp_path, suffix):
    target = tmp_path / f"单元 网格{suffix}"
    said = gridmap("export", sample_path, target, "--layer", "cell", "--json")
    assert (said.exit_code, said.json) == (0, {"path": str(target), "rows": 50})
    said = gridmap("import", workspace_path, target, "--layer", "cell", "--json")
    assert (said.exit_code, said.json["rows"]) in ((0, 50), (3, 50))


@pytest.mark.parametrize(
    ("options", "target"),
    [
        (["--layer", "cells"], "a.gpkg"),
        (["--layer", "cell"], "a.docx"),
        (["--layer", "cell", "--crs", "1"], "a.gpkg"),
        (["--layer", "cell"], "没有/a.gpkg"),
    ],
)
def test_export_refuses_what_makes_no_sense(gridmap, sample_path, tmp_path, options, target):
    said = gridmap("export", sample_path, tmp_path / target, *options, "--json")
    assert said.exit_code == 2
    assert said.json["error"]["message"]
    assert not (tmp_path / target).exists()


@pytest.mark.parametrize("name", ["图.png", "图.pdf"])
def test_render_draws_the_map(program, sample_path, tmp_path, name):
    target = tmp_path / name
    said = program(
        "render", sample_path, target, "--size", "800x600", "--layers", "cell,building", "--json"
    )
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.json == {"path": str(target)}
    assert target.read_bytes()[:4] in (b"\x89PNG", b"%PDF")


WRONG_RENDER = [
    (["--size", "0x5"], "a.png", "cli.wrong_size"),
    (["--size", "big"], "a.png", "cli.wrong_size"),
    (["--size", "²x³"], "a.png", "cli.wrong_size"),
    (["--extent", "1,2,3"], "a.png", "services.wrong_extent"),
    (["--extent", "3,2,1,4"], "a.png", "services.wrong_extent"),
    (["--extent", "nan,2,3,4"], "a.png", "services.wrong_extent"),
    (["--extent", "1,2,inf,4"], "a.png", "services.wrong_extent"),
    (["--layers", "cells"], "a.png", "store.no_such_table"),
    (["--layers", "document"], "a.png", "services.layer_without_geometry"),
    ([], "a.docx", "services.unknown_picture_kind"),
]


@pytest.mark.parametrize(("options", "name", "code"), WRONG_RENDER)
def test_render_refuses_what_makes_no_sense(gridmap, sample_path, tmp_path, options, name, code):
    said = gridmap("render", sample_path, tmp_path / name, *options, "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, code)
    assert not (tmp_path / name).exists()


def test_render_of_nothing_says_so(gridmap, workspace_path, tmp_path):
    said = gridmap("render", workspace_path, tmp_path / "a.png", "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, "services.nothing_to_draw")


# --- check, history, undo, redo


def test_check_finds_and_mends(gridmap, sample_path):
    assert gridmap("check", sample_path).stdout.strip() == "工作库完好。"
    with elsewhere(sample_path) as other:
        other.execute("DELETE FROM idx_cell_geom")
    said = gridmap("check", sample_path, "--json")
    assert said.exit_code == 3
    assert said.json["ok"] is False
    (problem,) = said.json["problems"]
    assert (problem["code"], problem["table"]) == ("index_damaged", "cell")
    assert problem["text"]
    spoken = gridmap("check", sample_path)
    assert spoken.exit_code == 3
    assert spoken.stdout.splitlines() == [problem["text"], "发现 1 个问题。"]
    assert gridmap("check", sample_path, "--repair", "--json").json == {"ok": True, "problems": []}
    assert gridmap("check", sample_path).exit_code == 0


def test_history_tells_every_change_of_a_row(gridmap, workspace_path):
    with open_workspace(workspace_path) as opened:
        (row_id,) = insert(opened, "cell", 1)
        with opened.transaction(STEP) as tx:
            tx.connection.execute("UPDATE cell SET name = '甲', households = 9")
            tx.connection.execute("UPDATE cell SET geom = NULL")
    said = gridmap("history", workspace_path, "cell", row_id, "--json")
    assert said.exit_code == 0
    assert [one["operation"] for one in said.json["changes"]] == ["I", "U", "U"]
    assert said.json["changes"][1]["after"] == {"name": "甲", "households": 9}
    assert said.json["changes"][2]["before"]["geom"].startswith("0001c4110000")  # as hexadecimal
    spoken = gridmap("history", workspace_path, "cell", row_id)
    assert "name: None → 甲" in spoken.stdout
    assert "bytes> → None" in spoken.stdout


@pytest.mark.parametrize(
    ("table", "code"), [("cell", "store.no_such_row"), ("x", "store.no_such_table")]
)
def test_history_of_what_never_was(gridmap, workspace_path, table, code):
    said = gridmap("history", workspace_path, table, "gone", "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, code)


def test_undo_and_redo_take_back_and_bring_back(gridmap, workspace_path, houses):
    before = state(workspace_path)
    gridmap("import", workspace_path, houses, "--layer", "building")
    after = state(workspace_path)
    said = gridmap("undo", workspace_path, "--json")
    assert said.exit_code == 0
    assert "房屋 buildings.geojson" in said.json["undone"]
    assert state(workspace_path) == before
    said = gridmap("redo", workspace_path, "--json")
    assert "房屋 buildings.geojson" in said.json["redone"]
    assert state(workspace_path) == after
    said = gridmap("redo", workspace_path, "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, "store.nothing_to_redo")
    assert gridmap("undo", workspace_path).stdout.startswith("已撤销")


# --- backup, restore, doctor


def test_backup_and_restore(gridmap, workspace_path, houses):
    old = state(workspace_path)
    made = gridmap("backup", workspace_path, "--json")
    assert made.exit_code == 0
    assert made.json["size_bytes"] > 0
    gridmap("import", workspace_path, houses, "--layer", "building")
    new = state(workspace_path)
    said = gridmap("restore", workspace_path, made.json["path"], "--json")
    assert said.exit_code == 0
    assert state(workspace_path) == old
    gridmap("restore", workspace_path, said.json["kept"])
    assert state(workspace_path) == new


def test_restore_brings_a_lost_workspace_back(gridmap, workspace_path):
    old = state(workspace_path)
    made = gridmap("backup", workspace_path, "--json").json["path"]
    workspace_path.unlink()
    said = gridmap("restore", workspace_path, made, "--json")
    assert (said.exit_code, said.json) == (0, {"kept": None})
    assert state(workspace_path) == old


def test_restore_of_a_missing_backup(gridmap, workspace_path):
    said = gridmap("restore", workspace_path, "gone.gridmap", "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, "store.no_such_backup")


def test_doctor_finds_this_machine_well(gridmap):
    said = gridmap("doctor", "--json")
    assert said.exit_code == 0, said.stdout
    assert said.json["ok"] is True
    assert {"Python", "SpatiaLite", "Workspace", "Qt"} <= {
        one["name"] for one in said.json["findings"]
    }


def test_doctor_says_how_to_mend_what_is_broken(gridmap, monkeypatch):
    broken = Finding("Font", False, "-", doctor.texts.font_missing())
    monkeypatch.setattr(doctor, "examine", lambda: [Finding("Python", True, "3"), broken])
    said = gridmap("doctor", "--json")
    assert said.exit_code == 3
    assert said.json["ok"] is False
    assert [one["mend"] is None for one in said.json["findings"]] == [True, False]
    assert "✗ Font" in gridmap("doctor").stdout


# --- what goes wrong


ON_A_FILE = {
    "info": [], "check": [], "history": ["cell", "x"], "undo": [], "redo": [], "backup": [],
    "export": ["a.gpkg", "--layer", "cell"], "render": ["a.png"],
    "import": ["a.shp", "--layer", "cell"],
}  # fmt: skip


@pytest.mark.parametrize("verb", ON_A_FILE)
def test_a_file_that_is_no_workspace_is_one_sentence(gridmap, tmp_path, verb):
    for name, make in (("缺.gridmap", None), ("坏.gridmap", "不是数据库" * 99)):
        path = tmp_path / name
        if make:
            path.write_text(make, encoding="utf-8")
        said = gridmap(verb, path, *ON_A_FILE[verb], "--json")
        assert said.exit_code == 2
        assert said.json["error"]["code"].startswith("store.")
        assert name in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1
        assert len(said.stdout.strip().splitlines()) == 1


def test_a_workspace_held_by_another_program_says_by_whom(gridmap, workspace_path, houses):
    with open_workspace(workspace_path, program="另一个窗口"):
        for verb in (["undo"], ["redo"], ["check", "--repair"]):
            said = gridmap(verb[0], workspace_path, *verb[1:], "--json")
            assert (said.exit_code, said.json["error"]["code"]) == (2, "store.held_by")
            assert "另一个窗口" in said.stderr
        said = gridmap("import", workspace_path, houses, "--layer", "building")
        assert said.exit_code == 2
        for verb in ("info", "check", "backup"):
            assert gridmap(verb, workspace_path).exit_code == 0


@pytest.mark.parametrize("how", [{"GRIDMAP_LANG": "en"}, {}])
def test_english_is_spoken_where_it_is_asked_for(gridmap, tmp_path, how):
    option = [] if how else ["--lang", "en"]
    said = gridmap(*option, "info", tmp_path / "gone.gridmap", **how)
    assert said.exit_code == 2
    assert said.stderr.startswith("There is no workspace")


def test_an_unknown_language_is_chinese(gridmap, tmp_path):
    said = gridmap("info", tmp_path / "gone.gridmap", GRIDMAP_LANG="fr")
    assert said.stderr.startswith("没有工作库文件")


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_a_stopped_verb_says_that_nothing_has_changed(gridmap, workspace_path, monkeypatch, stop):
    def stopped(*_):
        raise stop

    monkeypatch.setattr(history, "undo", stopped)
    said = gridmap("undo", workspace_path)
    assert (said.exit_code, said.stderr.strip()) == (130, "已取消，一切保持原样。")


def test_a_fault_of_the_program_is_logged_and_told_in_a_sentence(
    gridmap, workspace_path, monkeypatch, logged, own_place
):
    def fail(*_):
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(workspaces, "get_info", fail)
    said = gridmap("info", workspace_path)
    assert said.exit_code == 1
    assert "ZeroDivisionError" in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
    assert [record.levelname for record in logged] == ["ERROR"]
    assert "Traceback" in (own_place / "log" / "gridmap.log").read_text(encoding="utf-8")


def test_ten_refused_rows_are_shown_and_the_rest_counted(gridmap, workspace_path, tmp_path):
    path = tmp_path / "many.geojson"
    line = shapely.LineString([(116.44, 39.96), (116.45, 39.97)])
    write_houses(path, [shapely.box(116.44, 39.96, 116.441, 39.961), *[line] * 15])
    said = gridmap("import", workspace_path, path, "--layer", "building")
    assert said.exit_code == 3
    assert said.stdout.count("第 ") == 10
    assert "还有 5 行" in said.stdout


def test_the_real_program_tells_a_wrong_file_without_a_traceback(program, tmp_path):
    said = program("info", tmp_path / "缺.gridmap", "--json")
    assert said.exit_code == 2
    assert said.json["error"]["code"] == "store.no_such_workspace"
    assert said.stderr.strip() == said.json["error"]["message"]


def test_the_real_program_speaks_utf_8_whatever_the_locale(program, workspace_path):
    said = program("info", workspace_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "测试街道" in said.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_workspace_named_in_an_unknown_encoding_is_read_and_written(program, tmp_path, houses):
    strange = os.fsdecode("街道".encode("gbk"))
    path = tmp_path / f"{strange}.gridmap"
    assert program("new", path, "--subdistrict", "110105006", "--name", "街道").exit_code == 0
    said = program("import", path, houses, "--layer", "building", "--json")
    assert said.exit_code == 0, said.stderr
    assert program("undo", path, "--json").exit_code == 0
    made = program("backup", path)
    assert made.exit_code == 0, made.stderr
    backed_up = sorted((tmp_path / f"{strange}.backups").glob("*.gridmap"))
    assert program("restore", path, backed_up[-1].name).exit_code == 0
    assert program("info", tmp_path / f"{strange}2.gridmap", "--json").exit_code == 2


def test_the_real_program_works_from_end_to_end(program, tmp_path, houses):
    path = tmp_path / "从头到尾 'a' #1.gridmap"
    assert program("new", path, "--subdistrict", "110105006", "--name", "街道").exit_code == 0
    assert program("import", path, houses, "--layer", "building").exit_code == 0
    assert program("undo", path).exit_code == 0
    assert program("redo", path).exit_code == 0
    said = program("info", path, "--json")
    assert said.json["layers"]["building"] == 3
    assert program("check", path, "--json").json == {"ok": True, "problems": []}
