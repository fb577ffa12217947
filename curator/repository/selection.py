"""Which calibration applies to an exposure, and why not another one.

The answers are those of a Butler that the same commit was ingested into: only certified calibrations count, a
range holds from its start until just before its end, and an exposure that two ranges share is ambiguous.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from curator.calibrations.dates import format_date

if TYPE_CHECKING:
    from curator.repository.catalogue import Catalogue, Entry

__all__ = ["Answer", "Clause", "Rejection", "Request", "Selector", "gaps", "overlaps", "validity"]

Clause = Literal["detector", "filter", "uncertified", "ended", "begins"]
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
        Every certified calibration for it whose range has a moment of the exposure, by start: one is the
        answer, none means that nothing is valid, several are ambiguous.
    """

    request: Request
    entries: tuple[Entry, ...]

    @property
    def status(self) -> Literal["found", "none", "ambiguous"]:
        return "none" if not self.entries else "found" if len(self.entries) == 1 else "ambiguous"

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
    clause : {"detector", "filter", "uncertified", "ended", "begins"}
        The first condition that it fails.
    distance : timedelta
        From the exposure to its range; zero where the range is not what fails.
    """

    entry: Entry
    clause: Clause
    distance: timedelta = timedelta()


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
                groups[entry.data_id.key].append(entry)
        self._groups = {key: _Ranges(sorted(group, key=_order)) for key, group in groups.items()}

    def select(self, request: Request) -> Answer:
        """Return what applies."""
        ranges = self._groups.get(request.key)
        return Answer(request, tuple(ranges.overlapping(request.begin, request.end)) if ranges else ())

    def explain(self, request: Request) -> tuple[Rejection, ...]:
        """Return why each other calibration of the camera and type does not apply, nearest miss first."""
        chosen = {one.path for one in self.select(request).entries}
        found = [
            _rejection(entry, request)
            for entry in self._entries
            if entry.data_id.key[:2] == request.key[:2] and entry.path not in chosen
        ]
        return tuple(sorted(found, key=lambda one: (_RANK[one.clause], one.distance, str(one.entry.path))))


class _Ranges:
    """The ranges of one data ID, by start."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._starts = [entry.start for entry in entries]
        # The latest end so far: where it is not after a moment, nothing before holds then.
        self._reach: list[datetime] = []
        for entry in entries:
            end = entry.end or datetime.max
            self._reach.append(max(end, self._reach[-1]) if self._reach else end)

    def overlapping(self, begin: datetime, end: datetime) -> Iterator[Entry]:
        """Give what holds at any moment of [begin, end), or at ``begin`` itself."""
        last = bisect_right(self._starts, begin) if end <= begin else bisect_left(self._starts, end)
        first = bisect_right(self._reach, begin, 0, last)
        for entry in self._entries[first:last]:
            if entry.end is None or entry.end > begin:
                yield entry


# What a person can do something about comes first: the same thing at another time, before other things.
_RANK: dict[Clause, int] = {"uncertified": 0, "ended": 1, "begins": 1, "filter": 2, "detector": 3}


def _order(entry: Entry) -> tuple[datetime, str]:
    return entry.start, str(entry.path)


def _rejection(entry: Entry, request: Request) -> Rejection:
    data_id = entry.data_id
    if (data_id.detector or "") != (request.detector or ""):
        return Rejection(entry, "detector")
    if (data_id.physical_filter or "") != (request.physical_filter or ""):
        return Rejection(entry, "filter")
    if entry.end is not None and entry.end <= request.begin:
        return Rejection(entry, "ended", request.begin - entry.end)
    if entry.start > request.begin and entry.start >= request.end:
        return Rejection(entry, "begins", entry.start - request.begin)
    return Rejection(entry, "uncertified")


def validity(entry: Entry) -> str:
    """Return the range of a calibration in words."""
    end = f"until {format_date(entry.end)}" if entry.end else "without end"
    return f"from {format_date(entry.start)} {end}"


def gaps(entries: Iterable[Entry]) -> Iterator[tuple[datetime, datetime]]:
    """Give the intervals between the ranges of one data ID in which nothing holds."""
    reach: datetime | None = None
    for entry in sorted(entries, key=_order):
        if reach is not None and entry.start > reach:
            yield reach, entry.start
        end = entry.end or datetime.max
        reach = end if reach is None else max(reach, end)


def overlaps(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Give each calibration of one data ID that begins while another holds, behind that one."""
    longest: Entry | None = None
    for entry in sorted(entries, key=_order):
        if longest is not None and (longest.end or datetime.max) > entry.start:
            yield longest, entry
        if longest is None or (entry.end or datetime.max) > (longest.end or datetime.max):
            longest = entry
