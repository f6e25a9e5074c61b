"""The verbs for styles do what they say."""

import pytest

from gridmap.model.style import Symbol
from gridmap.services import styles

TABLES = ["building", "walkway", "case_file"]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRIDMAP_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("verb", ["show", "export", "import", "reset", "graduate"])
def test_every_verb_has_its_help_in_both_languages(gridmap, verb):
    helped = gridmap("style", verb, "--help")
    assert helped.exit_code == 0
    assert " · " in helped.stdout
    assert "--json" in helped.stdout


@pytest.mark.parametrize("kind", ["qml", "sld", "toml"])
@pytest.mark.parametrize("table", TABLES)
def test_a_style_goes_out_and_comes_back_as_own(gridmap, tmp_path, table, kind):
    path = tmp_path / f"样式.{kind}"
    shipped = styles.load()[table]
    said = gridmap("style", "export", table, path, "--json")
    assert (said.exit_code, said.json["own"]) == (0, False)
    assert path.is_file()
    said = gridmap("style", "import", path, table, "--json")
    assert (said.exit_code, said.json["own"], said.json["lost"]) == (0, True, [])
    assert len(styles.load()[table].classes) == len(shipped.classes)
    assert "自己的样式" in gridmap("style", "show", table).stdout
    assert gridmap("style", "reset", table).exit_code == 0
    assert styles.load()[table] == shipped
    assert "随程序的样式" in gridmap("style", "show", table).stdout


def test_what_is_lost_is_said(gridmap, tmp_path):
    said = gridmap("style", "export", "walkway", tmp_path / "a.sld")
    assert said.exit_code == 0
    assert "按地面宽度画线" in said.stdout


def test_classes_are_made_from_the_workspace(gridmap, sample_path):
    said = gridmap(
        "style", "graduate", sample_path, "building", "floors", "--method", "quantile",
        "--count", "4", "--palette", "cividis", "--json",
    )  # fmt: skip
    assert said.exit_code == 0
    style = styles.load()["building"]
    assert said.json["bounds"] == [class_.below for class_ in style.classes]
    assert 2 <= len(style.classes) <= 4
    assert (style.by, style.graduation.palette) == ("floors", "cividis")
    assert style.symbol != Symbol()


WRONG = {
    "table": (["houses", "floors"], "store.no_such_table"),
    "field": (["building", "colour"], "services.no_such_field"),
    "text": (["building", "name"], "services.field_without_numbers"),
    "count": (["building", "floors", "--count", "99"], "services.wrong_class_count"),
    "palette": (["building", "floors", "--palette", "mud"], "services.no_such_palette"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_classes_that_make_no_sense_are_refused(gridmap, sample_path, wrong):
    options, code = WRONG[wrong]
    said = gridmap("style", "graduate", sample_path, *options, "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, code)
    assert not styles.is_own("building")


def test_a_file_that_cannot_be_read_leaves_the_style_alone(gridmap, tmp_path):
    (tmp_path / "坏.qml").write_text("<qgis>")
    said = gridmap("style", "import", tmp_path / "坏.qml", "building", "--json")
    assert (said.exit_code, said.json["error"]["code"]) == (2, "exchange.style_texts.not_xml")
    assert not styles.is_own("building")
    for wrong in (["show", "document"], ["reset", "houses"], ["export", "cell", tmp_path / "a.x"]):
        assert gridmap("style", *wrong, "--json").exit_code == 2
