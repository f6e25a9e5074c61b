"""The catalogue says what the schema holds, name by name and type by type."""

import pytest

from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME, TABLES
from gridmap.model.changes import Outcome, Touched
from gridmap.model.schema import Field, Geometry, Kind, Sensitivity

BEHIND = {
    "workspace_info", "migration", "column_class",
    "journal_transaction", "journal", "journal_value", "journal_now",
}  # fmt: skip
"""Tables that are not synced: the workspace's own."""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_the_columns_that_the_catalogue_names(workspace, table):
    with workspace.reading() as reader:
        info = reader.execute(f"PRAGMA table_info({table.name})").fetchall()
        foreign = reader.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
        indexes = reader.execute(f"PRAGMA index_list({table.name})").fetchall()
        geometry = reader.execute(
            "SELECT g.geometry_type, g.srid, g.coord_dimension, g.spatial_index_enabled"
            " FROM geometry_columns g WHERE f_table_name = ? AND f_geometry_column = 'geom'",
            (table.name,),
        ).fetchall()
        unique = [
            tuple(row[2] for row in reader.execute(f"PRAGMA index_info({name})"))
            for _, name, is_unique, origin, _ in indexes
            if is_unique and origin == "u"
        ]
    columns = {name: (kind, bool(required)) for _, name, kind, required, _, _ in info}
    expected = {"id": ("TEXT", False), "extra": ("TEXT", False)}
    expected |= {field.name: (field.kind.sql, field.required) for field in table.fields}
    if table.geometry is not None:
        expected["geom"] = (table.geometry.value, False)
    assert columns == expected
    assert [name for _, name, _, _, _, key in info if key] == ["id"]
    refers = {(field.name, field.refers_to) for field in table.fields if field.refers_to}
    assert {(row[3], row[2]) for row in foreign} == refers
    assert unique == ([table.unique] if table.unique else [])
    codes = {Geometry.POINT: 1, Geometry.LINESTRING: 2, Geometry.POLYGON: 3, Geometry.ANY: 0}
    codes |= {Geometry.MULTILINESTRING: 5, Geometry.MULTIPOLYGON: 6}
    found = [(codes[table.geometry], 4548, 2, 1)] if table.geometry else []
    assert geometry == found


def test_the_schema_holds_no_other_tables(workspace):
    with workspace.reading() as reader:
        names = {
            name
            for name, sql in reader.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            )
            if "id TEXT PRIMARY KEY" in sql or name.startswith(("journal", "workspace"))
        }
    assert names == TABLE_BY_NAME.keys() | (BEHIND - {"migration", "column_class"})


def test_every_reference_can_be_followed_quickly(workspace):
    with workspace.reading() as reader:
        for table in TABLES:
            indexed = {
                reader.execute(f"PRAGMA index_info({row[1]})").fetchone()[2]
                for row in reader.execute(f"PRAGMA index_list({table.name})").fetchall()
            }
            assert {field.name for field in table.fields if field.refers_to} <= indexed


def test_tables_stand_after_those_that_they_refer_to():
    seen = set()
    for table in TABLES:
        referred = {field.refers_to for field in table.fields if field.refers_to}
        assert referred <= seen | {table.name}
        seen.add(table.name)


def test_the_map_shows_each_table_that_has_a_place_once():
    assert sorted(MAP_ORDER) == sorted(table.name for table in TABLES if table.geometry)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_names_headings_and_choices_are_whole_and_unique(table):
    assert table.zh
    assert table.en
    for names in (table.field_names, [f.zh for f in table.fields], [f.en for f in table.fields]):
        assert all(names)
        assert len(set(names)) == len(names)
    assert table.label is None or table.label in table.field_names
    assert set(table.unique) <= set(table.field_names)
    assert not {"id", "geom", "extra"} & set(table.field_names)
    for field in table.fields:
        assert field.name.isidentifier()
        assert field.name == field.name.lower()
        for wordings in ("value", "zh", "en"):
            told = [getattr(choice, wordings) for choice in field.choices]
            assert len(set(told)) == len(told)
        assert field.refers_to is None or field.refers_to in TABLE_BY_NAME
        if field.abbreviation:
            assert len(field.abbreviation) <= 10  # what a shapefile's field name holds


def test_what_tells_of_a_person_is_never_public():
    told = ("phone", "complainant", "involved", "private")
    for table in TABLES:
        for field in table.fields:
            if any(word in field.name for word in told) and field.sensitivity is Sensitivity.PUBLIC:
                assert field.name in ("duty_phone", "emergency_phone", "phone"), field
    officer = TABLE_BY_NAME["officer"]
    assert officer.get_field("private_phone").sensitivity is Sensitivity.SENSITIVE


def test_the_seven_defects_are_those_of_the_design():
    kinds = {
        choice.value: choice.zh for choice in TABLE_BY_NAME["defect"].get_field("kind").choices
    }
    assert kinds == {
        "illegal_structure": "违章搭建",
        "greenery_lack": "缺少绿化",
        "broken_facility": "公共设施破损",
        "narrow_road": "道路狭窄",
        "security_lack": "无安全防护",
        "parking_shortage": "停车位不足",
        "pollution": "环境污染",
    }


def test_new_fields_are_internal():
    assert Field("x", "x", "x").sensitivity is Sensitivity.INTERNAL


def test_an_unknown_field_is_an_error():
    with pytest.raises(KeyError, match=r"cell\.colour"):
        TABLE_BY_NAME["cell"].get_field("colour")


@pytest.mark.parametrize(
    ("kind", "sql"),
    [
        (Kind.TEXT, "TEXT"), (Kind.CODE, "TEXT"), (Kind.DATE, "TEXT"), (Kind.MOMENT, "TEXT"),
        (Kind.INTEGER, "INTEGER"), (Kind.YES_NO, "INTEGER"), (Kind.REAL, "REAL"),
    ],
)  # fmt: skip
def test_kinds_are_stored_as_they_should(kind, sql):
    assert kind.sql == sql


@pytest.mark.parametrize(
    ("geometry", "dimension"),
    [
        (Geometry.POINT, 0), (Geometry.LINESTRING, 1), (Geometry.MULTILINESTRING, 1),
        (Geometry.POLYGON, 2), (Geometry.MULTIPOLYGON, 2), (Geometry.ANY, None),
    ],
)  # fmt: skip
def test_geometries_know_their_dimension(geometry, dimension):
    assert geometry.dimension == dimension


def test_touched_tells_which_tables_changed():
    touched = Touched.whole("cell", "grid")
    assert "cell" in touched
    assert "building" not in touched
    assert touched.rows == {"cell": None, "grid": None}
    assert "cell" not in Outcome(1).touched
