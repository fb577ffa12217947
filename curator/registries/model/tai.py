"""Dates in and out of registries, which count TAI: the only place where scales are converted.

Text and file names are UTC; the same date read as TAI would be 37 s off.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from curator.calibrations.time.validity_range import EVER, ValidityRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from astropy.time import Time
    from lsst.daf.butler import Timespan

__all__ = ["FIRST", "LAST", "from_timespan", "to_time", "to_timespan"]


# Butlers take what lies outside for unbounded: their last moment is 2100-01-01 in TAI.
FIRST = datetime(1970, 1, 1)
LAST = datetime(2099, 12, 31, 23, 59)


@contextmanager
def _future_dates() -> Iterator[None]:
    """Be silent about leap seconds that nobody can know yet: ERFA warns for UTC from a few years ahead on."""
    import warnings

    from erfa import ErfaWarning  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*dubious year", category=ErfaWarning)
        yield


@lru_cache(maxsize=4096)
def to_time(date: datetime) -> Time:
    """Return a UTC date as an astropy time that knows its scale."""
    from astropy.time import Time

    with _future_dates():
        time = Time(date, scale="utc")
        time.tai  # noqa: B018  # computed and kept now, so that no later use warns
        return time


@lru_cache(maxsize=4096)
def to_timespan(start: datetime, end: datetime | None) -> Timespan:
    """Return [start, end) as a Butler has it; an end of `None` is unbounded."""
    from lsst.daf.butler import Timespan

    with _future_dates():
        return Timespan(to_time(start), None if end is None else to_time(end))


@lru_cache(maxsize=4096)
def from_timespan(timespan: Timespan) -> ValidityRange:
    """Return the range in UTC, to the microsecond."""
    return ValidityRange(_date(timespan.begin) or EVER, _date(timespan.end))


def _date(time: Any) -> datetime | None:
    from astropy.time import Time

    from curator.calibrations.time.time_scales import utc_of

    return utc_of(time) if isinstance(time, Time) else None
