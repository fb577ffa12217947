"""How much of a detector boxes cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isfinite
from operator import mul
from typing import TYPE_CHECKING, Any, TypeAlias

from curator.compare.many import ArrayRows
from curator.compare.rows import BOX
from curator.compare.summaries import MaskChange

if TYPE_CHECKING:
    import numpy as np

    from curator.compare.many import RowMatch
    from curator.compare.tables import Table

__all__ = ["Box", "boxes_of", "mask_change", "placed_boxes", "union_area"]

Box = tuple[int, int, int, int]
Array: TypeAlias = "np.ndarray[Any, Any]"
# Up to such numbers sums of a place and a length are exact, as numpy calculates them.
_LARGEST = {"int32": 1 << 29, "int64": 1 << 60}
# Boxes whose neighbours are looked for one by one.
_FEW = 64
# Cells of a grid that are counted at once.
_CELLS = 1 << 20
# Areas of the lists that were looked at last, by type and bytes.
_areas: dict[tuple[str, bytes], int] = {}
_REMEMBERED = 64


def boxes_of(table: Table) -> Array:
    """Return the boxes of a table as rows (x0, y0, width, height), without those that cover nothing."""
    return placed_boxes(table)[0]


def placed_boxes(table: Table) -> tuple[Array, Array]:
    """Return the boxes of a table as `boxes_of` does, and the number of the row that each is in."""
    import numpy as np

    places = [[name.upper() for name in table.names].index(name) for name in BOX]
    if isinstance(table.rows, ArrayRows):
        columns = [table.rows.columns[at] for at in places]
    else:
        columns = [np.array(table.column(table.names[at])) for at in places]
    if all(one.dtype.kind in "iuf" for one in columns):
        for dtype, largest in _LARGEST.items():
            if all(_fits(one, largest) for one in columns):
                solid = (columns[2] > 0) & (columns[3] > 0)
                return np.array([one[solid] for one in columns], dtype).T, np.flatnonzero(solid)
    found, rows = [], []
    for number, row in enumerate(table.rows):
        x0, y0, width, height = (row[at] for at in places)
        if all(map(_is_number, (x0, y0, width, height))) and width > 0 and height > 0:
            found.append((int(x0), int(y0), int(width), int(height)))
            rows.append(number)
    largest = max((abs(value) for box in found for value in box), default=0)
    boxes = np.array(found, np.int64 if largest < _LARGEST["int64"] else object).reshape(-1, 4)
    return boxes, np.array(rows, np.intp)


def _fits(array: Array, largest: int) -> bool:
    # Of NaN and infinity it is false.
    return array.dtype.kind != "U" and bool((array < largest).all() and (array > -largest).all())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def mask_change(before: Table, after: Table, match: RowMatch) -> MaskChange:
    """Return what changed in the mask that two lists of boxes are."""

    mine, theirs = boxes_of(before), boxes_of(after)
    gone, new = _differing(mine, theirs), _differing(theirs, mine)
    gained, lost = _uncovered(new, mine), _uncovered(gone, theirs)
    # In a history, what is before one change is after the next.
    known = _areas.get((theirs.dtype.str, theirs.tobytes())) if theirs.dtype.kind != "O" else None
    area_before = union_area(mine) if known is None else known - gained + lost
    _remember(mine, area_before)
    return MaskChange(
        len(before.rows),
        len(after.rows),
        len(match.new),
        len(match.gone),
        match.resized,
        area_before,
        area_before + gained - lost,
        gained,
        lost,
        sum((_sizes(before, match.gone) & _sizes(after, match.new)).values()),
    )


def _remember(boxes: Array, area: int) -> None:
    if boxes.dtype.kind != "O":  # whose bytes are addresses
        _areas[boxes.dtype.str, boxes.tobytes()] = area
        while len(_areas) > _REMEMBERED:
            del _areas[next(iter(_areas))]


def _differing(boxes: Array, others: Array) -> Array:
    """Return the boxes that are not among the others."""
    import numpy as np

    known = set(map(tuple, others.tolist()))
    different: Array = boxes[np.array([tuple(one) not in known for one in boxes.tolist()], bool)]
    return different


def _uncovered(boxes: Array, cover: Array) -> int:
    """Return how many pixels of the boxes lie in none of the boxes of ``cover``."""
    import numpy as np

    if not len(boxes):
        return 0
    near = np.zeros(len(cover), bool)
    # Each box for itself, unless there are so many that all of them take less time.
    for part in boxes[:, None] if len(boxes) <= _FEW else [boxes]:
        low, high = part[:, :2].min(axis=0), (part[:, :2] + part[:, 2:]).max(axis=0)
        near |= ((cover[:, :2] < high) & (cover[:, :2] + cover[:, 2:] > low)).all(axis=1)
    cover = cover[near]
    return union_area(np.concatenate((cover, boxes))) - union_area(cover)


def _sizes(table: Table, rows: Any) -> Counter[tuple[Any, Any]]:
    """Return how often each size (width, height) is among some rows, by their numbers."""
    names = [name.upper() for name in table.names]
    width, height = (table.column(table.names[names.index(name)]) for name in BOX[2:])
    return Counter((width[row], height[row]) for row in rows)


def union_area(boxes: Sequence[Box] | Array) -> int:
    """Return the number of pixels in any of the boxes; n log n in their number."""
    import numpy as np

    if not len(boxes):
        return 0
    x0, y0, width, height = np.asarray(boxes).T
    x = np.array((x0, x0 + width))
    rows, y = _numbered(np.array((y0, y0 + height)))
    free = np.diff(rows)
    return _covered(x, y, free if free.dtype == object else free.astype(np.int64), x[0].min(), x[1].max())


def _numbered(ends: Array) -> tuple[Array, Array]:
    """Return the values among ``ends``, sorted, and which of them each is."""
    import numpy as np

    edges = np.unique(ends)
    return edges, np.searchsorted(edges, ends).astype(np.int32)


def _covered(x: Array, y: Array, free: Array, left: int, right: int) -> int:
    """Return how much of the strip from ``left`` to ``right`` boxes cover.

    What covers the strip in its whole width is taken out of it; the rest is halved until a grid holds it. Of
    each box there are then at most two parts in strips of one size, as whatever is between covers its strip.

    Parameters
    ----------
    x : array
        Where boxes begin and end.
    y : array
        Between which edges in y, by number.
    free : array
        How much there is to cover between an edge in y and the next.
    """
    import numpy as np

    across = (x[0] <= left) & (x[1] >= right)
    area = 0
    if across.any():
        begun, ended = (np.bincount(one[across], minlength=len(free) + 1) for one in y)
        taken = np.cumsum(begun - ended)[:-1] > 0
        area = (int(right) - int(left)) * int(free[taken].sum())
        free = np.where(taken, 0, free)
        x, y = x[:, ~across], y[:, ~across]
    count = x.shape[1]
    if not count:
        return area
    rows, y = _numbered(y)
    free = np.diff(np.concatenate(([0], np.cumsum(free)))[rows])
    columns, places = _numbered(np.clip(x, left, right))
    cells = len(columns) * len(rows)
    if len(columns) == 2 or cells <= min(max(_CELLS >> 4, 16 * count), _CELLS):
        return area + _on_grid(columns, places, y, free)
    middle = columns[len(columns) // 2]
    for low, high, inside in ((left, middle, x[0] < middle), (middle, right, x[1] > middle)):
        area += _covered(x[:, inside], y[:, inside], free, low, high)
    return area


def _on_grid(columns: Array, x: Array, y: Array, free: Array) -> int:
    import numpy as np

    shape = (len(columns), len(free) + 1)
    size = shape[0] * shape[1]
    # How many more boxes there are than one cell to the left, and one below.
    grid = np.zeros(size, np.int64)
    for at in (0, 1):
        grid += np.bincount(x[at] * shape[1] + y[at], minlength=size)
        grid -= np.bincount(x[at] * shape[1] + y[1 - at], minlength=size)
    grid = grid.reshape(shape)
    for axis in (0, 1):
        np.cumsum(grid, axis, out=grid)
    lengths = (grid[:-1, :-1] > 0) @ free
    return sum(map(mul, np.diff(columns).tolist(), lengths.tolist()))
