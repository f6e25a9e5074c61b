"""The imaginary subdistrict as tables, fit for inserting in their order."""

from dataclasses import dataclass

from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet, share
from gridmap.geo.features import Features
from gridmap.model.catalogue import TABLES
from gridmap.sample import (
    cases,
    defects,
    divisions,
    meetings,
    patrols,
    places,
    texts,
    things,
    walkways,
)
from gridmap.sample import city as cities
from gridmap.sample.arrays import generator
from gridmap.sample.city import City
from gridmap.sample.divisions import Grids
from gridmap.sample.registry import Registry, register
from gridmap.sample.streets import Scale

__all__ = ["EPSG", "Sample", "Scale", "generate"]

EPSG = 4548


@dataclass(frozen=True)
class Sample:
    """The rows of an imaginary subdistrict, by table, those first to which others refer."""

    epsg: int
    tables: dict[str, Features]


def generate(scale: Scale, seed: int, progress: Progress = quiet) -> Sample:
    """Make an imaginary subdistrict; the same for the same scale and seed.

    Community, subdistrict and district have about 50, 1,000 and 50,000 cells. Columns are
    fields of the catalogue, and ``id``; those that nothing is known of are left out. Codes of
    cells run in rows of 100 m from the north of their community, in a row from west to east.

    Raises:
        RequestError: the seed is negative.
    """
    if seed < 0:
        raise RequestError(texts.negative_seed(seed=seed))
    city = cities.build(scale, seed, share(progress, 0.0, 0.4))
    progress(4, 10, texts.registering_places())
    block_name = places.block_names(city, generator(seed, 8))
    registry = register(city, places.building_names(city, block_name), block_name, seed)
    tables: dict[str, Features] = {}
    grids = _divide(city, registry, tables, seed)
    progress(6, 10, texts.placing_components())
    walks = walkways.walk_network(city, generator(seed, 11))
    tables["walkway"] = walkways.walkway_rows(registry, walks, generator(seed, 12))
    tables["component"], spots = things.component_rows(city, registry, scale, generator(seed, 13))
    tables["sensor"] = things.sensor_rows(city, registry, spots, generator(seed, 14))
    progress(7, 10, texts.writing_defects())
    found = defects.find_defects(city, registry, walks, generator(seed, 15))
    tables["defect"] = defects.defect_rows(city, registry, found, generator(seed, 16))
    rows = cases.case_rows(registry, tables["defect"], generator(seed, 17))
    tables["case_file"], tables["case_step"] = rows
    progress(9, 10, texts.arranging_patrols())
    _patrol(city, registry, grids, tables, seed)
    _meet(city, registry, tables, seed)
    progress(1, 1, texts.sample_made())
    return Sample(EPSG, {t.name: tables[t.name] for t in TABLES if t.name in tables})


def _divide(city: City, registry: Registry, tables: dict[str, Features], seed: int) -> Grids:
    tables["community"] = places.community_rows(city, registry)
    tables["subdistrict"] = places.subdistrict_rows(registry, tables["community"])
    tables["compound"] = places.compound_rows(city, registry, generator(seed, 9))
    tables["building"] = places.building_rows(city, registry, generator(seed, 9))
    grids = divisions.group_cells(city, registry)
    tables["document"] = divisions.document_rows(registry)
    tables["officer"] = divisions.officer_rows(city, registry, grids, generator(seed, 10))
    tables["grid"] = divisions.grid_rows(city, registry, grids, tables["officer"])
    tables["cell"] = divisions.cell_rows(city, registry, grids, tables["grid"], tables["document"])
    return grids


def _patrol(
    city: City, registry: Registry, grids: Grids, tables: dict[str, Features], seed: int
) -> None:
    posts = patrols.post_rows(city, registry, generator(seed, 18))
    tables["patrol_post"] = posts.rows
    rows = patrols.route_rows(city, registry, grids, tables["grid"], posts, generator(seed, 19))
    tables["route"], tables["route_stop"] = rows
    tables["patrol_log"] = patrols.log_rows(registry, tables["route"], generator(seed, 20))


def _meet(city: City, registry: Registry, tables: dict[str, Features], seed: int) -> None:
    rows = meetings.proposal_rows(city, registry, generator(seed, 21))
    tables["proposal"], tables["ballot"] = rows
    tables["organisation"] = meetings.organisation_rows(city, registry)
