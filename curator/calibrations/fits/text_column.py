"""Columns of text whose arrays are made when they are asked for: comparing a few values takes no numpy."""

from __future__ import annotations

from array import array
from itertools import chain

from curator.formats.fits.fits import FitsColumn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.document import Column

__all__ = ["TextColumn"]

# What the cells of a column are read as, where an array of the declared type holds them just so.
_KINDS = {
    "int16": int,
    "int32": int,
    "int64": int,
    "float32": float,
    "float64": float,
    "string": str,
    "bool": bool,
}
# Cells that are arrays: what is rounded, or of another kind, is for numpy.
_IN_ARRAYS = {"int64": int, "float64": float, "bool": bool}
# Longer columns are compared as arrays.
_MOST = 5000
# Longer texts are looked at before an array is made.
_LONGEST = 1 << 10


class TextColumn(FitsColumn):
    """A column of a text file that an array holds as it is read.

    Attributes
    ----------
    type : str
        That of its cells, with their shape if they are arrays: ``float64[16,16]``.
    cells : list
        Plain values, or nested lists.
    """

    __slots__ = ("_column", "cells", "type")
    _column: Column
    cells: list[Any]
    type: str

    def __init__(self, column: Column) -> None:
        kind, cells = column.datatype, column.values
        if column.shape:
            kind = f"{column.subtype}[{','.join(map(str, column.shape))}]"
        elif kind == "float32":
            cells = array("f", cells).tolist()
        for name, value in (
            ("name", column.name),
            ("unit", column.unit),
            ("description", column.description),
            ("_column", column),
            ("cells", cells),
            ("type", kind),
        ):
            object.__setattr__(self, name, value)

    @staticmethod
    def can_hold(column: Column) -> bool:
        """Return whether each cell is there, and plain values of the declared type."""
        if len(column.values) > _MOST:
            return False  # as numbers in lists they take four times the room
        if not column.values:
            return not column.shape and column.subtype is None and column.datatype in _KINDS
        if column.shape:
            flat = _flat(column)
            return bool(flat) and set(map(type, flat)) == {_IN_ARRAYS.get(column.subtype or "")}
        kinds = set(map(type, column.values))
        if column.subtype is not None or kinds != {_KINDS.get(column.datatype)}:
            return False
        return kinds != {str} or max(map(len, column.values)) <= _LONGEST

    def __getattr__(self, name: str) -> Any:
        if name != "array":
            raise AttributeError(name)
        found = self._column.array()
        object.__setattr__(self, "array", found)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return FitsColumn, (self.name, self.array, self.unit, self.description)

    @property
    def rows(self) -> int:
        return len(self.cells)

    @property
    def flat(self) -> list[Any]:
        """All its numbers, row by row."""
        return _flat(self._column) if self._column.shape else self.cells


def _flat(column: Column) -> list[Any]:
    """Return the elements of cells that are arrays of the declared shape; nothing if any is not."""
    found = column.values
    for length in column.shape or ():
        if not all(isinstance(one, list) and len(one) == length for one in found):
            return []
        found = list(chain.from_iterable(found))
    return found
