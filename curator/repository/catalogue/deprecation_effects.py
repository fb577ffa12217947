"""What deprecations do to the calibrations for one thing: where they leave nothing, and which do nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from curator.repository.catalogue.deprecation_timeline import serve

if TYPE_CHECKING:
    from curator.calibrations.header.deprecation import Deprecation
    from curator.repository.catalogue.catalogue import Entry

__all__ = ["Gap", "effects", "lines"]


class Gap(NamedTuple):
    """An interval in which nothing is valid, because a calibration is deprecated then.

    Parameters
    ----------
    number : int
        Which of the calibration's deprecations it is, from 0 on.
    start : datetime
    end : datetime or None
        UTC, half-open.
    other : Entry or None
        What it falls back to; that is deprecated itself, or ends before. `None` where it does not fall back,
        or there is none.
    """

    number: int
    start: datetime
    end: datetime | None
    other: Entry | None


class Effect(NamedTuple):
    """What the deprecations of one calibration do.

    Parameters
    ----------
    entry : Entry
    before, after : int
        How many stand before it and after it of those for the same thing, by start.
    gaps : tuple of Gap
        By start.
    idle : tuple of int
        Numbers of those for which it would not be used anyway.
    """

    entry: Entry
    before: int
    after: int
    gaps: tuple[Gap, ...]
    idle: tuple[int, ...]


def lines(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return what is certified, deprecated or not, for each thing, by start."""
    certified = (one for one in entries if one.status != "uncertified")
    ordered = sorted(certified, key=lambda one: (one.key, one.start, str(one.path)))
    return [list(alike) for _, alike in groupby(ordered, key=lambda one: one.key)]


def effects(line: Sequence[Entry]) -> Iterator[Effect]:
    """Give what the deprecations of the calibrations for one thing do, of each that has any."""
    if not any(one.deprecations for one in line):
        return
    for at, (entry, said) in enumerate(zip(line, serve([one.held for one in line]), strict=True)):
        if not entry.deprecations:
            continue
        gaps = (
            Gap(_which(entry.deprecations, start, at == other), start, end, _other(line, at, other))
            for (start, end), other in said.missing
        )
        yield Effect(entry, at, len(line) - at - 1, tuple(gaps), said.idle)


def _which(deprecations: Sequence[Deprecation], start: datetime, is_gap: bool) -> int:
    """Return the number of the deprecation that a gap begins in: the first that has a say."""
    meeting = [number for number, one in enumerate(deprecations) if one.meets(start, start)]
    return next((number for number in meeting if deprecations[number].fall_back != is_gap), meeting[0])


def _other(line: Sequence[Entry], at: int, other: int) -> Entry | None:
    return line[other] if other not in (-1, at) else None
