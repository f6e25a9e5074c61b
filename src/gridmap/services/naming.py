"""Finding rows by what people call them: cells by code, plans by name, documents by number."""

from collections.abc import Callable, Iterable

from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text
from gridmap.services import cell_texts as texts
from gridmap.store import edit as store
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace


def find_cells(opened: Workspace, given: Iterable[str], division: str | None) -> tuple[str, ...]:
    """Return the ids of cells in force (or of a plan) by their codes or ids, in the order given.

    Raises:
        RequestError: there is none, it ended, or several have the code.
    """
    with opened.reading() as reader:
        return tuple(find_cell(reader, one.strip(), division) for one in given)


def find_cell(reader: sqlite.Connection, code: str, division: str | None) -> str:
    """Return the id of a cell in force (or of a plan) by its code or id.

    Raises:
        RequestError: there is none, it ended, or several have the code.
    """
    where = f"(t.code = ? OR t.id = ?) AND {store.DIVISION}"
    found = store.read_where(
        reader, "cell", (), where, (code, code, division), with_shapes=False
    ).columns["id"]
    if len(found) == 1:
        return str(found[0])
    if len(found):
        raise RequestError(texts.code_not_unique(code=code, count=len(found)))
    raise _not_found(reader, code)


def _not_found(reader: sqlite.Connection, code: str) -> RequestError:
    where = "(t.code = ? OR t.id = ?) AND t.plan_id IS NULL"
    names = ("code", "valid_to")
    ended = store.read_where(reader, "cell", names, where, (code, code), with_shapes=False).columns
    if not len(ended["id"]) or ended["valid_to"][0] is None:
        return RequestError(texts.no_such_cell(code=code))
    heirs = _codes(reader, find_successors(reader, str(ended["id"][0])))
    said = texts.cell_ended(
        code=ended["code"][0] or code, on=ended["valid_to"][0], heirs=texts.listed(heirs)
    )
    return RequestError(said, place=Place(table="cell", id=str(ended["id"][0])))


def find_successors(reader: sqlite.Connection, cell_id: str) -> list[str]:
    """Return the cells that took the place of one, the latest ones of each line."""
    front, found, seen = [cell_id], list[str](), {cell_id}
    while front:
        marks = ", ".join("?" * len(front))
        rows = store.read_where(
            reader,
            "cell_lineage",
            ("from_cell_id", "to_cell_id"),
            f"t.from_cell_id IN ({marks}) AND t.kind <> 'carve'",
            front,
        ).columns
        continued = set(rows["from_cell_id"])
        found += [one for one in front if one not in continued and one != cell_id]
        front = [one for one in dict.fromkeys(rows["to_cell_id"]) if one and one not in seen]
        seen.update(front)
    return found


def _codes(reader: sqlite.Connection, ids: Iterable[str]) -> list[str]:
    found = store.read_rows(reader, "cell", ids, ("code",), with_shapes=False).columns
    return sorted(str(code or id_) for id_, code in zip(found["id"], found["code"], strict=True))


def find_plan(opened: Workspace, given: str) -> str:
    """Return the id of a plan by its name or id.

    Raises:
        RequestError: there is none, or several have the name.
    """
    return _find(opened, "plan", "name", given)


def find_document(opened: Workspace, given: str) -> str:
    """Return the id of a document by its number or id.

    Raises:
        RequestError: there is none, or several have the number.
    """
    return _find(opened, "document", "number", given)


def find_community(opened: Workspace, given: str) -> str:
    """Return the id of a community by its code, name or id.

    Raises:
        RequestError: there is none, or several have the name.
    """
    return _find(opened, "community", "code", given, "name")


def find_grid(opened: Workspace, given: str) -> str:
    """Return the id of a responsibility grid by its code, name or id.

    Raises:
        RequestError: there is none, or several have the name.
    """
    return _find(opened, "grid", "code", given, "name")


def _find(opened: Workspace, table: str, column: str, given: str, other: str = "id") -> str:
    with opened.reading() as reader:
        where = f"t.{column} = ? OR t.{other} = ? OR t.id = ?"
        found = store.read_where(
            reader, table, (), where, (given, given, given), with_shapes=False
        ).columns["id"]
    if len(found) == 1:
        return str(found[0])
    if len(found):
        raise RequestError(texts.name_not_unique(name=given, count=len(found)))
    raise RequestError(_MISSING[table](given))


_MISSING: dict[str, Callable[[str], Text]] = {
    "plan": texts.no_such_plan,
    "document": texts.no_such_document,
    "community": texts.no_community_called,
    "grid": texts.no_such_grid,
}
