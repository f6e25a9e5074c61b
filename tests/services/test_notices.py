"""Change notices: of a plan, a document, one edit; what they tell is what was changed."""

import pytest
from tests.services import plan_scenes as scenes
from tests.services.plan_scenes import DOCUMENT, Scene

from gridmap.base.errors import RequestError
from gridmap.services import history, notices, plan_force
from gridmap.services.notice_changes import of_transactions
from gridmap.services.notice_rows import rows_of
from gridmap.services.notices import NoticeRequest, NoticeSubject
from gridmap.store import changes_of


@pytest.fixture
def in_force(sample):
    """A plan that was put in force; what was changed, and the transaction."""
    plan, scene = scenes.new_plan(sample)
    changed = scenes.change(scene)
    scenes.add_document(sample)
    scenes.approve(sample, plan)
    done = plan_force.put_in_force(sample, plan_force.PutInForce(plan.id))
    return plan, changed, done


def seq_of(workspace, transaction):
    with workspace.reading() as reader:
        return changes_of.find_transaction(reader, transaction).seq


def table(workspace, seq):
    with workspace.reading() as reader:
        return rows_of(of_transactions(reader, [seq]), "zh")


def test_the_table_says_where_the_ground_of_each_old_cell_is(sample, in_force):
    _, ((moved, taker), split, merged), done = in_force
    rows = table(sample, seq_of(sample, done.transaction))
    said = {(row.old[0], row.change) for row in rows}
    assert {(split, "拆分"), (merged[0], "合并"), (merged[1], "合并")} <= said
    assert {(moved, "边界调整"), (taker, "边界调整")} <= said
    assert {row.old[0] for row in rows} == {moved, taker, split, *merged}
    news = set(done.value.new.values())
    assert news <= {row.new[0] for row in rows}
    parts = [row for row in rows if row.old[0] == split]
    assert [row.is_same_old for row in parts] == [False, True]
    numbers = [float(row.moved.replace(",", "")) for row in parts]
    assert sum(numbers) == pytest.approx(float(parts[0].old[2].replace(",", "")), abs=2)


@pytest.mark.parametrize("by", ["plan", "document", "transaction"])
def test_a_notice_can_be_asked_for_by_plan_document_and_edit(sample, in_force, tmp_path, by):
    plan, _, done = in_force
    subject = {
        "plan": NoticeSubject(plan=plan.name),
        "document": NoticeSubject(document=DOCUMENT),
        "transaction": NoticeSubject(transaction=done.transaction),
    }[by]
    written = notices.write_notice(sample, NoticeRequest(tmp_path / "通知.pdf", subject)).value
    assert written.pages == 1
    assert written.rows == len(table(sample, seq_of(sample, done.transaction)))
    assert written.path.read_bytes().startswith(b"%PDF")


def test_a_later_edit_is_not_in_the_notice_of_an_earlier_one(sample, in_force, tmp_path):
    _, _, done = in_force
    before = table(sample, seq_of(sample, done.transaction))
    later = Scene(sample)
    later.try_each(later.move, reversed(later.pairs()))
    assert table(sample, seq_of(sample, done.transaction)) == before


def test_a_draft_tells_what_it_would_change(sample, tmp_path):
    plan, scene = scenes.new_plan(sample)
    _, split, _ = scenes.change(scene)
    request = NoticeRequest(tmp_path / "草案.pdf", NoticeSubject(plan=plan.id))
    assert notices.write_notice(sample, request).value.rows >= 5
    with sample.reading() as reader:
        found = notices._collect(reader, request.subject)
    assert found.is_draft
    assert split in {cell.code for cell in found.before.values()}


def test_what_can_be_told_is_offered(sample, in_force):
    plan, _, done = in_force
    offered = notices.subjects(sample).value
    assert offered[0].plan == plan.id
    assert DOCUMENT in str(offered[1].text)
    assert [one.transaction for one in offered[2:]] == [done.transaction]


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (NoticeSubject(plan="没有"), "no_such_plan"),
        (NoticeSubject(document="没有"), "no_such_document"),
        (NoticeSubject(transaction="没有"), "no_such_transaction"),
    ],
)
def test_what_is_not_there_is_said(sample, subject, code, tmp_path):
    with pytest.raises(RequestError) as caught:
        notices.write_notice(sample, NoticeRequest(tmp_path / "x.pdf", subject))
    assert caught.value.code.endswith(code)


def test_where_no_cell_changed_there_is_no_notice(sample, tmp_path):
    scenes.new_plan(sample)
    scenes.add_document(sample)
    latest = history.recent(sample, 1).value[0].id
    for subject in (
        NoticeSubject(plan="旧城调整"),
        NoticeSubject(document=DOCUMENT),
        NoticeSubject(transaction=latest),
    ):
        with pytest.raises(RequestError) as caught:
            notices.write_notice(sample, NoticeRequest(tmp_path / "x.pdf", subject))
        assert caught.value.code.endswith("nothing_changed")
    assert not (tmp_path / "x.pdf").exists()
