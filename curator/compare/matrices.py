"""What changed in matrices and arrays of numbers: where most, and how much."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from curator.compare.summaries import MatrixChange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.compare.tables import Table
    from curator.compare.values import Value

__all__ = ["is_matrix", "matrix_changes"]

_ERRORS = {"CT_COEFFS": "CT_ERRORS", "CT_COEFFS_SQR": "CT_ERRORS_SQR"}
Elements = list[tuple[str, str, float, float]]


def is_matrix(table: Table) -> bool:
    """Return whether each row is of a pair of amplifiers."""
    return table.key == ("TARGET", "SOURCE")


def matrix_changes(before: Table, after: Table) -> Iterator[MatrixChange]:
    """Give the columns whose numbers changed: of a matrix as a whole, of arrays by the row's owner."""
    for column in before.columns:
        if column.name in before.key or column.name not in after.names:
            continue
        if is_matrix(before) and is_matrix(after):
            groups = {"": list(_pairs(before, after, column.name))}
        else:
            groups = dict(_arrays(before, after, column.name))
        for elements in groups.values():
            if found := _change(before, after, column.name, elements):
                yield found


def _error(table: Table, column: str, wanted: tuple[str, str]) -> float | None:
    """Return the error of one element."""
    if not is_matrix(table) or _ERRORS.get(column) not in table.names:
        return None
    at = table.names.index(_ERRORS[column])
    found = next((row[at] for row in table.rows if (str(row[0]), str(row[1])) == wanted), None)
    return float(found) if isinstance(found, int | float) and isfinite(found) and found > 0 else None


def _pairs(before: Table, after: Table, column: str) -> Iterator[tuple[str, str, float, float]]:
    theirs = dict(zip(_keys(after), after.column(column), strict=True))
    for key, value in zip(_keys(before), before.column(column), strict=True):
        other = theirs.get(key)
        if _is_number(value) and _is_number(other):
            yield str(key[0]), str(key[1]), value, other  # type: ignore[misc]  # both are numbers


def _keys(table: Table) -> list[tuple[Value, ...]]:
    return [row[:2] for row in table.rows]


def _arrays(before: Table, after: Table, column: str) -> Iterator[tuple[str, Elements]]:
    owner = before.owner()
    if owner is None or after.owner() != owner:
        return
    theirs = dict(zip(after.column(owner[0]), after.column(column), strict=True))
    for name, values in zip(before.column(owner[0]), before.column(column), strict=True):
        others = theirs.get(name)
        if isinstance(values, tuple) and isinstance(others, tuple) and len(values) == len(others):
            yield (
                str(name),
                [
                    (str(name), str(number), one, other)
                    for number, (one, other) in enumerate(zip(values, others, strict=True))
                    if _is_number(one) and _is_number(other)
                ],
            )


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _change(mine: Table, theirs: Table, column: str, elements: Elements) -> MatrixChange | None:
    changed = [one for one in elements if one[2] != one[3]]
    if not changed:
        return None
    row, element, before, after = max(changed, key=lambda one: abs(one[3] - one[2]))
    return MatrixChange(
        theirs.name,
        column,
        row,
        element,
        float(before),
        float(after),
        len(changed),
        len(elements),
        sum(one[2] * one[3] < 0 for one in changed),
        float(max(max(abs(one[2]), abs(one[3])) for one in elements)),
        *(_error(side, column, (row, element)) for side in (mine, theirs)),
    )
