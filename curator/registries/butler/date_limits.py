"""What Butlers have no dates for."""

from __future__ import annotations

from dataclasses import replace

from curator.calibrations.time.validity_range import ValidityRange
from curator.registries.model.model import Export, Item, Reason
from curator.registries.model.tai import FIRST, LAST

__all__ = ["within_dates"]


def within_dates(export: Export) -> tuple[Export, tuple[Reason, ...]]:
    """Return the export with ends beyond a Butler's calendar unbounded, and what begins outside of it."""
    differences = tuple(
        Reason(
            "date",
            str(item),
            f"a Butler can store only dates from {FIRST.year} to {LAST.year} ({item.gitpath})",
        )
        for item in export.items
        if any(not FIRST <= one.start <= LAST for one in item.ranges)
    )
    return replace(export, items=tuple(map(_within, export.items))), differences


def _within(item: Item) -> Item:
    if not any(one.end and one.end > LAST for one in item.ranges):
        return item
    ranges = (ValidityRange(start, None if end and end > LAST else end) for start, end in item.ranges)
    return replace(item, ranges=tuple(ranges))
