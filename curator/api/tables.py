"""Rows of values as an astropy table, and the fields of a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from astropy.table import Table

__all__ = ["field_values", "text_table"]


def text_table(columns: Sequence[str], rows: Sequence[dict[str, object]]) -> Table:
    """Return rows as a table of texts that sort: dates are ISO 8601, empty where there is nothing."""
    from astropy.table import Table

    cells = {name: [_text(row[name]) for row in rows] for name in columns}
    return Table(cells, dtype=None if rows else ["U1"] * len(columns))


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def field_values(value: Any) -> dict[str, Any]:
    """Return the fields of a value by name, without what it remembers beside them."""
    return {one.name: getattr(value, one.name) for one in fields(value)}
