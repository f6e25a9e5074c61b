"""The words in which tables are described: field, kind, sensitivity, geometry."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds; the value is how it is stored."""

    TEXT = "TEXT"
    CODE = "CODE"
    INTEGER = "INTEGER"
    REAL = "REAL"
    YES_NO = "YES_NO"
    DATE = "DATE"
    MOMENT = "MOMENT"

    @property
    def sql(self) -> str:
        """Return the column's declared type in SQLite; dates and codes are text."""
        if self in (Kind.INTEGER, Kind.YES_NO):
            return "INTEGER"
        return "REAL" if self is Kind.REAL else "TEXT"


class Sensitivity(StrEnum):
    """Who may see a column (公开, 内部, 敏感); only public ones ever reach residents."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"


class Geometry(StrEnum):
    """The geometry of a table, as SpatiaLite names it."""

    POINT = "POINT"
    MULTILINESTRING = "MULTILINESTRING"
    LINESTRING = "LINESTRING"
    POLYGON = "POLYGON"
    MULTIPOLYGON = "MULTIPOLYGON"
    ANY = "GEOMETRY"

    @property
    def dimension(self) -> int | None:
        """Return 0 for points, 1 for lines, 2 for areas, None where any may stand."""
        if self is Geometry.POINT:
            return 0
        if self in (Geometry.LINESTRING, Geometry.MULTILINESTRING):
            return 1
        return None if self is Geometry.ANY else 2


@dataclass(frozen=True)
class Choice:
    """One allowed value of a field."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True)
class Field:
    """One column: its name, what it holds, its headings, who may see it."""

    name: str
    zh: str
    en: str
    kind: Kind = Kind.TEXT
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    choices: tuple[Choice, ...] = ()
    refers_to: str | None = None
    required: bool = False
    abbreviation: str | None = None
    """The national standard's name of the field (GB/T 47678), fit for a shapefile."""


@dataclass(frozen=True)
class Table:
    """One synced table of the workspace. ``id`` and ``geom`` are not among the fields."""

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    geometry: Geometry | None = None
    label: str | None = None
    """The field whose value is written on the map."""
    unique: tuple[str, ...] = ()
    """Columns whose values together stand once at most."""

    @property
    def field_names(self) -> tuple[str, ...]:
        """Return the names of the fields in their order."""
        return tuple(field.name for field in self.fields)

    def get_field(self, name: str) -> Field:
        """Return the field called ``name``.

        Raises:
            KeyError: the table has no such field.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")


PUBLIC = Sensitivity.PUBLIC
SENSITIVE = Sensitivity.SENSITIVE


def reference(name: str, zh: str, en: str, table: str) -> Field:
    """Return a field that holds the id of a row of ``table``."""
    return Field(name, zh, en, refers_to=table)


def remark() -> Field:
    """Return the field for free notes that most tables end with."""
    return Field("remark", "备注", "Remark")
