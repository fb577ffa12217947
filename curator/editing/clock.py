"""What time it is."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["utc_now"]


def utc_now() -> datetime:
    """Return the time (UTC) to the second, without a zone, as headers have it."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)
