"""Painting, locking and what nobody has, on the command line."""

import shapely
from tests.store.helpers import execute

from gridmap.base.errors import GridmapError
from gridmap.services.painting import Stroke, try_stroke
from gridmap.services.palette import load_palette
from gridmap.store import rows
from gridmap.store.workspace import open_workspace


def palette_of(path):
    with open_workspace(path, read_only=True) as opened:
        with opened.reading() as reader:
            bounds = shapely.total_bounds(rows.read_features(reader, "cell", []).geometry)
        return load_palette(opened, tuple(bounds.tolist()))


def one_stroke(palette):
    """Return a building that can be given to a cell, and that cell."""
    for target in palette.ground.cells.keys:
        shape = palette.ground.cells.shape(target)
        for at in palette.buildings.under([shape.representative_point().coords[0]], 90):
            if palette.may_take("building", target, at):
                try:
                    try_stroke(palette, Stroke("building", target, (at,)))
                except GridmapError:
                    continue
                return target, at
    raise AssertionError


def test_a_building_is_painted_by_its_id_or_its_outline(gridmap, sample_path):
    palette = palette_of(sample_path)
    target, at = one_stroke(palette)
    code, building = palette.ground.rows[target]["code"], palette.buildings.ids[at]
    said = gridmap("cell", "paint", sample_path, code, "--building", building, "--json").json
    assert code in said["changed"]
    by_id = palette_of(sample_path)
    assert by_id.buildings.owners[at] == target
    gridmap("undo", sample_path)
    outline = shapely.to_wkt(
        shapely.get_parts(palette.buildings.shapes[at])[0], rounding_precision=3
    )
    assert gridmap("cell", "paint", sample_path, code, "--ring", outline).exit_code == 0
    assert (
        palette_of(sample_path).ground.cells.shape(target).equals(by_id.ground.cells.shape(target))
    )


def test_a_locked_cell_gives_nothing_until_it_is_unlocked(gridmap, sample_path):
    palette = palette_of(sample_path)
    target, at = one_stroke(palette)
    code, building = palette.ground.rows[target]["code"], palette.buildings.ids[at]
    giver = palette.ground.rows[palette.buildings.owners[at]]["code"]
    assert gridmap("cell", "lock", sample_path, giver, "--json").json == {"changed": 1}
    refused = gridmap("cell", "paint", sample_path, code, "--building", building)
    assert refused.exit_code == 2
    assert "锁定" in refused.stderr
    assert gridmap("cell", "lock", sample_path, giver, "--unlock").exit_code == 0
    assert gridmap("cell", "paint", sample_path, code, "--building", building).exit_code == 0


def test_what_makes_no_sense_is_refused(gridmap, sample_path):
    palette = palette_of(sample_path)
    code = palette.ground.rows[palette.ground.cells.keys[0]]["code"]
    assert gridmap("cell", "paint", sample_path, code).exit_code == 2
    none = gridmap("cell", "paint", sample_path, code, "--building", "no-such")
    assert none.exit_code == 2
    assert "no-such" in none.stderr


def test_what_nobody_has_is_listed(gridmap, sample_path):
    assert gridmap("cell", "unassigned", sample_path, "--json").json == {"unassigned": []}
    palette = palette_of(sample_path)
    gone = palette.buildings.owners[0]
    with open_workspace(sample_path) as opened:
        execute(opened, "UPDATE cell SET valid_to = '2026-01-01' WHERE id = ?", gone)
    told = gridmap("cell", "unassigned", sample_path, "--json").json["unassigned"]
    assert len(told) == palette.buildings.owners.count(gone)
    assert f"{len(told)} 个对象未划入" in gridmap("cell", "unassigned", sample_path).stdout
    with open_workspace(sample_path) as opened:
        execute(
            opened, "UPDATE cell SET grid_id = NULL WHERE id = ?", palette.ground.cells.keys[-1]
        )
    grids = gridmap("cell", "unassigned", sample_path, "--grids", "--json").json["unassigned"]
    assert [one["table"] for one in grids] == ["cell"]
