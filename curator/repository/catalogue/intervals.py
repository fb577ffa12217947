"""The ranges of one data ID in the order of time: what lies between them, and which of them meet.

Hooks ask it of single files: nothing here is slow to import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from curator.calibrations.time.validity_range import ValidityRange

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.layout.paths import CalibPath

__all__ = ["EntryRange", "gaps", "overlaps", "spans", "spells"]


class EntryRange(NamedTuple):
    """One of the ranges in which a calibration is to be used."""

    range: ValidityRange
    entry: Entry

    @property
    def start(self) -> datetime:
        return self.range.start

    @property
    def end(self) -> datetime | None:
        return self.range.end

    @property
    def path(self) -> CalibPath:
        return self.entry.path


def spans(entries: Iterable[Entry]) -> list[EntryRange]:
    """Return every range of some calibrations, by start."""
    found = [EntryRange(validity, one) for one in entries for validity in one.ranges]
    return sorted(found, key=lambda one: (one.start, str(one.path)))


def gaps(entries: Iterable[Entry]) -> Iterator[tuple[datetime, datetime]]:
    """Give the intervals between the ranges of one data ID in which nothing holds."""
    reach: datetime | None = None
    for one in spans(entries):
        if reach is not None and one.start > reach:
            yield reach, one.start
        end = one.end or datetime.max
        reach = end if reach is None else max(reach, end)


def overlaps(entries: Iterable[Entry]) -> Iterator[tuple[EntryRange, EntryRange]]:
    """Give each range of one data ID that begins while another holds, behind that one."""
    longest: EntryRange | None = None
    for one in spans(entries):
        if longest is not None and (longest.end or datetime.max) > one.start:
            yield longest, one
        if longest is None or (one.end or datetime.max) > (longest.end or datetime.max):
            longest = one


def spells(entries: Iterable[Entry]) -> Iterator[tuple[ValidityRange, list[Entry]]]:
    """Give the times without a break in which any of some calibrations holds, and which of them do then."""
    current: ValidityRange | None = None
    within: list[Entry] = []
    for one in spans(entries):
        if current is not None and (current.end is None or one.start <= current.end):
            end = None if current.end is None or one.end is None else max(current.end, one.end)
            current = ValidityRange(current.start, end)
            within.append(one.entry)
            continue
        if current is not None:
            yield current, within
        current, within = one.range, [one.entry]
    if current is not None:
        yield current, within
