"""An import is one transaction: previewed, cancelled or undone without a trace, told row by row."""

import json

import pytest
import shapely
from tests.store.helpers import ask, content, entries

from gridmap.base.errors import InputError, RequestError, WorkspaceError
from gridmap.base.progress import Cancelled
from gridmap.exchange.read import list_layers
from gridmap.services import exports, history, imports
from gridmap.services.exports import ExportRequest
from gridmap.services.imports import ImportRequest
from gridmap.store import backup, bulk
from gridmap.store.workspace import open_workspace

LON, LAT = 116.44, 39.96


def write(path, shapes, **columns):
    rows = [
        {
            "type": "Feature",
            "properties": {name: values[n] for name, values in columns.items()},
            "geometry": json.loads(shapely.to_geojson(shape)) if shape is not None else None,
        }
        for n, shape in enumerate(shapes)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False)
    path.write_text(content, encoding="utf-8")
    return path


def squares(count):
    return [
        shapely.box(LON + n * 1e-5, LAT, LON + (n + 0.9) * 1e-5, LAT + 1e-4) for n in range(count)
    ]


@pytest.fixture
def source(tmp_path):
    return write(
        tmp_path / "房屋.geojson",
        squares(4),
        名称=["甲", "乙", "丙", "丁"],
        层数=[6, 5, None, 4],
        颜色=["红", "绿", "蓝", "黄"],
    )


def state(workspace):
    return content(workspace), entries(workspace)


def test_rows_come_in_with_their_values_and_the_rest_beside(workspace, source):
    outcome = imports.import_file(workspace, ImportRequest(source, "building"))
    assert outcome.value.rows == 4
    assert outcome.value.refused == ()
    assert outcome.touched.rows == {"building": None}
    assert (
        ask(workspace, "SELECT id FROM journal_transaction ORDER BY seq DESC")
        == outcome.transaction
    )
    assert ask(workspace, "SELECT group_concat(name, '') FROM building") == "甲乙丙丁"
    assert ask(workspace, "SELECT sum(floors) FROM building") == 15
    assert (
        json.loads(ask(workspace, "SELECT extra FROM building WHERE name = '乙'"))["颜色"] == "绿"
    )
    area = ask(workspace, "SELECT ST_Area(geom) FROM building WHERE name = '甲'")
    assert area == pytest.approx(8.54, abs=0.05)  # 0.77 m by 11.1 m


@pytest.mark.parametrize("count", [4, bulk.BULK_ROWS])
def test_undo_takes_an_import_back_and_redo_brings_it_again(workspace, tmp_path, count):
    source = write(tmp_path / "a.geojson", squares(count), name=[str(n) for n in range(count)])
    before = content(workspace)
    imports.import_file(workspace, ImportRequest(source, "cell"))
    after = content(workspace)
    record = history.undo(workspace).value
    assert "a.geojson" in str(record.intention)
    assert content(workspace) == before
    history.redo(workspace)
    assert content(workspace) == after


def test_a_dry_run_reports_the_same_and_writes_nothing(workspace, source):
    before = state(workspace)
    tried = imports.import_file(workspace, ImportRequest(source, "building", dry_run=True))
    assert tried.transaction is None
    assert tried.touched.rows == {}
    assert state(workspace) == before
    done = imports.import_file(workspace, ImportRequest(source, "building"))
    assert tried.value == done.value


def test_the_workspace_is_backed_up_before_an_import(workspace, source):
    imports.import_file(workspace, ImportRequest(source, "building"))
    assert len(backup.list_backups(workspace.path)) == 1


@pytest.mark.parametrize("count", [4, bulk.BULK_ROWS])
def test_an_import_cancelled_at_any_moment_leaves_everything_as_it_was(workspace, tmp_path, count):
    source = write(tmp_path / "a.geojson", squares(count), name=[str(n) for n in range(count)])
    request = ImportRequest(source, "cell")
    calls = []
    imports.import_file(workspace, request, lambda done, total, what: calls.append(done / total))
    assert calls == sorted(calls)
    history.undo(workspace)
    before = state(workspace)
    cancelled = 0
    for stop_at in range(len(calls)):
        seen = []

        def stop(done, total, what, seen=seen, stop_at=stop_at):
            seen.append(done)
            if len(seen) > stop_at:
                raise Cancelled

        try:
            report = imports.import_file(workspace, request, stop).value
        except Cancelled:
            cancelled += 1
            assert state(workspace) == before
        else:  # with a backup at hand already there are fewer moments than at first
            assert report.rows == count
            break
    assert cancelled > 10


def test_refused_rows_are_told_by_number_and_the_others_come_in(workspace, tmp_path):
    line = shapely.LineString([(LON, LAT), (LON + 0.001, LAT)])
    source = write(
        tmp_path / "a.geojson", [squares(1)[0], line, squares(3)[2]], name=["a", "b", "c"]
    )
    report = imports.import_file(workspace, ImportRequest(source, "building")).value
    assert report.rows == 2
    assert [refusal.row for refusal in report.refused] == [2]
    assert str(report.refused[0].reason)
    assert ask(workspace, "SELECT group_concat(name, '') FROM building") == "ac"


def test_a_file_of_which_no_row_fits_is_refused(workspace, tmp_path):
    line = shapely.LineString([(LON, LAT), (LON + 0.001, LAT)])
    source = write(tmp_path / "线.geojson", [line, line], name=["a", "b"])
    before = state(workspace)
    with pytest.raises(InputError) as caught:
        imports.import_file(workspace, ImportRequest(source, "building"))
    assert caught.value.code == "services.nothing_importable"
    assert caught.value.place.file == source
    assert caught.value.place.row == 1
    assert state(workspace) == before


def test_fields_are_taken_as_they_are_named(workspace, source):
    request = ImportRequest(source, "building", fields={"address": "名称", "remark": "颜色"})
    report = imports.import_file(workspace, request).value
    assert report.mapping["address"] == "名称"
    assert "name" not in report.mapping
    assert ask(workspace, "SELECT address || remark FROM building WHERE floors = 6") == "甲红"


def test_a_constant_is_given_to_every_row(workspace, source):
    request = ImportRequest(source, "defect", fields={"kind": "=pollution", "title": "名称"})
    assert imports.import_file(workspace, request).value.rows == 4
    assert ask(workspace, "SELECT count(*) FROM defect WHERE kind = 'pollution'") == 4


@pytest.mark.parametrize(
    ("table", "fields", "code"),
    [
        ("buildings", {}, "store.no_such_table"),
        ("building", {"colour": "颜色"}, "services.no_such_field"),
        ("building", {"name": "color"}, "services.no_such_source_column"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(workspace, source, table, fields, code):
    before = state(workspace)
    with pytest.raises(RequestError) as caught:
        imports.import_file(workspace, ImportRequest(source, table, fields=fields))
    assert caught.value.code == code
    known = {"store": "building", "services.no_such_field": "floors"}.get(code, "")
    assert known in str(caught.value)
    assert state(workspace) == before


def test_a_preview_shows_what_would_come_and_writes_nothing(workspace, source):
    before = state(workspace)
    seen = imports.preview(workspace, ImportRequest(source, "building"))
    assert len(seen.mapped.features) == 4
    assert seen.mapping["name"] == "名称"
    assert state(workspace) == before


def test_a_read_only_workspace_takes_no_import(workspace, source):
    with open_workspace(workspace.path, read_only=True) as second:
        with pytest.raises(WorkspaceError):
            imports.import_file(second, ImportRequest(source, "building"))
        dry = imports.import_file(second, ImportRequest(source, "building", dry_run=True))
        assert dry.value.rows == 4


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
@pytest.mark.parametrize("table", ["cell", "component", "walkway", "building", "officer"])
def test_what_was_exported_comes_back_the_same(sample, workspace, tmp_path, table, suffix):
    target = tmp_path / f"{table}{suffix}"
    written = exports.export_layer(sample, ExportRequest(table, target, crs=4548)).value
    assert written == ask(sample, f"SELECT count(*) FROM {table}")
    assert imports.import_file(workspace, ImportRequest(target, table)).value.rows == written
    if suffix == ".gpkg":  # GeoJSON is in degrees, so the last bits differ
        line = "name || length(geom)" if table != "officer" else "name || role"
        lines = f"SELECT group_concat(l, '|') FROM (SELECT {line} l FROM {table} ORDER BY 1)"
        assert ask(workspace, lines) == ask(sample, lines)


def test_export_in_another_crs_moves_the_coordinates(sample, tmp_path):
    target = tmp_path / "a.geojson"
    exports.export_layer(sample, ExportRequest("cell", target))
    (east, north) = json.loads(target.read_text())["features"][0]["geometry"]["coordinates"][0][0]
    assert 73 < east < 136
    assert 18 < north < 54


def test_an_export_that_is_cancelled_leaves_no_file(sample, tmp_path):
    target = tmp_path / "a.gpkg"

    def stop(done, total, what):
        raise Cancelled

    with pytest.raises(Cancelled):
        exports.export_layer(sample, ExportRequest("cell", target), stop)
    assert not target.exists()


def test_a_field_can_be_left_empty_although_a_column_would_fit(workspace, source):
    request = ImportRequest(source, "building", fields={"name": ""}, dry_run=True)
    assert "name" not in imports.import_file(workspace, request).value.mapping


def test_sensitive_columns_stay_home_unless_asked_for(sample, tmp_path):
    target = tmp_path / "a.gpkg"
    exports.export_layer(sample, ExportRequest("officer", target))
    names = list_layers(target)[0].fields
    assert "private_phone" not in names
    assert "duty_phone" in names
    exports.export_layer(sample, ExportRequest("officer", target, with_sensitive=True))
    assert "private_phone" in list_layers(target)[0].fields
