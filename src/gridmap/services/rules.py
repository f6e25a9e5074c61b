"""All rules of a division: what does not hold, accepting it with a reason, withdrawing that."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model.changes import Outcome
from gridmap.services import rule_texts as texts
from gridmap.services.rule_findings import RULES, Finding
from gridmap.services.rule_keeper import RuleKeeper
from gridmap.store import edit as store
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

_TABLE = "rule_exception"


@dataclass(frozen=True)
class CheckRules:
    """Which division to check, and of which community to tell; None: of all.

    ``community`` is a code, a civil affairs code, a name or an id.
    """

    division: str | None = None
    community: str | None = None


@dataclass(frozen=True)
class AcceptFinding:
    """A finding that may stand, why, and who says so (None: whoever works here)."""

    finding: Finding
    reason: str
    division: str | None = None
    accepted_by: str | None = None


@dataclass(frozen=True)
class WithdrawAcceptance:
    """A finding that was accepted and shall count again."""

    finding: Finding
    division: str | None = None


def check_rules(
    opened: Workspace, request: CheckRules, progress: Progress = quiet
) -> Outcome[list[Finding]]:
    """Return every place where a rule does not hold; accepted ones are marked.

    Raises:
        RequestError: there is no such community.
    """
    keeper = RuleKeeper(opened, request.division)
    found = keeper.build(progress)
    if request.community is None:
        return Outcome(found)
    id_ = find_community(keeper, request.community)
    return Outcome([one for one in found if one.community_id == id_])


def find_community(keeper: RuleKeeper, named: str) -> str:
    """Return the id of a community by code, civil affairs code, name or id.

    Raises:
        RequestError: there is none, or there are several.
    """
    held = keeper.ground.communities
    if named in held.position:
        return named
    for column in ("code", "civil_code", "name"):
        found = [at for at, value in enumerate(held.columns[column]) if value == named]
        if len(found) == 1:
            return held.ids[found[0]]
    raise RequestError(texts.no_such_community(named))


def accept(
    opened: Workspace, request: AcceptFinding, _progress: Progress = quiet
) -> Outcome[Finding]:
    """Let a finding stand, with a reason, until its situation changes.

    Raises:
        RequestError: no reason is given.
        WorkspaceError: the workspace cannot be written.
    """
    reason = request.reason.strip()
    if not reason:
        raise RequestError(texts.reason_needed())
    finding = request.finding
    values = {
        "rule": finding.rule,
        "table_name": finding.table,
        "row_id": finding.row_id,
        "other_id": finding.other_id or None,
        "reason": reason,
        "accepted_by": request.accepted_by or opened.author,
        "accepted_on": clock.now().astimezone().date().isoformat(),
        "fingerprint": finding.state,
        "plan_id": request.division,
    }
    with opened.transaction(texts.accepted(RULES[finding.rule], reason)) as tx:
        for id_ in _ids_of(tx.connection, finding, request.division):
            store.delete_row(tx, _TABLE, id_)  # of an earlier situation, or another reason
        store.insert_row(tx, _TABLE, values)
    return Outcome(finding.accepted_for(reason), opened.touched_by(tx), tx.id)


def withdraw(
    opened: Workspace, request: WithdrawAcceptance, _progress: Progress = quiet
) -> Outcome[Finding]:
    """Let an accepted finding count again."""
    finding = request.finding
    with opened.transaction(texts.withdrawn(RULES[finding.rule])) as tx:
        for id_ in _ids_of(tx.connection, finding, request.division):
            store.delete_row(tx, _TABLE, id_)
    return Outcome(finding.accepted_for(None), opened.touched_by(tx), tx.id)


def _ids_of(reader: sqlite.Connection, finding: Finding, division: str | None) -> list[str]:
    where = (
        "t.rule = ? AND t.table_name = ? AND t.row_id = ? AND coalesce(t.other_id, '') = ?"
        " AND t.plan_id IS ?"
    )
    found = store.read_where(reader, _TABLE, (), where, (*finding.key, division))
    ids: list[str] = found.columns["id"].tolist()
    return ids


def count_open(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many open findings there are of each severity."""
    counts = {"error": 0, "warning": 0, "info": 0}
    for one in findings:
        if one.is_open:
            counts[one.severity] += 1
    return counts
