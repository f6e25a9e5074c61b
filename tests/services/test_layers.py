"""Rows for map and table: pages in any order, positions, one row in full."""

import pytest

from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Touched
from gridmap.services import layers, texts
from gridmap.services.layers import LayerSource, Order, sort_key
from gridmap.store.workspace import Workspace


@pytest.fixture
def source(sample: Workspace) -> LayerSource:
    return LayerSource(sample)


def column(source: LayerSource, table: str, field: str, order: Order) -> list[object]:
    place = TABLE_BY_NAME[table].field_names.index(field)
    page = source.page(table, 0, source.count(table), order)
    return [row[place] for row in page.rows]


def test_pages_together_are_the_table(source: LayerSource) -> None:
    count = source.count("building")
    ids = [id_ for at in range(0, count, 100) for id_ in source.page("building", at, 100).ids]
    assert len(ids) == len(set(ids)) == count > 500


def test_a_page_beyond_the_end_is_empty(source: LayerSource) -> None:
    assert source.page("cell", 10_000, 100).ids == ()
    assert source.page("ballot", 10_000, 5).rows == ()


def test_references_are_told_by_their_label(source: LayerSource, sample: Workspace) -> None:
    values = column(source, "cell", "community_id", Order("code"))
    with sample.reading() as reader:
        names = {name for (name,) in reader.execute("SELECT name FROM community")}
    assert set(values) <= names | {None}


def test_numbers_sort_by_value_and_missing_ones_come_last(source: LayerSource) -> None:
    for is_down in (False, True):
        values = column(source, "building", "floors", Order("floors", is_down))
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=is_down)
        assert values[: len(known)] == known


def test_texts_sort_by_pinyin_and_by_the_value_of_numbers() -> None:
    names = ["张里10号", "张里9号", "安里", "北里", "李里", "3号", "20号", "A座"]
    expected = ["3号", "20号", "A座", "安里", "北里", "李里", "张里9号", "张里10号"]
    assert sorted(names, key=sort_key) == expected


def test_references_sort_by_their_label(source: LayerSource) -> None:
    values = [v for v in column(source, "cell", "grid_id", Order("grid_id")) if v is not None]
    assert values == sorted(values, key=lambda value: sort_key(str(value)))


@pytest.mark.parametrize("order", [None, Order("code", is_descending=True), Order("community_id")])
def test_positions_and_ids_are_inverse(source: LayerSource, order: Order | None) -> None:
    count = source.count("cell")
    wanted = [0, 3, 17, count - 1]
    ids = source.ids_at("cell", wanted, order)
    assert source.find_rows("cell", ids, order).tolist() == wanted
    assert source.find_rows("cell", [*ids, "gone"], order).tolist() == wanted
    assert source.ids_at("cell", [count + 5], order) == []


def test_rows_at_positions_are_those_of_the_pages(source: LayerSource) -> None:
    order = Order("code")
    page = source.page("cell", 0, 50, order)
    positions = [1, 2, 3, 9, 20]
    assert source.rows_at("cell", positions, order) == [page.rows[at] for at in positions]


def test_an_edit_drops_the_kept_orders(source: LayerSource, sample: Workspace) -> None:
    before = source.count("sensor")
    (first,) = source.ids_at("sensor", [0])
    with sample.transaction(texts.repaired()) as tx:
        tx.connection.execute("DELETE FROM sensor WHERE id = ?", (first,))
    assert first not in source.page("sensor", 0, before).ids  # a row that is gone is left out
    source.forget(Touched.whole("building"))
    assert source.count("sensor") == before
    source.forget(Touched.whole("sensor"))
    assert source.count("sensor") == before - 1


@pytest.mark.parametrize("touched", [Touched.whole("sensor"), None])
def test_an_order_that_was_begun_before_an_edit_is_not_kept(
    source: LayerSource, monkeypatch: pytest.MonkeyPatch, touched: Touched | None
) -> None:
    sort = layers._sorted_rowids

    def slow(*args: object) -> object:
        made = sort(*args)
        source.forget(touched)
        return made[1:]

    with monkeypatch.context() as context:
        context.setattr(layers, "_sorted_rowids", slow)
        before = source.count("sensor")
    assert source.count("sensor") == before + 1


def test_some_rows_are_read_like_all_of_them(source: LayerSource) -> None:
    whole = source.load("building", ("name",))
    wanted = [str(id_) for id_ in whole.ids[[600, 5, 640]]]
    some = source.load_rows("building", ("name",), [*wanted, "gone"])
    assert sorted(some.ids) == sorted(wanted)
    names = dict(zip(whole.ids, whole.columns["name"], strict=True))
    assert some.columns["name"].tolist() == [names[id_] for id_ in some.ids]
    boxes = {
        whole.ids[row]: box.tolist()
        for s in whole.shapes
        for row, box in zip(s.rows, s.bounds, strict=True)
    }
    for shapes in some.shapes:
        for row, box in zip(shapes.rows, shapes.bounds, strict=True):
            assert boxes[some.ids[row]] == box.tolist()
    assert len(source.load_rows("building", ("name",), [])) == 0


def test_columns_alone_are_those_that_come_with_the_shapes(source: LayerSource) -> None:
    whole = source.load("building", ("name", "floors"))
    ids, columns = source.load_columns("building", ("name", "floors"))
    assert ids.tolist() == whole.ids.tolist()
    assert {name: column.tolist() for name, column in columns.items()} == {
        name: column.tolist() for name, column in whole.columns.items()
    }


def test_one_row_in_full(source: LayerSource) -> None:
    (first,) = source.ids_at("cell", [0])
    row = source.find_row("cell", first)
    assert row is not None
    assert set(row.values) == set(TABLE_BY_NAME["cell"].field_names)
    assert row.labels["community_id"]
    assert row.area_m2 is not None
    assert row.area_m2 > 100
    assert row.length_m is None
    assert row.xy is not None
    assert source.find_row("cell", "gone") is None
    assert source.label_of("cell", first) == row.values["code"]


def test_extent_holds_the_rows(source: LayerSource) -> None:
    (first,) = source.ids_at("cell", [0])
    row, extent = source.find_row("cell", first), source.extent_of("cell", [first])
    assert row is not None
    assert extent is not None
    assert row.xy is not None
    xmin, ymin, xmax, ymax = extent
    assert xmin < row.xy[0] < xmax
    assert ymin < row.xy[1] < ymax
    assert source.extent_of("officer", source.ids_at("officer", [0])) is None
    assert source.extent_of("cell", []) is None
    assert source.extent_of("cell", ["gone"]) is None
