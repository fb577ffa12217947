"""The parts of a linearizer's tree, for the rules about them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.formats.document import Document

__all__ = ["LOOKUP", "amplifiers_of", "entry", "table_of"]

LOOKUP = "LookupTable"


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
    try:
        for row in found:
            sum(row, 0.0)
    except OverflowError:
        return []  # a whole number beyond what a float can hold
    return found


def entry(doc: Document, key: str) -> Any:
    return doc.tree.get(key) if isinstance(doc.tree, dict) else None
