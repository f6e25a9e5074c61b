"""Back to any entry of the history, on again, in whole steps, also after a restart."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.helpers import content, insert

from gridmap.base.errors import RequestError
from gridmap.base.progress import Cancelled
from gridmap.services import history
from gridmap.store.workspace import open_workspace


def edit_once(opened, number):
    """Do something small, and return what the workspace holds then."""
    insert(opened, "document", 1, number=[f"第 {number} 号"])
    return content(opened)


def entries(opened):
    return history.entries(opened).value


def marks(opened):
    """Return one letter an edit, the oldest first: done, Current, undone or lost."""
    letters = []
    for one in reversed(entries(opened)):
        letter = "c" if one.is_current else "l" if one.is_lost else "u" if one.is_undone else "d"
        letters.append(letter)
    return "".join(letters)


def seqs(opened):
    return [one.record.seq for one in reversed(entries(opened))]


def test_any_entry_is_gone_back_to_and_on_to_again(workspace):
    states = [content(workspace)]
    states += [edit_once(workspace, number) for number in range(5)]
    made, *edits = seqs(workspace)
    assert marks(workspace) == "dddddc"
    arrival = history.go_to(workspace, edits[1]).value
    assert (arrival.steps, arrival.is_there, len(arrival.way.undo)) == (3, True, 3)
    assert content(workspace) == states[2]
    assert marks(workspace) == "ddcuuu"
    history.go_to(workspace, edits[3])
    assert content(workspace) == states[4]
    assert marks(workspace) == "ddddcu"
    history.go_to(workspace, made)
    assert content(workspace) == states[0]
    assert marks(workspace) == "cuuuuu"
    history.go_to(workspace, edits[4])
    assert content(workspace) == states[5]
    assert marks(workspace) == "dddddc"


def test_the_way_is_told_before_it_is_gone(workspace):
    for number in range(3):
        edit_once(workspace, number)
    _, first, second, third = seqs(workspace)
    before = content(workspace)
    way = history.way_to(workspace, first).value
    assert [one.seq for one in way.undo] == [third, second]
    assert content(workspace) == before
    assert len(history.way_to(workspace, third).value) == 0


def test_what_was_undone_before_something_else_is_out_of_reach(workspace):
    for number in range(3):
        edit_once(workspace, number)
    _, first, second, _ = seqs(workspace)
    history.go_to(workspace, first)
    edit_once(workspace, 9)
    assert marks(workspace) == "ddllc"
    before = content(workspace)
    with pytest.raises(RequestError) as caught:
        history.go_to(workspace, second)
    assert caught.value.code == "services.history_texts.lost_entry"
    with pytest.raises(RequestError):
        history.go_to(workspace, 12345)
    assert content(workspace) == before


def test_it_goes_on_after_a_restart(workspace_path):
    with open_workspace(workspace_path) as opened:
        states = [edit_once(opened, number) for number in range(4)]
        edits = seqs(opened)[1:]
        history.go_to(opened, edits[0])
    with open_workspace(workspace_path) as opened:
        history.go_to(opened, edits[2])
        assert content(opened) == states[2]
    with open_workspace(workspace_path) as opened:
        history.go_to(opened, edits[1])
        assert content(opened) == states[1]


def test_a_stop_leaves_whole_steps(workspace):
    states = [content(workspace)]
    states += [edit_once(workspace, number) for number in range(6)]
    made, *edits = seqs(workspace)

    def stop(done, total, what):
        if done * 2 >= total:  # half of the way is behind
            raise Cancelled

    arrival = history.go_to(workspace, made, stop).value
    assert 0 < arrival.steps < 6
    assert arrival.why is None
    assert not arrival.is_there
    assert content(workspace) == states[6 - arrival.steps]
    history.go_to(workspace, edits[-1])
    assert content(workspace) == states[6]


def test_a_stop_before_the_first_step_changes_nothing(workspace):
    edit_once(workspace, 1)
    before = content(workspace)

    def stop(done, total, what):
        raise Cancelled

    with pytest.raises(Cancelled):
        history.go_to(workspace, seqs(workspace)[0], stop)
    assert content(workspace) == before


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.integers(0, 9), min_size=1, max_size=14))
def test_walks_agree_with_a_list_of_states(workspace, walk):
    """Edits and jumps in any order: a model keeps what each entry left."""
    history.go_to(workspace, seqs(workspace)[0])
    line = [(seqs(workspace)[0], content(workspace))]
    at = 0
    for number in walk:
        if number < 4:
            state = edit_once(workspace, number)
            line = [*line[: at + 1], (seqs(workspace)[-1], state)]
            at += 1
        else:
            at = number % len(line)
            history.go_to(workspace, line[at][0])
        assert content(workspace) == line[at][1]
        current = next(one for one in entries(workspace) if one.is_current)
        assert current.record.seq == line[at][0]
