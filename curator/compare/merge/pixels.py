"""Which boxes must stay so that a merge loses no pixel that both sides mask."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from curator.compare.merge.units import Unit

__all__ = ["meet", "unmasked"]

Box = tuple[Any, Any, Any, Any]
Units = Mapping[Hashable, Unit]
# Beyond these it is not looked at whether other boxes cover what two of them share: it is taken as lost.
_MAX_SHARED = 256
_MAX_PIECES = 1000


def unmasked(
    base: Units, ours: Units, theirs: Units, kept: Collection[Hashable], conflicts: Collection[Hashable]
) -> set[Hashable]:
    """Return the keys of boxes that one side removed or made smaller, over pixels that both sides mask.

    Where two boxes overlap, one side may remove the first and the other side the second: each still masks
    what they share, and the merge would not.

    Parameters
    ----------
    base, ours, theirs : mapping of hashable to Unit
        With the keys of the base for boxes that replaced one of it.
    kept : collection of hashable
        Keys of what the merge has.
    conflicts : collection of hashable
        Keys of conflicts, in which both versions are.
    """
    mine = list(_dropped(base, ours, theirs, kept, conflicts))
    others = list(_dropped(base, theirs, ours, kept, conflicts)) if mine else []
    if not others:
        return set()
    found: set[Hashable] = set()
    cover: _Boxes | None = None
    looked = 0
    known = _Boxes(others)
    for key, box in mine:
        for other, (shared, _) in known.meeting(box):
            if cover is None:
                cover = _Boxes(_merged(base, ours, theirs, kept, conflicts))
            looked += 1
            if looked > _MAX_SHARED or not _covers(cover, shared):
                found |= {key, other}
    return found


def meet(one: Unit, other: Unit) -> bool:
    """Return whether two units are boxes that share pixels."""
    box, cover = _box(one), _box(other)
    return bool(box and cover and any(_Boxes([(other.key, cover)]).meeting(box)))


def _dropped(
    base: Units, side: Units, other: Units, kept: Collection[Hashable], conflicts: Collection[Hashable]
) -> Iterator[tuple[Hashable, Box]]:
    """Give the boxes of a side that the merge has not, because the other side removed or replaced them."""
    for key, unit in side.items():
        new = other.get(key)
        if new is unit or key in conflicts or not (box := _box(unit)):
            continue
        replaced = new is not None and key in base and base[key].identity == unit.identity != new.identity
        if replaced or (new is None and key not in kept):
            yield key, box


def _merged(
    base: Units, ours: Units, theirs: Units, kept: Collection[Hashable], conflicts: Collection[Hashable]
) -> Iterator[tuple[Hashable, Box]]:
    for key in kept:
        sides = [unit for unit in (ours.get(key), theirs.get(key)) if unit is not None]
        was = base.get(key)
        if len(sides) == 2 and key not in conflicts and was is not None:
            # What only one side replaced is what that side has.
            sides = [one for one in sides if one.identity != was.identity][:1] or sides[:1]
        yield from ((key, box) for unit in sides if (box := _box(unit)))


def _box(unit: Unit) -> Box | None:
    found = unit.identity
    if len(found) != 4 or any(isinstance(value, str) for value in found):
        return None
    x0, y0, width, height = found
    return (x0, y0, width, height) if width > 0 and height > 0 else None  # type: ignore[operator]


class _Boxes:
    """Boxes, found by where they are along the axis on which they are short."""

    def __init__(self, boxes: Iterable[tuple[Hashable, Box]]) -> None:
        found = list(boxes)
        longest = [max((box[2 + axis] for _, box in found), default=0) for axis in (0, 1)]
        self._axis = int(longest[1] < longest[0])
        self._longest = longest[self._axis]
        found.sort(key=lambda one: one[1][self._axis])
        self._boxes = found
        self._starts = [box[self._axis] for _, box in found]

    def meeting(self, box: Box) -> Iterator[tuple[Hashable, tuple[Box, Box]]]:
        """Give each box that shares pixels with this one, and before it what they share."""
        start, size = box[self._axis], box[self._axis + 2]
        first = bisect_right(self._starts, start - self._longest)
        for key, other in self._boxes[first : bisect_left(self._starts, start + size)]:
            x0, y0 = max(box[0], other[0]), max(box[1], other[1])
            width = min(box[0] + box[2], other[0] + other[2]) - x0
            height = min(box[1] + box[3], other[1] + other[3]) - y0
            if width > 0 and height > 0:
                yield key, ((x0, y0, width, height), other)


def _covers(cover: _Boxes, box: Box) -> bool:
    left: list[Box] = [box]
    for _, (_, other) in cover.meeting(box):
        left = [piece for one in left for piece in _without(one, other)]
        if len(left) > _MAX_PIECES:
            return False
    return not left


def _without(box: Box, other: Box) -> Sequence[Box]:
    """Return what is left of a box without another one, as up to four boxes."""
    x0, y0, x1, y1 = box[0], box[1], box[0] + box[2], box[1] + box[3]
    left, low = max(x0, other[0]), max(y0, other[1])
    right, high = min(x1, other[0] + other[2]), min(y1, other[1] + other[3])
    if left >= right or low >= high:
        return (box,)
    parts = (
        (x0, y0, left - x0, y1 - y0),
        (right, y0, x1 - right, y1 - y0),
        (left, y0, right - left, low - y0),
        (left, high, right - left, y1 - high),
    )
    return [one for one in parts if one[2] > 0 and one[3] > 0]
