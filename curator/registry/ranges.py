"""Validity ranges that no registry may be given: empty, reversed, overlapping, or two for one start.

Butlers accept all of these, and look-ups fail afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from curator.registry.values import DataKey, Difference, Item

__all__ = ["range_problems"]


def range_problems(items: Iterable[Item]) -> Iterator[Difference]:
    """Yield what is wrong with the ranges of ``items``, each with the sources it is about."""
    groups: defaultdict[DataKey, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.key].append(item)
    for group in groups.values():
        group.sort(key=lambda item: (item.start, item.gitpath))
        yield from _duplicates(group)
        certified = [item for item in group if item.certified]
        yield from _empty(certified)
        yield from _overlaps(certified)


def _duplicates(group: list[Item]) -> Iterator[Difference]:
    for one, other in pairwise(group):
        if one.start.replace(microsecond=0) == other.start.replace(microsecond=0):  # as in names of runs
            yield Difference("duplicate", str(one), f"{one.gitpath} and {other.gitpath} are both this")


def _empty(group: list[Item]) -> Iterator[Difference]:
    for item in group:
        if item.end is not None and item.end <= item.start:
            kind = "empty" if item.end == item.start else "reversed"
            yield Difference(
                kind, str(item), f"validity range is {kind}: it ends {item.end.isoformat()} ({item.gitpath})"
            )


def _overlaps(group: list[Item]) -> Iterator[Difference]:
    for one, other in pairwise(group):
        if one.start < other.start and (one.end is None or one.end > other.start):
            end = "has no end" if one.end is None else f"ends {one.end.isoformat()}"
            yield Difference(
                "overlap",
                str(one),
                f"{end}, after {other.gitpath} begins ({other.start.isoformat()}) ({one.gitpath})",
            )
