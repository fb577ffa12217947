"""Rows of values as an astropy table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from astropy.table import Table

__all__ = ["text_table"]


def text_table(columns: Sequence[str], rows: Sequence[dict[str, object]]) -> Table:
    """Return rows as a table of texts that sort: dates are ISO 8601, empty where there is nothing."""
    from astropy.table import Table

    cells = {name: [_text(row[name]) for row in rows] for name in columns}
    return Table(cells, dtype=None if rows else ["U1"] * len(columns))


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
