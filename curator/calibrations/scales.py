"""Moments given in TAI, for those who count without leap seconds; everything stored is UTC."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

__all__ = ["from_tai"]


@lru_cache(maxsize=65536)
def from_tai(when: datetime) -> datetime:
    """Return the UTC of a moment given in TAI.

    Examples
    --------
    >>> from_tai(datetime(2025, 4, 30, 12, 0, 37))
    datetime.datetime(2025, 4, 30, 12, 0)
    """
    import warnings

    from astropy.time import Time
    from erfa import ErfaWarning  # type: ignore[import-untyped]  # astropy's own copy of its name is deprecated

    with warnings.catch_warnings():
        # Leap seconds some years ahead are not known yet; none are assumed.
        warnings.simplefilter("ignore", ErfaWarning)
        found: datetime = Time(when, scale="tai").utc.to_datetime(leap_second_strict="silent")
    return found
