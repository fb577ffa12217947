"""The exposure that a person describes, with a date and an exposure time or an end."""

from __future__ import annotations

from datetime import datetime

from curator.calibrations.time.time_scales import after, parse_moment
from curator.errors import CalibrationError, CuratorError, UsageError
from curator.repository.selection.exposures import Exposure, check_range

__all__ = ["asked_exposure", "moment"]


def asked_exposure(
    begin: datetime,
    end: datetime | None = None,
    exptime: float | None = None,
    camera: str = "",
    detector: str = "",
    physical_filter: str = "",
) -> Exposure:
    """Return an exposure that begins at a date (UTC).

    Parameters
    ----------
    end : datetime, optional
        Its end (UTC); the same moment if neither this nor ``exptime`` is given.
    exptime : float, optional
        Its exposure time [s].
    camera, detector, physical_filter : str
        Empty where nobody said.

    Raises
    ------
    UsageError
        It has an end and an exposure time, ends before it begins, or lasts too long.
    """
    if end is not None and exptime is not None:
        raise UsageError("--end and --exptime cannot be used together")
    try:
        last = after(end or begin, exptime or 0)
    except (ValueError, OverflowError):
        raise UsageError(f"--exptime {exptime} is not an exposure time", keyword="exptime") from None
    try:
        check_range(begin, last)
    except CuratorError as error:
        raise UsageError(error.message) from None
    return Exposure("", camera, detector, physical_filter, begin, last)


def moment(option: str, text: str, scale: str) -> datetime:
    """Return the date (UTC) that an option gives in a time scale; see `parse_moment`.

    Raises
    ------
    UsageError
        It is none.
    """
    zoneless = text.strip().removesuffix("Z")
    if zoneless != text.strip() and scale != "utc":
        raise UsageError(f"{option}: {text!r} is in UTC, as its Z says", value=text, hint="remove --scale")
    try:
        return parse_moment(zoneless, scale)
    except CalibrationError as error:
        raise UsageError(f"{option}: {error.message}", value=text, hint=error.hint) from None
