"""Which profile the headers of an existing repository were written for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from curator.calibrations.dates import parse_date
from curator.calibrations.header import get_keyword
from curator.errors import CalibrationError

if TYPE_CHECKING:
    from curator.calibrations.profiles import Profile
    from curator.calibrations.types import DatasetType
    from curator.repository.paths import CalibPath

__all__ = ["misfits"]


def misfits(
    header: Mapping[str, Any], place: CalibPath, dataset_type: DatasetType, profile: Profile
) -> tuple[str, ...]:
    """Return the keywords with which a header breaks a profile."""
    wrong = [name for name in profile.keywords(dataset_type) if name not in header]
    if not dataset_type.has_filter and "FILTER" in header and header["FILTER"] not in profile.unfiltered:
        wrong.append("FILTER")
    if "CALIBDATE" in header and not _dated(header, place, profile):
        wrong.append("CALIBDATE")
    return tuple(wrong)


def _dated(header: Mapping[str, Any], place: CalibPath, profile: Profile) -> bool:
    try:
        date = parse_date(header["CALIBDATE"])
        if profile.calibdate == "start":
            return date == place.start
        day, time = get_keyword(header, "CALIB_CREATION_DATE"), get_keyword(header, "CALIB_CREATION_TIME")
        return day is None or time is None or date == parse_date(f"{day}T{time}").replace(microsecond=0)
    except CalibrationError:
        return False
