"""Moments as people give them, in UTC or TAI; everything stored is UTC, and knows no leap seconds.

A date within a leap second has no name in files: where one is to be written it is refused. Where one is asked
about, the last moment before it stands for it, so that it lies on the right side of every start and end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from curator.calibrations.dates import parse_date, parse_start
from curator.errors import CalibrationError

if TYPE_CHECKING:
    from astropy.time import Time

__all__ = ["from_tai", "parse_moment"]

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


def parse_moment(text: str, scale: str = "utc", *, is_question: bool = False) -> datetime:
    """Return the UTC of a date that a person gives, written as in headers or in file names.

    Parameters
    ----------
    scale : {"utc", "tai"}
    is_question : bool
        Nothing is written: a moment within a leap second may be meant.

    Raises
    ------
    CalibrationError
        It is no date, or within a leap second.
    """
    named = text[:8].isdigit()
    if scale == "tai":
        return from_tai(parse_start(text) if named else parse_date(text), is_question=is_question)
    before = text.strip()
    at = before.find("60", 13)
    is_last = at > 0 and before[:at].replace(":", "")[-4:] == "2359" and before[at + 2 : at + 3] in ("", ".")
    if is_last:
        # What stands in the leap second's place, if the day has one.
        last = f"{before[:at]}59"
        found = parse_start(last) if named else parse_date(last)
        if found.second == 59 and found.year < datetime.max.year and _has_leap_second(found):
            return _within(text, found, is_question)
    return parse_start(text) if named else parse_date(text)


@lru_cache(maxsize=65536)
def from_tai(when: datetime, *, is_question: bool = False) -> datetime:
    """Return the UTC of a moment given in TAI; see `parse_moment`.

    Examples
    --------
    >>> from_tai(datetime(2025, 4, 30, 12, 0, 37))
    datetime.datetime(2025, 4, 30, 12, 0)
    """
    with _future_dates():
        utc = _time(when, "tai").utc
        found: datetime = utc.to_datetime(leap_second_strict="silent")
        midnight = (found.hour, found.minute, found.second) == (0, 0, 0)
        if not (midnight and float(utc.ymdhms["second"]) >= 60):
            return found
    return _within(when.isoformat(), found, is_question, " in TAI")


def _within(text: str, found: datetime, is_question: bool, how: str = "") -> datetime:
    day = (found - timedelta(seconds=1)).date() if found.hour == 0 else found.date()
    if is_question:
        return datetime(day.year, day.month, day.day) + _DAY - _TICK
    raise CalibrationError(
        f"{text!r}{how} is within the leap second at the end of {day}, which no date in a file can say",
        value=text,
        hint=f"take {day + _DAY}T00:00:00 or {day}T23:59:59 (UTC)",
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
