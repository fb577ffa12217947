"""Moments as people give them, in UTC or TAI; everything stored is UTC, and knows no leap seconds.

A date within a leap second has no name in files, and is refused, wherever a person gives one. Where one is
computed (the end of an exposure, what a registry holds), the last moment before it stands for it, so that it
lies on the right side of every start and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from curator.calibrations.time.dates import parse_date, parse_start
from curator.errors import CalibrationError

if TYPE_CHECKING:
    from astropy.time import Time

__all__ = ["after", "from_tai", "parse_moment", "utc_of"]

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
# Of what may be an exposure.
_LONGEST = timedelta(days=366)
# From this year on TAI - UTC changes by whole seconds only.
_STEADY = 1972
_NUMBER = re.compile(r"[0-9]{5,7}(\.[0-9]*)?")
_MJD_ZERO = 2_400_000.5
_LATEST_MJD = 100_000


def parse_moment(text: str, scale: str = "utc") -> datetime:
    """Return the UTC of a date that a person gives, written as in headers or in file names.

    Parameters
    ----------
    scale : {"utc", "tai"}

    Raises
    ------
    CalibrationError
        It is not a date, or within a leap second.

    Examples
    --------
    >>> parse_moment("20250614")
    datetime.datetime(2025, 6, 14, 0, 0)
    """
    try:
        return _moment(text, scale)
    except CalibrationError as error:
        if "is not a date" in error.message:
            error.hint = _forms(text.strip())
        raise


def _moment(text: str, scale: str) -> datetime:
    if scale == "tai":
        return from_tai(_written(text))
    before = text.strip()
    at = before.find("60", 13)
    is_last = at > 0 and before[:at].replace(":", "")[-4:] == "2359" and before[at + 2 : at + 3] in ("", ".")
    if is_last:
        # What stands in the leap second's place, if the day has one.
        found = _written(f"{before[:at]}59")
        if found.second == 59 and found.year < datetime.max.year and _has_leap_second(found):
            error = _unsayable(found)
            error.message = f"{text!r} {error.message}"
            raise error
    return _written(text)


def _written(text: str) -> datetime:
    if len(text) == 8 and text.isascii() and text.isdigit():
        text = f"{text}T0000"  # a day, as file names begin
    return parse_start(text) if text[:8].isdigit() else parse_date(text)


def _forms(text: str) -> str:
    """Return how a date is to be written, and what a number may have meant."""
    if _NUMBER.fullmatch(text):
        days, what = float(text), "an MJD"
        if days > _MJD_ZERO:
            days, what = days - _MJD_ZERO, "a JD"
        if days < _LATEST_MJD:
            date = (datetime(1858, 11, 17) + timedelta(seconds=round(days * 86400))).isoformat()
            return f"if it is {what}, write {date}, or use a column mjd in a table of exposures"
    return "write YYYY-MM-DDTHH:MM:SS, YYYY-MM-DDTHH:MM, YYYY-MM-DD, YYYYMMDD or YYYYMMDDTHHMMSS"


@lru_cache(maxsize=65536)
def from_tai(when: datetime) -> datetime:
    """Return the UTC of a moment given in TAI; see `parse_moment`.

    Examples
    --------
    >>> from_tai(datetime(2025, 4, 30, 12, 0, 37))
    datetime.datetime(2025, 4, 30, 12, 0)
    """
    try:
        return utc_of(_time(when, "tai"), refuses=True)
    except CalibrationError as error:
        error.message = f"{when.isoformat()} in TAI {error.message}"
        raise


def utc_of(time: Time, *, refuses: bool = False) -> datetime:
    """Return the UTC of an astropy time, to the microsecond; in a leap second the last moment before it.

    Raises
    ------
    CalibrationError
        It is within a leap second, and ``refuses`` says that this is an error.
    """
    with _future_dates():
        year, month, day, hour, minute, second = time.utc.ymdhms.item()
        found = datetime(year, month, day, hour, minute)
        if second >= 60:
            if refuses:
                raise _unsayable(found)
            return datetime(found.year, found.month, found.day) + _DAY - _TICK
        found += timedelta(microseconds=round(second * 1e6))
        return found if year >= _STEADY else _corrected(found, time)


def after(begin: datetime, seconds: float) -> datetime:
    """Return the UTC of some SI seconds later: a leap second between is one of them.

    Raises
    ------
    ValueError, OverflowError
        There is no such moment.

    Examples
    --------
    >>> after(datetime(2016, 12, 31, 23, 59, 50), 30)
    datetime.datetime(2017, 1, 1, 0, 0, 19)
    """
    end = begin + timedelta(seconds=seconds)
    # Leap seconds stand at the end of months.
    if begin.year >= _STEADY and (begin.year, begin.month) == (end.year, end.month):
        return end
    if abs(end - begin) > _LONGEST:
        return end  # no exposure, and perhaps in a year that is not known to astropy
    from astropy.time import TimeDelta

    with _future_dates():
        return utc_of(_time(begin, "utc") + TimeDelta(seconds, format="sec"))


def _corrected(found: datetime, time: Time) -> datetime:
    """Return a date before 1972 that is what ``time`` was made of.

    ERFA takes the days on which TAI - UTC made a jump of less than a second to be that much longer in one
    direction only: at the end of 1971 the other one is 0.1 s off.
    """
    for _ in range(2):
        back = _time(found, "utc").tai
        error = (time.tai.jd1 - back.jd1) + (time.tai.jd2 - back.jd2)
        found += timedelta(microseconds=round(error * 86400e6))
    return found


def _unsayable(found: datetime) -> CalibrationError:
    """Return the refusal of a moment in the leap second of a day."""
    day = found.date()
    return CalibrationError(
        f"is within the leap second at the end of {day}, which cannot be written as a date in a file",
        hint=f"write {day + _DAY}T00:00:00 or {day}T23:59:59 (UTC)",
    )


def _has_leap_second(last: datetime) -> bool:
    """Whether the day that ``last`` is the last second of has another one (UTC)."""
    midnight = datetime(last.year, last.month, last.day) + _DAY
    with _future_dates():
        return bool((_time(midnight, "utc") - _time(last.replace(microsecond=0), "utc")).sec > 1.5)


def _time(when: datetime, scale: str) -> Time:
    from astropy.time import Time

    return Time(when, scale=scale)


@contextmanager
def _future_dates() -> Iterator[None]:
    """Be silent about leap seconds some years ahead, which are not known yet: none are assumed."""
    import warnings

    from erfa import ErfaWarning  # type: ignore[import-untyped]  # astropy's own copy of its name is deprecated

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ErfaWarning)
        yield
