"""How much of a detector boxes cover."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import heappop, heappush
from math import isfinite
from typing import TYPE_CHECKING, Any

from curator.compare.rows import BOX
from curator.compare.summaries import MaskChange

if TYPE_CHECKING:
    from curator.compare.kinds import RowChange
    from curator.compare.tables import Table

__all__ = ["Box", "RowCounts", "boxes_of", "mask_change", "union_area"]

Box = tuple[int, int, int, int]


def boxes_of(table: Table) -> list[Box]:
    """Return the boxes of a table as (x0, y0, width, height), without those that cover nothing."""
    places = [[name.upper() for name in table.names].index(name) for name in BOX]
    found = []
    for row in table.rows:
        if places == [0, 1, 2, 3] and set(map(type, row)) == {int}:
            if row[2] > 0 and row[3] > 0:
                found.append(row[:4])  # most tables are such, and a million boxes need not be there twice
            continue
        x0, y0, width, height = (row[at] for at in places)
        if all(map(_is_number, (x0, y0, width, height))) and width > 0 and height > 0:
            found.append((int(x0), int(y0), int(width), int(height)))
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value)


class RowCounts:
    """How many boxes were added, removed, and given another size."""

    def __init__(self) -> None:
        self.added = self.removed = self.resized = 0

    def add(self, one: RowChange) -> None:
        """Count a row that differs."""
        self.added += one.change == "added"
        self.removed += one.change == "removed"
        # The four columns are the key, so that what differs there is the size.
        self.resized += one.change == "changed" and any(cell.before != cell.after for cell in one.key)


def mask_change(before: Table, after: Table, counts: RowCounts) -> MaskChange:
    """Return what changed in the mask that two lists of boxes are."""
    mine, theirs = boxes_of(before), boxes_of(after)
    area_before, area_after = union_area(mine), union_area(theirs)
    together = union_area([*mine, *theirs])
    return MaskChange(
        len(before.rows),
        len(after.rows),
        counts.added,
        counts.removed,
        counts.resized,
        area_before,
        area_after,
        together - area_before,
        together - area_after,
    )


def union_area(boxes: Sequence[Box]) -> int:
    """Return the number of pixels in any of the boxes; n log n in their number.

    A line sweeps over the boxes from left to right; a tree over the intervals of y knows how much of it they
    cover.
    """
    if not boxes:
        return 0
    edges = sorted({y for _, y0, _, height in boxes for y in (y0, y0 + height)})
    cover = _Cover(edges)
    # Boxes that the line is in: where each ends, and its edges.
    inside: list[tuple[int, int, int]] = []
    area = last = 0
    for x0, y0, width, height in sorted(boxes):
        while inside and inside[0][0] <= x0:
            end, low, high = heappop(inside)
            area += cover.length * (end - last)
            cover.add(low, high, -1)
            last = end
        area += cover.length * (x0 - last)
        last = x0
        low, high = bisect_left(edges, y0), bisect_left(edges, y0 + height)
        cover.add(low, high, 1)
        heappush(inside, (x0 + width, low, high))
    for end, low, high in sorted(inside):
        area += cover.length * (end - last)
        cover.add(low, high, -1)
        last = end
    return area


class _Cover:
    """A segment tree: how often each interval between neighbouring edges is covered."""

    def __init__(self, edges: Sequence[int]) -> None:
        self._edges = edges
        self._size = 1
        while self._size < len(edges) - 1:
            self._size *= 2
        self._counts = [0] * (2 * self._size)
        self._lengths = [0] * (2 * self._size)

    @property
    def length(self) -> int:
        """What is covered at all."""
        return self._lengths[1]

    def add(self, low: int, high: int, step: int) -> None:
        """Cover the intervals from edge number ``low`` to ``high`` once more, or once less."""
        left, right = low + self._size, high + self._size
        touched = []
        while left < right:
            if left & 1:
                self._count(left, step)
                touched.append(left)
                left += 1
            if right & 1:
                right -= 1
                self._count(right, step)
                touched.append(right)
            left //= 2
            right //= 2
        for node in touched:
            while node > 1:
                node //= 2
                self._measure(node)

    def _count(self, node: int, step: int) -> None:
        self._counts[node] += step
        self._measure(node)

    def _measure(self, node: int) -> None:
        if self._counts[node]:
            depth = self._size.bit_length() - node.bit_length()
            first = (node << depth) - self._size
            last = min(first + (1 << depth), len(self._edges) - 1)
            self._lengths[node] = self._edges[last] - self._edges[first]
        elif node < self._size:
            self._lengths[node] = self._lengths[2 * node] + self._lengths[2 * node + 1]
        else:
            self._lengths[node] = 0
