"""The one value for a validity range, in git and in registries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from curator.values import NamedTuple

__all__ = ["EVER", "ValidityRange"]

# Start of a range without a start, which only registries have.
EVER = datetime.min


class ValidityRange(NamedTuple):
    """A validity range: UTC, half-open.

    Parameters
    ----------
    start : datetime
        `EVER` where it is unbounded.
    end : datetime or None
        `None` where it is unbounded.

    Examples
    --------
    >>> print(ValidityRange(datetime(2025, 4, 30), None))
    from 2025-04-30T00:00:00 to no end
    """

    start: datetime
    end: datetime | None

    def __str__(self) -> str:
        return f"from {self.start.isoformat()} to {self.end.isoformat() if self.end else 'no end'}"

    @property
    def bounded_start(self) -> datetime | None:
        """The start, `None` where it is unbounded."""
        return None if self.start == EVER else self.start

    def holds_at(self, date: datetime) -> bool:
        """Whether a date (UTC) is in it."""
        return self.start <= date and (self.end is None or date < self.end)

    def without(self, other: ValidityRange) -> Iterator[ValidityRange]:
        """Yield the parts of it that ``other`` leaves."""
        if not self.overlaps(other):
            yield self
            return
        if self.start < other.start:
            yield ValidityRange(self.start, other.start)
        if other.end is not None and (self.end is None or other.end < self.end):
            yield ValidityRange(other.end, self.end)

    def overlaps(self, other: ValidityRange) -> bool:
        """Whether the two share a moment."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)
