"""The boxes in a table, taken out once for all rules about them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import add

from curator.calibrations.types.box_list import BOX_COLUMNS
from curator.checks.rules.shared.columns import STRUCTURE
from curator.checks.rules.shared.geometry import apart, first_overlap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.formats.document import Document

__all__ = ["boxes_of", "corners_of", "ends_of", "overlapping", "solid"]

# Sums of so many integers are kept in a fifth of the room.
_MANY = 10_000


def boxes_of(doc: Document, ctx: Context) -> tuple[list[float], ...] | None:
    """Return x0, y0, width and height; `None` where they are not all there: CUR300 or CUR304 says so."""
    if STRUCTURE in ctx.blamed:
        return None
    if "boxes" not in ctx.memo:
        columns = [doc.columns[name].values for name in BOX_COLUMNS]
        ctx.memo["boxes"] = tuple(columns) if all(map(_numbers, columns)) else None
    found: tuple[list[float], ...] | None = ctx.memo["boxes"]
    return found


def _numbers(values: list[float]) -> bool:
    """Whether every value is there, and finite."""
    try:
        total = sum(values)  # the quickest way to ask each of them
    except TypeError:
        return False
    return total - total == 0 or all(value - value == 0 for value in values)


def solid(boxes: tuple[list[float], ...], ctx: Context) -> bool:
    """Whether every box holds a pixel."""
    if "solid" not in ctx.memo:
        ctx.memo["solid"] = min(boxes[2]) > 0 and min(boxes[3]) > 0
    return bool(ctx.memo["solid"])


def ends_of(boxes: tuple[list[float], ...], ctx: Context) -> list[Sequence[float]]:
    """Return where boxes end in x and in y, the first pixels outside."""
    if "ends" not in ctx.memo:
        ctx.memo["ends"] = [_sums(boxes[0], boxes[2]), _sums(boxes[1], boxes[3])]
    found: list[Sequence[float]] = ctx.memo["ends"]
    return found


def _sums(mine: list[float], other: list[float]) -> Sequence[float]:
    if len(mine) > _MANY:
        try:
            return array("q", map(add, mine, other))
        except (TypeError, OverflowError):
            pass  # not all are integers
    return list(map(add, mine, other))


def corners_of(boxes: tuple[list[float], ...], ctx: Context) -> list[tuple[float, float, float, float, int]]:
    return list(zip(*boxes[:2], *ends_of(boxes, ctx), range(len(boxes[0])), strict=True))


def overlapping(boxes: tuple[list[float], ...], ctx: Context) -> tuple[int, int] | None:
    """Return two boxes of a file that share a pixel."""
    if "overlap" not in ctx.memo:
        whole = all(isinstance(box[0], int) for box in boxes) and solid(boxes, ctx)
        quick = whole and apart(boxes[0], boxes[1], *ends_of(boxes, ctx))  # type: ignore[arg-type]
        ctx.memo["overlap"] = None if quick else first_overlap(corners_of(boxes, ctx))
    found: tuple[int, int] | None = ctx.memo["overlap"]
    return found
