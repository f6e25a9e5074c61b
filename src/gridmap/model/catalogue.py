"""Every synced table of the workspace, those first to which others refer."""

from gridmap.model import divisions, matters, meetings, patrols, places
from gridmap.model.schema import Table

TABLES: tuple[Table, ...] = (
    places.SUBDISTRICT,
    places.COMMUNITY,
    places.COMPOUND,
    places.BUILDING,
    divisions.DOCUMENT,
    divisions.PLAN,
    divisions.OFFICER,
    divisions.GRID,
    divisions.CELL,
    divisions.CELL_LINEAGE,
    divisions.RULE_EXCEPTION,
    divisions.OFFICE_SETTING,
    matters.CATEGORY,
    matters.COMPONENT,
    matters.DEFECT,
    matters.CASE_FILE,
    matters.CASE_STEP,
    matters.ATTACHMENT,
    matters.SENSOR,
    patrols.WALKWAY,
    patrols.PATROL_POST,
    patrols.ROUTE,
    patrols.ROUTE_STOP,
    patrols.PATROL_LOG,
    meetings.PROPOSAL,
    meetings.BALLOT,
    meetings.ORGANISATION,
)

TABLE_BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}

MAP_ORDER: tuple[str, ...] = (
    "subdistrict",
    "community",
    "compound",
    "building",
    "walkway",
    "cell",
    "grid",
    "proposal",
    "defect",
    "component",
    "route",
    "patrol_log",
    "patrol_post",
    "case_file",
    "sensor",
    "organisation",
)
"""The tables with a geometry, in the order in which they are painted."""
