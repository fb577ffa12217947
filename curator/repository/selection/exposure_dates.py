"""When an exposure was taken, by all columns that say so: dates, days with a time, MJDs, astropy's Time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from curator.calibrations.time.time_scales import parse_moment
from curator.errors import CalibrationError

__all__ = ["DateReading", "agreed", "day_of", "read_date", "read_mjd", "read_time", "time_texts"]

# Of the year 2132: what a person may mean ends before.
_LATEST_MJD = 100_000
_JD_OF_ZERO = Decimal("2400000.5")
_DAY_ZERO = datetime(1858, 11, 17)
_MICROSECONDS = 86_400_000_000
_J2000 = (2_451_545.0, 0.0)
# What astropy converts without asking a server for the rotation of the Earth.
_SCALES = ("utc", "tai", "tt", "tdb", "tcb", "tcg")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(:\d{2}(\.\d*)?)?", re.ASCII)
_DAY = timedelta(days=1)
# Headers round, and programs that write them ask the clock twice.
_SLACK = timedelta(seconds=2)
_MINUTE = timedelta(minutes=1)


class DateReading(NamedTuple):
    """What a column, or a day and a time, say.

    Parameters
    ----------
    columns, text : str
        Where it stands, and what.
    moment : datetime
        UTC.
    slack : timedelta
        How far another column may be off: the column was rounded to that.
    is_day : bool
        Whether it says no more than a day.
    """

    columns: str
    text: str
    moment: datetime
    slack: timedelta = _SLACK
    is_day: bool = False


def day_of(text: str) -> str:
    """Return the day (``YYYY-MM-DD``) of a date that says no time, empty if it does say one."""
    if len(text) == 8 and text.isascii() and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text if len(text) == 10 and text[4] == text[7] == "-" else ""


def read_date(column: str, text: str, scale: str) -> DateReading:
    """Return what a date says; a ``Z`` says UTC.

    Raises
    ------
    CalibrationError
        It is none, is within a leap second, or has a ``Z`` though the scale is TAI.
    """
    if text[-1:] in ("Z", "z"):
        if scale != "utc":
            raise CalibrationError(f"{text!r} is in UTC, as its Z says", hint="remove --scale")
        text = text[:-1]
    is_day = bool(day_of(text))
    slack = _MINUTE if text.count(":") == 1 else _SLACK
    return DateReading(column, text, parse_moment(text, scale), slack, is_day)


def read_time(columns: str, day: str, text: str, scale: str, *, in_seconds: bool = False) -> DateReading:
    """Return what a day and a time of day in another column say.

    Parameters
    ----------
    columns : str
    day : str
        ``YYYY-MM-DD``
    text : str
        ``HH:MM:SS`` with or without a fraction, or ``HH:MM``.
    in_seconds : bool
        Whether a number is the seconds since midnight, as in ``UTC`` of ESO's headers.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        if in_seconds and (time := _of_seconds(text)):
            return read_date(columns, f"{day}T{time}", scale)
        raise CalibrationError(f"{text!r} is not a time of day, in {columns}", hint="write HH:MM:SS")
    return read_date(columns, f"{day}T{text.zfill(5) if match[1][1:] else f'0{text}'}".rstrip("."), scale)


def _of_seconds(text: str) -> str:
    try:
        seconds = float(text)
    except ValueError:
        return ""
    if not 0 <= seconds < _DAY.total_seconds():
        return ""
    return (datetime.min + timedelta(seconds=seconds)).time().isoformat()


def read_mjd(column: str, text: str, scale: str) -> DateReading:
    """Return what a Modified Julian Date says; a date in such a column is one.

    Raises
    ------
    CalibrationError
        It is none.
    """
    if text[4:5] == "-":
        return read_date(column, text, scale)
    try:
        days = Decimal(text)
        if _JD_OF_ZERO <= days < _JD_OF_ZERO + _LATEST_MJD:
            raise CalibrationError(
                f"{text!r} is a Julian Date in a column of Modified Julian Dates",
                hint=f"write {days - _JD_OF_ZERO}",
            )
        date = (_DAY_ZERO + timedelta(microseconds=round(days * _MICROSECONDS))).isoformat()
    except (InvalidOperation, OverflowError, ValueError):
        raise CalibrationError(f"{text!r} is not a Modified Julian Date") from None
    decimals = -int(days.as_tuple().exponent)
    slack = _SLACK + _DAY / 10 ** min(max(decimals, 0), 12)
    return DateReading(column, text, parse_moment(date, scale), slack, is_day=decimals <= 0)


def agreed(found: Sequence[DateReading]) -> DateReading:
    """Return the moment that several columns say.

    Raises
    ------
    CalibrationError
        Two of them disagree.
    """
    chosen = next((one for one in found if not one.is_day), found[0])
    for other in found:
        if not _agree(chosen, other):
            raise CalibrationError(
                f"{chosen.columns} is {chosen.text}, but {other.columns} is {other.text}",
                hint="remove the column that is not the start or end of the exposure",
            )
    return chosen


def _agree(one: DateReading, other: DateReading) -> bool:
    later = one.moment - other.moment
    slack = max(one.slack, other.slack)
    if other.is_day:
        return -_SLACK <= later <= _DAY + _SLACK
    return abs(later) <= slack


def time_texts(path: str, values: Sequence[Any], scale: str) -> list[str]:
    """Return the values of a column of astropy's Time as text in ``scale``, empty where masked.

    Raises
    ------
    FormatError
        They are in a scale that does not tell the moment.
    """
    import warnings

    import numpy as np
    from astropy.time import Time

    from curator.errors import FormatError

    given = values[0].scale
    if given not in _SCALES:
        raise FormatError(f"dates in the scale {given!r} do not define a time", path=path, line=1)
    masked = [bool(np.any(one.mask)) for one in values]
    parts = [_J2000 if bad else (one.jd1, one.jd2) for bad, one in zip(masked, values, strict=True)]
    with warnings.catch_warnings():
        # Leap seconds some years ahead are not known yet; none are assumed.
        warnings.simplefilter("ignore")
        times: Any = Time(*np.array(parts).T, format="jd", scale=given)
        scaled = getattr(times, scale).copy()
        scaled.precision = 6
        texts = scaled.isot  # a moment within a leap second has a second 60 there, which is refused later
    return ["" if bad else str(text).removesuffix(".000000") for bad, text in zip(masked, texts, strict=True)]
