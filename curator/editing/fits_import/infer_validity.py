"""When an imported calibration holds, and what it is named by where nobody says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.time.dates import format_date, parse_date
from curator.errors import CalibrationError, EditingError

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera
    from curator.calibrations.header.profiles import Profile
    from curator.editing.fits_import.fits_reader import Foreign
    from curator.editing.fits_import.pending_import import GivenRange, PendingImport

__all__ = ["InferredRange", "made_at", "validity"]

_SECOND = timedelta(seconds=1)


class InferredRange(NamedTuple):
    """A valid start that a file can be named by, and whether it holds from then on.

    Parameters
    ----------
    start : datetime.datetime
        UTC, whole seconds.
    end : datetime.datetime or None
    certified : bool
        Whether anybody said so; else ``start`` is a name only.
    followed : bool
        Whether the file of the next start ends it.
    """

    start: datetime
    end: datetime | None
    certified: bool
    followed: bool = False


def validity(
    foreign: Foreign, arrival: PendingImport, camera: Camera, profile: Profile, *, rounded: bool
) -> InferredRange:
    """Return when a calibration holds: as it was given, else as the header has it.

    Parameters
    ----------
    rounded : bool
        Whether a start within a second is moved to the next whole one, by which a file can be named.

    Raises
    ------
    EditingError
        Nobody says when, or a start cannot be written.
    """
    given = arrival.range
    if given is None:
        return _of_header(foreign, arrival, profile, rounded=rounded)
    start = given.start or camera.start
    if start is None:
        raise EditingError(
            "its range has no start, and the camera has no start of operations",
            hint="give --start",
        )
    return _checked(start, given.end, given, rounded=rounded)


def _of_header(foreign: Foreign, arrival: PendingImport, profile: Profile, *, rounded: bool) -> InferredRange:
    start = _moment(foreign, "VALIDSTART")
    end = _moment(foreign, "VALIDEND")
    origin = foreign.origin.start if foreign.origin else None
    if start is not None:
        if origin is not None and profile.certified_by == "name":
            start = origin
        return _checked(start, end, None, rounded=rounded)
    if profile.certified_by == "name":
        # There, a file's name certifies it: only a start that somebody gave will do.
        raise EditingError(
            "VALIDSTART is missing, and in this profile the file name is the start of validity",
            keyword="VALIDSTART",
            hint="give --start",
        )
    name = origin or made_at(foreign, profile) or arrival.created
    if name is None:
        raise EditingError(
            "its file name is unknown: VALIDSTART and the creation date are missing",
            keyword="VALIDSTART",
            hint="give --start",
        )
    return InferredRange(name.replace(microsecond=0), None, certified=False)


def _checked(
    start: datetime, end: datetime | None, given: GivenRange | None, *, rounded: bool
) -> InferredRange:
    if start.microsecond:
        if not rounded:
            raise EditingError(
                f"it starts at {start.isoformat()} UTC: a file name contains whole seconds",
                value=start.isoformat(),
                hint="--round moves the start to the next whole second",
            )
        start = start.replace(microsecond=0) + _SECOND
    if end is not None and end <= start:
        raise EditingError(
            f"its range is empty: from {format_date(start)} to {end.isoformat()}", value=end.isoformat()
        )
    return InferredRange(start, end, certified=True, followed=given is not None and given.followed)


def _moment(foreign: Foreign, keyword: str) -> datetime | None:
    """Return a date of the header in UTC, whatever scale ``TIMESYS`` names (FITS standard 4.0, 9.2.1)."""
    from curator.calibrations.time.time_scales import from_tai

    value = foreign.says(keyword)
    if value is None:
        return None
    try:
        found = parse_date(value)
    except CalibrationError as error:
        raise EditingError(
            f"{keyword} {error.message:.120}", keyword=keyword, value=value, hint="give --start and --end"
        ) from None
    scale = str(foreign.says("TIMESYS") or "UTC").strip().upper()
    if scale == "UTC":
        return found
    if scale == "TAI":
        return from_tai(found)
    raise EditingError(
        f"TIMESYS is {scale!r:.30}: {keyword} must be in UTC or TAI",
        keyword="TIMESYS",
        value=scale,
        hint="give --start and --end in UTC",
    )


def made_at(foreign: Foreign, profile: Profile) -> datetime | None:
    """Return when a calibration was made (UTC), as far as its header says so."""
    from curator.checks.fixing.parse_loose_dates import read_moment

    day, time = (
        foreign.says("CALIB_CREATION_DATE", "CALIB_CREATE_DATE"),
        foreign.says("CALIB_CREATION_TIME", "CALIB_CREATE_TIME"),
    )
    texts: list[Any] = [f"{str(day)[:10]}T{time}" if day and time else day, foreign.says("DATE")]
    if profile.calibdate == "creation":
        texts.insert(1, foreign.says("CALIBDATE"))
    else:
        texts.append(None)
    for text in texts:
        found = read_moment(text) if isinstance(text, str) else None
        if found is not None and found.utc is not None:
            return found.utc.replace(microsecond=0)
    return None
