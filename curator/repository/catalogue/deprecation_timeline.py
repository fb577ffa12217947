"""When each of the calibrations for one thing is to be used, where some of them are deprecated.

By itself each holds from its start until its written end, or until the next one starts; a deprecated one too
ends the one before it. What a deprecation takes out of that is a gap, or falls back to the one before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from curator.calibrations.header.deprecation import Deprecation
from curator.calibrations.time.validity_range import ValidityRange

__all__ = ["NominalRange", "UsedRanges", "serve"]


class NominalRange(NamedTuple):
    """A certified calibration, as it says itself.

    Parameters
    ----------
    start : datetime
    end : datetime or None
        When it ends by itself: as it says, or when the next one starts; UTC.
    is_written : bool
        It says so itself: a person decided that it holds no longer.
    deprecations : sequence of Deprecation
    """

    start: datetime
    end: datetime | None
    is_written: bool
    deprecations: Sequence[Deprecation] = ()


class UsedRanges(NamedTuple):
    """What `serve` says of one calibration.

    Parameters
    ----------
    ranges : tuple of ValidityRange
        When it is to be used: UTC, half-open, by start, apart from one another.
    missing : tuple of (ValidityRange, int)
        What its deprecations take out of its own range that nothing is used for, and the number of the
        calibration that could have been, but is deprecated then or ends before; -1 where none could.
    idle : tuple of int
        Numbers of its deprecations for which it would not be used anyway.
    """

    ranges: tuple[ValidityRange, ...]
    missing: tuple[tuple[ValidityRange, int], ...]
    idle: tuple[int, ...]


def serve(line: Sequence[NominalRange]) -> list[UsedRanges]:
    """Return when each of the calibrations for one thing is to be used.

    Where two deprecations of one calibration meet, that without a fall-back decides. What falls back goes to
    the calibration that starts before; if that is deprecated then too, with a fall-back, to the one before
    that; and never beyond an end that is written.

    It goes through time once, from one date at which anything changes to the next: n log n in the
    deprecations, where no two calibrations hold by themselves at the same time.

    Parameters
    ----------
    line : sequence of NominalRange
        By start.
    """
    ranges: list[list[ValidityRange]] = [[] for _ in line]
    missing: list[list[tuple[ValidityRange, int]]] = [[] for _ in line]
    sweep = _Sweep(line)
    for start, end in pairwise((*sweep.dates, None)):
        assert start is not None
        sweep.go_on(start)
        for number in sweep.holding:
            at, used = sweep.ask(number)
            if used:
                _append(ranges[at], start, end)
            elif missing[number] and missing[number][-1][0].end == start and missing[number][-1][1] == at:
                missing[number][-1] = ValidityRange(missing[number][-1][0].start, end), at
            else:
                missing[number].append((ValidityRange(start, end), at))
    return [
        UsedRanges(tuple(used), tuple(lacking), tuple(sweep.idle(number)))
        for number, (used, lacking) in enumerate(zip(ranges, missing, strict=True))
    ]


class _Sweep:
    """Who answers for each calibration, at one date after another."""

    def __init__(self, line: Sequence[NominalRange]) -> None:
        self._holds, self._refuses, self._falls = ([0] * len(line) for _ in range(3))
        # By date, whose count changes, which of the counts above, and by how much.
        self._changes: defaultdict[datetime, list[tuple[int, list[int], int]]] = defaultdict(list)
        self._closing: defaultdict[datetime | None, list[tuple[int, int]]] = defaultdict(list)
        for number, one in enumerate(line):
            self._change(number, self._holds, one.start, one.end)
            if one.is_written and one.end:
                self._change(number, self._refuses, one.end, None)
            for which, other in enumerate(one.deprecations):
                start = max(other.start or line[0].start, line[0].start)
                if other.end is None or start < other.end:
                    counts = self._falls if other.fall_back else self._refuses
                    self._change(number, counts, start, other.end)
                    self._closing[other.end].append((number, which))
        self.dates = sorted(self._changes)
        self._line = line
        self._step = -1
        self._asked = _Latest(len(line))
        self._effective: set[tuple[int, int]] = set()
        # Of those that start at the same time none is before another, and the last is asked for them.
        starts = [one.start for one in line]
        self._first = [bisect_left(starts, start) for start in starts]
        self._answering = [number for number in range(len(line)) if self._is_asked(number)]
        self.holding: list[int] = []

    def _change(self, number: int, counts: list[int], start: datetime, end: datetime | None) -> None:
        self._changes[start].append((number, counts, 1))
        if end is not None:
            self._changes[end].append((number, counts, -1))

    def _is_asked(self, number: int) -> bool:
        return number + 1 == len(self._first) or self._first[number + 1] == number + 1

    def go_on(self, date: datetime) -> None:
        """Come to the next of the dates."""
        self._close(date)
        self._step += 1
        for number, counts, step in self._changes[date]:
            counts[number] += step
            if counts is self._holds:
                _put(self.holding, number, bool(counts[number]))
            elif self._is_asked(number):
                _put(self._answering, number, not self._falls_back(number))

    def _falls_back(self, number: int) -> bool:
        return bool(self._falls[number]) and not self._refuses[number]

    def ask(self, number: int) -> tuple[int, bool]:
        """Return who answers for a calibration, -1 for nobody, and whether that one is used."""
        self._asked.mark(number, number, self._step)
        if self._falls_back(number):
            first = self._first[number]
            at = bisect_left(self._answering, first) - 1
            number = self._answering[at] if at >= 0 else -1
            self._asked.mark(max(number, 0), first - 1, self._step)
        return number, number >= 0 and not self._refuses[number]

    def _close(self, date: datetime | None) -> None:
        """See whether the calibrations were asked since their deprecations that end now began."""
        for number, which in self._closing.pop(date, ()):
            start = self._line[number].deprecations[which].start
            began = bisect_left(self.dates, start) if start else 0
            if self._asked.at(number) >= began:
                self._effective.add((number, which))

    def idle(self, number: int) -> Iterator[int]:
        """Give the numbers of a calibration's deprecations in which nobody asked for it, in the end."""
        self._close(None)
        for which in range(len(self._line[number].deprecations)):
            if (number, which) not in self._effective:
                yield which


class _Latest:
    """When each of some numbers was marked last, where whole ranges of them are marked: a segment tree."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._marks = [-1] * (2 * count)

    def mark(self, first: int, last: int, when: int) -> None:
        low, high = first + self._count, last + self._count + 1
        while low < high:
            if low & 1:
                self._marks[low] = when
                low += 1
            if high & 1:
                high -= 1
                self._marks[high] = when
            low, high = low >> 1, high >> 1

    def at(self, number: int) -> int:
        at, found = number + self._count, -1
        while at:
            found = max(found, self._marks[at])
            at >>= 1
        return found


def _put(numbers: list[int], number: int, is_in: bool) -> None:
    """Let a number be among sorted ones, or not."""
    at = bisect_left(numbers, number)
    there = at < len(numbers) and numbers[at] == number
    if is_in and not there:
        numbers.insert(at, number)
    elif there and not is_in:
        del numbers[at]


def _append(pieces: list[ValidityRange], start: datetime, end: datetime | None) -> None:
    """Add a piece behind the others, as one with what it touches."""
    if pieces and pieces[-1].end in (start, end):
        start = pieces.pop().start
    pieces.append(ValidityRange(start, end))
