"""The kinds of changes between two calibrations, each a value.

A change says what was there ``before`` and what is there ``after``; that of the opposite direction is its
``mirrored()``.
"""

from __future__ import annotations

from curator.compare.values import same
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from curator.compare.values import Value

    Verb: TypeAlias = Literal["added", "removed", "changed"]

__all__ = [
    "Cell",
    "ColumnChange",
    "KeywordChange",
    "OrderChange",
    "RowChange",
    "TableChange",
    "TypeChange",
    "opposite",
]

_OPPOSITE: dict[str, Any] = {"added": "removed", "removed": "added"}


def opposite(verb: str) -> Any:
    """Return what a change is called in the opposite direction."""
    return _OPPOSITE.get(verb, verb)


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell of a row: its column, and what it held before and holds after; `None` is an empty cell."""

    column: str
    before: Value
    after: Value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cell):
            return NotImplemented
        return (
            self.column == other.column and same(self.before, other.before) and same(self.after, other.after)
        )

    def __hash__(self) -> int:
        return hash((self.column, self.before, self.after))

    def mirrored(self) -> Cell:
        return Cell(self.column, self.after, self.before)


@dataclass(frozen=True, slots=True)
class TypeChange:
    """They are of different dataset types."""

    before: str
    after: str

    def mirrored(self) -> TypeChange:
        return TypeChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class KeywordChange:
    """A header keyword appeared, went, or has another value; ``HISTORY`` and ``DEPRECATED`` do not count."""

    change: Verb
    keyword: str
    before: Value
    after: Value

    def mirrored(self) -> KeywordChange:
        return KeywordChange(opposite(self.change), self.keyword, self.after, self.before)


@dataclass(frozen=True, slots=True)
class TableChange:
    """A whole table appeared or went: columns as (name, type, unit, description), its key, and its rows."""

    change: Literal["added", "removed"]
    table: str
    columns: tuple[tuple[str, str, str, str], ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def mirrored(self) -> TableChange:
        return TableChange(opposite(self.change), self.table, self.columns, self.key, self.rows)


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column appeared, went, or is declared otherwise.

    Parameters
    ----------
    change : {"added", "removed", "type", "unit", "description"}
    at : int
        Where it stands in the table that has it, 0-based; -1 where both have it.
    before, after : str
        Type, unit or description; of one that appeared or went its type.
    unit, description : str
        Of one that appeared or went.
    values : tuple
        Of one that appeared or went, row by row of the table that has it.
    """

    change: Literal["added", "removed", "type", "unit", "description"]
    table: str
    column: str
    before: str
    after: str
    at: int = -1
    unit: str = ""
    description: str = ""
    values: tuple[Value, ...] = ()

    def mirrored(self) -> ColumnChange:
        return ColumnChange(
            opposite(self.change),
            self.table,
            self.column,
            self.after,
            self.before,
            self.at,
            self.unit,
            self.description,
            self.values,
        )


@dataclass(frozen=True, slots=True)
class OrderChange:
    """The rows, or columns, that both have stand in another order.

    Parameters
    ----------
    what : {"rows", "columns"}
    order : tuple of int
        For each of them, as they stand after, which of them it was before, counted among them from 0.
    """

    what: Literal["rows", "columns"]
    table: str
    order: tuple[int, ...]

    def mirrored(self) -> OrderChange:
        inverse = sorted(range(len(self.order)), key=self.order.__getitem__)
        return OrderChange(self.what, self.table, tuple(inverse))


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row, found by its key; of a box that changed in size, by a corner.

    Parameters
    ----------
    row_before, row_after : int
        0-based, -1 where it has none.
    key : tuple of Cell
        The columns it is known by.
    cells : tuple of Cell
        The others that differ; all others of a row that appeared or went.
    """

    change: Verb
    table: str
    row_before: int
    row_after: int
    key: tuple[Cell, ...]
    cells: tuple[Cell, ...]

    def mirrored(self) -> RowChange:
        return RowChange(
            opposite(self.change),
            self.table,
            self.row_after,
            self.row_before,
            tuple(cell.mirrored() for cell in self.key),
            tuple(cell.mirrored() for cell in self.cells),
        )
