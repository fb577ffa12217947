"""When each of the calibrations for one thing is to be used, where some of them are deprecated.

By itself each holds from its start until its written end, or until the next one starts; a deprecated one too
ends the one before it. What a deprecation takes out of that is a gap, or falls back to the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from curator.calibrations.deprecation import Deprecation

__all__ = ["Held", "Range", "Served", "serve"]

Range: TypeAlias = tuple[datetime, datetime | None]
# Both ends are dates here: the end of the calendar stands for none.
_Piece: TypeAlias = tuple[datetime, datetime]


class Held(NamedTuple):
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


class Served(NamedTuple):
    """What `serve` says of one calibration.

    Parameters
    ----------
    ranges : tuple of Range
        When it is to be used: UTC, half-open, by start, apart from one another.
    missing : tuple of (Range, int)
        What its deprecations take out of its own range that nothing is used for, and the number of the
        calibration that could have been, but is deprecated then or ends before; -1 where none could.
    asked : tuple of Range
        When it would be used, were it not deprecated itself.
    """

    ranges: tuple[Range, ...]
    missing: tuple[tuple[Range, int], ...]
    asked: tuple[Range, ...]


def serve(line: Sequence[Held]) -> list[Served]:
    """Return when each of the calibrations for one thing is to be used.

    Where two deprecations of one calibration meet, that without a fall-back decides. What falls back goes to
    the calibration that starts before; if that is deprecated then too, with a fall-back, to the one before
    that; and never beyond an end that is written.

    Parameters
    ----------
    line : sequence of Held
        By start.
    """
    given: list[list[_Piece]] = [[] for _ in line]
    asked: list[list[_Piece]] = [[] for _ in line]
    missing: list[list[tuple[_Piece, int]]] = [[] for _ in line]
    before = list(_before(line))
    for number, one in enumerate(line):
        waiting = [(number, [(one.start, one.end or datetime.max)])]
        while waiting:
            at, pieces = waiting.pop()
            used, refused, passed = _divided(line[at], pieces, lent=at != number)
            given[at] += used
            asked[at] += pieces
            missing[number] += [(piece, at) for piece in refused]
            if passed and before[at] >= 0:
                waiting.append((before[at], passed))
            else:
                missing[number] += [(piece, -1) for piece in passed]
    return [
        Served(
            tuple(map(_range, _joined(pieces))),
            tuple((_range(piece), at) for piece, at in sorted(lacking)),
            tuple(map(_range, _joined(wanted))),
        )
        for pieces, lacking, wanted in zip(given, missing, asked, strict=True)
    ]


def _before(line: Sequence[Held]) -> Iterator[int]:
    """Give the number of what each falls back to, past those that always fall back themselves."""
    last, start = -1, datetime.min
    found: list[int] = []
    for number, one in enumerate(line):
        if number and one.start > start:
            last = number - 1
            while last >= 0 and _never(line[last]):
                last = found[last]
        start = one.start
        found.append(last)
        yield last


def _never(one: Held) -> bool:
    """Whether it always falls back to the one before."""
    return (
        not one.is_written
        and len(one.deprecations) == 1
        and one.deprecations[0].fall_back
        and one.deprecations[0].interval == (None, None)
    )


def _divided(
    one: Held, pieces: list[_Piece], *, lent: bool
) -> tuple[list[_Piece], list[_Piece], list[_Piece]]:
    """Return what of some pieces a calibration is used for, what nothing is, and what falls back."""
    refused: list[_Piece] = []
    if lent and one.is_written and one.end is not None:
        end = one.end
        refused = list(_without(pieces, [(datetime.min, end)]))
        pieces = list(_within(pieces, [(datetime.min, end)]))
    if not one.deprecations:
        return pieces, refused, []
    never = _joined(_piece(other) for other in one.deprecations if not other.fall_back)
    falling = _joined(_piece(other) for other in one.deprecations if other.fall_back)
    refused += _within(pieces, never)
    pieces = list(_without(pieces, never))
    return list(_without(pieces, falling)), refused, list(_within(pieces, falling))


def _piece(one: Deprecation) -> _Piece:
    return one.start or datetime.min, one.end or datetime.max


def _range(piece: _Piece) -> Range:
    return piece[0], None if piece[1] == datetime.max else piece[1]


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return pieces by start, those that touch as one."""
    found: list[_Piece] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _within(pieces: Iterable[_Piece], others: Sequence[_Piece]) -> Iterator[_Piece]:
    """Give the parts of pieces that are in one of ``others``, which are apart from one another."""
    for start, end in pieces:
        for low, high in others:
            if max(start, low) < min(end, high):
                yield max(start, low), min(end, high)


def _without(pieces: Iterable[_Piece], others: Sequence[_Piece]) -> Iterator[_Piece]:
    """Give the parts of pieces that are in none of ``others``, which are by start."""
    for start, end in pieces:
        at = start
        for low, high in others:
            if low > at and at < end:
                yield at, min(low, end)
            at = max(at, high)
        if at < end:
            yield at, end
