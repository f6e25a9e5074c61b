"""The imaginary subdistrict: whole, exact, believable, and the same for the same seed."""

import re

import numpy as np
import pytest
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo.features import Features
from gridmap.model.catalogue import TABLE_BY_NAME, TABLES
from gridmap.model.schema import Geometry, Kind
from gridmap.sample.generate import EPSG, Sample, Scale, generate

_TYPES = {
    Geometry.POINT: {0},
    Geometry.LINESTRING: {1},
    Geometry.MULTILINESTRING: {5},
    Geometry.POLYGON: {3},
    Geometry.MULTIPOLYGON: {6},
    Geometry.ANY: {0, 1, 3},
}
_MM2 = 1e-6


@pytest.fixture(scope="module", params=[Scale.COMMUNITY, Scale.SUBDISTRICT])
def sample(request) -> Sample:
    return generate(request.param, 1)


@pytest.fixture(scope="module")
def subdistrict() -> Sample:
    return generate(Scale.SUBDISTRICT, 1)


def rows_of(features: Features, column: str, ids) -> np.ndarray:
    """Return the positions of ids in a table."""
    position = {id_: n for n, id_ in enumerate(features.columns[column])}
    return np.array([position[id_] for id_ in ids])


def as_bytes(sample: Sample) -> list[bytes]:
    parts = []
    for features in sample.tables.values():
        parts += [repr(column.tolist()).encode() for column in features.columns.values()]
        if features.geometry is not None:
            parts += shapely.to_wkb(features.geometry).tolist()
    return parts


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    first = as_bytes(generate(Scale.COMMUNITY, 5))
    assert as_bytes(generate(Scale.COMMUNITY, 5)) == first
    assert as_bytes(generate(Scale.COMMUNITY, 6)) != first


def test_a_negative_seed_is_refused():
    with pytest.raises(RequestError):
        generate(Scale.COMMUNITY, -1)


def test_progress_rises_to_the_end():
    told: list[float] = []
    generate(Scale.COMMUNITY, 1, lambda done, total, what: told.append(done / total))
    assert told == sorted(told)
    assert told[-1] == 1


def test_it_says_that_it_is_imaginary(sample):
    row = sample.tables["subdistrict"]
    assert len(row) == 1
    assert row.columns["imaginary"][0] == 1
    assert "虚构" in row.columns["name"][0]
    assert row.columns["code"][0] == "119999001"
    assert sample.epsg == EPSG


def test_tables_come_in_an_order_fit_for_inserting(sample):
    order = [table.name for table in TABLES]
    assert list(sample.tables) == [name for name in order if name in sample.tables]
    decided = {"plan", "cell_lineage", "rule_exception", "office_setting"}
    empty_elsewhere = decided | {"category", "attachment"}
    assert set(order) - set(sample.tables) == empty_elsewhere


def test_every_column_is_a_field_with_fitting_values(sample):
    for name, features in sample.tables.items():
        assert len(features) > 0, name
        for column, values in features.columns.items():
            if column == "id":
                continue
            field = TABLE_BY_NAME[name].get_field(column)
            held = [value for value in values.tolist() if value is not None]
            if field.choices:
                assert set(held) <= {choice.value for choice in field.choices}, (name, column)
            if field.required:
                assert len(held) == len(values)
            _check_kind(field.kind, held)


def _check_kind(kind: Kind, held: list) -> None:
    if kind in (Kind.TEXT, Kind.CODE):
        assert all(isinstance(value, str) and value for value in held)
    elif kind is Kind.YES_NO:
        assert set(held) <= {0, 1}
    elif kind is Kind.INTEGER:
        assert all(type(value) is int for value in held)
    elif kind is Kind.REAL:
        assert all(type(value) in (int, float) for value in held)
    else:
        time = r"T\d\d:\d\d:\d\d\.\d{3}Z" if kind is Kind.MOMENT else ""
        assert all(re.fullmatch(r"20\d\d-\d\d-\d\d" + time, value) for value in held)


def test_ids_are_unique_version_7_and_rising(sample):
    every = [id_ for features in sample.tables.values() for id_ in features.columns["id"]]
    assert len(set(every)) == len(every)
    shape = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert all(shape.fullmatch(id_) for id_ in every)
    for features in sample.tables.values():
        assert features.columns["id"].tolist() == sorted(features.columns["id"])


def test_every_reference_leads_somewhere(sample):
    for name, features in sample.tables.items():
        for field in TABLE_BY_NAME[name].fields:
            if field.refers_to and field.name in features.columns:
                known = set(sample.tables[field.refers_to].columns["id"])
                held = {value for value in features.columns[field.name] if value is not None}
                assert held <= known, (name, field.name)


def test_geometries_are_valid_fit_their_tables_and_lie_on_the_grid(sample):
    for name, features in sample.tables.items():
        kind = TABLE_BY_NAME[name].geometry
        assert (features.geometry is None) == (kind is None), name
        if features.geometry is None:
            continue
        assert set(shapely.get_type_id(features.geometry).tolist()) <= _TYPES[kind], name
        assert shapely.is_valid(features.geometry).all(), name
        assert not shapely.is_empty(features.geometry).any(), name
        xy = shapely.get_coordinates(features.geometry)
        assert np.array_equal(xy, np.round(xy, 3)), name


@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2026])
@pytest.mark.parametrize("scale", [Scale.COMMUNITY, Scale.SUBDISTRICT])
def test_cells_grids_and_communities_tile_exactly(scale, seed):
    tables = generate(scale, seed).tables
    for name in ("cell", "grid", "community"):
        assert shapely.coverage_is_valid(tables[name].geometry), name
    assert (shapely.get_num_geometries(tables["community"].geometry) == 1).all()
    whole = tables["subdistrict"].geometry[0]
    assert len(whole.geoms) == 1
    assert not whole.geoms[0].interiors
    for name in ("cell", "grid", "community"):
        area = shapely.area(tables[name].geometry).sum()
        assert area == pytest.approx(whole.area, abs=_MM2 * len(tables["cell"]))


def test_cells_make_up_their_community_and_their_grid(sample):
    cell = sample.tables["cell"]
    for name in ("community", "grid"):
        other = sample.tables[name]
        row = rows_of(other, "id", cell.columns[f"{name}_id"])
        assert shapely.covers(other.geometry[row], cell.geometry).all()
        for n in range(len(other)):
            made = shapely.coverage_union_all(cell.geometry[row == n])
            assert shapely.area(shapely.symmetric_difference(made, other.geometry[n])) < _MM2
        households = np.bincount(row, cell.columns["households"], len(other))
        assert np.array_equal(households, other.columns["households"])


def test_grids_are_one_to_five_cells_in_one_piece(sample):
    grid = sample.tables["grid"]
    count = np.unique(sample.tables["cell"].columns["grid_id"], return_counts=True)[1]
    assert len(count) == len(grid)
    assert count.max() <= 5
    assert (shapely.get_num_geometries(grid.geometry) == 1).all()


def test_most_cells_have_about_ten_thousand_square_metres(sample):
    area = shapely.area(sample.tables["cell"].geometry)
    assert area.mean() == pytest.approx(10_000, rel=0.02)
    assert ((area > 9_000) & (area < 11_000)).mean() > 0.95


def test_no_building_is_cut_by_a_border_or_by_another(sample):
    cell, building = sample.tables["cell"].geometry, sample.tables["building"].geometry
    inside, _ = shapely.STRtree(cell).query(building, predicate="within")
    assert np.array_equal(np.sort(inside), np.arange(len(building)))
    assert not len(shapely.STRtree(building).query(building, predicate="overlaps")[0])
    walls = sample.tables["compound"]
    has_one = np.array(
        [id_ is not None for id_ in sample.tables["building"].columns["compound_id"]]
    )
    row = rows_of(walls, "id", sample.tables["building"].columns["compound_id"][has_one])
    assert shapely.covers(walls.geometry[row], building[has_one]).all()


def test_codes_are_unique_and_run_from_north_west_to_south_east(sample):
    cell, community = sample.tables["cell"], sample.tables["community"]
    codes = cell.columns["code"].tolist()
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"119999001\d{6}", code) for code in codes)
    row = rows_of(community, "id", cell.columns["community_id"])
    middle = shapely.get_coordinates(shapely.centroid(cell.geometry))
    for n, code in enumerate(community.columns["code"]):
        own = np.flatnonzero(row == n)
        assert [codes[i] for i in own] == [f"{code}{k + 1:03d}" for k in range(len(own))]
        halves = np.array_split(middle[own], 2)
        assert halves[0][:, 1].mean() > halves[1][:, 1].mean()


def test_households_are_sums_of_the_buildings(sample):
    building, cell = sample.tables["building"], sample.tables["cell"]
    total = building.columns["households"].sum()
    assert total == cell.columns["households"].sum()
    assert total == sample.tables["compound"].columns["households"].sum()
    lived_in = cell.columns["households"][cell.columns["households"] > 0]
    assert 120 < lived_in.mean() < 230


def test_all_seven_defects_lie_in_their_cells(sample):
    defect, cell = sample.tables["defect"], sample.tables["cell"]
    kinds = {c.value for c in TABLE_BY_NAME["defect"].get_field("kind").choices}
    assert set(defect.columns["kind"]) == kinds
    row = rows_of(cell, "id", defect.columns["cell_id"])
    assert shapely.covers(cell.geometry[row], defect.geometry).all()
    narrow = defect.columns["kind"] == "narrow_road"
    assert all(width < 4 for width in defect.columns["clear_width_m"][narrow])
    assert set(shapely.get_type_id(defect.geometry[narrow]).tolist()) == {1}


def test_defects_are_densest_in_old_compounds(subdistrict):
    defect, compound = subdistrict.tables["defect"], subdistrict.tables["compound"]
    owner = [id_ for id_ in defect.columns["compound_id"] if id_ is not None]
    count = np.bincount(rows_of(compound, "id", owner), minlength=len(compound))
    density = count / shapely.area(compound.geometry)
    old = compound.columns["is_old"] == 1
    assert density[old].mean() > 3 * density[~old].mean()
    short = compound.columns["parking_spaces"] < compound.columns["night_cars"]
    assert short[old].mean() > 0.8 > 0.5 > short[~old].mean()


@pytest.mark.parametrize("name", ["component", "patrol_post", "case_file"])
def test_points_lie_in_their_cells(sample, name):
    points, cell = sample.tables[name], sample.tables["cell"]
    row = rows_of(cell, "id", points.columns["cell_id"])
    assert (shapely.distance(cell.geometry[row], points.geometry) < 0.002).all()


def test_walkways_meet_at_their_ends_only_and_alleys_end_blind(sample):
    walkway = sample.tables["walkway"]
    line = walkway.geometry
    crossing = shapely.STRtree(line).query(line, predicate="crosses")
    assert not crossing.size
    ends = np.stack([shapely.get_point(line, 0), shapely.get_point(line, -1)], axis=1)
    keys = np.array([point.wkb for point in ends.reshape(-1)], object).reshape(-1, 2)
    known, times = np.unique(keys.reshape(-1), return_counts=True)
    degree = dict(zip(known, times, strict=True))
    blind = np.array([min(degree[a], degree[b]) == 1 for a, b in keys])
    dead_end = walkway.columns["dead_end"] == 1
    assert dead_end.sum() > 5
    assert blind[dead_end].all()
    assert not any(degree[a] == 1 for a, _ in keys[dead_end])


def test_routes_are_closed_walks_along_walkways(sample):
    route, walkway = sample.tables["route"], sample.tables["walkway"]
    assert shapely.is_closed(route.geometry).all()
    network = shapely.union_all(walkway.geometry)
    for line in route.geometry:
        assert shapely.hausdorff_distance(line, shapely.intersection(line, network)) < 0.01
    stop = sample.tables["route_stop"]
    at = sample.tables["patrol_post"].geometry[
        rows_of(sample.tables["patrol_post"], "id", stop.columns["post_id"])
    ]
    way = route.geometry[rows_of(route, "id", stop.columns["route_id"])]
    assert (shapely.distance(at, way) == 0).all()


def test_case_steps_lead_to_the_stage_of_their_case(sample):
    case, step = sample.tables["case_file"], sample.tables["case_step"]
    row = rows_of(case, "id", step.columns["case_id"])
    for n in range(len(case)):
        own = np.flatnonzero(row == n)
        assert step.columns["stage"][own[-1]] == case.columns["stage"][n]
        taken = step.columns["taken_at"][own].tolist()
        assert taken == sorted(taken)
        assert taken[0] == case.columns["reported_at"][n]
        is_closed = case.columns["stage"][n] == "closed"
        assert case.columns["closed_at"][n] == (taken[-1] if is_closed else None)


@pytest.mark.slow
def test_the_district_is_large_enough_for_the_benchmarks():
    tables = generate(Scale.DISTRICT, 1).tables
    assert len(tables["cell"]) == pytest.approx(50_000, rel=0.01)
    assert len(tables["building"]) >= 200_000
    assert len(tables["defect"]) >= 100_000
    assert len(tables["community"]) == 250
    assert max(int(code[-3:]) for code in tables["cell"].columns["code"]) <= 999
    assert shapely.coverage_is_valid(tables["cell"].geometry)
    assert shapely.coverage_is_valid(tables["community"].geometry)
    assert (shapely.get_num_geometries(tables["community"].geometry) == 1).all()
