"""What a change of a list of boxes means for the pixels of a detector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.counts import counted
from curator.review.wording import Statement, percent, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from curator.compare.kinds import RowChange
    from curator.compare.summaries import MaskChange

    Placed: TypeAlias = tuple[int, tuple[float, ...]]

__all__ = ["changed_pixels", "mask_statements"]

# Boxes that are listed one by one.
FEW = 8
_BOX = ("x0", "y0", "width", "height")
# Of more rows, boxes that were drawn again are not looked for.
_PAIRED = 64


def mask_statements(
    mask: MaskChange, rows: Sequence[RowChange], size: tuple[int, int] | None
) -> Iterator[Statement]:
    """Say which pixels are masked now, then in which boxes."""
    if not mask.area_gained and not mask.area_lost:
        if mask.added or mask.removed or mask.resized:
            boxes = f"{counted(mask.boxes_after, 'box')} instead of {mask.boxes_before:,}"
            yield Statement("pixels", f"the same pixels are masked, cut differently: {boxes}")
        return
    sensor = f" ({percent(mask.area_after, size[0] * size[1])} of the sensor)" if size else ""
    # Where pixels only came or only went, those in both are all of one side.
    both = f", {mask.area_kept:,} in both" if mask.area_gained and mask.area_lost else ""
    total = f"{mask.area_after:,} masked now{sensor}, {mask.area_before:,} before{both}"
    yield Statement("pixels", f"{changed_pixels(mask)}: {total}")
    moved = _moved(rows)
    again = _drawn_again(rows, moved)
    parts = [
        f"{number:,} {what}"
        for number, what in (
            (mask.added - mask.moved - len(again), "added"),
            (mask.removed - mask.moved - len(again), "removed"),
            (mask.moved, "moved"),
            (mask.resized + len(again), "resized"),
        )
        if number
    ]
    if parts:
        yield Statement("boxes", f"boxes: {', '.join(parts)}", tuple(_boxes(rows, [*moved, *again], size)))


def changed_pixels(mask: MaskChange) -> str:
    """Return how many pixels came to a mask, and how many went; empty if none did."""
    return ", ".join(
        f"{counted(number, 'pixel')} {what}"
        for number, what in ((mask.area_gained, "newly masked"), (mask.area_lost, "no longer masked"))
        if number
    )


def _replaced(rows: Sequence[RowChange]) -> tuple[list[Placed], list[Placed]]:
    """Return the boxes that were removed, and those that were added, each with the place of its row."""
    gone, new = (
        [(at, box) for at, row in enumerate(rows) if row.change == change and (box := _solid(row, side))]
        for change, side in (("removed", "before"), ("added", "after"))
    )
    return gone, new


def _moved(rows: Sequence[RowChange]) -> list[tuple[int, int]]:
    """Return the boxes that moved: places of removed and added rows."""
    from curator.compare.moved_boxes import moved_pairs

    gone, new = _replaced(rows)
    found = moved_pairs([box for _, box in gone], [box for _, box in new])
    return [(gone[at][0], new[to][0]) for at, to in found]


def _drawn_again(rows: Sequence[RowChange], moved: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the boxes that replaced a box without keeping a corner of it: places of removed and added rows.

    Each of the two covers half of the other, and no other box that was added or removed meets either of them.
    Boxes that moved are not among them.
    """
    gone, new = _replaced(rows)
    if not gone or not new or len(gone) + len(new) > _PAIRED:
        return []
    told = {at for pair in moved for at in pair}
    meeting = [(at, to, one, other) for at, one in gone for to, other in new if _shared(one, other)]
    olds, news = [at for at, *_ in meeting], [to for _, to, *_ in meeting]
    return [
        (at, to)
        for at, to, one, other in meeting
        if olds.count(at) == news.count(to) == 1
        and not told & {at, to}
        and 2 * _shared(one, other) >= max(one[2] * one[3], other[2] * other[3])
    ]


def _solid(row: RowChange, side: str) -> tuple[float, ...]:
    """Return a box of numbers that covers pixels, else nothing."""
    box = tuple(_box(row, side))
    is_solid = all(isinstance(value, int | float) for value in box) and box[2] > 0 and box[3] > 0
    return box if is_solid else ()


def _shared(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return how many pixels two boxes share."""
    width, height = (
        min(one[at] + one[at + 2], other[at] + other[at + 2]) - max(one[at], other[at]) for at in (0, 1)
    )
    return width * height if width > 0 and height > 0 else 0


def _boxes(
    rows: Sequence[RowChange], replaced: Sequence[tuple[int, int]], size: tuple[int, int] | None
) -> Iterator[str]:
    signs = {"added": "+", "removed": "-", "changed": "~"}
    if len(rows) > FEW:
        return
    for at, to in replaced:
        yield f"~ {placed(_box(rows[at], 'before'))} -> {placed(_box(rows[to], 'after'))}"
    told = {at for pair in replaced for at in pair}
    for row in (row for at, row in enumerate(rows) if at not in told):
        before, after = (_box(row, side) for side in ("before", "after"))
        if row.change == "changed" and before != after:
            yield f"~ {placed(before)} -> {placed(after)}"
        elif row.change != "changed":
            yield f"{signs[row.change]} {_drawn(after if row.change == 'added' else before, size)}"


def _drawn(box: list[Any], size: tuple[int, int] | None) -> str:
    """Return a box as `placed` has it; whole columns and rows of the sensor by their numbers."""
    if size and _are_pixels(box):
        for name, axis, at in (("column", "x", 0), ("row", "y", 1)):
            first, count = int(box[at]), int(box[at + 2])
            if (box[1 - at], box[3 - at]) == (0, size[1 - at]) and count < size[at]:
                last = f"-{first + count - 1}" if count > 1 else ""
                return f"{counted(count, f'whole {name}')}, {axis} {first}{last}"
    return placed(box)


def _are_pixels(box: list[Any]) -> bool:
    return all(isinstance(value, int | float) and value == int(value) for value in box)


def _box(row: RowChange, side: str) -> list[Any]:
    cells = {cell.column.lower(): getattr(cell, side) for cell in (*row.key, *row.cells)}
    return [cells.get(name) for name in _BOX]
