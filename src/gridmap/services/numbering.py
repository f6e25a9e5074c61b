"""Giving codes: numbers go on after the highest that a community ever had, ended cells as well."""

from collections.abc import Iterable, Mapping
from typing import Any

from gridmap.geo.features import as_objects
from gridmap.model import codes
from gridmap.services.office import Office
from gridmap.store import edit as store
from gridmap.store.engine import sqlite


def community_codes(
    reader: sqlite.Connection, ids: Iterable[str], office: Office
) -> dict[str, str | None]:
    """Return the code of each community with which its cells' codes begin."""
    names = (office.code_basis,)
    found = store.read_rows(reader, "community", ids, names, with_shapes=False).columns
    return dict(zip(found["id"], found[office.code_basis], strict=True))


def issue_codes(
    reader: sqlite.Connection, office: Office, community_code: str | None, count: int
) -> list[str]:
    """Return new codes for cells of a community; they are taken once cells have them.

    Raises:
        RequestError: the community has no code of 12 digits, or its sequence is full.
    """
    prefix = codes.prefix_of(office.scheme, community_code, office.class_code)
    return codes.next_codes(office.scheme, prefix, used_codes(reader, prefix), count)


def used_codes(reader: sqlite.Connection, prefix: str) -> list[str]:
    """Return all codes that begin with a prefix, also those of cells that ended."""
    where = "t.code >= ? AND t.code < ?"  # a range of the index, however many cells there are
    found = store.read_where(
        reader, "cell", ["code"], where, (prefix, prefix + chr(0x10FFFF)), with_shapes=False
    )
    return [str(code) for code in found.columns["code"]]


def issue_provisional(reader: sqlite.Connection, plan_id: str, count: int) -> list[str]:
    """Return names for new cells of a draft, which get their codes when it is put in force."""
    where = "t.code >= ? AND t.code < ? AND t.plan_id = ?"
    bound = (*codes.PROVISIONAL_RANGE, plan_id)
    found = store.read_where(reader, "cell", ["code"], where, bound, with_shapes=False)
    return codes.next_provisional(found.columns["code"].tolist(), count)


def with_marks(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of cells that come in, each code marked that brings no mark itself."""
    if "code" not in columns:
        return dict(columns)
    known = columns.get("code_scheme")
    marks = [
        (known[at] if known is not None else None) or codes.mark_of(code and str(code))
        for at, code in enumerate(columns["code"])
    ]
    return {**columns, "code_scheme": as_objects(marks)}
