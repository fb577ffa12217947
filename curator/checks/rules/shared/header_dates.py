"""Dates as they stand in headers, each read once."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from curator.calibrations.time.dates import parse_date
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["moment"]


def moment(value: Any) -> datetime | None:
    """Return the date that a header value names, `None` where it is none."""
    return _parsed(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> datetime | None:
    try:
        return parse_date(text)
    except CalibrationError:
        return None
