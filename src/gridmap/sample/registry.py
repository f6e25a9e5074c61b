"""Ids, codes and sums that the tables share."""

from dataclasses import dataclass

import numpy as np

from gridmap.sample import names
from gridmap.sample.arrays import Bools, Ints, Texts, generator, sum_by, texts
from gridmap.sample.city import City
from gridmap.sample.ids import Ids

SURVEY_DAY = np.datetime64("2026-11-01")
"""The imaginary day on which everything was as the tables say."""
_UTC_OFFSET_MINUTES = 8 * 60


@dataclass(frozen=True)
class Registry:
    """Ids by subdistrict, community, block (None where it is no compound), building and cell."""

    ids: Ids
    subdistrict_id: str
    community_id: Texts
    community_code: Texts
    community_name: Texts
    compound_id: Texts
    building_id: Texts
    building_name: Texts
    cell_id: Texts
    cell_code: Texts
    cell_households: Ints
    block_name: Texts
    """Of the compound, or of what the block is instead."""


def register(city: City, building_name: Texts, block_name: Texts, seed: int) -> Registry:
    """Give ids and codes to what others refer to."""
    ids = Ids(seed)
    subdistrict_id = ids.take(1)[0]
    community_id = ids.take(city.communities)
    codes = [f"{names.SUBDISTRICT_CODE}{n + 1:03d}" for n in range(city.communities)]
    has_id = np.flatnonzero(is_set(city.compound_name))
    compound_id = np.full(len(city.blocks), None, object)
    compound_id[has_id] = ids.take(len(has_id))
    cell_codes = [
        f"{codes[community]}{sequence:03d}"
        for community, sequence in zip(city.community.tolist(), city.sequence.tolist(), strict=True)
    ]
    built = city.buildings
    return Registry(
        ids,
        subdistrict_id,
        community_id,
        texts(codes),
        names.communities(city.communities, generator(seed, 7)),
        compound_id,
        ids.take(len(built)),
        building_name,
        ids.take(len(city.quad)),
        texts(cell_codes),
        sum_by(built.cell, built.households, len(city.quad)),
        block_name,
    )


def days_before(days: Ints) -> Texts:
    """Return the dates so many days before the survey, as ISO text."""
    return np.datetime_as_string(SURVEY_DAY - days, unit="D").astype(object)


def moments(day_offset: Ints, minute: Ints) -> Texts:
    """Return moments as the clock writes them, in UTC.

    Given are days from the survey and minutes of the day as clocks in China show them.
    """
    stamp = SURVEY_DAY.astype("datetime64[m]") + day_offset * 1440 + minute - _UTC_OFFSET_MINUTES
    text = np.datetime_as_string(stamp, unit="s").astype(object)
    moment: Texts = text + ".000Z"
    return moment


def is_set(values: Texts) -> Bools:
    """Return which values are not None."""
    return np.array([value is not None for value in values.tolist()], bool)


def nullable(values: Texts, missing: Bools) -> Texts:
    """Return the values as objects with None where they are missing."""
    column = values.astype(object)
    column[missing] = None
    return column


def nth_of(group: Ints) -> Ints:
    """Return for each row how many rows of the same group stand before it."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.searchsorted(ordered, ordered)
    nth = np.empty(len(group), np.int64)
    nth[order] = np.arange(len(group)) - first
    return nth
