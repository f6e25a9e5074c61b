"""Codes of cells: schemes, numbers that go on, and the order in which one reads."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridmap.base.errors import RequestError
from gridmap.model import codes

COMMUNITY = "110105006001"


def test_codes_are_recognised_by_their_shape_and_what_nobody_knows_is_marked():
    assert codes.scheme_of(COMMUNITY + "007") == "DB11-15"
    assert codes.scheme_of(COMMUNITY + "07") == "CJT213-14"
    assert codes.scheme_of("A1B2C3D4E5F6G7H") == "GBT47678-15"
    assert codes.scheme_of("010203" + COMMUNITY + "07") == "CJT349-20"
    assert codes.scheme_of("网格7") == codes.LEGACY
    assert codes.mark_of(None) is None
    assert codes.mark_of("新3") is None


def test_numbers_go_on_after_the_highest_that_was_ever_used():
    used = [COMMUNITY + "002", COMMUNITY + "041", COMMUNITY + "99", "110105006002777", "新9"]
    assert codes.next_codes(codes.BEIJING, COMMUNITY, used, 2) == [
        COMMUNITY + "042",
        COMMUNITY + "043",
    ]
    assert codes.next_codes(codes.LEGACY_14, COMMUNITY, [COMMUNITY + "12"], 1) == [COMMUNITY + "13"]
    assert codes.next_codes(codes.BEIJING, COMMUNITY, [], 1) == [COMMUNITY + "001"]


@pytest.mark.parametrize("scheme", codes.SCHEMES.values(), ids=lambda one: one.id)
def test_a_full_sequence_is_said_and_the_last_code_is_given(scheme):
    prefix = codes.prefix_of(scheme, COMMUNITY, "010203")
    most = scheme.number_of(scheme.last)
    nearly = prefix + scheme.sequence_of(most - 1)
    assert codes.next_codes(scheme, prefix, [nearly], 1) == [prefix + scheme.last]
    with pytest.raises(RequestError, match="顺序码已满"):
        codes.next_codes(scheme, prefix, [nearly], 2)
    assert scheme.sequence_of(most + 1) is None


@given(st.integers(1, 999 + 26 * 36 * 36))
def test_a_sequence_tells_its_number_and_letters_follow_the_digits(number):
    scheme = codes.NATIONAL
    sequence = scheme.sequence_of(number)
    assert scheme.fits(COMMUNITY + sequence)
    assert scheme.number_of(sequence) == number
    if number > 1:
        assert scheme.sequence_of(number - 1) < sequence


@pytest.mark.parametrize("code", [None, "", "11010500600", "11010500600A", "1101050060010"])
def test_a_community_without_a_code_of_12_digits_is_said(code):
    with pytest.raises(RequestError, match="12 位"):
        codes.prefix_of(codes.BEIJING, code)


def test_codes_are_said_by_their_last_characters():
    assert codes.short(COMMUNITY + "007") == "007"
    assert codes.short(COMMUNITY + "07") == "07"
    assert codes.short("新2") == "新2"
    assert codes.short(None) == "?"


def test_drafts_count_their_own_names():
    assert codes.next_provisional(["新2", "新10", COMMUNITY + "007", "新村1"], 2) == [
        "新11",
        "新12",
    ]
    low, high = codes.PROVISIONAL_RANGE
    assert low <= codes.provisional(1) < high


def test_one_reads_from_west_to_east_in_bands_from_north_to_south():
    places = [(250.0, 0.0), (0.0, 110.0), (110.0, 90.0), (0.0, 0.0), (210.0, 101.0), (120.0, -9.0)]
    assert codes.reading_order(places, 50.0) == [1, 2, 4, 3, 5, 0]
    assert codes.reading_order([], 50.0) == []


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), unique=True), st.integers(1, 99)
)
def test_each_place_is_read_once(places, band):
    order = codes.reading_order(places, float(band))
    assert sorted(order) == list(range(len(places)))
    for one, other in pairwise(order):
        assert places[other][1] <= places[one][1] + band
