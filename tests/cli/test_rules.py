"""The rules on the command line: told, mended, accepted; torn borders of a layer mended."""

import json

import pytest
import shapely
from tests.services import rule_scenes as scenes
from tests.services import test_rule_mends as faults

from gridmap.geo import crs
from gridmap.store.workspace import open_workspace


@pytest.fixture(name="verb")
def verb_that_ends(gridmap):
    """Run a verb that ends with an exit code, by default well."""

    def run(*arguments, exit_code=0):
        answer = gridmap(*arguments)
        assert answer.exit_code == exit_code, answer.stderr
        return answer

    return run


@pytest.fixture
def divided_path(sample_path):
    with open_workspace(sample_path) as opened:
        scenes.with_divided_compounds(opened)
    return sample_path


@pytest.fixture
def torn_path(divided_path):
    with open_workspace(divided_path) as opened:
        scenes.with_gap(opened)
        faults.cut_rim(opened)
    return divided_path


def test_findings_are_told_as_json_and_open_errors_end_with_three(verb, torn_path):
    said = verb("rules", torn_path, "--json", exit_code=3).json
    by_rule = {one["rule"]: one for one in said["findings"]}
    assert by_rule["gap"]["mend"] == "fill"
    assert len(by_rule["gap"]["xy"]) == 2
    assert said["errors"] == sum(one["severity"] == "error" for one in said["findings"])
    assert "无空隙：1 处" in verb("rules", torn_path, exit_code=3).stdout


def test_mend_mends_what_is_sure_and_tells_what_is_left(verb, torn_path):
    said = verb("rules", torn_path, "--mend", "--json", exit_code=3).json
    assert said["mended"] == 2
    assert said["not_mended"] == []
    assert {one["rule"] for one in said["findings"]} <= {"compound", "balance"}
    verb("undo", torn_path)
    assert verb("rules", torn_path, "--json", exit_code=3).json["errors"] > said["errors"]


def test_all_accepted_with_a_reason_the_verb_ends_well(verb, divided_path):
    told = verb("rules", divided_path, "--json", exit_code=3).json["findings"]
    errors = [one["fingerprint"] for one in told if one["severity"] == "error"]
    for number, one in enumerate(errors, start=1):
        ended = 0 if number == len(errors) else 3
        accepted = ["--accept", one, "--reason", "历史形成"]
        verb("rules", divided_path, *accepted, exit_code=ended)
    assert "已认可：历史形成" in verb("rules", divided_path).stdout
    assert verb("rules", divided_path, "--withdraw", errors[0], exit_code=3).exit_code == 3
    refused = verb("rules", divided_path, "--accept", "0" * 20, "--reason", "x", exit_code=2)
    assert "指纹" in refused.stderr


def test_one_community_or_a_plan_is_looked_at_alone(verb, torn_path):
    some = verb("rules", torn_path, "--community", "119999001002", "--json", exit_code=3).json
    assert "gap" not in {one["rule"] for one in some["findings"]}
    verb("plan", "new", torn_path, "草案")
    verb("rules", torn_path, "--plan", "草案", "--mend", exit_code=3)
    left = verb("rules", torn_path, "--json", exit_code=3).json["findings"]
    assert "gap" in {one["rule"] for one in left}  # the official division is as it was


def torn_file(path):
    """Write communities whose borders do not match by a few centimetres."""
    xy = [450_000, 4_420_000]
    boxes = [
        shapely.box(0, 0, 500, 400),
        shapely.box(500.2, 0, 1000, 400.1),
        shapely.box(0, 400, 1000, 800),
    ]
    features = []
    for number, shape in enumerate(boxes):
        moved = shapely.transform(shape, lambda at: crs.transform_xy(at + xy, 4548, 4326))
        values = {"name": f"社区{number}", "code": f"11999900100{number}"}
        geometry = json.loads(shapely.to_geojson(moved))
        features.append({"type": "Feature", "properties": values, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def test_a_torn_file_is_imported_and_its_borders_are_mended(verb, workspace_path, tmp_path):
    torn_file(tmp_path / "torn.geojson")
    verb("import", workspace_path, tmp_path / "torn.geojson", "--layer", "community")
    tried = verb("mend", workspace_path, "--dry-run", "--json").json
    assert tried["torn_before"] == 3
    assert tried["dry_run"]
    done = verb("mend", workspace_path, "--json").json
    assert done["mended"]
    assert not done["left"]
    again = verb("mend", workspace_path, "--json").json
    assert again["torn_before"] == 0
    assert not again["mended"]


def test_a_layer_without_borders_or_a_senseless_width_is_refused(verb, workspace_path):
    assert "compound" in verb("mend", workspace_path, "--layer", "walkway", exit_code=2).stderr
    verb("mend", workspace_path, "--max-gap", "-1", exit_code=2)
