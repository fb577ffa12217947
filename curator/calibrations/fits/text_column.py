"""Columns of text whose arrays are made when they are asked for: comparing a short list takes no numpy."""

from __future__ import annotations

from curator.formats.fits.fits import FitsColumn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.document import Column

__all__ = ["TextColumn"]

# What the cells of a column are read as, where an array of the declared type holds them just so.
_KINDS = {"int16": int, "int32": int, "int64": int, "float64": float, "string": str, "bool": bool}
# Longer texts are looked at before an array is made.
_LONGEST = 1 << 10


class TextColumn(FitsColumn):
    """A column of a text file that an array holds as it is read.

    Parameters
    ----------
    column : Column
        One of those that `can_hold` accepts.
    """

    __slots__ = ("_column",)
    _column: Column

    def __init__(self, column: Column) -> None:
        for name, value in (
            ("name", column.name),
            ("unit", column.unit),
            ("description", column.description),
            ("_column", column),
        ):
            object.__setattr__(self, name, value)

    @staticmethod
    def can_hold(column: Column) -> bool:
        """Return whether each cell is there, and a plain value of the declared type."""
        if column.subtype is not None or column.shape:
            return False
        kinds = set(map(type, column.values))
        if kinds != {_KINDS.get(column.datatype)}:
            return False
        return kinds != {str} or max(map(len, column.values)) <= _LONGEST

    def __getattr__(self, name: str) -> Any:
        if name != "array":
            raise AttributeError(name)
        array = self._column.array()
        object.__setattr__(self, "array", array)
        return array

    def __reduce__(self) -> tuple[Any, ...]:
        return FitsColumn, (self.name, self.array, self.unit, self.description)

    @property
    def datatype(self) -> str:
        """The type of its cells, as declared."""
        return self._column.datatype

    @property
    def values(self) -> list[Any]:
        """Its cells."""
        return self._column.values

    @property
    def rows(self) -> int:
        return len(self.values)
