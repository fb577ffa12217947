"""CUR30x: boxes of defects."""

from __future__ import annotations

from collections.abc import Iterator
from operator import add
from typing import TYPE_CHECKING

from curator.calibrations._boxes import BOX_COLUMNS
from curator.checks.columns import STRUCTURE, missing_columns, not_numbers, wrong_unit
from curator.checks.rule import rule

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# So many boxes outside may have one cause.
_SEVERAL = 3


@rule("CUR300", "not a table of boxes")
def structure(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A box is its lower-left pixel and its size, in four columns of numbers.

    Bad::

        # - {name: widht, unit: pix, datatype: int32}
        x0 y0 widht height
        10 20 1 4
    """
    yield from missing_columns(doc, ctx, BOX_COLUMNS, (*BOX_COLUMNS, "reason"))
    yield from not_numbers(doc, ctx, BOX_COLUMNS)


def _boxes(doc: Document, ctx: Context) -> tuple[list[float], ...] | None:
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


def _solid(boxes: tuple[list[float], ...], ctx: Context) -> bool:
    """Whether every box holds a pixel."""
    if "solid" not in ctx.memo:
        ctx.memo["solid"] = min(boxes[2]) > 0 and min(boxes[3]) > 0
    return bool(ctx.memo["solid"])


@rule("CUR301", "defect reaches outside the sensor")
def outside_sensor(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers either clip such a box or refuse it, so two sites mask different pixels.

    Bad::

        x0 y0 width height
        2040 20 12 4

    Bad::

        x0 y0 width height
        -1 20 2 4

    Good::

        x0 y0 width height
        2040 20 8 4
    """
    boxes = _boxes(doc, ctx)
    if boxes is None or not boxes[0]:
        return
    sizes = (ctx.detector.width, ctx.detector.height) if ctx.detector else (0, 0)
    ends = [list(map(add, boxes[0], boxes[2])), list(map(add, boxes[1], boxes[3]))]
    ctx.memo["ends"] = ends
    inside = min(boxes[0]) >= 0 and min(boxes[1]) >= 0
    reach = ctx.memo["reach"] = (max(ends[0]), max(ends[1]))
    if inside and all(not size or far <= size for size, far in zip(sizes, reach, strict=True)):
        return
    together = _together(boxes, ends, sizes) if inside and all(sizes) else ""
    if together:
        yield _one_for_all(doc, ctx, boxes, ends, sizes, together)
        return
    for low, size, end, name, extent, pixels, edge in zip(
        boxes[:2], boxes[2:], ends, ("x0", "y0"), ("width", "height"), sizes, ("wide", "high"), strict=True
    ):
        if min(low) >= 0 and (not pixels or max(end) <= pixels):
            continue
        for row, (start, length) in enumerate(zip(low, size, strict=True)):
            if start < 0:
                yield ctx.finding(
                    doc.cell(row, name),
                    f"{name} = {start:.0f} is outside the sensor: pixels are counted from 0",
                    hint=f"{name} 0 and {extent} {start + length:.0f} would begin at the sensor's edge"
                    if start + length > 0
                    else "the whole box is outside",
                )
            elif pixels and start >= pixels:
                yield ctx.finding(
                    doc.cell(row, name),
                    f"{name} = {start:.0f}, but {_name(ctx)} is {pixels} pixels {edge}",
                    hint="the whole box is outside: are x and y exchanged, or is it of another detector?",
                )
            elif pixels and start + length > pixels:
                yield ctx.finding(
                    doc.cell(row, extent),
                    f"{name} + {extent} = {start + length:.0f}, but {_name(ctx)} is {pixels} pixels {edge}",
                    hint=f"{extent} {pixels - start:.0f} would end at the sensor's edge",
                )


def _together(boxes: tuple[list[float], ...], ends: list[list[float]], sizes: tuple[int, int]) -> str:
    """Return what would put every box of a file onto the sensor, where a few are outside; else nothing."""
    wide, high = sizes
    xs, ys, widths, heights = boxes
    outside = sum(x > wide or y > high for x, y in zip(*ends, strict=True))
    if outside < _SEVERAL:
        return ""
    if (
        max(widths) < wide
        and max(heights) < high
        and not any(width < x or height < y for x, y, width, height in zip(*boxes, strict=True))
    ):
        return "are width and height the coordinates of the opposite corner? The size is x1 - x0 + 1"
    if max(ends[0]) <= high and max(ends[1]) <= wide:
        return "are x and y exchanged? Then every box is on the sensor"
    if max(map(add, ys, widths)) <= wide and max(map(add, xs, heights)) <= high:
        return "are x0 and y0 exchanged? Then every box is on the sensor"
    if max(map(add, xs, heights)) <= wide and max(map(add, ys, widths)) <= high:
        return "are width and height exchanged? Then every box is on the sensor"
    if max(ends[0]) <= wide + 1 and max(ends[1]) <= high + 1 and min(xs) > 0 and min(ys) > 0:
        return "are x0 and y0 counted from 1? Here the first pixel is 0"
    if outside * 2 > len(xs):
        return "are they of another detector, of the raw image with its overscan, or in another unit?"
    return ""


def _one_for_all(
    doc: Document,
    ctx: Context,
    boxes: tuple[list[float], ...],
    ends: list[list[float]],
    sizes: tuple[int, int],
    hint: str,
) -> Finding:
    row = next(at for at, (x, y) in enumerate(zip(*ends, strict=True)) if x > sizes[0] or y > sizes[1])
    axis = int(ends[0][row] <= sizes[0])
    name, extent = (("x0", "width"), ("y0", "height"))[axis]
    beyond = boxes[axis][row] >= sizes[axis]
    count = sum(x > sizes[0] or y > sizes[1] for x, y in zip(*ends, strict=True))
    return ctx.finding(
        doc.cell(row, name if beyond else extent),
        f"{name} + {extent} = {ends[axis][row]:.0f}, but {_name(ctx)} is {sizes[axis]} pixels "
        f"{('wide', 'high')[axis]}: the first of {count} of {len(ends[0])} boxes",
        hint=hint,
        topic="many boxes are outside the sensor",
    )


def _name(ctx: Context) -> str:
    return ctx.detector.name if ctx.detector else "the detector"


@rule("CUR307", "defect covers the whole sensor", severity="warning")
def everything(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Nothing of this detector would be used any more. Right for a dead one; else the box was meant smaller.

    Bad::

        x0 y0 width height
        0 0 2048 4096

    Good::

        x0 y0 width height
        0 0 2048 409
    """
    boxes = _boxes(doc, ctx)
    wide, high = (ctx.detector.width, ctx.detector.height) if ctx.detector else (0, 0)
    if boxes is None or not wide or not high or not boxes[0]:
        return
    if ctx.memo["reach"][0] < wide or ctx.memo["reach"][1] < high:
        return
    for row, box in enumerate(zip(*boxes, strict=True)):
        if box == (0, 0, wide, high):
            yield ctx.finding(
                doc.cell(row, "width"),
                f"the box is all of {_name(ctx)}, {wide} x {high} pixels",
                hint="if the detector is dead, say so in HISTORY",
                topic="a box covers the whole sensor",
            )
            return


@rule("CUR302", "defect without a pixel")
def empty(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A box with no width or no height masks nothing, and negative ones make readers fail.

    Bad::

        x0 y0 width height
        10 20 0 4

    Good::

        x0 y0 width height
        10 20 1 4
    """
    boxes = _boxes(doc, ctx)
    if boxes is None or not boxes[0] or _solid(boxes, ctx):
        return
    for row, (width, height) in enumerate(zip(boxes[2], boxes[3], strict=True)):
        if width <= 0 or height <= 0:
            name, size = ("width", width) if width <= 0 else ("height", height)
            yield ctx.finding(
                doc.cell(row, name),
                f"{name} = {size:.0f}: the box holds no pixel",
                hint="a single pixel has width 1 and height 1; remove the row if nothing is meant",
            )


@rule("CUR303", "defect stands twice")
def duplicate(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The second row masks nothing new: was another place meant?

    Bad::

        x0 y0 width height
        10 20 1 4
        10 20 1 4
    """
    boxes = _boxes(doc, ctx)
    if boxes is None or not boxes[0] or (_solid(boxes, ctx) and _overlap(boxes, ctx) is None):
        return  # of boxes that share no pixel, no two are alike
    if len(set(zip(*boxes, strict=True))) == len(boxes[0]):
        return
    ctx.memo["duplicates"] = True
    first: dict[tuple[float, ...], int] = {}
    for row, box in enumerate(zip(*boxes, strict=True)):
        other = first.setdefault(box, row)
        if other != row:
            yield ctx.finding(
                doc.cell(row, "x0"),
                f"the box {' '.join(f'{value:.0f}' for value in box)} stands in line "
                f"{doc.row_lines[other]} already",
                hint="remove one of the two rows",
                topic="the box stands twice",
            )


def _corners(boxes: tuple[list[float], ...], ctx: Context) -> list[tuple[float, float, float, float, int]]:
    return list(zip(*boxes[:2], *ctx.memo["ends"], range(len(boxes[0])), strict=True))


def _overlap(boxes: tuple[list[float], ...], ctx: Context) -> tuple[int, int] | None:
    """Return two boxes of a file that share a pixel."""
    if "overlap" not in ctx.memo:
        from curator.checks.geometry import first_overlap

        ctx.memo["overlap"] = first_overlap(_corners(boxes, ctx))
    found: tuple[int, int] | None = ctx.memo["overlap"]
    return found


@rule("CUR304", "not a whole number of pixels")
def not_whole(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Pixels are counted; readers cut off the fraction, or refuse the file.

    Bad::

        # - {name: x0, datatype: float64}
        x0 y0 width height
        10.5 20 1 4

    Good::

        # - {name: x0, datatype: float64}
        x0 y0 width height
        10.0 20 1 4
    """
    if STRUCTURE in ctx.blamed:
        return
    boxes = _boxes(doc, ctx)
    for name in BOX_COLUMNS:
        column = doc.columns[name]
        if (boxes or None not in column.values) and (column.datatype[0] != "f" or _whole(column.values)):
            continue
        for row, value in enumerate(column.values):
            if value is None or (isinstance(value, float) and not value.is_integer()):
                yield ctx.finding(
                    doc.cell(row, name),
                    f"{name} is empty"
                    if value is None
                    else f"{name} = {value} is not a whole number of pixels",
                    hint="write a whole number",
                )


def _whole(values: list[float]) -> bool:
    return all(map(float.is_integer, values))


@rule("CUR305", "defects overlap", severity="info")
def overlap(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Common and harmless: the masked area is the union of all boxes. Only the first pair of a file is named.

    Bad::

        x0 y0 width height
        10 20 5 5
        12 22 5 5
    """
    boxes = _boxes(doc, ctx)
    if boxes is None or not boxes[0]:
        return
    found = _overlap(boxes, ctx)
    if found and ctx.memo.get("duplicates"):
        from curator.checks.geometry import first_overlap

        found = first_overlap({one[:4]: one for one in reversed(_corners(boxes, ctx))}.values())
    if found:
        upper, lower = found
        yield ctx.finding(
            doc.cell(lower, "x0"),
            f"the box overlaps the one in line {doc.row_lines[upper]}",
            topic="boxes overlap",
        )


@rule("CUR306", "wrong unit of a box")
def unit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Boxes are in pixels; a column without a unit is taken to be.

    Bad::

        # - {name: x0, unit: mm, datatype: int32}

    Good::

        # - {name: x0, unit: pix, datatype: int32}
    """
    for name in BOX_COLUMNS:
        yield from wrong_unit(doc, ctx, name, ("pix", "pixel", ""), "a count of pixels")
