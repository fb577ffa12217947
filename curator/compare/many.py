"""Rows of large tables, kept as columns: as tuples of numbers they take ten times the room and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.compare.values import plain, plain_column
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    import numpy as np

    from curator.compare.tables import Table
    from curator.compare.values import Value

    Numbers: TypeAlias = Sequence[int] | np.ndarray[Any, Any]
    Both: TypeAlias = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]

__all__ = ["MANY", "ArrayRows", "Pair", "RowMatch", "match_arrays"]

Pair = tuple[int, int]

# Tables with more rows than this are compared by columns.
MANY = 5000
_CHUNK = 4096
# A sum of two such numbers is exact.
_EXACT = 1 << 61


class ArrayRows(Sequence["tuple[Value, ...]"]):
    """Rows of plain values that are made when they are asked for."""

    def __init__(self, columns: Sequence[np.ndarray[Any, Any]]) -> None:
        self.columns = tuple(columns)

    @staticmethod
    def can_hold(columns: Sequence[np.ndarray[Any, Any]]) -> bool:
        """Return whether each cell is there, and is a number, truth or text."""
        import numpy as np

        return bool(columns) and all(
            type(one) is np.ndarray and one.ndim == 1 and one.dtype.kind in "biufU" for one in columns
        )

    def __len__(self) -> int:
        return len(self.columns[0])

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return tuple(ArrayRows([one[row] for one in self.columns]))
        return tuple(plain(one[row].item()) for one in self.columns)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        for start in range(0, len(self), _CHUNK):
            some = [plain_column(one[start : start + _CHUNK]) for one in self.columns]
            yield from zip(*some, strict=True)


class RowMatch(NamedTuple):
    """Which rows of two tables differ, by their numbers.

    Parameters
    ----------
    order : sequence of int
        See `OrderChange`; of rows in the same order it may be left empty.
    changed : (before, after), each a sequence or array of int
        Rows of both that are the same by key or corner, and differ, by the number before.
    gone, new : sequence or array of int
        Rows of the one before, and of the one after, that the other has not.
    resized : int
        How many of those that changed are known by another key now.
    """

    order: Sequence[int]
    changed: tuple[Numbers, Numbers]
    gone: Numbers
    new: Numbers
    resized: int


def match_arrays(
    before: Table, after: Table, shared: Sequence[str], key: Sequence[str], *, boxes: bool
) -> RowMatch | None:
    """Do as `curator.compare.rows.match_rows` for tables whose rows are columns.

    `None` where their values have to be looked at one by one.
    """
    if not (isinstance(before.rows, ArrayRows) and isinstance(after.rows, ArrayRows)):
        return None
    import numpy as np

    columns: dict[str, Both] = {
        name: (before.rows.columns[before.names.index(name)], after.rows.columns[after.names.index(name)])
        for name in shared
    }
    if not all(_alike(one) for one in columns.values()):
        return None
    keys = [columns[name] for name in key]
    if boxes and not all(_is_exact(one) for pair in keys for one in pair):
        return None
    mine, theirs = _pairs(keys, len(before.rows), len(after.rows), boxes=boxes)
    by_number = np.argsort(mine)
    mine, theirs = mine[by_number], theirs[by_number]
    order = np.argsort(theirs)
    changed = np.zeros(len(mine), bool)
    for one, other in columns.values():
        changed |= _differ(one[mine], other[theirs])
    was, now = mine[changed], theirs[changed]
    resized = np.zeros(len(was), bool)
    for one, other in keys:
        resized |= one[was] != other[now]
    return RowMatch(
        order.tolist() if (order[1:] < order[:-1]).any() else (),
        (was, now),
        np.delete(np.arange(len(before.rows)), mine),
        np.delete(np.arange(len(after.rows)), theirs),
        int(resized.sum()),
    )


def _alike(columns: Both) -> bool:
    """Return whether numpy finds the same values equal as Python does."""
    import numpy as np

    kinds = {one.dtype.kind for one in columns}
    if len(kinds) == 1 or "U" in kinds:
        return len(kinds) == 1
    # Integers of 64 bits are not compared exactly where only a float can hold both.
    together = np.result_type(*columns).kind
    return together in "iu" or all(one.dtype.kind == "f" or one.dtype.itemsize < 8 for one in columns)


def _is_exact(array: np.ndarray[Any, Any]) -> bool:
    if array.dtype.kind == "f":
        import numpy as np

        return bool(np.isfinite(array).all())
    if array.dtype.kind not in "iu":
        return False
    return not len(array) or (int(array.max()) < _EXACT and int(array.min()) > -_EXACT)


def _differ(mine: np.ndarray[Any, Any], theirs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    found: np.ndarray[Any, Any] = mine != theirs
    if mine.dtype.kind == "f":
        found &= (mine == mine) | (theirs == theirs)  # NaN equals NaN
    return found


def _pairs(keys: Sequence[Both], before: int, after: int, *, boxes: bool) -> Both:
    """Return the rows before, and those after, that belong together."""
    import numpy as np

    gone, new = np.arange(before), np.arange(after)
    if not keys:
        common = min(before, after)
        return gone[:common], new[:common]
    pairs: list[Both] = []
    for by in (_by_key, _by_lower, _by_upper) if boxes else (_by_key,):
        if not len(gone) or not len(new):
            break
        group, order = by([(mine[gone], theirs[new]) for mine, theirs in keys])
        one, other = _paired(group, order)
        pairs.append((gone[one], new[other]))
        gone, new = np.delete(gone, one), np.delete(new, other)
    if not pairs:
        return gone[:0], new[:0]
    mine, theirs = zip(*pairs, strict=True)
    return np.concatenate(mine), np.concatenate(theirs)


def _by_key(keys: list[Both]) -> tuple[list[Both], list[Both]]:
    return keys, []


def _by_lower(keys: list[Both]) -> tuple[list[Both], list[Both]]:
    return keys[:2], keys[2:]


def _by_upper(keys: list[Both]) -> tuple[list[Both], list[Both]]:
    ends = [
        (_wide(one[0]) + size[0], _wide(one[1]) + size[1])
        for one, size in zip(keys[:2], keys[2:], strict=True)
    ]
    return ends, keys


def _wide(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return array.astype("float64" if array.dtype.kind == "f" else "int64")


def _paired(group: list[Both], order: list[Both]) -> Both:
    """Return rows of an equal group, the n-th with the n-th by ``order``, then by number."""
    import numpy as np

    count = len(group[0][0])
    side = np.arange(count + len(group[0][1])) >= count
    groups = [_codes(np.concatenate(one)) for one in group]
    orders = [np.concatenate(one) for one in order]
    rows = np.lexsort((*reversed(orders), side, *reversed(groups)))
    side = side[rows]
    begins = np.ones(len(rows), bool)  # a group
    begins[1:] = False
    for one in groups:
        values = one[rows]
        begins[1:] |= values[1:] != values[:-1]
    number = np.cumsum(begins) - 1
    theirs = np.bincount(number[side], minlength=number[-1] + 1)
    mine = np.bincount(number, minlength=number[-1] + 1) - theirs
    first = np.flatnonzero(begins)
    # In a group all rows before come first: how far each is from the first of its side.
    place = np.arange(len(rows)) - first[number]
    place[side] -= mine[number[side]]
    kept = place < np.minimum(mine, theirs)[number]
    return rows[kept & ~side], rows[kept & side] - count


def _codes(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return numbers that are equal, and in order, where values are: every NaN is one value."""
    import numpy as np

    return np.unique(values, return_inverse=True)[1] if values.dtype.kind in "fU" else values
