"""What a change notice prints of the changes: its facts, its summary, its table."""

from collections.abc import Sequence

from gridmap.base.messages import Language, Text
from gridmap.geo.redivision import Flow
from gridmap.report import notice_texts as words
from gridmap.report.notice_table import NoticeRow
from gridmap.services.notice_changes import Changes, NoticeCell

_HEIR_SHARE = 0.01
"""Less of a cell's ground than this is not told as a line of its own, unless all goes there."""
_NEARLY_ALL = 0.99


def facts_of(found: Changes) -> list[tuple[Text, str]]:
    """Return headings and values of what a notice begins with."""
    document, missing = found.document, str(words.not_entered())
    facts = [
        (words.number(), document.get("number") or missing),
        (words.issued_on(), document.get("issued_on") or missing),
        (words.document_title(), document.get("title") or missing),
        (words.signatory(), document.get("signatory") or missing),
    ]
    more = [
        (words.intention(), str(found.intention)),
        (words.in_force_on(), found.in_force_on),
        (words.approved_by(), found.approved_by),
    ]
    return facts + [(heading, value) for heading, value in more if value]


def summary_of(found: Changes) -> Text:
    """Return the sentence that sums a notice up."""
    kept = found.before.keys() & found.after.keys()
    return words.summary(
        changed=len(kept),
        ended=len(found.before) - len(kept),
        new=len(found.after) - len(kept),
        area=sum(flow.area_m2 for flow in found.moved),
        households=sum(flow.households for flow in found.moved),
    )


def rows_of(found: Changes, language: Language) -> list[NoticeRow]:
    """Return the table: for each old cell where its ground is now; then new ground, if any.

    Old cells come by their codes; of one that goes on what it keeps comes first.
    """
    listed: list[NoticeRow] = []
    targets, sources = _by(found.flows, "source"), _by(found.flows, "target")
    for key, cell in sorted(found.before.items(), key=lambda pair: pair[1].code):
        parts = [flow for flow in targets.get(key, ()) if _tells(found, flow)]
        parts.sort(key=lambda flow: (flow.target != flow.source, found.after[flow.target].code))
        if not parts:
            listed.append(_row(cell, words.ended(), None, None, language))
        for number, flow in enumerate(parts):
            change = _change(found, flow, len(parts), len(sources.get(flow.target, ())))
            new = found.after[flow.target]
            listed.append(_row(cell, change, flow, new, language, is_same_old=number > 0))
    told = {flow.target for flow in found.flows}
    for key, cell in sorted(found.after.items(), key=lambda pair: pair[1].code):
        if key not in told:
            listed.append(_row(None, words.new(), None, cell, language))
    return listed


def _by(flows: Sequence[Flow], side: str) -> dict[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        found.setdefault(getattr(flow, side), []).append(flow)
    return found


def _tells(found: Changes, flow: Flow) -> bool:
    """Return whether a piece of ground is worth a line."""
    if flow.source == flow.target:
        return True
    old, new = found.before[flow.source].area_m2, found.after[flow.target].area_m2
    return flow.area_m2 > _HEIR_SHARE * min(old, new)


def _change(found: Changes, flow: Flow, parts: int, sources: int) -> Text:
    """Return what happens to a piece of ground, in a word."""
    old, new = found.before[flow.source], found.after[flow.target]
    if flow.source == flow.target:
        is_told = (old.name, old.code) != (new.name, new.code)
        is_moved = flow.area_m2 < max(old.area_m2, new.area_m2) - 0.5
        return words.reshaped() if is_moved or not is_told else words.described()
    if flow.source in found.after:
        return words.given()
    if flow.target in found.before or sources > 1:
        is_whole = flow.area_m2 > _NEARLY_ALL * old.area_m2
        return words.merge() if is_whole else words.redrawn()
    return words.split() if parts > 1 else words.redrawn()


def _row(
    old: NoticeCell | None,
    change: Text,
    flow: Flow | None,
    new: NoticeCell | None,
    language: Language,
    *,
    is_same_old: bool = False,
) -> NoticeRow:
    moved = "" if flow is None or flow.source == flow.target else f"{flow.area_m2:,.0f}"
    return NoticeRow(
        _told(old), change.render(language), moved, _told(new), is_same_old=is_same_old
    )


def _told(cell: NoticeCell | None) -> tuple[str, str, str, str]:
    if cell is None:
        return ("—", "", "", "")
    households = "" if cell.households is None else f"{cell.households:,}"
    return cell.code, cell.name, f"{cell.area_m2:,.0f}", households
