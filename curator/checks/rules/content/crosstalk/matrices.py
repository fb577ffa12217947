"""The matrices of crosstalk, from a table or a tree, for the rules about them."""

from __future__ import annotations

from collections.abc import Mapping

from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.formats.document import Document, Place

__all__ = ["SQUARES", "Matrix", "between", "matrices_of"]

SQUARES = (
    "CT_COEFFS",
    "CT_ERRORS",
    "CT_COUNTS",
    "CT_VALID",
    "CT_COEFFS_SQR",
    "CT_ERRORS_SQR",
    "CT_AMP_GAIN_RATIOS",
)
_TREE_SQUARES = ("coeffs", "coeffErr", "coeffNum", "coeffValid", "coeffsSqr", "coeffErrSqr", "ampGainRatios")


class Matrix(NamedTuple):
    """A matrix as it stands in a file: one flat list, amplifier by amplifier."""

    name: str
    values: list[Any]
    key: tuple[str, ...] = ()

    def at(self, doc: Document, ctx: Context, index: int = 0) -> Place | tuple[int, int, int]:
        if self.key:
            return doc.value_at(*self.key, index)
        place = doc.cell(0, self.name)
        start = place.column - 1
        text = ctx.line(place.line)
        for _ in range(index):
            start = text.find(",", start) + 1
        start += len(text[start:]) - len(text[start:].lstrip(' ["'))
        ends = [at for at in (text.find(one, start) for one in ",]") if at >= 0]
        return (place.line, start + 1, min(ends, default=start) + 1)


def matrices_of(doc: Document, ctx: Context) -> list[Matrix]:
    """Return every square matrix within the detector."""
    if "matrices" not in ctx.memo:
        ctx.memo["matrices"] = _matrices(doc)
    found: list[Matrix] = ctx.memo["matrices"]
    return found


def _matrices(doc: Document) -> list[Matrix]:
    if doc.format == "ecsv":
        cells = {name: doc.columns[name].values for name in SQUARES if name in doc.columns}
        flat = ((name, _flat(values[0])) for name, values in cells.items() if values)
        return [Matrix(name, values) for name, values in flat if _is_flat(values, missing=True)]
    tree: Mapping[str, Any] = doc.tree if isinstance(doc.tree, dict) else {}
    return [Matrix(name, tree[name], (name,)) for name in _TREE_SQUARES if _is_flat(tree.get(name))]


def between(doc: Document) -> list[Matrix]:
    """Return the matrices of other detectors."""
    chips = doc.tree.get("interChip") if isinstance(doc.tree, dict) else None
    if not isinstance(chips, dict):
        return []
    return [
        Matrix(f"interChip {name}", one, ("interChip", name)) for name, one in chips.items() if _is_flat(one)
    ]


def _is_flat(value: Any, *, missing: bool = False) -> bool:
    """Return whether a value is a list of numbers; some of them may be ``missing``."""
    return isinstance(value, list) and all(
        isinstance(one, int | float) or (missing and one is None) for one in value
    )


def _flat(value: Any) -> Any:
    """Return the rows of a matrix as one list, anything else as it is."""
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        return [one for row in value for one in row]
    return value
