"""Boxes of pixels on a detector."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from operator import sub

__all__ = ["apart", "first_overlap"]

# Up to so many under the line, looking at each is quicker than keeping them in order.
MANY = 32

Corners = tuple[float, float, float, float, int]


def apart(lefts: Sequence[int], lows: Sequence[int], rights: Sequence[int], tops: Sequence[int]) -> bool:
    """Return whether no two boxes share a pixel, or `False` where that needs a closer look.

    A line sweeps over the boxes in bands of rows: in most, the last box ends before the next begins, and
    nothing need be compared. Every box holds a pixel; ``rights`` and ``tops`` are outside.
    """
    heights = list(map(sub, tops, lows))
    # Bands about as high as a box, and no box in more than some dozens of them.
    shift = max(6, (sum(heights) // len(heights)).bit_length(), max(heights).bit_length() - 6)
    first = [low >> shift for low in lows]
    final = [top - 1 >> shift for top in tops]
    last: dict[int, int] = {}
    before: dict[int, list[int]] = {}
    for box in sorted(range(len(lefts)), key=lefts.__getitem__):
        low, high = first[box], final[box]
        for band in (low,) if low == high else range(low, high + 1):
            other = last.get(band)
            last[band] = box
            if other is None or (rights[other] <= lefts[box] and band not in before):
                continue
            left = lefts[box]
            under = [one for one in (*before.get(band, ()), other) if rights[one] > left]
            for one in under:
                if lows[one] < tops[box] and lows[box] < tops[one]:
                    return False
            if len(under) > MANY:
                return False
            before[band] = under
            if not under:
                del before[band]
    return True


def first_overlap(boxes: Iterable[Corners]) -> tuple[int, int] | None:
    """Return the numbers of two boxes that share a pixel, the first found from left to right; else `None`.

    A line sweeps over the boxes (x0, y0, x1, y1, number; x1 and y1 outside).
    """
    ordered = sorted(boxes)
    under: list[tuple[float, float, float, int]] = []
    for x0, y0, x1, y1, index in ordered:
        if x1 <= x0 or y1 <= y0:
            continue
        under = [box for box in under if box[0] > x0]
        if len(under) > MANY:
            return _first_of_many(ordered)
        for _, low, high, other in under:
            if low < y1 and y0 < high:
                return min(other, index), max(other, index)
        under.append((x1, y0, y1, index))
    return None


def _first_of_many(ordered: Sequence[Corners]) -> tuple[int, int] | None:
    """Do as `first_overlap` where many boxes are under the line at once.

    As long as none overlap, those under the line are apart in y, so that only two neighbours need be
    compared: n log n in all.
    """
    under: list[tuple[float, float, int]] = []
    leaving: list[tuple[float, float, float, int]] = []
    for x0, y0, x1, y1, index in ordered:
        if x1 <= x0 or y1 <= y0:
            continue
        while leaving and leaving[0][0] <= x0:
            _, low, high, gone = heappop(leaving)
            del under[bisect_left(under, (low, high, gone))]
        at = bisect_left(under, (y0, y1, index))
        for near in under[max(0, at - 1) : at + 1]:
            if near[0] < y1 and y0 < near[1]:
                return (min(near[2], index), max(near[2], index))
        insort(under, (y0, y1, index))
        heappush(leaving, (x1, y0, y1, index))
    return None
