from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("lsst.daf.butler")

from curator.registry.times import FIRST, LAST, from_timespan, to_time, to_timespan

dates = st.datetimes(FIRST, LAST)


@given(dates, st.none() | dates)
def test_what_goes_into_a_timespan_comes_out_of_it(start, end):
    if end is not None:
        start, end = sorted((start, end + timedelta(microseconds=start == end)))
    assert from_timespan(to_timespan(start, end)) == (start, end)


@pytest.mark.parametrize(
    ("date", "seconds"),
    [(datetime(1970, 1, 1), 8.000082), (datetime(1999, 1, 1), 32), (datetime(2025, 4, 30), 37)],
)
def test_dates_are_utc_and_lie_later_in_tai(date, seconds):
    assert to_time(date).scale == "utc"
    begin = to_timespan(date, None).begin
    assert begin.scale == "tai"
    assert (begin.to_datetime() - date).total_seconds() == pytest.approx(seconds, abs=2e-6)


def test_dates_from_2030_on_are_taken_without_a_warning(recwarn):
    date = datetime(2045, 6, 7, 8, 9, 10)
    assert from_timespan(to_timespan(date, date + timedelta(days=1))) == (date, date + timedelta(days=1))
    assert not recwarn.list


def test_other_warnings_about_dates_are_not_silenced():
    """The filter is for one message of one category, and ends with the conversion."""
    import warnings

    before = list(warnings.filters)
    to_timespan(datetime(2051, 1, 1), None)
    assert list(warnings.filters) == before


def test_a_range_holds_its_start_and_not_its_end():
    span = to_timespan(datetime(2020, 1, 1), datetime(2021, 1, 1))
    assert span.contains(to_time(datetime(2020, 1, 1)))
    assert not span.contains(to_time(datetime(2021, 1, 1)))


def test_an_unbounded_end_stays_unbounded():
    assert from_timespan(to_timespan(datetime(1970, 1, 1), None)) == (datetime(1970, 1, 1), None)
