"""What is seen of a division: the official cells in force, or those of a plan, now and then."""

import time

import numpy as np
import pytest
from tests.store.helpers import execute

from gridmap.base import clock
from gridmap.model.changes import Touched
from gridmap.services import places
from gridmap.services.as_of import AsOfSource
from gridmap.services.layers import LayerSource, Order
from gridmap.services.search import SearchIndex

FIELDS = ("code",)


@pytest.fixture
def divided(sample):
    """A sample with a plan of three cells, in which one official cell has ended; their ids."""
    with sample.reading() as reader:
        ids = [row[0] for row in reader.execute("SELECT id FROM cell ORDER BY rowid LIMIT 4")]
    execute(sample, "INSERT INTO plan (id, name, state) VALUES ('p', '方案', 'draft')")
    for number, id_ in enumerate(ids[:3]):
        execute(
            sample,
            "INSERT INTO cell (id, code, plan_id, base_cell_id, geom)"
            " SELECT ?, code, 'p', id, geom FROM cell WHERE id = ?",
            f"p{number}",
            id_,
        )
    before = clock.now()
    time.sleep(0.005)  # what follows is later by the journal's clock, too
    execute(sample, "UPDATE cell SET valid_to = '2026-11-24' WHERE id = ?", ids[3])
    return sample, ids, before


def seen(source):
    """Return the ids of the cells by each way of reading, which must agree."""
    layer = source.load("cell", FIELDS)
    ids = layer.ids.tolist()
    assert len(source.load_boxes("cell", FIELDS)) == len(ids)
    boxes = source.load_boxes("cell", FIELDS)
    assert sorted(boxes.columns["code"]) == sorted(layer.columns["code"])
    assert (np.abs(boxes.shapes[0].bounds - layer.shapes[0].bounds) < 1).all()
    return set(ids)


def test_each_division_shows_its_own_cells(divided):
    sample, ids, _ = divided
    official, plan = LayerSource(sample), LayerSource(sample, "p")
    assert seen(plan) == {"p0", "p1", "p2"}
    assert ids[3] not in seen(official)
    assert set(ids[:3]) < seen(official)
    assert not seen(official) & seen(plan)
    for source in (official, plan):
        everything = seen(source)
        assert source.count("cell") == len(everything)
        assert set(source.page("cell", 0, 10_000).ids) == everything
        assert set(source.page("cell", 0, 10_000, Order("code")).ids) == everything
        assert set(source.page("cell", 0, 10_000, Order("community_id")).ids) == everything
        assert set(source.load_columns("cell", FIELDS)[0].tolist()) == everything


def test_a_row_that_left_the_division_is_gone_when_it_is_read_again(divided):
    sample, ids, _ = divided
    again = LayerSource(sample).load_rows("cell", FIELDS, [ids[0], ids[3], "p0"])
    assert again.ids.tolist() == [ids[0]]
    assert LayerSource(sample, "p").load_rows("cell", FIELDS, [ids[0], "p0"]).ids.tolist() == ["p0"]
    assert LayerSource(sample).find_row("cell", ids[3]).values["valid_to"] == "2026-11-24"


def test_a_past_day_shows_what_was_in_force_then(divided):
    sample, ids, before = divided
    then = AsOfSource(sample, before)
    assert seen(then) == seen(LayerSource(sample)) | {ids[3]}
    assert then.load_rows("cell", FIELDS, [ids[3], "p0"]).ids.tolist() == [ids[3]]
    assert seen(AsOfSource(sample, before, "p")) == {"p0", "p1", "p2"}
    assert list(then.load("cell", FIELDS).columns) == ["code"]


def test_what_does_not_differ_between_divisions_has_one_name(divided):
    sample, _, _ = divided
    one, other = LayerSource(sample), LayerSource(sample, "p")
    assert one.rows_of("building") == other.rows_of("building")
    assert one.rows_of("cell") != other.rows_of("cell")


def test_a_place_lies_in_the_cell_that_is_in_force(divided):
    sample, ids, _ = divided
    source = LayerSource(sample)
    for row_id, expected in ((ids[0], ids[0]), (ids[3], None)):
        xy = source.find_row("cell", row_id).xy
        found = {one.table: one.id for one in places.beside(sample, xy).value}
        assert (found["cell"] == expected) if expected else found["cell"] not in (row_id, "p0")


def test_a_search_finds_no_cell_of_a_plan(divided):
    sample, ids, _ = divided
    index = SearchIndex(sample)
    index.build()
    code = LayerSource(sample).find_row("cell", ids[0]).values["code"]
    assert [one.id for one in index.find(code) if one.table == "cell"] == [ids[0]]
    index.update(Touched({"cell": frozenset({"p0", ids[0]})}))
    assert [one.id for one in index.find(code) if one.table == "cell"] == [ids[0]]
