"""How people write values: what is understood, and what is left to a person."""

import numpy as np
import pytest
from tests.exchange.helpers import column

from gridmap.exchange import spellings
from gridmap.exchange.coerce import coerce
from gridmap.exchange.spellings import Lost
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Field, Kind

UNREADABLE = Lost.UNREADABLE


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("110105006", "110105006"),
        ("007", "007"),
        (110105006.0, "110105006"),
        (110105006007, "110105006007"),
        ("110105006.0", "110105006"),
        ("１１０１０５", "110105"),
        ("A-12", "A-12"),
        ("1E5", "1E5"),
        ("1.10105E+11", Lost.DIGITS),
        ("1.10105E+5", "110105"),
        (1.1010519491231e17, Lost.DIGITS),
        (12.5, "12.5"),
    ],
)
def test_codes_stay_texts_and_never_lose_digits_silently(value, code):
    assert spellings.to_code(value) == code


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (6, 6),
        (6.0, 6),
        ("6", 6),
        (" 6 ", 6),
        ("６", 6),
        ("6层", 6),
        ("6F", 6),
        ("高 26", 26),
        ("约200户", 200),
        ("1,234户", 1234),
        ("-1", -1),
        ("-1层", -1),
        ("六层", 6),
        ("十二", 12),
        ("二十", 20),
        ("三十二层", 32),
        (True, 1),
        ("6-7", UNREADABLE),
        ("地上6层地下1层", UNREADABLE),
        ("6.5", UNREADABLE),
        (6.5, UNREADABLE),
        ("不详", UNREADABLE),
        ("9" * 30, UNREADABLE),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_whole_numbers_are_found_in_dirty_text(value, number):
    assert spellings.to_integer(value) == number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("67.18", 67.18),
        ("26m", 26.0),
        ("约 3.5 米", 3.5),
        ("1e3", 1000.0),
        ("inf", UNREADABLE),
        ("3.5x2", UNREADABLE),
    ],
)
def test_real_numbers_are_found_in_dirty_text(value, number):
    assert spellings.to_real(value) == number


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (1986, 1986),
        ("1986年", 1986),
        ("1980年代", 1980),
        ("2003年5月", 2003),
        ("20100326", 2010),
        ("2003-05-01", 2003),
        (2003.0, 2003),
        ("1990-2000", UNREADABLE),
        ("86", UNREADABLE),
        ("老", UNREADABLE),
    ],
)
def test_years_are_found_in_dates(value, year):
    assert spellings.to_year(value) == year


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2020/3/1", "2020-03-01"),
        ("2020-03-01", "2020-03-01"),
        ("2020.3.1", "2020-03-01"),
        ("2020年3月1日", "2020-03-01"),
        ("2020年03月01号", "2020-03-01"),
        ("20200301", "2020-03-01"),
        (20200301, "2020-03-01"),
        ("2020-03-01T08:30:00", "2020-03-01"),
        ("2020/3/1 8:30", "2020-03-01"),
        (43891, "2020-03-01"),
        (43891.0, "2020-03-01"),
        (43891.5, "2020-03-01"),
        ("２０２０年３月１日", "2020-03-01"),
        ("2020/13/1", UNREADABLE),
        ("2021-02-29", UNREADABLE),
        ("3/1/2020", UNREADABLE),
        ("去年", UNREADABLE),
        (float("nan"), None),
    ],
)
def test_dates_in_many_spellings(value, date):
    assert spellings.to_date(value) == (date, False)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2020年3月", "2020-03-01"),
        ("2020-3", "2020-03-01"),
        ("2020年", "2020-01-01"),
        (2020, "2020-01-01"),
    ],
)
def test_dates_without_a_day_take_the_first_and_say_so(value, date):
    assert spellings.to_date(value) == (date, True)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-24 16:30", "2026-11-24T08:30:00.000Z"),
        ("2026年11月24日 16时30分", "2026-11-24T08:30:00.000Z"),
        ("2026-11-24T08:30:00.123Z", "2026-11-24T08:30:00.123Z"),
        ("2026-11-24T08:30:00+00:00", "2026-11-24T08:30:00.000Z"),
        ("2026-11-24", "2026-11-23T16:00:00.000Z"),
        ("2026-11-24 25:00", UNREADABLE),
        ("2026-11-24 午后", UNREADABLE),
    ],
)
def test_moments_are_beijing_time_unless_they_say_otherwise(value, moment):
    assert spellings.to_moment(value) == moment


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        ("是", 1),
        ("否", 0),
        (1, 1),
        (0, 0),
        (True, 1),
        (False, 0),
        ("TRUE", 1),
        ("no", 0),
        ("有", 1),
        ("1.0", UNREADABLE),
        ("也许", UNREADABLE),
        (1.0, 1),
    ],
)
def test_yes_and_no(value, flag):
    assert spellings.to_yes_no(value) == flag


def field(table, name):
    return TABLE_BY_NAME[table].get_field(name)


def test_choices_are_found_by_value_chinese_and_english():
    coerced = coerce(
        column("residential", "住宅", "Residential", "SHOP", "城堡", None), field("building", "use")
    )
    assert coerced.values.tolist() == [
        "residential",
        "residential",
        "residential",
        "shop",
        None,
        None,
    ]
    assert coerced.lost.tolist() == [False] * 4 + [True, False]


def test_references_are_found_by_id_code_and_name():
    known = {"110105006001": "id-1", "柳芳里": "id-1", "西坝河": "id-2"}
    coerced = coerce(
        column("柳芳里", 110105006001, "id-2", "东湖"), field("building", "compound_id"), known
    )
    assert coerced.values.tolist() == ["id-1", "id-1", "id-2", None]
    assert coerced.lost.tolist() == [False, False, False, True]


def test_references_without_a_list_are_all_lost_never_invented():
    coerced = coerce(column("柳芳里"), field("building", "compound_id"))
    assert coerced.lost.all()


def test_whole_number_columns_stay_numbers_where_nothing_is_missing():
    floors = field("building", "floors")
    assert coerce(np.array([1, 2]), floors).values.dtype == np.int64
    assert coerce(column("1", "2层"), floors).values.dtype == np.int64
    assert coerce(column("1", None), floors).values.tolist() == [1, None]
    assert coerce(np.array([1.0, 2.0]), floors).values.tolist() == [1, 2]
    assert coerce(np.array([1.0, np.inf]), floors).values.tolist() == [1, None]


def test_numbers_in_text_columns_become_text():
    name = field("building", "name")
    assert coerce(np.array([1, 2]), name).values.tolist() == ["1", "2"]
    assert coerce(np.array([1.0, 2.5]), name).values.tolist() == ["1", "2.5"]
    assert coerce(column("甲", 3, None), name).values.tolist() == ["甲", "3", None]


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_column_stays_empty(kind):
    assert len(coerce(column(), Field("x", "x", "x", kind)).values) == 0
