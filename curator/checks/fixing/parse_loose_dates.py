"""Dates in other forms than headers have them, read where they can mean one moment only."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from curator.values import NamedTuple

__all__ = ["Moment", "iso", "read_moment", "zone_of"]

# Names that mean UTC, and those of one place only; EST, CST and the like are used on several continents.
_UTC = frozenset({"Z", "UTC", "UT", "GMT"})
_HOURS = {**dict.fromkeys(_UTC, 0), "HST": -10, "CLT": -4, "CLST": -3}
_OTHERS = ("TAI", "TT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "JST", "CET", "CEST", "BST")
_NAMED = frozenset((*_HOURS, *_OTHERS))
# Clocks are nowhere further from UTC.
_FURTHEST = timedelta(hours=14)
_LONGEST = 60


class Moment(NamedTuple):
    """What a text says of a moment.

    ``when`` is as written, without the zone; ``has_time`` says whether a time of day is written; ``zone`` is
    the zone's text, and ``ahead`` how far its clocks are ahead of UTC, `None` where that is not certain.
    """

    when: datetime
    has_time: bool
    zone: str = ""
    ahead: timedelta | None = None

    @property
    def utc(self) -> datetime | None:
        """The moment in UTC, `None` where it is not certain."""
        if self.zone and self.ahead is None:
            return None
        try:
            return self.when - (self.ahead or timedelta())
        except OverflowError:
            return None


def read_moment(text: str) -> Moment | None:
    """Return what a date in any form that begins with a year of four digits means; `None` if it is none.

    Examples
    --------
    >>> read_moment("2019/06/11 17:43:15 HST").utc
    datetime.datetime(2019, 6, 12, 3, 43, 15)
    >>> read_moment("11.06.2019")
    """
    return _parsed(text) if len(text) <= _LONGEST else None


@lru_cache(1024)
def _parsed(text: str) -> Moment | None:
    import re

    found = re.fullmatch(
        r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))"
        r"(?:[Tt _]\s*(\d{1,2})(?::(\d\d)(?::(\d\d)(\.\d*)?)?|(\d\d)(\d\d)?))?"
        r"\s*([A-Za-z]{1,4}|[-+]\d\d(?::?\d\d)?)?",
        text.strip(),
        re.ASCII,
    )
    if found is None:
        return None
    year, _, month, day, close_month, close_day, hour, minute, second, fraction, near, nearer, zone = (
        found.groups()
    )
    micro = int(((fraction or ".")[1:] + "000000")[:6])
    numbers = (year, month or close_month, day or close_day, hour, minute or near, second or nearer)
    try:
        year_, month_, day_, hour_, minute_, second_ = (int(number or 0) for number in numbers)
        when = datetime(year_, month_, day_, hour_, minute_, second_, micro)
    except ValueError:
        return None
    if zone is None:
        return Moment(when, hour is not None)
    if zone[0] not in "+-" and zone.upper() not in _NAMED:
        return None
    ahead = _ahead(zone)
    # Which day it is in UTC, a day elsewhere does not say.
    return Moment(when, hour is not None, zone, ahead if hour is not None or not ahead else None)


def _ahead(zone: str) -> timedelta | None:
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
        return None if away > _FURTHEST else -away if zone[0] == "-" else away
    hours = _HOURS.get(zone.upper())
    return None if hours is None else timedelta(hours=hours)


def zone_of(text: str) -> str:
    """Return the time zone at the end of what is a date without it, such as ``Z`` or ``+02:00``."""
    found = read_moment(text)
    return found.zone if found is not None else ""


def iso(found: Moment, *, time: bool | None = None) -> str:
    """Return a moment in UTC as headers have it: with its fraction, and with a time if it had one.

    Parameters
    ----------
    time : bool, optional
        With a time, or without, whatever was written.
    """
    when = found.utc
    assert when is not None  # whoever asks has looked
    if not (found.has_time if time is None else time):
        return when.date().isoformat()
    return when.isoformat(timespec="auto" if when.microsecond else "seconds")
