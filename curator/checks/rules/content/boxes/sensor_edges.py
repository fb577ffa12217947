"""CUR30x: boxes and the edges of the sensor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import add

from curator.checks.model.rule import rule
from curator.checks.rules.content.boxes.parse import boxes_of, ends_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# So many boxes outside may have one cause.
_SEVERAL = 3


@rule("CUR301", "defect extends outside the sensor", types=("box_list",), requires="size")
def outside_sensor(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Some readers clip such a box, others refuse it, so two sites mask different pixels. Correct the box, or
    the size of the detector in the camera file.

    If the camera file says `size_from: inferred`, a box that extends beyond this size is only a warning.
    Correct the size, or confirm it with `curator adopt --confirm-sizes`, which removes `size_from`.

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
    boxes = boxes_of(doc, ctx)
    if boxes is None or not boxes[0]:
        return
    sizes = (ctx.detector.width, ctx.detector.height) if ctx.detector else (0, 0)
    # A size that no person confirmed condemns no file.
    inferred = ctx.detector is not None and ctx.detector.size_from and ctx.severity == "error"
    below, beyond = ctx.severity, ("warning" if inferred else ctx.severity)
    ctx.severity = beyond
    ends = ends_of(boxes, ctx)
    inside = min(boxes[0]) >= 0 and min(boxes[1]) >= 0
    reach = (max(ends[0]), max(ends[1]))
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
            ctx.severity = below if start < 0 else beyond
            if start < 0:
                yield ctx.finding(
                    doc.cell(row, name),
                    f"{name} = {start:.0f} is outside the sensor: pixel coordinates start at 0",
                    hint=f"{name} 0 and {extent} {start + length:.0f} would start at the edge of the sensor"
                    if start + length > 0
                    else "the whole box is outside",
                    subject=name,
                )
            elif pixels and start >= pixels:
                yield ctx.finding(
                    doc.cell(row, name),
                    f"{name} = {start:.0f}, but {_name(ctx)} is {pixels} pixels {edge}",
                    hint="the whole box is outside: check whether x and y are exchanged, or "
                    "whether it belongs to another detector",
                    subject=name,
                )
            elif pixels and start + length > pixels:
                yield ctx.finding(
                    doc.cell(row, extent),
                    f"{name} + {extent} = {start + length:.0f}, but {_name(ctx)} is {pixels} pixels {edge}",
                    hint=f"{extent} {pixels - start:.0f} would end at the edge of the sensor",
                    subject=name,
                )


def _together(boxes: tuple[list[float], ...], ends: list[Sequence[float]], sizes: tuple[int, int]) -> str:
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
    ends: list[Sequence[float]],
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
        subject=name,
    )


def _name(ctx: Context) -> str:
    if ctx.detector is None:
        return "the detector"
    inferred = ", by an inferred size," if ctx.detector.size_from else ""
    return f"{ctx.detector.name}{inferred}"


@rule("CUR307", "defect covers the whole sensor", types=("box_list",), severity="warning", requires="size")
def everything(doc: Document, ctx: Context) -> Iterator[Finding]:
    """No pixel of this detector would be used. Suppress the finding for a dead detector, else correct the
    box.

    Bad::

        x0 y0 width height
        0 0 2048 4096

    Good::

        x0 y0 width height
        0 0 2048 409
    """
    boxes = boxes_of(doc, ctx)
    wide, high = (ctx.detector.width, ctx.detector.height) if ctx.detector else (0, 0)
    if boxes is None or not wide or not high or not boxes[0]:
        return
    if max(boxes[2]) < wide or max(boxes[3]) < high:
        return
    for row, box in enumerate(zip(*boxes, strict=True)):
        if box == (0, 0, wide, high):
            yield ctx.finding(
                doc.cell(row, "width"),
                f"the box covers all of {_name(ctx)}, {wide} x {high} pixels",
                hint="correct the box; if the whole detector is bad, suppress this in curator.yaml",
                topic="a box covers the whole sensor",
            )
            return
