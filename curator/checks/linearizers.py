"""The parts of a linearizer's tree, for the rules about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.formats.document import Document

__all__ = ["LOOKUP", "amplifiers_of", "entry", "table_of"]

LOOKUP = "LookupTable"
_HUGE = 1e300


def amplifiers_of(doc: Document) -> dict[str, dict[str, Any]]:
    found = doc.tree.get("amplifiers") if isinstance(doc.tree, dict) else None
    if not isinstance(found, dict):
        return {}
    return {name: one for name, one in found.items() if isinstance(one, dict)}


def table_of(doc: Document, ctx: Context) -> list[list[float]]:
    """Return the rows of the look-up table; none where they are not lists of numbers."""
    if "table" not in ctx.memo:
        ctx.memo["table"] = _table(doc)
    found: list[list[float]] = ctx.memo["table"]
    return found


def _table(doc: Document) -> list[list[float]]:
    found = doc.tree.get("tableData") if isinstance(doc.tree, dict) else None
    if not isinstance(found, list) or not all(isinstance(row, list) for row in found):
        return []
    if not all(set(map(type, row)) <= {int, float} for row in found):
        return []
    # Whole numbers beyond what a float can hold would fail in every sum.
    return (
        found if all(not row or -_HUGE < min(row) <= max(row) < _HUGE or _odd(row) for row in found) else []
    )


def _odd(row: list[float]) -> bool:
    return all(value - value != 0 or -_HUGE < value < _HUGE for value in row)


def entry(doc: Document, key: str) -> Any:
    return doc.tree.get(key) if isinstance(doc.tree, dict) else None
