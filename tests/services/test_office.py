"""What an office decides for itself."""

import pytest
from tests.store.helpers import execute

from gridmap.base.errors import RequestError
from gridmap.services import history, office
from gridmap.services.office import Office, SaveOffice, save_office


def test_an_office_begins_with_the_usual_settings(workspace):
    assert office.get_office(workspace).value == Office()
    assert Office().scheme.id == "DB11-15"
    assert Office().households_high == 260


def test_settings_are_kept_and_undone_like_any_edit(workspace):
    save_office(workspace, SaveOffice({"area_low_m2": "8000", "needs_document": "是"}))
    held = office.get_office(workspace).value
    assert (held.area_low_m2, held.needs_document) == (8000.0, True)
    save_office(workspace, SaveOffice({"area_low_m2": "8500"}))
    assert office.get_office(workspace).value.area_low_m2 == 8500.0
    history.undo(workspace)
    assert office.get_office(workspace).value.area_low_m2 == 8000.0
    history.undo(workspace)
    assert office.get_office(workspace).value == Office()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("area_low_m2", "-1"),
        ("area_low_m2", "nan"),
        ("area_low_m2", "12000"),
        ("area_high_m2", "8000"),
        ("households_per_officer", "2.5"),
        ("needs_document", "maybe"),
        ("code_scheme", "ISO"),
        ("code_basis", "name"),
        ("class_code", "12"),
        ("colour", "red"),
    ],
)
def test_what_is_no_value_is_said_and_nothing_is_kept(workspace, key, value):
    with pytest.raises(RequestError) as refused:
        save_office(workspace, SaveOffice({key: value}))
    assert key in str(refused.value)
    assert office.get_office(workspace).value == Office()


def test_a_wrong_value_of_another_program_counts_as_not_set(workspace):
    execute(
        workspace, "INSERT INTO office_setting (id, key, value) VALUES ('a', 'area_low_m2', 'x')"
    )
    execute(workspace, "INSERT INTO office_setting (id, key, value) VALUES ('b', 'else', 'x')")
    assert office.get_office(workspace).value == Office()


def test_settings_are_typed_as_they_are_shown(workspace):
    told = office.as_texts(Office())
    assert save_office(workspace, SaveOffice(told)).value == Office()
