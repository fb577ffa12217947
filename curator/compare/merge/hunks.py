"""Merge sequences that have no keys, as git merges lines."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["hunks", "matches"]

Span = tuple[int, int]
# Deeper, a sequence that is made to be slow would take n squared.
_MAX_DEPTH = 32


def hunks(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Span, Span, Span]]:
    """Give spans of the three in turn: those that all have alike are one element long."""
    mine, other = dict(matches(base, ours)), dict(matches(base, theirs))
    at, left, right = 0, 0, 0
    for row in range(len(base)):
        if row in mine and row in other:
            if (at, left, right) != (row, mine[row], other[row]):
                yield (at, row), (left, mine[row]), (right, other[row])
            at, left, right = row + 1, mine[row] + 1, other[row] + 1
            yield (row, at), (left - 1, left), (right - 1, right)
    if (at, left, right) != (len(base), len(ours), len(theirs)):
        yield (at, len(base)), (left, len(ours)), (right, len(theirs))


def matches(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return which elements are the same, in order: a patience diff, in time that is n log n.

    What stands once in both is matched first, then what adjoins that, and so on within what is left.
    """
    found: list[tuple[int, int]] = []
    todo = [(0, len(before), 0, len(after), 0)]
    while todo:
        low, high, left, right, depth = todo.pop()
        while low < high and left < right and before[low] == after[left]:
            found.append((low, left))
            low, left = low + 1, left + 1
        while low < high and left < right and before[high - 1] == after[right - 1]:
            high, right = high - 1, right - 1
            found.append((high, right))
        if low == high or left == right or depth == _MAX_DEPTH:
            continue
        anchors = _anchors(before, after, low, high, left, right)
        edges = [(low - 1, left - 1), *anchors, (high, right)] if anchors else []
        found += anchors
        todo += [
            (one + 1, next_, other + 1, other_next, depth + 1)
            for (one, other), (next_, other_next) in pairwise(edges)
        ]
    return sorted(found)


def _anchors(
    before: Sequence[str], after: Sequence[str], low: int, high: int, left: int, right: int
) -> list[tuple[int, int]]:
    """Return the longest rising sequence of elements that stand once on either side."""
    mine, other = Counter(before[low:high]), Counter(after[left:right])
    places = {after[at]: at for at in range(left, right) if other[after[at]] == 1}
    pairs = [
        (at, places[before[at]]) for at in range(low, high) if mine[before[at]] == 1 and before[at] in places
    ]
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tops, place)
        previous.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = previous[at]
    return chain[::-1]
