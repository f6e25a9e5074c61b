"""Making workspaces, and the smaller services."""

import pytest
from tests.store.helpers import ask, content, execute, insert

from gridmap.base.errors import EnvironmentProblem, RequestError, WorkspaceError
from gridmap.base.progress import Cancelled
from gridmap.sample.generate import Scale
from gridmap.services import backups, categories, checks, doctor, history, pictures, workspaces
from gridmap.services.workspaces import NewWorkspace
from gridmap.store import engine
from gridmap.store.workspace import open_workspace


@pytest.fixture
def made(tmp_path):
    request = NewWorkspace(tmp_path / "a.gridmap", "110105006", " 某街道 ", 4549)
    with workspaces.new_workspace(request) as opened:
        yield opened


def test_a_new_workspace_knows_its_place_and_the_national_classes(made):
    info = workspaces.get_info(made).value
    assert (info.epsg, info.subdistrict, info.name) == (4549, "110105006", "某街道")
    assert (info.imaginary, info.read_only_because) == (False, None)
    assert info.layers["category"] == len(categories.national_classes())
    assert sum(info.layers.values()) == info.layers["category"] + 1
    assert checks.check(made).value == []


def test_the_classes_of_all_three_standards_are_there_under_ids_that_every_office_has(made):
    with made.reading() as reader:
        found = reader.execute("SELECT standard, kind, code, id, name FROM category").fetchall()
    assert {"GB/T 47678.5-2026", "GB/T 30428.2-2013", "CJ/T 214-2007"} <= {one[0] for one in found}
    assert {kind for _, kind, *_ in found} == {"component", "event"}
    assert all(name for *_, name in found)
    for standard, kind, code, id_, _ in found:
        assert id_ == categories.category_id(standard, kind, code)
    assert len({id_ for *_, id_, _ in found}) == len(found)


def test_a_parent_class_is_among_the_classes(made):
    orphans = (
        "SELECT count(*) FROM category c WHERE parent_code IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM category p WHERE p.code = c.parent_code"
        " AND p.standard = c.standard AND p.kind = c.kind)"
    )
    assert ask(made, orphans) == 0


@pytest.mark.parametrize("code", ["", "11010500", "1101050061", "11010500６", "110105006 ", "abc"])
def test_a_division_code_has_nine_or_twelve_digits(tmp_path, code):
    with pytest.raises(RequestError) as caught:
        workspaces.new_workspace(NewWorkspace(tmp_path / "a.gridmap", code, "x"))
    assert caught.value.code == "services.wrong_division_code"


def cancel_after(calls):
    seen = []

    def stop(done, total, what):
        seen.append(done)
        if len(seen) > calls:
            raise Cancelled

    return stop


@pytest.mark.parametrize("calls", [0, 1, 3, 10, 30])
def test_a_sample_that_is_cancelled_leaves_no_file(tmp_path, calls):
    path = tmp_path / "a.gridmap"
    with pytest.raises(Cancelled):
        workspaces.make_sample(path, Scale.COMMUNITY, 1, cancel_after(calls))
    assert [one.name for one in tmp_path.iterdir() if not one.name.endswith(".lock")] == []


def test_a_new_workspace_that_is_cancelled_leaves_no_file(tmp_path):
    with pytest.raises(Cancelled):
        workspaces.new_workspace(
            NewWorkspace(tmp_path / "a.gridmap", "110105006", "x"), cancel_after(0)
        )
    assert [one.name for one in tmp_path.iterdir() if not one.name.endswith(".lock")] == []


def test_the_sample_is_marked_as_imaginary(sample):
    info = workspaces.get_info(sample).value
    assert info.imaginary
    assert info.layers["subdistrict"] == 1


def test_info_says_why_nothing_can_be_written(workspace):
    with workspaces.open_existing(workspace.path, program="second") as second:
        said = workspaces.get_info(second).value.read_only_because
    assert said == str(second.why_read_only)
    assert "gridmap" in said


def test_info_survives_the_loss_of_the_subdistrict(workspace):
    execute(workspace, "DELETE FROM subdistrict")
    info = workspaces.get_info(workspace).value
    assert info.subdistrict == "119999001"
    assert info.name == ""


def test_a_failed_making_leaves_the_place_as_it_was(tmp_path):
    path = tmp_path / "a.gridmap"
    path.write_text("mine")
    for attempt in (
        lambda: workspaces.new_workspace(NewWorkspace(path, "110105006", "x")),
        lambda: workspaces.make_sample(path, Scale.COMMUNITY, 1),
    ):
        with pytest.raises(WorkspaceError):
            attempt()
        assert path.read_text() == "mine"


# --- history


def test_what_comes_next_is_told(workspace):
    (first,) = insert(workspace, "document", 1)
    undo, redo = history.what_next(workspace).value
    assert (undo.seq, redo) == (2, None)
    assert history.undo(workspace).touched.rows == {"document": frozenset({first})}
    undo, redo = history.what_next(workspace).value
    assert undo is None
    assert redo.kind == "undo"
    assert [one.seq for one in history.recent(workspace).value] == [3, 2, 1]
    assert len(history.recent(workspace, 2).value) == 2


def test_the_history_of_a_row_names_its_changes(workspace):
    (id_,) = insert(workspace, "document", 1)
    execute(workspace, "UPDATE document SET title = '甲'")
    changes = history.row_history(workspace, "document", id_).value
    assert [change.operation for change in changes] == ["I", "U"]
    with pytest.raises(RequestError):
        history.row_history(workspace, "documents", id_)


# --- backups and repair


def test_backups_are_listed_newest_first(workspace):
    first = backups.back_up(workspace).value
    insert(workspace, "document", 1)
    second = backups.back_up_if_changed(workspace).value
    assert backups.back_up_if_changed(workspace).value is None
    assert backups.list_backups(workspace).value == [second, first]
    outcome = backups.restore(workspace, first.path)
    assert "document" in outcome.touched
    assert content(workspace)["document"] == []


def test_a_repair_backs_the_workspace_up_first(workspace):
    outcome = checks.repair(workspace)
    assert outcome.value == []
    assert len(backups.list_backups(workspace).value) == 1


def test_a_read_only_workspace_cannot_be_repaired(workspace):
    with open_workspace(workspace.path, read_only=True) as second, pytest.raises(WorkspaceError):
        checks.repair(second)


# --- pictures


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "1,2,3,4,5", "3,0,1,1", "0,0,inf,1", "nan,0,1,1"]
)
def test_an_extent_is_four_rising_numbers(text):
    with pytest.raises(RequestError) as caught:
        pictures.parse_extent(text)
    assert caught.value.code == "services.wrong_extent"
    assert pictures.parse_extent(" -1,2.5 , 3,4e2") == (-1, 2.5, 3, 400)


def test_a_picture_is_cancelled_without_a_file(sample, tmp_path):
    target = tmp_path / "a.png"
    with pytest.raises(Cancelled):
        pictures.render(sample, pictures.RenderRequest(target), cancel_after(2))
    assert not target.exists()


# --- doctor


def test_the_doctor_finds_a_machine_without_spatialite(monkeypatch):
    monkeypatch.setattr(engine.paths, "spatialite_candidates", lambda: ["/nowhere/mod"])
    monkeypatch.setattr(doctor, "_qt", list)
    broken = {one.name: one for one in doctor.examine() if not one.ok}
    assert broken.keys() == {"SpatiaLite", "Workspace"}
    assert "mod_spatialite" in str(broken["SpatiaLite"].mend)


def test_the_doctor_finds_a_data_folder_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GRIDMAP_DATA", str(tmp_path / "file" / "data"))
    monkeypatch.setattr(doctor, "_qt", list)
    (broken,) = [one for one in doctor.examine() if not one.ok]
    assert broken.name == "Data folder"
    assert str(tmp_path) in str(broken.mend)


def test_the_doctor_tells_of_a_qt_that_does_not_start(monkeypatch):
    monkeypatch.setattr(doctor, "_ask_qt", lambda environment: (None, "libEGL.so.1 missing"))
    (broken,) = [one for one in doctor.examine() if not one.ok]
    assert (broken.name, broken.detail) == ("Qt", "libEGL.so.1 missing")
    assert broken.mend is not None


def test_a_missing_target_folder_is_a_problem_of_the_machine(sample, tmp_path):
    request = pictures.RenderRequest(tmp_path / "没有" / "a.png", layers=("cell",))
    with pytest.raises((EnvironmentProblem, RequestError)):
        pictures.render(sample, request)


@pytest.mark.parametrize(
    ("code", "epsg"), [("110105006", 4548), ("330212001", 4549), ("650102001", 4538)]
)
def test_a_new_workspace_takes_the_zone_of_its_province(tmp_path, code, epsg):
    request = NewWorkspace(tmp_path / "a.gridmap", code, "街道")
    with workspaces.new_workspace(request) as made:
        assert made.epsg == epsg
