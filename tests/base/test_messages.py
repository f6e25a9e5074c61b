"""Sentences are rendered late, in either language, with plurals in English."""

import pytest

from gridmap.base import messages
from gridmap.base.errors import (
    DecisionNeeded,
    EnvironmentProblem,
    GridmapError,
    InputError,
    Place,
    RequestError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceError,
)
from gridmap.base.messages import Text, Wording, use_language
from gridmap.cli import texts as cli
from gridmap.store import texts


def test_a_text_follows_the_language_that_is_spoken_when_it_is_shown():
    text = texts.nothing_to_undo()
    assert str(text) == "没有可以撤销的操作。"
    use_language("en")
    assert str(text) == "There is nothing to undo."
    assert text.render("zh") == "没有可以撤销的操作。"


@pytest.mark.parametrize(
    ("rows", "said"),
    [(0, "Exported 0 rows"), (1, "Exported 1 row "), (2, "Exported 2 rows"), (1000, "1000 rows")],
)
def test_english_has_plurals(rows, said):
    assert said in cli.exported(rows=rows, path="a").render("en")


def test_a_text_within_a_text_is_in_the_same_language():
    inner = Wording("导入", "Import")
    text = texts.undone(intention=inner)
    assert (text.render("zh"), text.render("en")) == ("撤销：导入", "Undo: Import")
    nested = texts.undone(intention=texts.undone(intention=inner))
    assert nested.render("en") == "Undo: Undo: Import"


def test_values_may_hold_braces_and_percent_signs():
    assert "{path} %s {0}" in texts.no_such_workspace(path="{path} %s {0}").render("en")


def test_a_missing_value_is_a_fault_where_the_sentence_is_made():
    with pytest.raises(TypeError):
        texts.no_such_workspace()
    with pytest.raises(TypeError):
        texts.no_such_workspace(path="a", more="b")


def test_a_text_is_a_value():
    assert texts.disk_full(path="a") == texts.disk_full(path="a") != texts.disk_full(path="b")
    assert texts.disk_full(path="a").id == "store.disk_full"


def test_every_declared_sentence_says_its_room():
    for id_, sentence in messages.declared_sentences().items():
        assert sentence.id == id_
        assert id_.count(".") >= 1


@pytest.mark.parametrize(
    ("error", "parent", "code"),
    [
        (RequestError, GridmapError, 2),
        (InputError, GridmapError, 2),
        (WorkspaceError, GridmapError, 2),
        (WorkspaceBusy, WorkspaceError, 2),
        (WorkspaceDamaged, WorkspaceError, 2),
        (EnvironmentProblem, GridmapError, 2),
        (DecisionNeeded, GridmapError, 3),
    ],
)
def test_errors_carry_their_sentence_their_place_and_their_exit_code(error, parent, code):
    raised = error(texts.disk_full(path="a"), place=Place(row=3, xy=(1.0, 2.0)))
    assert isinstance(raised, parent)
    assert raised.exit_code == code
    assert raised.code == "store.disk_full"
    assert str(raised) == str(texts.disk_full(path="a"))
    assert raised.render("en").startswith("The disk is full")
    assert raised.place.row == 3
    assert error(Text("store.nothing_to_undo")).place == Place()
