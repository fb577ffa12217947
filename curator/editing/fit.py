"""Which profile the headers of an existing repository were written for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curator.calibrations.dates import parse_date
from curator.calibrations.header import find_keyword, get_keyword
from curator.errors import CalibrationError

if TYPE_CHECKING:
    from curator.calibrations.profiles import Profile
    from curator.calibrations.types import DatasetType
    from curator.repository.paths import CalibPath

__all__ = ["Fitting", "Misfit", "misfits"]

_SHOWN = 3


@dataclass(slots=True)
class Misfit:
    """One way in which files break a profile: how many do, and the first of them."""

    reason: str
    files: int = 0
    first: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Fitting:
    """What a profile has to say against the files of a repository."""

    misfitting: int = 0
    by_reason: dict[str, Misfit] = field(default_factory=dict)

    def add(self, path: str, reasons: Collection[str]) -> None:
        """Count a file that breaks the profile for some reasons; none is none."""
        self.misfitting += bool(reasons)
        for reason in reasons:
            entry = self.by_reason.setdefault(reason, Misfit(reason))
            entry.files += 1
            if len(entry.first) < _SHOWN:
                entry.first.append(path)

    @property
    def weight(self) -> tuple[int, int]:
        """How much there is to mend: files, and of equals the number of things."""
        return self.misfitting, sum(one.files for one in self.by_reason.values())

    def ranked(self) -> list[Misfit]:
        """Return the reasons, that of most files first."""
        return sorted(self.by_reason.values(), key=lambda one: (-one.files, one.reason))


def misfits(
    header: Mapping[str, Any], place: CalibPath, dataset_type: DatasetType, profile: Profile
) -> tuple[str, ...]:
    """Return in a few words each how a header breaks a profile."""
    wrong = [_missing(name, header) for name in profile.keywords(dataset_type) if name not in header]
    if not dataset_type.has_filter and "FILTER" in header and header["FILTER"] not in profile.unfiltered:
        known = " or ".join({None: "null", "": "empty"}.get(one, str(one)) for one in profile.unfiltered)
        wrong.append(f"FILTER of a type without filters is not {known}")
    if "CALIBDATE" in header and not _dated(header, place, profile):
        moment = "the valid start" if profile.calibdate == "start" else "the date and time of creation"
        wrong.append(f"CALIBDATE is not {moment}")
    return tuple(wrong)


def _missing(name: str, header: Mapping[str, Any]) -> str:
    other = find_keyword(header, name)
    return f"{name} is missing" if other is None else f"{name} is not in upper case"


def _dated(header: Mapping[str, Any], place: CalibPath, profile: Profile) -> bool:
    try:
        date = parse_date(header["CALIBDATE"])
        if profile.calibdate == "start":
            return date == place.start
        day, time = get_keyword(header, "CALIB_CREATION_DATE"), get_keyword(header, "CALIB_CREATION_TIME")
        return day is None or time is None or date == parse_date(f"{day}T{time}").replace(microsecond=0)
    except CalibrationError:
        return False
