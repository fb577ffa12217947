"""Numbers that must increase."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["odd_one"]


def odd_one(values: Sequence[float], at: int) -> int:
    """Return which of two neighbours, the one at ``at`` or the one before, is out of order."""
    fits_without_last = at + 1 >= len(values) or values[at - 1] < values[at + 1]
    fits_without_first = at < 2 or values[at - 2] < values[at]
    return at - 1 if fits_without_first and not fits_without_last else at
