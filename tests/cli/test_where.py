"""The verb that tells where pasted coordinates lie."""

import pytest


def test_where_tells_all_readings_and_the_likely_one(gridmap, sample_path):
    answer = gridmap("where", sample_path, "118.208925,38.794524")
    assert answer.exit_code == 0
    for word in ("WGS 84", "→ GCJ-02", "BD-09", "桑桥里社区", "只有它在本街道范围内"):
        assert word in answer.stdout


def test_where_in_json_has_degrees_metres_and_rows(gridmap, sample_path):
    told = gridmap("where", sample_path, "118.208925,38.794524", "--json").json
    likely = told["readings"][told["likely"]]
    assert likely["datum"] == "gcj02"
    assert likely["outside_m"] == 0
    assert likely["lonlat"] == pytest.approx([118.2028142, 38.7936691], abs=1e-6)
    assert [row["table"] for row in likely["beside"]] == ["community", "cell"]


def test_where_speaks_english(gridmap, sample_path):
    answer = gridmap("--lang", "en", "where", sample_path, "604499.1 4296285.7")
    assert "in Community 桑桥里社区" in answer.stdout


def test_where_refuses_what_is_no_place(gridmap, sample_path):
    answer = gridmap("where", sample_path, "槐荫路12号")
    assert answer.exit_code == 2
    assert "槐荫路12号" in answer.stderr
