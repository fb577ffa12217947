"""In which order the units of a merged file stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from heapq import merge
from itertools import pairwise
from typing import Any

__all__ = ["merged_order"]


def merged_order(
    base: Sequence[Hashable],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    rank: Callable[[Hashable], tuple[Any, str]],
) -> list[Hashable]:
    """Return the keys of both sides in one order.

    What both have stands as the side has it that changed the order, and as the bytewise smaller one has it
    where both did. What one side alone has follows what it follows there. Of two such sequences at one place
    each keeps its order: they are sorted into each other where both are sorted, else the bytewise smaller one
    comes first. So the order does not depend on whose side is called ours.

    Parameters
    ----------
    base, ours, theirs : sequence of hashable
        Keys; those of the sides without what goes.
    rank : callable
        Return what a key is sorted by, empty where it is not, and its text.
    """
    if list(ours) == list(theirs):
        return list(ours)
    mine, other = set(ours), set(theirs)
    common = _skeleton(
        base, [key for key in ours if key in other], [key for key in theirs if key in mine], rank
    )
    left, right = _by_anchor(ours, other), _by_anchor(theirs, mine)
    found: list[Hashable] = []
    for anchor in (_START, *common):
        if anchor is not _START:
            found.append(anchor)
        found += _woven(left.get(anchor, []), right.get(anchor, []), rank)
    return found


_START = object()


def _skeleton(
    base: Sequence[Hashable], ours: list[Hashable], theirs: list[Hashable], rank: Callable[[Hashable], Any]
) -> list[Hashable]:
    if ours == theirs:
        return ours
    both = set(ours)
    was = [key for key in base if key in both]
    known = set(was)
    kept = [[key for key in keys if key in known] == was for keys in (ours, theirs)]
    if kept[0] != kept[1]:
        return theirs if kept[0] else ours
    return min(ours, theirs, key=lambda keys: [rank(key)[1] for key in keys])


def _by_anchor(keys: Sequence[Hashable], both: set[Hashable]) -> dict[Hashable, list[Hashable]]:
    """Return what one side alone has, by the key that both have before it."""
    found: dict[Hashable, list[Hashable]] = {}
    anchor: Hashable = _START
    for key in keys:
        if key in both:
            anchor = key
        else:
            found.setdefault(anchor, []).append(key)
    return found


def _woven(
    ours: list[Hashable], theirs: list[Hashable], rank: Callable[[Hashable], tuple[Any, str]]
) -> list[Hashable]:
    if not ours or not theirs:
        return ours or theirs
    if all(_is_sorted(keys, rank) for keys in (ours, theirs)):
        return list(merge(ours, theirs, key=rank))
    texts = [[rank(key)[1] for key in keys] for keys in (ours, theirs)]
    return [*ours, *theirs] if texts[0] <= texts[1] else [*theirs, *ours]


def _is_sorted(keys: list[Hashable], rank: Callable[[Hashable], tuple[Any, str]]) -> bool:
    ranks = [rank(key)[0] for key in keys]
    return all(ranks) and all(one <= other for one, other in pairwise(ranks))
