"""Dates of tables in other forms than `parse_date` knows: with a Z, as MJD, as astropy's Time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from curator.errors import FormatError

__all__ = ["MJD", "normalise", "time_texts"]

# Columns that hold Modified Julian Dates.
MJD = ("mjd", "mjd-obs", "mjd_obs", "mjd-beg", "mjd_beg", "mjd-end", "mjd_end")
# Of the year 2132: what a person may mean ends before.
_LATEST_MJD = 100_000
_JD_OF_ZERO = Decimal("2400000.5")
_DAY_ZERO = datetime(1858, 11, 17)
_MICROSECONDS = 86_400_000_000
_J2000 = (2_451_545.0, 0.0)
# What astropy converts without asking a server for the rotation of the Earth.
_SCALES = ("utc", "tai", "tt", "tdb", "tcb", "tcg")


def normalise(
    path: str, header: Sequence[str], rows: Iterable[tuple[int, list[str]]], dates: Iterable[int], scale: str
) -> None:
    """Write the cells of the columns ``dates`` of a table as `parse_date` reads them, in place.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of (int, list of str)
        Line and cells.
    scale : {"utc", "tai"}
        Of the dates; a ``Z`` says UTC.

    Raises
    ------
    FormatError
        With the line: a number is no MJD, a date in TAI has a ``Z``.
    """
    chosen = [(at, header[at].strip().lower() in MJD) for at in dates]
    for line, cells in rows:
        for at, is_mjd in chosen:
            text = cells[at].strip()
            if is_mjd and text:
                cells[at] = _of_mjd(path, line, text)
            elif text[-1:] in ("Z", "z"):
                if scale != "utc":
                    raise FormatError(
                        f"{text!r} is in UTC, as its Z says", path=path, line=line, hint="leave --scale out"
                    )
                cells[at] = text[:-1]


def _of_mjd(path: str, line: int, text: str) -> str:
    try:
        days = Decimal(text)
        if _JD_OF_ZERO <= days < _JD_OF_ZERO + _LATEST_MJD:
            raise FormatError(
                f"{text!r} is a Julian Date, in a column of Modified Julian Dates",
                path=path,
                line=line,
                hint=f"write {days - _JD_OF_ZERO}",
            )
        microseconds = round(days * _MICROSECONDS)
        return (_DAY_ZERO + timedelta(microseconds=microseconds)).isoformat()
    except (InvalidOperation, OverflowError, ValueError):
        raise FormatError(f"{text!r} is no Modified Julian Date", path=path, line=line) from None


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

    given = values[0].scale
    if given not in _SCALES:
        raise FormatError(f"dates in the scale {given!r} do not tell when", path=path, line=1)
    masked = [bool(np.any(one.mask)) for one in values]
    parts = [_J2000 if bad else (one.jd1, one.jd2) for bad, one in zip(masked, values, strict=True)]
    with warnings.catch_warnings():
        # Leap seconds some years ahead are not known yet; none are assumed.
        warnings.simplefilter("ignore")
        times: Any = Time(*np.array(parts).T, format="jd", scale=given)
        found = getattr(times, scale).to_datetime(leap_second_strict="silent")
    return ["" if bad else one.isoformat() for bad, one in zip(masked, found, strict=True)]
