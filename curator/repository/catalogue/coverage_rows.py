"""Coverage as it is drawn: alike rows in one, and a time axis on which every change can be seen."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from curator.counts import counted
from curator.repository.catalogue.grouping import group_equal, named

if TYPE_CHECKING:
    from curator.repository.catalogue.coverage import Coverage

__all__ = ["BAR", "MARKS", "Axis", "Band", "CoverageRow", "bands", "bar", "rows", "summary"]

# Characters of a bar, and what each of them says.
BAR = 30
MARKS = "= covered   . nothing valid   ! two valid   | next one starts"

# First starts such as 1970-01-01 are cut off: this much longer before the next change than all that follows.
_FAR = 1.5
# Where only one change follows, nothing can be compared: then starts this long before it.
_FAR_FROM_ONE = timedelta(days=3653)
# More rows than these are not told apart by labels: those of one type share one.
_MOST_LABELS = 60


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The data IDs of one camera and dataset type that are covered alike.

    Parameters
    ----------
    camera, dataset_type : str
    detectors, filters : tuple of str
        Empty if the type has none.
    coverage : Coverage
        Of the first of them.
    """

    camera: str
    dataset_type: str
    detectors: tuple[str, ...]
    filters: tuple[str, ...]
    coverage: Coverage

    @property
    def label(self) -> str:
        """What it is of but for the camera; of several detectors or filters how many."""
        names = named("detector", self.detectors), named("filter", self.filters)
        return ", ".join(filter(None, (self.dataset_type, *names)))

    @property
    def is_folded(self) -> bool:
        """Whether it stands for more than one data ID."""
        return len(self.detectors) > 1 or len(self.filters) > 1


def rows(found: Sequence[Coverage]) -> list[CoverageRow]:
    """Return rows in the order of ``found``; those that differ by nothing but detector and filter are one."""
    groups = group_equal(
        found,
        lambda one: (one.data_id.detector_name, one.data_id.physical_filter),
        lambda one: (
            one.camera,
            one.data_id.dataset_type,
            tuple(used.range for used in one.ranges),
        ),
    )
    firsts = [(group, group.members[0]) for group in groups]
    return [
        CoverageRow(one.camera, one.data_id.dataset_type, group.detectors, group.filters, one)
        for group, one in firsts
    ]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that are drawn below each other under one label.

    Parameters
    ----------
    label : str
    rows : tuple of CoverageRow
        Several only where there are too many rows for a label each.
    """

    label: str
    rows: tuple[CoverageRow, ...]


def bands(lines: Sequence[CoverageRow]) -> list[Band]:
    """Return rows in bands: one each, or, if that were too many to read, one for each dataset type."""
    if len(lines) <= _MOST_LABELS:
        return [Band(_brief(f"{one.camera} {one.label}", [one]), (one,)) for one in lines]
    groups = (tuple(group) for _, group in groupby(lines, lambda one: (one.camera, one.dataset_type)))
    return [Band(_brief("", group), group) for group in groups]


def _brief(label: str, group: Sequence[CoverageRow], most: int = 64) -> str:
    """Return a label that leaves room for what it is of: names, if they are short, else their numbers."""
    if label and len(label) <= most:
        return label
    detectors = {name for one in group for name in one.detectors}
    filters = {name for one in group for name in one.filters}
    counts = [
        next(iter(names)) if len(names) == 1 else f"{len(names)} {kind}s"
        for kind, names in (("detector", detectors), ("filter", filters))
        if names
    ]
    text = ", ".join((f"{group[0].camera} {group[0].dataset_type}", *counts))
    return text if len(text) <= most else f"{text[: most - 1]}…"


@dataclass(frozen=True, slots=True)
class Axis:
    """From when to when time is drawn.

    Parameters
    ----------
    begin, end : datetime
        UTC.
    is_cut : bool
        Something begins before ``begin``: far away, where nothing else happens.
    changes_until : datetime
        The last change; ``end`` is a little later, so that what holds then can be seen.
    """

    begin: datetime
    end: datetime
    is_cut: bool
    changes_until: datetime

    @classmethod
    def of(cls, found: Sequence[Coverage]) -> Axis:
        """Return the axis on which all changes of ``found``, which is not empty, can be told apart."""
        spans = [used.range for one in found for used in one.ranges]
        moments = sorted({start for start, _ in spans} | {end for _, end in spans if end is not None})
        last = moments[-1]
        begin = _after_far_starts(moments, {one.ranges[0].start for one in found})
        is_cut = begin > moments[0]
        length = last - begin
        margin = length / 12 if length else timedelta(days=365)
        return cls(_shifted(begin, -margin if is_cut else -margin / 8), _shifted(last, margin), is_cut, last)


def _after_far_starts(moments: Sequence[datetime], firsts: Container[datetime]) -> datetime:
    """Return the first moment to draw: starts long before all others, such as 1970-01-01, are left out.

    Only first starts of rows are left out, never a gap, an end or the next range.
    """
    last = moments[-1]
    for before, after in pairwise(moments):
        if before not in firsts:
            break
        span = last - after
        if after - before > (_FAR * span if span else _FAR_FROM_ONE):
            return after
    return moments[0]


def _shifted(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return moment


def bar(one: Coverage, axis: Axis) -> str:
    """Return the marks of one line; a moment without calibrations shows, however short it is."""
    span = axis.end - axis.begin

    def at(moment: datetime) -> int:
        return max(0, min(BAR - 1, int((moment - axis.begin) / span * BAR)))

    marks = ["."] * BAR
    for entry in one.ranges:
        stop = at(entry.end) if entry.end else BAR
        for place in range(at(entry.start), max(stop, at(entry.start) + 1)):
            marks[place] = "="
    for entry in one.ranges[1:]:
        marks[at(entry.start)] = "|"
    for start, _ in one.gaps:
        marks[at(start)] = "."
    for _, after in one.overlaps:
        marks[at(after.start)] = "!"
    if one.ranges[0].start < axis.begin:
        marks[0] = "<"
    return "".join(marks)


def summary(found: Sequence[Coverage]) -> str:
    """Return how many of what have gaps and overlaps."""
    gaps, overlaps = sum(bool(one.gaps) for one in found), sum(bool(one.overlaps) for one in found)
    bad = [f"{count} with {what}" for count, what in ((gaps, "gaps"), (overlaps, "overlaps")) if count]
    things = f"{counted(len(found), 'data ID')} (dataset type, detector, filter)"
    return f"{things}: {', '.join(bad) or 'no gaps, no overlaps'}"
