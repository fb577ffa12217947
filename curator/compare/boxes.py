"""How much of a detector boxes cover."""

from __future__ import annotations

from _blake2 import blake2b  # hashlib takes longer to import
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from marshal import dumps
from math import isfinite
from operator import add, itemgetter, mul, sub

from curator.compare.many import joined
from curator.compare.moved_boxes import moved_pairs
from curator.compare.rows import BOX
from curator.compare.summaries import MaskChange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.compare.many import Numbers, RowMatch
    from curator.compare.tables import Table

__all__ = ["Box", "Boxes", "Span", "boxes_of", "mask_change", "placed_boxes", "union_area"]

# x0, y0, width, height.
Box = tuple[int, int, int, int]
# Where a box begins and ends: x0, x1, y0, y1.
Span = tuple[int, int, int, int]
# Boxes whose neighbours are looked for one by one.
_FEW = 8
# Boxes that one box is held against.
_BESIDE = 16
# Boxes of which each is held against those beside it.
_MOST = 10_000
# Pixels of a row that are the bits of one number, and of all rows that are there at once.
_WIDEST = 1 << 14
_CELLS = 1 << 26
# Areas of the lists that were looked at last, by a digest.
_areas: dict[bytes, int] = {}
_REMEMBERED = 64
_begins, _ends = itemgetter(2), itemgetter(3)


class Boxes:
    """Boxes as columns (x0, y0, width, height); each is given as the span that it covers."""

    __slots__ = ("columns",)

    def __init__(self, columns: Iterable[Sequence[int]]) -> None:
        self.columns = tuple(columns)

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Span]:
        x0, y0, width, height = self.columns
        return zip(x0, map(add, x0, width), y0, map(add, y0, height), strict=True)

    def __contains__(self, span: object) -> bool:
        return any(span == one for one in self)

    def __add__(self, others: Boxes) -> Boxes:
        return Boxes([*one, *other] for one, other in zip(self.columns, others.columns, strict=True))


def boxes_of(table: Table, rows: Numbers | None = None) -> Boxes:
    """Return the boxes of a table, or of some of its rows, without those that cover nothing."""
    columns = [table.column(name, rows) for name in _names(table)]
    if all(set(map(type, one)) == {int} for one in columns) and min(map(min, columns[2:])) > 0:
        return Boxes(columns)
    found = [box for _, box in _solid(columns)]
    return Boxes(zip(*found, strict=True) if found else [()] * len(BOX))


def placed_boxes(table: Table) -> Iterator[tuple[int, Box]]:
    """Give the boxes of a table as (x0, y0, width, height), each with the number of its row."""
    return _solid([table.column(name) for name in _names(table)])


def _solid(columns: Iterable[Iterable[Any]]) -> Iterator[tuple[int, Box]]:
    for row, (x0, y0, width, height) in enumerate(zip(*columns, strict=True)):
        if all(map(_is_number, (x0, y0, width, height))) and width > 0 and height > 0:
            yield row, (int(x0), int(y0), int(width), int(height))


def _names(table: Table) -> list[str]:
    """Return what a table calls the columns of its boxes."""
    known = {name.upper(): name for name in reversed(table.names)}
    return [known[name] for name in BOX]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def mask_change(before: Table, after: Table, match: RowMatch) -> MaskChange:
    """Return what changed in the mask that two lists of boxes are."""
    mine, theirs = boxes_of(before), boxes_of(after)
    old, new = _differing(before, after, match)
    # In a history, what is before one change is after the next.
    known = _areas.get(_digest(theirs))
    if len(old) + len(new) <= _FEW:
        gained = _uncovered(boxes_of(after, new), mine)
        lost = _uncovered(boxes_of(before, old), theirs)
        area = union_area(mine) if known is None else known - gained + lost
    else:
        area, other = union_area(mine), union_area(theirs) if known is None else known
        together = union_area(mine + boxes_of(after, new))
        gained, lost = together - area, together - other
    _remember(mine, area)
    return MaskChange(
        len(before.rows),
        len(after.rows),
        len(match.new),
        len(match.gone),
        match.resized,
        area,
        area + gained - lost,
        gained,
        lost,
        len(moved_pairs(_listed(before, match.gone), _listed(after, match.new))),
    )


def _remember(boxes: Boxes, area: int) -> None:
    _areas[_digest(boxes)] = area
    while len(_areas) > _REMEMBERED:
        del _areas[next(iter(_areas))]


def _digest(boxes: Boxes) -> bytes:
    # Version 2 writes equal numbers alike, whichever objects they are.
    return blake2b(dumps(list(map(list, boxes.columns)), 2)).digest()


def _differing(before: Table, after: Table, match: RowMatch) -> tuple[Numbers, Numbers]:
    """Return the rows whose boxes may differ, by their numbers."""
    if _names(before) != _names(after):  # rows are not matched by their boxes
        return range(len(before.rows)), range(len(after.rows))
    was, now = match.changed
    return joined(match.gone, was), joined(match.new, now)


def _uncovered(boxes: Boxes, cover: Boxes) -> int:
    """Return how many pixels of a few boxes lie in none of the boxes of ``cover``."""
    near = [
        span
        for left, right, low, high in boxes
        for span in cover
        if span[0] < right and span[2] < high and span[1] > left and span[3] > low
    ]
    return union_area([*near, *boxes]) - union_area(near)


def _listed(table: Table, rows: Numbers) -> list[Box]:
    """Return some of the boxes of a table that cover pixels, by the numbers of their rows."""
    return list(zip(*boxes_of(table, rows).columns, strict=True))


def union_area(spans: Collection[Span]) -> int:
    """Return the number of pixels in any of the boxes; n log n in their number."""
    area, spans = _apart(spans)
    if not spans:
        return area
    return area + _covered(spans, min(span[0] for span in spans), max(span[1] for span in spans))


def _apart(spans: Collection[Span]) -> tuple[int, Collection[Span]]:
    """Return the area of boxes that lie apart from all others, and the other boxes.

    Where many stand beside each other it is left to those who can count them in less time.
    """
    if len(spans) > _MOST:
        return 0, spans
    area = 0
    among: set[Span] = set()
    near: list[Span] = []
    for span in sorted({*spans}, key=_begins):
        left, right, low, high = span
        near = [one for one in near if one[3] > low]
        if len(near) > _BESIDE:
            return 0, spans
        if meets := [one for one in near if one[0] < right and one[1] > left]:
            among.add(span)
            among.update(meets)
        near.append(span)
        area += (right - left) * (high - low)
    return area - sum((right - left) * (high - low) for left, right, low, high in among), among


def _covered(spans: Collection[Span], left: int, right: int) -> int:
    """Return how much of the strip from ``left`` to ``right`` boxes cover.

    What covers the strip in its whole width is taken out of it; the rest is halved until numbers hold its
    rows, a bit for each pixel. Of each box there are then at most two parts in strips of one size, as what is
    between covers its strip.
    """
    area = 0
    if across := [span for span in spans if span[0] <= left and span[1] >= right]:
        runs = _merged(across)
        area = (right - left) * sum(high - low for low, high in runs)
        spans = _without(spans, runs)
    edges = sorted({*map(_begins, spans), *map(_ends, spans)})
    width = right - left
    if not edges or (width <= _WIDEST and width * len(edges) <= _CELLS):
        return area + _by_rows(spans, left, right, edges)
    inner = sorted({x for span in spans for x in span[:2] if left < x < right})
    middle = inner[len(inner) // 2]
    for low, high in ((left, middle), (middle, right)):
        area += _covered([span for span in spans if span[0] < high and span[1] > low], low, high)
    return area


def _merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return the runs of rows that boxes cover."""
    runs: list[tuple[int, int]] = []
    for low, high in sorted((span[2], span[3]) for span in spans):
        if runs and low <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(high, runs[-1][1]))
        else:
            runs.append((low, high))
    return runs


def _without(spans: Iterable[Span], runs: Sequence[tuple[int, int]]) -> list[Span]:
    """Return what is left of boxes where runs of rows are cut out, and all above moves down."""
    starts = [low for low, _ in runs]
    lengths = [0, *accumulate(high - low for low, high in runs)]

    def moved(y: int) -> int:
        at = bisect_right(starts, y)
        return y - (lengths[at - 1] + min(y, runs[at - 1][1]) - starts[at - 1] if at else 0)

    kept = ((x0, x1, moved(y0), moved(y1)) for x0, x1, y0, y1 in spans)
    return [span for span in kept if span[2] < span[3]]


def _by_rows(spans: Iterable[Span], left: int, right: int, edges: Sequence[int]) -> int:
    """Return how much of a strip boxes cover, row by row; ``edges`` are where they begin and end in y."""
    count = len(edges)
    place = dict(zip(edges, range(count, 2 * count), strict=True))
    # A tree over the rows between edges: the bits of a node hold in all rows below it.
    bits = [0] * (2 * count)
    for x0, x1, y0, y1 in spans:
        begin = x0 - left if x0 > left else 0
        mask = ((1 << ((x1 if x1 < right else right) - left - begin)) - 1) << begin
        low, high = place[y0], place[y1]
        while low < high:
            if low & 1:
                bits[low] |= mask
                low += 1
            if high & 1:
                high -= 1
                bits[high] |= mask
            low >>= 1
            high >>= 1
    for node in range(1, count):
        if mask := bits[node]:
            bits[2 * node] |= mask
            bits[2 * node + 1] |= mask
    return sum(map(mul, map(int.bit_count, bits[count:]), map(sub, edges[1:], edges)))
