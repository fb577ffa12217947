"""When each thing is covered by certified calibrations, and when it is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from curator.repository.catalogue.intervals import gaps, overlaps, spans

if TYPE_CHECKING:
    from curator.calibrations.data_id import DataId
    from curator.repository.catalogue.catalogue import Catalogue, Entry
    from curator.repository.catalogue.intervals import EntryRange

__all__ = ["Coverage", "coverage", "coverage_facts"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The certified calibrations of one data ID.

    Parameters
    ----------
    camera : str
        As its entries have it.
    data_id : DataId
    ranges : tuple of EntryRange
        When one of them is to be used, by start; a calibration may have several.
    gaps : tuple of (datetime, datetime)
        Between two of them (UTC), where nothing holds.
    overlaps : tuple of (EntryRange, EntryRange)
        Where two hold at once.
    """

    camera: str
    data_id: DataId
    ranges: tuple[EntryRange, ...]
    gaps: tuple[tuple[datetime, datetime], ...]
    overlaps: tuple[tuple[EntryRange, EntryRange], ...]

    @property
    def files(self) -> int:
        """How many calibrations they are of."""
        return len({one.path for one in self.ranges})

    @property
    def end(self) -> datetime | None:
        """When the last of them ends, `None` if one has no end."""
        ends = [one.end for one in self.ranges if one.end is not None]
        return max(ends) if len(ends) == len(self.ranges) else None


def coverage(catalogue: Catalogue) -> list[Coverage]:
    """Return the coverage of every data ID that has something certified, by data ID."""
    groups: defaultdict[tuple[str, str, str, str], list[Entry]] = defaultdict(list)
    for entry in catalogue.entries:
        if entry.status == "certified":
            groups[entry.key].append(entry)
    found = []
    for _, group in sorted(groups.items()):
        ranges = tuple(spans(group))
        first = ranges[0].entry
        found.append(
            Coverage(first.camera, first.data_id, ranges, tuple(gaps(group)), tuple(overlaps(group)))
        )
    return found


def coverage_facts(found: Iterable[Coverage]) -> list[dict[str, object]]:
    """Return coverage as values for JSON."""
    return [
        {
            "camera": one.camera,
            "dataset_type": one.data_id.dataset_type,
            "detector": one.data_id.detector_name or None,
            "physical_filter": one.data_id.physical_filter or None,
            "ranges": [
                {"path": str(entry.path), "start": _text(entry.start), "end": _text(entry.end)}
                for entry in one.ranges
            ],
            "gaps": [[_text(start), _text(stop)] for start, stop in one.gaps],
            "overlaps": [[str(before.path), str(after.path)] for before, after in one.overlaps],
        }
        for one in found
    ]


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
