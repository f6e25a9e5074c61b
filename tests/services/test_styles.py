"""Own styles over shipped ones, and the classes that can be made of what a field holds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gridmap.base import paths
from gridmap.base.errors import EnvironmentProblem, InputError, RequestError
from gridmap.model.catalogue import MAP_ORDER
from gridmap.model.style import (
    Comparison,
    Condition,
    Gather,
    Gathering,
    Method,
    Style,
    StyleClass,
    Symbol,
)
from gridmap.report.styles import load_styles
from gridmap.services import pictures, styles
from gridmap.store.workspace import Workspace

OWN = Style("defect", Symbol(fill="#FF0000", outline="#000000", size=9.0), max_denominator=9000.0)


def test_without_own_styles_the_shipped_ones_are_loaded() -> None:
    loaded = styles.load_checked()
    assert loaded.styles == load_styles()
    assert loaded.problems == ()
    assert tuple(styles.load()) == MAP_ORDER


def test_an_own_style_stands_over_the_shipped_one_until_it_is_reset() -> None:
    shipped = styles.load()["defect"]
    assert not styles.is_own("defect")
    path = styles.save(OWN).value
    assert path == paths.data_dir() / "styles" / "defect.toml"
    assert styles.is_own("defect")
    assert styles.load()["defect"] == OWN
    assert tuple(styles.load()) == MAP_ORDER, "the order of painting stays"
    assert styles.reset("defect").value == shipped
    assert not styles.is_own("defect")
    assert styles.load()["defect"] == shipped
    assert styles.reset("defect").value == shipped, "also where there is no own one"


@pytest.mark.parametrize("content", [b"[symbol", b"\xff\xfe", b"by = 'hue'"])
def test_a_broken_own_style_is_left_out_and_told(content: bytes, logged) -> None:
    path = styles.save(OWN).value
    path.write_bytes(content)
    loaded = styles.load_checked()
    assert loaded.styles == load_styles()
    (problem,) = loaded.problems
    assert problem.place.file == path
    assert "defect.toml" in problem.render("zh")
    assert len(logged) == 1


def test_a_style_that_could_not_be_read_back_is_not_saved() -> None:
    rule = (Condition("title", Comparison.HAS, "a"),)
    nameless = replace(OWN, classes=(StyleClass(Symbol(), where=rule),))
    with pytest.raises(InputError, match="zh"):
        styles.save(nameless)
    assert not styles.is_own("defect")


def test_a_folder_that_cannot_be_written_is_named(own_place: Path) -> None:
    (own_place / "styles").write_text("in the way", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"defect\.toml"):
        styles.save(OWN)


def test_only_tables_with_a_place_have_a_style() -> None:
    with pytest.raises(RequestError):
        styles.reset("officer")
    with pytest.raises(RequestError):
        styles.save(Style("plan", Symbol()))


@pytest.mark.parametrize("method", Method)
def test_classes_of_a_field_hold_all_of_its_numbers(sample: Workspace, method: Method) -> None:
    bounds = styles.graduate(sample, "building", "height_m", method, 5).value
    low, high = styles.number_range(sample, "building", "height_m").value
    assert list(bounds) == sorted(set(bounds))
    assert 2 <= len(bounds) <= 5
    assert low < bounds[0]
    assert bounds[-2] <= high < bounds[-1]


def test_quantiles_of_a_field_are_those_of_its_rows(sample: Workspace) -> None:
    bounds = styles.graduate(sample, "compound", "households", Method.QUANTILE, 4).value
    with sample.reading() as reader:
        held = reader.execute("SELECT households FROM compound").fetchall()
    numbers = np.array([number for (number,) in held if number is not None])
    classes = np.searchsorted(np.array(bounds), numbers, side="right")
    counts = np.bincount(classes, minlength=4)
    assert counts.max() - counts.min() <= 0.2 * len(numbers)


def test_texts_and_missing_values_are_no_numbers(sample: Workspace) -> None:
    with sample.transaction(styles.texts.repaired()) as tx:
        tx.connection.execute("UPDATE building SET floors = NULL")
    assert styles.graduate(sample, "building", "floors", Method.NATURAL, 5).value == ()
    assert styles.number_range(sample, "building", "floors").value is None


def test_values_come_with_their_counts_the_most_frequent_first(sample: Workspace) -> None:
    found = styles.distinct(sample, "defect", "kind").value
    counts = [count for _value, count in found]
    assert counts == sorted(counts, reverse=True)
    with sample.reading() as reader:
        (whole,) = reader.execute("SELECT count(*) FROM defect WHERE kind IS NOT NULL").fetchone()
    assert sum(counts) == whole
    assert styles.distinct(sample, "defect", "kind", 2).value == found[:2]
    assert {value for value, _ in styles.distinct(sample, "compound", "is_old").value} <= {"0", "1"}


@pytest.mark.parametrize(
    ("table", "field"), [("nothing", "kind"), ("defect", "hue"), ("defect", "kind")]
)
def test_what_cannot_be_graduated_is_said(sample: Workspace, table: str, field: str) -> None:
    with pytest.raises(RequestError) as caught:
        styles.graduate(sample, table, field, Method.EQUAL, 5)
    assert (field if table == "defect" else table) in caught.value.render("en")
    with pytest.raises(RequestError):
        styles.number_range(sample, table, field)


def test_pictures_are_painted_in_the_users_own_styles(sample: Workspace, tmp_path: Path) -> None:
    def picture(name: str) -> bytes:
        target = tmp_path / name
        request = pictures.RenderRequest(target, size=(500, 400), layers=("component",))
        pictures.render(sample, request)
        return target.read_bytes()

    picture("first.png")  # the very first text of a process is a shade different
    shipped = picture("shipped.png")
    gather = Gather(Gathering.HEAT)
    styles.save(replace(styles.load()["component"], gather=gather, max_denominator=float("inf")))
    assert picture("own.png") != shipped
    styles.reset("component")
    assert picture("again.png") == shipped


@pytest.mark.parametrize("kind", Gathering)
def test_a_page_shows_rows_together(sample: Workspace, tmp_path: Path, kind: Gathering) -> None:
    style = replace(styles.load()["component"], gather=Gather(kind), max_denominator=float("inf"))
    styles.save(style)
    target = tmp_path / "page.pdf"
    pictures.render(sample, pictures.RenderRequest(target, layers=("community", "component")))
    assert target.read_bytes().startswith(b"%PDF")
