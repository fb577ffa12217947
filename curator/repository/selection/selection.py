"""Which calibration applies to an exposure, and why not another one.

The answers are those of a Butler that the same commit was ingested into: only certified calibrations count, a
range holds from its start until just before its end, and an exposure that two ranges share is ambiguous, even
if both are of one calibration.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from curator.calibrations.time.dates import format_date
from curator.calibrations.time.validity_range import ValidityRange
from curator.repository.catalogue.intervals import EntryRange, spans

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Catalogue, Entry

__all__ = [
    "Answer",
    "Clause",
    "Rejection",
    "Request",
    "Selector",
    "validity",
]

Clause = Literal["detector", "filter", "uncertified", "deprecated", "ended", "begins"]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """What an exposure needs.

    Parameters
    ----------
    camera : str
        Directory of the camera.
    dataset_type : str
    detector, physical_filter : str or None
        Names; `None` where the type has no such dimension.
    begin, end : datetime
        Of the exposure (UTC), half-open; equal for a moment.
    """

    camera: str
    dataset_type: str
    detector: str | None
    physical_filter: str | None
    begin: datetime
    end: datetime

    @property
    def key(self) -> Key:
        return self.camera, self.dataset_type, self.detector or "", self.physical_filter or ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Parameters
    ----------
    request : Request
    entries : tuple of Entry
        The calibration of every range that has a moment of the exposure, by start: one is the answer, none
        means that nothing is valid, several are ambiguous. One with two such ranges is there twice.
    """

    request: Request
    entries: tuple[Entry, ...]

    @property
    def status(self) -> Literal["found", "none", "ambiguous"]:
        return "none" if not self.entries else "found" if len(self.entries) == 1 else "ambiguous"

    @property
    def spans(self) -> list[EntryRange]:
        """The ranges that have a moment of the exposure, by start."""
        return [one for one in spans(dict.fromkeys(self.entries)) if _side(one.range, self.request) is None]

    @property
    def entry(self) -> Entry | None:
        """The one that applies, `None` if none or several do."""
        return self.entries[0] if len(self.entries) == 1 else None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a calibration of the same camera and type does not apply.

    Parameters
    ----------
    entry : Entry
    clause : {"detector", "filter", "uncertified", "deprecated", "ended", "begins"}
        The first condition that it fails.
    distance : timedelta
        From the exposure to its range; zero where the range is not what fails.
    date : datetime or None
        When that range ended, or begins.
    reason : str
        Why it is deprecated then.
    """

    entry: Entry
    clause: Clause
    distance: timedelta = timedelta()
    date: datetime | None = None
    reason: str = ""


class Selector:
    """Answers requests from one catalogue; a request costs two bisections.

    Parameters
    ----------
    catalogue : Catalogue
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries = catalogue.entries
        groups: defaultdict[Key, list[Entry]] = defaultdict(list)
        for entry in catalogue.entries:
            if entry.status == "certified":
                groups[entry.key].append(entry)
        self._groups = {key: _Ranges(spans(group)) for key, group in groups.items()}

    def select(self, request: Request) -> Answer:
        """Return what applies."""
        ranges = self._groups.get(request.key)
        return Answer(request, tuple(ranges.overlapping(request.begin, request.end)) if ranges else ())

    def explain(self, request: Request) -> tuple[Rejection, ...]:
        """Return why each other calibration of the camera and type does not apply, nearest miss first."""
        chosen = {id(one) for one in self.select(request).entries}
        found = [
            _rejection(entry, request)
            for entry in self._entries
            if entry.key[:2] == request.key[:2] and id(entry) not in chosen
        ]
        return tuple(sorted(found, key=lambda one: (_RANK[one.clause], one.distance, str(one.entry.path))))


class _Ranges:
    """The ranges of one data ID, by start."""

    def __init__(self, found: list[EntryRange]) -> None:
        self._spans = found
        self._starts = [one.start for one in found]
        # The latest end so far: where it is not after a moment, nothing before holds then.
        self._reach: list[datetime] = []
        for one in found:
            end = one.end or datetime.max
            self._reach.append(max(end, self._reach[-1]) if self._reach else end)

    def overlapping(self, begin: datetime, end: datetime) -> Iterator[Entry]:
        """Give what holds at any moment of [begin, end), or at ``begin`` itself."""
        last = bisect_right(self._starts, begin) if end <= begin else bisect_left(self._starts, end)
        first = bisect_right(self._reach, begin, 0, last)
        for one in self._spans[first:last]:
            if one.end is None or one.end > begin:
                yield one.entry


# What a person can do something about comes first: the same thing at another time, before other things.
_RANK: dict[Clause, int] = {
    "uncertified": 0,
    "deprecated": 0,
    "ended": 1,
    "begins": 1,
    "filter": 2,
    "detector": 3,
}


def _rejection(entry: Entry, request: Request) -> Rejection:
    data_id = entry.data_id
    if data_id.detector_name != (request.detector or ""):
        return Rejection(entry, "detector")
    if data_id.physical_filter != (request.physical_filter or ""):
        return Rejection(entry, "filter")
    if _side(entry.validity, request) is None:
        if entry.status == "uncertified":
            return Rejection(entry, "uncertified")
        for one in entry.deprecations:
            if one.meets(request.begin, request.end):
                return Rejection(entry, "deprecated", reason=one.reason)
    ranges = entry.ranges or (entry.validity,)
    sides = [side for one in ranges if (side := _side(one, request)) is not None]
    distance, clause, date = min(sides)
    return Rejection(entry, clause, distance, date)


def _side(one: ValidityRange, request: Request) -> tuple[timedelta, Clause, datetime] | None:
    """Return how far from an exposure a range ended or begins, and when; `None` if it holds then."""
    start, end = one
    if end is not None and end <= request.begin:
        return request.begin - end, "ended", end
    if start > request.begin and start >= request.end:
        return start - request.begin, "begins", start
    return None


def validity(entry: Entry) -> str:
    """Return when a calibration is to be used, in words."""
    return ", and ".join(
        f"from {format_date(start)} {f'until {format_date(end)}' if end else 'without end'}"
        for start, end in entry.ranges
    )
