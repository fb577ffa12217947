"""What a change of a list of boxes means for the pixels of a detector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from curator.review.wording import Statement, count, percent, placed

if TYPE_CHECKING:
    from curator.compare.kinds import RowChange
    from curator.compare.summaries import MaskChange

__all__ = ["mask_statements"]

# Boxes that are listed one by one.
FEW = 8
_BOX = ("x0", "y0", "width", "height")


def mask_statements(
    mask: MaskChange, rows: Sequence[RowChange], size: tuple[int, int] | None
) -> Iterator[Statement]:
    """Say which pixels are masked now, then in which boxes."""
    if not mask.area_gained and not mask.area_lost:
        if mask.added or mask.removed or mask.resized:
            boxes = f"{count(mask.boxes_after, 'box')} instead of {mask.boxes_before:,}"
            yield Statement("pixels", f"the same pixels are masked, cut differently: {boxes}")
        return
    changed = [
        f"{count(number, 'pixel')} {what}"
        for number, what in ((mask.area_gained, "newly masked"), (mask.area_lost, "no longer masked"))
        if number
    ]
    sensor = f" ({percent(mask.area_after, size[0] * size[1])} of the sensor)" if size else ""
    total = f"{mask.area_after:,} masked now{sensor}, {mask.area_before:,} before, {mask.area_kept:,} in both"
    yield Statement("pixels", f"{', '.join(changed)}: {total}")
    moved = mask.moved
    parts = [
        f"{number:,} {what}"
        for number, what in (
            (mask.added - moved, "added"),
            (mask.removed - moved, "removed"),
            (moved, "moved"),
            (mask.resized, "resized"),
        )
        if number
    ]
    if parts:
        yield Statement("boxes", f"boxes: {', '.join(parts)}", tuple(_boxes(rows)))


def _boxes(rows: Sequence[RowChange]) -> Iterator[str]:
    signs = {"added": "+", "removed": "-", "changed": "~"}
    if len(rows) > FEW:
        return
    for row in rows:
        before, after = (_box(row, side) for side in ("before", "after"))
        if row.change == "changed" and before != after:
            yield f"~ {placed(before)} -> {placed(after)}"
        elif row.change != "changed":
            yield f"{signs[row.change]} {placed(after if row.change == 'added' else before)}"


def _box(row: RowChange, side: str) -> list[Any]:
    cells = {cell.column.lower(): getattr(cell, side) for cell in (*row.key, *row.cells)}
    return [cells.get(name) for name in _BOX]
