"""Versions of the schema that are not there yet, so that there is something to migrate to."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from gridmap.store import migrate
from gridmap.store.migrate import MIGRATIONS, Migration

_LAST = MIGRATIONS[-1].version
_NEXT = (
    "ALTER TABLE building ADD COLUMN roof TEXT;\n"
    "CREATE INDEX building_roof ON building (roof);\n"
    "CREATE TABLE roof_kind (id TEXT PRIMARY KEY, name TEXT);\n"
    "INSERT INTO roof_kind SELECT id, name FROM building;\n"
)
_AFTER_NEXT = (
    "ALTER TABLE roof_kind ADD COLUMN copied TEXT;\n"
    "UPDATE roof_kind SET copied = name;\n"
    "CREATE INDEX roof_kind_name ON roof_kind (name, copied);\n"
)
FUTURE = (*MIGRATIONS, Migration(_LAST + 1, _NEXT), Migration(_LAST + 2, _AFTER_NEXT))


@contextmanager
def future() -> Iterator[None]:
    """Let the program be one that knows two more versions of the schema."""
    with mock.patch.object(migrate, "MIGRATIONS", FUTURE):
        yield
