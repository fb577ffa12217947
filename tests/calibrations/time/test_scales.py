"""Moments given in UTC and TAI, leap seconds and the years before them included."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curator.calibrations.time.time_scales import after, from_tai, parse_moment
from curator.errors import CalibrationError

NEW_YEAR = datetime(2017, 1, 1)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("tai", "utc"),
    [
        ("2017-01-01T00:00:35.999999", NEW_YEAR - TICK),
        ("2017-01-01T00:00:37", NEW_YEAR),
        ("20170101T000037", NEW_YEAR),
        ("1972-01-01T00:00:10", datetime(1972, 1, 1)),
        ("1970-01-01T00:00:08.000082", datetime(1970, 1, 1)),
        ("1961-01-01T00:00:01.422818", datetime(1961, 1, 1)),
        ("2045-06-07T08:09:10.250000", datetime(2045, 6, 7, 8, 8, 33, 250000)),
    ],
)
def test_tai_is_converted_to_the_microsecond(tai, utc):
    assert parse_moment(tai, "tai") == utc


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("2016-12-31T23:59:60", "utc"),
        ("2016-12-31 23:59:60.5", "utc"),
        ("20161231T235960", "utc"),
        ("1972-06-30T23:59:60", "utc"),
        ("2017-01-01T00:00:36", "tai"),
        ("2017-01-01T00:00:36.999999", "tai"),
    ],
)
def test_a_leap_second_is_refused_wherever_a_person_gives_one(text, scale):
    with pytest.raises(CalibrationError, match="within the leap second") as caught:
        parse_moment(text, scale)
    assert "T00:00:00 or" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "2015-12-31T23:59:60",
        "2016-12-31T22:59:60",
        "2016-12-31T23:59:61",
        "9999-12-31T23:59:60",
        "20151231T235960",
    ],
)
def test_a_day_without_a_leap_second_has_none(text):
    with pytest.raises(CalibrationError, match="is not a date"):
        parse_moment(text, "utc")


@given(
    utc=st.one_of(
        st.datetimes(datetime(1961, 1, 1), datetime(2100, 1, 1)),
        st.datetimes(datetime(1971, 12, 31), datetime(1972, 1, 2)),
        st.datetimes(datetime(1963, 10, 31), datetime(1963, 11, 2)),
    )
)
@example(utc=datetime(1971, 12, 31, 0, 0, 1))
@example(utc=datetime(1971, 12, 31, 23, 59, 59))
def test_what_a_registry_has_in_tai_comes_back_as_the_same_utc(utc):
    """The other direction is that of `curator.registries.model.tai`: astropy, rounded to the microsecond."""
    import warnings

    from astropy.time import Time

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole, _, fraction = Time(utc, scale="utc", precision=9).tai.isot.partition(".")
    tai = datetime.fromisoformat(whole) + timedelta(microseconds=round(int(fraction) / 1000))
    assert from_tai(tai) == utc


@pytest.mark.parametrize(
    ("begin", "seconds", "end"),
    [
        (datetime(2016, 12, 31, 23, 59, 50), 30, datetime(2017, 1, 1, 0, 0, 19)),
        (datetime(2016, 12, 31, 23, 59, 50), 9.5, datetime(2016, 12, 31, 23, 59, 59, 500000)),
        (datetime(2016, 12, 31, 23, 59, 50), 10.5, NEW_YEAR - TICK),
        (datetime(2016, 12, 31, 23, 59, 50), 11, NEW_YEAR),
        (datetime(2017, 12, 31, 23, 59, 50), 30, datetime(2018, 1, 1, 0, 0, 20)),
        (NEW_YEAR, 0.25, datetime(2017, 1, 1, 0, 0, 0, 250000)),
        (NEW_YEAR, 0, NEW_YEAR),
    ],
)
def test_an_exposure_across_a_leap_second_ends_a_second_earlier_by_the_clock(begin, seconds, end):
    assert after(begin, seconds) == end


@given(
    begin=st.datetimes(datetime(1961, 1, 2), datetime(2025, 1, 1)),
    seconds=st.floats(0, 86400 * 40, allow_nan=False),
)
@example(begin=datetime(2016, 12, 31, 12), seconds=86400.0)
@example(begin=datetime(1971, 12, 31, 23, 59), seconds=120.0)
def test_what_is_so_many_seconds_later_is_so_in_tai(begin, seconds):
    from astropy.time import Time

    end = after(begin, seconds)
    took = (Time(end, scale="utc").tai - Time(begin, scale="utc").tai).sec
    is_within = end.microsecond == 999999 and (end + TICK).day == 1  # stands for the leap second
    assert abs(took - seconds) < (1.1 if is_within else 2e-3 if begin.year < 1972 else 5e-6)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("56000", "if it is an MJD, write 2012-03-14T00:00:00, or use a column mjd in a table of exposures"),
        ("60809.14583333", "if it is an MJD, write 2025-05-14T03:30:00, "),
        ("2456000.5", "if it is a JD, write 2012-03-14T00:00:00, "),
        ("9999999", "write YYYY-MM-DDTHH:MM:SS, "),
        ("20250532", "write YYYY-MM-DDTHH:MM:SS, "),
        ("2025051", "write YYYY-MM-DDTHH:MM:SS, "),
        ("٢٠٢٥٠٥١٤", "write YYYY-MM-DDTHH:MM:SS, "),
        ("yesterday", "write YYYY-MM-DDTHH:MM:SS, "),
        ("2025-13-01", "write YYYY-MM-DDTHH:MM:SS, "),
    ],
)
@pytest.mark.parametrize("scale", ["utc", "tai"])
def test_what_is_no_date_is_refused_with_how_to_write_it(text, hint, scale):
    with pytest.raises(CalibrationError, match="is not a date") as caught:
        parse_moment(text, scale)
    assert caught.value.hint.startswith(hint)
