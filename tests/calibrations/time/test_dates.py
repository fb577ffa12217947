"""Dates of file names and headers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.time.dates import format_date, format_start, parse_date, parse_start
from curator.errors import CalibrationError

seconds = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(
    lambda when: when.replace(microsecond=0)
)


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("20250430T120000", datetime(2025, 4, 30, 12)),
        ("20130115t0130", datetime(2013, 1, 15, 1, 30)),
        ("20130115T0130", datetime(2013, 1, 15, 1, 30)),
        ("1970-01-01T00:00:00", datetime(1970, 1, 1)),
    ],
)
def test_each_of_the_four_forms_is_read(stem: str, expected: datetime) -> None:
    assert parse_start(stem) == expected


@pytest.mark.parametrize(
    "stem",
    ["", "20250430", "20250230T000000", "20250430T250000", "20250430X120000", "2025-04-30 12:00:00",
     "٢٠٢٥٠٤٣٠T120000", "20250430T12000", "1970-01-01T00:00:0x", "00000101T000000", "20250430T12:00"],
)  # fmt: skip
def test_what_is_no_date_is_refused_by_name(stem: str) -> None:
    with pytest.raises(CalibrationError, match="is not a date"):
        parse_start(stem)


@given(seconds)
def test_a_start_survives_its_file_name(when: datetime) -> None:
    assert parse_start(format_start(when)) == when
    assert parse_start(format_date(when)) == when
    assert parse_date(format_date(when)) == when


@given(st.text())
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    for parse in (parse_start, parse_date):
        try:
            assert isinstance(parse(text), datetime)
        except CalibrationError:
            continue


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-06-11T17:43:15.528716", datetime(2019, 6, 11, 17, 43, 15, 528716)),
        ("2019-06-11", datetime(2019, 6, 11)),
        ("2019-06-11 17:43", datetime(2019, 6, 11, 17, 43)),
        (date(2019, 6, 11), datetime(2019, 6, 11)),
        (datetime(2019, 6, 11, 1), datetime(2019, 6, 11, 1)),
    ],
)
def test_header_dates_are_read(value: object, expected: datetime) -> None:
    assert parse_date(value) == expected


@pytest.mark.parametrize(
    "value",
    ["2019-06-11T17:43:15Z", "2019-06-11T17:43:15+00:00", "2019-06-11T17:43:15-04:00",
     datetime(2019, 6, 11, tzinfo=UTC)],
)  # fmt: skip
def test_a_zone_is_refused_as_such(value: object) -> None:
    with pytest.raises(CalibrationError, match="has a time zone") as caught:
        parse_date(value)
    assert caught.value.hint.startswith("write the date in UTC, without a time zone: 2019-06-11T")


def test_a_date_with_a_zone_is_said_in_utc() -> None:
    for text in ("2025-05-14T05:30:00+02:00", "2025-05-14 03:30 UTC", "2025-05-14T03:30:00UTC"):
        with pytest.raises(CalibrationError) as caught:
            parse_date(text)
        assert caught.value.hint == "write the date in UTC, without a time zone: 2025-05-14T03:30:00"
    with pytest.raises(CalibrationError) as caught:
        parse_date("2025-05-14T99:30:00+02:00")
    assert caught.value.hint == "write the date in UTC, without a time zone"


@pytest.mark.parametrize("value", [None, 63795, "11 June 2019", "2019-13-01", "20190611", "2019-W24-2", ""])
def test_other_values_are_no_dates(value: object) -> None:
    with pytest.raises(CalibrationError):
        parse_date(value)
