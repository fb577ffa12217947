"""The tables of a calibration as rows of plain values, each with the columns that its rows are known by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isqrt
from operator import itemgetter

from curator.calibrations.fits.text_column import TextColumn
from curator.compare.many import ArrayRows
from curator.compare.values import plain_cells, plain_column
from curator.values import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from curator.calibrations.types.base import Calibration
    from curator.compare.many import Numbers
    from curator.compare.values import Value
    from curator.formats.fits.fits import FitsColumn, TableData

__all__ = ["OWNERS", "ColumnFacts", "Table", "tables_of"]

# Columns that name what a row is of.
OWNERS = {
    "AMP_NAME": "amplifier",
    "AMPLIFIER": "amplifier",
    "AMPLIFIER_NAME": "amplifier",
    "TARGET": "amplifier",
    "DETECTOR": "detector",
    "IC_SOURCE_DET": "detector",
}


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What a column is declared as; its type names the kind of number and the shape of a cell."""

    name: str
    type: str
    unit: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values, in the order of ``columns``; ``key`` are those that rows are known by."""

    name: str
    columns: tuple[ColumnFacts, ...]
    key: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(column.name for column in self.columns))

    def column(self, name: str, rows: Numbers | None = None) -> list[Value]:
        """Return the values of one column, in all rows or in those with these numbers."""
        at = self.names.index(name)
        if isinstance(self.rows, ArrayRows):
            array = self.rows.columns[at]
            return plain_column(array if rows is None else array[list(rows)])
        return list(map(itemgetter(at), self.rows if rows is None else map(self.rows.__getitem__, rows)))

    def owner(self) -> tuple[str, str] | None:
        """Return the column that names what a row is of, and what that is: an amplifier, …."""
        for name in self.key:
            if what := OWNERS.get(name.upper()):
                return name, what
        if self.name in ("DETECTORS", "FILTERS") and self.key:
            return self.key[0], self.name[:-1].lower()
        return None


def tables_of(calib: Calibration, amplifiers: Sequence[str] = (), *, large: bool = False) -> list[Table]:
    """Return the tables of a calibration.

    Parameters
    ----------
    amplifiers : sequence of str
        The detector's, in order: what rows and columns of a crosstalk matrix are called, where there are as
        many. They are numbered otherwise.
    large : bool
        Leave rows in their columns where these hold nothing but numbers and text.
    """
    wanted = {name.upper() for name in calib._type.row_key}
    found: list[Table] = []
    for data in calib.tables():
        names = {column.name for column in data.columns}
        if "CT_COEFFS" in names and data.rows == 1:
            found += _matrices(data, amplifiers)
        else:
            found.append(_plain(data, wanted, large=large))
    return found


def _plain(data: TableData, wanted: set[str], *, large: bool) -> Table:
    columns = tuple(map(_facts, data.columns))
    key = tuple(one.name for one in columns if one.name.upper() in wanted)
    if large and ArrayRows.can_hold(arrays := [column.array for column in data.columns]):
        return Table(data.name, columns, key, ArrayRows(arrays))
    return Table(data.name, columns, key, tuple(zip(*map(_cells, data.columns), strict=True)))


def _cells(column: FitsColumn) -> list[Value]:
    return plain_cells(column.cells) if isinstance(column, TextColumn) else plain_column(column.array)


def _elements(column: FitsColumn) -> list[Value]:
    """Return all numbers of a column, row by row."""
    if isinstance(column, TextColumn):
        return plain_cells(column.flat)
    return plain_column(column.array.ravel())


def _size(column: FitsColumn) -> int:
    """Return how many numbers a column holds; -1 where not all rows have as many."""
    if isinstance(column, TextColumn):
        return len(column.flat)
    return column.array.size if column.array.dtype.kind != "O" else -1


def _matrices(data: TableData, amplifiers: Sequence[str]) -> Iterator[Table]:
    """Give the one row of a crosstalk table as a row for each pair of amplifiers, or for each amplifier."""
    count = isqrt(_size(next(one for one in data.columns if one.name == "CT_COEFFS")))
    names: list[Value] = list(amplifiers) if len(amplifiers) == count else list(range(count))
    by_size: dict[int, list[FitsColumn]] = {}
    for column in data.columns:
        by_size.setdefault(_size(column), []).append(column)
    kind = "string" if names and isinstance(names[0], str) else "int64"
    pairs = [(target, source) for target in names for source in names]
    # Table 0 is there whatever the sizes are; a single amplifier has one element of each.
    yield _long(data.name, ("TARGET", "SOURCE"), kind, pairs, by_size.pop(count * count, []))
    singles = [(name,) for name in names]
    yield _long("AMPLIFIERS", ("AMPLIFIER",), kind, singles, by_size.pop(count, []))
    rest = [column for columns in by_size.values() for column in columns]
    if rest:
        yield _plain(type(data)("OTHERS", rest), set(), large=False)


def _long(
    name: str, key: tuple[str, ...], kind: str, keys: list[tuple[Value, ...]], columns: list[FitsColumn]
) -> Table:
    values = [_elements(column) for column in columns]
    rows = tuple((*one, *cells) for one, *cells in zip(keys, *values, strict=True)) if columns else ()
    facts = (*(ColumnFacts(one, kind) for one in key), *map(_facts, columns))
    return Table(name, facts, key, rows)


def _facts(column: FitsColumn) -> ColumnFacts:
    kind = column.type if isinstance(column, TextColumn) else _type(column.array)
    return ColumnFacts(column.name, kind, column.unit or "", column.description or "")


def _type(array: np.ndarray[Any, Any]) -> str:
    if array.dtype.kind == "O":
        return "|".join(sorted({f"{_type(row)}[var]" for row in array})) or "[var]"
    name = "string" if array.dtype.kind == "U" else array.dtype.name
    return f"{name}[{','.join(map(str, array.shape[1:]))}]" if array.ndim > 1 else name
