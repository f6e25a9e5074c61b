"""Lineage, codes, responsibility grids and documents."""

import csv

import openpyxl
import pytest
import shapely
from tests.services.divisions import (
    bytes_of,
    code,
    ensure_whole,
    in_force,
    nudge,
    outer_vertex,
    split,
)
from tests.store.helpers import execute

from gridmap.base.errors import InputError, RequestError
from gridmap.exchange.tables import write_table
from gridmap.model.cell_edits import Merge
from gridmap.services import checks, documents, history
from gridmap.services.cell_texts import codes_marked
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.documents import AddDocument, add_document, attach_scan, list_documents
from gridmap.services.grouping import GroupCells, group_cells
from gridmap.services.imports import ImportRequest, import_file
from gridmap.services.lineage import OldToNew, cell_lineage, export_old_to_new, old_to_new
from gridmap.services.renumbering import Renumber, mark_codes, renumber
from gridmap.store import attached, edit, rows


@pytest.fixture
def paper(sample):
    """The id of a document."""
    request = AddDocument("示街政发〔2026〕7号", "关于调整单元网格的批复", "2026-11-20")
    return add_document(sample, request).value


# --- lineage


def test_a_cell_tells_from_which_cells_it_came_when_and_by_which_paper(sample, paper):
    made = split(sample, code(3), document_id=paper, on="2026-11-22").value
    merged = edit_cells(sample, EditCells(Merge(made.new), on="2026-11-23")).value
    (whole,) = merged.new
    told = cell_lineage(sample, merged.codes[whole]).value
    assert [(one.source.code, one.kind, one.on, one.generation) for one in told.origins] == [
        *((made.codes[key], "merge", "2026-11-23", 1) for key in made.new),
        *((code(3), "split", "2026-11-22", 2) for _ in made.new),
    ]
    assert {one.document for one in told.origins if one.generation == 2} == {"示街政发〔2026〕7号"}
    assert told.heirs == ()
    old = cell_lineage(sample, code(3)).value
    assert old.cell.valid_to == "2026-11-22"
    assert {one.target.code for one in old.heirs} == set(merged.codes.values()) - {code(3)} | {
        merged.codes[whole]
    }
    area = sum(one.shared_m2 for one in old.heirs if one.generation == 1)
    assert area == pytest.approx(old.cell.area_m2, abs=1e-3)
    with pytest.raises(RequestError, match="没有编码"):
        cell_lineage(sample, "119999001001998")


def test_a_border_that_moved_is_told_with_who_and_when(sample):
    xy, one = outer_vertex(sample)
    nudge(sample, xy)
    (redrawn,) = cell_lineage(sample, one).value.redrawn
    assert "顶点" in redrawn.intention.zh


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_table_of_old_and_new_codes_is_written_whole(sample, paper, tmp_path, suffix):
    made = split(sample, code(3), document_id=paper, on="2026-11-22").value
    split(sample, code(4), on="2026-11-24")
    target = tmp_path / f"对照{suffix}"
    assert export_old_to_new(sample, target, OldToNew(until="2026-11-23")).value == 2
    if suffix == ".csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            held = list(csv.reader(stream))
    else:
        held = [list(map(str, row)) for row in openpyxl.load_workbook(target).active.values]
    assert held[0][:2] == ["原编码", "原名称"]
    assert {row[0] for row in held[1:]} == {code(3)}
    assert {row[4] for row in held[1:]} == {made.codes[key] for key in made.new}
    assert {(row[3], row[8], row[9]) for row in held[1:]} == {
        ("拆分", "2026-11-22", "示街政发〔2026〕7号")
    }
    assert len(old_to_new(sample, OldToNew()).value) == 4
    assert len(old_to_new(sample, OldToNew(document_id=paper)).value) == 2


def test_no_text_of_a_table_is_reckoned_with_by_who_opens_it(tmp_path):
    rows_ = [["=HYPERLINK(1)", -1.5], ["a\x01b", 2]]
    write_table(tmp_path / "t.xlsx", ["+1", "n"], rows_)
    held = list(openpyxl.load_workbook(tmp_path / "t.xlsx").active.iter_rows())
    assert [row[0].value for row in held] == ["+1", "=HYPERLINK(1)", "ab"]
    assert {row[0].data_type for row in held} == {"s"}
    assert [row[1].value for row in held[1:]] == [-1.5, 2]
    write_table(tmp_path / "t.csv", ["+1", "n"], rows_)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["'+1", "n"],
            ["'=HYPERLINK(1)", "-1.5"],
            ["a\x01b", "2"],
        ]


def test_a_table_that_cannot_be_written_is_said(sample, tmp_path):
    with pytest.raises(RequestError, match="xlsx"):
        export_old_to_new(sample, tmp_path / "a.txt", OldToNew())
    with pytest.raises(InputError, match="写不了"):
        export_old_to_new(sample, tmp_path / "no" / "a.csv", OldToNew())


# --- codes


def community(opened):
    with opened.reading() as reader:
        return reader.execute(
            "SELECT id FROM community WHERE code = ?", (code(3)[:12],)
        ).fetchone()[0]


def test_cells_without_a_code_get_theirs_as_one_reads_the_map(sample):
    execute(sample, "UPDATE cell SET code = NULL, code_scheme = NULL")
    given = renumber(sample, Renumber(community(sample))).value
    assert sorted(given.values()) == [code(n + 1) for n in range(len(given))]
    cells = in_force(sample)
    first, last = cells[code(1)][1].centroid, cells[code(len(given))][1].centroid
    assert first.y > last.y
    with sample.reading() as reader:
        assert reader.execute("SELECT count(*) FROM cell_lineage").fetchone() == (0,)
    with pytest.raises(RequestError, match="没有要编的"):
        renumber(sample, Renumber(community(sample)))
    history.undo(sample)
    assert set(in_force(sample)) == {None}


def test_a_legacy_code_is_ended_and_its_cell_goes_on_under_a_new_one(sample):
    before = in_force(sample)
    cell, shape, row = before[code(3)]
    execute(sample, "UPDATE cell SET code = ? WHERE code = ?", code(3)[:12] + "03", code(3))
    with sample.reading() as reader:
        named = reader.execute("SELECT id FROM component WHERE cell_id = ?", (cell,)).fetchall()
    assert named
    given = renumber(sample, Renumber(community(sample), on="2026-12-01")).value
    (new,) = given.values()
    assert list(given) == [code(3)[:12] + "03"]
    assert new not in before
    held, same, after = in_force(sample)[new]
    assert held != cell
    assert same.equals(shape)
    assert after["households"] == row["households"]
    assert after["grid_id"] == row["grid_id"]
    told = cell_lineage(sample, given.popitem()[0]).value
    assert [(one.target.code, one.kind) for one in told.heirs] == [(new, "renumber")]
    with sample.reading() as reader:
        again = reader.execute("SELECT id FROM component WHERE cell_id = ?", (held,)).fetchall()
    assert again == named
    assert checks.check(sample).value == []


def test_codes_that_come_in_are_marked_with_their_scheme(sample, tmp_path):
    ledger = tmp_path / "网格.csv"
    ledger.write_text(
        "code,name,geom\n"
        + "\n".join(
            f'{given},格,"{shapely.box(452_000, 4_426_000 + n, 452_001, 4_426_001 + n).wkt}"'
            for n, given in enumerate(["11010500600107", "110105006001007", "旧7号"])
        ),
        encoding="utf-8",
    )
    import_file(sample, ImportRequest(ledger, "cell", crs=4548))
    cells = in_force(sample)
    assert cells["11010500600107"][2]["code_scheme"] == "CJT213-14"
    assert cells["110105006001007"][2]["code_scheme"] == "DB11-15"
    assert cells["旧7号"][2]["code_scheme"] == "legacy"
    execute(sample, "UPDATE cell SET code_scheme = NULL")
    counts = mark_codes(sample).value
    assert counts["CJT213-14"] == counts["legacy"] == 1
    assert in_force(sample)["旧7号"][2]["code_scheme"] == "legacy"


# --- responsibility grids


def touching(opened, count):
    """Return the ids of cells of one community that hang together."""
    cells = in_force(opened)
    chosen = [code(3)]
    while len(chosen) < count:
        chosen.append(
            next(
                one
                for one, (_, shape, _) in sorted(cells.items())
                if one not in chosen
                and one.startswith(code(3)[:12])
                and any(
                    shapely.length(shapely.intersection(shape, cells[c][1])) > 5 for c in chosen
                )
            )
        )
    return tuple(cells[one][0] for one in chosen)


def test_adjacent_cells_of_one_community_make_a_responsibility_grid(sample):
    chosen = touching(sample, 3)
    made = group_cells(sample, GroupCells(chosen)).value
    cells = {id_: (shape, row) for id_, shape, row in in_force(sample).values()}
    assert {id_ for id_, (_, row) in cells.items() if row["grid_id"] == made} == set(chosen)
    ensure_whole(sample)
    with sample.reading() as reader:
        (held,) = reader.execute("SELECT code FROM grid WHERE id = ?", (made,)).fetchone()
    assert held.startswith(code(3)[:12] + "G")
    group_cells(sample, GroupCells(chosen[:2], grid=made, name="东片"))
    ensure_whole(sample)
    assert in_force_of(sample, chosen[2])["grid_id"] is None
    assert "东片" in history.recent(sample, 1).value[0].intention.zh


def in_force_of(opened, cell_id):
    return next(row for id_, _, row in in_force(opened).values() if id_ == cell_id)


def test_what_is_no_responsibility_grid_is_said_and_nothing_changes(sample):
    cells = in_force(sample)
    apart = max(
        (one for one in cells if one.startswith(code(3)[:12])),
        key=lambda one: cells[one][1].distance(cells[code(3)][1]),
    )
    before = bytes_of(sample)
    for chosen, words in (
        ((), "1 到 5"),
        (touching(sample, 6), "1 到 5"),
        ((cells[code(3)][0], cells[apart][0]), "不相邻"),
        (("nobody",), "不在正在编辑"),
    ):
        with pytest.raises(RequestError, match=words):
            group_cells(sample, GroupCells(chosen))
    with pytest.raises(RequestError, match="没有责任网格"):
        group_cells(sample, GroupCells(touching(sample, 2), grid="none"))
    assert bytes_of(sample) == before


def test_a_grid_whose_last_cell_went_elsewhere_keeps_its_officer_and_has_no_ground(sample):
    cells = in_force(sample)
    lonely = next(
        row["grid_id"]
        for _, _, row in cells.values()
        if sum(other["grid_id"] == row["grid_id"] for _, _, other in cells.values()) == 1
    )
    (only,) = [id_ for id_, _, row in cells.values() if row["grid_id"] == lonely]
    group_cells(sample, GroupCells((only,)))
    with sample.reading() as reader:
        people, officer, geom = reader.execute(
            "SELECT households, officer_id, geom FROM grid WHERE id = ?", (lonely,)
        ).fetchone()
    assert (people, geom) == (0, None)
    assert officer is not None
    ensure_whole(sample)


# --- documents


def test_a_document_keeps_its_scan_beside_the_workspace_by_its_content(sample, tmp_path):
    scan = tmp_path / "批文.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    made = add_document(sample, AddDocument("9号", signatory="王主任", scans=(scan,))).value
    scan.unlink()
    (found,) = [one for one in list_documents(sample).value if one.id == made]
    (kept,) = found.scans
    assert (found.signatory, kept.name, kept.is_there) == ("王主任", "批文.pdf", True)
    assert kept.path.parent == attached.folder_of(sample.path)
    assert kept.path.read_bytes() == b"%PDF-1.7 scan"
    with sample.reading() as reader:
        held = rows.read_features(reader, "attachment", ["owner_table", "owner_id", "media_type"])
    at = held.columns["id"].tolist().index(kept.id)
    assert held.columns["owner_table"][at] == "document"
    assert held.columns["media_type"][at] == "application/pdf"
    kept.path.write_bytes(b"%PDF-1.7 other")
    assert not scan_of(sample, made).is_there


def scan_of(opened, document):
    (found,) = [one for one in documents.list_documents(opened).value if one.id == document]
    return found.scans[0]


def test_the_same_scan_is_kept_once_and_mended_when_added_again(sample, paper, tmp_path):
    scan = tmp_path / "a.png"
    scan.write_bytes(b"png")
    attach_scan(sample, paper, scan)
    attach_scan(sample, paper, scan)
    (file,) = attached.folder_of(sample.path).iterdir()
    file.write_bytes(b"torn")
    attach_scan(sample, paper, scan)
    assert file.read_bytes() == b"png"


@pytest.mark.parametrize("name", [None, "", "/etc/hostname", "../x", "."])
def test_the_name_of_a_scan_never_leads_out_of_its_folder(sample, paper, name):
    values = {"name": "a.pdf", "owner_table": "document", "owner_id": paper, "sha256": name}
    with sample.transaction(codes_marked()) as tx:
        edit.insert_row(tx, "attachment", values)
    (scan,) = (scan for one in list_documents(sample).value for scan in one.scans)
    assert not scan.is_there
    assert scan.path == attached.folder_of(sample.path)


def test_what_is_wrong_with_a_document_is_said(sample, paper, tmp_path):
    for request, words in (
        (AddDocument(" "), "文号"),
        (AddDocument("示街政发〔2026〕7号"), "已有"),
        (AddDocument("8号", issued_on="昨天"), "日期"),
    ):
        with pytest.raises(RequestError, match=words):
            add_document(sample, request)
    with pytest.raises(InputError, match="读不了"):
        add_document(sample, AddDocument("8号", scans=(tmp_path / "none.pdf",)))
    with pytest.raises(RequestError, match="没有批文"):
        attach_scan(sample, "nobody", tmp_path / "none.pdf")
    assert len([one for one in list_documents(sample).value if one.number == "8号"]) == 0
