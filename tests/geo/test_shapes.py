"""Features and shapes: columns of one length, vertices in flat arrays."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.store.shapes import KINDS, absent, arrays, as_array

from gridmap.geo.features import Features, as_objects
from gridmap.geo.layers import LayerRows, packed
from gridmap.geo.shapes import offsets, ranges, shapes_of

everything = arrays(*KINDS.values(), absent)


def rebuilt(shapes):
    """The vertices of each feature, run by run."""
    for feature in range(len(shapes)):
        first, last = shapes.features[feature], shapes.features[feature + 1]
        yield [shapes.xy[shapes.runs[n] : shapes.runs[n + 1]] for n in range(first, last)]


@given(everything)
def test_every_vertex_is_there_in_its_run_and_feature(geometries):
    seen = set()
    for shapes in shapes_of(geometries):
        for row, bounds, runs in zip(shapes.rows, shapes.bounds, rebuilt(shapes), strict=True):
            geometry = geometries[row]
            seen.add(int(row))
            assert np.array_equal(np.vstack(runs), shapely.get_coordinates(geometry))
            assert np.array_equal(bounds, shapely.bounds(geometry))
            if shapes.dimension == 2:
                assert len(runs) == len(shapely.get_rings(shapely.get_parts(geometry)))
                assert all(np.array_equal(run[0], run[-1]) for run in runs)
    wanted = {n for n, one in enumerate(geometries) if one is not None and not one.is_empty}
    assert seen == wanted


@given(everything, st.data())
def test_taking_some_features_gives_those(geometries, data):
    for shapes in shapes_of(geometries):
        chosen = data.draw(st.lists(st.integers(0, len(shapes) - 1), max_size=5))
        taken = shapes.take(np.array(chosen, np.int64))
        assert taken.rows.tolist() == shapes.rows[chosen].tolist()
        whole = list(rebuilt(shapes))
        for runs, position in zip(rebuilt(taken), chosen, strict=True):
            assert len(runs) == len(whole[position])
            assert all(np.array_equal(a, b) for a, b in zip(runs, whole[position], strict=True))


def test_areas_come_first_and_points_last():
    mixed = as_array(
        [shapely.Point(0, 0), shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (1, 1)])]
    )
    assert [shapes.dimension for shapes in shapes_of(mixed)] == [2, 1, 0]


def test_a_collection_counts_by_its_parts():
    inner = shapely.GeometryCollection([shapely.Point(5, 5), shapely.box(0, 0, 1, 1)])
    deep = shapely.GeometryCollection([inner, shapely.LineString([(0, 0), (1, 1)])])
    found = shapes_of(as_array([None, deep]))
    assert [(shapes.dimension, shapes.rows.tolist()) for shapes in found] == [
        (2, [1]),
        (1, [1]),
        (0, [1]),
    ]


def test_nothing_gives_no_shapes():
    assert shapes_of(as_array([])) == ()
    assert shapes_of(as_array([None, shapely.Point()])) == ()


@given(st.lists(st.integers(0, 5)))
def test_offsets_tell_where_groups_begin(counts):
    result = offsets(np.array(counts, np.int64))
    assert result[0] == 0
    assert np.diff(result).tolist() == counts


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 5))))
def test_ranges_are_joined(pairs):
    starts, counts = (np.array([pair[n] for pair in pairs], np.int64) for n in (0, 1))
    expected = [start + step for start, count in pairs for step in range(count)]
    assert ranges(starts, counts).tolist() == expected


def test_columns_of_unequal_length_are_a_fault():
    with pytest.raises(ValueError, match="unequal"):
        Features({"a": np.arange(2), "b": np.arange(3)})
    with pytest.raises(ValueError, match="unequal"):
        Features({"a": np.arange(2)}, as_array([None]))


def test_rows_can_be_taken_by_position_and_by_mask():
    features = Features({"a": np.arange(3)}, as_array([None, shapely.Point(1, 1), None]))
    assert features.take(np.array([2, 1])).columns["a"].tolist() == [2, 1]
    assert len(features.take(np.array([True, False, True]))) == 2
    assert len(Features({})) == 0
    assert len(Features({"a": np.arange(3)})) == 3


@pytest.mark.parametrize("values", [[], [1, None], [(1, 2), (3, 4)], [[1], [2]], ["a", b"b"]])
def test_objects_stay_what_they_are(values):
    array = as_objects(values)
    assert array.shape == (len(values),)
    assert array.tolist() == values


def test_a_layer_knows_its_extent():
    shapes = shapes_of(as_array([shapely.Point(5, 6), shapely.box(0, 0, 1, 9)]))
    layer = LayerRows("cell", as_objects(["a", "b"]), shapes, {})
    assert layer.bounds == (0, 0, 5, 9)
    assert len(layer) == 2
    assert LayerRows("cell", as_objects(["a"]), (), {}).bounds is None


def layer_of(geometries, names):
    ids, values = as_objects([f"r{n}" for n in names]), as_objects([f"v{n}" for n in names])
    return LayerRows("cell", ids, shapes_of(geometries), {"code": values})


def told(layer):
    """What a layer says of each row: its value, and its vertices by dimension."""
    found = {id_: [layer.columns["code"][n]] for n, id_ in enumerate(layer.ids)}
    for shapes in layer.shapes:
        for row, box, runs in zip(shapes.rows, shapes.bounds, rebuilt(shapes), strict=True):
            vertices = [run.tolist() for run in runs]
            found[layer.ids[row]].append((shapes.dimension, box.tolist(), vertices))
    return found


@given(everything, everything, st.data())
def test_a_patched_layer_is_the_layer_read_anew(before, after, data):
    old = layer_of(before, range(len(before)))
    changed = data.draw(st.lists(st.integers(0, len(before) + 2), unique=True))
    names = changed[: len(after)]  # the other changed rows are gone
    fresh = layer_of(after[: len(names)], names)
    kept = [n for n in range(len(before)) if n not in changed]
    whole = layer_of(as_array([*before[kept], *after[: len(names)]]), [*kept, *names])
    assert told(old.patched(fresh, [f"r{n}" for n in changed])) == told(whole)


@given(st.lists(st.none() | st.text(st.characters(codec="utf-8"), max_size=40), max_size=30))
def test_packed_texts_come_out_as_they_went_in(texts):
    array = packed(texts)
    assert array.tolist() == texts
    assert array[::-1].astype(object).tolist() == texts[::-1]
    assert [array[n] for n in range(len(texts))] == texts


def test_what_is_no_text_is_not_packed():
    with pytest.raises(ValueError, match="string"):
        packed(["a", 3])
