"""Which rows and fields people edit by hand, and which the program keeps itself."""

from gridmap.model.catalogue import MAP_ORDER, TABLES
from gridmap.model.schema import Field, Geometry, Table

TILED = frozenset({"subdistrict", "community", "cell", "grid"})
"""Tables whose areas follow each other: their borders are changed by edits of the cells only."""

DRAWN: tuple[str, ...] = tuple(name for name in MAP_ORDER if name not in TILED)
"""The tables whose shapes are drawn one by one."""

_KEPT: dict[str, frozenset[str]] = {
    "cell": frozenset(
        {"code", "code_scheme", "community_id", "grid_id", "plan_id", "document_id"}
        | {"valid_from", "valid_to", "households", "base_cell_id"}
    ),
    "grid": frozenset({"community_id", "households"}),
    "community": frozenset({"subdistrict_id"}),
    "subdistrict": frozenset({"imaginary"}),
    "plan": frozenset(
        {"state", "made_on", "in_force_on", "document_id", "kind"}
        | {"approved_by", "approved_on", "approved_fingerprint"}
    ),
    "attachment": frozenset({"sha256", "media_type", "size_bytes", "owner_table", "owner_id"}),
}
_WHOLLY_KEPT = frozenset({"cell_lineage", "rule_exception", "office_setting"})
_MAY_BE_NEGATIVE = frozenset({"threshold", "last_value", "position", "planned_minute"})

PLACED: dict[tuple[str, str], str] = {
    (table.name, field.name): field.refers_to
    for table in TABLES
    for field in table.fields
    if table.name not in TILED
    and table.geometry is not None
    and field.refers_to in ("cell", "compound", "community")
}
"""References that follow from where a row is: (table, field) to the table that holds the place."""

NARROWED: dict[tuple[str, str], tuple[str, str]] = {
    ("component", "category_id"): ("kind", "component"),
}
"""References that take some rows only: (table, field) to a column there and what it must be."""

PARTS = frozenset({("route_stop", "route_id"), ("case_step", "case_id"), ("ballot", "proposal_id")})
"""References of rows that are nothing by themselves: they go with the row that they are part of."""


def is_kept(table: Table, field: Field) -> bool:
    """Return whether the program alone writes a field."""
    return table.name in _WHOLLY_KEPT or field.name in _KEPT.get(table.name, frozenset())


def may_add(table: Table) -> bool:
    """Return whether people add and delete rows of a table one by one."""
    return table.name not in TILED | _WHOLLY_KEPT | {"plan"}


def is_counted(field: Field) -> bool:
    """Return whether a number below zero makes no sense in a field."""
    return field.name not in _MAY_BE_NEGATIVE


def fits(source: Geometry, target: Geometry) -> bool:
    """Return whether shapes of one kind can stand in a table of another without being changed."""
    if target is Geometry.ANY:
        return True
    return source.dimension == target.dimension
