"""Random edits of a workspace, for hypothesis, and a plain model of what they leave."""

from hypothesis import strategies as st
from tests.store.helpers import EPSG
from tests.store.shapes import KINDS, as_array

from gridmap.store import blobs

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
COLUMNS = {
    "building": {
        "remark": TEXTS,
        "height_m": st.none() | st.floats(allow_nan=False),
        "floors": st.none() | st.integers(-(2**63), 2**63 - 1),
        "extra": st.binary(max_size=20),
        "geom": st.none() | KINDS["MULTIPOLYGON"],
    },
    "defect": {"title": TEXTS, "geom": st.none() | st.one_of(*KINDS.values())},
    "walkway": {"name": TEXTS, "width_m": st.floats(0, 99), "geom": KINDS["LINESTRING"]},
    "document": {"title": TEXTS, "issuer": TEXTS},
}
REQUIRED = {"defect": {"kind": "pollution"}}


@st.composite
def edits(draw):
    """One edit: (verb, table, which row of those at hand, values)."""
    table = draw(st.sampled_from(list(COLUMNS)))
    verb = draw(st.sampled_from(["insert", "insert", "update", "update", "delete"]))
    some = draw(st.sets(st.sampled_from(list(COLUMNS[table])), min_size=1))
    values = {column: draw(COLUMNS[table][column]) for column in sorted(some)}
    if "geom" in values:
        values["geom"] = blobs.encode(as_array([values["geom"]]), EPSG)[0]
    return verb, table, draw(st.integers(0, 50)), values


class Model:
    """The tables as plain dicts: what the workspace must hold."""

    def __init__(self):
        self.tables = {table: {} for table in COLUMNS}
        self.made = 0

    def apply(self, connection, edit):
        verb, table, which, values = edit
        held = self.tables[table]
        if verb == "insert":
            self.made += 1
            id_ = f"{self.made:06d}"
            held[id_] = {**REQUIRED.get(table, {}), **values}
            columns = {"id": id_, **held[id_]}
            marks = ", ".join("?" * len(columns))
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            connection.execute(sql, list(columns.values()))
        elif held:
            id_ = sorted(held)[which % len(held)]
            if verb == "delete":
                del held[id_]
                connection.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))
            else:
                held[id_] = {**held[id_], **values}
                sets = ", ".join(f"{column} = ?" for column in values)
                sql = f"UPDATE {table} SET {sets} WHERE id = ?"
                connection.execute(sql, [*values.values(), id_])

    def agrees_with(self, workspace):
        with workspace.reading() as reader:
            for table, columns in COLUMNS.items():
                names = ["id", *REQUIRED.get(table, ()), *columns]
                read = reader.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
                wanted = {
                    id_: {name: values.get(name) for name in names[1:]}
                    for id_, values in self.tables[table].items()
                }
                assert {
                    row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in read
                } == wanted
