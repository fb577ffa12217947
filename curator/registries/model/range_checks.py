"""Validity ranges that no registry may be given: empty, reversed, overlapping, or two for one start.

Butlers accept all of these, and look-ups fail afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from curator.calibrations.data_id import DataId
from curator.registries.model.model import Item, Reason, Validity

__all__ = ["range_problems"]


def range_problems(items: Iterable[Item]) -> Iterator[Reason]:
    """Yield what is wrong with the ranges of ``items``, each with the sources it is about."""
    groups: defaultdict[DataId, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.data_id].append(item)
    for group in groups.values():
        group.sort(key=lambda item: (item.start, item.gitpath))
        yield from _duplicates(group)
        certified = sorted(
            (Validity(item, one) for item in group for one in item.ranges), key=lambda one: one.range.start
        )
        yield from _empty(certified)
        yield from _overlaps(certified)


def _duplicates(group: list[Item]) -> Iterator[Reason]:
    for one, other in pairwise(group):
        if _are_duplicates(one, other):
            yield Reason("duplicate", str(one), f"{one.gitpath} and {other.gitpath} are both this")


def _are_duplicates(one: Item, other: Item) -> bool:
    return one.start.replace(microsecond=0) == other.start.replace(microsecond=0)  # as in names of runs


def _empty(group: list[Validity]) -> Iterator[Reason]:
    for item, (start, end) in group:
        if end is not None and end <= start:
            kind = "empty" if end == start else "reversed"
            yield Reason(
                kind, str(item), f"validity range is {kind}: it ends {end.isoformat()} ({item.gitpath})"
            )


def _overlaps(group: list[Validity]) -> Iterator[Reason]:
    for (one, (start, end)), (other, (following, _)) in pairwise(group):
        if start == following and one is not other and _are_duplicates(one, other):
            continue  # said already
        if start == following or end is None or end > following:
            until = "has no end" if end is None else f"ends {end.isoformat()}"
            yield Reason(
                "overlap",
                str(one),
                f"{until}, after {other.gitpath} begins ({following.isoformat()}) ({one.gitpath})",
            )
