"""The one order in which a difference has its changes, whichever direction it was made in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from curator.compare.difference import Change, position
from curator.compare.kinds import RowChange
from curator.compare.values import rank

__all__ = ["ordered"]

# Equal in both directions, as what was there before or after is not.
_NAMES = ("table", "keyword", "what", "of", "column", "columns", "name", "row")


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes by kind, then by what they are about."""
    return tuple(sorted(changes, key=_order))


def _order(change: Any) -> tuple[Any, ...]:
    place = position(change)
    if isinstance(change, RowChange):
        sides = [
            tuple(rank(getattr(cell, side)) for cell in change.key)
            for side, row in (("before", change.row_before), ("after", change.row_after))
            if row >= 0
        ]
        # Both sides' numbers, the smaller first, so that it is the same in either direction.
        return (place, change.table, min(sides), sorted((change.row_before, change.row_after)), max(sides))
    return (place, *(str(getattr(change, name, "")) for name in _NAMES))
