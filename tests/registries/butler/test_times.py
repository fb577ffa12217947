from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from conftest import need_module
from hypothesis import example, given
from hypothesis import strategies as st

from curator.registries.model.tai import FIRST, LAST, from_timespan, to_time, to_timespan

need_module("lsst.daf.butler")

dates = st.datetimes(FIRST, LAST)


@given(dates, st.none() | dates)
@example(datetime(1971, 12, 31, 0, 0, 1), datetime(1971, 12, 31, 23, 59, 59))
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


def test_files_named_in_utc_hold_from_that_second_on_in_a_registry_that_counts_tai(registry, export):
    """TAI is ahead by 8.000082, 36, 37 and 37 s."""
    from astropy.time import Time

    from curator.registries.model.collections import label_name

    from ..conftest import Calib

    starts = ["1970-01-01T00:00:00", "2016-12-31T23:59:59", "2017-01-01T00:00:00", "2025-04-30T12:00:00"]
    tai = ["1970-01-01T00:00:08.000082", "2017-01-01T00:00:35", "2017-01-01T00:00:37", "2025-04-30T12:00:37"]
    calibs = [
        Calib(x0=number, start=start, end=end)
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], ""], strict=True))
    ]
    registry.ingest(export(*calibs), "u/ada/test")
    with registry.open() as butler:

        def run_at(time):
            from lsst.daf.butler import Timespan

            found = butler.find_dataset(
                "defects",
                instrument="TestCam",
                detector=94,
                timespan=Timespan.fromInstant(time),
                collections=label_name("TestCam", "u/ada/test"),
            )
            return found.run.split("/")[-2] if found else ""

        names = [start.replace("-", "").replace(":", "") for start in starts]
        for number, text in enumerate(tai):
            begin = Time(text, scale="tai", format="isot")
            assert run_at(begin) == names[number]
            before = Time(begin.jd1, begin.jd2 - 1e-3 / 86400, scale="tai", format="jd")
            assert run_at(before) == (names[number - 1] if number else "")
