"""What a rule finds: where, how bad, why, and whether there is a sure way to mend it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import shapely

from gridmap.base.messages import Text
from gridmap.services import rule_texts as texts

Severity = Literal["error", "warning", "info"]
Mend = Literal["fill", "give", "clip", "match", "follow", "number"]
"""How a finding is mended: a gap is filled, common ground given to one cell, ground outside
clipped, vertices matched, a border led along a building, a code given."""

RULES: Mapping[str, Text] = {
    "gap": texts.rule_gap(),
    "overlap": texts.rule_overlap(),
    "matching": texts.rule_matching(),
    "community": texts.rule_community(),
    "building": texts.rule_building(),
    "compound": texts.rule_compound(),
    "walkway": texts.rule_walkway(),
    "code": texts.rule_code(),
    "area": texts.rule_area(),
    "border": texts.rule_border(),
    "balance": texts.rule_balance(),
}
"""All rules in the order in which they are told, and what they say."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One place where a rule does not hold.

    Attributes:
        rule: which one, a key of ``RULES``.
        severity: an error must be mended; a warning may stand; an info only tells.
        text: what is wrong, in a sentence.
        xy: where, (east, north) in metres in the workspace's CRS.
        table: of which table the row is that is at fault.
        row_id: the row.
        other_id: another row that is concerned, "" where there is none.
        measure: how much, in the unit of the sentence.
        mend: how it is surely mended, None where a person must decide.
        shape: the ground or line at fault, where there is more than a place.
        community_id: in which community it is.
        situation: what tells this situation from another one of the same rows.
        accepted: the reason for which it was accepted, None where it was not.
    """

    rule: str
    severity: Severity
    text: Text
    xy: tuple[float, float]
    table: str
    row_id: str
    other_id: str = ""
    measure: float = 0.0
    mend: Mend | None = None
    shape: shapely.Geometry | None = None
    community_id: str | None = None
    situation: tuple[Any, ...] = field(default=())
    accepted: str | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return which rule and rows it is about."""
        return self.rule, self.table, self.row_id, self.other_id

    @cached_property
    def fingerprint(self) -> str:
        """Return by what it is named from outside: which rows, in which situation."""
        return _hashed((*self.key, *self.situation))

    @property
    def state(self) -> str:
        """Return what changes when the situation does: then an acceptance is over.

        It does not depend on the ids of the rows, which a plan has of its own.
        """
        return _hashed((self.rule, *self.situation))

    @property
    def is_open(self) -> bool:
        """Return whether it still stands against the division."""
        return self.accepted is None

    def accepted_for(self, reason: str | None) -> "Finding":
        """Return the same finding, accepted for a reason."""
        return replace(self, accepted=reason)


Accepted = Mapping[tuple[str, str, str, str], tuple[tuple[str, str], ...]]
"""For the key of a finding the (state, reason) of what was accepted."""


def with_reasons(findings: list[Finding], accepted: Accepted) -> list[Finding]:
    """Return findings, those marked that were accepted as they are now."""
    if not accepted:
        return findings
    return [_with_reason(one, accepted) for one in findings]


def _with_reason(finding: Finding, accepted: Accepted) -> Finding:
    for state, reason in accepted.get(finding.key, ()):
        if state == finding.state:
            return finding.accepted_for(reason)
    return finding


def _hashed(told: tuple[Any, ...]) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]
