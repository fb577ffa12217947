"""What a change of a list of boxes means for the pixels of a detector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.counts import counted
from curator.review.wording import Statement, percent, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.compare.kinds import RowChange
    from curator.compare.summaries import MaskChange

__all__ = ["mask_statements"]

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
    changed = [
        f"{counted(number, 'pixel')} {what}"
        for number, what in ((mask.area_gained, "newly masked"), (mask.area_lost, "no longer masked"))
        if number
    ]
    sensor = f" ({percent(mask.area_after, size[0] * size[1])} of the sensor)" if size else ""
    total = f"{mask.area_after:,} masked now{sensor}, {mask.area_before:,} before, {mask.area_kept:,} in both"
    yield Statement("pixels", f"{', '.join(changed)}: {total}")
    moved = mask.moved
    again = _drawn_again(rows)
    parts = [
        f"{number:,} {what}"
        for number, what in (
            (mask.added - moved - len(again), "added"),
            (mask.removed - moved - len(again), "removed"),
            (moved, "moved"),
            (mask.resized + len(again), "resized"),
        )
        if number
    ]
    if parts:
        yield Statement("boxes", f"boxes: {', '.join(parts)}", tuple(_boxes(rows, again)))


def _drawn_again(rows: Sequence[RowChange]) -> list[tuple[int, int]]:
    """Return the boxes that replaced a box without keeping a corner of it: places of removed and added rows.

    Each of the two covers half of the other, and no other box that was added or removed meets either of them.
    Boxes that count as moved, because one of the same size was removed, are not among them.
    """
    gone, new = (
        [(at, box) for at, row in enumerate(rows) if row.change == change and (box := _solid(row, side))]
        for change, side in (("removed", "before"), ("added", "after"))
    )
    if not gone or not new or len(gone) + len(new) > _PAIRED:
        return []
    sizes = {box[2:] for _, box in gone} & {box[2:] for _, box in new}
    meeting = [(at, to, one, other) for at, one in gone for to, other in new if _shared(one, other)]
    olds, news = [at for at, *_ in meeting], [to for _, to, *_ in meeting]
    return [
        (at, to)
        for at, to, one, other in meeting
        if olds.count(at) == news.count(to) == 1
        and not sizes & {one[2:], other[2:]}
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


def _boxes(rows: Sequence[RowChange], again: Sequence[tuple[int, int]]) -> Iterator[str]:
    signs = {"added": "+", "removed": "-", "changed": "~"}
    if len(rows) > FEW:
        return
    for at, to in again:
        yield f"~ {placed(_box(rows[at], 'before'))} -> {placed(_box(rows[to], 'after'))}"
    told = {at for pair in again for at in pair}
    for row in (row for at, row in enumerate(rows) if at not in told):
        before, after = (_box(row, side) for side in ("before", "after"))
        if row.change == "changed" and before != after:
            yield f"~ {placed(before)} -> {placed(after)}"
        elif row.change != "changed":
            yield f"{signs[row.change]} {placed(after if row.change == 'added' else before)}"


def _box(row: RowChange, side: str) -> list[Any]:
    cells = {cell.column.lower(): getattr(cell, side) for cell in (*row.key, *row.cells)}
    return [cells.get(name) for name in _BOX]
