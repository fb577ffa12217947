"""Calibrations that are to be used instead of the certified ones, for some data IDs and times (LDM-592 LDF2).

The answers are those of a Butler in which the interval of an override has its calibration certified, and
nothing else: an exposure that straddles the border of one is ambiguous if anything holds on the other side.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from curator.repository.selection.selection import Answer, Rejection, Request, Selector

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Entry

__all__ = ["Overridden", "Override", "OverridingSelector"]

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Override:
    """One entry of a file of overrides.

    Parameters
    ----------
    entry : Entry
        The calibration that is to be used; its data ID is what it is to be used for.
    begin, end : datetime
        UTC, half-open; ``datetime.min`` and ``datetime.max`` where open.
    reason : str
    path, line : str, int
        Where it stands.
    """

    entry: Entry
    begin: datetime
    end: datetime
    reason: str
    path: str
    line: int

    @property
    def key(self) -> Key:
        return self.entry.key

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Overridden(Answer):
    """An answer that overrides had a part in.

    Parameters
    ----------
    overrides : tuple of Override
        Those with a moment of the exposure, by begin; their calibrations are among ``entries``, with the
        interval of the override for a range.
    otherwise : Answer
        What would be found without any.
    """

    overrides: tuple[Override, ...]
    otherwise: Answer


class OverridingSelector:
    """Answers as a `Selector` does, after overrides.

    Parameters
    ----------
    selector : Selector
    overrides : iterable of Override
        No two for one data ID at the same moment.
    """

    def __init__(self, selector: Selector, overrides: Iterable[Override]) -> None:
        self._selector = selector
        groups: defaultdict[Key, list[Override]] = defaultdict(list)
        for one in sorted(overrides, key=lambda one: one.begin):
            groups[one.key].append(one)
        self._groups = {key: _Intervals(group) for key, group in groups.items()}

    def select(self, request: Request) -> Answer:
        """Return what applies: an `Overridden` where an override has a moment of the exposure."""
        plain = self._selector.select(request)
        intervals = self._groups.get(request.key)
        found = intervals.overlapping(request.begin, request.end) if intervals else []
        if not found:
            return plain
        beside = {
            id(entry): entry
            for begin, end in _remainder(request, found)
            for entry in self._selector.select(replace(request, begin=begin, end=end)).entries
        }
        entries = [*map(_as_certified, found), *beside.values()]
        entries.sort(key=lambda one: (one.start, str(one.path)))
        return Overridden(request, tuple(entries), tuple(found), plain)

    def explain(self, request: Request) -> tuple[Rejection, ...]:
        """Return why each other calibration of the camera and type does not apply, nearest miss first.

        What would be chosen without overrides is not among them: see `Overridden.otherwise`.
        """
        chosen = {one.path for one in self.select(request).entries}
        return tuple(one for one in self._selector.explain(request) if one.entry.path not in chosen)


class _Intervals:
    """The overrides of one data ID, by begin."""

    def __init__(self, overrides: Sequence[Override]) -> None:
        self._overrides = overrides
        self._begins = [one.begin for one in overrides]
        self._ends = [one.end for one in overrides]

    def overlapping(self, begin: datetime, end: datetime) -> Sequence[Override]:
        """Return those with any moment of [begin, end), or with ``begin`` itself."""
        last = bisect_right(self._begins, begin) if end <= begin else bisect_left(self._begins, end)
        return self._overrides[bisect_right(self._ends, begin, 0, last) : last]


def _remainder(request: Request, overrides: Iterable[Override]) -> Iterator[tuple[datetime, datetime]]:
    """Give the parts of an exposure that no override has."""
    reached = request.begin
    for one in overrides:
        if reached < one.begin:
            yield reached, one.begin
        reached = max(reached, one.end)
    if reached < request.end:
        yield reached, request.end


def _as_certified(one: Override) -> Entry:
    entry = one.entry
    end = None if one.end == datetime.max else one.end
    return type(entry)(
        entry.path, entry.blob, entry.camera, entry.data_id, one.begin, end, "none", "certified"
    )
